package project

import (
	"slices"
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/source"
)

// doj is the guess for the state extract: all built in but the row key.
func (g *guesser) doj() {
	files, name, read := g.out.Source.Files, g.out.Source.Name, g.out.Source.Read
	g.out.Source = DOJ()
	g.out.Source.Files, g.out.Source.Name, g.out.Source.Read = files, name, read
	mapped := source.References(&g.out.Source)
	g.byTarget = map[string][]int{}
	for i, c := range g.p.Columns {
		if c.Name == "RECORD_ID" && c.Filled >= 0.99 && c.Once >= 0.98 {
			g.out.Source.RowKey = c.Name
		}
		for f, columns := range g.out.Source.Mapping.Fields {
			if slices.Contains(columns, c.Name) {
				g.byTarget[string(f)] = append(g.byTarget[string(f)], i)
				g.taken[i] = string(f)
			}
		}
		if !slices.Contains(mapped, c.Name) && c.Name != g.out.Source.RowKey && !slices.ContainsFunc(mapped, func(m string) bool { return source.ParseCut(m).Column == c.Name }) {
			g.out.Left = append(g.out.Left, LeftOut{c.Name, whyNotDOJ(c.Name)})
		}
	}
	g.out.Source.ExtractDate = g.extractDate()
	g.out.County = g.county()
	g.out.Source.Teller = casefold.TellerState
}

// whyNotDOJ tells why a column of the state extract is not mapped.
func whyNotDOJ(name string) string {
	switch {
	case strings.HasSuffix(name, "_SEP"), name == "END_OF_REC":
		return "it separates parts of the row"
	case strings.HasPrefix(name, "REQ_"):
		return "it repeats what the request asked for"
	case name == "RECORD_ID":
		return "its values do not tell the rows apart"
	case strings.HasSuffix(name, "_CODE"), strings.HasSuffix(name, "_TYPE"), strings.HasSuffix(name, "_DESCR"):
		return "another column tells the same"
	case strings.HasSuffix(name, "_ORDER"):
		return "CNT_ORDER tells the order"
	}
	return "no field is known for it"
}
