package history

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/casefold/casefold"
)

// Coverage counts what each source tells, by county and year. Add histories in
// any order, Merge accumulators of several goroutines; the zero value is ready.
type Coverage struct {
	cells map[coverageKey]*CoverageCell
}

type coverageKey struct {
	source, county string
	year           int
}

// A CoverageCell is what one source tells of one county and year. Arrests are
// counts of arrests with a date in the year; Disposed are those of them with
// any final disposition, by this source or another. Year 0: no date told.
type CoverageCell struct {
	Source      string `json:"source"`
	County      string `json:"county"`
	Year        int    `json:"year"`
	Arrests     int    `json:"arrests"`
	Disposed    int    `json:"disposed"`
	Convictions int    `json:"convictions"` // convictions that the source tells of
	Alone       int    `json:"alone"`       // of these, told by no other source
}

func (c *Coverage) cell(source, county string, year int) *CoverageCell {
	if c.cells == nil {
		c.cells = make(map[coverageKey]*CoverageCell)
	}
	k := coverageKey{source, county, year}
	if c.cells[k] == nil {
		c.cells[k] = &CoverageCell{Source: source, County: county, Year: year}
	}
	return c.cells[k]
}

// Add counts the arrests and convictions of one history.
func (c *Coverage) Add(h *casefold.History) {
	for i := range h.Cycles {
		y := &h.Cycles[i]
		done := disposed(h, y)
		for j := range y.Arrests {
			for _, source := range sourcesOf(y.Arrests[j].Tellers) {
				cell := c.cell(source, y.Agency.County, y.Date.First.Year())
				cell.Arrests++
				if done {
					cell.Disposed++
				}
			}
		}
	}
	for i := range h.Convictions {
		v := &h.Convictions[i]
		if v.Kind == casefold.InferredByMarker {
			continue
		}
		list := sourcesOf(v.Tellers)
		for _, source := range list {
			cell := c.cell(source, v.Court.Value.County, v.ConvictionDate.Value.First.Year())
			cell.Convictions++
			if len(list) == 1 {
				cell.Alone++
			}
		}
	}
}

// Merge adds what another accumulator counted.
func (c *Coverage) Merge(other *Coverage) {
	for k, o := range other.cells {
		cell := c.cell(k.source, k.county, k.year)
		cell.Arrests += o.Arrests
		cell.Disposed += o.Disposed
		cell.Convictions += o.Convictions
		cell.Alone += o.Alone
	}
}

// Cells are the counts by source, county and year.
func (c *Coverage) Cells() []CoverageCell {
	out := make([]CoverageCell, 0, len(c.cells))
	for _, cell := range c.cells {
		out = append(out, *cell)
	}
	slices.SortFunc(out, func(a, b CoverageCell) int {
		return cmp.Or(strings.Compare(a.Source, b.Source), strings.Compare(a.County, b.County), cmp.Compare(a.Year, b.Year))
	})
	return out
}

// sourcesOf are the distinct sources of sorted tellers.
func sourcesOf(list []casefold.Teller) []string {
	var out []string
	for _, t := range list {
		if n := len(out); n == 0 || out[n-1] != t.Source {
			out = append(out, t.Source)
		}
	}
	return out
}

// String is the cell as a sentence of a report.
func (c CoverageCell) String() string {
	return fmt.Sprintf("%s %s %d: %d arrests, %d disposed, %d convictions, %d told by no other",
		c.Source, c.County, c.Year, c.Arrests, c.Disposed, c.Convictions, c.Alone)
}
