package blocking_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/index/blocking"
	"github.com/casefold/casefold/mention"
)

// printed makes people with one to four records each; the first two thirds of
// them are fingerprinted in every record. In each record given name, surname and
// day of birth are miswritten in one case out of seven, each for itself.
func printed(people int, seed uint64) (records []casefold.Record, person []int) {
	rng := rand.New(rand.NewPCG(seed, 11))
	syllable := func() string {
		return string([]byte{"BCDFGKLMNPRST"[rng.IntN(13)], "AEIOU"[rng.IntN(5)], "LMNRST"[rng.IntN(6)]})
	}
	givens := []string{"MARIA", "JOSE", "JAMES", "ROBERT", "LINDA", "DAVID", "ELENA", "KEVIN", "SUSAN", "ANTHONY"}
	cities := []string{"SACRAMENTO", "ELK GROVE", "FOLSOM", "GALT", "ISLETON"}
	slip := func(s string) string { at := 1 + rng.IntN(len(s)-1); return s[:at] + "X" + s[at:] }
	for p := range people {
		given, surname := givens[rng.IntN(len(givens))], syllable()+syllable()+syllable()
		birth := casefold.MakeDay(1940+rng.IntN(60), 1+rng.IntN(12), 1+rng.IntN(28))
		city := cities[rng.IntN(len(cities))]
		for range 1 + rng.IntN(4) {
			g, s, b := given, surname, birth
			if rng.IntN(7) == 0 {
				g = slip(g)
			}
			if rng.IntN(7) == 0 {
				s = slip(s)
			}
			if rng.IntN(7) == 0 {
				b = casefold.MakeDay(b.Year(), b.Month(), 1+rng.IntN(28))
			}
			f := casefold.PersonFacts{Age: -1, Names: []casefold.Name{{First: g, Last: s}}, Births: []casefold.Date{casefold.On(b)}, Addresses: []casefold.Address{{City: city}}}
			if p < people*2/3 {
				f.Identifiers = []casefold.Identifier{{Kind: casefold.CII, Issuer: "CA-DOJ", How: casefold.Print, Value: fmt.Sprint("A", p)}}
			}
			records = append(records, casefold.Record{Teller: casefold.Teller{Source: "s", RowKey: fmt.Sprint(len(records))}, Person: f})
			person = append(person, p)
		}
	}
	return records, person
}

