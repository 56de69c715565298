package outcome

import (
	"fmt"
	"testing"

	"github.com/casefold/casefold"
)

// checkLaws holds for every text: all readings are total, repeat themselves and
// are the same with and without a trace; a status is one of the known; relief is
// never read from a text that is denied.
func checkLaws(t *testing.T, s, code string) {
	t.Helper()
	d, r := Disposition(s, code)
	d2, r2, _ := ExplainDisposition(s, code)
	if d != d2 || fmt.Sprint(r) != fmt.Sprint(r2) {
		t.Fatalf("%q: %v %v, explained %v %v", s, d, r, d2, r2)
	}
	if rank(d.Status) == 0 && d.Status != casefold.NoDisposition && d.Status != casefold.Convicted && d.Status != casefold.Unrecognized {
		t.Fatalf("%q has the status %q", s, d.Status)
	}
	for _, one := range append(r, Relief(s, casefold.Date{})...) {
		if one.Kind == "" {
			t.Fatalf("%q tells an event without a kind", s)
		}
	}
	if again, _ := Disposition(d.Verbatim, d.Code); again.Status != d.Status {
		t.Fatalf("%q is %q, its verbatim text %q", s, d.Status, again.Status)
	}
	for _, p := range Sentence(s) {
		if p.Kind == "" || p.Length < 0 || p.Length > 0 && p.Unit == "" && p.Kind != casefold.Fine {
			t.Fatalf("%q has the part %+v", s, p)
		}
	}
	parts, _ := ExplainSentence(s)
	if fmt.Sprint(parts) != fmt.Sprint(Sentence(s)) {
		t.Fatalf("%q: %v, explained %v", s, Sentence(s), parts)
	}
	f, _ := ExplainComment(s)
	if factsText(f) != factsText(Comment(s)) {
		t.Fatalf("%q: %s, explained %s", s, factsText(Comment(s)), factsText(f))
	}
	SentencePart(s, code, s)
	EventKind(s)
	Plea(s)
	Listing(s)
	if l := Level(s); l != "" && l != casefold.Felony && l != casefold.Misdemeanor && l != casefold.Infraction {
		t.Fatalf("%q is the level %q", s, l)
	}
}

func TestLawsHoldForTheCaseFiles(t *testing.T) {
	for _, file := range []string{"dispositions", "relief", "sentences", "comments", "kinds"} {
		for _, c := range cases(t, "testdata/"+file+".txt") {
			checkLaws(t, c[0], c[1])
		}
	}
}

func FuzzOutcome(f *testing.F) {
	for _, file := range []string{"dispositions", "relief", "sentences", "comments", "kinds"} {
		for _, c := range cases(f, "testdata/"+file+".txt") {
			f.Add(c[0], c[1])
		}
	}
	f.Fuzz(checkLaws)
}

// benchmark reads texts again and again, nothing remembered.
func benchmark(b *testing.B, file string, read func(string)) {
	list := cases(b, "testdata/"+file+".txt")
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		for _, c := range list {
			read(c[0])
		}
		n += len(list)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "values/s")
}

func BenchmarkDisposition(b *testing.B) {
	benchmark(b, "dispositions", func(s string) { Disposition(s, "") })
}

func BenchmarkRelief(b *testing.B) {
	benchmark(b, "relief", func(s string) { Relief(s, casefold.Date{}) })
}

func BenchmarkSentence(b *testing.B) {
	benchmark(b, "sentences", func(s string) { Sentence(s) })
}

func BenchmarkComment(b *testing.B) {
	benchmark(b, "comments", func(s string) { Comment(s) })
}

func BenchmarkKind(b *testing.B) {
	benchmark(b, "kinds", func(s string) { EventKind(s) })
}
