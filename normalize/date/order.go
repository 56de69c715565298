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
	Serial     int // five digits that are no date with its leading zero lost: a spreadsheet's days
	Short      int // five digits that are one
}

// Add counts one value.
func (t *Tally) Add(value string) {
	s := text.Trim(value)
	if len(s) < 5 || len(s) > 30 {
		return
	}
	if whole, ok := serialDays(s); ok {
		if p := (parser{Options: Options{Latest: Horizon}}); len(whole) < len(s) || !p.isSix("0"+whole) {
			t.Serial++
		} else {
			t.Short++
		}
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
	t.Serial += u.Serial
	t.Short += u.Short
}

// Order is the order the values speak for; MDY if they do not decide. One
// stray value does not outvote the rest: the largest count wins, and an even
// split is MDY. Of a spreadsheet's days two in three are no date with its zero
// lost, of such dates nearly none: one in four decides.
func (t Tally) Order() string {
	switch {
	case 3*t.Serial > t.Short:
		return Excel
	case t.DayFirst > t.MonthFirst && t.DayFirst >= t.YearFirst:
		return DMY
	case t.YearFirst > t.MonthFirst && t.YearFirst > t.DayFirst:
		return YMD
	}
	return MDY
}

// serialDays recognizes a spreadsheet's count of days, from 1927 to 2064, perhaps
// with the part of the day behind a point, and returns its whole days.
func serialDays(s string) (whole string, ok bool) {
	if len(s) < 5 || !allDigits(s[:5]) || s[0] == '0' || number(s[:5]) < 10000 || number(s[:5]) > 60000 {
		return "", false
	}
	if len(s) > 5 && (s[5] != '.' || len(s) > 6 && !allDigits(s[6:])) {
		return "", false
	}
	return s[:5], true
}

// isSix reports whether six digits are a date in some order.
func (p *parser) isSix(s string) bool {
	_, v := p.six(s)
	return v == OK
}

// Order is the order that sample values speak for.
func Order(samples []string) string {
	var t Tally
	for _, s := range samples {
		t.Add(s)
	}
	return t.Order()
}
