package engine

import (
	"context"
	"encoding/json"
	"reflect"
	"testing"
)

// TestSummaryAddsUp holds the figures of a report against those that the run
// itself reported, and against each other.
func TestSummaryAddsUp(t *testing.T) {
	e := openCounty(t, county(t, 150), t.TempDir(), 2)
	run, err := e.Run(context.Background(), RunOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := e.FilePrepare("a test"); err != nil {
		t.Fatal(err)
	}
	s, err := e.Summary()
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range s.Sources {
		want := run.Sources[i]
		if f.Source != want.Name || f.Read != want.Read || f.Accepted != want.Accepted || f.Merged != want.Merged || f.Excluded != want.Excluded || f.Quarantined != want.Quarantined {
			t.Errorf("%+v, the run says %+v", f, want)
		}
		var reasons int64
		for _, r := range f.Reasons {
			reasons += r.Count
		}
		if reasons != f.Excluded+f.Quarantined {
			t.Errorf("%s: %d rows have a reason, %d are left out", f.Source, reasons, f.Excluded+f.Quarantined)
		}
	}
	var persons, convictions, findings int64
	for _, c := range s.RowsPerPerson {
		persons += c.Persons
	}
	for _, o := range s.Outcomes {
		convictions += o.Count
		run.Counts[o.Law+" "+o.Outcome] -= o.Count
	}
	for _, o := range s.Outcomes {
		if n := run.Counts[o.Law+" "+o.Outcome]; n != 0 {
			t.Errorf("%s %s: %d determinations too few", o.Law, o.Outcome, n)
		}
	}
	for _, f := range s.Findings {
		findings += f.Count
		run.Findings[f.Code] -= int(f.Count)
	}
	if persons != run.Counts["persons"] || convictions == 0 || findings == 0 || len(s.Filings) == 0 || len(s.Coverage) == 0 || s.Model == nil {
		t.Errorf("%d persons of %d, %d determinations, %d findings, %d sorts of filings", persons, run.Counts["persons"], convictions, findings, len(s.Filings))
	}
	for code, n := range run.Findings {
		if n != 0 {
			t.Errorf("finding %s: %d too few", code, n)
		}
	}
}

// TestMatchingAddsUp counts the pairs of a report and holds it to be the same
// with any number of workers.
func TestMatchingAddsUp(t *testing.T) {
	dir := county(t, 80)
	var texts []string
	for _, workers := range []int{1, 3} {
		e := openCounty(t, dir, t.TempDir(), workers)
		run, err := e.Run(context.Background(), RunOptions{})
		if err != nil {
			t.Fatal(err)
		}
		m, err := e.SummaryOfMatching(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		var one, all, self, owned int64
		var expected float64
		for _, b := range m.Weights {
			one, all, expected = one+b.One, all+b.One+b.Two, expected+b.Expected
		}
		for _, b := range m.Self {
			self += b.Single
		}
		for _, r := range m.Blocking.Rules {
			owned += int64(r.Marginal)
		}
		if all != int64(m.Sampled) || m.Pairs != run.Counts["pairs"] || owned != m.Pairs || self != int64(m.SelfSampled) || m.SelfSampled == 0 {
			t.Errorf("%d weights of %d pairs sampled; %d pairs, the run compared %d, rules own %d; %d mentions of %d", all, m.Sampled, m.Pairs, run.Counts["pairs"], owned, self, m.SelfSampled)
		}
		// A model that has learned anything expects about as many matches as it makes.
		if f := expected / float64(one); f < .8 || f > 1.25 {
			t.Errorf("the model expects %.0f matches among the pairs, the run made %d", expected, one)
		}
		b, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(b))
	}
	if !reflect.DeepEqual(texts[0], texts[1]) {
		t.Error("the figures depend on the number of workers")
	}
}
