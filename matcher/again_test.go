package matcher

import (
	"testing"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/matcher/cluster"
	"github.com/casefold/casefold/mention"
)

// TestAgainAndAgain: that birth dates differ counts more where both sides tell
// their own again and again, and once where one side tells it once.
func TestAgainAndAgain(t *testing.T) {
	b := mention.NewBuilder(nil)
	for i := range 8 {
		year := 1950
		if i >= 4 {
			year = 1978
		}
		b.Add(&casefold.Record{Teller: casefold.Teller{Source: "s", RowKey: string(rune('a' + i))},
			Person: casefold.PersonFacts{Age: -1, Names: []casefold.Name{{First: "JUAN", Last: "DIAZ"}}, Births: []casefold.Date{casefold.On(casefold.MakeDay(year, 3+i/4*5, 4+i/4*17))}}})
	}
	s := b.Build()
	m := &Model{}
	for _, c := range comparisonsOf(s) {
		mc := ModelComparison{Comparison: c}
		if c.Kind == Birth {
			mc.Levels = []ModelLevel{{Level: otherGeneration, Weight: -8_000}}
		}
		m.Comparisons = append(m.Comparisons, mc)
	}
	x := &linker{plan: newPlan(s, m.comparisons(), m.frequencies()), model: m, scorer: newScorer(m)}
	var old, young []uint32
	for i := range uint32(8) {
		if s.Births.Of(i)[0].First.Year() == 1950 {
			old = append(old, i)
		} else {
			young = append(young, i)
		}
	}
	say := func(as, bs []uint32) int64 {
		e := cluster.Evidence{Sum: make([]int64, x.scorer.slots), Told: make([]int32, x.scorer.slots), A: as, B: bs}
		for _, a := range as {
			for _, c := range bs {
				x.add(min(a, c), max(a, c), &e)
			}
		}
		return x.evidence(&e)
	}
	once := say(old[:1], young[:1])
	for _, c := range []struct {
		name   string
		as, bs []uint32
		want   int64
	}{
		{"four against one", old, young[:1], once},
		{"two against two", old[:2], young[:2], once + once/2},
		{"three against three", old[:3], young[:3], 2 * once},
		{"four against four", old, young, 2 * once},
	} {
		if got := say(c.as, c.bs); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
}
