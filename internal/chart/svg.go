package chart

import (
	"html"
	"math"
	"strconv"
	"strings"
)

// Measures of all pictures, in the units of their view box; a unit is about a
// pixel on a wide screen.
const (
	pictureWidth = 760.0
	fontSize     = 13.0
	rowHeight    = 22.0
	axisHeight   = 26.0
	maxLabel     = 290.0
)

// colours are the fallbacks of the classes c1 to c6 in a picture that stands
// by itself. Neighbours differ in lightness, so that they are told apart
// without colour. All have three to one against white.
var colours = []string{"#1f5fa8", "#c05a00", "#5a8f29", "#7b3fa0", "#8a6d1a", "#00818a"}

func colour(i int) string { return colours[i%len(colours)] }

func class(i int) string { return "c" + strconv.Itoa(i%len(colours)+1) }

// dashes tell lines apart without colour.
var dashes = []string{"", "7 3", "2 3", "9 3 2 3", "4 4", "1 4"}

// A canvas collects the elements of a picture.
type canvas struct {
	b      strings.Builder
	height float64
}

// bytes closes the picture. The title is its accessible name.
func (c *canvas) bytes(title string) []byte {
	head := `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="` + html.EscapeString(title) +
		`" viewBox="0 0 ` + num(pictureWidth) + ` ` + num(c.height) + `" width="` + num(pictureWidth) + `" height="` + num(c.height) +
		`" font-family="system-ui, sans-serif" font-size="` + num(fontSize) + `" fill="currentColor">` + "\n"
	return []byte(head + c.b.String() + "</svg>\n")
}

// num prints a coordinate with at most one decimal.
func num(v float64) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		v = 0
	}
	s := strconv.FormatFloat(math.Round(v*10)/10, 'f', -1, 64)
	if s == "-0" {
		return "0"
	}
	return s
}

// rect draws a filled box of series i; tip is what the pointer shows.
func (c *canvas) rect(x, y, w, h float64, i int, tip string) {
	if w < 0 {
		x, w = x+w, -w
	}
	c.b.WriteString(`<rect class="` + class(i) + `" fill="` + colour(i) + `" x="` + num(x) + `" y="` + num(y) + `" width="` + num(w) + `" height="` + num(h) + `"`)
	c.close("rect", tip)
}

// hollow draws a box with the outline of series i.
func (c *canvas) hollow(x, y, w, h float64, i int, tip string) {
	if w < 0 {
		x, w = x+w, -w
	}
	c.b.WriteString(`<rect class="o` + strconv.Itoa(i%len(colours)+1) + `" fill="none" stroke="` + colour(i) + `" stroke-width="1.5" x="` + num(x) + `" y="` + num(y) + `" width="` + num(w) + `" height="` + num(h) + `"`)
	c.close("rect", tip)
}

// disc draws a filled circle of series i.
func (c *canvas) disc(x, y, r float64, i int, tip string) {
	c.b.WriteString(`<circle class="` + class(i) + `" fill="` + colour(i) + `" cx="` + num(x) + `" cy="` + num(y) + `" r="` + num(r) + `"`)
	c.close("circle", tip)
}

func (c *canvas) close(name, tip string) {
	if tip == "" {
		c.b.WriteString("/>\n")
		return
	}
	c.b.WriteString(`><title>` + html.EscapeString(tip) + `</title></` + name + ">\n")
}

// line draws a line of a class: grid, axis, mark or join.
func (c *canvas) line(x1, y1, x2, y2 float64, kind string) {
	attrs := map[string]string{
		"grid": `stroke="currentColor" stroke-opacity=".15"`,
		"axis": `stroke="currentColor" stroke-opacity=".6"`,
		"mark": `stroke="currentColor" stroke-width="1.5" stroke-dasharray="5 3"`,
		"join": `stroke="currentColor" stroke-opacity=".5"`,
		"span": `stroke="currentColor" stroke-width="1.5"`,
	}[kind]
	c.b.WriteString(`<line class="` + kind + `" ` + attrs + ` x1="` + num(x1) + `" y1="` + num(y1) + `" x2="` + num(x2) + `" y2="` + num(y2) + "\"/>\n")
}

// Places of text.
const (
	atStart = "start"
	atEnd   = "end"
	atMid   = "middle"
)

