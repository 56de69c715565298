package chart

import (
	"math"
)

// Bars are horizontal bars, one row each. With several series, a row has a bar
// for each below one another or, stacked, behind one another.
type Bars struct {
	About
	Of       string // what the rows are: the first column's name
	Unit     string // what the values are: the axis' title
	Series   []string
	Rows     []Bar
	Stacked  bool
	Decimals int    // of the values printed
	Whole    bool   // values are counts
	Marks    []Mark // values worth a line
}

// A Bar is a row. Rows of one group that follow each other stand under its
// name. A value that is not a number is not told.
type Bar struct {
	Group  string
	Label  string
	Values []float64 // one per series
	Note   string    // said beside the value
}

// barsLayout is where rows go.
type barsLayout struct {
	labels float64
	thick  float64 // of a bar
	row    float64
	scale  scale
	ticks  []float64
}

func (b *Bars) layout() barsLayout {
	n := max(1, len(b.Series))
	l := barsLayout{thick: 14, row: rowHeight}
	if n > 1 && !b.Stacked {
		l.thick = 9
		l.row = l.thick*float64(n) + 8
	}
	var labels []string
	low, high, notes := 0.0, 0.0, 0.0
	for _, r := range b.Rows {
		labels = append(labels, r.Label)
		sum := 0.0
		for _, v := range r.Values {
			if math.IsNaN(v) {
				continue
			}
			sum += v
			low, high = math.Min(low, v), math.Max(high, v)
		}
		if b.Stacked {
			high = math.Max(high, sum)
		}
		notes = math.Max(notes, width(b.said(r)))
	}
	for _, m := range b.Marks {
		low, high = math.Min(low, m.At), math.Max(high, m.At)
	}
	l.labels = labelRoom(labels)
	l.scale, l.ticks = fit(low, high, 6, b.Whole)
	l.scale.from = l.labels
	// What is said stands right of its bar, so the axis leaves room for it.
	l.scale.to = pictureWidth - math.Min(notes+10, 260)
	if low < 0 {
		l.scale.from += math.Min(notes+6, 80)
	}
	return l
}

// said is the value and note beside a row.
func (b *Bars) said(r Bar) string {
	s := ""
	switch {
	case b.Stacked:
		sum := 0.0
		for _, v := range r.Values {
			if !math.IsNaN(v) {
				sum += v
			}
		}
		s = Number(sum, b.Decimals)
	case len(r.Values) == 1:
		s = Number(r.Values[0], b.Decimals)
	}
	if r.Note != "" {
		if s != "" {
			s += " · "
		}
		s += r.Note
	}
	return s
}

// SVG draws the bars.
func (b *Bars) SVG() []byte {
	c := &canvas{}
	l := b.layout()
	y := c.legend(l.labels, 0, b.Series, b.drawn) + marksHeight(b.Marks)
	top := y
	rows := len(b.Rows)
	groups := 0
	for i, r := range b.Rows {
		if r.Group != "" && (i == 0 || b.Rows[i-1].Group != r.Group) {
			groups++
		}
	}
	bottom := top + float64(rows)*l.row + float64(groups)*rowHeight + 4
	c.axisX(l.scale, l.ticks, tickTexts(l.ticks), top, bottom, b.Unit)
	for i, r := range b.Rows {
		if r.Group != "" && (i == 0 || b.Rows[i-1].Group != r.Group) {
			c.text(0, y+16, atStart, r.Group, 0, `font-weight="600"`)
			y += rowHeight
		}
		c.text(l.labels-8, y+l.row/2+4, atEnd, r.Label, l.labels-10, "")
		b.row(c, l, r, y)
		y += l.row
	}
	zero := l.scale.at(0)
	c.line(zero, top, zero, bottom, "axis")
	c.marks(l.scale, b.Marks, top, bottom)
	c.height = bottom + axisHeight
	if b.Unit != "" {
		c.height += 16
	}
	return c.bytes(b.Title)
}

// drawn reports whether series i has anything to show.
func (b *Bars) drawn(i int) bool {
	for _, r := range b.Rows {
		if i < len(r.Values) && r.Values[i] != 0 && !math.IsNaN(r.Values[i]) {
			return true
		}
	}
	return false
}

// row draws the bars of one row.
func (b *Bars) row(c *canvas, l barsLayout, r Bar, y float64) {
	zero := l.scale.at(0)
	end, at := zero, zero
	for i, v := range r.Values {
		if math.IsNaN(v) {
			continue
		}
		tip := r.Label + ": " + Number(v, b.Decimals)
		if i < len(b.Series) && len(b.Series) > 1 {
			tip = r.Label + ", " + b.Series[i] + ": " + Number(v, b.Decimals)
		}
		if b.Stacked {
			w := l.scale.at(v) - zero
			c.rect(at, y+(l.row-l.thick)/2, math.Max(0, w-.7), l.thick, i, tip)
			at += w
			end = at
			continue
		}
		top := y + (l.row-l.thick*float64(len(r.Values)))/2 + l.thick*float64(i)
		shade := i
		if len(r.Values) == 1 && v < 0 {
			shade = 1
		}
		c.rect(zero, top, l.scale.at(v)-zero, l.thick-1, shade, tip)
		end = math.Max(end, l.scale.at(v))
		if len(r.Values) == 1 && v < 0 {
			c.text(l.scale.at(v)-5, y+l.row/2+4, atEnd, b.said(r), 0, "")
			return
		}
	}
	if s := b.said(r); s != "" {
		c.text(end+5, y+l.row/2+4, atStart, s, pictureWidth-end-5, "")
	}
}

// Table lists the bars.
func (b *Bars) Table() Table {
	t := Table{Columns: []string{b.Of}}
	grouped, noted := false, false
	for _, r := range b.Rows {
		grouped = grouped || r.Group != ""
		noted = noted || r.Note != ""
	}
	if len(b.Series) > 0 {
		t.Columns = append(t.Columns, b.Series...)
	} else {
		t.Columns = append(t.Columns, b.Unit)
	}
	if noted {
		t.Columns = append(t.Columns, "Note")
	}
	for _, r := range b.Rows {
		name := r.Label
		if grouped && r.Group != "" {
			name = r.Group + ": " + r.Label
		}
		row := []string{name}
		for _, v := range r.Values {
			row = append(row, b.cell(v))
		}
		if noted {
			row = append(row, r.Note)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (b *Bars) cell(v float64) string {
	if !b.Whole && v != 0 && math.Abs(v) < math.Pow10(-b.Decimals) {
		return Small(v)
	}
	return Number(v, b.Decimals)
}
