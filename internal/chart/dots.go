package chart

import "math"

// Dots shows one value a row with its interval, and what it was before. Rows
// whose Value is not a number are named and not drawn: nothing told, or a cell
// too small to be shown.
type Dots struct {
	About
	Of       string // what the rows are
	Unit     string
	Value    string // names the value, "Recall"
	Was      string // names the value before; "" where no row has one
	Rows     []Dot
	Low      float64 // of the axis; both 0: as the values need
	High     float64
	Decimals int
	Percent  bool
	Marks    []Mark
}

// A Dot is a row. Low and High bound its interval; both 0: none. Was is NaN
// where there is none.
type Dot struct {
	Group, Label   string
	Value, Was     float64
	Low, High      float64
	Note           string
	Flagged        bool // the note is a warning, marked with an exclamation
	WithoutFigures bool // Value is not to be shown
}

func (d *Dots) text(v float64) string {
	if d.Percent {
		return Percent(v)
	}
	return Number(v, d.Decimals)
}

func (d *Dots) ticks(ticks []float64) []string {
	if d.Percent {
		return shareTexts(ticks)
	}
	return tickTexts(ticks)
}

func (r Dot) interval() bool { return r.Low != 0 || r.High != 0 }

func (d *Dots) told(v float64) bool { return !math.IsNaN(v) && (v != 0 || d.Was != "") }

// scale fits the axis.
func (d *Dots) scale() (scale, []float64) {
	low, high := math.Inf(1), math.Inf(-1)
	take := func(v float64) {
		if !math.IsNaN(v) {
			low, high = math.Min(low, v), math.Max(high, v)
		}
	}
	for _, r := range d.Rows {
		if r.WithoutFigures {
			continue
		}
		take(r.Value)
		if d.Was != "" {
			take(r.Was)
		}
		if r.interval() {
			take(r.Low)
			take(r.High)
		}
	}
	for _, m := range d.Marks {
		take(m.At)
	}
	if d.Low != 0 || d.High != 0 {
		low, high = d.Low, d.High
	}
	return fit(low, high, 6, false)
}

// SVG draws the dots.
func (d *Dots) SVG() []byte {
	c := &canvas{}
	var labels []string
	notes := 0.0
	for _, r := range d.Rows {
		labels = append(labels, r.Label)
		notes = math.Max(notes, width(d.said(r)))
	}
	room := labelRoom(labels)
	s, ticks := d.scale()
	s.from, s.to = room+6, pictureWidth-math.Min(notes+14, 260)
	top := marksHeight(d.Marks)
	if d.Was != "" {
		c.disc(room+12, 8, 5, 0, "")
		c.text(room+22, 13, atStart, d.Value, 0, "")
		x := room + 22 + width(d.Value) + 24
		c.ring(x, 8, 0)
		c.text(x+10, 13, atStart, d.Was, 0, "")
		top += 24
	}
	y, rows := top, 0.0
	for i, r := range d.Rows {
		if r.Group != "" && (i == 0 || d.Rows[i-1].Group != r.Group) {
			rows++
		}
		rows++
	}
	bottom := top + rows*rowHeight + 4
	c.axisX(s, ticks, d.ticks(ticks), top, bottom, d.Unit)
	for i, r := range d.Rows {
		if r.Group != "" && (i == 0 || d.Rows[i-1].Group != r.Group) {
			c.text(0, y+16, atStart, r.Group, 0, `font-weight="600"`)
			y += rowHeight
		}
		c.text(room-2, y+15, atEnd, r.Label, room-4, "")
		d.dot(c, s, r, y+11)
		c.text(s.to+8, y+15, atStart, d.said(r), pictureWidth-s.to-8, "")
		y += rowHeight
	}
	if s.low < 0 && s.high > 0 {
		c.line(s.at(0), top, s.at(0), bottom, "axis")
	}
	c.marks(s, d.Marks, top, bottom)
	c.height = bottom + axisHeight + 16
	return c.bytes(d.Title)
}

// dot draws the figures of one row.
func (d *Dots) dot(c *canvas, s scale, r Dot, y float64) {
	if r.WithoutFigures || math.IsNaN(r.Value) {
		return
	}
	if r.interval() {
		c.line(s.at(r.Low), y, s.at(r.High), y, "span")
		c.line(s.at(r.Low), y-4, s.at(r.Low), y+4, "span")
		c.line(s.at(r.High), y-4, s.at(r.High), y+4, "span")
	}
	if d.Was != "" && !math.IsNaN(r.Was) {
		c.line(s.at(r.Was), y, s.at(r.Value), y, "join")
		c.ring(s.at(r.Was), y, 0)
	}
	c.disc(s.at(r.Value), y, 5, 0, r.Label+": "+d.text(r.Value))
}

// ring draws an open circle.
func (c *canvas) ring(x, y float64, i int) {
	c.b.WriteString(`<circle class="ring o` + class(i)[1:] + `" fill="none" stroke="` + colour(i) + `" stroke-width="2" cx="` + num(x) + `" cy="` + num(y) + "\" r=\"4.5\"/>\n")
}

// said is the text beside a row.
func (d *Dots) said(r Dot) string {
	out := ""
	if !r.WithoutFigures {
		out = d.text(r.Value)
	}
	if r.Note != "" {
		if out != "" {
			out += " "
		}
		if r.Flagged {
			out += "! "
		}
		out += r.Note
	}
	return out
}

// Table lists the rows.
func (d *Dots) Table() Table {
	t := Table{Columns: []string{d.Of, d.Value}}
	intervals, notes, grouped := false, false, false
	for _, r := range d.Rows {
		intervals = intervals || r.interval()
		notes = notes || r.Note != ""
		grouped = grouped || r.Group != ""
	}
	if intervals {
		t.Columns = append(t.Columns, "from", "to")
	}
	if d.Was != "" {
		t.Columns = append(t.Columns, d.Was)
	}
	if notes {
		t.Columns = append(t.Columns, "Note")
	}
	for _, r := range d.Rows {
		name := r.Label
		if grouped && r.Group != "" {
			name = r.Group + ": " + r.Label
		}
		row := []string{name, d.shown(r, r.Value)}
		if intervals {
			low, high := "", ""
			if r.interval() {
				low, high = d.shown(r, r.Low), d.shown(r, r.High)
			}
			row = append(row, low, high)
		}
		if d.Was != "" {
			row = append(row, d.shown(r, r.Was))
		}
		if notes {
			row = append(row, r.Note)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (d *Dots) shown(r Dot, v float64) string {
	if r.WithoutFigures {
		return "–"
	}
	return d.text(v)
}
