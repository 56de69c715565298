package casefold

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// A Day is a civil day, written as year*10000 + month*100 + day (20161109), so
// that it sorts as a date and reads as one. Zero is "no day". It has no clock
// and no zone.
type Day int32

// MakeDay returns the day of a year (1 to 9999), month (1 to 12) and day of
// month, and 0 if there is no such day.
func MakeDay(year, month, day int) Day {
	if year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > DaysIn(year, month) {
		return 0
	}
	return Day(year*10000 + month*100 + day)
}

// DaysIn is the number of days of a month in the Gregorian calendar.
func DaysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// Year, Month and DayOfMonth take the day apart.
func (d Day) Year() int       { return int(d) / 10000 }
func (d Day) Month() int      { return int(d) / 100 % 100 }
func (d Day) DayOfMonth() int { return int(d) % 100 }

// Serial counts days since 1970-01-01; differences of serials are days.
func (d Day) Serial() int {
	if d == 0 {
		return 0
	}
	y, m := d.Year(), d.Month()
	if m <= 2 {
		y, m = y-1, m+12 // the year begins in March, so that a leap day is its last
	}
	return 365*y + y/4 - y/100 + y/400 + (153*(m-3)+2)/5 + d.DayOfMonth() - 719469
}

// AddDays moves by days; the zero day stays zero.
func (d Day) AddDays(n int) Day {
	if d == 0 {
		return 0
	}
	t := time.Date(d.Year(), time.Month(d.Month()), d.DayOfMonth()+n, 0, 0, 0, 0, time.UTC)
	return Day(t.Year()*10000 + int(t.Month())*100 + t.Day())
}

// AddMonths moves by calendar months. Where the month is shorter than the day
// of month, the result is the month's last day: one month after January 31 is
// February 28 or 29. The zero day stays zero.
func (d Day) AddMonths(n int) Day {
	if d == 0 {
		return 0
	}
	m := d.Year()*12 + d.Month() - 1 + n
	year, month := m/12, m%12+1
	return MakeDay(year, month, min(d.DayOfMonth(), DaysIn(year, month)))
}

// AddYears moves by calendar years, with the month-end rule of AddMonths.
func (d Day) AddYears(n int) Day { return d.AddMonths(12 * n) }

// String is YYYY-MM-DD, or "" for no day.
func (d Day) String() string {
	if d == 0 {
		return ""
	}
	if d < 0 || d.Year() > 9999 {
		return fmt.Sprintf("%04d-%02d-%02d", d.Year(), d.Month(), d.DayOfMonth())
	}
	var out [10]byte // every run prints millions
	for i, n := len(out)-1, int(d); i >= 0; i-- {
		if i == 4 || i == 7 {
			out[i] = '-'
			continue
		}
		out[i] = byte('0' + n%10)
		n /= 10
	}
	return string(out[:])
}

// ParseDay reads YYYY-MM-DD.
func ParseDay(s string) (Day, error) {
	if len(s) == 10 && s[4] == '-' && s[7] == '-' {
		y, err1 := strconv.Atoi(s[:4])
		m, err2 := strconv.Atoi(s[5:7])
		d, err3 := strconv.Atoi(s[8:])
		if err1 == nil && err2 == nil && err3 == nil {
			if day := MakeDay(y, m, d); day != 0 {
				return day, nil
			}
		}
	}
	return 0, fmt.Errorf("%q is not a day; write it as YYYY-MM-DD", s)
}

// A Date is what is known of when something happened: an interval of days,
// First and Last inclusive. A single day has First == Last; a year only is
// January 1 to December 31. The zero Date is unknown. Never is only one end set.
type Date struct{ First, Last Day }

// On is the Date of one day.
func On(d Day) Date { return Date{d, d} }

// Between is the Date from first to last; if either is missing or they are out
// of order, the unknown Date.
func Between(first, last Day) Date {
	if first == 0 || last == 0 || first > last {
		return Date{}
	}
	return Date{first, last}
}

// YearOnly is the Date of a whole year.
func YearOnly(year int) Date { return Between(MakeDay(year, 1, 1), MakeDay(year, 12, 31)) }

// Known reports whether anything is known; Exact whether it is one day.
func (d Date) Known() bool { return d.First != 0 }
func (d Date) Exact() bool { return d.First != 0 && d.First == d.Last }

// Intersect is what both say; unknown if either is unknown or they contradict.
func (d Date) Intersect(e Date) Date { return Between(max(d.First, e.First), minDay(d.Last, e.Last)) }

// Hull is the smallest interval that covers both; an unknown side adds nothing.
func (d Date) Hull(e Date) Date {
	switch {
	case !d.Known():
		return e
	case !e.Known():
		return d
	}
	return Date{min(d.First, e.First), max(d.Last, e.Last)}
}

// Overlaps reports whether both can be the same day. Unknown overlaps nothing.
func (d Date) Overlaps(e Date) bool {
	return d.Known() && e.Known() && d.First <= e.Last && e.First <= d.Last
}

// Before answers whether d certainly lies before e, certainly not, or unknown.
func (d Date) Before(e Date) Truth {
	switch {
	case !d.Known() || !e.Known():
		return Unknown
	case d.Last < e.First:
		return True
	case d.First >= e.Last:
		return False
	}
	return Unknown
}

// Compare orders by First, then Last; unknown dates come first.
func (d Date) Compare(e Date) int {
	return cmp.Or(cmp.Compare(d.First, e.First), cmp.Compare(d.Last, e.Last))
}

// String is "", a day, or "A/B".
func (d Date) String() string {
	if d.Exact() || !d.Known() {
		return d.First.String()
	}
	return d.First.String() + "/" + d.Last.String()
}

// ParseDate reads what String writes.
func ParseDate(s string) (Date, error) {
	if s == "" {
		return Date{}, nil
	}
	a, b, two := strings.Cut(s, "/")
	first, err := ParseDay(a)
	if err != nil {
		return Date{}, err
	}
	if !two {
		return On(first), nil
	}
	last, err := ParseDay(b)
	if err != nil {
		return Date{}, err
	}
	if first > last {
		return Date{}, fmt.Errorf("interval %q ends before it begins", s)
	}
	return Date{first, last}, nil
}

// MarshalText and UnmarshalText use the form of String, also in JSON.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }
func (d *Date) UnmarshalText(b []byte) (err error) {
	*d, err = ParseDate(string(b))
	return err
}

// MarshalText and UnmarshalText use the form of String, also in JSON.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }
func (d *Day) UnmarshalText(b []byte) (err error) {
	if len(b) == 0 {
		*d = 0
		return nil
	}
	*d, err = ParseDay(string(b))
	return err
}

// IsZero lets encoding/json's omitzero leave unknown dates out.
func (d Date) IsZero() bool { return !d.Known() }

func minDay(a, b Day) Day {
	if a == 0 || b == 0 {
		return 0
	}
	return min(a, b)
}
