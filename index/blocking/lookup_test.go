package blocking_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/casefold/casefold/index/blocking"
	"github.com/casefold/casefold/mention"
)

// TestALookupProposesWhatTheBulkDoes: each mention, looked up in the set that
// holds it, meets those it is paired with in bulk, itself, and beyond that only
// whom it shares a key with.
func TestALookupProposesWhatTheBulkDoes(t *testing.T) {
	rules := blocking.Rules("surname / given + birth", "name + birth.year / birth.month", "names", "given.1 + surname.word / birth")
	var pairs []int
	for _, budget := range []float64{1e9, 8, .2} {
		s := setOf(crowd(600, 3))
		o := blocking.Options{PairsPerMention: budget, Workers: 2}
		all, x := candidates(t, s, rules, o)
		pairs = append(pairs, len(all))
		l, err := blocking.NewLookup(context.Background(), s, rules, o)
		if err != nil {
			t.Fatal(err)
		}
		for m := range uint32(s.Len()) {
			alone := mention.Choose(mention.Choice{Set: s, Mentions: []uint32{m}})
			got := l.Candidates(alone, 0)
			for n := range uint32(s.Len()) {
				_, found := slices.BinarySearch(got, n)
				if n != m && !found && x.Holds(m, n) > 0 {
					t.Fatalf("budget %g: looking up %d does not find %d; in bulk %d rules hold the pair", budget, m, n, x.Holds(m, n))
				}
				// In a thinned block one stands for all of its profile, in bulk; the
				// one looked up stands for itself.
				if n != m && found && x.Holds(m, n) == 0 && len(blocking.Sharing(s, rules, m, n)) == 0 {
					t.Fatalf("budget %g: looking up %d finds %d, with whom it shares no key", budget, m, n)
				}
				if n != m && n%97 == 0 && l.Holds(alone, 0, n) < x.Holds(m, n) {
					t.Fatalf("budget %g: %d rules hold %d and %d, in bulk %d", budget, l.Holds(alone, 0, n), m, n, x.Holds(m, n))
				}
			}
		}
	}
	if pairs[0] <= pairs[1] || pairs[1] <= pairs[2] {
		t.Errorf("candidates by budget: %v; a smaller one should refine more", pairs)
	}
}

func TestALookupFindsWhoHadNoPartner(t *testing.T) {
	records := crowd(200, 5)
	records[0].Person.Names[0].Last, records[0].Person.Names[0].First = "ZAPATA", "XAVIER"
	s := setOf(records)
	l, err := blocking.NewLookup(context.Background(), s, blocking.Rules("surname"), blocking.Options{})
	if err != nil {
		t.Fatal(err)
	}
	records[0].Teller.RowKey = "new"
	if got := l.Candidates(setOf(records[:1]), 0); len(got) == 0 || !slices.Contains(got, s.MentionOf(0)) {
		t.Errorf("a name that one mention has finds %v, want %d among them", got, s.MentionOf(0))
	}
}

func TestALookupDoesNotDependOnWorkers(t *testing.T) {
	s := setOf(crowd(400, 1))
	var want string
	for _, workers := range []int{1, 3} {
		l, err := blocking.NewLookup(context.Background(), s, blocking.Rules("surname", "name + birth", "names"), blocking.Options{Workers: workers})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for m := range uint32(50) {
			got += fmt.Sprintln(l.Candidates(mention.Choose(mention.Choice{Set: s, Mentions: []uint32{m}}), 0))
		}
		if want == "" {
			want = got
		} else if got != want {
			t.Error("other candidates with three workers")
		}
	}
}
