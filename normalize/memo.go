package normalize

import (
	"encoding/binary"
	"strings"
)

// A memo remembers what raw values were read as. It is bounded: a full one is
// emptied and begun again, and one that does not pay (a column of case numbers
// that never repeat) stands aside for a while. Because reading is pure, none of
// this shows in a result.
type memo[V any] struct {
	read       func(raw string) V
	values     map[string]*entry[V]
	last       *entry[V] // the value asked for last, which is often asked for next
	asked, hit int       // since the memory was last judged
	rest       int       // values still to be read without asking
	size       int       // values it holds at most
}

type entry[V any] struct {
	raw   string
	value V
}

const (
	// memoSize bounds the values of one memo: some 10 MB for the largest kinds.
	memoSize = 1 << 15
	// nearSize bounds a memo of what the rows of one person or case repeat and
	// others do not: more would not be asked for again.
	nearSize = 1 << 12
	// memoJudge is after how many values a memo is judged; one that knew fewer
	// than an eighth of them rests for four times as many.
	memoJudge = 1 << 13
)

func newMemo[V any](read func(raw string) V) *memo[V] {
	return &memo[V]{read: read, values: map[string]*entry[V]{}, last: &entry[V]{value: read("")}, size: memoSize}
}

// nearMemo is a memo of what repeats nearby.
func nearMemo[V any](read func(raw string) V) *memo[V] {
	m := newMemo(read)
	m.size = nearSize
	return m
}

// get is what raw is read as. The result never aliases raw.
func (m *memo[V]) get(raw string) V {
	if m.last.raw == raw {
		m.asked, m.hit = m.asked+1, m.hit+1
		return m.last.value
	}
	if m.rest > 0 {
		m.rest--
		return m.read(strings.Clone(raw))
	}
	m.asked++
	if e, ok := m.values[raw]; ok {
		m.hit++
		m.last = e
		return e.value
	}
	return m.learn(strings.Clone(raw))
}

// getKey is get for a key built by appendPart.
func (m *memo[V]) getKey(key []byte) V {
	if m.last.raw == string(key) {
		m.asked, m.hit = m.asked+1, m.hit+1
		return m.last.value
	}
	if m.rest > 0 {
		m.rest--
		return m.read(string(key))
	}
	m.asked++
	if e, ok := m.values[string(key)]; ok {
		m.hit++
		m.last = e
		return e.value
	}
	return m.learn(string(key))
}

func (m *memo[V]) learn(raw string) V {
	e := &entry[V]{raw, m.read(raw)}
	if len(m.values) >= m.size {
		clear(m.values)
	}
	m.values[raw] = e
	m.last = e
	if m.asked >= memoJudge {
		if m.hit < m.asked/8 {
			m.rest = 4 * memoJudge
			clear(m.values)
		}
		m.asked, m.hit = 0, 0
	}
	return e.value
}

// appendPart adds a part to a compound key, its length before it.
func appendPart(key []byte, part string) []byte {
	key = binary.AppendUvarint(key, uint64(len(part)))
	return append(key, part...)
}

// cutPart takes the first part off a compound key.
func cutPart(key string) (part, rest string) {
	n, i := uint64(0), 0
	for shift := uint(0); i < len(key); shift += 7 {
		b := key[i]
		i++
		n |= uint64(b&0x7f) << shift
		if b < 0x80 {
			break
		}
	}
	return key[i : i+int(n)], key[i+int(n):] // "" gives "" and "": a key of nothing has only empty parts
}

// A slab hands out slices of one element. It allocates many at once; a record
// that is kept keeps its slab, so there are few in one.
type slab[T any] struct{ free []T }

func (s *slab[T]) one(v T) []T {
	if len(s.free) == 0 {
		s.free = make([]T, slabSize)
	}
	out := s.free[:1:1]
	s.free = s.free[1:]
	out[0] = v
	return out
}
