package engine

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"sync"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/relief"
)

// A WhatIf compares whom two policies would help, on the histories of the
// current generation.
type WhatIf struct {
	AsOf    casefold.Day `json:"as_of"`
	Laws    []string     `json:"laws"`
	Persons int64        `json:"persons"`
	A       Scenario     `json:"a"`
	B       Scenario     `json:"b"`
	Groups  []GroupRow   `json:"groups"`
	// InDoubt are determinations that the last run holds to be in doubt about
	// who is one person; they help nobody here.
	InDoubt int64 `json:"in_doubt"`
}

// A Scenario is one policy with what it does in all.
type Scenario struct {
	Policy   string                 `json:"policy"` // none: the law alone
	Outcomes map[relief.Outcome]int `json:"outcomes"`
	All      relief.Helped          `json:"all"`
}

// A GroupRow is a group under both policies. Cells below smallCell are hidden.
type GroupRow struct {
	relief.Group
	A Figures `json:"a"`
	B Figures `json:"b"`
}

// Figures are those of relief.Helped, in its order.
type Figures [6]Cell

// FigureNames head the columns of Figures.
var FigureNames = [6]string{"people", "helped", "convictions", "no_felony_left", "no_conviction_left", "none_in_seven_years"}

// A Cell is a figure, or hidden because it would be of too few people, or
// because a hidden one could be worked out from it.
type Cell struct {
	N      int
	Hidden bool
}

// MarshalJSON writes a hidden cell as null.
func (c Cell) MarshalJSON() ([]byte, error) {
	if c.Hidden {
		return []byte("null"), nil
	}
	return json.Marshal(c.N)
}

// MarshalJSON writes figures under their names.
func (f Figures) MarshalJSON() ([]byte, error) {
	out := map[string]Cell{}
	for i, name := range FigureNames {
		out[name] = f[i]
	}
	return json.Marshal(out)
}

// smallCell is the smallest number of people that a group's figure may show.
const smallCell = 11

// WhatIf tallies two policies, each a name, a file or "none". law limits the
// comparison to one law; "": those that the policies overlay, or all if neither
// is a policy.
func (e *Engine) WhatIf(ctx context.Context, a, b, law string) (*WhatIf, error) {
	known, book, err := e.lawContext(nil)
	if err != nil {
		return nil, err
	}
	var policies [2]*relief.Policy
	for i, word := range []string{a, b} {
		if policies[i], err = policyNamed(word, book); err != nil {
			return nil, err
		}
	}
	if book, err = comparedLaws(book, policies, law); err != nil {
		return nil, err
	}
	doubted, err := e.doubted()
	if err != nil {
		return nil, err
	}
	tallies := [2]*relief.Tally{relief.NewTally(known.AsOf), relief.NewTally(known.AsOf)}
	w := &WhatIf{AsOf: known.AsOf, InDoubt: int64(len(doubted))}
	for _, l := range book {
		w.Laws = append(w.Laws, l.Name)
	}
	type state struct {
		deciders [2][]*relief.Decider
		tallies  [2]*relief.Tally
	}
	var lock sync.Mutex
	var states []*state
	err = overHistories(ctx, e, func() *state {
		s := &state{scenarioDeciders(book, known, policies), [2]*relief.Tally{relief.NewTally(known.AsOf), relief.NewTally(known.AsOf)}}
		lock.Lock()
		defer lock.Unlock()
		states = append(states, s)
		return s
	}, func(s *state, h *casefold.History) (struct{}, error) {
		for i, deciders := range s.deciders {
			var decided []relief.Determination
			for _, d := range deciders {
				decided = append(decided, withDoubt(d.Decide(h), doubted)...)
			}
			s.tallies[i].Add(h, decided)
		}
		return struct{}{}, nil
	}, func(struct{}) error { w.Persons++; return nil })
	if err != nil {
		return nil, err
	}
	for _, s := range states {
		for i, t := range s.tallies {
			tallies[i].Merge(t)
		}
	}
	w.A = Scenario{cmp.Or(a, "none"), tallies[0].Outcomes, tallies[0].All}
	w.B = Scenario{cmp.Or(b, "none"), tallies[1].Outcomes, tallies[1].All}
	w.Groups = groupRows(tallies)
	return w, nil
}

func scenarioDeciders(book []*relief.Law, known relief.Context, policies [2]*relief.Policy) (out [2][]*relief.Decider) {
	for i, p := range policies {
		c := known
		c.Policy = p
		for _, l := range book {
			out[i] = append(out[i], l.Decider(c))
		}
	}
	return out
}

// comparedLaws picks the laws to decide by.
func comparedLaws(book []*relief.Law, policies [2]*relief.Policy, law string) ([]*relief.Law, error) {
	wanted := func(name string) bool {
		if law != "" {
			return name == law
		}
		if policies[0] == nil && policies[1] == nil {
			return true
		}
		return slices.ContainsFunc(policies[:], func(p *relief.Policy) bool { return p != nil && p.Law == name })
	}
	out := slices.DeleteFunc(slices.Clone(book), func(l *relief.Law) bool { return !wanted(l.Name) })
	if len(out) == 0 {
		return nil, Usage("there is no law "+law, "")
	}
	return out, nil
}

// doubted are the keys of determinations that the last run turned into reviews
// because of a doubt about who is one person.
func (e *Engine) doubted() (map[string]bool, error) {
	out := map[string]bool{}
	err := e.eachRuling(func(d *ruling) error {
		if d.Link != "" {
			out[rulingKey(d.ConvictionID, d.Law)] = true
		}
		return nil
	})
	return out, ignoreNotRun(err)
}

func withDoubt(ds []relief.Determination, doubted map[string]bool) []relief.Determination {
	for i := range ds {
		if d := &ds[i]; doubted[rulingKey(d.ConvictionID, d.Law)] {
			d.Outcome = relief.Review
		}
	}
	return ds
}

// groupRows are the groups of both tallies, small cells hidden.
func groupRows(tallies [2]*relief.Tally) []GroupRow {
	var rows []GroupRow
	for _, g := range relief.Groups(tallies[:]...) {
		rows = append(rows, GroupRow{g, figures(tallies[0].Group(g)), figures(tallies[1].Group(g))})
	}
	for from := 0; from < len(rows); {
		to := from + 1
		for to < len(rows) && rows[to].By == rows[from].By {
			to++
		}
		for column := range FigureNames {
			for _, side := range []func(*GroupRow) *Cell{
				func(r *GroupRow) *Cell { return &r.A[column] },
				func(r *GroupRow) *Cell { return &r.B[column] },
			} {
				cells := make([]*Cell, 0, to-from)
				for i := from; i < to; i++ {
					cells = append(cells, side(&rows[i]))
				}
				hide(cells)
			}
		}
		from = to
	}
	return rows
}

func figures(h relief.Helped) Figures {
	var f Figures
	for i, n := range [6]int{h.People, h.Helped, h.Convictions, h.NoFelonyLeft, h.NoConvictionLeft, h.NoneInSevenYears} {
		f[i].N = n
	}
	return f
}

// hide hides the small cells of a column whose sum is known. One alone could be
// worked out from the sum: then the next larger one is hidden too.
func hide(cells []*Cell) {
	hidden := 0
	var next *Cell
	for _, c := range cells {
		switch {
		case c.N > 0 && c.N < smallCell:
			c.Hidden = true
			hidden++
		case c.N > 0 && (next == nil || c.N < next.N):
			next = c
		}
	}
	if hidden == 1 && next != nil {
		next.Hidden = true
	}
}