// text writes s at a baseline, cut with an ellipsis where it is wider than
// room allows; room 0 is no limit.
func (c *canvas) text(x, y float64, anchor, s string, room float64, more string) {
	shown := s
	if room > 0 {
		shown = clip(s, room)
	}
	c.b.WriteString(`<text x="` + num(x) + `" y="` + num(y) + `"`)
	if anchor != atStart {
		c.b.WriteString(` text-anchor="` + anchor + `"`)
	}
	if more != "" {
		c.b.WriteString(` ` + more)
	}
	c.b.WriteString(`>` + html.EscapeString(shown))
	if shown != s {
		c.b.WriteString(`<title>` + html.EscapeString(s) + `</title>`)
	}
	c.b.WriteString("</text>\n")
}

// width estimates how wide text is drawn; fonts differ, so it errs wide.
func width(s string) float64 {
	w := 0.0
	for _, r := range s {
		switch {
		case strings.ContainsRune("iljtfrI.,:;'|!()[] ", r):
			w += .36
		case r >= 'A' && r <= 'Z' || strings.ContainsRune("mwMW@%<>=+&#~^_…·–−", r):
			w += .72
		case r > 0x2e80: // scripts of wide letters
			w += 1.05
		default:
			w += .6
		}
	}
	return w * fontSize
}

// clip cuts text to a width.
func clip(s string, room float64) string {
	if width(s) <= room {
		return s
	}
	runes := []rune(s)
	for n := len(runes) - 1; n > 0; n-- {
		if cut := strings.TrimRight(string(runes[:n]), " ") + "…"; width(cut) <= room {
			return cut
		}
	}
	return "…"
}

// labelRoom is the width of a column of labels.
func labelRoom(labels []string) float64 {
	room := 40.0
	for _, l := range labels {
		room = math.Max(room, width(l)+14)
	}
	return math.Min(room, maxLabel)
}

// A Mark is a value on an axis worth a line of its own, such as a threshold.
type Mark struct {
	Label string
	At    float64
}

// axisX draws ticks and grid of a horizontal axis below y.
func (c *canvas) axisX(s scale, ticks []float64, texts []string, top, y float64, title string) {
	for i, t := range texts {
		x := s.at(ticks[i])
		c.line(x, top, x, y, "grid")
		c.text(x, y+16, atMid, t, 0, "")
	}
	c.line(s.from, y, s.to, y, "axis")
	if title != "" {
		c.text((s.from+s.to)/2, y+34, atMid, title, 0, "")
	}
}

// axisY draws ticks and grid of a vertical axis left of x.
func (c *canvas) axisY(s scale, ticks []float64, texts []string, x, right float64, title string) {
	for i, t := range texts {
		y := s.at(ticks[i])
		c.line(x, y, right, y, "grid")
		c.text(x-6, y+4, atEnd, t, 0, "")
	}
	if title != "" {
		c.text(2, s.to-10, atStart, title, 0, "")
	}
}

// marks draws vertical lines with their labels above top. Labels that would
// run into each other stand on rows of their own; marksHeight is their room.
func (c *canvas) marks(s scale, marks []Mark, top, bottom float64) {
	for i, m := range marks {
		x := s.at(m.At)
		if x < s.from-.5 || x > s.to+.5 {
			continue
		}
		y := top - 6 - float64(len(marks)-1-i)*16
		c.line(x, y+3, x, bottom, "mark")
		if x+width(m.Label) > pictureWidth {
			c.text(x-4, y, atEnd, m.Label, 0, "")
		} else {
			c.text(x+4, y, atStart, m.Label, 0, "")
		}
	}
}

func marksHeight(marks []Mark) float64 { return 16 * float64(len(marks)) }

// legend names the series in a row of boxes and returns its height: 0 where
// there is nothing to tell apart. Series that drawn, if given, knows nothing of
// are left out.
func (c *canvas) legend(x, y float64, names []string, drawn func(int) bool) float64 {
	if len(names) < 2 {
		return 0
	}
	at := x
	lines := 1.0
	for i, n := range names {
		if drawn != nil && !drawn(i) {
			continue
		}
		w := 18 + width(n) + 14
		if at+w > pictureWidth && at > x {
			at = x
			lines++
		}
		c.rect(at, y+(lines-1)*20+2, 12, 12, i, "")
		c.text(at+18, y+(lines-1)*20+13, atStart, n, 0, "")
		at += w
	}
	return lines*20 + 6
}
