package statute

import (
	"os"
	"strings"
	"testing"

	"github.com/casefold/casefold"
)

// show writes an offence as the case files do.
func show(o *casefold.Offense) string {
	if o == nil {
		return "nothing"
	}
	if !o.Parsed {
		return "unparsed"
	}
	out := o.Statute.String()
	for _, s := range o.Also {
		out += " + " + s.String()
	}
	if o.Level != "" {
		out += " [" + string(o.Level) + "]"
	}
	return out
}

// cases reads the lines "left => right" of a case file.
func cases(t testing.TB, file string) [][2]string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out [][2]string
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "# ") {
			continue
		}
		if left, right, ok := strings.Cut(strings.TrimSuffix(line, "\n"), " => "); ok {
			out = append(out, [2]string{left, right})
		}
	}
	return out
}

func TestWrittenForms(t *testing.T) {
	forms := cases(t, "testdata/forms.txt")
	if len(forms) < 400 {
		t.Errorf("%d forms, want 400 at least", len(forms))
	}
	for _, c := range forms {
		if o, _ := Parse(c[0]); show(&o) != c[1] {
			t.Errorf("%q is %s, want %s", c[0], show(&o), c[1])
		}
	}
}

// charge writes a charge with its origin, codes and dates.
func charge(o *casefold.Offense) string {
	out := show(o)
	if o == nil {
		return out
	}
	out += " " + string(o.Origin)
	for _, s := range append([]string{o.CJIS}, o.Qualifiers...) {
		if s != "" {
			out += " " + s
		}
	}
	if o.InForce.Known() {
		out += " in force " + o.InForce.String()
	}
	return out
}

func inputOf(t *testing.T, s string) Input {
	t.Helper()
	var in Input
	for field := range strings.SplitSeq(s, " | ") {
		name, value, ok := strings.Cut(field, "=")
		to := map[string]*string{"text": &in.Text, "code": &in.Code, "cjis": &in.CJIS, "level": &in.Level, "quals": &in.Qualifiers, "literal": &in.Literal, "comment": &in.Comment}[name]
		if !ok || to == nil {
			t.Fatalf("%q names no field", field)
		}
		*to = value
	}
	return in
}

func TestCharges(t *testing.T) {
	p := New()
	for _, c := range cases(t, "testdata/charges.txt") {
		in := inputOf(t, c[0])
		if got := charge(p.Offense(in)); got != c[1] {
			t.Errorf("%s\n gives %s\n want  %s", c[0], got, c[1])
		}
		if o, _ := Explain(in); charge(o) != charge(p.Offense(in)) {
			t.Errorf("%s: explained as %s", c[0], charge(o))
		}
	}
}

func TestRelations(t *testing.T) {
	for _, c := range cases(t, "testdata/relations.txt") {
		left, right, ok := strings.Cut(c[0], " ~ ")
		if !ok {
			t.Fatalf("%q compares nothing", c[0])
		}
		a, _ := Parse(left)
		b, _ := Parse(right)
		if got := Compare(a.Statute, b.Statute).String(); got != c[1] {
			t.Errorf("%s is %s, want %s", c[0], got, c[1])
		}
		back := map[string]string{"broader": "narrower", "narrower": "broader", "predecessor": "successor", "successor": "predecessor"}[c[1]]
		if back == "" {
			back = c[1]
		}
		if got := Compare(b.Statute, a.Statute).String(); got != back {
			t.Errorf("%s, turned round, is %s, want %s", c[0], got, back)
		}
	}
}

func TestKeysCoverHeads(t *testing.T) {
	for _, c := range cases(t, "testdata/keys.txt") {
		list, told, ok := strings.Cut(c[0], " covers ")
		if !ok {
			t.Fatalf("%q asks nothing", c[0])
		}
		key, err := ParseKey(list)
		if err != nil {
			t.Fatal(err)
		}
		o, _ := Parse(told)
		if got := key.Covers(o.Statute).String(); got != c[1] {
			t.Errorf("%s: %s, want %s", c[0], got, c[1])
		}
		if again, err := ParseKey(key.String()); err != nil || again != key {
			t.Errorf("%s is read back as %s", key, again)
		}
	}
	for _, bad := range []string{"", "PC", "288", "PC x", "PC 288(", "PC 288(a", "PC 288()", "PC 288(a)b"} {
		if k, err := ParseKey(bad); err == nil {
			t.Errorf("%q is taken for the key %s", bad, k)
		}
	}
}

func TestContradictions(t *testing.T) {
	for in, want := range map[Input]bool{
		{Text: "459 PC", CJIS: "35127"}:        true,
		{Text: "11359 HS", CJIS: "35127"}:      false,
		{Text: "664/11359 HS", CJIS: "35127"}:  false,
		{Text: "459/11359 HS", CJIS: "35127"}:  false,
		{Text: "POSS FOR SALE", CJIS: "35127"}: false,
		{Text: "182/11359 HS", CJIS: "46028"}:  false,
		{Text: "11359 HS"}:                     false,
		{CJIS: "35127"}:                        false,
	} {
		if got := Contradicts(New().Offense(in)); got != want {
			t.Errorf("%+v contradicts itself: %v, want %v", in, got, want)
		}
	}
}

func TestSameLayer(t *testing.T) {
	for pair, want := range map[[2]string]bool{
		{"664/11359 HS", "664/11358 HS"}:       true,
		{"182/11359 HS", "182(A)(1)/11359 HS"}: true,
		{"664/11359 HS", "11359 HS"}:           false,
		{"11359 HS", "11358 HS"}:               true,
		{"32/11359 HS", "182(A)(1)/11359 HS"}:  false,
	} {
		a, _ := Parse(pair[0])
		b, _ := Parse(pair[1])
		if SameLayer(a.Statute, b.Statute) != want || SameLayer(b.Statute, a.Statute) != want {
			t.Errorf("%v: same layer should be %v", pair, want)
		}
	}
}
