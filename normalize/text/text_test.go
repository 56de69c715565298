package text

import (
	"testing"

	"pgregory.net/rapid"
)

func TestUpper(t *testing.T) {
	for in, want := range map[string]string{
		"  josé  maría\tpeña ":  "JOSE MARIA PENA",
		"Müllenkranz":           "MULLENKRANZ",
		"Strauß":                "STRAUSS",
		"Bjørn Łukasz Đặng":     "BJORN LUKASZ DANG",
		"O’Brien":               "O'BRIEN",
		"Smith–Jones":           "SMITH-JONES",
		"ВАСИЛЬЕВ, Александр":   "VASILEV, ALEKSANDR",
		"Γιώργος":               "GIORGOS",
		"王伟":                    "WANGWEI",
		"김민수":                   "GIMMINSU",
		"فيصل":                  "FYSL",
		"Ｊｏｈｎ\u00a0Ｄｏｅ":         "JOHN DOE",
		"a\x00b\x7f c":          "A B C",
		"\xff\xfeabc":           "ABC",
		"":                      "",
		"ALREADY FOLDED, THIS.": "ALREADY FOLDED, THIS.",
	} {
		if got := Upper(in); got != want {
			t.Errorf("Upper(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestUnknownScriptsStayApart(t *testing.T) {
	a, b := Upper("ስም"), Upper("ስሞ")
	if a == "" || a == b {
		t.Errorf("two Ethiopic words fold to %q and %q", a, b)
	}
}

func TestIsFiller(t *testing.T) {
	for _, s := range []string{"", "  ", "x", "X", "xxx", "NULL  ", "null", "N/A", "none", "Unknown", "-", ".", "--", "***", "_", "not_available", "?", "\u00a0"} {
		if !IsFiller(s) {
			t.Errorf("%q should be a filler", s)
		}
	}
	for _, s := range []string{"0", "99", "XU", "Noneman", "A", "é", "11357", "NULLY", "Ng"} {
		if IsFiller(s) {
			t.Errorf("%q should not be a filler", s)
		}
	}
}

func TestLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		u := Upper(s)
		if Upper(u) != u {
			t.Fatalf("Upper is not idempotent on %q: %q, %q", s, u, Upper(u))
		}
		for i := 0; i < len(u); i++ {
			if u[i] < ' ' || u[i] > '~' || 'a' <= u[i] && u[i] <= 'z' {
				t.Fatalf("Upper(%q) holds %q", s, u[i])
			}
		}
		l := Letters(u)
		if Letters(l) != l {
			t.Fatalf("Letters is not idempotent on %q", u)
		}
		if IsFiller(s) != IsFiller(Trim(s)) {
			t.Fatalf("IsFiller depends on the blanks of %q", s)
		}
	})
}

func FuzzUpper(f *testing.F) {
	for _, s := range []string{"josé", "ß", "ﬁ", "é\u0301", "İ", "한", "王", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if u := Upper(s); Upper(u) != u {
			t.Fatalf("%q: %q, then %q", s, u, Upper(u))
		}
	})
}

func BenchmarkUpper(b *testing.B) {
	words := []string{"SKYWALKER,LUKE S", "garcia lopez, maria", "José Núñez", "  padded value   "}
	b.ReportAllocs()
	for i := range b.N {
		Upper(words[i%len(words)])
	}
}
