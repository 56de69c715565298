package date

import (
	"github.com/casefold/casefold"
	"github.com/casefold/casefold/normalize/text"
)

// A Verdict says how a value was read. The non-empty ones are finding codes.
type Verdict string

const (
	OK         Verdict = ""                // read
	Missing    Verdict = "missing"         // nothing told: blank, filler, zeros, nines
	Impossible Verdict = "impossible_date" // a date no calendar has
	Unreadable Verdict = "unreadable_date" // not a date in any form we know
)

// The orders in which a source may write day and month. Excel means that bare
// numbers are spreadsheet serials.
const (
	MDY   = "mdy"
	DMY   = "dmy"
	YMD   = "ymd"
	Excel = "excel"
)

// Horizon bounds two-digit years where the caller knows no better bound: the
// end of the year in which this table was last looked at. It is a constant and
// not the clock, so that a run repeats.
const Horizon casefold.Day = 20261231

// Options say how a source writes its dates.
type Options struct {
	// Order is MDY, DMY, YMD or Excel; "" is MDY.
	Order string
	// Latest is the latest day that a two-digit year can mean; 0 is Horizon.
	Latest casefold.Day
}

// earliest is the first year that is taken for a year. Older four-digit groups
// are read as other things (2305 as an hour, 0101 as a day of the year).
const earliest = 1000

// Parse reads a date. The result is unknown unless the verdict is OK.
func Parse(value string, o Options) (casefold.Date, Verdict) { return ParseTraced(value, o, nil) }

// ParseTraced is Parse, noting in the trace the form that was recognized.
func ParseTraced(value string, o Options, t *text.Trace) (casefold.Date, Verdict) {
	if o.Latest == 0 {
		o.Latest = Horizon
	}
	p := parser{Options: o, trace: t}
	d, v := p.parse(value)
	if v != OK {
		t.Add(string(v), "")
		return casefold.Date{}, v
	}
	return d, OK
}

// parser holds the options and the tokens of one value.
type parser struct {
	Options
	trace *text.Trace
	toks  [maxTokens]token
	n     int
}

func (p *parser) parse(value string) (casefold.Date, Verdict) {
	s := text.Trim(value)
	if len(s) == 8 && allDigits(s) {
		return p.digits(s) // the usual case of a state extract, without tokens
	}
	if text.IsFiller(s) {
		return casefold.Date{}, Missing
	}
	if first, last, ok := cutInterval(s); ok {
		return p.interval(first, last)
	}
	if allDigits(s) {
		return p.digits(s)
	}
	if whole, ok := serialDays(s); ok && p.Order == Excel {
		return p.serial(whole)
	}
	if !p.tokenize(s) {
		return casefold.Date{}, Unreadable
	}
	return p.tokens()
}

// cutInterval recognizes the form that casefold.Date.String writes, A/B.
func cutInterval(s string) (first, last string, ok bool) {
	if len(s) == 21 && s[10] == '/' && s[4] == '-' && s[15] == '-' {
		return s[:10], s[11:], true
	}
	return "", "", false
}

func (p *parser) interval(first, last string) (casefold.Date, Verdict) {
	a, err1 := casefold.ParseDay(first)
	b, err2 := casefold.ParseDay(last)
	switch {
	case err1 != nil || err2 != nil:
		return casefold.Date{}, Unreadable
	case a > b:
		return casefold.Date{}, Impossible
	}
	p.trace.Add("interval", casefold.Between(a, b).String())
	return casefold.Between(a, b), OK
}

// build makes a Date of a year and perhaps month and day, 0 being "not told".
func (p *parser) build(form string, year, month, day int) (casefold.Date, Verdict) {
	var d casefold.Date
	switch {
	case year == 0 && month == 0 && day == 0:
		return d, Missing
	case year < earliest || year > 9999 || month > 12:
		return d, Impossible
	case month == 0:
		if day != 0 {
			form = "year of " + form + ", month not told"
		}
		d = casefold.YearOnly(year)
	case day == 0:
		d = casefold.Between(casefold.MakeDay(year, month, 1), casefold.MakeDay(year, month, casefold.DaysIn(year, month)))
	default:
		d = casefold.On(casefold.MakeDay(year, month, day))
	}
	if !d.Known() {
		return d, Impossible
	}
	if p.trace != nil {
		p.trace.Add(form, d.String())
	}
	return d, OK
}

// century turns a two-digit year into the latest year of that ending that does
// not put the day after Options.Latest.
func (p *parser) century(yy, month, day int) int {
	year := p.Latest.Year()/100*100 + yy
	if late := casefold.Day(year*10000 + max(month, 1)*100 + max(day, 1)); late > p.Latest {
		year -= 100
	}
	return year
}

func allDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return len(s) > 0
}

// number reads up to nine digits; the caller has checked that they are digits.
func number(s string) int {
	n := 0
	for i := 0; i < len(s); i++ {
		n = n*10 + int(s[i]-'0')
	}
	return n
}
