package date_test

import (
	"testing"

	"github.com/casefold/casefold/normalize/date"
)

// FuzzISOReadsAsParseDoes: what ISO reads at all, it reads as Parse, whatever
// the order of the source's dates.
func FuzzISOReadsAsParseDoes(f *testing.F) {
	for _, s := range []string{"1970-01-02", "1999-02-29", "2000-02-29", "1900-02-29", "0999-01-01", "1000-01-01", "9999-12-31", "9999-99-99", "1970-13-01", "1970-00-10", "1970-10-00", "2030-05-06", "1970-1-02", "1970/01/02"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, ok := date.ISO(s)
		if !ok {
			return
		}
		for _, order := range []string{"", date.MDY, date.DMY, date.YMD, date.Excel} {
			if want, verdict := date.Parse(s, date.Options{Order: order, Latest: 20101231}); verdict != date.OK || want != got {
				t.Errorf("%q in order %q: %v; Parse reads %v, %q", s, order, got, want, verdict)
			}
		}
	})
}

func TestISOReadsDays(t *testing.T) {
	if d, ok := date.ISO("1972-10-05"); !ok || d.String() != "1972-10-05" {
		t.Errorf("%v %v", d, ok)
	}
}
