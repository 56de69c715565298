package report

import (
	"fmt"
	"math"

	"github.com/casefold/casefold/internal/chart"
	"github.com/casefold/casefold/internal/engine"
	"github.com/casefold/casefold/matcher/evaluate"
)

// An accuracyView is what is known of how well persons are linked, without
// labels.
type accuracyView struct {
	Expected string // what the model expects, in a sentence
	Hidden   string // what hidden numbers show, in a sentence; "" where there are too few
	Groups   []chart.Chart
	Table    chart.Table
	Curve    chart.Chart
}

func newAccuracyView(a *engine.AccuracyReport) *accuracyView {
	v := &accuracyView{Expected: fmt.Sprintf("By its own chances the model expects %s of the joined pairs to be right, and the links to hold between %s and %s of all pairs of one person, blocking counted in.",
		fine(a.Expected.Precision), chart.Percent(a.RecallLow), chart.Percent(a.RecallHigh))}
	if h := a.Hidden; h != nil {
		v.Hidden = fmt.Sprintf("Checked on the data: the fingerprint number (%s) was hidden, with everything that goes with it, for %s of the persons who have one (%d mentions); linked on the rest, %s of the joined pairs were right (%s to %s), and %s of the pairs were found (%s to %s). Wrong pairs are at most 1 in %s, with 95 %% confidence.",
			h.Number, chart.Percent(h.Share), h.Mentions, fine(h.All.Precision.Value), fine(h.All.Precision.Low), fine(h.All.Precision.High),
			chart.Percent(h.All.Recall.Value), chart.Percent(h.All.Recall.Low), chart.Percent(h.All.Recall.High), oneIn(h.All.WrongBound))
		v.hiddenGroups(h)
	} else {
		v.expectedGroups(a)
	}
	v.Curve = curveChart(a)
	return v
}

// fine prints a share near one with the decimals that matter.
func fine(v float64) string { return chart.Number(100*v, 2) + " %" }

// oneIn prints a small share as one in so many.
func oneIn(v float64) string {
	if v <= 0 {
		return "any number"
	}
	return chart.Number(1/v, 0)
}

// groupSays is under every chart of groups.
const groupSays = "Each line is the range that holds the true share 95 times of 100. A gap is a group that is linked differently from the others by more than chance. Small groups are named and not shown."

// hiddenGroups draws the estimate from hidden persons by group.
func (v *accuracyView) hiddenGroups(h *engine.HiddenReport) {
	cells := append([]evaluate.Cell{h.All, h.Across}, h.Cells...)
	cells[0].Dimension, cells[0].Group = "everybody", "all pairs"
	cells[1].Dimension, cells[1].Group = "everybody", "pairs of two sources"
	draw := func(name string, of func(evaluate.Cell) (evaluate.Share, bool)) chart.Chart {
		d := &chart.Dots{About: chart.About{Title: name + " by group", Says: groupSays}, Of: "Group", Unit: name, Value: name, Percent: true}
		for _, c := range cells {
			share, gap := of(c)
			row := chart.Dot{Group: c.Dimension, Label: c.Group, Value: share.Value, Low: share.Low, High: share.High, Flagged: gap, WithoutFigures: c.Suppressed}
			switch {
			case c.Suppressed:
				row.Note = "too few persons to show"
			case gap:
				row.Note = "gap"
			}
			d.Rows = append(d.Rows, row)
		}
		return d
	}
	v.Groups = []chart.Chart{
		draw("Precision", func(c evaluate.Cell) (evaluate.Share, bool) { return c.Precision, c.GapPrecision }),
		draw("Recall", func(c evaluate.Cell) (evaluate.Share, bool) { return c.Recall, c.GapRecall }),
	}
	v.Table = chart.Table{Columns: []string{"Group", "Persons", "Pairs joined", "Wrong among them", "Pairs to be found"}}
	for _, c := range cells {
		row := []string{c.Dimension + ": " + c.Group, "–", "–", "–", "–"}
		if !c.Suppressed {
			row = append(row[:1], whole(c.Persons), chart.Number(c.Joined, 1), chart.Number(c.Wrong, 1), chart.Number(c.True, 1))
		}
		v.Table.Rows = append(v.Table.Rows, row)
	}
}

