package date

import (
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/normalize/text"
	"pgregory.net/rapid"
)

func TestCases(t *testing.T) {
	b, err := os.ReadFile("testdata/cases.txt")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(string(b)) {
		if strings.HasPrefix(line, "#") || strings.TrimSpace(line) == "" {
			continue
		}
		part := strings.Split(strings.TrimRight(line, "\n"), " |")
		if len(part) != 4 {
			t.Fatalf("case %q has %d parts", line, len(part))
		}
		latest, _ := strconv.Atoi(strings.TrimSpace(part[2]))
		d, v := Parse(part[0], Options{Order: strings.TrimSpace(part[1]), Latest: casefold.Day(latest)})
		got := d.String()
		if v != OK {
			got = string(v)
		}
		if want := strings.TrimSpace(part[3]); got != want {
			t.Errorf("%q in order %q: %q, want %q", part[0], part[1], got, want)
		}
		n++
	}
	if n < 80 {
		t.Errorf("only %d cases read", n)
	}
}

func TestOrderIsDecidedByTheValues(t *testing.T) {
	for _, c := range []struct {
		name    string
		samples []string
		want    string
	}{
		{"a day above 12 in first place", []string{"03-04-1981", "22-09-1904", "11-11-1950"}, DMY},
		{"a day above 12 in second place", []string{"3/4/81", "9/22/04"}, MDY},
		{"one stray does not outvote the rest", []string{"9/22/2004", "9/23/2004", "20/8/1991"}, MDY},
		{"six digits, year first", []string{"810403", "790525"}, YMD},
		{"nothing decides: month first", []string{"3/4/81", "", "x"}, MDY},
		{"five digits with their zero lost", []string{"30781", "41290", "50765", "112570"}, MDY},
		{"a spreadsheet's days", []string{"32613", "41178", "26813", "34702", "41340"}, Excel},
		{"a spreadsheet's days with the time", []string{"41178.5", "41340.0"}, Excel},
		{"ISO says nothing of the rest", []string{"1981-04-03", "19810423"}, MDY},
	} {
		if got := Order(c.samples); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestTraceNamesTheForm(t *testing.T) {
	var tr text.Trace
	ParseTraced("20/8/1991", Options{}, &tr)
	if len(tr.Steps) != 1 || !strings.Contains(tr.Steps[0].Rule, "swapped") {
		t.Errorf("steps %v", tr.Steps)
	}
}

func checkLaws(t interface{ Fatalf(string, ...any) }, s string, o Options) {
	d, v := Parse(s, o)
	if (v == OK) != d.Known() {
		t.Fatalf("%q: date %q with verdict %q", s, d, v)
	}
	if v != OK {
		return
	}
	if d.First > d.Last || casefold.MakeDay(d.First.Year(), d.First.Month(), d.First.DayOfMonth()) != d.First {
		t.Fatalf("%q: %d to %d is no interval", s, d.First, d.Last)
	}
	if again, v := Parse(d.String(), o); v != OK || again != d {
		t.Fatalf("%q is %s, and that is %s (%s)", s, d, again, v)
	}
}

func TestLaws(t *testing.T) {
	alphabet := rapid.StringOfN(rapid.RuneFrom([]rune("0123456789/-. :TZMarFebé,")), 0, 24, -1)
	rapid.Check(t, func(t *rapid.T) {
		checkLaws(t, alphabet.Draw(t, "value"), Options{Order: rapid.SampledFrom([]string{"", MDY, DMY, YMD, Excel}).Draw(t, "order")})
	})
}

func TestEveryDayIsReadInEveryForm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := casefold.MakeDay(rapid.IntRange(1927, 2025).Draw(t, "y"), rapid.IntRange(1, 12).Draw(t, "m"), rapid.IntRange(1, 28).Draw(t, "d"))
		y, m, dd := strconv.Itoa(d.Year()), strconv.Itoa(d.Month()), strconv.Itoa(d.DayOfMonth())
		for form, order := range map[string]string{
			d.String():                              "",
			strings.ReplaceAll(d.String(), "-", ""): "",
			m + "/" + dd + "/" + y:                  MDY,
			m + "/" + dd + "/" + y[2:]:              MDY,
			dd + "." + m + "." + y:                  DMY,
			dd + "-" + m + "-" + y[2:]:              DMY,
		} {
			if got, v := Parse(form, Options{Order: order}); v != OK || got != casefold.On(d) {
				t.Fatalf("%q (%s): %s %s, want %s", form, order, got, v, d)
			}
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"19790000", "3/1/70", "Mar 1 1970", "1979-01-01/1979-12-31", "99/99/99", "\xff1970"} {
		f.Add(s, "mdy")
	}
	f.Fuzz(func(t *testing.T, s, order string) { checkLaws(t, s, Options{Order: order}) })
}

func BenchmarkParse(b *testing.B) {
	for _, s := range []string{"19790525", "3/25/1970", "Mar 1 1970", "2016-11-09T00:00:00Z"} {
		b.Run(s[:5], func(b *testing.B) {
			b.ReportAllocs()
			for range b.N {
				Parse(s, Options{})
			}
		})
	}
}
