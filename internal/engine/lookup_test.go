package engine

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/disclosure"
)

// TestLinksFromBothEnds holds what is looked up of a person's possible links
// against the table, from both ends of each.
func TestLinksFromBothEnds(t *testing.T) {
	e := decidedCounty(t, 300).For(disclosure.Relief)
	want := map[string][]NeighbourView{}
	r, err := e.openSegment(segLinks)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	err = scanTable(r, func(row []string) error {
		row = slices.Clone(row)
		want[row[0]] = append(want[row[0]], NeighbourView{row[1], row[2], row[3], row[4], row[5]})
		want[row[1]] = append(want[row[1]], NeighbourView{row[0], row[2], row[3], row[5], row[4]})
		return nil
	})
	if err != nil || len(want) == 0 {
		t.Fatalf("the county has %d persons with possible links (%v)", len(want), err)
	}
	err = e.eachHistory(func(h *casefold.History) error {
		got, err := e.Neighbours(h.PersonID)
		if d := cmp.Diff(want[h.PersonID], got); d != "" {
			t.Errorf("%s: %s", h.PersonID, d)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestOwedIsWhatIsOwed holds the determinations that the desk reads against all
// of them.
func TestOwedIsWhatIsOwed(t *testing.T) {
	e := decidedCounty(t, 300)
	var want, got []string
	err := e.eachRuling(func(r *ruling) error {
		if r.Outcome.Owed() {
			want = append(want, rulingKey(r.ConvictionID, r.Law))
		}
		return nil
	})
	if err != nil || len(want) == 0 {
		t.Fatalf("%d are owed (%v)", len(want), err)
	}
	d, err := e.openDesk()
	if err != nil {
		t.Fatal(err)
	}
	defer d.close()
	for _, c := range d.candidates {
		got = append(got, rulingKey(c.ConvictionID, c.Law))
		if c.Conviction == nil || c.Conviction.ID != c.ConvictionID {
			t.Errorf("%s stands on the desk without its conviction", c.ConvictionID)
		}
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}