func TestPrintsBackPairs(t *testing.T) {
	records, person := printed(300, 1)
	s := setOf(records)
	want := map[mention.Pair]bool{}
	for i := range records {
		for j := range i {
			if person[i] == person[j] && person[i] < 200 {
				a, b := s.MentionOf(i), s.MentionOf(j)
				want[mention.Pair{A: min(a, b), B: max(a, b)}] = true
			}
		}
	}
	got := blocking.Backed(s)
	for _, w := range got {
		if !want[w.Pair] || w.Weight != 1 {
			t.Fatalf("%v is no pair of one person", w)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d pairs, want %d", len(got), len(want))
	}
	// A person of 40 records has 780 pairs; those kept stand for all.
	var many []casefold.Record
	for i := range 40 {
		r := records[0]
		r.Teller.RowKey = fmt.Sprint("m", i)
		many = append(many, r)
	}
	sum := 0.0
	list := blocking.Backed(setOf(many))
	for _, w := range list {
		sum += w.Weight
	}
	if len(list) != 45 || math.Abs(sum-780) > 1e-6 {
		t.Errorf("%d witnesses weigh %g, want 45 that weigh 780", len(list), sum)
	}
}

// TestCoverageIsCounted holds the report against the plain definition.
func TestCoverageIsCounted(t *testing.T) {
	ctx := context.Background()
	records, _ := printed(700, 2)
	s := setOf(records)
	witnesses := blocking.Backed(s)
	rules := blocking.Rules("surname + birth.year", "given + birth", "surname.3 + birth.month")
	c, err := blocking.Cover(ctx, s, rules, blocking.Truth{Witnesses: witnesses, Exact: true}, blocking.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var single []*blocking.Index
	for i := range rules {
		x, err := blocking.Build(ctx, s, rules[i:i+1], blocking.Options{})
		if err != nil {
			t.Fatal(err)
		}
		single = append(single, x)
	}
	var found, marginal, only [3]float64
	all := 0.0
	for _, w := range witnesses {
		holders, last := 0, 0
		for i, x := range single {
			if x.Holds(w.A, w.B) > 0 {
				if holders++; holders == 1 {
					marginal[i]++
				}
				found[i]++
				last = i
			}
		}
		if holders == 1 {
			only[last]++
		}
		if holders > 0 {
			all++
		}
	}
	for i, r := range c.Rules {
		if r.Found != found[i] || r.Marginal != marginal[i] || r.Only != only[i] {
			t.Errorf("%v: found %g, marginal %g, only %g; want %g, %g, %g", r.Rule, r.Found, r.Marginal, r.Only, found[i], marginal[i], only[i])
		}
		if !slices.IsSortedFunc(r.Sizes, func(a, b int) int { return b - a }) || len(r.Sizes) == 0 || r.Sizes[0] != r.Largest {
			t.Errorf("%v: largest blocks %v, largest %d", r.Rule, r.Sizes, r.Largest)
		}
	}
	if c.Found != all || c.Recall.Low != all/float64(len(witnesses)) || c.Recall.High != c.Recall.Low {
		t.Errorf("found %g, recall %v; want %g of %d", c.Found, c.Recall, all, len(witnesses))
	}
}

// TestOverlapTellsWhatIsMissed: where the rules' own candidates are the only
// witnesses, the range holds the recall that is known here otherwise.
func TestOverlapTellsWhatIsMissed(t *testing.T) {
	ctx := context.Background()
	for seed := range uint64(4) {
		records, person := printed(3000, 20+seed)
		s := setOf(records)
		var truth []blocking.Witness
		for i := range records {
			for j := i - 4; j < i; j++ {
				if j >= 0 && person[i] == person[j] {
					a, b := s.MentionOf(i), s.MentionOf(j)
					truth = append(truth, blocking.Witness{Pair: mention.Pair{A: min(a, b), B: max(a, b)}, Weight: 1})
				}
			}
		}
		rules := blocking.Rules("surname", "birth", "given + city + birth.year")
		known, err := blocking.Cover(ctx, s, rules, blocking.Truth{Witnesses: truth, Exact: true}, blocking.Options{PairsPerMention: 1e6})
		if err != nil {
			t.Fatal(err)
		}
		x, err := blocking.Build(ctx, s, rules, blocking.Options{PairsPerMention: 1e6})
		if err != nil {
			t.Fatal(err)
		}
		own := slices.DeleteFunc(slices.Clone(truth), func(w blocking.Witness) bool { return x.Holds(w.A, w.B) == 0 })
		guess, err := blocking.Cover(ctx, s, rules, blocking.Truth{Witnesses: own}, blocking.Options{PairsPerMention: 1e6})
		if err != nil {
			t.Fatal(err)
		}
		if r := known.Recall.Low; r > .99 || guess.Recall.Low > r+.01 || guess.Recall.High < r-.01 || guess.Recall.High-guess.Recall.Low > .1 {
			t.Errorf("recall is %.4f, from overlap between %.4f and %.4f", r, guess.Recall.Low, guess.Recall.High)
		}
	}
}

// prints is the truth that fingerprint numbers give.
func prints(s *mention.Set) blocking.Truth {
	return blocking.Truth{Witnesses: blocking.Backed(s), Exact: true, Hidden: []string{"cii"}}
}

// TestARuleOnTheHiddenNumberIsNotJudged: it would find every witness.
func TestARuleOnTheHiddenNumberIsNotJudged(t *testing.T) {
	records, _ := printed(500, 6)
	s := setOf(records)
	c, err := blocking.Cover(context.Background(), s, blocking.Rules("id:cii", "surname + birth.year"), prints(s), blocking.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if number := c.Rules[0]; !number.Hidden || number.Found != 0 || number.Pairs == 0 || c.Recall.Low > .95 || c.Recall.Low < .5 {
		t.Errorf("the number's rule: %+v; recall %v", number, c.Recall)
	}
}

func TestSuggestedRulesFindThePairsWithinTheBudget(t *testing.T) {
	ctx := context.Background()
	records, person := printed(4000, 3)
	s := setOf(records)
	suggest := func(pairs int) (*blocking.Coverage, []blocking.Rule) {
		t.Helper()
		rules, err := blocking.Suggest(ctx, s, prints(s), blocking.SuggestOptions{Pairs: pairs})
		if err != nil {
			t.Fatal(err)
		}
		// Those who were never fingerprinted are the test: the search knew nothing
		// of them.
		var truth []blocking.Witness
		for i := range records {
			for j := i - 4; j < i; j++ {
				if j >= 0 && person[i] == person[j] && person[i] >= 4000*2/3 {
					a, b := s.MentionOf(i), s.MentionOf(j)
					truth = append(truth, blocking.Witness{Pair: mention.Pair{A: min(a, b), B: max(a, b)}, Weight: 1})
				}
			}
		}
		c, err := blocking.Cover(ctx, s, rules, blocking.Truth{Witnesses: truth, Exact: true}, blocking.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return c, rules
	}
	rich, rules := suggest(400_000)
	if rich.Recall.Low < .995 || rich.Pairs > 400_000 {
		t.Errorf("recall %.4f with %d pairs under %v", rich.Recall.Low, rich.Pairs, rules)
	}
	poor, rules := suggest(25_000)
	if poor.Recall.Low < .9 || poor.Recall.Low > rich.Recall.Low || poor.Pairs > 27_000 {
		t.Errorf("a small budget: recall %.4f with %d pairs under %v", poor.Recall.Low, poor.Pairs, rules)
	}
	if !slices.ContainsFunc(rules, func(r blocking.Rule) bool { return r.Key[0].Field == blocking.ID }) {
		t.Errorf("no rule on the number that made the witnesses: %v", rules)
	}
}

func TestSuggestionsDoNotDependOnOrder(t *testing.T) {
	ctx := context.Background()
	records, _ := printed(800, 4)
	var want string
	for seed := range uint64(3) {
		shuffled := slices.Clone(records)
		rand.New(rand.NewPCG(seed, 2)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		s := setOf(shuffled)
		rules, err := blocking.Suggest(ctx, s, prints(s), blocking.SuggestOptions{Options: blocking.Options{Workers: 1 + int(seed)}})
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(rules); want == "" {
			want = got
		} else if got != want {
			t.Errorf("order %d: %s\nwant %s", seed, got, want)
		}
	}
}

func TestRulesThatShareAKey(t *testing.T) {
	records, _ := printed(300, 5)
	s := setOf(records)
	rules := blocking.Rules("surname + birth.year", "given + birth", "name", "names")
	for a := range uint32(60) {
		for b := a + 1; b < 60; b++ {
			shared := blocking.Sharing(s, rules, a, b)
			for _, r := range rules {
				x, err := blocking.Build(context.Background(), mention.Choose(mention.Choice{Set: s, Mentions: []uint32{a, b}}), []blocking.Rule{r}, blocking.Options{})
				if err != nil {
					t.Fatal(err)
				}
				if got := slices.ContainsFunc(shared, func(q blocking.Rule) bool { return q.String() == r.String() }); got != (x.Holds(0, 1) > 0) {
					t.Fatalf("%v: sharing %v, want %v", r, got, !got)
				}
			}
		}
	}
}
