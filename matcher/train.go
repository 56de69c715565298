package matcher

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/casefold/casefold/matcher/train"
	"github.com/casefold/casefold/mention"
)

// Pairs streams candidate pairs, each once: index/blocking's Index does. emit
// is called from several goroutines, each with a number of its own below
// workers. rate is the share of pairs to stream.
type Pairs interface {
	Each(ctx context.Context, workers int, rate float64, emit func(worker int, pairs []mention.Pair)) error
}

// TrainOptions govern training. The zero value means the defaults.
type TrainOptions struct {
	Workers int
	Costs   Costs // zero: DefaultCosts
	// Sample bounds the candidate pairs looked at; 0: 2 million where there are
	// up to 20,000 mentions, whose matches are few, else 700,000.
	Sample int
}

// sampleRate is the share of pairs that keeps candidates near the bound.
func sampleRate(candidates, mentions, bound int) float64 {
	switch {
	case bound != 0:
	case mentions <= 20_000:
		bound = 2_000_000
	default:
		bound = 700_000
	}
	if candidates <= bound {
		return 1
	}
	return float64(bound) / float64(candidates)
}

// Train learns a model from the set and its candidate pairs, without labels.
// candidates is about how many pairs there are.
func Train(ctx context.Context, s *mention.Set, pairs Pairs, candidates int, o TrainOptions) (*Model, error) {
	comps := comparisonsOf(s)
	freq := &frequencies{}
	p := newPlan(s, comps, freq)
	rate := sampleRate(candidates, s.Len(), o.Sample)
	patterns, err := histogram(ctx, p, pairs, o.workers(), rate)
	if err != nil {
		return nil, err
	}
	problem := p.problem(patterns, rate)
	fit := train.Run(problem)
	if o.Costs == (Costs{}) {
		o.Costs = DefaultCosts
	}
	m := &Model{Format: modelFormat, Costs: o.Costs, Link: o.Costs.threshold(), Possible: o.Costs.possible(),
		Prior: milli(math.Log2(fit.Matches / (problem.Pairs - fit.Matches)))}
	looked := 0
	for _, c := range patterns {
		looked += c.count
	}
	m.Provenance = Provenance{Records: s.RecordCount(), Mentions: s.Len(), Candidates: looked, Sample: rate, Matches: int(fit.Matches + .5), Rounds: fit.Rounds}
	for c := range comps {
		m.Comparisons = append(m.Comparisons, modelComparison(comps[c], problem, fit, c))
	}
	m.Kin, m.Frequencies = modelKin(problem, fit), freq.learned
	return m, nil
}

func (o TrainOptions) workers() int { return workers(o.Workers) }

// maxWeight bounds what one comparison may say, in bits: beyond it the
// assumption that fields err independently holds less than the number claims.
const maxWeight = 24

func modelComparison(c Comparison, p *train.Problem, f *train.Fit, at int) ModelComparison {
	out := ModelComparison{Comparison: c}
	equal := 0.0 // share of equal values among pairs of one person
	for l := range kinds[c.Kind] {
		if kinds[c.Kind][l].equal {
			equal += f.M[at][l]
		}
	}
	for l := uint8(1); l <= maxLevel; l++ {
		spec := kinds[c.Kind][l]
		if spec.name == "" {
			continue
		}
		m, u := f.M[at][l], f.U[at][l]
		var bits float64
		switch {
		case c.Kind == Order:
			bits = orderWeight(m, l)
		case m > 0 && u > 0:
			bits = math.Log2(m / u)
		case spec.equal && equal > 0:
			// No value of this frequency was met: its bearers are as few as the
			// level says.
			bits = math.Log2(equal) + rarity(c.Kind, l)
		}
		if c.Kind == CaseNo && l != otherDefendant {
			bits = max(bits, 0) // in a file of three rows all may share a case
		}
		if c.Kind == Number && l == copied {
			bits = min(bits, copiedBits)
		}
		if c.Kind == CaseNo && l == otherDefendant {
			bits = min(bits, otherDefendantBits)
		}
		bits = min(max(bits, -maxWeight), maxWeight)
		out.Levels = append(out.Levels, ModelLevel{l, c.LevelName(l), round(m), round(u), milli(bits)})
	}
	return out
}

// copiedBits is the most that a copied number may weigh.
const copiedBits = 10

// otherDefendantBits is the most that a shared case with two defendants may
// weigh: marks are misread at times, and what a file then teaches is nonsense.
const otherDefendantBits = -6

// orderWeight: the names' levels already say that they agree, in whichever
// order; how often people's names are swapped is all that is left to say.
func orderWeight(m float64, level uint8) float64 {
	if level == 1 {
		return 0
	}
	return min(math.Log2(m/.5), 0)
}

// round keeps six significant digits, for readers of the model.
func round(x float64) float64 {
	if x == 0 {
		return 0
	}
	scale := math.Pow(10, 5-math.Floor(math.Log10(x)))
	return math.Round(x*scale) / scale
}

// counted is a pattern with the number of pairs that show it.
type counted struct {
	pattern Pattern
	count   int
}

// histogram counts the patterns of the candidates, sorted by pattern.
func histogram(ctx context.Context, p *plan, pairs Pairs, workers int, rate float64) ([]counted, error) {
	counts := make([]tally, workers)
	err := pairs.Each(ctx, workers, rate, func(w int, batch []mention.Pair) {
		for i, x := range batch {
			if i%fetched == 0 {
				p.rows.fetch(batch[i:min(i+fetched, len(batch))])
			}
			counts[w].add(p.pattern(x.A, x.B), 1)
		}
	})
	if err != nil {
		return nil, err
	}
	for _, c := range counts[1:] {
		for _, x := range c.slots {
			if x.count > 0 {
				counts[0].add(x.pattern, x.count)
			}
		}
	}
	out := slices.DeleteFunc(counts[0].slots, func(x counted) bool { return x.count == 0 })
	slices.SortFunc(out, func(a, b counted) int {
		return cmp.Or(cmp.Compare(a.pattern[1], b.pattern[1]), cmp.Compare(a.pattern[0], b.pattern[0]))
	})
	return out, nil
}

// A tally counts patterns: a hash table with open addressing.
type tally struct {
	slots []counted
	used  int
}

func (t *tally) add(p Pattern, n int) {
	if 4*t.used >= 3*len(t.slots) {
		old := t.slots
		t.slots, t.used = make([]counted, max(2*len(old), 1<<12)), 0
		for _, x := range old {
			if x.count > 0 {
				t.add(x.pattern, x.count)
			}
		}
	}
	mask := uint64(len(t.slots) - 1)
	at := mention.Mix(p[0], p[1]) & mask
	for t.slots[at].count > 0 && t.slots[at].pattern != p {
		at = (at + 1) & mask
	}
	if t.slots[at].count == 0 {
		t.used++
		t.slots[at].pattern = p
	}
	t.slots[at].count += n
}
