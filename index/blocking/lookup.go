package blocking

import (
	"context"
	"slices"
	"sort"

	"github.com/casefold/casefold/mention"
)

// A Lookup finds the mentions of a set that a single mention from outside
// would be paired with: the same rules, the same refinement, the same limits as
// in bulk. It is immutable, and safe for concurrent use.
//
// A block's limit is that of the set without the newcomer: a block that the
// bulk would divide for the one member more is still taken whole.
type Lookup struct {
	set   *mention.Set
	rules []Rule
	of    []lookupRule
}

// A lookupRule is the keys of one rule, of single mentions too, ascending, with
// the mention of each; and the largest block that each level of refinement
// keeps.
type lookupRule struct {
	keys            keyed
	refine          []*reader
	limits, thinned []int
	same            []uint64 // profiles; nil: blocks are not thinned
}

// NewLookup indexes a set under rules.
func NewLookup(ctx context.Context, set *mention.Set, rules []Rule, o Options) (*Lookup, error) {
	l := &Lookup{set: set, rules: rules, of: make([]lookupRule, len(rules))}
	rd := newReaders(set)
	same := profiles(set)
	var keyers []*keyer
	for i, r := range rules {
		keyers = append(keyers, newKeyer(rd, r))
		for _, t := range r.Refine {
			l.of[i].refine = append(l.of[i].refine, rd.reader(t))
		}
	}
	return l, parallel(ctx, o.workers(), len(rules), func(_, r int) {
		x := &l.of[r]
		keys := keyers[r].everyKey()
		mention.SortHashed(keys.key, keys.mention)
		x.keys = keyed{slices.Clip(keys.key), slices.Clip(keys.mention)}
		b := o.builder(rules[r], set.Len(), x.refine, same)
		b.build(keyed{slices.Clone(x.keys.key), slices.Clone(x.keys.mention)})
		x.limits, x.thinned, x.same = b.limits, b.thinned, b.profiles
	})
}

// Rules are the lookup's rules.
func (l *Lookup) Rules() []Rule { return l.rules }

// Candidates are the mentions of the lookup's set that some rule pairs with
// mention m of another set, ascending.
func (l *Lookup) Candidates(other *mention.Set, m uint32) []uint32 {
	rd := newReaders(other)
	var out []uint32
	for r := range l.rules {
		out = l.candidates(rd, r, m, out)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Holds is the number of rules under which mention m of another set is paired
// with mention n of the lookup's.
func (l *Lookup) Holds(other *mention.Set, m, n uint32) int {
	rd := newReaders(other)
	count := 0
	for r := range l.rules {
		if slices.Contains(l.candidates(rd, r, m, nil), n) {
			count++
		}
	}
	return count
}

// candidates appends those of one rule.
func (l *Lookup) candidates(rd *readers, r int, m uint32, to []uint32) []uint32 {
	x := &l.of[r]
	var refine []*reader
	for _, t := range l.rules[r].Refine {
		refine = append(refine, rd.reader(t))
	}
	profile := profileOf(rd.set, m)
	for _, key := range newKeyer(rd, l.rules[r]).keys(m, nil) {
		to = x.descend(0, x.block(key), refine, m, profile, to)
	}
	return to
}

// block is the mentions that have a key.
func (x *lookupRule) block(key uint64) []uint32 {
	from := sort.Search(len(x.keys.key), func(i int) bool { return x.keys.key[i] >= key })
	to := from
	for to < len(x.keys.key) && x.keys.key[to] == key {
		to++
	}
	return x.keys.mention[from:to]
}

// descend appends a block's members if the level keeps blocks of its size;
// else those that share a value of the next refining term with mention m, as
// far as their block is kept. Of a thinned block, all that have m's profile
// come, kept or not.
func (x *lookupRule) descend(level int, members []uint32, refine []*reader, m uint32, profile uint64, to []uint32) []uint32 {
	if x.same != nil && level < len(x.thinned) && len(members) > x.thinned[level] {
		var same []uint32
		members, same = representatives(members, x.same, profile)
		to = append(to, same...)
	}
	if level >= len(x.limits) || len(members) <= x.limits[level] {
		return append(to, members...)
	}
	if level == len(refine) {
		return to
	}
	values := refine[level].readAll(m, nil)
	if len(values) == 0 {
		values = []uint64{0}
	}
	for _, v := range values {
		to = x.descend(level+1, x.sharing(level, members, v), refine, m, profile, to)
	}
	return to
}

// sharing are the members that have a value of a refining term; those without
// any for the value 0.
func (x *lookupRule) sharing(level int, members []uint32, v uint64) []uint32 {
	var out []uint32
	var buf []uint64
	for _, m := range members {
		if buf = x.refine[level].readAll(m, buf[:0]); slices.Contains(buf, v) || v == 0 && len(buf) == 0 {
			out = append(out, m)
		}
	}
	return out
}

// Sharing are the rules under which two mentions of a set have a key in common;
// whether their block is kept is for a Lookup of these rules to say.
func Sharing(set *mention.Set, rules []Rule, a, b uint32) []Rule {
	two := mention.Choose(mention.Choice{Set: set, Mentions: []uint32{a, b}})
	rd := newReaders(two)
	var out []Rule
	for _, r := range rules {
		k := newKeyer(rd, r)
		keys := k.keys(0, nil)
		if slices.ContainsFunc(k.keys(1, nil), func(h uint64) bool { return slices.Contains(keys, h) }) {
			out = append(out, r)
		}
	}
	return out
}
