package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/casefold/casefold/internal/chart"
	"github.com/casefold/casefold/internal/engine"
	"github.com/casefold/casefold/relief"
)

// A runView is what the report of a run shows.
type runView struct {
	*engine.Summary
	Glance     []glance
	Fates      chart.Table
	FateChart  chart.Chart
	AddsUp     bool
	Reasons    chart.Table
	Deliveries chart.Table
	Findings   chart.Chart
	ByField    chart.Table
	Sizes      chart.Chart
	Links      chart.Chart
	Laws       []lawView
	Filings    chart.Table
	Work       chart.Table
	Coverage   []chart.Chart
	Weights    chart.Chart
	Threshold  chart.Chart
	Rules      chart.Chart
	RuleTable  chart.Table
	Unlinkable chart.Chart
	Accuracy   *accuracyView
	ModelView  *modelView
	Made       string
}

// A glance is a figure of the report's head.
type glance struct {
	Name  string
	Count int64
	Note  string
}

// A lawView is what a law decided.
type lawView struct {
	Law      string
	Total    int64
	Without  int64 // convictions on record that get no answer
	Outcomes chart.Chart
	Table    chart.Table
	Reviews  chart.Chart
	Waiting  chart.Table
}

func newRunView(s *engine.Summary, a *engine.AccuracyReport) *runView {
	v := &runView{Summary: s, AddsUp: true, Made: minute(s.At)}
	v.fates()
	v.findings()
	v.persons()
	for _, law := range s.Laws {
		v.Laws = append(v.Laws, newLawView(s, law))
	}
	v.desk()
	v.Coverage = coverageCharts(s)
	v.glance()
	if m := s.Matching; m != nil {
		v.Weights, v.Threshold, v.Rules, v.RuleTable, v.Unlinkable = weightChart(m), thresholdChart(m), ruleChart(m), ruleTable(m), unlinkableChart(m)
	}
	if s.Model != nil {
		v.ModelView = newModelView(nil, s.Model)
	}
	if a != nil {
		v.Accuracy = newAccuracyView(a)
	}
	return v
}

// minute shortens an instant to what a reader needs.
func minute(at string) string {
	if len(at) >= 16 && at[10] == 'T' {
		return at[:10] + " " + at[11:16] + " UTC"
	}
	return at
}

// glance picks the figures that a reader wants first.
func (v *runView) glance() {
	var read, quarantined int64
	for _, f := range v.Sources {
		read, quarantined = read+f.Read, quarantined+f.Quarantined
	}
	v.Glance = append(v.Glance, glance{"rows read", read, fmt.Sprintf("from %d sources; %s in quarantine", len(v.Sources), whole(quarantined))})
	if n, ok := v.Counts["persons"]; ok {
		v.Glance = append(v.Glance, glance{"persons", n, whole(v.Counts["possible links"]) + " possible links between them"})
	}
	if n, ok := v.Counts["convictions"]; ok {
		v.Glance = append(v.Glance, glance{"convictions", n, "each told once, however many agencies tell of it"})
	}
	var owed, ours, review int64
	for _, o := range v.Outcomes {
		switch {
		case relief.Outcome(o.Outcome).Owed():
			owed += o.Count
			if o.Ours == "yes" {
				ours += o.Count
			}
		case o.Outcome == string(relief.Review):
			review += o.Count
		}
	}
	if len(v.Outcomes) > 0 {
		v.Glance = append(v.Glance, glance{"owed relief", owed, whole(ours) + " of them this office's to file"}, glance{"wait for a person", review, "a fact is missing or contradicts"})
	}
	var filed int64
	for _, f := range v.Summary.Filings {
		filed += f.Count
	}
	v.Glance = append(v.Glance, glance{"filings", filed, "in any state"})
}

