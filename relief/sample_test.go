package relief_test

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/normalize/statute"
	"github.com/casefold/casefold/relief"
)

// shared finds a file of the project's shared material, or skips the test.
func shared(t testing.TB, name string) string {
	t.Helper()
	root := os.Getenv("CASEFOLD_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "shared")
	}
	p := filepath.Join(root, name)
	if _, err := os.Stat(p); err != nil {
		t.Skip("the shared material is absent")
	}
	return p
}

// sampleDifferences explains, by row of the reference results, each answer that
// differs from the reference program's, with the rule that makes it so.
var sampleDifferences = map[int]string{
	39: "new-law-offense: convicted in 2017 without an arrest or offence date; HS 11361.8 asks for the offence date",
}

// TestReferenceSample decides the reference program's sample with its own county
// options as a policy. Each conviction's grant equals the reference result, or
// the difference is listed with its reason.
func TestReferenceSample(t *testing.T) {
	law := load(t, "prop64")
	options, err := os.ReadFile(shared(t, "data/ca-doj/reference_options.json"))
	if err != nil {
		t.Fatal(err)
	}
	policy, problems := relief.LoadPolicy(law, "reference-sample.json", options)
	for _, p := range problems {
		t.Fatal(p)
	}
	ctx := relief.Context{AsOf: 20191111, Policy: policy, Office: casefold.Office{County: "SACRAMENTO"}, Sources: []casefold.Source{{
		Name: "doj", Teller: casefold.TellerState, AuthoritativeFor: []casefold.Coverage{{Question: casefold.AboutConvictions}}}}}
	for _, p := range readSample(t) {
		for _, d := range law.Decide(&p.history, ctx) {
			row := p.rows[d.ConvictionID]
			if d.Ours != casefold.True {
				if row.want != "" {
					t.Errorf("row %d: the reference decides it, but it is not the office's", row.line)
				}
				continue
			}
			got, why := grantWord(&d), sampleDifferences[row.line]
			switch {
			case got == row.want && why != "":
				t.Errorf("row %d equals the reference; the difference is no longer there", row.line)
			case got != row.want && why == "":
				t.Errorf("row %d: the reference says %q, the law and its policy %q: %s", row.line, row.want, got, d.Reason)
			case why != "":
				t.Logf("row %d: the reference says %q, here %s: %s", row.line, row.want, d.Outcome, why)
			}
		}
	}
}

// grantWord is a determination in the reference program's words.
func grantWord(d *relief.Determination) string {
	switch d.Outcome {
	case relief.DismissAndSeal, relief.PolicyDismiss:
		return "Eligible for Dismissal"
	case relief.RedesignateMisdemeanor, relief.RedesignateInfraction, relief.PolicyReduce:
		return "Eligible for Reduction"
	}
	if d.Outcome == relief.NotCovered {
		return ""
	}
	return string(d.Outcome)
}

type samplePerson struct {
	history casefold.History
	rows    map[string]sampleRow
}

type sampleRow struct {
	line int
	want string
}

// readSample builds one history per subject from the sample's rows: enough of
// the history stage for a file without duplicates.
func readSample(t *testing.T) []*samplePerson {
	f, err := os.Open(shared(t, "data/ca-doj/reference_results.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	parser := statute.New()
	var people []*samplePerson
	bySubject := map[string]*samplePerson{}
	for i, r := range rows[1:] {
		get := func(name string) string { return strings.TrimSpace(r[column[name]]) }
		p := bySubject[get("SUBJECT_ID")]
		if p == nil {
			p = &samplePerson{rows: map[string]sampleRow{}}
			p.history.PersonID = get("SUBJECT_ID")
			p.history.Birth = casefold.Fact[casefold.Date]{Value: plainDate(get("PRI_DOB")), Status: casefold.FactKnown}
			bySubject[get("SUBJECT_ID")], people = p, append(people, p)
		}
		if get("STP_TYPE_DESCR") == "DECEASED" {
			p.history.Deceased.Status = casefold.FactKnown
		}
		if get("STP_TYPE_DESCR") == "REGISTRATION" {
			p.history.Registrations = append(p.history.Registrations, casefold.Registration{
				Statute: casefold.Statute{Code: "PC", Section: "290"}, Date: plainDate(get("STP_EVENT_DATE"))})
		}
		if get("STP_TYPE_DESCR") != "COURT ACTION" || !strings.HasPrefix(get("DISP_DESCR"), "CONVICTED") {
			continue
		}
		p.convict(i+2, get, parser)
	}
	return people
}

func (p *samplePerson) convict(line int, get func(string) string, parser *statute.Parser) {
	h := &p.history
	c := casefold.Conviction{ID: fmt.Sprintf("row-%d", line), PersonID: h.PersonID, Kind: casefold.AdultConviction,
		Reversed: casefold.False, Case: len(h.Convictions), Cycle: -1}
	c.Tellers = []casefold.Teller{{Source: "doj", RowKey: fmt.Sprint(line)}}
	known := casefold.FactKnown
	c.Court = casefold.Fact[casefold.Agency]{Status: known, Value: casefold.Agency{County: get("STP_ORI_CNTY_NAME"), Kind: casefold.SuperiorCourt, Name: "COURT"}}
	c.ConvictionDate = casefold.Fact[casefold.Date]{Status: known, Value: plainDate(get("STP_EVENT_DATE")), Tellers: c.Tellers}
	if d := plainDate(get("CYC_DATE")); d.Known() {
		c.ArrestDate = casefold.Fact[casefold.Date]{Status: known, Value: d}
	}
	if o := parser.Offense(statute.Input{Text: get("OFFENSE_DESCR"), CJIS: get("OFFENSE_CODE"), Comment: get("COMMENT_TEXT")}); o != nil {
		c.Offense = casefold.Fact[casefold.Offense]{Status: known, Value: *o}
	}
	level := statute.Level(get("CONV_STAT_DESCR"))
	if level == "" {
		level = statute.Level(get("OFFENSE_TOC"))
	}
	if level != "" {
		c.Level = casefold.Fact[casefold.Level]{Status: known, Value: level}
		c.LevelAtEntry = c.Level
	}
	if n, unit := 0, get("SENT_TIME_CODE"); unit != "" {
		if _, err := fmt.Sscan(get("SENT_LENGTH"), &n); err == nil {
			end := c.ConvictionDate.Value.First
			switch unit {
			case "D":
				end = end.AddDays(n)
			case "M":
				end = end.AddMonths(n)
			case "Y":
				end = end.AddYears(n)
			}
			c.SentenceEnd = casefold.Fact[casefold.Date]{Status: casefold.FactPresumed, Value: casefold.On(end)}
		}
	}
	h.Convictions = append(h.Convictions, c)
	h.Cases = append(h.Cases, casefold.Case{})
	p.rows[c.ID] = sampleRow{line, get("Eligibility Determination")}
}

func plainDate(s string) casefold.Date {
	if len(s) != 8 {
		return casefold.Date{}
	}
	var y, m, d int
	if n, _ := fmt.Sscanf(s, "%4d%2d%2d", &y, &m, &d); n != 3 {
		return casefold.Date{}
	}
	if m == 0 {
		return casefold.YearOnly(y)
	}
	return casefold.On(casefold.MakeDay(y, m, d))
}
