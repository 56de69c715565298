package report

import (
	"math"

	"github.com/casefold/casefold/internal/chart"
	"github.com/casefold/casefold/internal/engine"
)

// Accuracy is what is known of how well persons are linked. It comes from
// matcher/evaluate by way of the engine; the report only draws it.
type Accuracy struct {
	How    string // the sentence on how it was estimated
	Groups []Group
}

// A Group is how well one group of records is linked. Of is what it is a group
// by ("sex", "age"); the group of all records comes first, with Of "".
type Group struct {
	Of, Name          string
	Records           int
	Precision, Recall Estimate
	Gap               bool // worse than all records, beyond chance
	Small             bool // too few records: figures are not shown
}

// An Estimate is a share with the interval that holds it with a chance of .95.
type Estimate struct{ Value, Low, High float64 }

// groupCharts draw precision and recall by group.
func groupCharts(a *Accuracy) []chart.Chart {
	draw := func(name string, of func(Group) Estimate) chart.Chart {
		d := &chart.Dots{About: chart.About{Title: name + " by group", Says: "Each line is the range that holds the true share 95 times of 100. A gap is a group whose range lies below the figure of all records."},
			Of: "Group", Unit: name, Value: name, Percent: true, Decimals: 1}
		for _, g := range a.Groups {
			e := of(g)
			row := chart.Dot{Group: g.Of, Label: g.Name, Value: e.Value, Low: e.Low, High: e.High, Flagged: g.Gap, WithoutFigures: g.Small}
			switch {
			case g.Small:
				row.Note = "too few records to show"
			case g.Gap:
				row.Note = "gap"
			}
			d.Rows = append(d.Rows, row)
		}
		return d
	}
	return []chart.Chart{
		draw("Precision", func(g Group) Estimate { return g.Precision }),
		draw("Recall", func(g Group) Estimate { return g.Recall }),
	}
}

// thresholdChart draws what the model itself expects of its pairs at every
// threshold: of the candidate pairs at or above it, the share that is right;
// of all candidate pairs of one person, the share that is at or above it.
func thresholdChart(m *engine.Matching) chart.Chart {
	l := &chart.Lines{About: chart.About{Title: "Where to draw the line", Says: "What the model expects at each threshold, pair by pair, before clusters are formed. Moving right loses links, moving left makes false ones. Pairs that no blocking rule proposed are in neither line."},
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
