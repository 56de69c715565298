package journal

import (
	"errors"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/casefold/casefold/internal/disk"
)

// A tree holds the hashes of the Merkle tree in the order of tlog's stored
// hashes: in a file, and behind them in memory those not yet written.
type tree struct {
	file  disk.File
	saved int64 // hashes in the file that count
	fresh []tlog.Hash
}

// ReadHashes is tlog.HashReader.
func (t *tree) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, at := range indexes {
		switch {
		case at >= t.saved+int64(len(t.fresh)):
			return nil, errors.New("hash is not in the tree")
		case at >= t.saved:
			out[i] = t.fresh[at-t.saved]
		default:
			if _, err := t.file.ReadAt(out[i][:], at*tlog.HashSize); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// add takes in entry n.
func (t *tree) add(n int64, entry []byte) error {
	hashes, err := tlog.StoredHashes(n, entry, t)
	t.fresh = append(t.fresh, hashes...)
	return err
}

// save writes the new hashes. It does not sync: the tree is a cache.
func (t *tree) save() error {
	b := make([]byte, 0, len(t.fresh)*tlog.HashSize)
	for _, h := range t.fresh {
		b = append(b, h[:]...)
	}
	if _, err := t.file.WriteAt(b, t.saved*tlog.HashSize); err != nil {
		return err
	}
	t.saved += int64(len(t.fresh))
	t.fresh = t.fresh[:0]
	return nil
}

// drop forgets what save has not written.
func (t *tree) drop() { t.fresh = t.fresh[:0] }