// expectedGroups draws what the model expects by group.
func (v *accuracyView) expectedGroups(a *engine.AccuracyReport) {
	draw := func(name string, of func(engine.ExpectedGroup) float64) chart.Chart {
		d := &chart.Dots{About: chart.About{Title: name + " by group, as the model expects", Says: "There are too few fingerprint numbers to check it on the data. Small groups are named and not shown."}, Of: "Group", Unit: name, Value: name, Percent: true}
		for _, g := range a.Groups {
			row := chart.Dot{Group: g.Dimension, Label: g.Group, Value: of(g), WithoutFigures: g.Suppressed}
			if g.Suppressed {
				row.Note = "too few persons to show"
			}
			d.Rows = append(d.Rows, row)
		}
		return d
	}
	v.Groups = []chart.Chart{
		draw("Precision", func(g engine.ExpectedGroup) float64 { return g.Precision }),
		draw("Recall", func(g engine.ExpectedGroup) float64 { return g.Recall }),
	}
}

// curveChart draws precision and recall against the threshold, clusters formed
// at each.
func curveChart(a *engine.AccuracyReport) chart.Chart {
	l := &chart.Lines{About: chart.About{Title: "Precision and recall at other thresholds", Says: "Persons were formed anew at each. Moving right loses links, moving left makes false ones; costs in the project file move the threshold."},
		XTitle: "threshold in bits", YTitle: "share of pairs", Percent: true, Marks: []chart.Mark{{Label: "link", At: a.Link}}}
	lines := []chart.Line{{Name: "precision, expected"}, {Name: "recall, expected"}, {Name: "precision, checked"}, {Name: "recall, checked"}}
	low := 1.0
	for _, p := range a.Curve {
		values := []float64{p.ExpectedPrecision, p.ExpectedRecall}
		if p.Hidden != nil {
			values = append(values, p.Hidden.Precision, p.Hidden.Recall)
		}
		for i, y := range values {
			lines[i].Points = append(lines[i].Points, chart.Point{X: p.Bits, Y: y})
			low = min(low, y)
		}
	}
	if len(lines[2].Points) == 0 {
		lines = lines[:2]
	}
	l.Series, l.Low, l.High = lines, math.Floor(low*20)/20, 1
	return l
}

// thresholdChart draws what the model itself expects of its pairs at every
// threshold: of the candidate pairs at or above it, the share that is right;
// of all candidate pairs of one person, the share that is at or above it.
func thresholdChart(m *engine.Matching) chart.Chart {
	l := &chart.Lines{About: chart.About{Title: "Pair by pair: where to draw the line", Says: "What the model expects of the candidate pairs at each threshold, before clusters are formed. Moving right loses links, moving left makes false ones. Pairs that no blocking rule proposed are in neither line."},
		XTitle: "threshold in bits", YTitle: "share of pairs", Percent: true, Low: 0, High: 1, Marks: thresholdMarks(m)}
	var all float64
	for _, b := range m.Weights {
		all += b.Expected
	}
	precision, recall := chart.Line{Name: "right"}, chart.Line{Name: "found"}
	var pairs, right float64
	link := float64(m.Link) / 1000
	for i := len(m.Weights) - 1; i >= 0; i-- {
		b := m.Weights[i]
		pairs += float64(b.One + b.Two)
		right += b.Expected
		if x := float64(b.From); x >= link-15 && x <= link+25 {
			precision.Points = append(precision.Points, chart.Point{X: x, Y: right / pairs})
			recall.Points = append(recall.Points, chart.Point{X: x, Y: right / math.Max(all, 1e-9)})
		}
	}
	reverse(precision.Points)
	reverse(recall.Points)
	l.Series = []chart.Line{precision, recall}
	return l
}

func reverse(points []chart.Point) {
	for i, j := 0, len(points)-1; i < j; i, j = i+1, j-1 {
		points[i], points[j] = points[j], points[i]
	}
}

func thresholdMarks(m *engine.Matching) []chart.Mark {
	return []chart.Mark{{Label: "possible link", At: float64(m.Possible) / 1000}, {Label: "link", At: float64(m.Link) / 1000}}
}
