package project

import (
	"slices"

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
