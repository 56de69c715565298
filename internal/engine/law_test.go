package engine

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/disclosure"
	"github.com/casefold/casefold/internal/project"
	"github.com/casefold/casefold/internal/synth"
	"github.com/casefold/casefold/relief"
)

// decidedCounty is a county that has been run to the end.
func decidedCounty(t testing.TB, people int) *Engine {
	t.Helper()
	e := openCounty(t, county(t, people), t.TempDir(), 2)
	if _, err := e.Run(context.Background(), RunOptions{}); err != nil {
		t.Fatal(err)
	}
	return e
}

// doubtfulCounty is a county that has been run to the end, where the state
// keeps one person in five under two numbers.
func doubtfulCounty(t testing.TB, people int) *Engine {
	t.Helper()
	dir, options := t.TempDir(), synth.Defaults(people, 3)
	options.Rates.TwoCII = .2
	if err := synth.Generate(options, synth.Dir(dir)); err != nil {
		t.Fatal(err)
	}
	e := openCounty(t, dir, t.TempDir(), 2)
	if _, err := e.Run(context.Background(), RunOptions{}); err != nil {
		t.Fatal(err)
	}
	return e
}

// TestProofsAreOfWhatTheRunDecided: the proof of every conviction says, word
// for word, what the run stored, unless a doubt about persons stands between.
func TestProofsAreOfWhatTheRunDecided(t *testing.T) {
	e := doubtfulCounty(t, 300)
	ctx, laws, err := e.lawContext(nil)
	if err != nil {
		t.Fatal(err)
	}
	stored, doubts := map[string]relief.Determination{}, 0
	err = e.eachRuling(func(r *ruling) error {
		stored[rulingKey(r.ConvictionID, r.Law)] = r.Determination
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(ctx.Weak) == 0 {
		t.Error("the county has no weak row, so none is tried")
	}
	checked := 0
	err = e.eachHistory(func(h *casefold.History) error {
		weak, err := e.readWeak(h.Tellers)
		if err != nil {
			return err
		}
		own := ctx
		own.Weak = weak
		for _, l := range laws {
			for _, d := range l.Decide(h, own) {
				was, ok := stored[d.ConvictionID+"\x00"+d.Law]
				if !ok {
					t.Errorf("%s has no determination under %s", d.ConvictionID, d.Law)
				}
				checked++
				if was.Link != "" {
					doubts++
					continue
				}
				if diff := cmp.Diff(was, d); diff != "" {
					t.Errorf("%s under %s is proved otherwise than decided:\n%s", d.ConvictionID, d.Law, diff)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if checked != len(stored) || doubts == 0 {
		t.Errorf("%d proofs of %d determinations, %d in doubt", checked, len(stored), doubts)
	}
}

// TestEveryDoubtNamesRowsToDecideOn: a review because of a link names the two
// rows on which a person's decision ends the doubt.
func TestEveryDoubtNamesRowsToDecideOn(t *testing.T) {
	e := doubtfulCounty(t, 300)
	e.options.Clock = func() time.Time { return time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC) }
	q, err := e.ReviewQueue(ReviewOptions{All: true})
	if err != nil {
		t.Fatal(err)
	}
	links := 0
	for _, w := range q.Waiting {
		if w.Fact != "link" {
			continue
		}
		links++
		for _, row := range []casefold.Teller{w.A, w.B} {
			if _, err := e.PersonOf(row); err != nil {
				t.Errorf("%s: %v", w.Text, err)
			}
		}
		if err := e.Decide(w.A, w.B, false, "Ann", "two brothers"); err != nil {
			t.Error(err)
		}
	}
	if links == 0 {
		t.Fatal("the county holds no doubt that a law minds")
	}
	if q, err = e.ReviewQueue(ReviewOptions{All: true}); err != nil || q.Answered != links {
		t.Errorf("%d links are answered, the queue says %d (%v)", links, q.Answered, err)
	}
}

// TestWhatDecidesARunIsInItsFingerprint: another policy, or other bytes of the
// same policy, make another run.
func TestWhatDecidesARunIsInItsFingerprint(t *testing.T) {
	dir := county(t, 40)
	p, problems := project.Load(filepath.Join(dir, project.FileName))
	if p == nil {
		t.Fatal(casefold.Problems(problems))
	}
	own := filepath.Join(dir, "own.yaml")
	text := "policy: own\ntitle: own\nversion: \"1\"\nlaw: prop64\nsource: test\nrules:\n  - {id: all, outcome: policy_dismiss, reason: all}\n"
	if err := os.WriteFile(own, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	prints := map[string]string{}
	for _, c := range []struct{ name, policy string }{{"none", ""}, {"shipped", "sacramento"}, {"another", "los-angeles"}, {"own", "own.yaml"}} {
		p.Policy = c.policy
		book, err := (&Engine{project: p}).loadLaws()
		if err != nil {
			t.Fatal(err)
		}
		if other := prints[book.print]; other != "" {
			t.Errorf("%s and %s have one fingerprint", c.name, other)
		}
		prints[book.print] = c.name
		if (book.policy == nil) != (c.policy == "") || len(book.laws) != 2 {
			t.Errorf("%s: %d laws, policy %v", c.name, len(book.laws), book.policy)
		}
	}
	if err := os.WriteFile(own, []byte(strings.Replace(text, "reason: all", "reason: everybody", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	book, err := (&Engine{project: p}).loadLaws()
	if err != nil || prints[book.print] != "" {
		t.Errorf("other bytes of a policy file have the fingerprint of %q (%v)", prints[book.print], err)
	}
}

// TestFaultsOfAPolicyStandAtTheirPlace: a wrong name at its word in the project
// file, a wrong rule in the policy file.
func TestFaultsOfAPolicyStandAtTheirPlace(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "casefold.yaml")
	bad := filepath.Join(dir, "bad.yaml")
	if err := os.WriteFile(bad, []byte("policy: bad\ntitle: t\nversion: \"1\"\nlaw: prop46\nsource: s\nrules:\n  - {id: a, outcome: no_grant, reason: r}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ policy, want string }{
		{"sacremento", file + `:2:9: no policy is named "sacremento"`},
		{"./nothere.yaml", file + `:2:9: there is no policy file "./nothere.yaml"`},
		{"bad.yaml", bad + `:4:6: no law is named "prop46"`},
	} {
		p, problems := project.Parse(file, []byte("office: {county: Sacramento}\npolicy: "+c.policy+"\nsources:\n  - name: a\n    files: [a.csv]\n    teller: court\n    mapping: {name: NAME}\n"))
		if p == nil {
			t.Fatal(casefold.Problems(problems))
		}
		_, err := (&Engine{project: p}).loadLaws()
		var ps casefold.Problems
		if !errors.As(err, &ps) || !strings.HasPrefix(ps[0].String(), c.want) {
			t.Errorf("%s: %v, want %s", c.policy, err, c.want)
		}
	}
}

// TestAFactIsShownThenObeyed: what a fact changes is told before it is saved,
// and the next run says the same.
func TestAFactIsShownThenObeyed(t *testing.T) {
	e := doubtfulCounty(t, 300).For(disclosure.Relief)
	id, law := aReview(t, e, "birth_date", "offense_date", "relief_prop64", "value")
	before, err := e.TryFact(FactEntry{Conviction: id, Name: "undone", Value: "yes", By: "Ann", Document: "minute order"})
	if err != nil {
		t.Fatal(err)
	}
	var want relief.Outcome
	for _, c := range before.Changes {
		if c.ConvictionID == id && c.Law == law {
			want = c.Outcome
		}
	}
	if want != relief.AlreadyRelieved {
		t.Fatalf("an undone conviction would be %q: %+v", want, before)
	}
	if stored, _ := e.storedFacts(); len(stored) != 0 {
		t.Fatal("trying a fact saved it")
	}
	if err := e.EnterFact(before.FactEntry); err != nil {
		t.Fatal(err)
	}
	p, err := e.Why(id)
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Notes) == 0 || !strings.Contains(strings.Join(p.Notes, "\n"), "the next run obeys it") {
		t.Errorf("the proof does not say that the fact is newer than the run: %v", p.Notes)
	}
	if _, err := e.Run(context.Background(), RunOptions{}); err != nil {
		t.Fatal(err)
	}
	if got := mustDetermination(t, e, id, law).Outcome; got != want {
		t.Errorf("the run says %s, the fact was shown to give %s", got, want)
	}
	// Withdrawn, it counts no longer.
	withdrawal := before.FactEntry
	withdrawal.Value = withdrawn
	if err := e.EnterFact(withdrawal); err != nil {
		t.Fatal(err)
	}
	if err := e.EnterFact(withdrawal); !errors.Is(err, ErrUsage) {
		t.Errorf("a fact is withdrawn twice: %v", err)
	}
	if _, err := e.Run(context.Background(), RunOptions{}); err != nil {
		t.Fatal(err)
	}
	if got := mustDetermination(t, e, id, law).Outcome; got != relief.Review {
		t.Errorf("after the withdrawal the run says %s", got)
	}
}

func mustDetermination(t *testing.T, e *Engine, id, law string) *relief.Determination {
	t.Helper()
	d, err := e.determination(id, law)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// aReview finds a conviction in review that waits for one of the facts.
func aReview(t *testing.T, e *Engine, facts ...string) (id, law string) {
	t.Helper()
	wanted := map[string]bool{}
	for _, f := range facts {
		wanted[f] = true
	}
	err := e.eachRuling(func(d *ruling) error {
		if id == "" && d.Outcome == relief.Review && d.Link == "" && len(d.Missing) > 0 && wanted[d.Missing[0].Fact] {
			id, law = d.ConvictionID, d.Law
		}
		return nil
	})
	if err != nil || id == "" {
		t.Fatalf("no review waits for %v (%v)", facts, err)
	}
	return id, law
}

// TestSmallCellsAreHidden: no figure of fewer than eleven people shows, nor can
// it be worked out from the sum.
func TestSmallCellsAreHidden(t *testing.T) {
	for _, c := range []struct {
		cells []int
		want  string
	}{
		{[]int{20, 30, 40}, "[20,30,40]"},
		{[]int{3, 30, 40}, "[null,null,40]"},
		{[]int{3, 30, 4, 40}, "[null,30,null,40]"},
		{[]int{0, 30, 10}, "[0,null,null]"},
		{[]int{5, 0}, "[null,0]"},
		{[]int{11, 0}, "[11,0]"},
	} {
		cells := make([]Cell, len(c.cells))
		refs := make([]*Cell, len(c.cells))
		for i, n := range c.cells {
			cells[i].N, refs[i] = n, &cells[i]
		}
		hide(refs)
		got, err := json.Marshal(cells)
		if err != nil || string(got) != c.want {
			t.Errorf("%v: %s, want %s (%v)", c.cells, got, c.want, err)
		}
	}
}

// TestWhatIfAddsUp: the groups of a kind add up to all, and a policy never
// helps fewer than the law alone.
func TestWhatIfAddsUp(t *testing.T) {
	e := doubtfulCounty(t, 300)
	for _, name := range PolicyNames() {
		w, err := e.WhatIf(context.Background(), "none", name, "")
		if err != nil {
			t.Fatal(err)
		}
		if w.B.All.Helped < w.A.All.Helped || w.B.All.Convictions < w.A.All.Convictions || w.A.All.Helped == 0 {
			t.Errorf("%s helps %+v, the law alone %+v", name, w.B.All, w.A.All)
		}
		people := map[string]int{}
		for _, g := range w.Groups {
			people[g.By] += g.A[0].N
		}
		for _, by := range []string{"race", "sex", "age"} {
			if people[by] != w.A.All.People {
				t.Errorf("%s: %d people by %s, %d in all", name, people[by], by, w.A.All.People)
			}
		}
	}
	if _, err := e.WhatIf(context.Background(), "none", "nowhere", ""); !errors.Is(err, ErrUsage) {
		t.Errorf("a policy that is not there: %v", err)
	}
}

// TestLawDiffOfALawWithItselfIsEmpty, and with a version that leaves cultivation
// out it names exactly the convictions of HS 11358.
func TestLawDiff(t *testing.T) {
	e := doubtfulCounty(t, 300)
	d, err := e.LawDiff(context.Background(), "prop64", "prop64")
	if err != nil || len(d.Changes) != 0 || d.Decided == 0 {
		t.Fatalf("a law differs from itself: %+v %v", d, err)
	}
	root := t.TempDir()
	if err := os.CopyFS(root, os.DirFS(filepath.Join("..", "..", "relief", "laws"))); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(root, "prop64", "law.yaml")
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	const anchor = "rules:\n  - id: foreign\n"
	if strings.Count(string(src), anchor) != 1 {
		t.Fatal("the law begins otherwise")
	}
	changed := strings.Replace(string(src), anchor, "rules:\n  - {id: no-cultivation, when: {family: \"11358\"}, outcome: not_covered, reason: left out, cite: [act]}\n  - id: foreign\n", 1)
	if err := os.WriteFile(file, []byte(changed), 0o600); err != nil {
		t.Fatal(err)
	}
	if d, err = e.LawDiff(context.Background(), "prop64", filepath.Join(root, "prop64")); err != nil {
		t.Fatal(err)
	}
	want := 0
	err = e.scanSorted(segConvictions, func(_ string, row []string) error {
		if strings.Contains(row[6], "HS 11358") {
			want++
		}
		return nil
	})
	if err != nil || want == 0 || len(d.Changes) == 0 || len(d.Changes) > want {
		t.Errorf("%d changes, %d convictions of HS 11358 (%v)", len(d.Changes), want, err)
	}
	for _, c := range d.Changes {
		if c.Other != relief.NotCovered {
			t.Errorf("%+v", c)
		}
	}
	if _, err = e.LawDiff(context.Background(), "prop64", "2026-11-24"); !errors.Is(err, ErrUsage) {
		t.Errorf("a law is compared with a day: %v", err)
	}
	if _, err = e.LawDiff(context.Background(), "prop64", "prop47"); !errors.Is(err, ErrUsage) {
		t.Errorf("two laws are compared as versions of one: %v", err)
	}
}
