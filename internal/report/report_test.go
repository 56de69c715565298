package report

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"flag"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/casefold/casefold/history"
	"github.com/casefold/casefold/internal/engine"
	"github.com/casefold/casefold/matcher"
	"github.com/casefold/casefold/matcher/evaluate"
	"github.com/casefold/casefold/relief"
)

var update = flag.Bool("update", false, "rewrite the golden reports")

// canary would run as script if a report forgot to escape.
const canary = `<script>alert(1)</script>`

func model(surname int64) *matcher.Model {
	return &matcher.Model{Prior: -9000, Link: 0, Possible: -5600, Comparisons: []matcher.ModelComparison{
		{Comparison: matcher.Comparison{Kind: "surname"}, Levels: []matcher.ModelLevel{{Level: 1, Name: "different", M: .02, U: .99, Weight: -5630}, {Level: 7, Name: "equal, 1 in 500", M: .4, U: .002, Weight: surname}}},
	}}
}

// summary is a small run: one source whose rows add up, a law with a review
// and a filing, ten scored pairs.
func summary() *engine.Summary {
	return &engine.Summary{
		Office: "County of Nowhere " + canary, Generation: 3, AsOf: 20261124, At: "2026-11-24T12:13:50.1Z", Program: "test", Until: "relief",
		Counts: map[string]int64{"persons": 4, "possible links": 1, "convictions": 6},
		Sources: []engine.SourceFates{{Source: "court", Read: 12, Accepted: 9, Merged: 1, Quarantined: 2, Extract: 20261015,
			Reasons: []engine.ReasonCount{{Reason: "too_few_columns", Count: 2}}, Against: map[string]int64{"new": 9}}},
		Findings:      []engine.FindingCount{{Code: "digits_in_name", Source: "court", Field: "name", Count: 3}},
		RowsPerPerson: []engine.SizeCount{{Rows: 1, Persons: 2}, {Rows: 3, Persons: 1}, {Rows: 4, Persons: 1}},
		Links:         []engine.ReasonCount{{Reason: "two_numbers", Count: 1}},
		Laws:          []string{"prop64"},
		Outcomes: []engine.OutcomeCount{{Law: "prop64", Outcome: "dismiss_and_seal", Ours: "yes", Fileable: "yes", Count: 3, Persons: 2},
			{Law: "prop64", Outcome: "not_covered", Ours: "yes", Fileable: "no", Count: 1, Persons: 1}, {Law: "prop64", Outcome: "review", Ours: "no", Fileable: "no", Count: 1, Persons: 1}},
		Reviews:  []engine.CauseCount{{Law: "prop64", Cause: relief.Cause{Fact: "offense_date", Alone: 1, All: 1, Items: 1}, Words: "date of the offence"}},
		Filings:  []engine.FilingCount{{Law: "prop64", Basis: "owed", Status: "prepared", Count: 3}},
		Work:     []engine.WorkCount{{Kind: "not_fileable", Who: "clerk", Count: 1}},
		Coverage: []history.CoverageCell{{Source: "court", County: "NOWHERE", Year: 1998, Convictions: 4, Alone: 4}, {Source: "court", County: "NOWHERE", Year: 2001, Convictions: 2, Arrests: 3, Disposed: 1}},
		Model:    model(7640), Trained: "2026-11-24T12:00:00Z by run",
		Matching: &engine.Matching{Pairs: 20, Link: 0, Possible: -5600, Sampled: 10, SelfSampled: 9, Unlinkable: 2,
			Blocking: &engine.BlockingReport{Mentions: 9, Pairs: 20, Truth: "prints", Witnesses: 8, Matches: 8, Found: 7, RecallLow: .5, RecallHigh: .99, Rules: []engine.BlockingLine{
				{Rule: "surname + birth.year", Pairs: 15, Marginal: 15, Matches: 7, OnlyMatches: 4.5, Largest: []int{5, 3}, Judged: true}, {Rule: "id:cii", Pairs: 8, Marginal: 5, Largest: []int{2}, Uncompared: 7}}},
			Weights: []engine.WeightBin{{From: -30, Two: 6}, {From: -2, Two: 1, Expected: .3}, {From: 12, One: 3, Expected: 2.99}},
			Self:    []engine.WeightBin{{From: -4, Single: 2}, {From: 30, Single: 7}}},
	}
}

func estimates() *engine.AccuracyReport {
	cell := func(of, group string, recall float64) evaluate.Cell {
		return evaluate.Cell{Dimension: of, Group: group, Persons: 300, Joined: 900, Wrong: 1.5, True: 950, Precision: evaluate.Share{Value: .9983, Low: .997, High: 1}, Recall: evaluate.Share{Value: recall, Low: recall - .02, High: recall + .02}, WrongBound: .002}
	}
	female, old := cell("sex", "F", .93), cell("age", "over 80", .6)
	female.GapRecall, old.Suppressed = true, true
	return &engine.AccuracyReport{Link: 0, Mentions: 900, Expected: matcher.Expected{Precision: .9991}, RecallLow: .95, RecallHigh: .98,
		Groups: []engine.ExpectedGroup{{Dimension: "sex", Group: "F", GroupExpected: matcher.GroupExpected{Precision: .9, Recall: .8}}},
		Hidden: &engine.HiddenReport{Number: "cii of CA-DOJ", Share: .2, Mentions: 120, SampleReport: evaluate.SampleReport{All: cell("", "", .97), Across: cell("", "", .96), Cells: []evaluate.Cell{female, old}}},
		Curve:  []engine.AccuracyPoint{{Bits: -5, ExpectedPrecision: .98, ExpectedRecall: .99, Hidden: &evaluate.Measure{Precision: .97, Recall: .98}}, {Bits: 0, ExpectedPrecision: .9991, ExpectedRecall: .98, Hidden: &evaluate.Measure{Precision: .9983, Recall: .97}}}}
}

