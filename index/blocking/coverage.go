package blocking

import (
	"cmp"
	"context"
	"slices"

	"github.com/casefold/casefold/mention"
)

// A Witness is a pair of mentions that is one person for certain (Weight 1), or
// by the chance that some model gives it. Rules are judged by the witnesses they
// find.
type Witness struct {
	mention.Pair
	Weight float64
}

// Truth is what rules are judged by.
type Truth struct {
	Witnesses []Witness
	// Exact: the witnesses come from outside the rules, as prints do; else they
	// are the rules' own candidates, and what no rule finds is not among them.
	Exact bool
	// Hidden are the kinds of identifiers that made the witnesses: a rule on such
	// a number finds them by definition, and is not judged.
	Hidden []string
}

// hides reports whether a rule reads a hidden number.
func (t *Truth) hides(r Rule) bool {
	return slices.ContainsFunc(r.Key, func(k Term) bool { return k.Field == ID && slices.Contains(t.Hidden, k.Arg) })
}

// mostPerPerson bounds the witnesses of one person: beyond it they are chosen by
// a hash, and each stands for several.
const mostPerPerson = 45

// Backed are the pairs that carry the same fingerprint number of one issuer on
// both sides, told by a print: the data's own labels. Mentions of more than one
// such number of an issuer are left out.
func Backed(s *mention.Set) []Witness {
	holders := map[[2]uint32][]uint32{}
	var numbers [][2]uint32
	for m := range uint32(s.Len()) {
		ids := s.Identifiers.Of(m)
		for i, id := range ids {
			if id.How < mention.Print || slices.ContainsFunc(ids[:i], func(o mention.Identifier) bool { return o.Issuer == id.Issuer && o.How >= mention.Print }) {
				continue
			}
			key := [2]uint32{uint32(id.Issuer), id.Value}
			if holders[key] == nil {
				numbers = append(numbers, key)
			}
			holders[key] = append(holders[key], m)
		}
	}
	var out []Witness
	for _, key := range numbers {
		out = append(out, pairsOf(holders[key])...)
	}
	return distinct(out)
}

// pairsOf are the pairs of one person's mentions, a sample of them if they are
// many.
func pairsOf(list []uint32) []Witness {
	var out []Witness
	for i, a := range list {
		for _, b := range list[i+1:] {
			out = append(out, Witness{mention.Pair{A: a, B: b}, 1})
		}
	}
	if len(out) <= mostPerPerson {
		return out
	}
	slices.SortFunc(out, func(x, y Witness) int {
		return cmp.Compare(mention.Mix(uint64(x.A), uint64(x.B)), mention.Mix(uint64(y.A), uint64(y.B)))
	})
	weight := float64(len(out)) / mostPerPerson
	out = out[:mostPerPerson]
	for i := range out {
		out[i].Weight = weight
	}
	return out
}

// distinct sorts witnesses and keeps one of each pair: two issuers may back it.
func distinct(list []Witness) []Witness {
	slices.SortFunc(list, func(x, y Witness) int {
		return cmp.Or(cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B), cmp.Compare(x.Weight, y.Weight))
	})
	return slices.CompactFunc(list, func(x, y Witness) bool { return x.Pair == y.Pair })
}

// A RuleCoverage is a rule's report with the witnesses it finds.
type RuleCoverage struct {
	RuleReport
	Hidden   bool    // reads a number that made the witnesses, and is not judged
	Found    float64 // weight of the witnesses among its pairs
	Marginal float64 // of these, what no earlier rule finds
	Only     float64 // of these, what no other rule finds
	Sizes    []int   // of its largest blocks, descending
}

// A Coverage says what rules find and what they cost.
type Coverage struct {
	Rules     []RuleCoverage
	Pairs     int     // candidates of all rules together
	Witnesses int     // witnesses looked at
	Weight    float64 // of all of them
	Found     float64 // of those that some rule finds
	// Recall is the share of all pairs of one person that are candidates. Where
	// the witnesses are known whatever the rules found, it is exact and the range
	// is empty; where they are the rules' own candidates, it is not known: the
	// overlap of the rules bounds it.
	Recall Range
	Exact  bool
}

// A Range is what lies between two shares.
type Range struct{ Low, High float64 }

// Cover applies rules to a set and holds them against the truth.
func Cover(ctx context.Context, s *mention.Set, rules []Rule, truth Truth, o Options) (*Coverage, error) {
	x, err := Build(ctx, s, rules, o)
	if err != nil {
		return nil, err
	}
	if err := x.Each(ctx, o.Workers, 1, func(int, []mention.Pair) {}); err != nil {
		return nil, err
	}
	c := &Coverage{Witnesses: len(truth.Witnesses), Exact: truth.Exact}
	for r, rep := range x.Reports() {
		c.Rules = append(c.Rules, RuleCoverage{RuleReport: rep, Hidden: truth.hides(rep.Rule), Sizes: x.blocks[r].largest(5)})
		c.Pairs += rep.Owned
	}
	lap := newOverlap(rules)
	held := make([]bool, len(rules))
	for _, w := range truth.Witnesses {
		for r := range rules {
			held[r] = !c.Rules[r].Hidden && x.shared(r, w.A, w.B) != 0
		}
		c.count(held, w.Weight)
		lap.count(held, w.Weight)
	}
	if truth.Exact && c.Weight > 0 {
		c.Recall = Range{c.Found / c.Weight, c.Found / c.Weight}
	} else if !truth.Exact {
		c.Recall = lap.recall(c.Found)
	}
	return c, nil
}

func (c *Coverage) count(held []bool, weight float64) {
	c.Weight += weight
	first, holders := -1, 0
	for r, h := range held {
		if !h {
			continue
		}
		if first < 0 {
			first = r
		}
		holders++
		c.Rules[r].Found += weight
	}
	if first < 0 {
		return
	}
	c.Found += weight
	c.Rules[first].Marginal += weight
	if holders == 1 {
		c.Rules[first].Only += weight
	}
}

// largest are the sizes of the largest blocks.
func (b *blocks) largest(n int) []int {
	var sizes []int
	for i := range len(b.start) - 1 {
		sizes = append(sizes, int(b.start[i+1]-b.start[i]))
	}
	slices.SortFunc(sizes, func(x, y int) int { return cmp.Compare(y, x) })
	return slices.Clip(sizes[:min(n, len(sizes))])
}
