package journal

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"sync"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/casefold/casefold/internal/disk"
)

// Errors that callers branch on. ErrTampered: the files are not what this
// journal wrote; no repair is tried. ErrBroken: a write failed before; the
// journal takes no more entries until it is opened again.
var (
	ErrTampered = errors.New("journal was changed from outside")
	ErrBroken   = errors.New("journal stopped after a failed write; open it again")
)

// Options of a journal.
type Options struct {
	// Name is part of every mac and signature: letters, digits, '-', '.' and '/'.
	Name string
	// Secret is at least 32 bytes that only the store's owner knows; the keys
	// of macs and signatures are derived from it.
	Secret []byte
	// FS is where the folder is; nil: the real file system.
	FS disk.FS
	// Anchor, if not nil, keeps the last checkpoint outside the folder, so that
	// Open notices a folder of an earlier day.
	Anchor Anchor
}

// An Anchor keeps signed checkpoints by the name of the journal. Anchored gives
// "" for one it has none of.
type Anchor interface {
	Anchored(name string) (signed string, err error)
	SetAnchor(name, signed string) error
}

// A Journal is one open log. Its methods are safe for concurrent use; that no
// other process has it open is the store's care.
type Journal struct {
	fs     disk.FS
	dir    string
	origin string
	keys   keys
	chain  chain // under mu
	macKey []byte

	mu       sync.Mutex
	log      disk.File
	headFile disk.File
	tree     tree
	head     head
	recovery Recovery
	broken   error

	name     string
	anchor   Anchor
	anchored int64 // entries of the checkpoint that the anchor keeps, -1 none
}

// A Recovery tells what Open found and mended; the zero value: nothing.
type Recovery struct {
	CutBytes int64 // of a group that was being written, never acknowledged
	Kept     int64 // entries that were on disk whole, though not acknowledged
	BadHead  bool  // one of the two heads was unreadable; the other one stands
}

// Open opens the journal in a folder, or starts one there. See Recovery.
func Open(dir string, o Options) (*Journal, error) {
	j, err := prepare(dir, o)
	if err != nil {
		return nil, err
	}
	if err := j.fs.MkdirAll(dir); err != nil {
		return nil, err
	}
	if err := j.start(); err != nil {
		return nil, err
	}
	err = j.load()
	if err == nil {
		err = j.checkAnchor()
	}
	if err != nil {
		return nil, errors.Join(err, j.release())
	}
	return j, nil
}

func prepare(dir string, o Options) (*Journal, error) {
	if len(o.Secret) < 32 {
		return nil, errors.New("journal secret is shorter than 32 bytes")
	}
	j := &Journal{fs: o.FS, dir: dir, origin: "casefold/" + o.Name, name: o.Name, anchor: o.Anchor, anchored: -1}
	if j.fs == nil {
		j.fs = disk.OS{}
	}
	var err error
	if j.macKey, err = hkdf.Key(sha256.New, o.Secret, nil, "mac of "+j.origin, 32); err != nil {
		return nil, err
	}
	seed, err := hkdf.Key(sha256.New, o.Secret, nil, "signature of "+j.origin, 32)
	if err != nil {
		return nil, err
	}
	j.chain = newChain(j.macKey)
	j.keys, err = newKeys(j.origin, seed)
	return j, err
}

func (j *Journal) path(name string) string { return filepath.Join(j.dir, name) }

// first is the frame that names the journal, and the head of an empty one.
func (j *Journal) first() ([]byte, head) {
	b, m := j.chain.appendFrame(nil, frame{index: ^uint64(0), entry: []byte("journal " + j.origin)}, mac{})
	root, _ := tlog.TreeHash(0, nil)
	return b, head{seq: 0, root: root, bytes: int64(len(b)), last: m}
}

