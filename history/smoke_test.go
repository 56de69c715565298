package history

import (
	"testing"

	"github.com/casefold/casefold"
)

// TestThreeTellers is the plainest case of the package: court, state and
// prosecutor tell of one conviction, each in its own way.
func TestThreeTellers(t *testing.T) {
	court := casefold.Agency{Name: "SACRAMENTO SUPERIOR COURT", County: "SACRAMENTO", State: "CA", Kind: casefold.SuperiorCourt}
	sources := []casefold.Source{
		{Name: "court", Teller: casefold.TellerCourt, Agency: court},
		{Name: "state", Teller: casefold.TellerState},
		{Name: "da", Teller: casefold.TellerDA, Agency: casefold.Agency{County: "SACRAMENTO", State: "CA", Kind: casefold.Prosecutor}},
	}
	sale := &casefold.Offense{Statute: casefold.Statute{Code: "HS", Section: "11359"}, Parsed: true}
	simple := &casefold.Offense{Statute: casefold.Statute{Code: "HS", Section: "11357", Path: "(b)"}, Parsed: true}
	number := []casefold.CaseNumber{{Verbatim: "98F04711", Family: "CASC SACRAMENTO", Key: "98F4711"}}
	day := func(d casefold.Day) casefold.Date { return casefold.On(d) }
	records := []casefold.Record{
		{Teller: casefold.Teller{Source: "court", RowKey: "1"}, Events: []casefold.Event{{
			Kind: casefold.CourtEvent, Court: court, Cases: number, Count: "1", Filed: sale, Convicted: simple,
			ConvictionDate: day(19980614), Disposition: casefold.Disposition{Status: casefold.Convicted},
			ConvictedLevel: casefold.Misdemeanor,
		}}},
		{Teller: casefold.Teller{Source: "state", RowKey: "9"}, Events: []casefold.Event{{
			Kind: casefold.CourtEvent, Court: court, Agency: court, Date: day(19980614), Cycle: "101", Step: "002", Count: "001", Filed: sale,
			Disposition: casefold.Disposition{Status: casefold.Convicted},
		}}},
		{Teller: casefold.Teller{Source: "da", RowKey: "7"}, Events: []casefold.Event{{
			Kind: casefold.FilingEvent, Cases: number, Count: "1", Filed: sale, Convicted: simple,
			Disposition: casefold.Disposition{Status: casefold.Convicted}, ConvictionDate: day(19980614),
		}}},
	}
	b := NewBuilder(sources, casefold.Office{}, Options{})
	h := b.Build("p1", records)
	if len(h.Convictions) != 1 {
		for _, c := range h.Convictions {
			t.Logf("%+v", c)
		}
		t.Fatalf("%d convictions, want one", len(h.Convictions))
	}
	c := h.Convictions[0]
	if len(c.Tellers) != 3 || c.Offense.Value.String() != "HS 11357(b)" || c.Filed.Value.String() != "HS 11359" {
		t.Errorf("tellers %v, offense %v, filed %v", c.Tellers, c.Offense, c.Filed)
	}
	if got := Compare(&c, &c); got.Answer != Same {
		t.Errorf("a conviction compared with itself is %s", got.Answer)
	}
}
