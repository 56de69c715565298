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
	for i := range w.counts {
		for j := i + 1; j < len(w.counts); j++ {
			a, b := &w.counts[i], &w.counts[j]
			if a.conviction >= 0 && b.conviction >= 0 && a.file != b.file && w.mayBeOne(a, b) {
				mark(a.conviction, b.conviction)
			}
		}
	}
	for i := range h.Convictions {
		c := &h.Convictions[i]
		slices.Sort(c.PossiblySame)
		c.PossiblySame = slices.Compact(c.PossiblySame)
	}
}

// mayBeOne reports whether two counts of different files may be one count.
func (w *work) mayBeOne(a, b *count) bool {
	x, y := &w.cases[a.file], &w.cases[b.file]
	if w.separation(x, y) == keptApart {
		return false
	}
	f := compareFiles(&x.acc, &y.acc)
	if w.b.weights.File.sum(f[:], fileLevels[:], "", nil) < w.b.weights.File.Possible {
		return false
	}
	v := compareCounts(&a.acc, &b.acc, false)
	return w.b.weights.Count.sum(v[:], countLevels[:], "", nil) >= w.b.weights.Count.Possible
}
