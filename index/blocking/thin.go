package blocking

import (
	"cmp"
	"slices"

	"github.com/casefold/casefold/mention"
)

// A person who is told of in a hundred rows makes blocks of a hundred, whose
// pairs say the same thing five thousand times. In a block above thinAbove, only
// one of the mentions with equal profiles (names and birth date) is paired with
// the others; those of one profile are linked among themselves as a braid, each
// with a few neighbors. Who is whom among them is found all the same: a cluster
// weighs all its pairs, candidates or not. Where people are told of so often that
// even the smaller blocks cost more than there is to spend, these are thinned too
// before any is divided by a further field: what thinning leaves out is found all
// the same, what dividing leaves out is not.
const (
	thinAbove  = 16
	braidWidth = 4 // mentions in a link of the braid
	braidStep  = 2 // from one link to the next
)

// profiles is a hash of the names and birth dates of each mention; who tells
// no name or no birth date is like nobody else.
func profiles(s *mention.Set) []uint64 {
	out := make([]uint64, s.Len())
	for m := range out {
		out[m] = profileOf(s, uint32(m))
	}
	return out
}

func profileOf(s *mention.Set, m uint32) uint64 {
	names, births := s.Names.Of(m), s.Births.Of(m)
	if len(names) == 0 || len(births) == 0 {
		return mention.Mix(uint64(m), 0x0e)
	}
	h := uint64(0)
	for _, n := range names { // their order says nothing
		h += mention.Mix(mention.Mix(s.Name.Hash(n.Given), s.Name.Hash(n.Middle)), mention.Mix(s.Name.Hash(n.Surname), uint64(n.Suffix)))
	}
	for _, b := range births {
		h += mention.Mix(uint64(b.First), uint64(b.Last))
	}
	return h
}

// thin reduces large blocks to one mention of each profile and keeps the
// braids. Sub-blocks at level 0 are not yet counted as uncompared, later ones
// are where their key says so.
func (b *builder) thin(level int, keys keyed, left int) keyed {
	if b.profiles == nil {
		return keys
	}
	above := thinFrom(keys, left)
	b.thinned = append(b.thinned, above)
	out := keyed{keys.key[:0], keys.mention[:0]}
	var scratch []uint32
	eachRun(keys, func(key uint64, members []uint32) {
		scratch = append(scratch[:0], members...)
		if len(members) > above && b.repeated(members) {
			counted := level > 0 && key&exactly != 0
			scratch = b.braid(key, scratch, counted)
		}
		for _, m := range scratch {
			out.key = append(out.key, key)
			out.mention = append(out.mention, m)
		}
	})
	return out
}

// repeated reports whether two mentions of a block may have one profile. In a
// block of a few it looks; there, sorting for nothing is what thinning costs most.
func (b *builder) repeated(members []uint32) bool {
	const few = 32
	if len(members) > few {
		return true
	}
	var seen [few]uint64
	for i, m := range members {
		p := b.profiles[m]
		for _, q := range seen[:i] {
			if p == q {
				return true
			}
		}
		seen[i] = p
	}
	return false
}

// thinFrom is the size above which blocks are thinned.
func thinFrom(keys keyed, left int) int {
	pairs := 0
	eachRun(keys, func(_ uint64, members []uint32) {
		if len(members) <= thinAbove {
			pairs += countOf(members)
		}
	})
	if pairs > left {
		return braidWidth
	}
	return thinAbove
}

// braid keeps the links of each profile that repeats and returns one mention
// per profile. A braid is as long as its profile has mentions, whatever the
// block: it is no part of the budget, which is for what grows with the square.
func (b *builder) braid(key uint64, members []uint32, counted bool) []uint32 {
	all := countOf(members)
	byProfile(members, b.profiles)
	linked := 0
	reps := members[:0]
	for lo := 0; lo < len(members); {
		hi := lo + 1
		for hi < len(members) && b.profiles[members[hi]] == b.profiles[members[lo]] {
			hi++
		}
		for at := lo; hi-lo > 1; at += braidStep {
			link := slices.Clone(members[at:min(at+braidWidth, hi)])
			b.keep(mention.Mix(key, b.profiles[link[0]]+uint64(at-lo)+1), link)
			// What a link shares with the one before was counted there.
			linked += countOf(link)
			if at > lo {
				linked -= countOf(link[:min(braidWidth-braidStep, len(link))])
			}
			if at+braidWidth >= hi {
				break
			}
		}
		reps = append(reps, members[lo])
		lo = hi
	}
	slices.Sort(reps)
	b.report.Thinned += all - linked - countOf(reps)
	if counted {
		b.report.Uncompared -= all - countOf(reps)
	}
	return reps
}

// byProfile sorts mentions by profile, then number.
func byProfile(members []uint32, profiles []uint64) {
	slices.SortFunc(members, func(x, y uint32) int { return cmp.Or(cmp.Compare(profiles[x], profiles[y]), cmp.Compare(x, y)) })
}

// representatives is one mention of each profile, as braid returns them, and
// apart from them all mentions of one profile.
func representatives(members []uint32, profiles []uint64, profile uint64) (reps, same []uint32) {
	sorted := slices.Clone(members)
	byProfile(sorted, profiles)
	for i, m := range sorted {
		if i == 0 || profiles[m] != profiles[sorted[i-1]] {
			reps = append(reps, m)
		}
		if profiles[m] == profile {
			same = append(same, m)
		}
	}
	slices.Sort(reps)
	return reps, same
}

// eachRun calls f for each run of equal keys.
func eachRun(k keyed, f func(key uint64, members []uint32)) {
	for lo := 0; lo < len(k.key); {
		hi := lo + 1
		for hi < len(k.key) && k.key[hi] == k.key[lo] {
			hi++
		}
		f(k.key[lo], k.mention[lo:hi])
		lo = hi
	}
}
