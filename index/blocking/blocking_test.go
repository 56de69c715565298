package blocking_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/index/blocking"
	"github.com/casefold/casefold/mention"
)

func TestRulesPrintAsTheyAreRead(t *testing.T) {
	for _, text := range []string{"surname + birth.year / given.1 + postal", "id:ssn.last4 + birth", "attribute:birth_place + name", "everyone"} {
		r, err := blocking.ParseRule(text)
		if err != nil || r.String() != text {
			t.Errorf("%q reads as %q, %v", text, r, err)
		}
	}
	for _, text := range []string{"surnam", "surname.", "id", "surname:x", "birth.last", "", "surname + "} {
		if r, err := blocking.ParseRule(text); err == nil && text != "surname." {
			t.Errorf("%q reads as %q, want an error", text, r)
		}
	}
}

// crowd makes n records with few distinct values, so that blocks overlap.
func crowd(n int, seed uint64) []casefold.Record {
	rng := rand.New(rand.NewPCG(seed, 7))
	word := func(list ...string) string { return list[rng.IntN(len(list))] }
	out := make([]casefold.Record, n)
	for i := range out {
		p := casefold.PersonFacts{Age: -1}
		for range 1 + rng.IntN(2) {
			p.Names = append(p.Names, casefold.Name{First: word("ANA", "BEN", "CARL", ""), Last: word("GARCIA", "LOPEZ", "GARCIA LOPEZ", "NG", "")})
		}
		if rng.IntN(4) > 0 {
			p.Births = []casefold.Date{casefold.On(casefold.MakeDay(1970+rng.IntN(3), 1+rng.IntN(2), 1+rng.IntN(3)))}
		}
		out[i] = casefold.Record{Teller: casefold.Teller{Source: "s", RowKey: fmt.Sprint(i)}, Person: p}
	}
	return out
}

func setOf(records []casefold.Record) *mention.Set {
	b := mention.NewBuilder(nil)
	for i := range records {
		b.Add(&records[i])
	}
	return b.Build()
}

func candidates(t *testing.T, s *mention.Set, rules []blocking.Rule, o blocking.Options) ([]mention.Pair, *blocking.Index) {
	t.Helper()
	x, err := blocking.Build(context.Background(), s, rules, o)
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	var out []mention.Pair
	if err := x.Each(context.Background(), o.Workers, 1, func(_ int, p []mention.Pair) {
		mu.Lock()
		out = append(out, p...)
		mu.Unlock()
	}); err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(out, func(p, q mention.Pair) int { return int(int64(p.A)<<32|int64(p.B)) - int(int64(q.A)<<32|int64(q.B)) })
	return out, x
}

// TestEachPairComesOnce compares with the plain definition: a pair is a
// candidate if some rule gives both mentions a common key.
func TestEachPairComesOnce(t *testing.T) {
	rules := blocking.Rules("surname + birth", "name + birth.year", "names", "given.1 + surname.word")
	for seed := range uint64(5) {
		s := setOf(crowd(300, seed))
		got, x := candidates(t, s, rules, blocking.Options{Workers: 1})
		if len(slices.Compact(slices.Clone(got))) != len(got) {
			t.Fatal("a pair came twice")
		}
		n := 0
		for a := range uint32(s.Len()) {
			for b := a + 1; b < uint32(s.Len()); b++ {
				if x.Holds(a, b) > 0 {
					n++
					if _, ok := slices.BinarySearchFunc(got, mention.Pair{A: a, B: b}, func(p, q mention.Pair) int {
						return int(int64(p.A)<<32|int64(p.B)) - int(int64(q.A)<<32|int64(q.B))
					}); !ok {
						t.Fatalf("pair %d %d shares a block and did not come", a, b)
					}
				}
			}
		}
		if n != len(got) {
			t.Errorf("%d pairs share a block, %d came", n, len(got))
		}
		owned := 0
		for _, r := range x.Reports() {
			owned += r.Owned
			if r.Uncompared != 0 {
				t.Errorf("rule %v left out %d pairs within its budget", r.Rule, r.Uncompared)
			}
		}
		if owned != len(got) {
			t.Errorf("rules own %d pairs, %d came", owned, len(got))
		}
		if again, _ := candidates(t, s, rules, blocking.Options{Workers: 4}); !slices.Equal(got, again) {
			t.Error("four workers give other pairs than one")
		}
	}
}

// TestAThinnedBlockHoldsTogether: of forty rows of one person, and forty of
// another who shares the surname, few pairs come, and they connect each person.
func TestAThinnedBlockHoldsTogether(t *testing.T) {
	var records []casefold.Record
	for i := range 80 {
		p := casefold.PersonFacts{Age: -1, Names: []casefold.Name{{First: []string{"ANA", "BEN"}[i%2], Last: "GARCIA"}}, Births: []casefold.Date{casefold.On(19700101)}}
		records = append(records, casefold.Record{Teller: casefold.Teller{Source: "s", RowKey: fmt.Sprint(i)}, Person: p})
	}
	s := setOf(records)
	got, x := candidates(t, s, blocking.Rules("surname"), blocking.Options{})
	r := x.Reports()[0]
	if r.Uncompared != 0 || r.Thinned+len(got) != 80*79/2 || len(got) > 400 {
		t.Errorf("%d pairs, %d thinned, %d uncompared", len(got), r.Thinned, r.Uncompared)
	}
	root := make([]uint32, s.Len())
	for i := range root {
		root[i] = uint32(i)
	}
	find := func(v uint32) uint32 {
		for root[v] != v {
			v = root[v]
		}
		return v
	}
	for _, p := range got {
		if s.Names.Of(p.A)[0] == s.Names.Of(p.B)[0] {
			root[find(p.A)] = find(p.B)
		}
	}
	persons := map[uint32]bool{}
	for m := range uint32(s.Len()) {
		persons[find(m)] = true
	}
	if len(persons) != 2 {
		t.Errorf("the pairs of equal names connect %d groups, want 2", len(persons))
	}
}

func TestWhatABudgetLeavesOutIsCounted(t *testing.T) {
	s := setOf(crowd(3000, 1))
	rules := blocking.Rules("surname / given + birth")
	all, _ := candidates(t, s, rules, blocking.Options{PairsPerMention: 1e9})
	some, x := candidates(t, s, rules, blocking.Options{PairsPerMention: 1})
	r := x.Reports()[0]
	if len(some) >= len(all) || r.Refined == 0 {
		t.Fatalf("budget: %d of %d pairs, %d blocks refined", len(some), len(all), r.Refined)
	}
	if lost := len(all) - len(some); r.Uncompared < lost {
		t.Errorf("%d pairs were left out, the report counts %d", lost, r.Uncompared)
	}
}
