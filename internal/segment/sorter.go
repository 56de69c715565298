package segment

import (
	"bytes"
	"container/heap"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"github.com/casefold/casefold/internal/disk"
)

// A Sorter brings keys with values into ascending order in bounded memory: what
// does not fit is spilled to runs on disk and merged. It is used by one
// goroutine and ended by Close.
type Sorter struct {
	fs     disk.FS
	prefix string // of the runs' file names
	limit  int    // bytes held in memory
	arena  []byte
	pairs  []pair
	runs   []*Reader
	names  []string
	buf    []byte
}

// A pair is a key and a value behind it in the arena.
type pair struct{ at, key, value uint32 }

// NewSorter spills to files that begin with prefix and holds about limit bytes,
// 0: 64 MiB.
func NewSorter(fsys disk.FS, prefix string, limit int) *Sorter {
	if limit <= 0 {
		limit = 64 << 20
	}
	return &Sorter{fs: fsys, prefix: prefix, limit: min(limit, 1<<30)}
}

// Add takes a key and its value; both are copied. A key may come several times.
func (s *Sorter) Add(key, value []byte) error {
	size := len(key) + len(value)
	if size > maxBlockBytes/2 {
		return fmt.Errorf("a record of %d bytes cannot be sorted", size)
	}
	const pairBytes = 12
	if len(s.pairs) > 0 && len(s.arena)+size+(len(s.pairs)+1)*pairBytes > s.limit {
		if err := s.spill(); err != nil {
			return err
		}
	}
	s.pairs = append(s.pairs, pair{uint32(len(s.arena)), uint32(len(key)), uint32(len(value))})
	s.room(size)
	s.arena = append(append(s.arena, key...), value...)
	return nil
}

// room makes room for n bytes: twice as much as there was, but no more than the
// limit, where append would grow by a quarter and copy ten times over.
func (s *Sorter) room(n int) {
	if have := len(s.arena); cap(s.arena)-have < n {
		s.arena = append(make([]byte, 0, max(have+n, min(2*cap(s.arena), s.limit), 1<<16)), s.arena...)
	}
}

func (s *Sorter) key(p pair) []byte   { return s.arena[p.at : p.at+p.key] }
func (s *Sorter) value(p pair) []byte { return s.arena[p.at+p.key : p.at+p.key+p.value] }

func (s *Sorter) sort() {
	slices.SortFunc(s.pairs, func(a, b pair) int {
		if c := bytes.Compare(s.key(a), s.key(b)); c != 0 {
			return c
		}
		return bytes.Compare(s.value(a), s.value(b))
	})
}

// spill writes what is in memory as a run.
func (s *Sorter) spill() error {
	s.sort()
	name := fmt.Sprintf("%s.run%d%s", s.prefix, len(s.names), disk.TempSuffix)
	w, err := Create(s.fs, name, Options{})
	if err != nil {
		return err
	}
	s.names = append(s.names, name)
	for _, p := range s.pairs {
		s.buf = append(binary.AppendUvarint(s.buf[:0], uint64(p.key)), s.key(p)...)
		if _, err := w.append(s.buf, s.value(p)); err != nil {
			return errors.Join(err, w.Abort())
		}
	}
	if _, err := w.Close(); err != nil {
		return err
	}
	s.arena, s.pairs = s.arena[:0], s.pairs[:0]
	r, err := Open(s.fs, name)
	if err != nil {
		return err
	}
	s.runs = append(s.runs, r)
	return nil
}

// Each calls fn for every pair, by key, then value. Key and value are valid
// during the call only. An error of fn ends the walk and is returned. Nothing
// may be added afterwards.
func (s *Sorter) Each(fn func(key, value []byte) error) error {
	s.sort()
	if len(s.runs) == 0 {
		for _, p := range s.pairs {
			if err := fn(s.key(p), s.value(p)); err != nil {
				return err
			}
		}
		return nil
	}
	var h runHeap
	for _, r := range s.runs {
		c := &Cursor{s: &SortedReader{r}} // from the first block: a run's index knows no keys
		if err := h.start(c.step, c.Key, c.Value, c.Err); err != nil {
			return err
		}
	}
	at := -1
	err := h.start(func() bool { at++; return at < len(s.pairs) },
		func() []byte { return s.key(s.pairs[at]) }, func() []byte { return s.value(s.pairs[at]) },
		func() error { return nil })
	if err != nil {
		return err
	}
	heap.Init(&h)
	for len(h) > 0 {
		if err := fn(h[0].key(), h[0].value()); err != nil {
			return err
		}
		switch {
		case h[0].next():
			heap.Fix(&h, 0)
		case h[0].err() != nil:
			return h[0].err()
		default:
			heap.Pop(&h)
		}
	}
	return nil
}

// Close removes the runs.
func (s *Sorter) Close() error {
	var err error
	for _, r := range s.runs {
		err = errors.Join(err, r.Close())
	}
	for _, name := range s.names {
		err = errors.Join(err, disk.RemoveIfThere(s.fs, name))
	}
	s.runs, s.names, s.arena, s.pairs = nil, nil, nil, nil
	return err
}

// A runHeap orders walks over runs by the pair each stands at.
type runHeap []run

type run struct {
	next       func() bool
	key, value func() []byte
	err        func() error
}

func (h *runHeap) start(next func() bool, key, value func() []byte, err func() error) error {
	if next() {
		*h = append(*h, run{next, key, value, err})
		return nil
	}
	return err()
}

func (h runHeap) Len() int { return len(h) }
func (h runHeap) Less(i, j int) bool {
	if c := bytes.Compare(h[i].key(), h[j].key()); c != 0 {
		return c < 0
	}
	return bytes.Compare(h[i].value(), h[j].value()) < 0
}
func (h runHeap) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *runHeap) Push(x any)   { *h = append(*h, x.(run)) }
func (h *runHeap) Pop() any {
	old := *h
	last := old[len(old)-1]
	*h = old[:len(old)-1]
	return last
}