// start makes the files where there are none: the head last, so that a folder
// with a head is a journal. A log without a head holds no entry.
func (j *Journal) start() error {
	exists := func(name string) (int64, error) {
		f, err := j.fs.Open(j.path(name))
		if errors.Is(err, fs.ErrNotExist) {
			return -1, nil
		}
		if err != nil {
			return 0, err
		}
		n, err := f.Size()
		return n, errors.Join(err, f.Close())
	}
	headSize, err := exists("head")
	if err != nil || headSize >= 0 {
		return err
	}
	b, h := j.first()
	if n, err := exists("log"); err != nil {
		return err
	} else if n > int64(len(b)) {
		return fmt.Errorf("%w: it has entries and no head", ErrTampered)
	}
	if err := disk.WriteWhole(j.fs, j.path("log"), writing(b)); err != nil {
		return err
	}
	slot, err := h.slot(j.origin, j.keys)
	if err != nil {
		return err
	}
	return disk.WriteWhole(j.fs, j.path("head"), writing(append(slot, make([]byte, slotBytes)...)))
}

func writing(b []byte) func(io.Writer) error {
	return func(w io.Writer) error { _, err := w.Write(b); return err }
}

// Append adds the entries as one group and returns the index of the first. When
// it returns nil they are on disk. After an error they are there whole or not
// at all, which only opening again can tell; until then ErrBroken.
func (j *Journal) Append(entries ...[]byte) (first int64, err error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.broken != nil {
		return 0, errors.Join(ErrBroken, j.broken)
	}
	if len(entries) == 0 {
		return j.head.n, nil
	}
	size := 0
	for _, e := range entries {
		size += int(frame{entry: e}.size())
	}
	next, b := j.head, make([]byte, 0, size)
	for i, e := range entries {
		if len(e) == 0 || len(e) > MaxEntryBytes {
			j.tree.drop()
			return 0, fmt.Errorf("journal entry of %d bytes; 1 to %d can be kept", len(e), MaxEntryBytes)
		}
		f := frame{index: uint64(next.n), more: i < len(entries)-1, entry: e}
		b, next.last = j.chain.appendFrame(b, f, next.last)
		if err := j.tree.add(next.n, e); err != nil {
			j.tree.drop()
			return 0, err
		}
		next.n++
	}
	next.bytes += int64(len(b))
	if err := j.commit(b, next); err != nil {
		j.broken = err
		return 0, err
	}
	return j.head.n - int64(len(entries)), nil
}

// commit makes a group durable: the log first, then the head that names it.
func (j *Journal) commit(b []byte, next head) error {
	if _, err := j.log.WriteAt(b, j.head.bytes); err != nil {
		return err
	}
	if err := j.log.Sync(); err != nil {
		return err
	}
	return j.advance(next)
}

// advance writes a head for what the log holds.
func (j *Journal) advance(next head) (err error) {
	if next.root, err = tlog.TreeHash(next.n, &j.tree); err != nil {
		return err
	}
	if err := j.tree.save(); err != nil {
		return err
	}
	next.seq++
	slot, err := next.slot(j.origin, j.keys)
	if err != nil {
		return err
	}
	if _, err := j.headFile.WriteAt(slot, next.seq%2*slotBytes); err != nil {
		return err
	}
	if err := j.headFile.Sync(); err != nil {
		return err
	}
	j.head = next
	return nil
}

// Len is the number of entries; End the place behind the last.
func (j *Journal) Len() int64 { return j.End().Index }
func (j *Journal) End() Position {
	j.mu.Lock()
	defer j.mu.Unlock()
	return Position{j.head.n, j.head.bytes}
}

// Recovery tells what Open mended.
func (j *Journal) Recovery() Recovery { return j.recovery }

// Scan calls fn for the entries from index from on, in order. The entry is
// valid during the call only. An error of fn ends the scan and is returned.
// fn must not append.
func (j *Journal) Scan(from int64, fn func(index int64, entry []byte) error) error {
	return j.ScanAt(Position{Index: from}, func(p Position, entry []byte) error { return fn(p.Index, entry) })
}

