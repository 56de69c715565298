package statute

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/casefold/casefold"
)

// checkLaws holds for every text: Parse is total, repeats itself, tells the same
// with and without a trace, and what it wrote it reads back.
func checkLaws(t *testing.T, s string) {
	t.Helper()
	o, steps := Parse(s)
	again, _ := Parse(s)
	if show(&o) != show(&again) {
		t.Fatalf("Parse(%q) gives %s, then %s", s, show(&o), show(&again))
	}
	if len(steps) == 0 && strings.TrimSpace(s) != "" {
		t.Fatalf("Parse(%q) tells no step", s)
	}
	var r reader
	if plain := r.parse(s, "", nil); show(&plain) != show(&o) {
		t.Fatalf("Parse(%q) is %s with a trace and %s without", s, show(&o), show(&plain))
	}
	if !o.Parsed {
		if o.Section != "" || o.Inchoate != "" || len(o.Also) > 0 {
			t.Fatalf("%q is unparsed and names %v", s, o)
		}
		return
	}
	for _, st := range append(o.Also, o.Statute) {
		back, _ := Parse(st.String())
		if back.Statute != st {
			t.Fatalf("%q: %s is read back as %s", s, st, back.Statute)
		}
	}
	if !wellFormed(strings.ToLower(o.Path)) || o.Path != strings.ToLower(o.Path) {
		t.Fatalf("%q: path %q", s, o.Path)
	}
}

func TestLawsHoldForTheCaseFiles(t *testing.T) {
	for _, c := range cases(t, "testdata/forms.txt") {
		checkLaws(t, c[0])
		checkLaws(t, c[1])
	}
	for _, e := range offences().byCJIS {
		checkLaws(t, e.Statute.String()+"-"+e.Literal)
		checkLaws(t, e.Literal)
	}
}

// TestLawsHoldForSlips bends the forms of the case file as hands and machines
// do: a letter changed, left out, a piece doubled, two forms run together.
func TestLawsHoldForSlips(t *testing.T) {
	forms := cases(t, "testdata/forms.txt")
	rng := rand.New(rand.NewPCG(1, 2))
	for range 30_000 {
		s := []byte(forms[rng.IntN(len(forms))][0])
		if more := forms[rng.IntN(len(forms))][0]; len(more) > 0 && rng.IntN(2) == 0 {
			s = append(s, more[rng.IntN(len(more)):]...)
		}
		for k := rng.IntN(5); k > 0 && len(s) > 0; k-- {
			i, j := rng.IntN(len(s)), rng.IntN(len(s))
			switch rng.IntN(3) {
			case 0:
				s[i] = byte(' ' + rng.IntN(95))
			case 1:
				s = append(s[:i], s[i+1:]...)
			default:
				s = append(s, s[min(i, j):max(i, j)]...)
			}
		}
		checkLaws(t, string(s))
	}
}

func FuzzParse(f *testing.F) {
	for _, c := range cases(f, "testdata/forms.txt") {
		f.Add(c[0])
	}
	for _, s := range []string{"PC 664/PC 664", "1(((", "ATT ATT", "653653653F", "21 USC 846 846", "11357(B)/(C)/(D)/(E)(F)-(G)", "½½", "\xff11357\xff", "664/664/664/664/664/664/664/664/664/664"} {
		f.Add(s)
	}
	f.Fuzz(checkLaws)
}

func FuzzOffense(f *testing.F) {
	f.Add("11359 HS", "HS", "35127", "F", "AB", "POSS FOR SALE", "CHRG-11360(A) HS")
	f.Add("", "", "46028", "", "EB", "", "11359 HS")
	f.Fuzz(func(t *testing.T, text, code, cjis, level, quals, literal, comment string) {
		in := Input{text, code, cjis, level, quals, literal, comment}
		p := New()
		o := p.Offense(in)
		if o != p.Offense(in) {
			t.Fatal("equal inputs give different pointers")
		}
		if o == nil {
			return
		}
		fresh := New().Offense(in)
		if show(o) != show(fresh) || o.CJIS != fresh.CJIS {
			t.Fatalf("%+v gives %s, then %s", in, show(o), show(fresh))
		}
		if o.Section != "" {
			if back, _ := Parse(o.Statute.String()); back.Statute != o.Statute {
				t.Fatalf("%+v: %s is read back as %s", in, o.Statute, back.Statute)
			}
		}
		if o.Parsed == (o.Section == "") {
			t.Fatalf("%+v: parsed %v, section %q", in, o.Parsed, o.Section)
		}
		Contradicts(o)
		Compare(o.Statute, casefold.Statute{Code: "HS", Section: "11359"})
	})
}
