package date

import (
	"github.com/casefold/casefold"
	"github.com/casefold/casefold/normalize/text"
)

// maxTokens is how many numbers and words a date may have; more is no date.
// "Tue Mar 03 1970 00:00:00.000 GMT+0000 (UTC)" has eleven.
const maxTokens = 14

// A token is a number with its digit count, or a word as a month number.
type token struct {
	n, digits int
	month     int  // 1 to 12 for a month's name, else 0
	after     byte // the character that follows it, 0 at the end
}

// tokenize splits a value into numbers and month names. It reports false for a
// value that holds anything a date does not hold.
func (p *parser) tokenize(s string) bool {
	p.n = 0
	for i := 0; i < len(s); {
		c := s[i]
		start := i
		switch {
		case isDigit(c):
			for i < len(s) && isDigit(s[i]) {
				i++
			}
			if i-start > 14 || !p.push(token{n: number(s[start:min(i, start+9)]), digits: i - start, after: at(s, i)}) {
				return false
			}
		case isAlpha(c):
			for i < len(s) && isAlpha(s[i]) {
				i++
			}
			if !p.word(s[start:i], at(s, i)) {
				return false
			}
		case c >= 0x80:
			folded := text.Upper(s) // month names with marks: "août", "März"
			return folded != s && text.Upper(folded) == folded && isASCII(folded) && p.tokenize(folded)
		default:
			i++
		}
	}
	return p.n > 0
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

func (p *parser) push(t token) bool {
	if p.n == len(p.toks) {
		return false
	}
	p.toks[p.n] = t
	p.n++
	return true
}

// word takes a month name, and skips what stands around dates: T and Z of ISO
// timestamps, AM and PM, zones, week days, ordinal endings.
func (p *parser) word(w string, after byte) bool {
	var buf [10]byte
	if len(w) > len(buf) {
		return false
	}
	for i := 0; i < len(w); i++ {
		buf[i] = w[i] &^ 0x20
	}
	up := string(buf[:len(w)])
	if m := monthOf(up); m != 0 {
		return p.push(token{month: m, after: after})
	}
	switch up {
	case "T", "Z", "AM", "PM", "A", "P", "UTC", "GMT", "PST", "PDT", "ST", "ND", "RD", "TH", "OF", "DE", "DEL", "THE",
		"SUN", "MON", "TUE", "TUES", "WED", "THU", "THUR", "THURS", "FRI", "SAT",
		"SUNDAY", "MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY":
		return true
	}
	return false
}

// monthOf is the number of an English or Spanish month name or abbreviation, 0
// for another word.
func monthOf(up string) int {
	switch up {
	case "JAN", "JANUARY", "ENE", "ENERO":
		return 1
	case "FEB", "FEBR", "FEBRUARY", "FEBRERO":
		return 2
	case "MAR", "MARCH", "MARZO":
		return 3
	case "APR", "APRIL", "ABR", "ABRIL":
		return 4
	case "MAY", "MAYO":
		return 5
	case "JUN", "JUNE", "JUNIO":
		return 6
	case "JUL", "JULY", "JULIO":
		return 7
	case "AUG", "AUGUST", "AGO", "AGOSTO":
		return 8
	case "SEP", "SEPT", "SEPTEMBER", "SEPTIEMBRE":
		return 9
	case "OCT", "OCTOBER", "OCTUBRE":
		return 10
	case "NOV", "NOVEMBER", "NOVIEMBRE":
		return 11
	case "DEC", "DECEMBER", "DIC", "DICIEMBRE":
		return 12
	}
	return 0
}

// tokens reads the first date that the tokens hold. What follows it is taken
// for a time of day.
func (p *parser) tokens() (casefold.Date, Verdict) {
	toks := p.toks[:p.n]
	for i, t := range toks {
		if t.month != 0 && i < 3 {
			return p.named(i)
		}
	}
	switch {
	case toks[0].digits == 8 || toks[0].digits == 6: // 20190102T1530, 010203 00:00
		return p.digits(padded(toks[0]))
	case p.n == 2:
		return p.two(toks[0], toks[1])
	case p.n >= 3:
		return p.three(toks[0], toks[1], toks[2])
	}
	return casefold.Date{}, Unreadable
}

func padded(t token) string {
	b := make([]byte, t.digits)
	for i := t.digits - 1; i >= 0; i-- {
		b[i] = byte('0' + t.n%10)
		t.n /= 10
	}
	return string(b)
}

// named reads a date with a month's name at place i: 1 Mar 1970, Mar 1, 1970,
// Mar-70, 19-FEB-91, 1970 March 1.
func (p *parser) named(i int) (casefold.Date, Verdict) {
	toks, month := p.toks[:p.n], p.toks[i].month
	num := func(j int) token {
		if j < len(toks) && toks[j].month == 0 && !(toks[j].after == ':' && toks[j].digits <= 2) {
			return toks[j]
		}
		return token{}
	}
	before, next, after := token{}, num(i+1), num(i+2)
	if i > 0 {
		before = num(i - 1)
	}
	switch {
	case before.digits == 4: // 1970 Mar 1
		return p.build("year, month's name, day", before.n, month, next.n)
	case before.digits > 0 && next.digits > 0: // 1 Mar 1970
		return p.build("day, month's name, year", p.year(next, month, before.n), month, before.n)
	case next.digits > 0 && next.digits <= 2 && after.digits > 0: // Mar 1, 1970
		return p.build("month's name, day, year", p.year(after, month, next.n), month, next.n)
	case next.digits >= 3 && after.digits <= 2, next.digits == 2 && before.digits == 0: // Mar 1970, Mar-70
		return p.build("month's name, year", p.year(next, month, 1), month, 0)
	}
	return casefold.Date{}, Unreadable
}

// two reads month and year: 3/1970, 1970-03.
func (p *parser) two(a, b token) (casefold.Date, Verdict) {
	switch {
	case a.digits == 4 && b.digits <= 2:
		return p.build("YYYY-MM", a.n, b.n, 0)
	case a.digits <= 2 && b.digits == 4:
		return p.build("MM/YYYY", b.n, a.n, 0)
	}
	return casefold.Date{}, Unreadable
}

// three reads year, month and day by their digits and the source's order.
func (p *parser) three(a, b, c token) (casefold.Date, Verdict) {
	if a.digits > 4 || b.digits > 4 || c.digits > 4 || a.after == ':' || b.after == ':' {
		return casefold.Date{}, Unreadable
	}
	if nothing(a) && nothing(b) && nothing(c) {
		return casefold.Date{}, Missing
	}
	switch {
	case a.digits >= 3:
		form, m, d := "YYYY-MM-DD", untold(b), untold(c)
		if m > 12 && d >= 1 && d <= 12 {
			form, m, d = "YYYY-DD-MM, swapped: only so it is a date", d, m
		}
		return p.build(form, a.n, m, d)
	case c.digits == 2 && p.Order == YMD:
		m, d := untold(b), untold(c)
		return p.build("YY-MM-DD", p.century(a.n, m, d), m, d)
	}
	form, m, d := "MM/DD/YYYY", untold(a), untold(b)
	if p.Order == DMY {
		form, m, d = "DD/MM/YYYY", d, m
	}
	if m > 12 && d >= 1 && d <= 12 {
		form, m, d = form+", swapped: only so it is a date", d, m
	}
	return p.build(form, p.year(c, m, d), m, d)
}

// nothing reports a part of zeros or nines: 00/00/0000, 99/99/99.
func nothing(t token) bool {
	return t.n == 0 || t.digits == 2 && t.n == 99 || t.digits == 4 && t.n == 9999
}

// untold is a month or day, 0 where 99 stands for "not told".
func untold(t token) int {
	if t.n == 99 {
		return 0
	}
	return t.n
}

func (p *parser) year(t token, month, day int) int {
	if t.digits <= 2 {
		return p.century(t.n, month, day)
	}
	return t.n
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
func isAlpha(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func at(s string, i int) byte {
	if i < len(s) {
		return s[i]
	}
	return 0
}
