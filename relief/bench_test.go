package relief_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/relief"
)

// county makes n histories with about four convictions each, in the shape of
// the state extract: a third of the people have a cannabis conviction, dates
// and levels are missing here and there.
func county(n int) []casefold.History {
	r := rand.New(rand.NewPCG(1, 2))
	sections := []string{"HS 11357(b)", "HS 11357(a)", "HS 11358", "HS 11359", "HS 11360(a)", "PC 664/HS 11359",
		"PC 459", "PC 484(a)", "PC 211", "PC 245(a)(1)", "PC 288(a)", "VC 23152(a)", "HS 11350(a)", "HS 11377(a)", "PC 314(1)", "PC 647(f)", "PC 242", "VC 14601.1(a)"}
	var offenses []casefold.Offense
	for _, s := range sections {
		st, err := relief.ParseStatute(s)
		if err != nil {
			panic(err)
		}
		offenses = append(offenses, casefold.Offense{Statute: st, Parsed: true, Origin: casefold.FromText})
	}
	out := make([]casefold.History, n)
	for i := range out {
		h := &out[i]
		h.PersonID = fmt.Sprint("P", i)
		h.Birth = casefold.Fact[casefold.Date]{Value: casefold.On(casefold.MakeDay(1950+r.IntN(45), 1+r.IntN(12), 1+r.IntN(28))), Status: casefold.FactKnown}
		for j := range 1 + r.IntN(7) {
			h.Convictions = append(h.Convictions, syntheticConviction(r, offenses, h.PersonID, j))
			h.Cases = append(h.Cases, casefold.Case{})
		}
	}
	return out
}

func syntheticConviction(r *rand.Rand, offenses []casefold.Offense, person string, j int) casefold.Conviction {
	known := casefold.FactKnown
	pick := 6 + r.IntN(len(offenses)-6)
	if r.IntN(8) == 0 {
		pick = r.IntN(6)
	}
	day := casefold.On(casefold.MakeDay(1975+r.IntN(48), 1+r.IntN(12), 1+r.IntN(28)))
	c := casefold.Conviction{ID: fmt.Sprint(person, "-", j), PersonID: person, Kind: casefold.AdultConviction, Reversed: casefold.False, Case: j, Cycle: -1}
	c.Tellers = []casefold.Teller{{Source: "state", RowKey: c.ID}}
	c.Court = casefold.Fact[casefold.Agency]{Status: known, Value: casefold.Agency{County: "SACRAMENTO", Kind: casefold.SuperiorCourt, Name: "SACRAMENTO SUPERIOR COURT"}}
	c.CaseNumber = casefold.Fact[string]{Status: known, Value: c.ID}
	c.Caption.From = casefold.TellerState
	c.Offense = casefold.Fact[casefold.Offense]{Status: known, Value: offenses[pick]}
	c.ConvictionDate = casefold.Fact[casefold.Date]{Status: known, Value: day, Tellers: c.Tellers}
	c.OffenseDate = casefold.Fact[casefold.Date]{Status: casefold.FactPresumed, Value: casefold.Between(day.First.AddDays(-90), day.Last.AddDays(-60))}
	if r.IntN(10) > 0 {
		c.Level = casefold.Fact[casefold.Level]{Status: known, Value: []casefold.Level{casefold.Felony, casefold.Felony, casefold.Misdemeanor}[r.IntN(3)]}
		c.LevelAtEntry = c.Level
	}
	if r.IntN(4) > 0 {
		c.SentenceEnd = casefold.Fact[casefold.Date]{Status: casefold.FactPresumed, Value: casefold.On(day.First.AddYears(3))}
	}
	if r.IntN(12) == 0 {
		c.Events = []casefold.LaterEvent{{Relief: casefold.Relief{Kind: casefold.Relief12034, Date: casefold.On(day.First.AddYears(5))}}}
	}
	return c
}

var benchContext = relief.Context{AsOf: 20261124, Office: casefold.Office{County: "SACRAMENTO"},
	Sources: []casefold.Source{{Name: "state", Teller: casefold.TellerState, ExtractDate: 20260901}}}

// BenchmarkDecide reports the time per conviction of a county's histories.
func BenchmarkDecide(b *testing.B) {
	law := load(b, "prop64")
	histories := county(20000)
	d := law.Decider(benchContext)
	convictions := 0
	b.ResetTimer()
	for range b.N {
		convictions = 0
		for i := range histories {
			convictions += len(d.Decide(&histories[i]))
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*convictions), "ns/conviction")
	b.ReportAllocs()
}
