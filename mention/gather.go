package mention

import (
	"cmp"
	"slices"

	"github.com/casefold/casefold"
)

func compareText(a, b string) int { return cmp.Compare(a, b) }

func compareIssuers(a, b *Issuer) int {
	return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Name, b.Name))
}

// keepBestHow keeps each number of a mention once, with the way that proves
// most, in the order of issuer and value.
func keepBestHow(l *List[Identifier]) {
	rewrite(l, func(ids []Identifier) []Identifier {
		slices.SortFunc(ids, func(a, b Identifier) int {
			return cmp.Or(cmp.Compare(a.Issuer, b.Issuer), cmp.Compare(a.Value, b.Value), cmp.Compare(b.How, a.How))
		})
		return slices.CompactFunc(ids, func(a, b Identifier) bool { return a.Issuer == b.Issuer && a.Value == b.Value })
	})
}

// onlyEnds keeps the first and the last day of each mention.
func onlyEnds(l *List[casefold.Day]) {
	rewrite(l, func(days []casefold.Day) []casefold.Day {
		if len(days) < 2 {
			return days
		}
		days[0], days[1] = slices.Min(days), slices.Max(days)
		return days[:2]
	})
}

// rewrite replaces what each mention tells by a shorter or equal slice.
func rewrite[T any](l *List[T], f func([]T) []T) {
	if l.start == nil {
		return
	}
	at := uint32(0)
	for m := range len(l.start) - 1 {
		kept := f(l.values[l.start[m]:l.start[m+1]])
		l.start[m] = at
		at += uint32(copy(l.values[at:], kept))
	}
	l.start[len(l.start)-1] = at
	l.values = l.values[:at]
}
