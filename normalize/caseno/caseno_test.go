package caseno

import (
	"os"
	"strings"
	"testing"

	"github.com/casefold/casefold"
)

var sacramento = casefold.Agency{Kind: casefold.SuperiorCourt, County: "SACRAMENTO"}

func TestCases(t *testing.T) {
	data, err := os.ReadFile("testdata/cases.txt")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(string(data)) {
		in, want, ok := strings.Cut(strings.TrimRight(line, "\n"), " => ")
		if !ok || strings.HasPrefix(line, "# ") {
			continue
		}
		n++
		if got := show(Parse(in, sacramento, "")); got != want {
			t.Errorf("%q gives %q, want %q", in, got, want)
		}
	}
	if n == 0 {
		t.Fatal("no cases")
	}
}

// show writes numbers as the case file does.
func show(numbers []casefold.CaseNumber) string {
	var out []string
	for _, c := range numbers {
		s := c.Key
		if c.Defendant != "" {
			s += "/" + c.Defendant
		}
		out = append(out, s)
	}
	if out == nil {
		return "-"
	}
	return strings.Join(out, " ")
}

func TestNearness(t *testing.T) {
	data, err := os.ReadFile("testdata/nearness.txt")
	if err != nil {
		t.Fatal(err)
	}
	one := func(s string) casefold.CaseNumber {
		n := Parse(s, sacramento, "")
		if len(n) != 1 {
			t.Fatalf("%q holds %d numbers", s, len(n))
		}
		return n[0]
	}
	for line := range strings.Lines(string(data)) {
		in, want, ok := strings.Cut(strings.TrimRight(line, "\n"), " => ")
		if !ok || strings.HasPrefix(line, "# ") {
			continue
		}
		left, right, _ := strings.Cut(in, " ~ ")
		a, b := one(left), one(right)
		if got := Distance(a, b).String(); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
		if Distance(a, b) != Distance(b, a) {
			t.Errorf("%s: %s, turned round %s", in, Distance(a, b), Distance(b, a))
		}
		if got := Distance(a, b); (got == Same || got == Respelled) && Loose(a) != Loose(b) {
			t.Errorf("%s: %s, but loose keys %s and %s", in, got, Loose(a), Loose(b))
		}
	}
}

func TestNumbersOfTwoCourtsAreFar(t *testing.T) {
	other := sacramento
	other.County = "PLACER"
	a, b := Parse("94F01234", sacramento, "")[0], Parse("94F01234", other, "")[0]
	if Distance(a, b) != Far {
		t.Errorf("equal numbers of two courts are %s", Distance(a, b))
	}
	b.Family = ""
	if Distance(a, b) != Same {
		t.Errorf("an untold court contradicts: %s", Distance(a, b))
	}
	municipal := sacramento
	municipal.Kind = casefold.MunicipalCourt
	if c := Parse("94F01234", municipal, "")[0]; Distance(a, c) != Same {
		t.Errorf("municipal and superior court of one county are %s", Distance(a, c))
	}
}

func TestTheColumnTellsTheDefendant(t *testing.T) {
	for _, c := range []struct{ number, mark, want string }{
		{"CR-94-1234-A", "A", "CR94-1234/1"},
		{"CR-94-1234", "a", "CR94-1234/1"},
		{"BF123456A", "A", "BF123456/1"},
		{"BF123456A", "", "BF123456A"},
		{"123456-2", "002", "123456/2"},
		{"123456-2", "", "123456-2"},
		{"SCD123456-02", "2", "SCD123456/2"},
		{"SCD123456", "Def. 2", "SCD123456/2"},
		{"SCD123456", "NULL", "SCD123456"},
	} {
		if got := show(Parse(c.number, sacramento, c.mark)); got != c.want {
			t.Errorf("%q with defendant %q gives %q, want %q", c.number, c.mark, got, c.want)
		}
	}
}

func TestBooking(t *testing.T) {
	for in, want := range map[string]string{
		"0012345": "12345", "2004-012345": "2004012345", "12345, 12346": "12345 12346", "B-123456": "B123456", "NULL": "", "0": "", "99999999": "",
		"123456 / 123457": "123456 123457", "X-054986": "X054986", "bk 123456": "BK123456",
	} {
		if got := strings.Join(Booking(in), " "); got != want {
			t.Errorf("Booking(%q) = %q, want %q", in, got, want)
		}
	}
}
