package matcher

import (
	"math/rand/v2"
	"testing"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/mention"
)

// TestTheBoundHolds: no pair that scores the floor is left out by its rows, in
// a set of records with every sort of value, missing ones and several ones; nor
// is one that tells of one event.
func TestTheBoundHolds(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	word := func(list ...string) string { return list[rng.IntN(len(list))] }
	b := mention.NewBuilder(nil)
	for i := range 400 {
		f := casefold.PersonFacts{Age: -1, Sex: casefold.Sex(word("M", "F", ""))}
		for range 1 + rng.IntN(8)/7 {
			f.Names = append(f.Names, casefold.Name{First: word("ANA", "ANNA", "A", "GARCIA", ""), Last: word("GARCIA", "GARZIA", "GARCIA LOPEZ", "ANA", ""), Middle: word("", "M", "MARIA")})
		}
		if rng.IntN(5) > 0 {
			f.Births = []casefold.Date{casefold.On(casefold.MakeDay(1970+rng.IntN(3), 1+rng.IntN(12), 1+rng.IntN(28)))}
		}
		f.Identifiers = []casefold.Identifier{{Kind: casefold.SSN, Value: word("123456789", "123456798", "123456780", "987654321", "12345678"), How: casefold.How(word("look-up", "document"))}}
		f.Addresses = []casefold.Address{{Number: word("1", "12", ""), Street: word("OAK ST", "OAK AVE", "ELM ST", ""), Unit: word("", "2"), City: word("DAVIS", "DAVS", ""), Postal: word("95616", "95618", "")}}
		f.Phones = []string{word("9165551234", "9165551243", "2095550000")}
		if rng.IntN(6) == 0 {
			f.Births = append(f.Births, casefold.On(casefold.MakeDay(1971, 5, 1+rng.IntN(9))))
			f.Phones = append(f.Phones, "2095551111")
			f.Identifiers = append(f.Identifiers, casefold.Identifier{Kind: casefold.SSN, Value: "222456789"})
			f.Addresses = append(f.Addresses, casefold.Address{Number: "9", Street: "FIR ST", City: "DIXON"})
		}
		day := casefold.On(casefold.MakeDay(1999, 1, 1+rng.IntN(28)))
		e := casefold.Event{ArrestDate: day, SentenceDate: day, Bookings: []string{word("1", "2", "3", "")}, Arrests: []string{word("1", "2", "3", "")}}
		e.Cases = []casefold.CaseNumber{{Family: "C", Key: word("1", "2", "3", "4", ""), Defendant: word("", "A", "B")}}
		b.Add(&casefold.Record{Teller: casefold.Teller{Source: "s", RowKey: string(rune(i))}, Person: f, Events: []casefold.Event{e, {ArrestDate: casefold.On(casefold.MakeDay(2000, 2, 1+rng.IntN(28)))}}[:1+rng.IntN(2)]})
	}
	s := b.Build()
	m := &Model{Prior: -12_000}
	for _, c := range comparisonsOf(s) {
		mc := ModelComparison{Comparison: c}
		for l := uint8(1); l <= maxLevel; l++ {
			mc.Levels = append(mc.Levels, ModelLevel{Level: l, Weight: int64(rng.IntN(20_000) - 8_000)})
		}
		m.Comparisons = append(m.Comparisons, mc)
	}
	p, sc := newPlan(s, m.comparisons(), &frequencies{}), newScorer(m)
	limit := newBounds(sc, m)
	pruned := 0
	for a := range uint32(s.Len()) {
		for c := a + 1; c < uint32(s.Len()); c++ {
			pattern := p.pattern(a, c)
			score := sc.score(pattern)
			for _, floor := range []int64{-6000, 0, 6000, 13000} {
				switch got, ok := p.reach(sc, &limit, a, c, floor); {
				case ok && got != pattern:
					t.Fatalf("mentions %d and %d have pattern %v, not %v", a, c, got, pattern)
				case !ok && score >= floor:
					t.Fatalf("mentions %d and %d score %d and were left at floor %d", a, c, score, floor)
				case !ok && p.tied(pattern):
					t.Fatalf("mentions %d and %d are of one event and were left at floor %d", a, c, floor)
				case !ok:
					pruned++
				}
			}
		}
	}
	if pruned == 0 {
		t.Error("no pair was left out")
	}
}
