package journal

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Verify reads the whole log and holds every frame, the chain, the tree and
// the signed root against each other. With since, a signed checkpoint kept
// elsewhere, it also proves that the log then is the beginning of the log now.
func (j *Journal) Verify(since []byte) error {
	j.mu.Lock()
	h := j.head
	j.mu.Unlock()
	var memory tree // hashes computed anew, without the cache
	err := j.Scan(0, func(i int64, entry []byte) error {
		if i >= h.n {
			return nil
		}
		return memory.add(i, entry)
	})
	if err != nil {
		return err
	}
	root, err := tlog.TreeHash(h.n, &memory)
	if err != nil {
		return err
	}
	if root != h.root {
		return fmt.Errorf("%w: the entries do not give the signed root", ErrTampered)
	}
	if err := j.verifyFiles(&memory); err != nil {
		return err
	}
	if len(since) == 0 {
		return nil
	}
	return j.verifySince(since, h, &memory)
}

// verifyFiles holds the head on disk against what was computed, and makes good
// the tree, which is but a cache: a power cut may have left holes in it.
func (j *Journal) verifyFiles(memory *tree) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.log == nil {
		return errors.New("journal is closed")
	}
	b := make([]byte, slotBytes)
	if _, err := j.headFile.ReadAt(b, j.head.seq%2*slotBytes); err != nil {
		return err
	}
	if h, _, err := readSlot(b, j.origin, j.keys); err != nil || h != j.head {
		return fmt.Errorf("%w: the head on disk", ErrTampered)
	}
	if size, err := j.log.Size(); err != nil {
		return err
	} else if size != j.head.bytes {
		return fmt.Errorf("%w: the log does not end where the head says", ErrTampered)
	}
	return j.mendTree(memory.fresh)
}

// mendTree writes the hashes where the cache has others.
func (j *Journal) mendTree(hashes []tlog.Hash) error {
	indexes := make([]int64, len(hashes))
	for i := range indexes {
		indexes[i] = int64(i)
	}
	if cached, err := j.tree.ReadHashes(indexes); err == nil && slices.Equal(cached, hashes) {
		return nil
	}
	j.tree.saved, j.tree.fresh = 0, slices.Clone(hashes)
	return j.tree.save()
}

func (j *Journal) verifySince(since []byte, h head, hashes tlog.HashReader) error {
	old, root, err := ParseSigned(since, j.keys.public)
	if err != nil {
		return err
	}
	if old.Entries > h.n {
		return fmt.Errorf("%w: the checkpoint tells of %d entries, the log holds %d", ErrTampered, old.Entries, h.n)
	}
	if old.Entries == 0 {
		return nil
	}
	proof, err := tlog.ProveTree(h.n, old.Entries, hashes)
	if err != nil {
		return err
	}
	if tlog.CheckTree(proof, h.n, h.root, old.Entries, root) != nil {
		return fmt.Errorf("%w: it does not go on from the checkpoint of %d entries", ErrTampered, old.Entries)
	}
	return nil
}

// checkAnchor holds the journal against the checkpoint that is kept outside.
func (j *Journal) checkAnchor() error {
	if j.anchor == nil {
		return nil
	}
	signed, err := j.anchor.Anchored(j.name)
	if err != nil || signed == "" {
		return err
	}
	at, _, err := ParseSigned([]byte(signed), j.keys.public)
	if err != nil {
		return err
	}
	j.anchored = at.Entries
	err = j.verifySince([]byte(signed), j.head, &j.tree)
	if err == nil || at.Entries > j.head.n {
		return err
	}
	// The cached hashes may be at fault; the log is not asked for what it says.
	if err := j.rebuildTree(); err != nil {
		return err
	}
	return j.verifySince([]byte(signed), j.head, &j.tree)
}

// setAnchor anchors what is acknowledged, if that is news.
func (j *Journal) setAnchor() error {
	j.mu.Lock()
	h, closed := j.head, j.log == nil
	j.mu.Unlock()
	if j.anchor == nil || closed || h.n <= j.anchored {
		return nil
	}
	signed, err := j.sign(h)
	if err != nil {
		return err
	}
	j.anchored = h.n
	return j.anchor.SetAnchor(j.name, string(signed))
}

// ParseSigned checks the signature of a checkpoint and reads it.
func ParseSigned(signed []byte, publicKey string) (Checkpoint, tlog.Hash, error) {
	verifier, err := note.NewVerifier(publicKey)
	if err != nil {
		return Checkpoint{}, tlog.Hash{}, err
	}
	opened, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil {
		return Checkpoint{}, tlog.Hash{}, fmt.Errorf("reading checkpoint: %w", err)
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || lines[0] != verifier.Name() {
		return Checkpoint{}, tlog.Hash{}, errors.New("reading checkpoint: it is of another journal")
	}
	n, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || n < 0 {
		return Checkpoint{}, tlog.Hash{}, errors.New("reading checkpoint: number of entries")
	}
	root, err := tlog.ParseHash(lines[2])
	if err != nil {
		return Checkpoint{}, tlog.Hash{}, errors.New("reading checkpoint: root")
	}
	return Checkpoint{n, lines[2]}, root, nil
}

// A Proof shows that an entry stands at its place in the log of a checkpoint.
// It is about a thousand bytes long, and checked with CheckProof alone.
type Proof struct {
	Index      int64            `json:"index"`
	Hashes     tlog.RecordProof `json:"hashes"`
	Checkpoint string           `json:"checkpoint"` // signed
}

// Prove makes the proof for entry index under the current checkpoint.
func (j *Journal) Prove(index int64) (Proof, error) {
	signed, err := j.Signed()
	if err != nil {
		return Proof{}, err
	}
	at, _, err := ParseSigned(signed, j.keys.public)
	if err != nil {
		return Proof{}, err
	}
	if index < 0 || index >= at.Entries {
		return Proof{}, fmt.Errorf("the journal has no entry %d", index)
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.log == nil {
		return Proof{}, errors.New("journal is closed")
	}
	hashes, err := tlog.ProveRecord(at.Entries, index, &j.tree)
	return Proof{index, hashes, string(signed)}, err
}

// CheckProof reports whether the entry is proved under the public key.
func CheckProof(p Proof, entry []byte, publicKey string) error {
	at, root, err := ParseSigned([]byte(p.Checkpoint), publicKey)
	if err != nil {
		return err
	}
	if p.Index < 0 || p.Index >= at.Entries {
		return fmt.Errorf("the checkpoint has no entry %d", p.Index)
	}
	return tlog.CheckRecord(p.Hashes, at.Entries, root, p.Index, tlog.RecordHash(entry))
}
