package chart

import (
	_ "embed"
	"html"
	"strings"
)

// CSS is the style that pages with charts include once.
//
//go:embed chart.css
var CSS string

// A Chart can be drawn and told.
type Chart interface {
	// Head is the chart's title and the sentence that says what to see.
	Head() (title, says string)
	// SVG is the picture. It is complete without any style sheet.
	SVG() []byte
	// Table holds the picture's numbers.
	Table() Table
}

// About is what every chart is told by; charts embed it.
type About struct {
	Title string // names what is shown: "Rows per person"
	Says  string // what to see in it, a sentence; may be empty
}

// Head returns both parts.
func (a About) Head() (title, says string) { return a.Title, a.Says }

// A Table is rows of text under a head. The first column names the row.
type Table struct {
	Columns []string
	Rows    [][]string
}

// Figure is a chart as HTML: picture, sentence and table. The table is folded
// away beside the picture; paper shows it unfolded.
func Figure(c Chart) []byte { return figure(c, true) }

// FigureAndTable is a chart as HTML whose table stands open: for charts that
// are read number by number.
func FigureAndTable(c Chart) []byte { return figure(c, false) }

func figure(c Chart, fold bool) []byte {
	title, says := c.Head()
	t := c.Table()
	var b strings.Builder
	b.WriteString(`<figure class="chart"><figcaption><strong>` + html.EscapeString(title) + `</strong>`)
	if says != "" {
		b.WriteString(`<br>` + html.EscapeString(says))
	}
	b.WriteString("</figcaption>\n")
	if len(t.Rows) == 0 {
		b.WriteString("<p>No figures.</p></figure>\n")
		return []byte(b.String())
	}
	b.WriteString(`<div class="picture" tabindex="0" role="group" aria-label="` + html.EscapeString(title) + ", picture\">\n")
	b.Write(c.SVG())
	b.WriteString("</div>\n")
	if fold {
		b.WriteString("<details><summary>The same as a table<span class=\"aside\">: " + html.EscapeString(title) + "</span></summary>\n")
		t.write(&b, title)
		b.WriteString("</details>\n")
	} else {
		t.write(&b, title)
	}
	b.WriteString("</figure>\n")
	return []byte(b.String())
}

// HTML is the table alone; caption is for those who do not see it.
func (t Table) HTML(caption string) []byte {
	var b strings.Builder
	t.write(&b, caption)
	return []byte(b.String())
}

// write writes the table. Columns whose cells all look like numbers are set
// flush right.
func (t Table) write(b *strings.Builder, caption string) {
	number := make([]bool, len(t.Columns))
	for c := 1; c < len(t.Columns); c++ {
		number[c] = true
		for _, row := range t.Rows {
			if c < len(row) && !looksNumeric(row[c]) {
				number[c] = false
			}
		}
	}
	class := func(c int) string {
		if number[c] {
			return ` class="number"`
		}
		return ""
	}
	b.WriteString(`<div class="scroll"><table><caption class="aside">` + html.EscapeString(caption) + "</caption>\n<thead><tr>")
	for c, name := range t.Columns {
		b.WriteString(`<th scope="col"` + class(c) + `>` + html.EscapeString(name) + `</th>`)
	}
	b.WriteString("</tr></thead>\n<tbody>\n")
	for _, row := range t.Rows {
		b.WriteString("<tr>")
		for c, v := range row[:min(len(row), len(t.Columns))] {
			if c == 0 {
				b.WriteString(`<th scope="row">` + html.EscapeString(v) + `</th>`)
				continue
			}
			b.WriteString(`<td` + class(c) + `>` + html.EscapeString(v) + `</td>`)
		}
		b.WriteString("</tr>\n")
	}
	b.WriteString("</tbody></table></div>\n")
}

// looksNumeric reports whether a cell holds a number, a share, a range or
// nothing.
func looksNumeric(s string) bool {
	for _, r := range s {
		if !(r >= '0' && r <= '9' || strings.ContainsRune(" ,.+-−–%×eE", r)) {
			return false
		}
	}
	return true
}
