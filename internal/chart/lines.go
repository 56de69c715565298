package chart

import (
	"cmp"
	"html"
	"math"
	"slices"
	"strings"
)

// Lines shows how values move along an axis: precision and recall against the
// threshold, convictions by year.
type Lines struct {
	About
	XTitle, YTitle string
	Series         []Line
	Marks          []Mark
	Low, High      float64 // of the vertical axis; both 0: as the values need
	Decimals       int     // of values in the table
	Percent        bool    // values are shares, printed as percentages
}

// A Line is one series of points, by X.
type Line struct {
	Name   string
	Points []Point
}

// A Point is a value; Low and High are its interval, NaN or equal if there is
// none.
type Point struct{ X, Y, Low, High float64 }

// SVG draws the lines, each named at its right end.
func (l *Lines) SVG() []byte {
	c := &canvas{}
	x, ticksX, y, ticksY := l.scales()
	left, right := 14.0, 20.0
	for _, t := range l.ticks(ticksY) {
		left = math.Max(left, width(t)+14)
	}
	for _, s := range l.Series {
		right = math.Max(right, math.Min(width(s.Name)+14, 220))
	}
	top := 22 + marksHeight(l.Marks)
	bottom := top + histogramHeight
	x.from, x.to, y.from, y.to = left, pictureWidth-right, bottom, top
	c.axisY(y, ticksY, l.ticks(ticksY), left, x.to, "")
	c.text(2, 12, atStart, l.YTitle, 0, "")
	c.axisX(x, ticksX, tickTexts(ticksX), top, bottom, l.XTitle)
	for i, s := range l.Series {
		l.draw(c, x, y, s, i)
	}
	l.names(c, x, y)
	c.marks(x, l.Marks, top, bottom)
	c.height = bottom + axisHeight + 16
	return c.bytes(l.Title)
}

func (l *Lines) scales() (x scale, ticksX []float64, y scale, ticksY []float64) {
	lowX, highX := math.Inf(1), math.Inf(-1)
	low, high := math.Inf(1), math.Inf(-1)
	for _, s := range l.Series {
		for _, p := range s.Points {
			lowX, highX = math.Min(lowX, p.X), math.Max(highX, p.X)
			low, high = math.Min(low, p.Y), math.Max(high, p.Y)
		}
	}
	if l.Low != 0 || l.High != 0 {
		low, high = l.Low, l.High
	}
	x, ticksX = fit(lowX, highX, 9, false)
	y, ticksY = fit(low, high, 5, false)
	return x, ticksX, y, ticksY
}

// ticks prints the ticks of the vertical axis.
func (l *Lines) ticks(ticks []float64) []string {
	if l.Percent {
		return shareTexts(ticks)
	}
	return tickTexts(ticks)
}

// draw draws one line with a band for its intervals.
func (l *Lines) draw(c *canvas, x, y scale, s Line, i int) {
	var path, upper, lower []string
	for n, p := range s.Points {
		verb := "L"
		if n == 0 {
			verb = "M"
		}
		path = append(path, verb+num(x.at(p.X))+" "+num(y.at(p.Y)))
		if p.High > p.Low {
			upper = append(upper, num(x.at(p.X))+","+num(y.at(p.High)))
			lower = append(lower, num(x.at(p.X))+","+num(y.at(p.Low)))
		}
	}
	if len(upper) > 1 {
		slices.Reverse(lower)
		c.b.WriteString(`<polygon class="` + class(i) + `" fill="` + colour(i) + `" fill-opacity=".15" points="` + strings.Join(append(upper, lower...), " ") + "\"/>\n")
	}
	if len(path) == 0 {
		return
	}
	dash := ""
	if d := dashes[i%len(dashes)]; d != "" {
		dash = ` stroke-dasharray="` + d + `"`
	}
	c.b.WriteString(`<path class="o` + class(i)[1:] + `" fill="none" stroke="` + colour(i) + `" stroke-width="2"` + dash + ` d="` + strings.Join(path, " ") + `"><title>` + html.EscapeString(s.Name) + "</title></path>\n")
	if len(s.Points) == 1 {
		c.disc(x.at(s.Points[0].X), y.at(s.Points[0].Y), 4, i, s.Name)
	}
}

// names writes the lines' names right of their ends, moved apart where they
// would cover each other.
func (l *Lines) names(c *canvas, x, y scale) {
	type end struct {
		at float64
		i  int
	}
	var ends []end
	for i, s := range l.Series {
		if len(s.Points) > 0 {
			ends = append(ends, end{y.at(s.Points[len(s.Points)-1].Y), i})
		}
	}
	slices.SortStableFunc(ends, func(a, b end) int { return cmp.Compare(a.at, b.at) })
	for n := range ends {
		if n > 0 && ends[n].at < ends[n-1].at+15 {
			ends[n].at = ends[n-1].at + 15
		}
		s := l.Series[ends[n].i]
		c.text(x.to+6, ends[n].at+4, atStart, s.Name, pictureWidth-x.to-6, `class="`+class(ends[n].i)+`"`)
	}
}

// Table lists the values, a row for each X.
func (l *Lines) Table() Table {
	t := Table{Columns: []string{l.XTitle}}
	var xs []float64
	for _, s := range l.Series {
		t.Columns = append(t.Columns, s.Name)
		for _, p := range s.Points {
			xs = append(xs, p.X)
		}
	}
	slices.Sort(xs)
	for _, x := range slices.Compact(xs) {
		row := []string{strings.ReplaceAll(Number(x, -1), ",", "")}
		for _, s := range l.Series {
			cell := ""
			for _, p := range s.Points {
				if p.X == x {
					cell = l.cell(p)
				}
			}
			row = append(row, cell)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (l *Lines) cell(p Point) string {
	text := func(v float64) string {
		if l.Percent {
			return Percent(v)
		}
		return Number(v, l.Decimals)
	}
	if p.High > p.Low {
		return text(p.Y) + " (" + text(p.Low) + " – " + text(p.High) + ")"
	}
	return text(p.Y)
}
