package blocking

import (
	"context"
	"math/bits"
	"slices"

	"github.com/casefold/casefold/mention"
)

// A search enumerates conjunctions of terms. Costs are estimated on a sample of
// the mentions: a pair is in it with the square of the sample's rate.
type search struct {
	set       *mention.Set
	options   SuggestOptions
	terms     []Term
	witnesses []Witness
	sample    []uint32
	scale     float64 // pairs of the set per pair of the sample
	most      float64 // pairs that one rule may cost: beyond it Build would refine
	readers   *readers
	found     []*conjunction
}

func newSearch(s *mention.Set, truth Truth, o SuggestOptions) *search {
	g := &search{set: s, options: o, terms: truth.terms(s), witnesses: thin(truth.Witnesses, mostSearched), most: float64(min(o.Pairs/2, o.budget(s.Len()))),
		readers: newReaders(s)}
	for _, t := range g.terms {
		g.readers.reader(t) // makes its tables: from here on they are only read
	}
	rate := 1.0
	if n := s.Len(); n > searchSample {
		rate = float64(searchSample) / float64(n)
	}
	for m := range uint32(s.Len()) {
		if rate >= 1 || float64(mention.Mix(uint64(m), 0x5a3)>>11) < rate*(1<<53) {
			g.sample = append(g.sample, m)
		}
	}
	n, k := float64(s.Len()), float64(len(g.sample))
	g.scale = n * (n - 1) / max(k*(k-1), 1)
	return g
}

// run measures conjunctions of one term, of two, and so on; those that a rule
// can pay for with room to spare are not made narrower.
func (g *search) run(ctx context.Context) error {
	var level []*conjunction
	for i := range g.terms {
		level = append(level, &conjunction{terms: g.terms[i : i+1 : i+1]})
	}
	for width := 1; len(level) > 0; width++ {
		err := parallel(ctx, g.options.workers(), len(level), func(_, i int) { g.measure(level[i]) })
		if err != nil {
			return err
		}
		var next []*conjunction
		for _, c := range level {
			if !slices.ContainsFunc(c.found, func(w uint64) bool { return w != 0 }) {
				continue
			}
			if c.pairs <= g.most {
				g.found = append(g.found, c)
			}
			if c.pairs > g.most/16 && width < g.options.Terms {
				next = append(next, g.narrower(c)...)
			}
		}
		level = next
	}
	slices.SortFunc(g.found, compareConjunctions)
	return nil
}

// narrower adds each later term that reads another field.
func (g *search) narrower(c *conjunction) (out []*conjunction) {
	last := slices.Index(g.terms, c.terms[len(c.terms)-1])
	for _, t := range g.terms[last+1:] {
		if !slices.ContainsFunc(c.terms, func(k Term) bool { return overlaps(k, t) }) {
			out = append(out, &conjunction{terms: append(slices.Clone(c.terms), t)})
		}
	}
	return out
}

// measure estimates what a conjunction costs and sees which witnesses it finds.
func (g *search) measure(c *conjunction) {
	k := newKeyer(g.readers, Rule{Key: c.terms})
	var keys keyed
	var buf, other []uint64
	for _, m := range g.sample {
		buf = k.keys(m, buf[:0])
		for _, h := range buf {
			keys.key = append(keys.key, h)
			keys.mention = append(keys.mention, m)
		}
	}
	pairs := 0
	each(keys.sorted(), func(_ uint64, members []uint32) { pairs += len(members) * (len(members) - 1) / 2 })
	c.pairs = float64(pairs) * g.scale
	c.found = make([]uint64, (len(g.witnesses)+63)/64)
	for i, w := range g.witnesses {
		if i == 0 || w.A != g.witnesses[i-1].A {
			buf = k.keys(w.A, buf[:0])
		}
		if len(buf) == 0 {
			continue
		}
		other = k.keys(w.B, other[:0])
		if slices.ContainsFunc(buf, func(h uint64) bool { return slices.Contains(other, h) }) {
			c.found[i/64] |= 1 << (i % 64)
		}
	}
}

// choose takes conjunctions greedily, by new witnesses per pair, while the
// budget lasts, and drops those that the others make needless.
func (g *search) choose() []*conjunction {
	total := 0.0
	for _, w := range g.witnesses {
		total += w.Weight
	}
	seen := make([]uint64, (len(g.witnesses)+63)/64)
	left := float64(g.options.Pairs)
	var out []*conjunction
	for len(out) < mostRules {
		var best *conjunction
		bestRate, bestGain := 0.0, 0.0
		for _, c := range g.found {
			if c.pairs > left {
				break
			}
			gain := g.weight(c.found, seen)
			// A rule costs a pass over the mentions, whatever few pairs it has.
			if rate := gain / (c.pairs + float64(g.set.Len())/4); gain >= leastGain*total && rate > bestRate {
				best, bestRate, bestGain = c, rate, gain
			}
		}
		if best == nil || bestGain == 0 {
			break
		}
		out = append(out, best)
		left -= best.pairs
		for i := range seen {
			seen[i] |= best.found[i]
		}
	}
	return g.needed(out, total)
}

// needed drops, the most expensive first, the rules whose witnesses the others
// find.
func (g *search) needed(list []*conjunction, total float64) []*conjunction {
	byCost := slices.Clone(list)
	slices.SortFunc(byCost, func(a, b *conjunction) int { return compareConjunctions(b, a) })
	for _, c := range byCost {
		others := make([]uint64, len(c.found))
		for _, d := range list {
			if d != c {
				for i := range others {
					others[i] |= d.found[i]
				}
			}
		}
		if g.weight(c.found, others) < leastGain*total {
			list = slices.DeleteFunc(slices.Clone(list), func(d *conjunction) bool { return d == c })
		}
	}
	return list
}

// weight of the witnesses in one set of bits and not in another.
func (g *search) weight(found, seen []uint64) (sum float64) {
	for i, w := range found {
		for w &^= seen[i]; w != 0; w &= w - 1 {
			at := i*64 + bits.TrailingZeros64(w)
			sum += g.witnesses[at].Weight
		}
	}
	return sum
}
