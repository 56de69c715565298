package outcome

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/casefold/casefold"
)

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
		if left, right, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "=>"); ok {
			out = append(out, [2]string{strings.TrimSuffix(left, " "), strings.TrimPrefix(right, " ")})
		}
	}
	if len(out) == 0 {
		t.Fatalf("%s holds no case", file)
	}
	return out
}

// events writes later events as the case files do.
func events(list []casefold.Relief) string {
	out := ""
	for _, r := range list {
		out += " " + string(r.Kind)
		if r.ToLevel != "" {
			out += ">" + string(r.ToLevel)
		}
		if r.Law != "" {
			out += "@" + r.Law
		}
	}
	return out
}

func status(d casefold.Disposition) string {
	if d.Status == casefold.NoDisposition {
		return "none"
	}
	return string(d.Status)
}

func TestDispositions(t *testing.T) {
	for _, c := range cases(t, "testdata/dispositions.txt") {
		d, r := Disposition(c[0], "")
		if got := status(d) + events(r); got != c[1] {
			t.Errorf("%q is %q, want %q", c[0], got, c[1])
		}
		if d.Verbatim != strings.TrimSpace(c[0]) {
			t.Errorf("%q is kept as %q", c[0], d.Verbatim)
		}
	}
}

func TestReliefColumn(t *testing.T) {
	day := casefold.On(20190506)
	for _, c := range cases(t, "testdata/relief.txt") {
		r := Relief(c[0], day)
		if got := strings.TrimSpace(events(r)); got != c[1] {
			t.Errorf("%q tells %q, want %q", c[0], got, c[1])
		}
		for _, one := range r {
			if one.Date != day {
				t.Errorf("%q: event of %s", c[0], one.Date)
			}
		}
	}
}

// sentenceText writes the parts of a sentence as the case files do.
func sentenceText(parts []casefold.SentencePart) string {
	var out []string
	for _, p := range parts {
		s := string(p.Kind)
		switch {
		case p.Kind == casefold.Fine && p.Length > 0:
			s += fmt.Sprintf(" $%d", p.Length)
		case p.Length > 0:
			s += fmt.Sprintf(" %d%s", p.Length, p.Unit)
		}
		out = append(out, s)
	}
	return strings.Join(out, ", ")
}

func TestSentences(t *testing.T) {
	for _, c := range cases(t, "testdata/sentences.txt") {
		if got := sentenceText(Sentence(c[0])); got != c[1] {
			t.Errorf("%q is %q, want %q", c[0], got, c[1])
		}
	}
}

func TestSentenceColumns(t *testing.T) {
	for _, c := range []struct{ kind, length, unit, want string }{
		{"PROBATION", "6", "M", "probation 6M"},
		{"JAIL", "090", "D", "jail 90D"},
		{"JAIL", "90", "DAYS", "jail 90D"},
		{"PRISON", "2", "Y", "prison 2Y"},
		{"PRISON", "16", "MONTHS", "prison 16M"},
		{"FINE", "150", "N", "fine $150"},
		{"FINE", "1,500.00", "", "fine $1500"},
		{"JAIL", "6", "N", "jail"},
		{"JAIL", "6", "", "jail"},
		{"JAIL", "6 MOS", "", "jail 6M"},
		{"JAIL", "", "", "jail"},
		{"JAIL", "0", "D", "jail"},
		{"P", "6", "M", "other 6M"},
		{"", "90", "D", "other 90D"},
		{"", "", "D", ""},
		{"NULL", "NULL", "", ""},
		{"FOO", "3", "Y", "other 3Y"},
	} {
		got := ""
		if p, ok := SentencePart(c.kind, c.length, c.unit); ok {
			got = sentenceText([]casefold.SentencePart{p})
		}
		if got != c.want {
			t.Errorf("%q %q %q is %q, want %q", c.kind, c.length, c.unit, got, c.want)
		}
	}
}

// factsText writes what a comment tells as the case file does.
func factsText(f CommentFacts) string {
	var out []string
	for _, c := range f.Charges {
		out = append(out, "charge "+c.Statute.String())
		if c.Origin != casefold.FromComment {
			out = append(out, "origin "+string(c.Origin))
		}
	}
	for _, r := range f.Relief {
		out = append(out, "event"+events([]casefold.Relief{r}))
	}
	if len(f.Sentence) > 0 {
		out = append(out, "sentence "+sentenceText(f.Sentence))
	}
	for _, c := range f.Counts {
		out = append(out, "count "+c)
	}
	for _, n := range f.Related {
		out = append(out, "related "+n.Key)
	}
	for _, b := range f.Bookings {
		out = append(out, "booking "+b)
	}
	if f.Warrant {
		out = append(out, "warrant")
	}
	return strings.Join(out, "; ")
}

func TestComments(t *testing.T) {
	for _, c := range cases(t, "testdata/comments.txt") {
		if got := factsText(Comment(c[0])); got != c[1] {
			t.Errorf("%q tells %q, want %q", c[0], got, c[1])
		}
	}
}

func TestKinds(t *testing.T) {
	read := map[string]func(string) string{
		"event":   func(s string) string { return string(EventKind(s)) },
		"level":   func(s string) string { return string(Level(s)) },
		"plea":    Plea,
		"listing": func(s string) string { return string(Listing(s)) },
	}
	for _, c := range cases(t, "testdata/kinds.txt") {
		what, words, _ := strings.Cut(c[0], ":")
		got := read[what](strings.TrimSpace(words))
		if got == "" {
			got = "-"
		}
		if got != c[1] {
			t.Errorf("%s is %q, want %q", c[0], got, c[1])
		}
	}
}

func TestRelatedNumbersInADisposition(t *testing.T) {
	for text, want := range map[string]string{
		"CONSOLIDATED INTO 04F13002":                         "F04-13002",
		"Consolidated with case no. CR-94-1234":              "CR94-1234",
		"DISMISSED - REFILED AS 03F02222":                    "F03-2222",
		"PROBATION TRANSFERRED TO YOLO CASE CR-06-4242":      "CR06-4242",
		"TRANSFERRED TO YOLO COUNTY PER 1203.9 PC":           "",
		"DISMISSED 1385 PC":                                  "",
		"CONVICTED":                                          "",
		"PROB TRANSFERRED FROM YOLO CRT #94-1234 PER 1203.9": "94-1234",
	} {
		got := ""
		for _, n := range Related(text) {
			got += n.Key
		}
		if got != want {
			t.Errorf("%q names %q, want %q", text, got, want)
		}
	}
}
