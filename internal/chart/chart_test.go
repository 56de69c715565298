package chart

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var update = flag.Bool("update", false, "rewrite the golden pictures")

// samples are one of each chart, with labels that must be escaped, values of
// both signs, and rows without figures.
func samples() map[string]Chart {
	nan := math.NaN()
	return map[string]Chart{
		"bars": &Bars{About: About{"Findings", "What the run met."}, Of: "Finding", Unit: "findings", Whole: true,
			Rows: []Bar{{Label: "digits_in_name", Values: []float64{1203}}, {Label: `<b>"quoted" & more</b>`, Values: []float64{44}, Note: "in 3 sources"}, {Label: "none", Values: []float64{0}}}},
		"weights": &Bars{About: About{"Match weights", "Right of zero speaks for one person."}, Of: "Level", Unit: "bits", Decimals: 3,
			Rows: []Bar{{Group: "surname", Label: "equal, one in 4,000", Values: []float64{11.25}}, {Group: "surname", Label: "other", Values: []float64{-6.125}}, {Group: "birth date", Label: "not told", Values: []float64{nan}}}},
		"grouped": &Bars{About: About{"m and u", ""}, Of: "Level", Unit: "share of pairs", Series: []string{"m, pairs of one person", "u, pairs of two"}, Decimals: 3,
			Rows: []Bar{{Label: "equal", Values: []float64{.91, .00004}}, {Label: "near", Values: []float64{.06, .002}}, {Label: "other", Values: []float64{.03, .998}}}},
		"stacked": &Bars{About: About{"Rows by fate", ""}, Of: "Source", Unit: "rows", Series: []string{"accepted", "merged", "quarantined"}, Stacked: true, Whole: true,
			Rows: []Bar{{Label: "state", Values: []float64{56090, 200, 12}}, {Label: "court", Values: []float64{31390, 0, 3000}}}},
		"waterfall": &Waterfall{About: About{"Why these rows are one person", "The bars add up to the total."}, Of: "Comparison", Unit: "bits", Total: "total", Decimals: 3,
			Steps: []Step{{"prior", "before anything is compared", -17.2}, {"surname", "equal, one in 30,000", 14.125}, {"birth date", "digits transposed", 6.5}, {"sex", "different", -3.75}, {"number cii", "equal", 12}},
			Marks: []Mark{{"possible link", -3}, {"link", 0}}},
		"histogram": &Histogram{About: About{"Weights of pairs", ""}, XTitle: "bits", YTitle: "pairs", Log: true, Series: []string{"two persons", "one person"},
			Bins:  []Bin{{-20, -15, []float64{91234, 0}}, {-15, -10, []float64{2100, 0}}, {-10, -5, []float64{31, 0}}, {-5, 0, []float64{4, 1}}, {0, 5, []float64{0, 12}}, {5, 10, []float64{0, 310}}},
			Marks: []Mark{{"possible", -4}, {"link", 0}}},
		"lines": &Lines{About: About{"Precision and recall", ""}, XTitle: "threshold in bits", YTitle: "share", Percent: true, Low: 0, High: 1,
			Series: []Line{{"precision", []Point{{-5, .7, .6, .8}, {0, .95, .93, .97}, {5, .99, .985, .995}}}, {"recall", []Point{{-5, .99, 0, 0}, {0, .97, 0, 0}, {5, .9, 0, 0}}}},
			Marks:  []Mark{{"link", 0}}},
		"dots": &Dots{About: About{"Recall by group", ""}, Of: "Group", Unit: "recall", Value: "recall", Percent: true, Low: .8, High: 1,
			Rows: []Dot{{Group: "sex", Label: "F", Value: .93, Low: .91, High: .95, Note: "below the rest", Flagged: true}, {Group: "sex", Label: "M", Value: .97, Low: .965, High: .975}, {Group: "age", Label: "over 80", WithoutFigures: true, Note: "fewer than 11"}}},
		"change": &Dots{About: About{"The model before and after", ""}, Of: "Level", Unit: "bits", Value: "now", Was: "before", Decimals: 3,
			Rows: []Dot{{Group: "surname", Label: "equal", Value: 11.2, Was: 10.9}, {Group: "surname", Label: "other", Value: -6, Was: -4.5}, {Group: "phone", Label: "equal", Value: 8, Was: nan, Note: "new"}}},
		"heat": &Heat{About: About{"Coverage", "Convictions that each source tells of."}, Of: "Source", Along: "Year", Unit: "convictions", Columns: []string{"1998", "1999", "2000", "2001"},
			Rows: []HeatRow{{"state · SACRAMENTO", []float64{0, 12, 250, 4000}}, {"court · SACRAMENTO", []float64{nan, 0, 1, 3800}}}},
		"empty": &Bars{About: About{"Nothing", "There is nothing."}, Of: "Thing", Unit: "things"},
	}
}

