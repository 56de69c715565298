package casefold

import (
	"fmt"
	"testing"
	"time"
)

func TestCalendar(t *testing.T) {
	cases := []struct{ name, got, want string }{
		{"a month after January 31 is the month's last day", MakeDay(2023, 1, 31).AddMonths(1).String(), "2023-02-28"},
		{"and in a leap year the 29th", MakeDay(2024, 1, 31).AddMonths(1).String(), "2024-02-29"},
		{"21 years after a leap day", MakeDay(1980, 2, 29).AddYears(21).String(), "2001-02-28"},
		{"back over new year", MakeDay(2017, 1, 10).AddDays(-30).String(), "2016-12-11"},
		{"no February 30", MakeDay(1990, 2, 30).String(), ""},
		{"a year only is an interval", YearOnly(1979).String(), "1979-01-01/1979-12-31"},
		{"what two dates both say", YearOnly(1979).Intersect(On(19790525)).String(), "1979-05-25"},
		{"contradicting dates share nothing", On(19790525).Intersect(On(19790526)).String(), ""},
	}
	for _, c := range cases {
		if c.got != c.want {
			t.Errorf("%s: %q, want %q", c.name, c.got, c.want)
		}
	}
}

func TestBeforeIsKleene(t *testing.T) {
	law := On(20161109)
	for _, c := range []struct {
		date Date
		want Truth
	}{{On(20161108), True}, {On(20161109), False}, {YearOnly(2016), Unknown}, {Date{}, Unknown}, {YearOnly(2017), False}} {
		if got := c.date.Before(law); got != c.want {
			t.Errorf("%q before %q: %v, want %v", c.date, law, got, c.want)
		}
	}
}

func TestTellerEncodesItsSeparators(t *testing.T) {
	if got, want := (Teller{"sheriff jail", "A:1;2%"}).String(), "sheriff%20jail:A%3A1%3B2%25"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestBits(t *testing.T) {
	for milli, want := range map[int64]string{0: "0.000", 12345: "12.345", -7: "-0.007", -12000: "-12.000"} {
		if got := Bits(milli); got != want {
			t.Errorf("Bits(%d) = %q, want %q", milli, got, want)
		}
	}
}

// TestDayPrintsAsISO holds a day's own printing to the plain one.
func TestDayPrintsAsISO(t *testing.T) {
	for _, d := range []Day{1, 10101, 19991231, 20161109, 99991231, 123456789} {
		if got, want := d.String(), fmt.Sprintf("%04d-%02d-%02d", d.Year(), d.Month(), d.DayOfMonth()); got != want {
			t.Errorf("%s instead of %s", got, want)
		}
	}
}

// Serial counts as the calendar of the standard library does.
func TestSerial(t *testing.T) {
	first := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)
	for n := 0; ; n += 17 {
		at := first.AddDate(0, 0, n)
		if at.Year() > 9999 {
			break
		}
		d := MakeDay(at.Year(), int(at.Month()), at.Day())
		if want := int(at.Unix() / 86400); d.Serial() != want {
			t.Fatalf("%s is day %d, want %d", d, d.Serial(), want)
		}
	}
	if Day(0).Serial() != 0 || MakeDay(1970, 1, 1).Serial() != 0 || MakeDay(2000, 3, 1).Serial()-MakeDay(2000, 2, 28).Serial() != 2 {
		t.Error("epoch or leap day")
	}
}
