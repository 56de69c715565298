package history

import (
	"slices"

	"github.com/casefold/casefold"
)

// A said is one value as one telling tells it.
type said[T any] struct {
	value T
	rank  uint8 // smaller prevails
	from  []casefold.Teller
}

// resolve makes one fact of what is told. same says that two values are one
// value; order breaks ties between equals. The result does not depend on the
// order of list.
func resolve[T any](list []said[T], same func(a, b T) bool, order func(a, b T) int) (f casefold.Fact[T]) {
	if len(list) == 0 {
		return f
	}
	groups := gather(list, same, order)
	best := groups[0]
	f.Status, f.Value, f.Tellers = casefold.FactKnown, best.value, best.from
	for _, g := range groups[1:] {
		if g.rank == best.rank {
			f.Status = casefold.FactConflicting
		}
		f.Others = append(f.Others, casefold.Told[T]{Value: g.value, Tellers: g.from})
	}
	return f
}

// gather groups equal values, best first: by rank, then by number of tellers,
// then by order.
func gather[T any](list []said[T], same func(a, b T) bool, order func(a, b T) int) []said[T] {
	slices.SortStableFunc(list, func(a, b said[T]) int {
		if a.rank != b.rank {
			return int(a.rank) - int(b.rank)
		}
		return order(a.value, b.value)
	})
	groups := make([]said[T], 0, 2)
next:
	for _, s := range list {
		for i := range groups {
			if same(groups[i].value, s.value) {
				groups[i].from = append(groups[i].from, s.from...)
				continue next
			}
		}
		groups = append(groups, said[T]{s.value, s.rank, slices.Clone(s.from)})
	}
	for i := range groups {
		groups[i].from = sortTellers(groups[i].from)
	}
	slices.SortStableFunc(groups, func(a, b said[T]) int {
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

// resolveDates is resolve for dates: values that overlap are one value, and the
// prevailing one is narrowed by what agrees with it. A year told by the court
// and a day in that year told by the state make the day, told by both.
func resolveDates(list []said[casefold.Date]) (f casefold.Fact[casefold.Date]) {
	if len(list) == 0 {
		return f
	}
	groups := gather(list, func(a, b casefold.Date) bool { return a == b }, casefold.Date.Compare)
	best := groups[0]
	f.Status, f.Value, f.Tellers = casefold.FactKnown, best.value, best.from
	for _, g := range groups[1:] {
		if both := f.Value.Intersect(g.value); both.Known() {
			if both != f.Value {
				f.Why = "narrowed by another teller that agrees"
			}
			f.Value = both
			f.Tellers = append(f.Tellers, g.from...)
			continue
		}
		if g.rank == best.rank {
			f.Status = casefold.FactConflicting
		}
		f.Others = append(f.Others, casefold.Told[casefold.Date]{Value: g.value, Tellers: g.from})
	}
	f.Tellers = sortTellers(f.Tellers)
	return f
}
