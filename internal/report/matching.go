package report

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/chart"
	"github.com/casefold/casefold/internal/engine"
	"github.com/casefold/casefold/matcher"
)

// weightChart is the histogram of the weights of sampled pairs.
func weightChart(m *engine.Matching) chart.Chart {
	says := "Every candidate pair has a weight; from the link threshold on, it speaks for one person."
	if int64(m.Sampled) < m.Pairs {
		says += fmt.Sprintf(" A sample of %s of %s pairs.", chart.Number(float64(m.Sampled), 0), chart.Number(float64(m.Pairs), 0))
	}
	h := &chart.Histogram{About: chart.About{Title: "Weights of candidate pairs", Says: says}, XTitle: "weight in bits", YTitle: "pairs",
		Series: []string{"held to be two persons", "held to be one person"}, Log: true, Marks: thresholdMarks(m)}
	width := binWidth(m.Weights)
	for _, b := range merge(m.Weights, width) {
		h.Bins = append(h.Bins, chart.Bin{From: float64(b.From), To: float64(b.From + width), Counts: []float64{float64(b.Two), float64(b.One)}})
	}
	return h
}

// binWidth is how many bits a bin spans so that about sixty cover them all.
func binWidth(bins []engine.WeightBin) int64 {
	if len(bins) == 0 {
		return 1
	}
	span := bins[len(bins)-1].From - bins[0].From + 1
	for _, w := range []int64{1, 2, 5, 10, 20} {
		if span <= 60*w {
			return w
		}
	}
	return 50
}

// merge adds bins of one bit up to wider ones that begin at multiples of width.
func merge(bins []engine.WeightBin, width int64) []engine.WeightBin {
	var out []engine.WeightBin
	for _, b := range bins {
		from := int64(math.Floor(float64(b.From)/float64(width))) * width
		if n := len(out); n == 0 || out[n-1].From != from {
			out = append(out, engine.WeightBin{From: from})
		}
		o := &out[len(out)-1]
		o.Two, o.One, o.Single, o.Expected = o.Two+b.Two, o.One+b.One, o.Single+b.Single, o.Expected+b.Expected
	}
	return out
}

// unlinkableChart shows the share of mentions that even a perfect repetition
// of themselves would not lift to a threshold.
func unlinkableChart(m *engine.Matching) chart.Chart {
	l := &chart.Lines{About: chart.About{Title: "Mentions that cannot be linked",
		Says: fmt.Sprintf("The share of mentions that say too little: a perfect repetition would not reach the threshold. At the link threshold it is %s.", chart.Percent(float64(m.Unlinkable)/math.Max(1, float64(m.SelfSampled))))},
		XTitle: "threshold in bits", YTitle: "share of mentions", Percent: true, Low: 0, High: 1, Marks: []chart.Mark{{Label: "link", At: float64(m.Link) / 1000}}}
	line := chart.Line{Name: "cannot be linked"}
	var below int64
	for _, b := range merge(m.Self, binWidth(m.Self)) {
		line.Points = append(line.Points, chart.Point{X: float64(b.From), Y: float64(below) / float64(m.SelfSampled)})
		below += b.Single
	}
	l.Series = []chart.Line{line}
	return l
}

// ruleChart shows what each blocking rule proposed.
func ruleChart(m *engine.Matching) chart.Chart {
	b := &chart.Bars{About: chart.About{Title: "Pairs by blocking rule", Says: found(m.Blocking)},
		Of: "Rule", Unit: "pairs", Series: []string{"first proposed by it", "also proposed before"}, Stacked: true, Whole: true}
	for _, r := range m.Blocking.Rules {
		b.Rows = append(b.Rows, chart.Bar{Label: r.Rule, Values: []float64{float64(r.Marginal), float64(r.Pairs - r.Marginal)}})
	}
	return b
}

// found says what share of the pairs of one person the rules find.
func found(r *engine.BlockingReport) string {
	if r.Matches == 0 {
		return "Pairs that no earlier rule had proposed, and those that it shares with earlier ones."
	}
	against := "that the model expects among them"
	if r.Truth == "prints" {
		against = "that one fingerprint number backs, rules on numbers left out"
	}
	return fmt.Sprintf("All rules together find %s of the pairs of one person %s (from %s to %s).", chart.Percent(r.Found/r.Matches), against, chart.Percent(r.RecallLow), chart.Percent(r.RecallHigh))
}

