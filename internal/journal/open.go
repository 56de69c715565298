package journal

import (
	"errors"
	"fmt"
	"io"

	"golang.org/x/mod/sumdb/tlog"
)

// load opens the files and brings them to one state: the head, the log up to
// where the head says and any whole group behind, the tree over both.
func (j *Journal) load() (err error) {
	if j.log, err = j.fs.OpenRW(j.path("log")); err != nil {
		return err
	}
	if j.headFile, err = j.fs.OpenRW(j.path("head")); err != nil {
		return err
	}
	if j.tree.file, err = j.fs.OpenRW(j.path("tree")); err != nil {
		return err
	}
	if err := j.loadHead(); err != nil {
		return err
	}
	size, err := j.log.Size()
	if err != nil {
		return err
	}
	if size < j.head.bytes {
		return fmt.Errorf("%w: the log was cut; it held %d entries", ErrTampered, j.head.n)
	}
	if err := j.loadTree(); err != nil {
		return err
	}
	if err := j.takeTail(size); err != nil {
		j.tree.drop()
		return err
	}
	return nil
}

// loadHead reads both slots and takes the later head.
func (j *Journal) loadHead() error {
	b := make([]byte, 2*slotBytes)
	if size, err := j.headFile.Size(); err != nil {
		return err
	} else if size != 2*slotBytes {
		return fmt.Errorf("%w: head has %d bytes", ErrTampered, size)
	}
	if _, err := j.headFile.ReadAt(b, 0); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	found := false
	for i := range int64(2) {
		h, empty, err := readSlot(b[i*slotBytes:(i+1)*slotBytes], j.origin, j.keys)
		switch {
		case err != nil, !empty && h.seq%2 != i:
			j.recovery.BadHead = true
		case !empty && (!found || h.seq > j.head.seq):
			j.head, found = h, true
		case empty && i == 0:
			j.recovery.BadHead = true // slot 0 is written first
		}
	}
	if !found {
		return fmt.Errorf("%w: no readable head", ErrTampered)
	}
	return nil
}

// loadTree takes the hashes from the cache if they give the head's root, else
// from the log.
func (j *Journal) loadTree() error {
	j.tree.saved = tlog.StoredHashCount(j.head.n)
	if root, err := tlog.TreeHash(j.head.n, &j.tree); err == nil && root == j.head.root {
		return nil
	}
	return j.rebuildTree()
}

// rebuildTree makes the hashes again from the log, which must give the root
// the head has signed.
func (j *Journal) rebuildTree() error {
	j.tree.saved = 0
	j.tree.drop()
	const saveEvery = 1 << 16 // hashes held in memory, 2 MiB
	err := j.Scan(0, func(i int64, entry []byte) error {
		if len(j.tree.fresh) > saveEvery {
			if err := j.tree.save(); err != nil {
				return err
			}
		}
		return j.tree.add(i, entry)
	})
	if err != nil {
		return err
	}
	root, err := tlog.TreeHash(j.head.n, &j.tree)
	if err != nil {
		return err
	}
	if root != j.head.root {
		return fmt.Errorf("%w: the entries do not give the signed root", ErrTampered)
	}
	if err := j.tree.save(); err != nil {
		return err
	}
	return j.tree.file.Truncate(j.tree.saved * tlog.HashSize)
}

// takeTail looks at what stands behind the acknowledged log: whole groups are
// kept and acknowledged, a torn one is cut.
func (j *Journal) takeTail(size int64) error {
	next, pending := j.head, j.head
	r := readFrames(j.log, j.head.bytes, size, j.head.last, j.chain)
	for {
		f, err := r.next(uint64(pending.n))
		if errors.Is(err, io.EOF) {
			break
		}
		if errors.Is(err, errTorn) {
			pending.bytes = -1
			break
		}
		if err != nil {
			return err
		}
		if err := j.tree.add(pending.n, f.entry); err != nil {
			return err
		}
		pending.n, pending.bytes, pending.last = pending.n+1, r.offset, r.last
		if !f.more {
			next = pending
		}
	}
	torn := next.bytes < size
	// A head is written only behind a whole log: a damaged head and a torn log
	// together are no single crash, and the damaged head may have named the rest.
	if torn && j.recovery.BadHead {
		return fmt.Errorf("%w: the log is torn and a head is damaged", ErrTampered)
	}
	j.recovery.CutBytes, j.recovery.Kept = size-next.bytes, next.n-j.head.n
	return j.mend(next, torn)
}

// mend cuts the torn tail and writes a head where anything was amiss.
func (j *Journal) mend(next head, torn bool) error {
	if torn {
		if err := j.log.Truncate(next.bytes); err != nil {
			return err
		}
	}
	if !torn && j.recovery == (Recovery{}) {
		return nil
	}
	if err := j.log.Sync(); err != nil {
		return err
	}
	j.tree.fresh = j.tree.fresh[:tlog.StoredHashCount(next.n)-j.tree.saved]
	for range 2 { // both slots, so that a damaged one is gone
		if err := j.advance(next); err != nil {
			return err
		}
		next = j.head
	}
	return nil
}
