package history

import (
	"fmt"
	"slices"
	"testing"

	"github.com/casefold/casefold"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// drawPerson draws the rows of one person from small sets, so that all kinds of
// agreement and contradiction come about: three sources with and without steps,
// numbers equal, near and missing, sections equal and not, any disposition.
func drawPerson(t *rapid.T) ([]casefold.Source, []casefold.Record) {
	court := casefold.Agency{Name: "SACRAMENTO SUPERIOR COURT", County: "SACRAMENTO", State: "CA", Kind: casefold.SuperiorCourt}
	yolo := casefold.Agency{Name: "YOLO SUPERIOR COURT", County: "YOLO", State: "CA", Kind: casefold.SuperiorCourt}
	sources := []casefold.Source{
		{Name: "court", Teller: casefold.TellerCourt, Agency: court},
		{Name: "state", Teller: casefold.TellerState},
		{Name: "da", Teller: casefold.TellerDA, Agency: casefold.Agency{County: "SACRAMENTO", Kind: casefold.Prosecutor}},
		{Name: "jail", Teller: casefold.TellerJail, Agency: casefold.Agency{County: "SACRAMENTO", Kind: casefold.Sheriff}},
	}
	day := func(name string) casefold.Date {
		switch n := rapid.IntRange(0, 9).Draw(t, name); {
		case n < 3:
			return casefold.Date{}
		case n == 3:
			return casefold.YearOnly(2001)
		default:
			return casefold.On(casefold.MakeDay(2001, 1+n%3, 1+n))
		}
	}
	offense := func(name string) *casefold.Offense {
		list := []*casefold.Offense{nil,
			{Statute: casefold.Statute{Code: "HS", Section: "11359"}, Parsed: true},
			{Statute: casefold.Statute{Code: "HS", Section: "11357", Path: "(b)"}, Parsed: true, Qualifiers: []string{"SL"}},
			{Statute: casefold.Statute{Code: "PC", Section: "459"}, Parsed: true, Level: casefold.Felony},
			{Statute: casefold.Statute{Code: "PC", Section: "1203.2"}, Parsed: true},
			{Verbatim: "SEE COMMENT"},
		}
		return list[rapid.IntRange(0, len(list)-1).Draw(t, name)]
	}
	number := func(name string, family string) []casefold.CaseNumber {
		key := rapid.SampledFrom([]string{"", "F01-1234", "F01-1243", "F01-9999", "M01-77"}).Draw(t, name)
		if key == "" {
			return nil
		}
		return []casefold.CaseNumber{{Verbatim: key, Family: family, Key: key, Defendant: rapid.SampledFrom([]string{"", "", "1", "2"}).Draw(t, "mark")}}
	}
	n := rapid.IntRange(1, 9).Draw(t, "rows")
	var records []casefold.Record
	for i := range n {
		s := sources[rapid.IntRange(0, len(sources)-1).Draw(t, "source")]
		e := casefold.Event{
			Kind:  rapid.SampledFrom([]casefold.EventKind{casefold.CourtEvent, casefold.FilingEvent, casefold.ArrestEvent, casefold.CustodyEvent, casefold.ReliefEvent, ""}).Draw(t, "kind"),
			Count: rapid.SampledFrom([]string{"", "1", "2"}).Draw(t, "count"), Filed: offense("filed"), Convicted: offense("convicted"),
			Date: day("date"), ArrestDate: day("arrest"), ConvictionDate: day("convicted on"),
			Disposition: casefold.Disposition{Status: rapid.SampledFrom([]casefold.DispositionStatus{"", casefold.Convicted, casefold.Convicted, casefold.DispDismissed, casefold.Combined, casefold.AsRevocation}).Draw(t, "disposition")},
		}
		if rapid.Bool().Draw(t, "relief") {
			e.Relief = []casefold.Relief{{Kind: rapid.SampledFrom([]casefold.ReliefKind{casefold.Relief12034, casefold.Relief17b, casefold.Revoked, casefold.Reversed}).Draw(t, "later"), Date: day("later on")}}
		}
		switch s.Name {
		case "court":
			e.Court = []casefold.Agency{court, court, yolo}[rapid.IntRange(0, 2).Draw(t, "court")]
		case "state":
			e.Cycle, e.Step = rapid.SampledFrom([]string{"101", "102"}).Draw(t, "cycle"), rapid.SampledFrom([]string{"001", "002"}).Draw(t, "step")
			e.Agency, e.Court = court, court
		}
		family := "CASC SACRAMENTO"
		if e.Court.County == "YOLO" {
			family = "CASC YOLO"
		}
		e.Cases = number("number", family)
		e.Related = number("related", family)
		records = append(records, casefold.Record{Teller: casefold.Teller{Source: s.Name, RowKey: fmt.Sprint("r", i)}, Events: []casefold.Event{e}})
	}
	return sources, records
}

// TestLaws holds what must be true of every history.
func TestLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sources, records := drawPerson(t)
		b := NewBuilder(sources, casefold.Office{County: "SACRAMENTO"}, Options{})
		h := b.Build("p", records)
		shuffled := rapid.Permutation(records).Draw(t, "order")
		if other := b.Build("p", shuffled); !cmp.Equal(h, other) {
			t.Fatalf("another order of rows, another history:\n%s", cmp.Diff(h, other))
		}
		conserved(t, &h, records)
		pointers(t, &h)
		doubts(t, &h)
	})
}