// ScanAt is Scan from a position that End or an earlier ScanAt gave: what
// stands before it is not read. fn is told each entry's own position.
func (j *Journal) ScanAt(from Position, fn func(at Position, entry []byte) error) error {
	j.mu.Lock()
	h := j.head
	j.mu.Unlock()
	if from.Index < 0 || from.Index > h.n || from.Offset > h.bytes {
		return fmt.Errorf("%w: %v lies behind the end", ErrTampered, from)
	}
	r, index, err := j.reader(from, h)
	if err != nil {
		return err
	}
	for ; index < h.n; index++ {
		at := Position{index, r.offset}
		f, err := r.next(uint64(index))
		if err != nil {
			return tampered(index, err)
		}
		if index >= from.Index {
			if err := fn(at, f.entry); err != nil {
				return err
			}
		}
	}
	if r.offset != h.bytes || r.last != h.last {
		return fmt.Errorf("%w: the log does not end where the head says", ErrTampered)
	}
	return nil
}

// reader starts at a position, or at the beginning where its offset is not
// known.
func (j *Journal) reader(from Position, h head) (*frameReader, int64, error) {
	c := newChain(j.macKey)
	if from.Offset == 0 {
		r := readFrames(j.log, 0, h.bytes, mac{}, c)
		f, err := r.next(^uint64(0))
		if err == nil && string(f.entry) != "journal "+j.origin {
			err = errTorn
		}
		if err != nil {
			return nil, 0, tampered(-1, err)
		}
		return r, 0, nil
	}
	var last mac
	if from.Offset < macBytes {
		return nil, 0, fmt.Errorf("%w: %v is no place between entries", ErrTampered, from)
	}
	if _, err := j.log.ReadAt(last[:], from.Offset-macBytes); err != nil {
		return nil, 0, err
	}
	return readFrames(j.log, from.Offset, h.bytes, last, c), from.Index, nil
}

func tampered(index int64, err error) error {
	if errors.Is(err, errTorn) || errors.Is(err, io.EOF) {
		if index < 0 {
			return fmt.Errorf("%w: the beginning of the log", ErrTampered)
		}
		return fmt.Errorf("%w: entry %d", ErrTampered, index)
	}
	return err
}

// Signed is the current checkpoint as a signed note, to be kept elsewhere.
// PublicKey is what anyone needs to check it, in the form of note.NewVerifier.
func (j *Journal) Signed() ([]byte, error) {
	j.mu.Lock()
	h := j.head
	j.mu.Unlock()
	return j.sign(h)
}

func (j *Journal) sign(h head) ([]byte, error) {
	text := fmt.Sprintf("%s\n%d\n%s\n", j.origin, h.n, h.root)
	return note.Sign(&note.Note{Text: text}, j.keys.signer)
}

func (j *Journal) PublicKey() string { return j.keys.public }

// Checkpoint is the current number of entries with their root.
func (j *Journal) Checkpoint() Checkpoint {
	j.mu.Lock()
	defer j.mu.Unlock()
	return Checkpoint{j.head.n, j.head.root.String()}
}

// Close lets the files go and anchors the last checkpoint. Entries need
// nothing more to be durable.
func (j *Journal) Close() error {
	err := j.setAnchor()
	return errors.Join(err, j.release())
}

func (j *Journal) release() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.broken == nil {
		j.broken = errors.New("journal is closed")
	}
	var err error
	for _, f := range []disk.File{j.log, j.headFile, j.tree.file} {
		if f != nil {
			err = errors.Join(err, f.Close())
		}
	}
	j.log, j.headFile, j.tree.file = nil, nil, nil
	return err
}

// Commit is the salted commitment that stands in an entry for a value that
// does not belong there: whoever has the key can show that the entry speaks of
// the value; when the key is destroyed, nobody can. It is 32 hex digits.
func Commit(key []byte, value string) string {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(value))
	return hex.EncodeToString(h.Sum(nil)[:16])
}