// ruleTable has every figure of the rules.
func ruleTable(m *engine.Matching) chart.Table {
	t := chart.Table{Columns: []string{"Rule", "Pairs", "First proposed by it", "Matches among them", "Matches found by it alone", "Largest block", "Blocks divided further", "Left uncompared"}}
	uncompared := 0
	for _, r := range m.Blocking.Rules {
		matches, alone, largest := "–", "–", 0
		if r.Judged {
			matches, alone = chart.Number(r.Matches, 1), chart.Number(r.OnlyMatches, 1)
		}
		if len(r.Largest) > 0 {
			largest = slices.Max(r.Largest)
		}
		t.Rows = append(t.Rows, []string{r.Rule, whole(r.Pairs), whole(r.Marginal), matches, alone, whole(largest), whole(r.Refined), whole(r.Uncompared)})
		uncompared += r.Uncompared
	}
	t.Rows = append(t.Rows, []string{"All rules", whole(m.Blocking.Pairs), whole(m.Pairs), "", "", "", "", whole(uncompared)})
	return t
}

func whole[T int | int64](n T) string { return chart.Number(float64(n), 0) }

// A modelView is a model's charts.
type modelView struct {
	After                 *matcher.Model
	Prior, Link, Possible string
	Facts                 chart.Table
	Weights, MU           chart.Chart
	Change                chart.Chart // nil: there is no model before
	Moved                 int         // levels whose weight changed
}

func newModelView(before, after *matcher.Model) *modelView {
	v := &modelView{After: after, Prior: casefold.Bits(after.Prior), Link: casefold.Bits(after.Link), Possible: casefold.Bits(after.Possible)}
	p := after.Provenance
	v.Facts = chart.Table{Columns: []string{"Trained on", "Figure"}, Rows: [][]string{
		{"records", whole(p.Records)}, {"mentions", whole(p.Mentions)}, {"candidate pairs looked at", whole(p.Candidates)},
		{"share of the blocks looked at", chart.Percent(p.Sample)}, {"expected pairs of one person", whole(p.Matches)}, {"rounds", whole(p.Rounds)},
		{"cost of a false link", chart.Number(after.Costs.FalseLink, -1)}, {"cost of a missed link", chart.Number(after.Costs.MissedLink, -1)},
	}}
	weights := &chart.Bars{About: chart.About{Title: "Match weights", Says: "What each level says: right of zero for one person, left for two."}, Of: "Level", Unit: "bits", Decimals: 3}
	mu := &chart.Bars{About: chart.About{Title: "m and u", Says: "m is how often a level is met among pairs of one person, u among pairs of two."}, Of: "Level", Unit: "share of pairs",
		Series: []string{"m: pairs of one person", "u: pairs of two persons"}, Decimals: 3}
	for _, c := range after.Comparisons {
		for _, l := range c.Levels {
			weights.Rows = append(weights.Rows, chart.Bar{Group: c.String(), Label: l.Name, Values: []float64{float64(l.Weight) / 1000}})
			mu.Rows = append(mu.Rows, chart.Bar{Group: c.String(), Label: l.Name, Values: []float64{l.M, l.U}})
		}
	}
	v.Weights, v.MU = weights, mu
	if before != nil {
		v.Change, v.Moved = changeChart(before, after)
	}
	return v
}

// changeChart shows the levels whose weights moved.
func changeChart(before, after *matcher.Model) (chart.Chart, int) {
	was := map[string]int64{}
	for _, c := range before.Comparisons {
		for _, l := range c.Levels {
			was[levelKey(c.Comparison, l.Level)] = l.Weight
		}
	}
	d := &chart.Dots{About: chart.About{Title: "The model before and after", Says: "Levels whose weight moved by a tenth of a bit or more, or that are new or gone."},
		Of: "Level", Unit: "bits", Value: "now", Was: "before", Decimals: 3}
	for _, c := range after.Comparisons {
		for _, l := range c.Levels {
			k := levelKey(c.Comparison, l.Level)
			w, known := was[k]
			delete(was, k)
			row := chart.Dot{Group: c.String(), Label: l.Name, Value: float64(l.Weight) / 1000, Was: float64(w) / 1000}
			switch {
			case !known:
				row.Was, row.Note = math.NaN(), "new"
			case max(w-l.Weight, l.Weight-w) < 100:
				continue
			}
			d.Rows = append(d.Rows, row)
		}
	}
	for _, c := range before.Comparisons {
		for _, l := range c.Levels {
			if w, left := was[levelKey(c.Comparison, l.Level)]; left {
				d.Rows = append(d.Rows, chart.Dot{Group: c.String(), Label: l.Name, Value: math.NaN(), Was: float64(w) / 1000, Note: "gone"})
			}
		}
	}
	return d, len(d.Rows)
}

func levelKey(c matcher.Comparison, level uint8) string {
	return c.String() + "\x00" + strconv.Itoa(int(level))
}
