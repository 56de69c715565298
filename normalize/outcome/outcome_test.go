package outcome

import (
	"testing"

	"github.com/casefold/casefold"
)

func TestLaterReliefIsNoOutcomeOfACount(t *testing.T) {
	d, r := Disposition("CONV SET ASIDE & DISM PER 1203.4 PC", "")
	if d.Status != casefold.NoDisposition || len(r) != 1 || r[0].Kind != casefold.Relief12034 {
		t.Errorf("status %q, events %v", d.Status, r)
	}
}
