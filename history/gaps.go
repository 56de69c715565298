package history

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/casefold/casefold"
)

// gaps names what should be there and is not.
func (w *work) gaps(h *casefold.History) {
	for i := range h.Cycles {
		c := &h.Cycles[i]
		if len(c.Arrests) == 0 || disposed(h, c) {
			continue
		}
		h.Gaps = append(h.Gaps, casefold.Gap{
			Code: "arrest_without_disposition", Date: c.Date, Tellers: c.Tellers,
			Text: "the arrest" + ofYear(c.Date) + " has no disposition; " + w.courtSource(c.Agency.County, c.Date),
		})
	}
	w.revocationsWithoutConviction(h)
	slices.SortStableFunc(h.Gaps, func(a, b casefold.Gap) int {
		return cmp.Or(a.Date.Compare(b.Date), strings.Compare(a.Code, b.Code), strings.Compare(a.Text, b.Text))
	})
}

// disposed reports whether anything is told of how a cycle ended.
func disposed(h *casefold.History, c *casefold.Cycle) bool {
	for i := range c.Arrests {
		if d := c.Arrests[i].Disposition; d.Status != casefold.FactUnknown && final(d.Value.Status) {
			return true
		}
	}
	for _, f := range c.Cases {
		for i := range h.Cases[f].Counts {
			if d := h.Cases[f].Counts[i].Disposition; d.Status != casefold.FactUnknown && final(d.Value.Status) {
				return true
			}
			if h.Cases[f].Counts[i].Conviction >= 0 {
				return true
			}
		}
	}
	return false
}

func final(s casefold.DispositionStatus) bool {
	switch s {
	case casefold.NoDisposition, casefold.Unrecognized, casefold.Pending, casefold.Transferred, casefold.DiversionOpen:
		return false
	}
	return true
}

func ofYear(d casefold.Date) string {
	if !d.Known() {
		return ""
	}
	if d.First.Year() != d.Last.Year() {
		return fmt.Sprintf(" of %d to %d", d.First.Year(), d.Last.Year())
	}
	return " of " + strconv.Itoa(d.First.Year())
}

// courtSource says whether a court's file of that county and year could have
// told more.
func (w *work) courtSource(county string, d casefold.Date) string {
	year := "that year"
	if d.Known() {
		year = strconv.Itoa(d.First.Year())
	}
	i := slices.IndexFunc(w.b.sources, func(s casefold.Source) bool {
		return s.Teller == casefold.TellerCourt && (county == "" || s.Agency.County == "" || s.Agency.County == county)
	})
	if i < 0 {
		return "the court's file for " + year + " is not among the sources"
	}
	s := &w.b.sources[i]
	for _, c := range s.AuthoritativeFor {
		if c.Question == casefold.AboutConvictions && d.Known() && (c.From == 0 || c.From <= d.First) && (c.To == 0 || d.Last <= c.To) {
			return s.Name + " is complete for convictions of " + year + " and tells of none"
		}
	}
	return s.Name + " tells of none and is not declared complete for " + year
}

// revocationsWithoutConviction names files in which supervision was revoked and
// no row tells of a conviction.
func (w *work) revocationsWithoutConviction(h *casefold.History) {
	for i := range w.counts {
		k := &w.counts[i]
		if k.conviction >= 0 {
			continue
		}
		for _, t := range k.tellings {
			if !w.tellings[t].marks.reentry || w.convictedIn(k.file) {
				continue
			}
			n := &h.Cases[k.file].Counts[k.place]
			h.Gaps = append(h.Gaps, casefold.Gap{
				Code: "revocation_without_conviction", Date: n.Date, Tellers: n.Tellers,
				Text: "supervision was revoked" + inYear(n.Date) + "; no row shows the conviction",
			})
			break
		}
	}
}

func (w *work) convictedIn(file int) bool {
	return slices.ContainsFunc(w.counts, func(k count) bool { return k.file == file && k.conviction >= 0 })
}

func inYear(d casefold.Date) string { return strings.Replace(ofYear(d), " of ", " in ", 1) }
