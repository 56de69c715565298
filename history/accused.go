package history

import (
	"slices"
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/normalize/date"
)

// compareAccused tells whether two convictions are one person's. One person ID
// or one row in common settles it. Else the captions are asked: co-defendants
// under one number have other names and other birth dates.
func compareAccused(a, b *casefold.Conviction) Answer {
	if a.PersonID != "" && a.PersonID == b.PersonID || sharesTeller(a.Tellers, b.Tellers) {
		return Same
	}
	if twoDefendants(a, b) {
		return Different
	}
	x, y := nameTokens(a.Caption.Name), nameTokens(b.Caption.Name)
	names := PossiblySame
	if len(x) > 0 && len(y) > 0 {
		names = compareTokens(x, y)
	}
	births := compareBirths(a.Caption.BirthDate, b.Caption.BirthDate)
	switch {
	case names == Same && births != Different:
		return Same
	case names != Same && births == Different && len(x) > 0 && len(y) > 0:
		return Different
	}
	return PossiblySame
}

// twoDefendants reports whether one court's own record gives two convictions one
// number with two defendant marks. Only a court is sure of its marks.
func twoDefendants(a, b *casefold.Conviction) bool {
	if a.Caption.From != casefold.TellerCourt || b.Caption.From != casefold.TellerCourt || a.Caption.Teller.Source != b.Caption.Teller.Source {
		return false
	}
	apart := false
	for i := range a.Numbers {
		for j := range b.Numbers {
			x, y := &a.Numbers[i], &b.Numbers[j]
			if x.Defendant == "" || y.Defendant == "" || x.Key != y.Key || x.Family != y.Family {
				continue
			}
			if sameMark(x.Defendant, y.Defendant) {
				return false
			}
			apart = true
		}
	}
	return apart
}

// sharesTeller reports whether two sorted lists have a row in common.
func sharesTeller(a, b []casefold.Teller) bool {
	for len(a) > 0 && len(b) > 0 {
		switch c := casefold.CompareTellers(a[0], b[0]); {
		case c == 0:
			return true
		case c < 0:
			a = a[1:]
		default:
			b = b[1:]
		}
	}
	return false
}

// nameTokens are the words of a caption's name, sorted: DOE/JOHN and DOE, JOHN
// are one.
func nameTokens(name string) []string {
	words := strings.FieldsFunc(strings.ToUpper(name), func(r rune) bool {
		return r < 'A' && (r < '0' || r > '9') || r > 'Z' && r < 0x80
	})
	slices.Sort(words)
	return slices.Compact(words)
}

// compareTokens: same if the words of the shorter name, two at least, all stand
// in the longer.
func compareTokens(x, y []string) Answer {
	if len(x) > len(y) {
		x, y = y, x
	}
	common := 0
	for _, w := range x {
		if slices.Contains(y, w) {
			common++
		}
	}
	switch {
	case common == len(x) && common > 1:
		return Same
	case common == 0:
		return Different
	}
	return PossiblySame
}

// compareBirths compares birth dates as told; month stands before day where
// that is open.
func compareBirths(a, b string) Answer {
	d, v := date.Parse(a, date.Options{Order: date.MDY})
	e, w := date.Parse(b, date.Options{Order: date.MDY})
	switch {
	case v != date.OK || w != date.OK:
		return PossiblySame
	case d == e && d.Exact():
		return Same
	case d.Overlaps(e):
		return PossiblySame
	}
	return Different
}

// compareSources tells whether a source itself tells two convictions apart. One
// that gives them two count numbers counts two. One that has rows of each, none
// of both, and no count number to join them, may be telling two or one twice.
func compareSources(a, b *casefold.Conviction) Answer {
	answer := Same
	for _, s := range sourcesOf(a.Tellers) {
		if !slices.Contains(sourcesOf(b.Tellers), s) {
			continue
		}
		x, y := countsBy(a, s), countsBy(b, s)
		one := slices.ContainsFunc(x, func(n string) bool { return slices.Contains(y, n) })
		switch {
		case one:
		case len(x) > 0 && len(y) > 0:
			return Different
		case !sharesTeller(rowsOf(a, s), rowsOf(b, s)):
			answer = PossiblySame
		}
	}
	return answer
}

// countsBy are the count numbers that a source gives a conviction.
func countsBy(c *casefold.Conviction, source string) (out []string) {
	add := func(n string, tellers []casefold.Teller) {
		if n != "" && slices.ContainsFunc(tellers, func(t casefold.Teller) bool { return t.Source == source }) {
			out = append(out, n)
		}
	}
	add(c.Count.Value, c.Count.Tellers)
	for _, o := range c.Count.Others {
		add(o.Value, o.Tellers)
	}
	return out
}

// rowsOf are the rows of one source among a conviction's tellers.
func rowsOf(c *casefold.Conviction, source string) []casefold.Teller {
	i := slices.IndexFunc(c.Tellers, func(t casefold.Teller) bool { return t.Source == source })
	j := i
	for j < len(c.Tellers) && c.Tellers[j].Source == source {
		j++
	}
	return c.Tellers[i:j]
}
