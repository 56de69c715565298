package history

import (
	"slices"

	"github.com/casefold/casefold"
)

// A source that writes no number of a case tells of a conviction in one row, and
// years later, in another, what became of it. This file finds which row such an
// entry follows, where that is certain.

// foldEntries gives the later entries of sources without numbers to the one
// conviction that the same source tells under the charge. Where it tells of
// several, or of none, the entry stays by itself.
func (w *work) foldEntries() {
	dead := false
	for i := range w.tellings {
		if !w.bareEntry(&w.tellings[i]) {
			continue
		}
		if j := w.entryOf(i); j >= 0 {
			y := &w.tellings[j]
			y.refs = append(slices.Clip(y.refs), w.tellings[i].refs...)
			w.tellings[i].refs = nil
			y.acc, y.marks = account{}, marks{}
			w.describeTelling(y)
			dead = true
		}
	}
	if dead {
		w.tellings = slices.DeleteFunc(w.tellings, func(t telling) bool { return len(t.refs) == 0 })
	}
}

// bareEntry reports whether a telling enters something after a judgment, and has
// neither number nor place in a cycle.
func (w *work) bareEntry(t *telling) bool {
	return len(t.refs) > 0 && t.later && len(t.acc.numbers) == 0 && t.event().Cycle == ""
}

// entryOf is the only conviction that the source of a later entry tells under
// its charge, without a number and not after it; -1 if there is none or several.
func (w *work) entryOf(i int) int {
	x := &w.tellings[i]
	found := -1
	for j := range w.tellings {
		y := &w.tellings[j]
		if j == i || len(y.refs) == 0 || y.src != x.src || otherKey(x, y) || y.later || len(y.acc.numbers) > 0 || y.event().Cycle != "" ||
			y.acc.outcome != outcomeConvicted || !followsUnnumbered(x, y) {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = j
	}
	return found
}

// otherKey reports whether two tellings of one source name two persons' keys.
func otherKey(x, y *telling) bool { return x.key != y.key && x.key != "" && y.key != "" }

// followsUnnumbered reports whether an entry without a number may follow a
// conviction without one: nothing that both tell speaks against it.
func followsUnnumbered(x, y *telling) bool {
	if charge := compareCharges(x.acc.charges, y.acc.charges); charge > chargeAsFiled {
		return false
	}
	for _, h := range x.acc.heard {
		if h.date.Before(y.acc.judged) == casefold.True {
			return false
		}
	}
	return compareCountNumbers(x.acc.counts, y.acc.counts) != countDiffers &&
		compareArrests(&x.acc, &y.acc) != arrestApart && compareCourts(x.acc.families, y.acc.families) <= courtSame
}
