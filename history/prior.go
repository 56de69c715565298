package history

import (
	"slices"
	"strconv"
	"strings"

	"github.com/casefold/casefold"
)

// inferPriors looks for the earlier convictions that prior markers tell of. A
// marker that no conviction of the history can explain proves one that no row
// shows: it becomes a conviction of kind inferred, without offense or date, and
// a gap. One inferred conviction explains all later markers of its sort.
func (w *work) inferPriors(h *casefold.History) {
	told := len(h.Convictions)
	var inferred []meaning
	for i := range told {
		c := &h.Convictions[i]
		for _, q := range c.Offense.Value.Qualifiers {
			m := markers()[q]
			if !isPrior(m.means) || slices.Contains(inferred, m.means) || explained(h.Convictions[:told], i, m.means) {
				continue
			}
			inferred = append(inferred, m.means)
			h.Gaps = append(h.Gaps, casefold.Gap{
				Code: "prior_without_conviction", Date: c.ConvictionDate.Value, Tellers: c.Offense.Tellers,
				Text: "the conviction" + ofYear(c.ConvictionDate.Value) + " under " + c.Offense.Value.String() + " tells of an earlier one, " + m.tells + "; no row shows it",
			})
			h.Convictions = append(h.Convictions, casefold.Conviction{
				PersonID: h.PersonID, Kind: casefold.InferredByMarker, Cycle: -1, Case: -1,
				Reversed: casefold.False, Tellers: c.Offense.Tellers,
				Disposition: casefold.Fact[casefold.Disposition]{
					Value:  casefold.Disposition{Status: casefold.Convicted, Verbatim: m.tells, Code: q},
					Status: casefold.FactPresumed, Tellers: c.Offense.Tellers,
					Why: "a prior marker " + strconv.Quote(q) + " of a later conviction",
				},
			})
		}
	}
	nameConvictions(h.Convictions)
}

func isPrior(m meaning) bool { return strings.HasPrefix(string(m), "prior_") }

// explained reports whether a conviction other than the i-th, in another file
// and not certainly later, can be the prior that the i-th's marker tells of.
func explained(list []casefold.Conviction, i int, m meaning) bool {
	c := &list[i]
	for j := range list {
		p := &list[j]
		if j != i && p.Case != c.Case && canBePrior(p, m) && c.ConvictionDate.Value.Before(p.ConvictionDate.Value) != casefold.True {
			return true
		}
	}
	return false
}

// canBePrior reports whether a conviction is of the sort that a marker names.
// An offense or level that is not told rules nothing out.
func canBePrior(p *casefold.Conviction, m meaning) bool {
	if p.Kind == casefold.Juvenile {
		return false
	}
	felony := p.LevelAtEntry.Status == casefold.FactUnknown || slices.Contains(variants(p.LevelAtEntry), casefold.Felony)
	o := p.Offense.Value
	switch m {
	case priorForeign:
		return p.Kind == casefold.OtherState || p.Kind == casefold.FederalConvict
	case priorDrug:
		return felony && (o.Section == "" || o.Code == "HS" || o.Code == "" || p.Kind != casefold.AdultConviction)
	case priorSex:
		return felony && (o.Section == "" || sexOffense(o.Section) || p.Kind != casefold.AdultConviction)
	}
	return felony
}

// sexOffense reports whether a section of the Penal Code lies among the sex
// offenses that PC 667.51 and 667.6 name.
func sexOffense(section string) bool {
	for _, s := range [...]string{"220", "261", "262", "264.1", "266C", "269", "286", "287", "288", "288A", "288.5", "288.7", "289"} {
		if section == s {
			return true
		}
	}
	return false
}
