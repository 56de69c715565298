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

import (
	"math"
	"sync"
)

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
	// Strength is the weight of Prior in pairs; 0 means 100.
	Strength float64
	// Matches is a first guess of the number of matching pairs.
	Matches float64
	// Anchor marks the comparisons whose equal values nearly always are one
	// person's (numbers issued to one person): the fit starts from there.
	Anchor []bool
	// Kin are the sorts of pairs of two persons who are not strangers.
	Kin []Kin
}

// A Kin is a sort of pairs of two persons whose values agree beyond chance:
// relatives at one address, twins, father and son of one name. Without such
// classes their pairs would be taken for one person's with errors, and the fit
// would learn that one person's given name and birth date often differ.
type Kin struct {
	Name  string
	Pairs float64 // first guess of their number
	// Like marks the comparisons in which such a pair agrees as one person does.
	Like []bool
	// Fixed gives the shares of levels of comparisons that are peculiar to the
	// sort.
	Fixed map[int][Levels]float64
	// Learn marks the comparisons whose shares are found out: a mother's maiden
	// name agrees among twins, an income does not. All others show what strangers
	// show.
	Learn []bool
}

// A Fit is the result: shares per level (each comparison's sum to 1 over its
// levels 1 to 15), the number of matching pairs, and of each sort of kin.
type Fit struct {
	M, U    [][Levels]float64
	Matches float64
	Kin     []float64
	// KinShares are, per sort of kin and comparison, the learned shares.
	KinShares [][][Levels]float64
	Rounds    int
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
		p.Strength = 100
	}
	f := &Fit{M: make([][Levels]float64, p.Comparisons), U: make([][Levels]float64, p.Comparisons), Matches: p.Matches}
	copy(f.M, p.Prior)
	for _, k := range p.Kin {
		f.Kin = append(f.Kin, k.Pairs)
		f.KinShares = append(f.KinShares, make([][Levels]float64, p.Comparisons))
	}
	e := newExpected(p)
	for c, anchor := range p.Anchor {
		for l, equal := range p.Equal[c] {
			if anchor && equal {
				e.matched[c][l] = .95 * p.All[c][l]
			}
		}
	}
	f.update(p, e)
	for f.Rounds = 1; f.Rounds <= maxRounds; f.Rounds++ {
		before := f.Matches
		f.expect(p, e)
		f.update(p, e)
		if math.Abs(f.Matches-before) <= settled*before {
			break
		}
	}
	return f
}

// expected holds, per comparison and level, the expected number of candidate
// pairs that are one person's, and that are kin agreeing in the comparison; and
// the number of each in all.
type expected struct {
	matched, kin [][Levels]float64
	sort         [][][Levels]float64 // per sort of kin, all of its pairs
	matches      float64
	found        []float64 // per sort of kin
}

func newExpected(p *Problem) *expected {
	e := &expected{matched: make([][Levels]float64, p.Comparisons), kin: make([][Levels]float64, p.Comparisons),
		sort: make([][][Levels]float64, len(p.Kin)), found: make([]float64, len(p.Kin))}
	for k := range e.sort {
		e.sort[k] = make([][Levels]float64, p.Comparisons)
	}
	return e
}

// add adds what another part of the patterns gave.
func (e *expected) add(o *expected) {
	for c := range e.matched {
		for l := range Levels {
			e.matched[c][l] += o.matched[c][l]
			e.kin[c][l] += o.kin[c][l]
			for k := range e.sort {
				e.sort[k][c][l] += o.sort[k][c][l]
			}
		}
	}
	e.matches += o.matches
	for k := range e.found {
		e.found[k] += o.found[k]
	}
}

// parts is the number of parts into which patterns are divided. It is fixed, and
// parts are added up in their order, so that the sums are the same to the last
// bit however many processors there are.
const parts = 16

// expect sets the expected counts of matches and kin.
func (f *Fit) expect(p *Problem, e *expected) {
	x := f.expecting(p)
	done := make([]*expected, parts)
	var wg sync.WaitGroup
	for i := range done {
		wg.Go(func() {
			done[i] = newExpected(p)
			x.look(p, done[i], i*len(p.Count)/parts, (i+1)*len(p.Count)/parts)
		})
	}
	wg.Wait()
	*e = *done[0]
	for _, o := range done[1:] {
		e.add(o)
	}
	f.Matches = min(max(e.matches, 0.5), p.Pairs/2)
	for k := range e.found {
		f.Kin[k] = min(max(e.found[k], 0.5), p.Pairs/4)
	}
}

