package ident

import (
	"os"
	"strings"
	"testing"

	"github.com/casefold/casefold"
	"pgregory.net/rapid"
)

func normalize(kind, value string) (string, Verdict) {
	switch kind {
	case "phone":
		return Phone(value)
	case "email":
		return Email(value)
	}
	s, _, v := Normalize(casefold.IdentifierKind(kind), value)
	return s, v
}

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
		part := strings.Split(strings.TrimSpace(line), " | ")
		if len(part) != 3 {
			t.Fatalf("case %q has %d parts", line, len(part))
		}
		s, v := normalize(part[0], part[1])
		if got := strings.TrimSpace(s + " " + string(v)); got != part[2] {
			t.Errorf("%s %q: %q, want %q", part[0], part[1], got, part[2])
		}
		n++
	}
	if n < 55 {
		t.Errorf("only %d cases read", n)
	}
}

func TestLastFourAreAKindApart(t *testing.T) {
	if _, kind, _ := Normalize(casefold.SSN, "***-**-1234"); kind != SSNLast4 {
		t.Errorf("kind %q", kind)
	}
}

func checkLaws(t interface{ Fatalf(string, ...any) }, kind, s string) {
	got, v := normalize(kind, s)
	if (v == Missing || v == Invalid || v == NoEmail) != (got == "") {
		t.Fatalf("%s %q: %q with verdict %q", kind, s, got, v)
	}
	if got == "" {
		return
	}
	if again, _ := normalize(kind, got); again != got {
		t.Fatalf("%s %q is %q, and that is %q", kind, s, got, again)
	}
}

var kinds = []string{"cii", "fbi", "ssn", "license", "id_card", "inmate", "local", "other", "phone", "email"}

func TestLaws(t *testing.T) {
	near := rapid.StringOfN(rapid.RuneFrom([]rune("0123456789AHMXxN/ -.@+é")), 0, 16, -1)
	rapid.Check(t, func(t *rapid.T) {
		checkLaws(t, rapid.SampledFrom(kinds).Draw(t, "kind"), rapid.OneOf(near, rapid.String()).Draw(t, "value"))
	})
}

func TestWidthsOfOneCIINumberAreEqual(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.StringMatching(`[1-9][0-9]{7}`).Draw(t, "number")
		want, _, v := Normalize(casefold.CII, n)
		if v != OK {
			return
		}
		for _, form := range []string{"A" + n, "H" + n, "00" + n, "A00" + n, " " + n[:3] + "-" + n[3:]} {
			if got, _, _ := Normalize(casefold.CII, form); got != want {
				t.Fatalf("%q is %q, %q is %q", n, want, form, got)
			}
		}
	})
}

func FuzzNormalize(f *testing.F) {
	f.Add("ssn", "XXNA")
	f.Add("phone", "0 1 212 555 1213")
	f.Add("email", "mailto:mailto:x@x")
	f.Fuzz(func(t *testing.T, kind, s string) { checkLaws(t, kind, s) })
}

func BenchmarkNormalize(b *testing.B) {
	for kind, s := range map[string]string{"cii": "A12345678", "ssn": "536-22-1234", "license": "A1234568", "phone": "(916) 555-0123", "email": "JJones@Jones.COM"} {
		b.Run(kind, func(b *testing.B) {
			b.ReportAllocs()
			for range b.N {
				normalize(kind, s)
			}
		})
	}
}
