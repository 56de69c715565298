package segment

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"sort"

	"github.com/casefold/casefold/internal/disk"
)

// A SortedWriter writes a segment that maps keys to values. Keys are unique and
// come in ascending bytewise order (Sorter brings them into it).
type SortedWriter struct {
	w    *Writer
	last []byte
	any  bool
	head []byte
}

// ErrOrder: a key did not come after the one before it.
var ErrOrder = errors.New("segment keys must ascend")

// CreateSorted starts a sorted segment.
func CreateSorted(fsys disk.FS, name string, opts Options) (*SortedWriter, error) {
	if opts.BlockBytes <= 0 {
		opts.BlockBytes = 32 << 10 // a look-up reads a whole block
	}
	w, err := create(fsys, name, opts, sortedKind)
	if err != nil {
		return nil, err
	}
	return &SortedWriter{w: w}, nil
}

// Append adds a key with its value; both are copied, either may be empty.
func (s *SortedWriter) Append(key, value []byte) error {
	if s.any && bytes.Compare(key, s.last) <= 0 {
		s.w.err = errors.Join(s.w.err, ErrOrder)
		return s.w.err
	}
	s.last, s.any = append(s.last[:0], key...), true
	s.head = append(binary.AppendUvarint(s.head[:0], uint64(len(key))), key...)
	ref, err := s.w.append(s.head, value)
	if err == nil && ref.Offset == 0 {
		s.w.first = bytes.Clone(key)
	}
	return err
}

// Close and Abort end the writing as a Writer's do.
func (s *SortedWriter) Close() (Info, error) { return s.w.Close() }
func (s *SortedWriter) Abort() error         { return s.w.Abort() }

// A SortedReader finds values by key.
type SortedReader struct{ *Reader }

// OpenSorted opens a sorted segment; hash "" takes any.
func OpenSorted(fsys disk.FS, name, hash string) (*SortedReader, error) {
	r, err := Open(fsys, name)
	if err != nil {
		return nil, err
	}
	switch {
	case r.kind != sortedKind:
		err = fmt.Errorf("%w: it is not a sorted segment", ErrCorrupt)
	case hash != "" && r.Info().Hash != hash:
		err = fmt.Errorf("%w: it is not the file the manifest names", ErrCorrupt)
	default:
		return &SortedReader{r}, nil
	}
	return nil, errors.Join(err, r.Close())
}

// Get returns a copy of the value of key, or ErrNotFound.
func (s *SortedReader) Get(key []byte) ([]byte, error) {
	i := s.blockOf(key)
	if i < 0 {
		return nil, ErrNotFound
	}
	raw, err := s.cachedBlock(uint32(i))
	if err != nil {
		return nil, err
	}
	for len(raw) > 0 {
		var record []byte
		if record, raw, err = cutRecord(raw); err != nil {
			return nil, err
		}
		k, v, err := cutRecord(record)
		if err != nil {
			return nil, err
		}
		switch bytes.Compare(k, key) {
		case 0:
			return append(make([]byte, 0, len(v)), v...), nil
		case 1:
			return nil, ErrNotFound
		}
	}
	return nil, ErrNotFound
}

// blockOf is the last block whose first key is not above key, -1 if none.
func (s *SortedReader) blockOf(key []byte) int {
	return sort.Search(len(s.entries), func(i int) bool {
		return bytes.Compare(s.entries[i].first, key) > 0
	}) - 1
}

// ScanFrom calls fn for every key not below from, ascending. Key and value are
// valid during the call only. An error of fn ends the scan and is returned.
func (s *SortedReader) ScanFrom(from []byte, fn func(key, value []byte) error) error {
	c := s.Cursor(from)
	for c.Next() {
		if err := fn(c.Key(), c.Value()); err != nil {
			return err
		}
	}
	return c.Err()
}

// A Cursor walks a sorted segment. It is used by one goroutine.
type Cursor struct {
	s          *SortedReader
	from       []byte
	block      int // next to read
	buf, rest  []byte
	key, value []byte
	err        error
}

// Cursor starts before the first key not below from.
func (s *SortedReader) Cursor(from []byte) *Cursor {
	return &Cursor{s: s, from: bytes.Clone(from), block: max(0, s.blockOf(from))}
}

// Next moves to the next key; false at the end or on an error.
func (c *Cursor) Next() bool {
	for c.step() {
		if c.from == nil || bytes.Compare(c.key, c.from) >= 0 {
			c.from = nil
			return true
		}
	}
	return false
}

func (c *Cursor) step() bool {
	for len(c.rest) == 0 {
		if c.err != nil || c.block == len(c.s.entries) {
			return false
		}
		b, err := c.s.Block(c.block, c.buf)
		if err != nil {
			c.err = err
			return false
		}
		c.buf, c.rest = b.raw, b.raw
		c.block++
	}
	record, rest, err := cutRecord(c.rest)
	if err == nil {
		c.key, c.value, err = cutRecord(record)
	}
	c.rest, c.err = rest, err
	return err == nil
}

// Key and Value are valid until the next call of Next. Err is what ended the
// walk early, if anything.
func (c *Cursor) Key() []byte   { return c.key }
func (c *Cursor) Value() []byte { return c.value }
func (c *Cursor) Err() error    { return c.err }
