package blocking

import (
	"cmp"
	"context"
	"slices"

	"github.com/casefold/casefold/mention"
)

// SuggestOptions bound a search for rules. The zero value means the defaults.
type SuggestOptions struct {
	Options
	// Pairs is how many candidates all rules together may propose; 0: eight times
	// what Options gives one rule.
	Pairs int
	// Terms is the largest number of terms in a rule; 0: 3.
	Terms int
}

const (
	searchSample = 40_000 // mentions on which the cost of a conjunction is estimated
	mostSearched = 20_000 // witnesses that conjunctions are judged by
	mostRules    = 24
	// rulesOfBudget: one rule may cost this part of what all may.
	rulesOfBudget = 8
	// leastGain is the share of all witnesses below which a rule is not worth a
	// line.
	leastGain = 2e-4
)

// Suggest searches conjunctions of terms for a set of rules that finds as many
// witnesses as the budget of pairs allows. Conjunctions grow term by term while
// they cost more than one rule may; of those that are cheap enough, the one that
// finds the most new witnesses for its pairs is taken, again and again; at last
// rules whose witnesses the others find too are dropped. Rules on identifiers
// come with the set; hidden numbers are not searched. What the rules really cost
// and find is for Cover to say.
func Suggest(ctx context.Context, s *mention.Set, truth Truth, o SuggestOptions) ([]Rule, error) {
	if o.Terms == 0 {
		o.Terms = 3
	}
	if o.Pairs == 0 {
		o.Pairs = rulesOfBudget * o.budget(s.Len())
	}
	g := newSearch(s, truth, o)
	if err := g.run(ctx); err != nil {
		return nil, err
	}
	out := told(s, identifierRules(s))
	for _, c := range g.choose() {
		out = append(out, Rule{Key: c.terms, Refine: refinements(s, c.terms)})
	}
	return out, nil
}

// thin keeps about n witnesses by a hash, their weights raised accordingly.
func thin(list []Witness, n int) []Witness {
	if len(list) <= n {
		return list
	}
	rate := float64(n) / float64(len(list))
	var out []Witness
	for _, w := range list {
		if float64(mention.Mix(uint64(w.A), uint64(w.B))>>11) < rate*(1<<53) {
			out = append(out, Witness{w.Pair, w.Weight / rate})
		}
	}
	return out
}

// searchedTerms are the terms that conjunctions are made of, where the set
// tells them.
var searchedTerms = []string{
	"given", "given.1", "given.3", "given.sound", "middle", "surname", "surname.1", "surname.3", "surname.last4", "surname.sound", "name", "names",
	"birth", "birth.year", "birth.month", "birth.day", "sex", "house", "street", "number", "city", "postal", "postal.3",
	"phone", "phone.5", "phone.last5", "email", "email.local", "email.5", "case", "booking", "arrest", "arrest_day", "court_day",
}

// terms are the terms to search.
func (t *Truth) terms(s *mention.Set) []Term {
	texts := slices.Clone(searchedTerms)
	for _, k := range kinds(s) {
		if !slices.Contains(t.Hidden, k) {
			texts = append(texts, "id:"+k, "id:"+k+".4", "id:"+k+".last4")
		}
	}
	for i := range s.Attributes {
		texts = append(texts, "attribute:"+s.Attributes[i].Name)
	}
	var out []Term
	for _, text := range texts {
		if x := Rules(text)[0].Key[0]; tells(s, x) {
			out = append(out, x)
		}
	}
	return out
}

// refinements divide a rule's blocks further where they are too large: by what
// errors leave intact most often, and the key does not read.
func refinements(s *mention.Set, key []Term) []Term {
	var out []Term
	for _, r := range Rules("given.1 + birth.year + surname.1 + birth.month + sex") {
		for _, t := range r.Key {
			clash := func(k Term) bool { return overlaps(t, k) && !(t.Field == Birth && k.Field == Birth && k.Form != Whole) }
			if tells(s, t) && !slices.ContainsFunc(key, clash) && !slices.Contains(key, t) {
				out = append(out, t)
			}
		}
	}
	return out
}

// overlaps reports whether two terms read the same field, so that a rule needs
// only one of them.
func overlaps(a, b Term) bool {
	x, y := fieldsOf(Rule{Key: []Term{a}}), fieldsOf(Rule{Key: []Term{b}})
	if a.Field != b.Field && x[0] == House && y[0] == House {
		return false // a street and a city divide further
	}
	return slices.ContainsFunc(x, func(f Field) bool { return slices.Contains(y, f) })
}

// A conjunction is terms with what they cost and find.
type conjunction struct {
	terms []Term
	pairs float64  // estimated candidates
	found []uint64 // bit per witness
}

func (c *conjunction) String() string { return join(c.terms) }

// sorted by cost, then text: the order of a search decides nothing.
func compareConjunctions(a, b *conjunction) int {
	return cmp.Or(cmp.Compare(a.pairs, b.pairs), cmp.Compare(a.String(), b.String()))
}
