package similarity

import (
	"math"
	"testing"

	"github.com/antzucaro/matchr"
	"pgregory.net/rapid"
)

func TestJaroWinklerOfWellKnownPairs(t *testing.T) {
	// Winkler (1990) gives these values.
	for _, c := range []struct {
		a, b string
		want float64
	}{
		{"MARTHA", "MARHTA", .9611}, {"DWAYNE", "DUANE", .84}, {"DIXON", "DICKSONX", .8133},
		{"GARCIA", "GARCIA", 1}, {"", "GARCIA", 0}, {"", "", 0},
	} {
		if got := JaroWinkler(c.a, c.b); math.Abs(got-c.want) > 5e-5 {
			t.Errorf("JaroWinkler(%q, %q) = %.4f, want %.4f", c.a, c.b, got, c.want)
		}
	}
}

func TestOneEditMeansDistanceOne(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"SMITH", "SMITH", false}, {"SMITH", "SMYTH", true}, {"SMITH", "SMTIH", true}, {"SMITH", "SMIT", true},
		{"SMITH", "MITH", true}, {"AB", "BA", true}, {"SMITH", "SMYTHE", false}, {"", "A", true}, {"", "", false},
	} {
		if got := OneEdit(c.a, c.b); got != c.want {
			t.Errorf("OneEdit(%q, %q) = %v", c.a, c.b, got)
		}
	}
}

func TestNumberSlips(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want Slip
	}{
		{"123456789", "123456798", Swapped}, {"123456789", "123456780", OneDigit}, {"123456789", "12345678", OneDigit},
		{"123456789", "123456700", TwoDigits}, {"123456789", "123456789", NoSlip}, {"123456789", "987654321", NoSlip}, {"12", "13", NoSlip},
	} {
		if got := NumberSlip(c.a, c.b); got != c.want || NumberSlip(c.b, c.a) != c.want {
			t.Errorf("NumberSlip(%q, %q) = %v, want %v", c.a, c.b, got, c.want)
		}
	}
}

func TestLettersLeavesOrderAside(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"SOFIA", "FOSIA", 0}, {"NOAH", "HNOAN", 1}, {"NOAH", "NOAH", 0}, {"NOAH", "", 4}, {"ABC", "ABD", 1}, {"ABC", "XYZ", 3}} {
		if got := Letters(c.a, c.b); got != c.want || Letters(c.b, c.a) != c.want {
			t.Errorf("Letters(%q, %q) = %d and %d, want %d", c.a, c.b, got, Letters(c.b, c.a), c.want)
		}
	}
}

func TestFastFormsEqualMatchr(t *testing.T) {
	text := rapid.OneOf(rapid.StringMatching(`[A-D ]{0,12}`), rapid.StringMatching(`[A-C1-3]{0,9}`), rapid.String())
	rapid.Check(t, func(t *rapid.T) { equalMatchr(t, text.Draw(t, "a"), text.Draw(t, "b")) })
}

func FuzzFastFormsEqualMatchr(f *testing.F) {
	for _, s := range [][2]string{{"MARTHA", "MARHTA"}, {"CA", "ABC"}, {"", "A"}, {"NUÑEZ", "NUNEZ"}, {"1985", "1958"}} {
		f.Add(s[0], s[1])
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		if len(a) < 200 && len(b) < 200 {
			equalMatchr(t, a, b)
		}
	})
}

func equalMatchr(t interface{ Errorf(string, ...any) }, a, b string) {
	if got, want := JaroWinkler(a, b), matchr.JaroWinkler(a, b, false); got != want {
		t.Errorf("JaroWinkler(%q, %q) = %v, matchr says %v", a, b, got, want)
	}
	if JaroWinkler(a, b) != JaroWinkler(b, a) {
		t.Errorf("JaroWinkler(%q, %q) is not symmetric", a, b)
	}
	want := matchr.DamerauLevenshtein(a, b)
	if ascii(a) && ascii(b) {
		if got := Edits(a, b); got != want {
			t.Errorf("Edits(%q, %q) = %d, matchr says %d", a, b, got, want)
		}
		if WithinTwo(a, b) != (want <= 2) {
			t.Errorf("WithinTwo(%q, %q) = %v at distance %d", a, b, WithinTwo(a, b), want)
		}
		if OneEdit(a, b) != (want == 1) {
			t.Errorf("OneEdit(%q, %q) = %v at distance %d", a, b, OneEdit(a, b), want)
		}
	}
}

func BenchmarkJaroWinkler(b *testing.B) {
	for b.Loop() {
		JaroWinkler("RODRIGUEZ", "RODRIQUES")
	}
}

func BenchmarkEdits(b *testing.B) {
	for b.Loop() {
		Edits("RODRIGUEZ", "RODIRQUES")
	}
}
