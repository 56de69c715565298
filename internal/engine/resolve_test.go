package engine

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/disclosure"
)

// ranCounty is a small county that has run up to its persons.
func ranCounty(t *testing.T, people int) (*Engine, string) {
	t.Helper()
	dir := county(t, people)
	e := openCounty(t, dir, t.TempDir(), 2)
	if _, err := e.Run(context.Background(), RunOptions{Until: "match"}); err != nil {
		t.Fatal(err)
	}
	return e, dir
}

// removeSources takes the county's files away.
func removeSources(t *testing.T, e *Engine, dir string) {
	t.Helper()
	for _, src := range e.project.Sources {
		for _, f := range src.Files {
			matches, err := filepath.Glob(filepath.Join(dir, f))
			if err != nil || len(matches) == 0 {
				t.Fatalf("source %s has no file %s: %v", src.Name, f, err)
			}
			for _, m := range matches {
				if err := os.Remove(m); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}

// TestANewRecordFindsItsPerson asks for what the mentions themselves tell, and
// for somebody whom nobody knows. The sources are gone: only the store answers.
func TestANewRecordFindsItsPerson(t *testing.T) {
	e, dir := ranCounty(t, 150)
	removeSources(t, e, dir)
	r, err := e.Resolver(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	asked, found := 0, 0
	for m := uint32(0); m < uint32(r.set.Len()); m += 7 {
		names, births := r.set.Names.Of(m), r.set.Births.Of(m)
		if len(names) == 0 || names[0].Given == 0 || names[0].Surname == 0 || len(births) == 0 || !births[0].Exact() {
			continue
		}
		got, err := r.Resolve(NewRecord{"first_name": {r.set.Name.Text(names[0].Given)}, "last_name": {r.set.Name.Text(names[0].Surname)},
			"middle_name": {r.set.Name.Text(names[0].Middle)}, "birth_date": {births[0].First.String()}})
		if err != nil {
			t.Fatal(err)
		}
		asked++
		if len(got.Persons) > 0 && got.Persons[0].Person == r.personOf(m) {
			found++
			if p := got.Persons[0]; p.Verdict == "one person" && p.Reason != "" || len(p.Why.Contributions) == 0 {
				t.Errorf("answer %+v", p)
			}
		}
	}
	if asked < 100 || found < asked*9/10 {
		t.Errorf("%d asked for, %d found", asked, found)
	}
	got, err := r.Resolve(NewRecord{"name": {"QUIXOTE, XERXES ZEBULON"}, "birth_date": {"1931-02-03"}})
	if err != nil || len(got.Persons) != 0 {
		t.Errorf("a stranger: %+v, %v", got, err)
	}
	var text strings.Builder
	if err := got.WriteText(&text); err != nil || !strings.HasPrefix(text.String(), "nobody") {
		t.Errorf("%q, %v", text.String(), err)
	}
}

// TestAPairIsExplainedFromTheStore compares the stored explanation with one
// that reads the sources again.
func TestAPairIsExplainedFromTheStore(t *testing.T) {
	e, dir := ranCounty(t, 120)
	ctx := context.Background()
	pop, err := e.repopulate(ctx)
	if err != nil {
		t.Fatal(err)
	}
	index, err := pop.candidates(ctx, 2)
	if err != nil {
		t.Fatal(err)
	}
	removeSources(t, e, dir)
	e = e.For(disclosure.Relief)
	explained, proposed := 0, 0
	for i := uint32(0); int(i)+11 < len(pop.records); i += 23 {
		a, b := pop.teller(i), pop.teller(i+11)
		p, err := e.Explain(ctx, a, b)
		if err != nil {
			t.Fatal(err)
		}
		ma, mb := pop.set.MentionOf(int(i)), pop.set.MentionOf(int(i)+11)
		if p.SameRows != (ma == mb) {
			t.Errorf("%v and %v: one mention %v, want %v", a, b, p.SameRows, ma == mb)
		}
		if p.SameRows {
			continue
		}
		explained++
		if want := index.Holds(ma, mb); p.Rules != want {
			t.Errorf("%v and %v: %d rules, want %d", a, b, p.Rules, want)
		} else if want > 0 {
			proposed++
		}
		sum := p.Explained.Prior + p.Explained.Kinship
		for _, c := range p.Explained.Contributions {
			sum += c.Weight
		}
		if sum != p.Explained.Total {
			t.Errorf("%v and %v: parts add up to %d, total %d", a, b, sum, p.Explained.Total)
		}
	}
	if explained < 20 || proposed == 0 {
		t.Errorf("%d pairs explained, %d of them candidates: the test tests too little", explained, proposed)
	}
	if _, err := e.Explain(ctx, pop.teller(0), casefold.Teller{Source: "court", RowKey: "no such row"}); !errors.Is(err, ErrNotFound) {
		t.Errorf("a row that is not there: %v", err)
	}
}

func TestANewRecordIsReadAsPeopleWriteIt(t *testing.T) {
	e, _ := ranCounty(t, 30)
	r, err := e.Resolver(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ text, want string }{
		{`{"first_name": "MARIA", "last_name": "NG", "birth_date": 19800501}`, ""},
		{`{"name": "NG, MARIA", "alias": ["LEE, MARY"]}`, ""},
		{`{"nmae": "NG, MARIA"}`, "unknown field"},
		{`{"name": {"first": "MARIA"}}`, "a value is"},
		{`["MARIA"]`, "no JSON object"},
		{`{"passport": "77"}`, "hold no numbers"},
		{`{}`, "tells nothing"},
	} {
		n, err := ParseNewRecord([]byte(c.text))
		if err == nil {
			_, err = r.Resolve(n)
		}
		if got := fmt.Sprint(err); (c.want == "") != (err == nil) || !strings.Contains(got, c.want) || err != nil && !errors.Is(err, ErrUsage) {
			t.Errorf("%s: %v, want %q", c.text, err, c.want)
		}
	}
	if n, err := ParseNewRecordWords([]string{"name=NG, MARIA", "alias=LEE", "alias=LI"}); err != nil || len(n["alias"]) != 2 {
		t.Errorf("%v, %v", n, err)
	}
	if _, err := ParseNewRecordWords([]string{"MARIA"}); !errors.Is(err, ErrUsage) {
		t.Errorf("a word without =: %v", err)
	}
}
