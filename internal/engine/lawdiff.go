package engine

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/relief"
)

// A LawDiff says which determinations change between two versions of a law, or
// two days, on the histories of the current generation.
type LawDiff struct {
	A       string      `json:"a"`
	B       string      `json:"b"`
	Persons int64       `json:"persons"`
	Decided int64       `json:"determinations"` // on either side
	Kinds   []LawMove   `json:"kinds"`
	Changes []LawChange `json:"changes"`
}

// A LawMove counts the convictions that go from one outcome and route to
// another.
type LawMove struct {
	Law       string         `json:"law"`
	From      relief.Outcome `json:"from"`
	FromRoute string         `json:"from_route"`
	To        relief.Outcome `json:"to"`
	ToRoute   string         `json:"to_route"`
	Count     int            `json:"count"`
	// InDoubt are those of them that the last run holds to be in doubt about
	// who is one person: they stay in review whatever the law.
	InDoubt int `json:"in_doubt"`
}

func (m LawMove) same(o LawMove) bool {
	o.Count, o.InDoubt = m.Count, m.InDoubt
	return m == o
}

// A LawChange is a conviction whose outcome or route changes.
type LawChange struct {
	relief.Change
	BaseRoute   string `json:"base_route"`
	OtherRoute  string `json:"other_route"`
	BaseReason  string `json:"base_reason"`
	OtherReason string `json:"other_reason"`
	InDoubt     bool   `json:"in_doubt,omitempty"`
}

// A lawSide is one side of a comparison.
type lawSide struct {
	laws []*relief.Law
	ctx  []relief.Context // by law
}

func (s lawSide) deciders() []*relief.Decider {
	out := make([]*relief.Decider, len(s.laws))
	for i, l := range s.laws {
		out[i] = l.Decider(s.ctx[i])
	}
	return out
}

// LawDiff compares two versions of one law, each a law's name or folder, or
// the laws on two days.
func (e *Engine) LawDiff(ctx context.Context, a, b string) (*LawDiff, error) {
	known, book, err := e.lawContext(nil)
	if err != nil {
		return nil, err
	}
	first, second, err := e.sides(a, b, known, book)
	if err != nil {
		return nil, err
	}
	out := &LawDiff{A: a, B: b, Changes: []LawChange{}}
	type state struct{ a, b []*relief.Decider }
	type answer struct {
		changes []LawChange
		decided int64
	}
	err = overHistories(ctx, e, func() state { return state{first.deciders(), second.deciders()} },
		func(s state, h *casefold.History) (answer, error) {
			var got answer
			for i := range s.a {
				before, after := s.a[i].Decide(h), s.b[i].Decide(h)
				got.decided += int64(len(before))
				got.changes = append(got.changes, changesOf(before, after)...)
			}
			return got, nil
		},
		func(got answer) error {
			out.Persons++
			out.Decided += got.decided
			out.Changes = append(out.Changes, got.changes...)
			return nil
		})
	if err != nil {
		return nil, err
	}
	return out, e.finishDiff(out)
}

// sides reads what a person compares.
func (e *Engine) sides(a, b string, known relief.Context, book []*relief.Law) (first, second lawSide, err error) {
	dayA, errA := casefold.ParseDay(a)
	dayB, errB := casefold.ParseDay(b)
	if (errA == nil) != (errB == nil) {
		return first, second, Usage("a day is compared with a day, a law with a law", "casefold law diff 2020-07-01 2026-11-24")
	}
	if errA == nil {
		return onDay(book, known, dayA), onDay(book, known, dayB), nil
	}
	if first, err = e.versionOf(a, known); err == nil {
		second, err = e.versionOf(b, known)
	}
	if err == nil && first.laws[0].Name != second.laws[0].Name {
		err = Usage(fmt.Sprintf("%s is %s and %s is %s: two laws, not two versions of one", a, first.laws[0].Name, b, second.laws[0].Name), "")
	}
	return first, second, err
}

func onDay(book []*relief.Law, known relief.Context, day casefold.Day) lawSide {
	s := lawSide{laws: book}
	for range book {
		c := known
		c.AsOf = day
		s.ctx = append(s.ctx, c)
	}
	return s
}

// versionOf loads a version of a law, with the project's policy over it.
func (e *Engine) versionOf(word string, known relief.Context) (lawSide, error) {
	f, err := FindLaw(word)
	if err != nil {
		return lawSide{}, err
	}
	l, err := f.Load()
	if err != nil {
		return lawSide{}, err
	}
	if known.Policy != nil && known.Policy.Law == l.Name {
		text, err := readPolicy(e.project.Policy, e.project.Dir)
		if err != nil {
			return lawSide{}, err
		}
		p, problems := relief.LoadPolicy(l, text.file, text.src)
		if p == nil {
			return lawSide{}, casefold.Problems(problems)
		}
		known.Policy = p
	}
	return lawSide{[]*relief.Law{l}, []relief.Context{known}}, nil
}

// changesOf compares what one history gets on either side: the same
// convictions in the same order.
func changesOf(before, after []relief.Determination) (out []LawChange) {
	for i := range before {
		a, b := &before[i], &after[i]
		if a.Outcome == b.Outcome && a.Route == b.Route {
			continue
		}
		out = append(out, LawChange{Change: relief.Change{ConvictionID: a.ConvictionID, PersonID: a.PersonID, Law: a.Law, Base: a.Outcome, Other: b.Outcome},
			BaseRoute: a.Route, OtherRoute: b.Route, BaseReason: a.Reason, OtherReason: b.Reason})
	}
	return out
}

// finishDiff orders and counts the changes, and marks those in doubt.
func (e *Engine) finishDiff(d *LawDiff) error {
	doubted, err := e.doubted()
	if err != nil {
		return err
	}
	slices.SortFunc(d.Changes, func(a, b LawChange) int {
		return cmp.Or(cmp.Compare(a.Law, b.Law), cmp.Compare(a.Base, b.Base), cmp.Compare(a.Other, b.Other),
			cmp.Compare(a.BaseRoute, b.BaseRoute), cmp.Compare(a.OtherRoute, b.OtherRoute), cmp.Compare(a.ConvictionID, b.ConvictionID))
	})
	for i := range d.Changes {
		c := &d.Changes[i]
		move := LawMove{Law: c.Law, From: c.Base, FromRoute: c.BaseRoute, To: c.Other, ToRoute: c.OtherRoute}
		n := len(d.Kinds)
		if n == 0 || !d.Kinds[n-1].same(move) {
			d.Kinds = append(d.Kinds, move)
			n++
		}
		d.Kinds[n-1].Count++
		if c.InDoubt = doubted[c.ConvictionID+"\x00"+c.Law]; c.InDoubt {
			d.Kinds[n-1].InDoubt++
		}
	}
	return nil
}