// fates reconciles the sources.
func (v *runView) fates() {
	t := chart.Table{Columns: []string{"Source", "Read", "Accepted", "Merged", "Excluded", "Quarantined", "Adds up"}}
	bars := &chart.Bars{About: chart.About{Title: "Rows by fate"}, Of: "Source", Unit: "rows", Series: []string{"accepted", "merged", "excluded", "quarantined"}, Stacked: true, Whole: true}
	reasons := chart.Table{Columns: []string{"Source", "Reason", "Rows"}}
	against := chart.Table{Columns: []string{"Source", "Extract of", "New", "Changed", "Gone", "Unchanged"}}
	var sum [5]int64
	for _, f := range v.Sources {
		ok := f.Accepted+f.Merged+f.Excluded+f.Quarantined == f.Read
		v.AddsUp = v.AddsUp && ok
		t.Rows = append(t.Rows, []string{f.Source, whole(f.Read), whole(f.Accepted), whole(f.Merged), whole(f.Excluded), whole(f.Quarantined), yes(ok)})
		for i, n := range []int64{f.Read, f.Accepted, f.Merged, f.Excluded, f.Quarantined} {
			sum[i] += n
		}
		bars.Rows = append(bars.Rows, chart.Bar{Label: f.Source, Values: []float64{float64(f.Accepted), float64(f.Merged), float64(f.Excluded), float64(f.Quarantined)}})
		for _, r := range f.Reasons {
			reasons.Rows = append(reasons.Rows, []string{f.Source, Plain(r.Reason), whole(r.Count)})
		}
		against.Rows = append(against.Rows, []string{f.Source, cmp.Or(f.Extract.String(), "not told"), whole(f.Against["new"]), whole(f.Against["changed"]), whole(f.Against["gone"]), whole(f.Against["unchanged"])})
	}
	t.Rows = append(t.Rows, []string{"All sources", whole(sum[0]), whole(sum[1]), whole(sum[2]), whole(sum[3]), whole(sum[4]), yes(v.AddsUp)})
	v.Fates, v.FateChart, v.Reasons, v.Deliveries = t, bars, reasons, against
}

func yes(ok bool) string {
	if ok {
		return "yes"
	}
	return "NO"
}

// findings draws findings by code, and lists them by source and field.
func (v *runView) findings() {
	b := &chart.Bars{About: chart.About{Title: "Findings by kind", Says: "What was odd in the rows and did not stop the run. The export named findings lists them."}, Of: "Finding", Unit: "findings", Whole: true}
	var codes []string
	total := map[string]int64{}
	v.ByField = chart.Table{Columns: []string{"Finding", "Source", "Field", "Count"}}
	for _, f := range v.Summary.Findings {
		if total[f.Code] == 0 {
			codes = append(codes, f.Code)
		}
		total[f.Code] += f.Count
		v.ByField.Rows = append(v.ByField.Rows, []string{Plain(f.Code), f.Source, f.Field, whole(f.Count)})
	}
	slices.SortStableFunc(codes, func(a, b string) int { return cmp.Compare(total[b], total[a]) })
	for _, c := range codes {
		b.Rows = append(b.Rows, chart.Bar{Label: Plain(c), Values: []float64{float64(total[c])}})
	}
	v.Findings = b
}

// persons draws cluster sizes and possible links.
func (v *runView) persons() {
	type band struct{ from, to int }
	bands := []band{{1, 1}, {2, 2}, {3, 5}, {6, 10}, {11, 20}, {21, 50}, {51, 100}, {101, 200}, {201, math.MaxInt}}
	counts := make([]int64, len(bands))
	largest := 0
	for _, c := range v.RowsPerPerson {
		largest = max(largest, c.Rows)
		counts[slices.IndexFunc(bands, func(b band) bool { return c.Rows <= b.to })] += c.Persons
	}
	b := &chart.Bars{About: chart.About{Title: "Rows per person", Says: fmt.Sprintf("The person with most rows has %s.", whole(largest))}, Of: "Rows", Unit: "persons", Whole: true}
	for i, n := range counts {
		if bands[i].from > largest {
			break
		}
		label := strconv.Itoa(bands[i].from)
		switch {
		case bands[i].to == math.MaxInt:
			label += " and more"
		case bands[i].to > bands[i].from:
			label += " to " + strconv.Itoa(bands[i].to)
		}
		b.Rows = append(b.Rows, chart.Bar{Label: label, Values: []float64{float64(n)}})
	}
	v.Sizes = b
	l := &chart.Bars{About: chart.About{Title: "Possible links by reason", Says: "Pairs of persons that may be one, and why they were not joined."}, Of: "Reason", Unit: "possible links", Whole: true}
	for _, r := range v.Summary.Links {
		l.Rows = append(l.Rows, chart.Bar{Label: Plain(r.Reason), Values: []float64{float64(r.Count)}})
	}
	v.Links = l
}

