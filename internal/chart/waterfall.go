package chart

import "math"

// A Waterfall shows how steps add up to a total: each bar begins where the one
// before ended. Marks are thresholds on the axis of the sum.
type Waterfall struct {
	About
	Of       string // what the steps are: the first column's name
	Unit     string
	Steps    []Step
	Total    string // the last bar's label
	Decimals int
	Marks    []Mark
}

// A Step adds Value to the sum. Says stands beside the label in the table, and
// under it in the picture.
type Step struct {
	Label string
	Says  string
	Value float64
}

// stepHeight is the height of a step with its second line.
const stepHeight = 34.0

// SVG draws the waterfall from the top down.
func (w *Waterfall) SVG() []byte {
	c := &canvas{}
	labels := []string{w.Total}
	sum, low, high, values := 0.0, 0.0, 0.0, 0.0
	for _, s := range w.Steps {
		labels = append(labels, s.Label, s.Says)
		sum += s.Value
		low, high = math.Min(low, sum), math.Max(high, sum)
		values = math.Max(values, width(signed(s.Value, w.Decimals)))
	}
	for _, m := range w.Marks {
		low, high = math.Min(low, m.At), math.Max(high, m.At)
	}
	room := labelRoom(labels)
	s, ticks := fit(low, high, 7, false)
	s.from, s.to = room+values+6, pictureWidth-values-10
	top := marksHeight(w.Marks) + 4
	bottom := top + stepHeight*float64(len(w.Steps)+1) + 2
	c.axisX(s, ticks, tickTexts(ticks), top, bottom, w.Unit)
	y, at := top, 0.0
	for _, step := range w.Steps {
		w.step(c, s, step, room, y, at)
		at += step.Value
		y += stepHeight
	}
	c.text(room-8, y+21, atEnd, w.Total, room-10, `font-weight="600"`)
	c.rect(s.at(0), y+7, s.at(at)-s.at(0), 18, 2, w.Total+": "+Number(at, w.Decimals))
	w.value(c, s, 0, at, y+21, Number(at, w.Decimals))
	c.line(s.at(0), top, s.at(0), bottom, "axis")
	c.marks(s, w.Marks, top, bottom)
	c.height = bottom + axisHeight + 16
	return c.bytes(w.Title)
}

// step draws one step from at.
func (w *Waterfall) step(c *canvas, s scale, step Step, room, y, at float64) {
	line := y + 21
	if step.Says != "" {
		c.text(room-8, y+28, atEnd, step.Says, room-10, `font-size="11" fill-opacity=".8"`)
		line = y + 14
	}
	c.text(room-8, line, atEnd, step.Label, room-10, "")
	x1, x2 := s.at(at), s.at(at+step.Value)
	c.line(x1, y-4, x1, y+10, "join")
	shade := 0
	if step.Value < 0 {
		shade = 1
	}
	c.rect(x1, y+8, x2-x1, 16, shade, step.Label+": "+signed(step.Value, w.Decimals))
	w.value(c, s, at, at+step.Value, y+21, signed(step.Value, w.Decimals))
}

// value prints a step's number at the end that the step leads to.
func (w *Waterfall) value(c *canvas, s scale, from, to, y float64, text string) {
	if to < from {
		c.text(s.at(to)-5, y, atEnd, text, 0, "")
		return
	}
	c.text(s.at(to)+5, y, atStart, text, 0, "")
}

// signed prints a number with its sign.
func signed(v float64, decimals int) string {
	s := Number(v, decimals)
	if v > 0 {
		return "+" + s
	}
	return s
}

// Table lists the steps with the running sum.
func (w *Waterfall) Table() Table {
	t := Table{Columns: []string{w.Of, "What it says", w.Unit, "Sum so far"}}
	sum := 0.0
	for _, s := range w.Steps {
		sum += s.Value
		t.Rows = append(t.Rows, []string{s.Label, s.Says, signed(s.Value, w.Decimals), Number(sum, w.Decimals)})
	}
	t.Rows = append(t.Rows, []string{w.Total, "", "", Number(sum, w.Decimals)})
	return t
}
