package history

import (
	"slices"

	"github.com/casefold/casefold"
)

// A said is one value as one row tells it.
type said[T any] struct {
	value T
	rank  uint8 // smaller prevails
	from  casefold.Teller
}

// shared sorts tellers, drops repeats, and returns a slice that lasts: the same
// one for the same tellers of one count, for most facts have the same.
func (w *work) shared(list []casefold.Teller) []casefold.Teller {
	list = sortTellers(list)
	if len(list) == 0 {
		return nil
	}
	for _, known := range w.tellerSets {
		if slices.Equal(known, list) {
			return known
		}
	}
	kept := w.mem.tellers.copyOf(list)
	w.tellerSets = append(w.tellerSets, kept)
	return kept
}

// resolve makes one fact of what is told. same says that two values are one
// value; order breaks ties between equals. The result does not depend on the
// order of list, which resolve may sort.
func resolve[T any](w *work, list []said[T], same func(a, b T) bool, order func(a, b T) int) (f casefold.Fact[T]) {
	if len(list) == 0 {
		return f
	}
	best := bestSaid(list, order)
	f.Value, f.Status = list[best].value, casefold.FactKnown
	if allSame(list, &list[best].value, same) {
		f.Tellers = tellersSaid(w, list)
		return f
	}
	groups := gather(w, list, same, order)
	f.Value, f.Tellers = groups[0].value, groups[0].from
	for _, g := range groups[1:] {
		if g.rank == groups[0].rank {
			f.Status = casefold.FactConflicting
		}
		f.Others = append(f.Others, casefold.Told[T]{Value: g.value, Tellers: g.from})
	}
	return f
}

// bestSaid is the place of the value that prevails if all agree: the best rank,
// then the first in order.
func bestSaid[T any](list []said[T], order func(a, b T) int) int {
	best := 0
	for i := 1; i < len(list); i++ {
		if a, b := &list[i], &list[best]; a.rank < b.rank || a.rank == b.rank && order(a.value, b.value) < 0 {
			best = i
		}
	}
	return best
}

func allSame[T any](list []said[T], v *T, same func(a, b T) bool) bool {
	for i := range list {
		if !same(*v, list[i].value) {
			return false
		}
	}
	return true
}

func tellersSaid[T any](w *work, list []said[T]) []casefold.Teller {
	buf := w.buf[:0]
	for i := range list {
		buf = append(buf, list[i].from)
	}
	w.buf = buf
	return w.shared(buf)
}

// A group is one value with all who tell it and the best of their ranks.
type group[T any] struct {
	value T
	rank  uint8
	from  []casefold.Teller
}

// gather groups equal values, best first: by rank, then by number of tellers,
// then by order.
func gather[T any](w *work, list []said[T], same func(a, b T) bool, order func(a, b T) int) []group[T] {
	slices.SortStableFunc(list, func(a, b said[T]) int {
		if a.rank != b.rank {
			return int(a.rank) - int(b.rank)
		}
		return order(a.value, b.value)
	})
	groups := make([]group[T], 0, 2)
next:
	for _, s := range list {
		for i := range groups {
			if same(groups[i].value, s.value) {
				groups[i].from = append(groups[i].from, s.from)
				continue next
			}
		}
		groups = append(groups, group[T]{s.value, s.rank, []casefold.Teller{s.from}})
	}
	for i := range groups {
		groups[i].from = w.shared(groups[i].from)
	}
	slices.SortStableFunc(groups, func(a, b group[T]) int {
		if a.rank != b.rank {
			return int(a.rank) - int(b.rank)
		}
		return len(b.from) - len(a.from)
	})
	return groups
}

func sortTellers(list []casefold.Teller) []casefold.Teller {
	slices.SortFunc(list, casefold.CompareTellers)
	return slices.Compact(list)
}

func sameDate(a, b casefold.Date) bool { return a == b }

// resolveDates is resolve for dates: values that overlap are one value, and the
// prevailing one is narrowed by what agrees with it. A year told by the court
// and a day in that year told by the state make the day, told by both.
func resolveDates(w *work, list []said[casefold.Date]) (f casefold.Fact[casefold.Date]) {
	if len(list) == 0 {
		return f
	}
	f.Status = casefold.FactKnown
	if allSame(list, &list[0].value, sameDate) {
		f.Value, f.Tellers = list[0].value, tellersSaid(w, list)
		return f
	}
	groups := gather(w, list, sameDate, casefold.Date.Compare)
	best := groups[0]
	f.Value = best.value
	from := slices.Clone(best.from)
	for _, g := range groups[1:] {
		if both := f.Value.Intersect(g.value); both.Known() {
			if both != f.Value {
				f.Why = "narrowed by another teller that agrees"
			}
			f.Value = both
			from = append(from, g.from...)
			continue
		}
		if g.rank == best.rank {
			f.Status = casefold.FactConflicting
		}
		f.Others = append(f.Others, casefold.Told[casefold.Date]{Value: g.value, Tellers: g.from})
	}
	f.Tellers = w.shared(from)
	return f
}

// contest makes a date conflicting that one source alone tells, where by or
// more others tell one other date.
func contest(f *casefold.Fact[casefold.Date], by int) {
	if by == 0 || f.Status != casefold.FactKnown || len(f.Others) == 0 || len(sourcesOf(f.Tellers)) > 1 {
		return
	}
	for _, o := range f.Others {
		if len(sourcesOf(o.Tellers)) >= by {
			f.Status = casefold.FactConflicting
		}
	}
}
