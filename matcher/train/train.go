// Package train turns a histogram of patterns into model parameters: m, u and
// the prior. It knows no records: it takes how often each pattern occurs among
// candidate pairs, and how often each level occurs among all pairs.
//
// The method is expectation maximisation for the model of Fellegi and Sunter
// (1969), with three changes that make it hard to derail. The posterior of a
// candidate uses the prior over all pairs, not over candidates: which rule
// proposed a pair is a function of the pair's values and says nothing more. u
// is not learned from candidates: it is what is left of all pairs once the
// expected matches are taken out. And m starts from, and is held by
// pseudo-counts to, an expected share per level, so that a file with five
// duplicates or with 150 records still gets a sane model.
package train

import "math"

// Levels is the number of levels of a comparison, level 0 (missing) included.
const Levels = 16

// A Problem is what training rests on. Comparisons stand in model order.
type Problem struct {
	Comparisons int
	// Pattern holds the levels of each distinct pattern, Comparisons entries
	// apiece; Count is the number of candidate pairs that show it.
	Pattern []uint8
	Count   []float64
	// Pairs is the number of all pairs, candidates or not.
	Pairs float64
	// All is, per comparison, how many of all pairs show each level.
	All [][Levels]float64
	// Floor is, per comparison and level, the least number of pairs of two
	// persons to be assumed: what sampling cannot tell from none.
	Floor [][Levels]float64
	// Prior is, per comparison, the share of each level expected among pairs of
	// one person; it sums to 1. Level 0 is not used.
	Prior [][Levels]float64
	// Equal marks, per comparison, the levels that stand for equal values of
	// some frequency. Among themselves their shares keep near those of Prior: a
	// person's values are as frequent as values are.
	Equal [][Levels]bool
	// Most is, per comparison and level, the largest share the level may have
	// among pairs of one person; 0: no bound. It keeps a disagreement from
	// becoming evidence in favor.
	Most [][Levels]float64
	// Strength is the weight of Prior in pairs; 0 means 30.
	Strength float64
	// Matches is a first guess of the number of matching pairs.
	Matches float64
}

// A Fit is the result: shares per level (each comparison's sum to 1 over its
// levels 1 to 15) and the number of matching pairs.
type Fit struct {
	M, U    [][Levels]float64
	Matches float64
	Rounds  int
}

// Rounds bounds the iterations; Settled ends them, when the number of matches
// changes by less than this share.
const (
	maxRounds = 200
	settled   = 1e-5
)

// Run fits the model.
func Run(p *Problem) *Fit {
	if p.Strength == 0 {
		p.Strength = 30
	}
	f := &Fit{M: make([][Levels]float64, p.Comparisons), U: make([][Levels]float64, p.Comparisons), Matches: p.Matches}
	copy(f.M, p.Prior)
	matched := make([][Levels]float64, p.Comparisons)
	f.update(p, matched)
	for f.Rounds = 1; f.Rounds <= maxRounds; f.Rounds++ {
		before := f.Matches
		f.expect(p, matched)
		f.update(p, matched)
		if math.Abs(f.Matches-before) <= settled*before {
			break
		}
	}
	return f
}

// expect sets Matches and, per comparison and level, the expected number of
// matching candidate pairs.
func (f *Fit) expect(p *Problem, matched [][Levels]float64) {
	weight := f.weights()
	for c := range matched {
		matched[c] = [Levels]float64{}
	}
	prior := math.Log(f.Matches / (p.Pairs - f.Matches))
	f.Matches = 0
	for i, n := range p.Count {
		levels := p.Pattern[i*p.Comparisons : (i+1)*p.Comparisons]
		w := prior
		for c, l := range levels {
			w += weight[c][l]
		}
		post := n / (1 + math.Exp(-w))
		f.Matches += post
		for c, l := range levels {
			matched[c][l] += post
		}
	}
	f.Matches = min(max(f.Matches, 0.5), p.Pairs/2)
}

// update sets m and u from the expected matches.
func (f *Fit) update(p *Problem, matched [][Levels]float64) {
	for c := range f.M {
		m, u := &f.M[c], &f.U[c]
		told, other := p.Strength, 0.0
		for l := 1; l < Levels; l++ {
			told += matched[c][l]
			u[l] = 0
			if p.All[c][l] > 0 || p.Floor[c][l] > 0 {
				u[l] = max(p.All[c][l]-matched[c][l], p.Floor[c][l])
			}
			other += u[l]
		}
		for l := 1; l < Levels; l++ {
			m[l] = (matched[c][l] + p.Strength*p.Prior[c][l]) / told
			if other > 0 {
				u[l] /= other
			}
		}
		bound(m, &p.Prior[c], &p.Equal[c], &p.Most[c])
	}
}

// spread is how far the share of one level of equality may lie from what the
// frequencies of the values themselves say.
const spread = 1.6

// bound keeps m within reason and makes it sum to 1 again.
func bound(m, prior *[Levels]float64, equal *[Levels]bool, most *[Levels]float64) {
	var have, want float64
	for l := range m {
		if equal[l] {
			have += m[l]
			want += prior[l]
		}
	}
	sum := 0.0
	for l := 1; l < Levels; l++ {
		if equal[l] && want > 0 {
			fair := have * prior[l] / want
			m[l] = min(max(m[l], fair/spread), fair*spread)
		}
		if most[l] > 0 {
			m[l] = min(m[l], most[l])
		}
		sum += m[l]
	}
	if sum == 0 {
		return
	}
	// What bounds took away goes to the levels without one.
	free := 0.0
	for l := 1; l < Levels; l++ {
		if most[l] == 0 || m[l] < most[l] {
			free += m[l]
		}
	}
	if free <= 0 {
		return
	}
	factor := (free + 1 - sum) / free
	for l := 1; l < Levels; l++ {
		if most[l] == 0 || m[l] < most[l] {
			m[l] *= factor
		}
	}
}

// weights are the natural logarithms of m/u; 0 for missing and for levels that
// cannot occur.
func (f *Fit) weights() [][Levels]float64 {
	out := make([][Levels]float64, len(f.M))
	for c := range out {
		for l := 1; l < Levels; l++ {
			if f.M[c][l] > 0 && f.U[c][l] > 0 {
				out[c][l] = math.Log(f.M[c][l] / f.U[c][l])
			}
		}
	}
	return out
}