func newLawView(s *engine.Summary, law string) lawView {
	v := lawView{Law: law}
	bars := &chart.Bars{About: chart.About{Title: "Convictions by outcome", Says: "What the law says of every conviction on record, this office's and others'."}, Of: "Outcome", Unit: "convictions",
		Series: []string{"this office's", "other offices'", "whose is not known"}, Stacked: true, Whole: true}
	v.Table = chart.Table{Columns: []string{"Outcome", "In words", "This office's", "Can be filed", "Convictions", "Persons"}}
	var order []string
	rows := map[string]*[3]float64{}
	for _, o := range s.Outcomes {
		if o.Law != law {
			continue
		}
		v.Total += o.Count
		v.Table.Rows = append(v.Table.Rows, []string{o.Outcome, Plain(o.Outcome), o.Ours, o.Fileable, whole(o.Count), whole(o.Persons)})
		if o.Outcome == string(relief.NotCovered) {
			continue // so many that nothing else would be seen; the table has them
		}
		if rows[o.Outcome] == nil {
			rows[o.Outcome] = new([3]float64)
			order = append(order, o.Outcome)
		}
		rows[o.Outcome][slices.Index([]string{"yes", "no", "unknown"}, o.Ours)] += float64(o.Count)
	}
	for _, word := range order {
		bars.Rows = append(bars.Rows, chart.Bar{Label: Plain(word), Values: rows[word][:]})
	}
	v.Outcomes, v.Without = bars, s.Counts["convictions"]-v.Total
	reviews := &chart.Bars{About: chart.About{Title: "What reviews wait for", Says: "A review may wait for several things; those in the first colour wait for one such thing alone."}, Of: "What", Unit: "reviews",
		Series: []string{"for this alone", "for others too"}, Stacked: true, Whole: true}
	v.Waiting = chart.Table{Columns: []string{"What", "In words", "Reviews", "For this alone", "Things to answer"}}
	for _, c := range s.Reviews {
		if c.Law == law {
			reviews.Rows = append(reviews.Rows, chart.Bar{Label: Plain(c.Fact), Values: []float64{float64(c.Alone), float64(c.All - c.Alone)}})
			v.Waiting.Rows = append(v.Waiting.Rows, []string{c.Fact, c.Words, whole(c.All), whole(c.Alone), whole(c.Items)})
		}
	}
	v.Reviews = reviews
	return v
}

// desk lists filings and work.
func (v *runView) desk() {
	v.Filings = chart.Table{Columns: []string{"Law", "Basis", "Status", "Filings"}}
	for _, f := range v.Summary.Filings {
		v.Filings.Rows = append(v.Filings.Rows, []string{f.Law, f.Basis, f.Status, whole(f.Count)})
	}
	v.Work = chart.Table{Columns: []string{"What waits", "For whom", "Convictions"}}
	for _, w := range v.Summary.Work {
		v.Work.Rows = append(v.Work.Rows, []string{Plain(w.Kind), w.Who, whole(w.Count)})
	}
}

// coverageCharts map what each source tells, by county and year.
func coverageCharts(s *engine.Summary) []chart.Chart {
	years := map[int]bool{}
	for _, c := range s.Coverage {
		if c.Year > 0 {
			years[c.Year] = true
		}
	}
	if len(years) == 0 {
		return nil
	}
	first, last := math.MaxInt, 0
	for y := range years {
		first, last = min(first, y), max(last, y)
	}
	first = max(first, last-79) // a map wider than that is not read
	heat := func(title, says, unit string, of func(i int) int) chart.Chart {
		h := &chart.Heat{About: chart.About{Title: title, Says: says}, Of: "Source and county", Along: "Year", Unit: unit}
		for y := first; y <= last; y++ {
			h.Columns = append(h.Columns, strconv.Itoa(y))
		}
		at := map[string]int{}
		for i, c := range s.Coverage {
			label := c.Source + " · " + cmp.Or(c.County, "county not told")
			if _, ok := at[label]; !ok {
				at[label] = len(h.Rows)
				h.Rows = append(h.Rows, chart.HeatRow{Label: label, Values: make([]float64, last-first+1)})
			}
			if c.Year >= first && c.Year <= last {
				h.Rows[at[label]].Values[c.Year-first] += float64(of(i))
			}
		}
		h.Rows = slices.DeleteFunc(h.Rows, func(r chart.HeatRow) bool {
			return !slices.ContainsFunc(r.Values, func(v float64) bool { return v > 0 })
		})
		return h
	}
	return []chart.Chart{
		heat("Convictions by source, county and year", "White years inside a dark row are years that a source does not cover.", "convictions", func(i int) int { return s.Coverage[i].Convictions }),
		heat("Convictions that one source alone tells", "Nobody confirms them: if this source goes, they go.", "convictions", func(i int) int { return s.Coverage[i].Alone }),
		heat("Arrest counts without any disposition", "By the source that tells of the arrest.", "arrest counts", func(i int) int { return s.Coverage[i].Arrests - s.Coverage[i].Disposed }),
	}
}