func TestGolden(t *testing.T) {
	run, err := Body(summary(), estimates())
	if err != nil {
		t.Fatal(err)
	}
	var m bytes.Buffer
	if err := Model(&m, model(7400), model(7640)); err != nil {
		t.Fatal(err)
	}
	for name, got := range map[string]string{"run.html": string(run), "model.html": m.String()[strings.Index(m.String(), "<main>"):]} {
		file := filepath.Join("testdata", name)
		if *update {
			if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s is written otherwise; look at it, then go test -update", name)
		}
	}
}

// TestAReportStandsByItself holds that the file needs nothing but itself: its
// policy admits its own style and nothing else, and it names no address.
func TestAReportStandsByItself(t *testing.T) {
	var b bytes.Buffer
	if err := Run(&b, summary(), nil); err != nil {
		t.Fatal(err)
	}
	text := b.String()
	style := regexp.MustCompile(`(?s)<style>(.*)</style>`).FindStringSubmatch(text)
	if style == nil {
		t.Fatal("no style")
	}
	sum := sha256.Sum256([]byte(style[1]))
	hash := base64.StdEncoding.EncodeToString(sum[:])
	// The attribute is escaped as HTML; browsers read "&#43;" as "+".
	if want := "sha256-" + strings.ReplaceAll(hash, "+", "&#43;"); !strings.Contains(text, want) {
		t.Errorf("the policy does not name the style's hash %s", want)
	}
	for _, bad := range []string{"<script", "<link", "@import", "url(", ` src=`, ` style=`, "NaN"} {
		if strings.Contains(text, bad) {
			t.Errorf("the report holds %q", bad)
		}
	}
	for _, m := range regexp.MustCompile(`https?://[^"' <]*`).FindAllString(text, -1) {
		if m != "http://www.w3.org/2000/svg" {
			t.Errorf("the report names %s", m)
		}
	}
}

// TestAReportSaysTheFigures looks for what a reader must find.
func TestAReportSaysTheFigures(t *testing.T) {
	body, err := Body(summary(), estimates())
	if err != nil {
		t.Fatal(err)
	}
	text := regexp.MustCompile(`<[^>]*>`).ReplaceAllString(string(body), "|")
	for _, want := range []string{"Every row is accounted for", "too few columns", "two numbers of one issuer", "dismiss and seal", "date of the offence",
		"owed, cannot be filed as it stands", "surname + birth.year", "All rules together find 87.5 %", "22.2 %", "Convictions on record without an answer: 1", "too few persons to show", "93.0 %", "99.91 %", "at most 1 in 500", "2026-11-24 12:13 UTC"} {
		if !strings.Contains(text, want) {
			t.Errorf("the report does not say %q", want)
		}
	}
	if strings.Contains(text, "60.0 %") || strings.Contains(string(body), canary) {
		t.Error("a small cell is shown, or a name runs as script")
	}
}

// TestWithoutPrintsTheModelSpeaks holds that groups are shown as the model
// expects them where the data hold nothing to check them on.
func TestWithoutPrintsTheModelSpeaks(t *testing.T) {
	a := estimates()
	a.Hidden = nil
	for i := range a.Curve {
		a.Curve[i].Hidden = nil
	}
	body, err := Body(summary(), a)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"as the model expects", "80.0 %", "recall, expected"} {
		if !strings.Contains(string(body), want) {
			t.Errorf("lacks %q", want)
		}
	}
	if strings.Contains(string(body), "checked") {
		t.Error("nothing was checked")
	}
}

// TestARunThatStoppedEarlyIsReported holds that a store without persons, law
// and model still gives a report.
func TestARunThatStoppedEarlyIsReported(t *testing.T) {
	s := &engine.Summary{Office: "County", Generation: 1, Until: "ingest", Counts: map[string]int64{}, Sources: []engine.SourceFates{{Source: "court", Read: 2, Accepted: 1}}}
	body, err := Body(s, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"stopped after <strong>ingest</strong>", "do not add up", "NO"} {
		if !strings.Contains(string(body), want) {
			t.Errorf("lacks %q", want)
		}
	}
}

// TestThresholdToolCounts checks the curves against a hand count: at 12 bits
// and above 3 pairs of which 2.99 are right; of 3.29 in all.
func TestThresholdToolCounts(t *testing.T) {
	m := summary().Matching
	table := thresholdChart(m).Table()
	last := table.Rows[len(table.Rows)-1]
	if last[0] != "12" || last[1] != "99.7 %" || last[2] != "90.9 %" {
		t.Errorf("%v", last)
	}
	if w := merge(m.Weights, 5); w[0].From != -30 || w[1].From != -5 || w[2].From != 10 || math.Abs(w[1].Expected-.3) > 1e-9 {
		t.Errorf("%+v", w)
	}
}
