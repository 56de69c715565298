package relief

import (
	"cmp"
	"slices"
)

// A Queue gathers what reviews wait for, so that people answer first what
// decides most. It is not safe for several goroutines; Merge joins queues.
type Queue struct {
	byFact map[Missing]*Waiting
	denied []Missing
}

// Waiting is one missing fact with the convictions that wait for it.
type Waiting struct {
	Missing
	// Alone lists convictions that wait for this fact only, in order of their
	// IDs; With those that wait for others too.
	Alone []string `json:"alone,omitempty"`
	With  []string `json:"with,omitempty"`
}

// NewQueue begins a queue.
func NewQueue() *Queue { return &Queue{byFact: map[Missing]*Waiting{}} }

// Add takes up a determination: a review's missing facts, or the link it hangs
// on; a denial, for a person to confirm.
func (q *Queue) Add(d *Determination) {
	switch {
	case d.Confirm():
		q.denied = append(q.denied, Missing{"confirm_denial", d.ConvictionID, "confirm the denial: " + d.Reason})
	case d.Outcome != Review:
	case d.Link != "":
		q.wait(Missing{"link", "", d.Link}, d.ConvictionID, true)
	case len(d.Missing) == 0:
		for _, need := range d.Needs {
			q.wait(Missing{"decision", "", need}, d.ConvictionID, len(d.Needs) == 1)
		}
	default:
		for _, m := range d.Missing {
			q.wait(m, d.ConvictionID, len(d.Missing) == 1)
		}
	}
}

func (q *Queue) wait(m Missing, conviction string, alone bool) {
	w := q.byFact[m]
	if w == nil {
		w = &Waiting{Missing: m}
		q.byFact[m] = w
	}
	if alone {
		w.Alone = append(w.Alone, conviction)
	} else {
		w.With = append(w.With, conviction)
	}
}

// Merge takes up everything of another queue.
func (q *Queue) Merge(o *Queue) {
	for m, w := range o.byFact {
		mine := q.byFact[m]
		if mine == nil {
			mine = &Waiting{Missing: m}
			q.byFact[m] = mine
		}
		mine.Alone, mine.With = append(mine.Alone, w.Alone...), append(mine.With, w.With...)
	}
	q.denied = append(q.denied, o.denied...)
}

// Waiting lists what to answer, what decides most convictions by itself first.
// The order depends on nothing but content.
func (q *Queue) Waiting() []Waiting {
	out := make([]Waiting, 0, len(q.byFact))
	for _, w := range q.byFact {
		slices.Sort(w.Alone)
		slices.Sort(w.With)
		out = append(out, *w)
	}
	slices.SortFunc(out, func(a, b Waiting) int {
		return cmp.Or(cmp.Compare(len(b.Alone), len(a.Alone)), cmp.Compare(len(b.With), len(a.With)),
			cmp.Compare(a.Conviction, b.Conviction), cmp.Compare(a.Fact, b.Fact), cmp.Compare(a.Text, b.Text))
	})
	return out
}

// Denials lists the denials to confirm, by conviction.
func (q *Queue) Denials() []Missing {
	out := slices.Clone(q.denied)
	slices.SortFunc(out, func(a, b Missing) int {
		return cmp.Or(cmp.Compare(a.Conviction, b.Conviction), cmp.Compare(a.Text, b.Text))
	})
	return out
}
