package server

import (
	"cmp"
	"slices"
	"strings"

	"github.com/casefold/casefold"
)

// An event is one line of the timeline.
type event struct {
	Date, Kind, What string
	Conviction       string // the conviction it led to, "" none
	Sources          string
	Rows             []rowName
	at               casefold.Date
}

// events are everything dated, in order; undated things come first.
func events(h *casefold.History) []event {
	var out []event
	add := func(at casefold.Date, kind, what, conviction string, ts []casefold.Teller) {
		out = append(out, event{dated(at), kind, what, conviction, sources(ts), rowNames(ts), at})
	}
	for _, c := range h.Cycles {
		add(c.Date, "arrest", arrest(&c), "", c.Tellers)
	}
	for i := range h.Cases {
		caseEvents(h, &h.Cases[i], add)
	}
	for i := range h.Convictions {
		c := &h.Convictions[i]
		for _, e := range c.Events {
			add(e.Date, "later", strings.ReplaceAll(string(e.Kind), "_", " ")+" of "+chargeText(&c.Offense.Value), c.ID, e.Tellers)
		}
	}
	for _, s := range h.Custody {
		add(s.From, "custody", stay(s), "", s.Tellers)
	}
	for _, s := range h.Supervision {
		add(s.From, "supervision", stay(s), "", s.Tellers)
	}
	for _, r := range h.Registrations {
		add(r.Date, "registration", r.Statute.String(), "", r.Tellers)
	}
	for _, d := range h.Deaths {
		add(d.Value, "death", "told to be deceased", "", d.Tellers)
	}
	slices.SortStableFunc(out, func(a, b event) int { return a.at.Compare(b.at) })
	return out
}

// arrest says who arrested for what; a charge told several times, once.
func arrest(c *casefold.Cycle) string {
	var charges []string
	for _, n := range c.Arrests {
		if t := chargeText(n.Offense); !slices.Contains(charges, t) {
			charges = append(charges, t)
		}
	}
	return cmp.Or(agencyName(c.Agency), "agency not told") + ": " + cmp.Or(strings.Join(charges, "; "), "charges not told")
}

// caseEvents are the counts of a case, under its number.
func caseEvents(h *casefold.History, c *casefold.Case, add func(casefold.Date, string, string, string, []casefold.Teller)) {
	number := "without a number"
	if len(c.Numbers) > 0 {
		number = c.Numbers[0].Verbatim
	}
	for _, n := range c.Counts {
		outcome, id := strings.ReplaceAll(cmp.Or(string(n.Disposition.Value.Status), "no disposition told"), "_", " "), ""
		if n.Conviction >= 0 && n.Conviction < len(h.Convictions) {
			outcome, id = "convicted", h.Convictions[n.Conviction].ID
		}
		what := chargeText(n.Offense) + ": " + outcome + " (case " + number
		if n.Number != "" {
			what += ", count " + n.Number
		}
		add(n.Date, "court", what+")", id, n.Tellers)
	}
}

func stay(s casefold.Stay) string {
	out := "until " + dated(s.To)
	if name := agencyName(s.Agency); name != "" {
		out = name + ", " + out
	}
	return out
}
