package date

import (
	"github.com/casefold/casefold"
	"github.com/casefold/casefold/normalize/text"
)

// excelEpoch is day 0 of the 1900 date system as spreadsheets count it (with
// their February 29, 1900), so that serial 1 is 1899-12-31 and 61 is 1900-03-01.
// Source: ECMA-376 part 1, 18.17.4.1.
var excelEpoch = casefold.MakeDay(1899, 12, 30)

// digits reads a value that is nothing but digits.
func (p *parser) digits(s string) (casefold.Date, Verdict) {
	if p.Order == Excel && (len(s) == 5 || len(s) < 4) {
		return p.serial(s)
	}
	switch len(s) {
	case 8:
		return p.eight(s)
	case 14, 12, 17: // YYYYMMDDhhmm, with seconds, with milliseconds
		if d, v := p.eight(s[:8]); v == OK && number(s[8:10]) < 25 && number(s[10:12]) < 60 {
			return d, v
		}
		if text.SameDigit(s) {
			return casefold.Date{}, Missing
		}
		return casefold.Date{}, Unreadable
	case 6:
		return p.six(s)
	case 5: // a leading zero lost: MDDYY, or DMMYY
		return p.six("0" + s)
	case 7: // a leading zero lost: MDDYYYY
		return p.eight("0" + s)
	case 4:
		if n := number(s); n >= earliest && n < 9999 && n <= p.Latest.Year() {
			return p.build("year", n, 0, 0)
		} else if p.Order == Excel && n > p.Latest.Year() {
			return p.serial(s)
		}
	}
	if text.SameDigit(s) {
		return casefold.Date{}, Missing
	}
	return casefold.Date{}, Unreadable
}

func (p *parser) serial(s string) (casefold.Date, Verdict) {
	n := number(s)
	if n == 0 {
		return casefold.Date{}, Missing
	}
	d := casefold.On(excelEpoch.AddDays(n))
	p.trace.Add("spreadsheet serial", d.String())
	return d, OK
}

// eight reads YYYYMMDD, with zeros for what is not told, else MMDDYYYY or
// DDMMYYYY in the source's order.
func (p *parser) eight(s string) (casefold.Date, Verdict) {
	y, m, d := number(s[:4]), number(s[4:6]), number(s[6:])
	switch {
	case y == 0 && m == 0 && d == 0 || s == "99999999":
		return casefold.Date{}, Missing
	case y >= earliest && y <= 2199 && m == 0:
		return p.build("YYYY0000", y, 0, 0)
	case y >= earliest && y <= 2199 && m == 99:
		return p.build("YYYY9999", y, 0, 0)
	case y >= earliest && y <= 2199 && m <= 12 && (d == 0 || d == 99):
		return p.build("YYYYMM00", y, m, 0)
	case y >= 1300 && y <= 2199 && m <= 12 && d <= 31:
		return p.build("YYYYMMDD", y, m, d) // may be February 30: impossible
	}
	a, b, year := number(s[:2]), number(s[2:4]), number(s[4:])
	if year >= earliest && year <= 2199 && a <= 31 && b <= 31 {
		if a == 0 && b == 0 {
			return p.build("0000YYYY", year, 0, 0)
		}
		if p.Order == DMY {
			a, b = b, a
		}
		if a > 12 && b <= 12 {
			a, b = b, a // only the other order is a date
		}
		if a >= 1 && a <= 12 {
			return p.build("MMDDYYYY", year, a, b)
		}
	}
	switch {
	case text.SameDigit(s):
		return casefold.Date{}, Missing
	case y >= 1300 && y <= 2199 && m <= 31 && d >= 1 && d <= 12:
		return p.build("YYYYDDMM, swapped: only so it is a date", y, d, m)
	}
	return casefold.Date{}, Impossible
}

// six reads MMDDYY, DDMMYY or YYMMDD in the source's order, or another order if
// only that one is a date; else YYYYMM.
func (p *parser) six(s string) (casefold.Date, Verdict) {
	if text.SameDigit(s) {
		return casefold.Date{}, Missing
	}
	a, b, c := number(s[:2]), number(s[2:4]), number(s[4:])
	type ymd struct {
		form    string
		y, m, d int
	}
	mdy, dmy, ymdForm := ymd{"MMDDYY", c, a, b}, ymd{"DDMMYY", c, b, a}, ymd{"YYMMDD", a, b, c}
	forms := [3]ymd{mdy, ymdForm, dmy}
	switch p.Order {
	case DMY:
		forms = [3]ymd{dmy, ymdForm, mdy}
	case YMD:
		forms = [3]ymd{ymdForm, mdy, dmy}
	}
	for _, f := range forms {
		if f.m >= 1 && f.m <= 12 && f.d >= 1 && f.d <= 31 {
			if year := p.century(f.y, f.m, f.d); casefold.MakeDay(year, f.m, f.d) != 0 {
				return p.build(f.form, year, f.m, f.d)
			}
		}
	}
	if y, m := number(s[:4]), number(s[4:]); y >= 1800 && y <= p.Latest.Year() && m <= 12 {
		return p.build("YYYYMM", y, m, 0)
	}
	return casefold.Date{}, Impossible
}
