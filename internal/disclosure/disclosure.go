// Package disclosure decides who may see what. It takes a history and a purpose
// and returns what may be shown of it: the history without what is hidden, and
// the rows that may not be shown verbatim. It reads no store and no clock.
//
// Invariant: for a purpose that does not permit a record, what is returned is
// what it would be if the record had never come: no count, index, date, row or
// name that only the hidden record tells is left, and a person of whom nothing
// is left is nobody. It stands below search, history, pages and the counts that
// they show; stages of a run, filings and their exports work for relief and see
// everything.
package disclosure

import (
	"fmt"

	"github.com/casefold/casefold"
)

// A Purpose is what somebody wants to know for.
type Purpose string

const (
	// Inquiry is every purpose but relief: an investigation, a background, a
	// case in court. It is the zero value, so that what nobody set hides.
	Inquiry Purpose = ""
	// Relief is to clear the person: a record past the limit of HS 11361.5 may
	// be used for it and against nobody (HS 11361.7).
	Relief Purpose = "relief"
)

// ParsePurpose reads a purpose as a person types it.
func ParsePurpose(word string) (Purpose, error) {
	switch word {
	case "", "inquiry":
		return Inquiry, nil
	case string(Relief):
		return Relief, nil
	}
	return "", fmt.Errorf("no purpose is named %q; there are inquiry and relief", word)
}

// A Limit tells which records are past a limit after which they are used for
// relief only. Unknown hides too: what is not surely within the limit is not
// held against anybody.
type Limit struct {
	Conviction func(*casefold.Conviction) casefold.Truth
	// Charge is of an arrest or a charge of a day that ended in no conviction
	// for it.
	Charge func(o *casefold.Offense, on casefold.Date) casefold.Truth
}

// A View is what may be shown of a history.
type View struct {
	// History is what is left; nil if nothing is. Where nothing was hidden it is
	// the history itself.
	History *casefold.History
	// Changed reports whether anything was hidden.
	Changed bool

	hidden   map[casefold.Teller]bool // rows that tell of hidden records only
	withheld map[casefold.Teller]bool // rows that tell of others too: not shown verbatim
}

// Row reports whether a row of the person may be shown as it came.
func (v *View) Row(t casefold.Teller) bool { return !v.hidden[t] && !v.withheld[t] }

// Of returns what may be shown of a history for a purpose.
func (l Limit) Of(h *casefold.History, purpose Purpose) *View {
	if purpose == Relief {
		return &View{History: h}
	}
	r := redaction{limit: l, old: h}
	if !r.find() {
		return &View{History: h}
	}
	r.sortRows()
	return &View{History: r.history(), Changed: true, hidden: r.hidden, withheld: r.withheld}
}
