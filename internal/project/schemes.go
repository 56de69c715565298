package project

import (
	"fmt"
	"slices"
	"strings"

	"github.com/casefold/casefold/normalize/caseno"
)

// A NumberScheme is what a column of case numbers looks like: its shapes, which
// part is the year and which marks a defendant, and what only a person who
// knows the court can say.
type NumberScheme struct {
	Column string        `json:"column"`
	Scheme caseno.Scheme `json:"scheme"`
}

// NumberSchemes learns the case numbers of a guessed source from the sample
// that was looked at. It holds shapes and questions, never a number.
func NumberSchemes(g *Guessed) []NumberScheme {
	var out []NumberScheme
	for _, field := range []string{"case_number", "related_case", "booking_number"} {
		for _, c := range g.Profile.Columns {
			for f, columns := range g.Source.Mapping.Fields {
				if string(f) == field && slices.Contains(columns, c.Name) && len(c.values) > 0 {
					out = append(out, NumberScheme{c.Name, caseno.Learn(c.values)})
				}
			}
		}
	}
	return out
}

// Line is the line of the project file's case_numbers that tells what was
// learned of a shape, or asks what was not; "" where the writing alone tells it.
func (n *NumberScheme) Line(i int) string {
	s := &n.Scheme.Shapes[i]
	year, defendant := "", ""
	if s.Year == "first2" || s.Year == "first4" {
		year = string(s.Year)
	}
	if s.Defendant == caseno.MarkLetter || s.Defendant == caseno.MarkDigits {
		defendant = s.Defendant
	}
	if strings.Contains(s.Unsure, "year") {
		year = "first2"
	}
	if strings.Contains(s.Unsure, "defendants") {
		defendant = caseno.MarkDigits
		if last := s.Pattern[len(s.Pattern)-1]; last == 'A' {
			defendant = caseno.MarkLetter
		}
	}
	if year == "" && defendant == "" {
		return ""
	}
	out := "{shape: " + scalar(s.Pattern)
	if year != "" {
		out += ", year: " + year
	}
	if defendant != "" {
		out += ", defendant: " + defendant
	}
	return out + "}"
}

// numbers writes what was learned of case numbers as a remark: whoever knows the
// courts confirms it, for it then holds for all sources.
func (y *writer) numbers(guesses []*Guessed) {
	var lines []string
	for _, g := range guesses {
		for _, n := range NumberSchemes(g) {
			if fields := g.Source.Mapping.Fields; !slices.Contains(fields["case_number"], n.Column) && !slices.Contains(fields["related_case"], n.Column) {
				continue // bookings are not read by shapes
			}
			for i := range n.Scheme.Shapes {
				line := n.Line(i)
				if line == "" || n.Scheme.Shapes[i].Count < enoughNumbers || slices.ContainsFunc(lines, func(l string) bool { return strings.HasPrefix(l, line) }) {
					continue
				}
				why := n.Scheme.Shapes[i].Unsure
				if why == "" {
					why = "learned from the values"
				}
				lines = append(lines, fmt.Sprintf("%s # %s %s: %s", line, g.Source.Name, n.Column, why))
			}
		}
	}
	if lines == nil {
		return
	}
	y.line(0, "# What the parts of case numbers mean, where their writing leaves it open. Ask who")
	y.line(0, "# knows the courts, and take the # away from what is so: it holds for all sources.")
	y.line(0, "# case_numbers:")
	for _, line := range lines {
		y.line(0, "#   - %s", line)
	}
}

// enoughNumbers is the count of values from which a shape is asked about.
const enoughNumbers = 30
