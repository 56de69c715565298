package history

import (
	"cmp"
	"hash/fnv"
	"io"
	"slices"

	"github.com/casefold/casefold"
)

// Shared finds persons in whose histories one case number stands: co-defendants,
// namesakes of a number, and one person whom the linkage left in two. It keeps
// sixteen bytes for each number of a conviction. Add histories in any order;
// Merge accumulators of several goroutines; the zero value is ready.
type Shared struct{ marks []sharedMark }

type sharedMark struct {
	number uint64
	person int32
}

// Add notes the numbers of a person's convictions. person is the caller's.
func (s *Shared) Add(person int32, h *casefold.History) {
	first := len(s.marks)
	for i := range h.Convictions {
		for _, n := range h.Convictions[i].Numbers {
			if n.Family == "" {
				continue
			}
			hash := fnv.New64a()
			io.WriteString(hash, n.Family) // a hash takes everything
			io.WriteString(hash, "\x00"+n.Key)
			m := sharedMark{hash.Sum64(), person}
			if !slices.Contains(s.marks[first:], m) {
				s.marks = append(s.marks, m)
			}
		}
	}
}

// Merge adds what another accumulator noted.
func (s *Shared) Merge(other *Shared) { s.marks = append(s.marks, other.marks...) }

// Pairs are the pairs of persons that share a number, the smaller first, sorted,
// each once. A number of more persons than limit is left out: it is a filler or
// a number of another kind, and says nothing.
func (s *Shared) Pairs(limit int) [][2]int32 {
	slices.SortFunc(s.marks, func(a, b sharedMark) int {
		return cmp.Or(cmp.Compare(a.number, b.number), cmp.Compare(a.person, b.person))
	})
	s.marks = slices.Compact(s.marks)
	var out [][2]int32
	for i := 0; i < len(s.marks); {
		j := i + 1
		for j < len(s.marks) && s.marks[j].number == s.marks[i].number {
			j++
		}
		for a := i; a < j && j-i <= limit; a++ {
			for b := a + 1; b < j; b++ {
				out = append(out, [2]int32{s.marks[a].person, s.marks[b].person})
			}
		}
		i = j
	}
	slices.SortFunc(out, func(a, b [2]int32) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
	return slices.Compact(out)
}

// Doubles are the pairs of convictions of two persons that may be one
// conviction, as indexes into the two lists. They are to name each other as
// possibly the same: nobody has decided that the two persons are one.
func Doubles(a, b *casefold.History) [][2]int {
	var out [][2]int
	for i := range a.Convictions {
		for j := range b.Convictions {
			x, y := &a.Convictions[i], &b.Convictions[j]
			if x.Kind != casefold.InferredByMarker && y.Kind != casefold.InferredByMarker && Compare(x, y).Answer != Different {
				out = append(out, [2]int{i, j})
			}
		}
	}
	return out
}