// expecting is what a round weighs patterns by.
type expecting struct {
	prior    float64
	weight   [][Levels]float64
	kinPrior []float64
	kin      [][][Levels]float64
	tells    [][]int // per sort of kin, the comparisons that tell it from strangers
}

func (f *Fit) expecting(p *Problem) *expecting {
	strangers := p.Pairs - f.Matches
	x := &expecting{prior: math.Log(f.Matches / strangers), weight: f.weights(), kin: f.kinWeights(p)}
	for k := range p.Kin {
		x.kinPrior = append(x.kinPrior, math.Log(f.Kin[k]/strangers))
		var tells []int
		for c := range x.kin[k] {
			if x.kin[k][c] != [Levels]float64{} {
				tells = append(tells, c)
			}
		}
		x.tells = append(x.tells, tells)
	}
	return x
}

// look adds what the patterns from one to another give.
func (x *expecting) look(p *Problem, e *expected, from, to int) {
	odds := make([]float64, len(p.Kin))
	for i, n := range p.Count[from:to] {
		levels := p.Pattern[(from+i)*p.Comparisons : (from+i+1)*p.Comparisons]
		w := x.prior
		for c, l := range levels {
			w += x.weight[c][l]
		}
		odd := math.Exp(w)
		all := 1 + odd
		for k := range p.Kin {
			w := x.kinPrior[k]
			for _, c := range x.tells[k] {
				w += x.kin[k][c][levels[c]]
			}
			odds[k] = math.Exp(w)
			all += odds[k]
		}
		post := n * odd / all
		e.matches += post
		for c, l := range levels {
			e.matched[c][l] += post
		}
		for k := range p.Kin {
			post := n * odds[k] / all
			e.found[k] += post
			if post > 1e-9 {
				for c, l := range levels {
					if p.Kin[k].Like[c] || p.Kin[k].Learn[c] {
						e.kin[c][l] += post
					}
					e.sort[k][c][l] += post
				}
			}
		}
	}
}

// update sets m and u from the expected counts.
func (f *Fit) update(p *Problem, e *expected) {
	for c := range f.M {
		m, u := &f.M[c], &f.U[c]
		told, other := p.Strength, 0.0
		for l := 1; l < Levels; l++ {
			told += e.matched[c][l]
			u[l] = 0
			if p.All[c][l] > 0 || p.Floor[c][l] > 0 {
				u[l] = max(p.All[c][l]-e.matched[c][l]-e.kin[c][l], p.Floor[c][l])
			}
			other += u[l]
		}
		for l := 1; l < Levels; l++ {
			m[l] = (e.matched[c][l] + p.Strength*p.Prior[c][l]) / told
			if other > 0 {
				u[l] /= other
			}
		}
		bound(m, &p.Prior[c], &p.Equal[c], &p.Most[c])
	}
	for k, kin := range p.Kin {
		for c, learn := range kin.Learn {
			if learn {
				f.learn(k, c, &e.sort[k][c])
			}
		}
	}
}

// kinStrength is the weight, in pairs, with which a sort of kin is held to show
// what strangers show until its own pairs say otherwise.
const kinStrength = 20

// learn sets the shares of a comparison among one sort of kin.
func (f *Fit) learn(k, c int, pairs *[Levels]float64) {
	told := kinStrength + 0.0
	for l := 1; l < Levels; l++ {
		told += pairs[l]
	}
	for l := 1; l < Levels; l++ {
		f.KinShares[k][c][l] = (pairs[l] + kinStrength*f.U[c][l]) / told
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

// kinWeights are, per sort of kin, the natural logarithms of its share over u.
func (f *Fit) kinWeights(p *Problem) [][][Levels]float64 {
	same := f.weights()
	out := make([][][Levels]float64, len(p.Kin))
	for k, kin := range p.Kin {
		out[k] = make([][Levels]float64, p.Comparisons)
		for c := range out[k] {
			if kin.Like[c] {
				out[k][c] = same[c]
			}
			share, ok := kin.Fixed[c]
			if kin.Learn[c] {
				share, ok = f.KinShares[k][c], true
			}
			if ok {
				for l := 1; l < Levels; l++ {
					if f.U[c][l] > 0 {
						out[k][c][l] = math.Log(max(share[l], 1e-6) / f.U[c][l])
					}
				}
			}
		}
	}
	return out
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
