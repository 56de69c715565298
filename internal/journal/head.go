package journal

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const slotBytes = 1024

// A head is what the journal has acknowledged.
type head struct {
	seq   int64 // number of the head, from 1; odd ones stand in slot 1
	n     int64 // entries
	root  tlog.Hash
	bytes int64 // of the log
	last  mac
}

// A Checkpoint is what a signed head says to the world: so many entries, and
// this root over them.
type Checkpoint struct {
	Entries int64
	Root    string // base64
}

// text is the note's text. Its first three lines are a checkpoint of the
// C2SP tlog-checkpoint form; the others are extension lines.
func (h head) text(origin string) string {
	return fmt.Sprintf("%s\n%d\n%s\nhead %d\nbytes %d\nlast %s\n", origin, h.n, h.root, h.seq, h.bytes,
		base64.StdEncoding.EncodeToString(h.last[:]))
}

var errHead = errors.New("malformed head")

func parseHead(text, origin string) (h head, err error) {
	lines := strings.Split(text, "\n")
	if len(lines) != 7 || lines[0] != origin || lines[6] != "" {
		return h, errHead
	}
	number := func(line, word string) int64 {
		rest, ok := strings.CutPrefix(line, word)
		v, e := strconv.ParseInt(rest, 10, 64)
		if !ok || e != nil || v < 0 {
			err = errHead
		}
		return v
	}
	h.n, h.seq, h.bytes = number(lines[1], ""), number(lines[3], "head "), number(lines[4], "bytes ")
	root, e := tlog.ParseHash(lines[2])
	last, e2 := base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[5], "last "))
	if e != nil || e2 != nil || len(last) != macBytes || err != nil {
		return h, errHead
	}
	h.root, h.last = root, mac(last)
	return h, nil
}

// keys sign and check heads.
type keys struct {
	signer   note.Signer
	verifier note.Verifier
	public   string
}

func newKeys(name string, seed []byte) (k keys, err error) {
	private := ed25519.NewKeyFromSeed(seed)
	if k.public, err = note.NewEd25519VerifierKey(name, private.Public().(ed25519.PublicKey)); err != nil {
		return k, err
	}
	if k.verifier, err = note.NewVerifier(k.public); err != nil {
		return k, err
	}
	k.signer = signer{k.verifier, private}
	return k, nil
}

type signer struct {
	note.Verifier
	private ed25519.PrivateKey
}

func (s signer) Sign(msg []byte) ([]byte, error) { return ed25519.Sign(s.private, msg), nil }

// slot is the head signed and padded to the size of a slot.
func (h head) slot(origin string, k keys) ([]byte, error) {
	signed, err := note.Sign(&note.Note{Text: h.text(origin)}, k.signer)
	if err != nil {
		return nil, err
	}
	if len(signed)+4 > slotBytes {
		return nil, fmt.Errorf("journal name %q is too long", origin)
	}
	b := make([]byte, slotBytes)
	binary.LittleEndian.PutUint32(b, uint32(len(signed)))
	copy(b[4:], signed)
	return b, nil
}

// readSlot reads what slot wrote. A slot of zeros was never written: empty.
func readSlot(b []byte, origin string, k keys) (h head, empty bool, err error) {
	if len(bytes.TrimRight(b, "\x00")) == 0 {
		return h, true, nil
	}
	n := binary.LittleEndian.Uint32(b)
	if n > slotBytes-4 {
		return h, false, errHead
	}
	opened, err := note.Open(b[4:4+n], note.VerifierList(k.verifier))
	if err != nil {
		return h, false, err
	}
	if h, err = parseHead(opened.Text, origin); err != nil {
		return h, false, err
	}
	// A note can be written in several ways (base64 has spare bits, unknown
	// signatures are ignored); ours is written in one.
	if again, err := h.slot(origin, k); err != nil || !bytes.Equal(again, b) {
		return h, false, errHead
	}
	return h, false, nil
}
