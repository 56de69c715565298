package history

import (
	"fmt"
	"testing"

	"github.com/casefold/casefold"
)

// TestTooManyFiles: a constant person key makes one "person" of a whole county.
// The history is made, nothing is lost, and it says that not all was compared.
func TestTooManyFiles(t *testing.T) {
	court := casefold.Agency{Name: "YOLO SUPERIOR COURT", County: "YOLO", State: "CA", Kind: casefold.SuperiorCourt}
	sale := &casefold.Offense{Statute: casefold.Statute{Code: "HS", Section: "11359"}, Parsed: true}
	var records []casefold.Record
	for i := range maxFiles + 100 {
		key := fmt.Sprintf("F%02d-%d", i%100, 10000+7919*i)
		for _, source := range []string{"court", "da"} {
			records = append(records, casefold.Record{
				Teller: casefold.Teller{Source: source, RowKey: fmt.Sprint(source, i)},
				Events: []casefold.Event{{Kind: casefold.CourtEvent, Court: court, Count: "1", Convicted: sale,
					Cases:          []casefold.CaseNumber{{Verbatim: key, Family: "CASC YOLO", Key: key}},
					ConvictionDate: casefold.On(casefold.MakeDay(1990, 1, 1).AddDays(i)),
					Disposition:    casefold.Disposition{Status: casefold.Convicted}}},
			})
		}
	}
	sources := []casefold.Source{{Name: "court", Teller: casefold.TellerCourt, Agency: court}, {Name: "da", Teller: casefold.TellerDA}}
	h := NewBuilder(sources, casefold.Office{}, Options{}).Build("p", records)
	if len(h.Findings) != 1 || h.Findings[0].Code != "too_many_files" {
		t.Errorf("findings %+v", h.Findings)
	}
	if len(h.Convictions) != maxFiles+100 {
		t.Errorf("%d convictions of %d files", len(h.Convictions), maxFiles+100)
	}
	for i := range h.Convictions {
		if len(h.Convictions[i].Tellers) != 2 {
			t.Fatalf("a conviction with tellers %v: the court's row and the prosecutor's have one number", h.Convictions[i].Tellers)
		}
	}
}
