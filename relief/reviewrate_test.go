package relief_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/casefold/casefold/relief"
)

// TestReviewRate counts what waits, over the four sections themselves.
func TestReviewRate(t *testing.T) {
	waits := func(facts ...string) *relief.Determination {
		d := &relief.Determination{Outcome: relief.Review}
		for _, f := range facts {
			d.Missing = append(d.Missing, relief.Missing{Fact: f})
		}
		return d
	}
	decided := &relief.Determination{Outcome: relief.DismissAndSeal}
	r := relief.NewRateCounter()
	for _, c := range []struct {
		section string
		d       *relief.Determination
	}{
		{"HS 11357(b)", decided}, {"HS 11358", decided}, {"HS 11359", waits("level", "level")},
		{"HS 11360(a)", waits("level", "birth_date")}, {"HS 11360(a)", waits()},
		{"HS 11357(b)", &relief.Determination{Outcome: relief.Review, Route: relief.RouteJuvenile}},
		{"PC 664/HS 11359", waits("level")}, {"HS 11357.5", waits("level")}, {"HS 11366", decided}, {"", decided},
	} {
		r.Add(c.section, c.d)
	}
	want := relief.ReviewRate{Of: 5, Reviews: 3, Rate: 0.6, Causes: []relief.RateCause{
		{Fact: "level", Only: 1, All: 2, Without: 0.4},
		{Fact: "decision", Only: 1, All: 1, Without: 0.4},
		{Fact: "birth_date", Only: 0, All: 1, Without: 0.6},
	}}
	if d := cmp.Diff(want, r.Rate()); d != "" {
		t.Error(d)
	}
}
