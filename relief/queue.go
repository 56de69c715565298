package relief

import (
	"cmp"
	"slices"

	"github.com/casefold/casefold"
)

// A Queue gathers what reviews wait for, so that people answer first what
// decides most. It is not safe for several goroutines; Merge joins queues.
type Queue struct {
	items  map[Missing]*item
	denied []Denied
}

// An item is what is asked for while the queue grows.
type item struct {
	a, b  casefold.Teller
	waits map[string]wait // by conviction
}

// A wait is how a conviction waits for an item; of two laws the stronger way.
type wait struct{ alone, owed bool }

// Waiting is one missing fact or doubtful link with the convictions that wait
// for it.
type Waiting struct {
	Missing
	// A and B are the rows of a doubtful link, to be decided on.
	A casefold.Teller `json:"a,omitzero"`
	B casefold.Teller `json:"b,omitzero"`
	// Owed counts the convictions of Alone for which something may be owed.
	Owed int `json:"may_be_owed"`
	// Alone lists convictions that wait for this only, in order of their IDs;
	// With those that wait for other things too.
	Alone []string `json:"alone,omitempty"`
	With  []string `json:"with,omitempty"`
}

// Denied is a denial that a person is to confirm.
type Denied struct {
	Conviction string  `json:"conviction_id"`
	Person     string  `json:"person_id"`
	Law        string  `json:"law"`
	Outcome    Outcome `json:"outcome"`
	Reason     string  `json:"reason"`
}

// NewQueue begins a queue.
func NewQueue() *Queue { return &Queue{items: map[Missing]*item{}} }

// Add takes up a determination: a review's missing facts, or the links it hangs
// on; a denial, for a person to confirm.
func (q *Queue) Add(d *Determination) {
	switch {
	case d.Confirm():
		q.denied = append(q.denied, Denied{d.ConvictionID, d.PersonID, d.Law, d.Outcome, d.Reason})
	case d.Outcome != Review:
	case len(d.Links) > 0:
		// A link that changes the outcome by itself must be decided whatever the
		// others are; links that do so only together are all wanted.
		for _, l := range d.Links {
			it := q.wait(Missing{"link", "", l.Says}, d, len(d.Links) == 1)
			it.a, it.b = l.A, l.B
		}
	case len(d.Missing) == 0:
		for _, need := range d.Needs {
			q.wait(Missing{"decision", "", need}, d, len(d.Needs) == 1)
		}
	default:
		for _, m := range d.Missing {
			q.wait(m, d, len(d.Missing) == 1)
		}
	}
}

// A source that is missing answers for every conviction at once.
const completeSource = "complete_source"

func (q *Queue) wait(m Missing, d *Determination, alone bool) *item {
	if m.Fact == completeSource {
		m.Conviction = ""
	}
	it := q.items[m]
	if it == nil {
		it = &item{waits: map[string]wait{}}
		q.items[m] = it
	}
	it.join(d.ConvictionID, wait{alone, alone && slices.ContainsFunc(d.Possible, Outcome.Owed)})
	return it
}

func (it *item) join(conviction string, w wait) {
	old := it.waits[conviction]
	it.waits[conviction] = wait{old.alone || w.alone, old.owed || w.owed}
}

// Merge takes up everything of another queue.
func (q *Queue) Merge(o *Queue) {
	for m, theirs := range o.items {
		mine := q.items[m]
		if mine == nil {
			mine = &item{a: theirs.a, b: theirs.b, waits: map[string]wait{}}
			q.items[m] = mine
		}
		for id, w := range theirs.waits {
			mine.join(id, w)
		}
	}
	q.denied = append(q.denied, o.denied...)
}

// Waiting lists what to answer: first what by itself decides most convictions
// for which something may be owed, then what decides most. The order depends on
// nothing but content.
func (q *Queue) Waiting() []Waiting {
	out := make([]Waiting, 0, len(q.items))
	for m, it := range q.items {
		w := Waiting{Missing: m, A: it.a, B: it.b}
		for _, id := range sortedKeys(it.waits) {
			switch how := it.waits[id]; {
			case how.alone:
				w.Alone = append(w.Alone, id)
				if how.owed {
					w.Owed++
				}
			default:
				w.With = append(w.With, id)
			}
		}
		out = append(out, w)
	}
	slices.SortFunc(out, func(a, b Waiting) int {
		return cmp.Or(cmp.Compare(b.Owed, a.Owed), cmp.Compare(len(b.Alone), len(a.Alone)), cmp.Compare(len(b.With), len(a.With)),
			cmp.Compare(a.Fact, b.Fact), cmp.Compare(a.Conviction, b.Conviction), cmp.Compare(a.Text, b.Text))
	})
	return out
}

// A Cause is a kind of fact with how many convictions wait for it.
type Cause struct {
	Fact  string `json:"fact"`
	Alone int    `json:"alone"` // convictions that wait for one such thing only
	All   int    `json:"all"`
	Items int    `json:"items"` // things to answer
}

// Causes counts what reviews wait for by kind, the most frequent first.
func (q *Queue) Causes() []Cause {
	type who struct{ alone, all map[string]bool }
	by := map[string]*who{}
	items := map[string]int{}
	for m, it := range q.items {
		if by[m.Fact] == nil {
			by[m.Fact] = &who{map[string]bool{}, map[string]bool{}}
		}
		items[m.Fact]++
		for id, w := range it.waits {
			by[m.Fact].all[id] = true
			if w.alone {
				by[m.Fact].alone[id] = true
			}
		}
	}
	var out []Cause
	for fact, w := range by {
		out = append(out, Cause{fact, len(w.alone), len(w.all), items[fact]})
	}
	slices.SortFunc(out, func(a, b Cause) int {
		return cmp.Or(cmp.Compare(b.Alone, a.Alone), cmp.Compare(b.All, a.All), cmp.Compare(a.Fact, b.Fact))
	})
	return out
}

// Denials lists the denials to confirm, by conviction and law.
func (q *Queue) Denials() []Denied {
	out := slices.Clone(q.denied)
	slices.SortFunc(out, func(a, b Denied) int {
		return cmp.Or(cmp.Compare(a.Conviction, b.Conviction), cmp.Compare(a.Law, b.Law), cmp.Compare(a.Reason, b.Reason))
	})
	return out
}

// Entered reports whether a person may answer a missing fact by entering it
// from the file.
func Entered(fact string) bool {
	return slices.ContainsFunc(EnteredKinds, func(k EnteredKind) bool { return k.Name == fact })
}
