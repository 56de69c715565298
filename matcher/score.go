package matcher

import "math"

// A scorer is a model's look-up tables.
type scorer struct {
	n      int // comparisons
	prior  int64
	weight [maxComparisons][maxLevel + 1]int32
	kin    []kinScorer
	slots  int // entries of an evidence: comparisons, then the kin's own
	// best marks the slots of events, the kin's own among them: two clusters need
	// share one case or one arrest, not all; in the others, what all pairs say is
	// averaged.
	best []bool
	// strongest is, per comparison, the slot of its strongest pair; 0 if the mean
	// of all pairs alone speaks.
	strongest [maxComparisons]int
}

// ofEvents are the comparisons of which the strongest pair speaks.
var ofEvents = map[Kind]bool{CaseNo: true, Booking: true, ArrestNo: true, ArrestDay: true, CourtDay: true}

// kept are the comparisons of what a person keeps from one record to the next.
// All pairs of two clusters ask one question here, and each is blurred by two
// records' errors: a pair that agrees tells that the others are miswritten. The
// strongest pair counts for a quarter beside the mean of all, so that a quarter
// of what errors took off is given back, and nothing where all pairs differ, as
// those of relatives and namesakes do. (Middle names, places: what the members
// of a family share by chance would be given back too.)
var kept = map[Kind]bool{Given: true, Surname: true, Birth: true, Number: true, Phone: true, Email: true}

// keptShare is the part of the strongest pair: one in keptShare.
const keptShare = 4

// A kinScorer looks up one sort of kin.
type kinScorer struct {
	prior int64
	like  []int
	fixed []fixedSlot
}

// A fixedSlot is a comparison with weights of its own, and its place in an
// evidence.
type fixedSlot struct {
	at, slot int
	weight   [maxLevel + 1]int32
}

func newScorer(m *Model) *scorer {
	s := &scorer{n: len(m.Comparisons), prior: m.Prior, slots: len(m.Comparisons)}
	for c, x := range m.Comparisons {
		for _, l := range x.Levels {
			if l.Level <= maxLevel {
				s.weight[c][l.Level] = int32(l.Weight)
			}
		}
	}
	for _, k := range m.Kin {
		ks := kinScorer{prior: k.Prior, like: k.Like}
		for _, f := range k.Fixed {
			fs := fixedSlot{at: f.Comparison, slot: s.slots}
			for l, w := range f.Weights {
				fs.weight[l] = int32(w)
			}
			s.slots++
			ks.fixed = append(ks.fixed, fs)
		}
		s.kin = append(s.kin, ks)
	}
	for c, x := range m.Comparisons {
		if kept[x.Kind] {
			s.strongest[c] = s.slots
			s.slots++
		}
	}
	s.best = make([]bool, s.slots)
	for c, x := range m.Comparisons {
		s.best[c] = ofEvents[x.Kind]
		if at := s.strongest[c]; at != 0 {
			s.best[at] = true
		}
	}
	for _, k := range s.kin {
		for _, f := range k.fixed {
			s.best[f.slot] = s.best[f.at]
		}
	}
	return s
}

// score of a pattern: the prior, a weight per comparison, and what the pattern
// says for kin, taken off.
func (s *scorer) score(p Pattern) int64 {
	var w [maxComparisons]int32
	sum := s.prior
	lo, hi := p[0], p[1]
	for c := 0; lo != 0; c++ {
		w[c] = s.weight[c][lo&15]
		sum += int64(w[c])
		lo >>= 4
	}
	for c := 16; hi != 0; c++ {
		w[c] = s.weight[c][hi&15]
		sum += int64(w[c])
		hi >>= 4
	}
	total := int64(0)
	for i := range s.kin {
		k := &s.kin[i]
		odds := k.prior
		for _, c := range k.like {
			odds += int64(w[c])
		}
		for j := range k.fixed {
			f := &k.fixed[j]
			odds += int64(f.weight[p.Level(f.at)])
		}
		if odds > -int64(len(logTable)) {
			total = logAdd(total, odds)
		}
	}
	return sum - total
}

// kinship is log2(1 + the odds of kin against strangers), in thousandths of a
// bit: the denominator of the score counts all pairs of two persons. It takes
// the weights of comparisons and of the kin's own slots.
func (s *scorer) kinship(weight func(c int) int64, fixed func(f *fixedSlot) int64) int64 {
	total := int64(0) // log2 of 1
	for i := range s.kin {
		k := &s.kin[i]
		w := k.prior
		for _, c := range k.like {
			w += weight(c)
		}
		for j := range k.fixed {
			w += fixed(&k.fixed[j])
		}
		total = logAdd(total, w)
	}
	return total
}

// logAdd is log2(2^a + 2^b) in thousandths of a bit, from a table: the same
// integer on every machine.
func logAdd(a, b int64) int64 {
	if a < b {
		a, b = b, a
	}
	d := a - b
	if d >= int64(len(logTable)) {
		return a
	}
	return a + int64(logTable[d])
}

// logTable holds 1000*log2(1+2^(-d/1000)), rounded, for d below 12 bits: from
// there on it is 0.
var logTable = func() (t [12_000]uint16) {
	for d := range t {
		t[d] = uint16(math.Round(1000 * math.Log2(1+math.Exp2(-float64(d)/1000))))
	}
	return t
}()
