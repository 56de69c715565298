package matcher_test

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/synth"
	"github.com/casefold/casefold/matcher"
	"github.com/casefold/casefold/matcher/evaluate"
	"github.com/casefold/casefold/mention"
)

// filingWrong is the filing grade: of the pairs of mentions that are joined, one
// in so many may be wrong.
const filingWrong = 10_000

// TestFilingGrade links a county whose fingerprint numbers are hidden, at the
// threshold of one wrong link in 10,000, and holds it to that: rows of an
// impersonator that share no number of an event with a row under the true name
// are the victim's on what they say, and are left out. With CASEFOLD_LONG the
// county has 200,000 people, and the bound of one-sided 95 %, persons
// resampled, has to hold.
func TestFilingGrade(t *testing.T) {
	people, long := 2_000, os.Getenv("CASEFOLD_LONG") != ""
	if testing.Short() {
		t.Skip("long")
	}
	if long {
		people = 200_000
	}
	dir := os.Getenv("CASEFOLD_COUNTY")
	if dir == "" {
		dir = t.TempDir()
		if err := synth.Generate(synth.Defaults(people, 11), synth.Dir(dir)); err != nil {
			t.Fatal(err)
		}
	}
	c := readCounty(t, dir)
	b := mention.NewBuilder(c.sources)
	for i := range c.records {
		r := withoutPrints(c.records[i])
		b.Add(&r)
	}
	x := &trial{set: b.Build(), truth: c.truth, seconds: map[string]float64{}}
	threshold := int64(matcher.CertainLink)
	linkAt(t, x, matcher.LinkOptions{Threshold: &threshold}, func(string) {})
	var of []uint32
	var person []string
	var members []uint32
	apart := 0
	hidden := c.unsupported()
	for m, p := range c.persons(x) {
		if slices.ContainsFunc(x.set.Records(uint32(m)), func(r uint32) bool { return hidden[r] }) {
			apart++
			continue
		}
		of, person, members = append(of, x.links.Of[m]), append(person, p), append(members, uint32(m))
	}
	got := evaluate.Compare(of, person)
	wrong := got.JoinedPairs - got.RightPairs
	precision, recall := evaluate.Bounds(of, person, 1)
	t.Logf("%d people, %d mentions, %d of impersonators left out: %d pairs joined, %d wrong (1 in %.0f; bound 1 in %.0f), recall %.5f (bound %.5f)",
		people, x.set.Len(), apart, got.JoinedPairs, wrong, float64(got.JoinedPairs)/float64(max(wrong, 1)), 1/max(1-precision, 1e-9), got.Pairwise.Recall, recall)
	for _, by := range []func(*casefold.Record) string{sexGroup, raceGroup, ageGroup, nameGroup} {
		groups := make([]string, len(members))
		for i, m := range members {
			groups[i] = by(&c.records[x.set.Records(m)[0]])
		}
		for _, g := range evaluate.ByGroup(of, person, groups, 1) {
			t.Logf("  %-28s %8d mentions  recall %.5f (%.5f to %.5f)  wrong per 10,000 %.2f (up to %.2f) %v", g.Group, g.Records, g.Pairwise.Recall, g.Recall.Low, g.Recall.High,
				1e4*(1-g.Pairwise.Precision), 1e4*(1-g.Precision.Low), map[bool]string{true: "GAP"}[g.Gap])
		}
	}
	if *detail {
		skip := make([]bool, x.set.Len())
		for m := range skip {
			skip[m] = slices.ContainsFunc(x.set.Records(uint32(m)), func(r uint32) bool { return hidden[r] })
		}
		c.wrongs(t, x, x.links, c.persons(x), skip)
		if !long {
			c.causes(t, x, x.links, c.persons(x))
		}
	}
	switch {
	case long && 1-precision > 1.0/filingWrong:
		t.Errorf("the bound of wrong links is 1 in %.0f", 1/(1-precision))
	case wrong*filingWrong > got.JoinedPairs:
		t.Errorf("%d of %d joined pairs are wrong", wrong, got.JoinedPairs)
	}
	if got.Pairwise.Recall < .95 {
		t.Errorf("recall %.4f", got.Pairwise.Recall)
	}
}

// withoutPrints takes away all that rests on a print, also where it was copied,
// and the keys that sources keep by prints.
func withoutPrints(r casefold.Record) casefold.Record {
	r.Person.PersonKey = ""
	r.Person.Identifiers = slices.DeleteFunc(slices.Clone(r.Person.Identifiers), func(id casefold.Identifier) bool {
		return slices.Contains([]casefold.IdentifierKind{casefold.CII, casefold.FBI, casefold.Local, casefold.Inmate}, id.Kind)
	})
	return r
}

// unsupported are the records of impersonators that share no number of an event
// with a record under the true person's own name.
func (c *county) unsupported() map[uint32]bool {
	told := map[string]map[string]bool{} // number -> persons
	for i := range c.records {
		if c.impostor[c.records[i].Teller] != "" {
			continue
		}
		for _, n := range eventNumbers(&c.records[i]) {
			if told[n] == nil {
				told[n] = map[string]bool{}
			}
			told[n][c.truth[i]] = true
		}
	}
	out := map[uint32]bool{}
	for i := range c.records {
		if c.impostor[c.records[i].Teller] != "" && !slices.ContainsFunc(eventNumbers(&c.records[i]), func(n string) bool { return told[n][c.truth[i]] }) {
			out[uint32(i)] = true
		}
	}
	return out
}

func eventNumbers(r *casefold.Record) (out []string) {
	for i := range r.Events {
		e := &r.Events[i]
		for _, n := range e.Cases {
			out = append(out, "case "+n.Family+n.Key)
		}
		for _, n := range e.Bookings {
			out = append(out, "booking "+n)
		}
		for _, n := range e.Arrests {
			out = append(out, "arrest "+n)
		}
	}
	return out
}

// persons is the true person of each mention: that of most of its records.
func (c *county) persons(x *trial) []string {
	out := make([]string, x.set.Len())
	for m := range uint32(x.set.Len()) {
		votes := map[string]int{}
		for _, r := range x.set.Records(m) {
			votes[c.truth[r]]++
		}
		for p, n := range votes {
			if n > votes[out[m]] || n == votes[out[m]] && p < out[m] {
				out[m] = p
			}
		}
	}
	return out
}

func sexGroup(r *casefold.Record) string {
	return "sex " + cmp.Or(string(r.Person.Sex), "not told")
}
func raceGroup(r *casefold.Record) string { return "race " + cmp.Or(r.Person.Race, "not told") }

func ageGroup(r *casefold.Record) string {
	if len(r.Person.Births) == 0 {
		return "birth not told"
	}
	return fmt.Sprintf("born in the %d0s", r.Person.Births[0].First.Year()/10)
}

func nameGroup(r *casefold.Record) string {
	switch {
	case len(r.Person.Names) == 0:
		return "no name"
	case strings.Contains(r.Person.Names[0].Last, " "):
		return "surname of several words"
	}
	return "surname of one word"
}

// linkAt is link with options of linking.
func linkAt(t testing.TB, x *trial, o matcher.LinkOptions, lap func(string)) {
	t.Helper()
	link(t, x, lap)
	var err error
	if x.links, err = matcher.Link(context.Background(), x.set, x.model, x.index, o); err != nil {
		t.Fatal(err)
	}
}
