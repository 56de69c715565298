package date

import "github.com/casefold/casefold/normalize/text"

// A Tally counts what a source's values say about the order in which it writes
// day and month. Tallies add up in any order, so the answer does not depend on
// the order of rows. The zero Tally has seen nothing.
type Tally struct {
	MonthFirst int // values that are a date only with the month first: 3/25/1970
	DayFirst   int // values that are a date only with the day first: 25/3/1970
	YearFirst  int // six digits or YY-MM-DD that are a date only with the year first
	Open       int // values that could be read both ways
}

// Add counts one value.
func (t *Tally) Add(value string) {
	s := text.Trim(value)
	if len(s) < 5 || len(s) > 30 {
		return
	}
	a, b, c, ok := ambiguous(s)
	if !ok {
		return
	}
	mdy, dmy, ymd := isMonth(a) && isDay(b), isMonth(b) && isDay(a), isMonth(b) && isDay(c)
	switch {
	case ymd && a > 31 && !mdy && !dmy:
		t.YearFirst++
	case mdy && dmy:
		t.Open++
	case mdy:
		t.MonthFirst++
	case dmy:
		t.DayFirst++
	}
}

// ambiguous returns the three numbers of a value whose order is not plain from
// its form; four digits in front make it plain.
func ambiguous(s string) (a, b, c int, ok bool) {
	if allDigits(s) {
		switch len(s) {
		case 6:
			return number(s[:2]), number(s[2:4]), number(s[4:]), true
		case 8:
			if y := number(s[:4]); y < 1300 || y > 2199 {
				return number(s[:2]), number(s[2:4]), 0, true
			}
		}
		return 0, 0, 0, false
	}
	if len(s) > 4 && allDigits(s[:4]) && !isDigit(s[4]) {
		return 0, 0, 0, false
	}
	var p parser
	if !p.tokenize(s) || p.n < 3 || p.toks[0].digits > 2 || p.toks[1].digits > 2 {
		return 0, 0, 0, false
	}
	for _, t := range p.toks[:3] {
		if t.month != 0 || t.after == ':' {
			return 0, 0, 0, false
		}
	}
	c = p.toks[2].n
	if p.toks[2].digits > 2 {
		c = 0 // a plain year: the year is not in front
	}
	return p.toks[0].n, p.toks[1].n, c, true
}

func isMonth(n int) bool { return n >= 1 && n <= 12 }
func isDay(n int) bool   { return n >= 1 && n <= 31 }

// Merge adds what another tally counted.
func (t *Tally) Merge(u Tally) {
	t.MonthFirst += u.MonthFirst
	t.DayFirst += u.DayFirst
	t.YearFirst += u.YearFirst
	t.Open += u.Open
}

// Order is the order the values speak for; MDY if they do not decide. One
// stray value does not outvote the rest: the largest count wins, and an even
// split is MDY.
func (t Tally) Order() string {
	switch {
	case t.DayFirst > t.MonthFirst && t.DayFirst >= t.YearFirst:
		return DMY
	case t.YearFirst > t.MonthFirst && t.YearFirst > t.DayFirst:
		return YMD
	}
	return MDY
}

// Order is the order that sample values speak for.
func Order(samples []string) string {
	var t Tally
	for _, s := range samples {
		t.Add(s)
	}
	return t.Order()
}
