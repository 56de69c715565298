package name

import (
	"os"
	"strings"
	"testing"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/normalize/text"
	"pgregory.net/rapid"
)

func cases(t *testing.T, file string) (in, want []string) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(b)) {
		if strings.HasPrefix(line, "#") || strings.TrimSpace(line) == "" {
			continue
		}
		l, r, ok := strings.Cut(strings.TrimRight(line, "\n"), " =")
		if !ok {
			t.Fatalf("case %q has no =", line)
		}
		in, want = append(in, l), append(want, strings.Join(strings.Fields(r), " "))
	}
	return in, want
}

func print(ns []casefold.Name, v Verdict) string {
	if v == Placeholder {
		return "-"
	}
	var out []string
	for _, n := range ns {
		s := strings.Join([]string{n.Last, n.First, n.Middle, n.Suffix}, "; ")
		if n.Kind != casefold.PrimaryName {
			s = string(n.Kind) + " " + s
		}
		out = append(out, s)
	}
	return strings.Join(strings.Fields(strings.Join(out, " + ")), " ")
}

func TestWholeNames(t *testing.T) {
	in, want := cases(t, "testdata/whole.txt")
	for i, line := range in {
		order, value, _ := strings.Cut(line, ": ")
		got := print(Parse(value, strings.TrimPrefix(order, "?")))
		if got != want[i] {
			t.Errorf("%s: got %q, want %q", line, got, want[i])
		}
	}
	if len(in) < 80 {
		t.Errorf("only %d cases read", len(in))
	}
}

func TestParts(t *testing.T) {
	in, want := cases(t, "testdata/parts.txt")
	for i, line := range in {
		p := strings.Split(line, "|")
		if len(p) != 4 {
			t.Fatalf("%q has %d parts", line, len(p))
		}
		if got := print(ParseParts(p[0], p[1], p[2], p[3])); got != want[i] {
			t.Errorf("%s: got %q, want %q", line, got, want[i])
		}
	}
}

func TestVerbatimStands(t *testing.T) {
	ns, _ := Parse("  Peña, José 'Pepe' ", "")
	for _, n := range ns {
		if n.Verbatim != "Peña, José 'Pepe'" {
			t.Errorf("%s: verbatim %q", n.First, n.Verbatim)
		}
	}
	if ns, _ := ParseParts(" Peña", "José ", "x", "Jr."); ns[0].Verbatim != "José Peña Jr." {
		t.Errorf("parts: verbatim %q", ns[0].Verbatim)
	}
	if ns, v := Parse("DOE, JOHN", ""); v != Placeholder || ns[0].Verbatim != "DOE, JOHN" {
		t.Errorf("a placeholder loses its verbatim value: %v", ns)
	}
}

func TestTraceShowsTheWay(t *testing.T) {
	var tr text.Trace
	ParseTraced("Smith, Robert 'Bob' Jr", "", &tr)
	var got []string
	for _, s := range tr.Steps {
		got = append(got, s.Rule+" -> "+s.Value)
	}
	want := "folded to A-Z -> SMITH, ROBERT 'BOB' JR\naside -> BOB\ndivided by ,: surname | first | middle | suffix -> SMITH | ROBERT |  | JR"
	if s := strings.Join(got, "\n"); s != want {
		t.Errorf("got\n%s\nwant\n%s", s, want)
	}
}

func checkLaws(t interface{ Fatalf(string, ...any) }, ns []casefold.Name, v Verdict, from string) {
	for i, n := range ns {
		for _, part := range []string{n.Last, n.First, n.Middle, n.Suffix} {
			if part != text.Letters(part) {
				t.Fatalf("%q gives part %q", from, part)
			}
		}
		if (n.Kind == casefold.PrimaryName) != (i == 0) || n.Kind == "" {
			t.Fatalf("%q: name %d is %q", from, i, n.Kind)
		}
		if strings.Contains(n.First, " ") {
			t.Fatalf("%q gives two first names %q", from, n.First)
		}
		again, _ := ParseParts(n.Last, n.First, n.Middle, n.Suffix)
		if n.Last+n.First+n.Middle == "" || n.Kind != casefold.PrimaryName {
			continue
		}
		if len(again) != 1 || again[0].Last != n.Last || again[0].First != n.First || again[0].Middle != n.Middle || again[0].Suffix != n.Suffix {
			t.Fatalf("%q is %q, and that is %q", from, show(n), print(again, ""))
		}
	}
	if (v == Missing) != (len(ns) == 0) {
		t.Fatalf("%q: %d names, verdict %q", from, len(ns), v)
	}
}

var nameWords = []string{"JOHN", "SMITH", "GARCIA", "DE", "LA", "CRUZ", "DELACRUZ", "MC", "O", "D", "JR", "SR", "II", "V", "JUNIOR", "2ND", "FNU", "DOE", "BABY",
	"BOY", "MR", "MD", "AKA", "NEE", "(", ")", "\"", "'", ",", ",", "/", "-", ".", "J.R.", "É", "NGUYEN", "VAN", "x", "12", "A", "SAINT", "DELA", "DELAO", "Y", ";", "NULL"}

func anyName() *rapid.Generator[string] {
	built := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(nameWords), 0, 7).Draw(t, "words"), rapid.SampledFrom([]string{" ", " ", ""}).Draw(t, "sep"))
	})
	return rapid.OneOf(built, rapid.String())
}

func TestLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anyName().Draw(t, "name")
		ns, v := Parse(s, rapid.SampledFrom([]string{"", LastFirst, FirstLast}).Draw(t, "order"))
		checkLaws(t, ns, v, s)
		l, f, m, x := anyName().Draw(t, "last"), anyName().Draw(t, "first"), anyName().Draw(t, "middle"), anyName().Draw(t, "suffix")
		ns, v = ParseParts(l, f, m, x)
		checkLaws(t, ns, v, l+" | "+f+" | "+m+" | "+x)
	})
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"SMITH, JOHN 'BOB' JR", "de la cruz juan", "DOE", "O'", "(((", "SMITH<<JOHN<", "A/K/A"} {
		f.Add(s, "")
	}
	f.Fuzz(func(t *testing.T, s, order string) {
		ns, v := Parse(s, order)
		checkLaws(t, ns, v, s)
		ns, v = ParseParts(order, s, "", "")
		checkLaws(t, ns, v, s)
	})
}

func BenchmarkParse(b *testing.B) {
	for _, s := range []string{"SKYWALKER,LUKE S", "Maria Guadalupe Garcia Lopez", "Smith, Robert 'Bob' Jr", "José de la Peña"} {
		b.Run(strings.Fields(s)[0], func(b *testing.B) {
			b.ReportAllocs()
			for range b.N {
				Parse(s, "")
			}
		})
	}
}
