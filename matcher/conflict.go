package matcher

import (
	"cmp"
	"slices"

	"github.com/casefold/casefold/matcher/cluster"
	"github.com/casefold/casefold/mention"
)

// A Conflict is a pair that one statement joins and another keeps apart: a
// decision "different" inside a group that decisions or prints say is one. The
// group is not forced together, and somebody has to look.
type Conflict struct{ A, B uint32 }

// withoutContradictions drops the pairs of every group that holds a pair which
// a person said is two.
func withoutContradictions(n int, pairs [][2]uint32, v verdicts) ([][2]uint32, []Conflict) {
	if len(v) == 0 || len(pairs) == 0 {
		return pairs, nil
	}
	root := map[uint32]uint32{}
	var find func(x uint32) uint32
	find = func(x uint32) uint32 {
		r, ok := root[x]
		if !ok || r == x {
			return x
		}
		r = find(r)
		root[x] = r
		return r
	}
	for _, p := range pairs {
		a, b := find(p[0]), find(p[1])
		root[max(a, b)] = min(a, b)
	}
	var conflicts []Conflict
	broken := map[uint32]bool{}
	for p, same := range v {
		if !same && find(p.A) == find(p.B) {
			broken[find(p.A)] = true
			conflicts = append(conflicts, Conflict(p))
		}
	}
	slices.SortFunc(conflicts, func(x, y Conflict) int { return cmp.Or(cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B)) })
	pairs = slices.DeleteFunc(pairs, func(p [2]uint32) bool { return broken[find(p[0])] })
	return pairs, conflicts
}

// possibleLinks are the edges between different clusters, the strongest pair
// of each two clusters, with the reason why it did not join them.
func (x *linker) possibleLinks(of []uint32) []PossibleLink {
	best := map[mention.Pair]PossibleLink{}
	for _, e := range x.edges {
		a, b := of[e.A], of[e.B]
		if a == b || int64(e.Weight) < x.model.Possible {
			continue
		}
		l := PossibleLink{A: a, B: b, Weight: int64(e.Weight), MentionA: e.A, MentionB: e.B}
		if a > b {
			l.A, l.B, l.MentionA, l.MentionB = b, a, e.B, e.A
		}
		key := mention.Pair{A: l.A, B: l.B}
		old, ok := best[key]
		if !ok || l.Weight > old.Weight || l.Weight == old.Weight && (l.MentionA < old.MentionA || l.MentionA == old.MentionA && l.MentionB < old.MentionB) {
			best[key] = l
		}
	}
	members := x.members(of, best)
	out := make([]PossibleLink, 0, len(best))
	for _, l := range best {
		if l.Reason = x.reason(l, members); l.Reason != decided {
			l.Whole = x.whole(l, members)
			out = append(out, l)
		}
	}
	slices.SortFunc(out, func(a, b PossibleLink) int { return cmp.Or(cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B)) })
	return out
}

// whole is the score of two clusters: what all pairs between them say, as the
// clustering weighs it. Of two that have more pairs than anybody should go
// through, the strongest pair speaks.
func (x *linker) whole(l PossibleLink, members map[uint32][]uint32) int64 {
	as, bs := members[l.A], members[l.B]
	if len(as)*len(bs) > mostChecked {
		return l.Weight
	}
	e := cluster.Evidence{Sum: make([]int64, x.scorer.slots), Told: make([]int32, x.scorer.slots), A: as, B: bs}
	for _, a := range as {
		for _, b := range bs {
			x.add(min(a, b), max(a, b), &e)
		}
	}
	return x.evidence(&e)
}

// members lists the mentions of the clusters that have a possible link.
func (x *linker) members(of []uint32, links map[mention.Pair]PossibleLink) map[uint32][]uint32 {
	out := map[uint32][]uint32{}
	for p := range links {
		out[p.A], out[p.B] = nil, nil
	}
	for m := range of {
		if list, ok := out[of[m]]; ok {
			out[of[m]] = append(list, uint32(m))
		}
	}
	return out
}
