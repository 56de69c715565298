package relief

import (
	"fmt"
	"slices"

	"github.com/casefold/casefold"
)

// A Link is a doubt about who is one person, on which a determination hangs: a
// possible link between two persons, or a weak attachment within one.
type Link struct {
	Says string `json:"says"` // in words that are the same from both of its ends
	// A and B are the rows that a person decides on: same or different.
	A casefold.Teller `json:"a"`
	B casefold.Teller `json:"b"`
	// Other is what the outcome would be if it were decided the other way; ""
	// where there would be no conviction.
	Other Outcome `json:"other"`
	// Together: only this link and the others named with it change the outcome,
	// none of them alone.
	Together bool `json:"together,omitempty"`
}

// Speaks reports whether a row tells something that a law reads: what happened
// in a case, a registration, custody, a death, a birth date. A neighbour whose
// rows tell none of it cannot change a determination and need not be tried.
func Speaks(r *casefold.Record) bool {
	for i := range r.Events {
		switch r.Events[i].Kind {
		case casefold.ApplicantEvent, casefold.CommitmentEvent: // never criminal
		default:
			return true
		}
	}
	return len(r.Person.Births) > 0 || r.Person.IsDeceased
}

// Doubt turns a determination into a review, because its outcome would be
// another if one of the links were decided otherwise.
func (d *Determination) Doubt(links ...Link) {
	was := d.Outcome
	d.Possible, d.Needs, d.Missing = []Outcome{was}, nil, nil
	for _, l := range links {
		if l.Other != "" && !slices.Contains(d.Possible, l.Other) {
			d.Possible = append(d.Possible, l.Other)
		}
		d.Needs = addWord(d.Needs, "a decision on the "+l.Says)
	}
	word := string(links[0].Other)
	if word == "" {
		word = "gone"
	}
	says := links[0].Says
	if links[0].Together {
		says = fmt.Sprintf("%d possible links together", len(links))
	}
	d.Reason = fmt.Sprintf("the answer would be %s instead of %s with the %s; %s", word, was, says, d.Reason)
	d.Outcome, d.LawOutcome, d.Fileable = Review, Review, casefold.False
	d.Link, d.Links = says, links
	d.EligibleFrom = 0
	if d.Route != RouteJuvenile {
		d.Route = RouteNone
	}
}
