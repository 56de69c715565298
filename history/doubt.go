package history

import (
	"slices"

	"github.com/casefold/casefold"
)

// markPossiblySame names to each conviction those that it may be, both ways:
// counts of one file that could not be told apart, and counts of two files
// that may be one.
func (w *work) markPossiblySame(h *casefold.History) {
	mark := func(a, b int) {
		if a == b || a < 0 || b < 0 {
			return
		}
		x, y := &h.Convictions[a], &h.Convictions[b]
		x.PossiblySame = append(x.PossiblySame, y.ID)
		y.PossiblySame = append(y.PossiblySame, x.ID)
	}
	for _, l := range w.links {
		if w.toldApart(&w.counts[l.a], &w.counts[l.b]) {
			continue
		}
		mark(w.counts[l.a].conviction, w.counts[l.b].conviction)
	}
	byFile := w.countsByFile()
	w.eachPair(func(i, j int) {
		if bits, ok := w.mayBeOneFile(&w.cases[i], &w.cases[j]); ok {
			w.markCounts(byFile[i], byFile[j], bits >= w.b.weights.File.Strong, mark)
		} else if len(w.cases[i].acc.numbers) == 0 && len(w.cases[j].acc.numbers) == 0 {
			w.markRevocations(byFile[i], byFile[j], mark)
		}
	})
	for i := range h.Convictions {
		c := &h.Convictions[i]
		slices.Sort(c.PossiblySame)
		c.PossiblySame = slices.Compact(c.PossiblySame)
	}
}

// toldApart reports whether one list of a source tells both counts as convictions
// and numbers them: what another source leaves open, it settles.
func (w *work) toldApart(a, b *count) bool {
	for _, i := range a.tellings {
		for _, j := range b.tellings {
			x, y := &w.tellings[i], &w.tellings[j]
			if x.list == y.list && compareCountNumbers(x.acc.counts, y.acc.counts) == countDiffers &&
				tellsJudgment(x) && tellsJudgment(y) {
				return true
			}
		}
	}
	return false
}

// mayBeOneFile reports whether two files, both with convictions, may be one.
func (w *work) mayBeOneFile(x, y *file) (bits int64, ok bool) {
	if x.acc.outcome != outcomeConvicted && x.acc.outcome != outcomeImplied || y.acc.outcome != outcomeConvicted && y.acc.outcome != outcomeImplied {
		return 0, false
	}
	q := &w.b.weights.File
	v := compareFiles(&x.acc, &y.acc)
	if v[fileHeard] == heardApart && w.laterOnly(x) != w.laterOnly(y) {
		v[fileHeard] = heardEntry // a revocation or relief comes years after the judgment
	}
	bits = q.sum(v[:], fileLevels[:], "", nil)
	return bits, bits >= q.Possible && w.separation(x, y) != keptApart || bits >= q.Same && v[fileNumber] == numberNear && w.mistyped(x, y)
}

// laterOnly reports whether a file tells only of what came after a judgment.
func (w *work) laterOnly(f *file) bool {
	return !slices.ContainsFunc(f.dockets, func(d int) bool {
		return slices.ContainsFunc(w.dockets[d].tellings, func(t int) bool { return !w.tellings[t].afterJudgment() })
	})
}

// afterJudgment reports whether a telling tells of a revocation, relief or
// another event after the judgment.
func (t *telling) afterJudgment() bool { return t.later || t.marks.relief || t.marks.reentry }

// mistyped reports whether the neighboring numbers of two files may be one
// number and a slip of it, although a court that tells both is sure of its own:
// no other source tells both, and none numbers a conviction of each alike, for
// a slip tears one count off its file.
func (w *work) mistyped(x, y *file) bool {
	both := map[string]bool{}
	for _, i := range x.dockets {
		for _, j := range y.dockets {
			a, b := &w.dockets[i], &w.dockets[j]
			if a.source != b.source {
				continue
			}
			both[a.source] = true
			if len(both) > 1 || w.numbersAlike(a, b) {
				return false
			}
		}
	}
	return true
}

func (w *work) numbersAlike(a, b *docket) bool {
	for _, i := range a.tellings {
		for _, j := range b.tellings {
			x, y := &w.tellings[i], &w.tellings[j]
			if x.acc.outcome == outcomeConvicted && y.acc.outcome == outcomeConvicted && !x.afterJudgment() && !y.afterJudgment() &&
				compareCountNumbers(x.acc.counts, y.acc.counts) == countEqual {
				return true
			}
		}
	}
	return false
}

// markCounts marks the convictions of two files that may be one count. Where
// the files are very likely one, two convictions of which neither's sources
// tell the other may be one with its section misread.
func (w *work) markCounts(x, y []int, strong bool, mark func(a, b int)) {
	q := &w.b.weights.Count
	for _, i := range x {
		for _, j := range y {
			a, b := &w.counts[i], &w.counts[j]
			v := compareCounts(&a.acc, &b.acc, false)
			if q.sum(v[:], countLevels[:], "", nil) >= q.Possible || strong && w.strangers(a, b) {
				mark(a.conviction, b.conviction)
			}
		}
	}
}

// markRevocations marks the convictions of two files without numbers of which one
// may be the other entered again: its day lies in the probation that the other
// was sentenced to, and it sent to jail or prison for the same section.
func (w *work) markRevocations(x, y []int, mark func(a, b int)) {
	for _, i := range x {
		for _, j := range y {
			a, b := &w.counts[i].acc, &w.counts[j].acc
			if b.judged.Before(a.judged) == casefold.True {
				a, b = b, a
			}
			if onProbation(a, b.judged) && compareCustody(b.sentence) == sentenceCustody &&
				compareCourts(a.families, b.families) <= courtSame && compareCharges(a.charges, b.charges) <= chargeNarrower {
				mark(w.counts[i].conviction, w.counts[j].conviction)
			}
		}
	}
}

// onProbation reports whether a day may lie in the probation of a sentence; where
// its length is not told, it is taken for five years, the longest in common use.
func onProbation(a *account, day casefold.Date) bool {
	for _, p := range a.sentence {
		if p.Kind != casefold.ProbationTerm {
			continue
		}
		if p.Length == 0 {
			p.Length, p.Unit = 5, "Y"
		}
		if end := endOf(p, a.judged); end.Known() && day.Known() && end.Before(day) != casefold.True {
			return true
		}
	}
	return false
}

// countsByFile are the counts of each file that are convictions.
func (w *work) countsByFile() [][]int {
	out := make([][]int, len(w.cases))
	for i := range w.counts {
		if k := &w.counts[i]; k.conviction >= 0 {
			out[k.file] = append(out[k.file], i)
		}
	}
	return out
}

// strangers reports whether no source tells of both counts.
func (w *work) strangers(a, b *count) bool {
	for _, i := range a.tellings {
		for _, j := range b.tellings {
			if x, y := &w.tellings[i], &w.tellings[j]; x.src == y.src && x.key == y.key {
				return false
			}
		}
	}
	return true
}
