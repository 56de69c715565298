package server

import (
	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/engine"
	"github.com/casefold/casefold/internal/report"
)

// A reviewView is what people are to answer, first what decides most.
type reviewView struct {
	*engine.ReviewQueue
	Causes      []cause
	List        []waiting
	More        int // left out of the page; the command lists all
	Denied      []denial
	MoreDenials int
}

// A cause is a kind of thing that reviews wait for.
type cause struct {
	Fact, Words       string
	Alone, All, Items int
}

// A waiting is one thing to answer.
type waiting struct {
	Text, Fact, Answer string
	A, B               string // rows of a doubtful link, "" where it is none
	Alone, With        []string
	Owed               int
}

// A denial is a conviction that the law denies, for a person to confirm.
type denial struct{ Conviction, Person, Law, Outcome, Reason string }

// maxConvictions is how many convictions a thing names before it counts.
const maxConvictions = 5

func newReviewView(q *engine.ReviewQueue) *reviewView {
	v := &reviewView{ReviewQueue: q, More: max(0, len(q.Waiting)-maxWork), MoreDenials: max(0, len(q.Denials)-maxWork)}
	for _, c := range q.Causes {
		v.Causes = append(v.Causes, cause{c.Fact, engine.CauseWords(c.Fact), c.Alone, c.All, c.Items})
	}
	for _, w := range q.Waiting[:len(q.Waiting)-v.More] {
		item := waiting{Text: w.Text, Fact: report.Plain(w.Fact), Answer: w.Answer, Alone: w.Alone, With: w.With, Owed: w.Owed}
		if w.A != (casefold.Teller{}) {
			item.A, item.B = w.A.String(), w.B.String()
		}
		v.List = append(v.List, item)
	}
	for _, d := range q.Denials[:len(q.Denials)-v.MoreDenials] {
		v.Denied = append(v.Denied, denial{d.Conviction, d.Person, d.Law, report.Plain(string(d.Outcome)), d.Reason})
	}
	return v
}

// Named are the convictions that it decides alone, as many as a page names.
func (w waiting) Named() []string { return w.Alone[:min(len(w.Alone), maxConvictions)] }

// Rest counts the others of these.
func (w waiting) Rest() int { return len(w.Alone) - len(w.Named()) }

// Partly are convictions that wait for other things too.
func (w waiting) Partly() []string { return w.With[:min(len(w.With), maxConvictions)] }

// PartlyRest counts the others of these.
func (w waiting) PartlyRest() int { return len(w.With) - len(w.Partly()) }
