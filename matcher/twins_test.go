package matcher

import (
	"fmt"
	"testing"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/matcher/cluster"
	"github.com/casefold/casefold/mention"
)

// TestOneArrestTogether: two people of three arrests each, one of them together,
// are for the clusters what the pair that was arrested together is by itself:
// the other arrests take nothing off what it says, neither for one person nor
// for kin.
func TestOneArrestTogether(t *testing.T) {
	b := mention.NewBuilder(nil)
	for i, name := range []string{"TOMMY", "TIMOTHY"} {
		for k := range 3 {
			report := fmt.Sprint(100 + k)
			if k > 0 {
				report = fmt.Sprint(200 + 10*i + k)
			}
			b.Add(&casefold.Record{Teller: casefold.Teller{Source: "s", RowKey: name + report}, Events: []casefold.Event{{Arrests: []string{report}}},
				Person: casefold.PersonFacts{Age: -1, Names: []casefold.Name{{First: name, Last: "COX"}}, Births: []casefold.Date{casefold.On(casefold.MakeDay(1978, 10, 28))}}})
		}
	}
	s := b.Build()
	m := &Model{Prior: -18_000}
	for _, c := range comparisonsOf(s) {
		mc := ModelComparison{Comparison: c}
		for l := uint8(1); l <= maxLevel; l++ {
			weight := 11_000 * int64(l-1)
			if l == 1 {
				weight = -3_000
			}
			mc.Levels = append(mc.Levels, ModelLevel{Level: l, Weight: min(weight, 16_000)})
		}
		m.Comparisons = append(m.Comparisons, mc)
		at := len(m.Comparisons) - 1
		if c.Kind == ArrestNo {
			m.Kin = []ModelKin{{Name: "twins", Prior: -20_000, Fixed: []FixedWeights{{Comparison: at, Weights: [maxLevel + 1]int64{1: -1_000, 2: 14_000}}}}}
		}
	}
	for at, c := range m.Comparisons {
		if c.Kind == Surname || c.Kind == Birth {
			m.Kin[0].Like = append(m.Kin[0].Like, at)
		}
	}
	x := &linker{plan: newPlan(s, m.comparisons(), m.frequencies()), model: m, scorer: newScorer(m)}
	e := cluster.Evidence{Sum: make([]int64, x.scorer.slots), Told: make([]int32, x.scorer.slots)}
	together := int64(0)
	for a := range uint32(s.Len()) {
		for c := a + 1; c < uint32(s.Len()); c++ {
			if s.Names.Of(a)[0].Given == s.Names.Of(c)[0].Given {
				continue
			}
			x.add(a, c, &e)
			if p := x.plan.pattern(a, c); s.Arrests.Of(a)[0] == s.Arrests.Of(c)[0] {
				together = x.scorer.score(p)
			}
		}
	}
	if got := x.evidence(&e); got != together {
		t.Errorf("the clusters score %d, the pair arrested together %d", got, together)
	}
}
