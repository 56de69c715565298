package normalize

import (
	"github.com/casefold/casefold"
	"github.com/casefold/casefold/normalize/date"
)

// A Survey looks at the rows of a source for what one row cannot tell: in which
// order it writes day and month. Surveys of parts add up in any order, so the
// answer does not depend on how the rows are shared out or arranged.
type Survey struct {
	dates []cell // of every plan
	tally date.Tally
}

// NewSurvey prepares a survey of a source whose rows have the given layout.
func NewSurvey(src *casefold.Source, layout casefold.Layout) (*Survey, error) {
	c := &compiler{src: src, layout: layout}
	own, people := c.persons()
	event, counts := c.events()
	s := &Survey{}
	for _, p := range append(append([]*plan{own, event}, people...), counts...) {
		for _, f := range []fieldID{fBirth, fAliasBirth, fEventDate, fArrestDate, fCustodyFrom, fCustodyTo, fOffenseDate, fFiledDate, fPleaDate,
			fConvictionDate, fDispositionDate, fSentenceDate, fReliefDate} {
			s.dates = append(s.dates, p.cells[f]...)
		}
	}
	return s, c.err
}

// Add looks at a row.
func (s *Survey) Add(row *casefold.Row) {
	for i := range s.dates {
		c := &s.dates[i]
		if !c.group {
			s.tally.Add(c.value(row.Values, nil))
			continue
		}
		for _, g := range row.Groups {
			s.tally.Add(c.value(nil, g))
		}
	}
}

// Merge adds what a survey of other rows of the source saw.
func (s *Survey) Merge(t *Survey) { s.tally.Merge(t.tally) }

// DateOrder is the order the source's dates speak for; put it into
// Mapping.DateOrder where that is "".
func (s *Survey) DateOrder() string { return s.tally.Order() }

// MonthFirst reports whether no date is one only with the day or the year
// first, or as a spreadsheet's days: then DateOrder is date.MDY however often each value stands in the rows.
func (s *Survey) MonthFirst() bool {
	return s.tally.DayFirst == 0 && s.tally.YearFirst == 0 && s.tally.Serial == 0
}
