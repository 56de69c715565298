package store

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
)

// A headFile remembers the number of the last acknowledged transaction outside
// Badger: Badger cuts its log at the first damaged record and goes on without a
// word, and this is how that is noticed. Two slots are written in turns, so
// that one torn write leaves the other.
type headFile struct {
	f   *os.File
	key []byte
	seq uint64
}

const headSlot = 64

// openHead reads the head; where the store is known, there must be one.
func openHead(name string, key []byte, known bool) (*headFile, error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	h := &headFile{f: f, key: key}
	b := make([]byte, 2*headSlot)
	n, err := f.ReadAt(b, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, errors.Join(err, f.Close())
	}
	found := n == 0 && !known
	for i := range 2 {
		slot := b[i*headSlot : (i+1)*headSlot]
		seq := binary.LittleEndian.Uint64(slot)
		if seq%2 == uint64(i) && hmac.Equal(slot, h.slot(seq)) {
			h.seq, found = max(h.seq, seq), true
		}
	}
	if !found {
		return nil, errors.Join(fmt.Errorf("%w: its head cannot be read", ErrCorrupt), f.Close())
	}
	return h, nil
}

func (h *headFile) slot(seq uint64) []byte {
	b := binary.LittleEndian.AppendUint64(make([]byte, 0, headSlot), seq)
	m := hmac.New(sha256.New, h.key)
	m.Write(b)
	b = m.Sum(b)
	return append(b, make([]byte, headSlot-len(b))...)
}

// advance returns once seq is on disk.
func (h *headFile) advance(seq uint64) error {
	if _, err := h.f.WriteAt(h.slot(seq), int64(seq%2)*headSlot); err != nil {
		return err
	}
	if err := h.f.Sync(); err != nil {
		return err
	}
	h.seq = seq
	return nil
}

func (h *headFile) Close() error { return h.f.Close() }
