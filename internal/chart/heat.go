package chart

import (
	"math"
	"strconv"
)

// A Heat map shows a value per row and column by shade: how many rows a source
// tells of each year. Shades are by powers of a constant factor, so that small
// counts are told from none. A value that is not a number is left white.
type Heat struct {
	About
	Of      string // what the rows are
	Along   string // what the columns are
	Unit    string
	Columns []string
	Rows    []HeatRow
}

// A HeatRow is one row of values, in the order of the columns.
type HeatRow struct {
	Label  string
	Values []float64
}

// shades is the number of shades above none.
const shades = 5

// shade is 0 for nothing and 1 to shades else.
func shade(v, most float64) int {
	if v <= 0 || math.IsNaN(v) || most <= 0 {
		return 0
	}
	if most <= 1 {
		return shades
	}
	return min(shades, 1+int(math.Floor(shades*math.Log(v)/math.Log(most+1)+1e-9)))
}

func (h *Heat) most() float64 {
	most := 0.0
	for _, r := range h.Rows {
		for _, v := range r.Values {
			if v > most {
				most = v
			}
		}
	}
	return most
}

// SVG draws the map.
func (h *Heat) SVG() []byte {
	c := &canvas{}
	var labels []string
	for _, r := range h.Rows {
		labels = append(labels, r.Label)
	}
	left := labelRoom(labels)
	cell := math.Min(28, (pictureWidth-left-22)/float64(max(1, len(h.Columns))))
	most := h.most()
	const tall = 20.0
	for i, r := range h.Rows {
		y := float64(i) * tall
		c.text(left-6, y+14, atEnd, r.Label, left-8, "")
		h.cell(c, left, y+1, float64(len(h.Columns))*cell, tall-2, 0, "")
		for j, v := range r.Values {
			if j >= len(h.Columns) || math.IsNaN(v) || v <= 0 {
				continue
			}
			h.cell(c, left+float64(j)*cell, y+1, cell, tall-2, shade(v, most), r.Label+", "+h.Columns[j]+": "+Number(v, -1))
		}
	}
	bottom := float64(len(h.Rows)) * tall
	every := int(math.Ceil((width("0000") + 8) / cell))
	for j := range h.Columns {
		if (len(h.Columns)-1-j)%every == 0 {
			c.text(left+(float64(j)+.5)*cell, bottom+16, atMid, h.Columns[j], 0, "")
		}
	}
	h.key(c, left, bottom+26, most)
	c.height = bottom + 56
	return c.bytes(h.Title)
}

// cell draws one cell. Shades are steps of opacity over the paper.
func (h *Heat) cell(c *canvas, x, y, w, tall float64, shade int, tip string) {
	opacity := []string{".04", ".2", ".4", ".6", ".8", "1"}[shade]
	c.b.WriteString(`<rect class="c1" fill="` + colour(0) + `" fill-opacity="` + opacity + `" x="` + num(x) + `" y="` + num(y) + `" width="` + num(math.Max(1, w-1)) + `" height="` + num(tall) + `"`)
	c.close("rect", tip)
}

// key draws what the shades mean.
func (h *Heat) key(c *canvas, x, y, most float64) {
	at := x
	for s := 0; s <= shades; s++ {
		text := "none"
		if s > 0 {
			low := math.Ceil(math.Pow(most+1, float64(s-1)/shades) - 1e-9)
			text = "from " + Number(math.Max(1, low), 0)
			if s > 1 && most <= 1 {
				break
			}
		}
		h.cell(c, at, y+3, 16, 16, s, text)
		c.text(at+20, y+16, atStart, text, 0, "")
		at += 20 + width(text) + 12
	}
	c.text(at, y+16, atStart, h.Unit, 0, "")
}

// Table turns the map on its side: a row per column of the map, because maps
// are wide and pages are tall. Empty rows are left out.
func (h *Heat) Table() Table {
	t := Table{Columns: []string{h.Along}}
	for _, r := range h.Rows {
		t.Columns = append(t.Columns, r.Label)
	}
	for j, name := range h.Columns {
		row, any := []string{name}, false
		for _, r := range h.Rows {
			v := math.NaN()
			if j < len(r.Values) {
				v = r.Values[j]
			}
			any = any || v > 0
			if math.IsNaN(v) {
				row = append(row, "")
				continue
			}
			row = append(row, strconv.FormatFloat(v, 'f', -1, 64))
		}
		if any {
			t.Rows = append(t.Rows, row)
		}
	}
	return t
}
