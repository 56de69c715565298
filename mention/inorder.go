package mention

import "slices"

// InOrder is the same set with its records numbered in the order of their
// mentions, and within a mention by identity: then nothing in it depends on the
// order in which records came. order[i] is the old number of record i.
func (s *Set) InOrder() (set *Set, order []uint32) {
	out := *s
	order = slices.Clone(s.recordOf.values)
	out.recordOf.values = make([]uint32, len(order))
	out.mentionOf, out.sourceOf = make([]uint32, len(order)), make([]uint16, len(order))
	for i, r := range order {
		out.recordOf.values[i] = uint32(i)
		out.mentionOf[i], out.sourceOf[i] = s.mentionOf[r], s.sourceOf[r]
	}
	return &out, order
}