func TestGolden(t *testing.T) {
	for name, c := range samples() {
		got := Figure(c)
		file := filepath.Join("testdata", name+".html")
		if *update {
			if err := os.WriteFile(file, got, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is drawn otherwise; look at it, then go test -update", name)
		}
	}
}

// TestTicksAreRound holds that an axis ends at round numbers and covers its
// values.
func TestTicksAreRound(t *testing.T) {
	for _, c := range []struct {
		low, high float64
		whole     bool
		want      string
	}{
		{0, 97, false, "0 20 40 60 80 100"},
		{-17.3, 21, false, "−20 −10 0 10 20 30"},
		{0, 3, true, "0 1 2 3"},
		{0, .0042, false, "0.000 0.001 0.002 0.003 0.004 0.005"},
		{0, 1250000, true, "0 500 k 1 M 1.5 M"},
		{0, 0, true, "0 1"},
		{5, 5, false, "0 2 4 6"},
	} {
		_, ticks := fit(c.low, c.high, 5, c.whole)
		if got := strings.Join(tickTexts(ticks), " "); got != c.want {
			t.Errorf("%g to %g: %s, want %s", c.low, c.high, got, c.want)
		}
	}
}

func TestNumbersAsPeopleWriteThem(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{Number(1234567, 0), "1,234,567"},
		{Number(-1234.5, 1), "−1,234.5"},
		{Number(-.0001, 2), "0.00"},
		{Number(2.5, -1), "2.5"},
		{Number(math.NaN(), 2), "–"},
		{Small(.0000021), "2.1e-06"},
		{Percent(.9312), "93.1 %"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

// TestAnyFigureIsWellFormed draws charts of arbitrary numbers and texts: the
// result parses as XML, holds no text as markup and no style attribute.
func TestAnyFigureIsWellFormed(t *testing.T) {
	value := rapid.OneOf(rapid.Float64Range(-1e9, 1e9), rapid.Just(math.NaN()), rapid.Just(math.Inf(1)), rapid.Just(0.0))
	text := rapid.StringOf(rapid.OneOf(rapid.Rune(), rapid.RuneFrom([]rune(`<>&"'ABC`))))
	rapid.Check(t, func(t *rapid.T) {
		var bars Bars
		var dots Dots
		var fall Waterfall
		var hist Histogram
		var lines Lines
		bars.Series = []string{"one", "two"}
		bars.Title, bars.Stacked, dots.Was = text.Draw(t, "title"), rapid.Bool().Draw(t, "stacked"), text.Draw(t, "was")
		hist.Log = rapid.Bool().Draw(t, "log")
		line := Line{Name: text.Draw(t, "line")}
		for i := range rapid.IntRange(0, 12).Draw(t, "rows") {
			label, v, w := text.Draw(t, "label"), value.Draw(t, "v"), value.Draw(t, "w")
			bars.Rows = append(bars.Rows, Bar{Group: text.Draw(t, "group"), Label: label, Values: []float64{v, w}})
			dots.Rows = append(dots.Rows, Dot{Label: label, Value: v, Was: w, Low: v - 1, High: v + 1})
			fall.Steps = append(fall.Steps, Step{label, label, v})
			hist.Bins = append(hist.Bins, Bin{float64(i), float64(i + 1), []float64{math.Abs(v)}})
			line.Points = append(line.Points, Point{X: float64(i), Y: v, Low: v - 1, High: w})
		}
		lines.Series = []Line{line}
		for _, c := range []Chart{&bars, &dots, &fall, &hist, &lines} {
			wellFormed(t, Figure(c))
		}
	})
}

func wellFormed(t *rapid.T, b []byte) {
	d := xml.NewDecoder(bytes.NewReader(b))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			if strings.Contains(err.Error(), "illegal character code") {
				return // HTML takes control characters that XML does not
			}
			t.Fatalf("%v in %s", err, b)
		}
		if e, ok := token.(xml.StartElement); ok {
			for _, a := range e.Attr {
				if a.Name.Local == "style" || strings.HasPrefix(a.Name.Local, "on") {
					t.Fatalf("attribute %s", a.Name.Local)
				}
				if strings.Contains(a.Value, "NaN") || strings.Contains(a.Value, "Inf") {
					if a.Name.Local != "aria-label" {
						t.Fatalf("%s = %s", a.Name.Local, a.Value)
					}
				}
			}
		}
	}
}
