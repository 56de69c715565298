package chart

import (
	"math"
	"strings"
)

// A Histogram shows how often values fall into each of a row of equal bins.
// With several series a bin's bars stand on one another. Log draws heights by
// powers of ten, for counts that differ a thousandfold; its series then stand
// beside one another.
type Histogram struct {
	About
	XTitle, YTitle string
	Series         []string
	Bins           []Bin
	Marks          []Mark
	Log            bool
}

// A Bin counts values from From (inclusive) to To.
type Bin struct {
	From, To float64
	Counts   []float64 // one per series
}

// histogramHeight is the height of the drawing area.
const histogramHeight = 240.0

// SVG draws the bins.
func (h *Histogram) SVG() []byte {
	c := &canvas{}
	low, high, most := math.Inf(1), math.Inf(-1), 0.0
	for _, b := range h.Bins {
		low, high = math.Min(low, b.From), math.Max(high, b.To)
		sum := 0.0
		for _, n := range b.Counts {
			sum += n
			most = math.Max(most, n)
		}
		if !h.Log {
			most = math.Max(most, sum)
		}
	}
	y, ticksY := fit(0, most, 5, true)
	if h.Log {
		y, ticksY = fitLog(most)
	}
	left := 14.0
	for _, t := range tickTexts(ticksY) {
		left = math.Max(left, width(t)+14)
	}
	x, ticksX := fit(low, high, 10, false)
	x.from, x.to = left, pictureWidth-14
	top := c.legend(left, 0, h.Series, nil) + 20 + marksHeight(h.Marks)
	bottom := top + histogramHeight
	y.from, y.to = bottom, top
	title := h.YTitle
	if h.Log {
		title += " (each line is ten times the one below)"
	}
	c.axisY(y, ticksY, tickTexts(ticksY), left, x.to, "")
	c.text(2, top-8-marksHeight(h.Marks), atStart, title, 0, "")
	c.axisX(x, ticksX, tickTexts(ticksX), bottom, bottom, h.XTitle)
	for _, b := range h.Bins {
		h.bin(c, x, y, b)
	}
	c.marks(x, h.Marks, top, bottom)
	c.height = bottom + axisHeight + 16
	return c.bytes(h.Title)
}

// bin draws one bin.
func (h *Histogram) bin(c *canvas, x, y scale, b Bin) {
	x1, x2 := x.at(b.From), x.at(b.To)
	wide := math.Max(1, x2-x1-1)
	if !h.Log {
		at := y.from
		for i, n := range b.Counts {
			tall := y.from - y.at(n)
			if n > 0 {
				c.rect(x1, at-tall, wide, math.Max(.5, tall), i, h.tip(b, i))
			}
			at -= tall
		}
		return
	}
	wide /= float64(max(1, len(b.Counts)))
	for i, n := range b.Counts {
		if n > 0 {
			c.rect(x1+float64(i)*wide, y.at(n), wide, y.from-y.at(n), i, h.tip(b, i))
		}
	}
}

func (h *Histogram) tip(b Bin, i int) string {
	name := ""
	if i < len(h.Series) && len(h.Series) > 1 {
		name = ", " + h.Series[i]
	}
	return b.label() + name + ": " + Number(b.Counts[i], -1)
}

func (b Bin) label() string { return Number(b.From, -1) + " to " + Number(b.To, -1) }

// Table lists the bins that hold anything.
func (h *Histogram) Table() Table {
	t := Table{Columns: []string{h.XTitle}}
	if len(h.Series) > 0 {
		t.Columns = append(t.Columns, h.Series...)
	} else {
		t.Columns = append(t.Columns, h.YTitle)
	}
	for _, b := range h.Bins {
		row, any := []string{b.label()}, false
		for _, n := range b.Counts {
			any = any || n != 0
			row = append(row, Number(n, -1))
		}
		if any {
			t.Rows = append(t.Rows, row)
		}
	}
	var marks []string
	for _, m := range h.Marks {
		marks = append(marks, m.Label+" "+Number(m.At, -1))
	}
	if len(marks) > 0 && len(t.Rows) > 0 {
		last := make([]string, len(t.Columns))
		last[0] = "Marked: " + strings.Join(marks, "; ")
		t.Rows = append(t.Rows, last)
	}
	return t
}
