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
		mark(w.counts[l.a].conviction, w.counts[l.b].conviction)
	}
	for i := range w.cases {
		for j := i + 1; j < len(w.cases); j++ {
			if w.mayBeOneFile(&w.cases[i], &w.cases[j]) {
				w.markCounts(i, j, mark)
			}
		}
	}
	for i := range h.Convictions {
		c := &h.Convictions[i]
		slices.Sort(c.PossiblySame)
		c.PossiblySame = slices.Compact(c.PossiblySame)
	}
}

// mayBeOneFile reports whether two files, both with convictions, may be one.
func (w *work) mayBeOneFile(x, y *file) bool {
	if x.acc.outcome != outcomeConvicted && x.acc.outcome != outcomeImplied || y.acc.outcome != outcomeConvicted && y.acc.outcome != outcomeImplied {
		return false
	}
	q := &w.b.weights.File
	v := compareFiles(&x.acc, &y.acc)
	return q.sum(v[:], fileLevels[:], "", nil) >= q.Possible && w.separation(x, y) != keptApart
}

// markCounts marks the convictions of two files that may be one count.
func (w *work) markCounts(x, y int, mark func(a, b int)) {
	q := &w.b.weights.Count
	for i := range w.counts {
		a := &w.counts[i]
		if a.file != x || a.conviction < 0 {
			continue
		}
		for j := range w.counts {
			b := &w.counts[j]
			if b.file != y || b.conviction < 0 {
				continue
			}
			v := compareCounts(&a.acc, &b.acc, false)
			if q.sum(v[:], countLevels[:], "", nil) >= q.Possible {
				mark(a.conviction, b.conviction)
			}
		}
	}
}