// conserved: every row that says convicted, of a crime, is a teller of a
// conviction; no row is invented; every row is in the history.
func conserved(t *rapid.T, h *casefold.History, records []casefold.Record) {
	told := map[casefold.Teller]bool{}
	for i := range h.Convictions {
		c := &h.Convictions[i]
		if !slices.IsSortedFunc(c.Tellers, casefold.CompareTellers) {
			t.Fatal("tellers are not sorted")
		}
		for _, w := range c.Tellers {
			told[w] = true
		}
	}
	procedural := map[string]bool{} // sources that may say "convicted" of a violation
	for _, r := range records {
		if e := &r.Events[0]; procedure(e.Filed) != "" || procedure(e.Convicted) != "" {
			procedural[r.Teller.Source] = true
		}
	}
	for _, r := range records {
		e := &r.Events[0]
		if e.Disposition.Status == casefold.Convicted && !procedural[r.Teller.Source] && !told[r.Teller] {
			t.Fatalf("%s says convicted and no conviction has it as teller", r.Teller)
		}
	}
	if len(h.Tellers) != len(records) {
		t.Fatalf("%d tellers of %d rows", len(h.Tellers), len(records))
	}
}

// pointers: counts and convictions point at each other, IDs are unique.
func pointers(t *rapid.T, h *casefold.History) {
	ids := map[string]bool{}
	pointed := map[int]int{}
	for f := range h.Cases {
		for _, n := range h.Cases[f].Counts {
			if n.Conviction >= 0 {
				pointed[n.Conviction]++
				if h.Convictions[n.Conviction].Case != f {
					t.Fatal("a count points at a conviction of another case")
				}
			}
		}
	}
	for i := range h.Convictions {
		c := &h.Convictions[i]
		if ids[c.ID] {
			t.Fatalf("two convictions with ID %s", c.ID)
		}
		ids[c.ID] = true
		if c.Kind != casefold.InferredByMarker && pointed[i] != 1 {
			t.Fatalf("conviction %d is pointed at by %d counts", i, pointed[i])
		}
		if c.Cycle >= len(h.Cycles) || c.Case >= len(h.Cases) {
			t.Fatal("a conviction points outside the history")
		}
		if c.OffenseDate.Status == casefold.FactPresumed && (c.OffenseDate.Why == "" || !c.OffenseDate.Value.Known()) {
			t.Fatal("a presumption without basis or value")
		}
		if len(Keys(c)) == 0 {
			t.Fatal("a conviction without keys")
		}
	}
}

// doubts: possibly-same marks go both ways, never to oneself, and name
// convictions of the history.
func doubts(t *rapid.T, h *casefold.History) {
	at := map[string]*casefold.Conviction{}
	for i := range h.Convictions {
		at[h.Convictions[i].ID] = &h.Convictions[i]
	}
	for id, c := range at {
		for _, other := range c.PossiblySame {
			o := at[other]
			if o == nil || other == id || !slices.Contains(o.PossiblySame, id) {
				t.Fatalf("%s names %s as possibly the same, and is not named back", id, other)
			}
			if Compare(c, o).Answer == Same {
				t.Fatal("possibly the same, and compares as same")
			}
		}
	}
}

// FuzzCompareNumbers: any two numbers compare, and in both orders alike.
func FuzzCompareNumbers(f *testing.F) {
	f.Add("F98-4711", "1", "98F4711", "A")
	f.Add("F03-4040-1", "", "F03-4040", "2")
	f.Add("", "", "-", "0")
	f.Fuzz(func(t *testing.T, a, x, b, y string) {
		m := casefold.CaseNumber{Key: a, Defendant: x, Family: "CASC YOLO"}
		n := casefold.CaseNumber{Key: b, Defendant: y, Family: "CASC YOLO"}
		if l, r := compareNumber(&m, &n), compareNumber(&n, &m); l != r {
			t.Errorf("%q/%q and %q/%q compare as %d and %d", a, x, b, y, l, r)
		}
	})
}
