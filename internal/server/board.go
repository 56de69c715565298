package server

import (
	"cmp"
	"slices"

	"github.com/casefold/casefold/internal/engine"
	"github.com/casefold/casefold/internal/report"
	"github.com/casefold/casefold/relief"
)

// A boardView is what is filed and what waits.
type boardView struct {
	Batches []engine.BatchView
	Work    []workGroup
	Total   int
}

// A workGroup is the work of one kind.
type workGroup struct {
	Kind, Plain string
	List        []engine.WorkView
	More        int // left out of the page
}

// maxWork is how much of a kind a page lists; the export has it all.
const maxWork = 200

func newBoardView(b *engine.Board) *boardView {
	v := &boardView{Batches: b.Batches, Total: len(b.Work)}
	byKind := map[string][]engine.WorkView{}
	var kinds []string
	for _, w := range b.Work {
		if byKind[w.Kind] == nil {
			kinds = append(kinds, w.Kind)
		}
		byKind[w.Kind] = append(byKind[w.Kind], w)
	}
	slices.SortFunc(kinds, func(a, b string) int { return cmp.Or(cmp.Compare(len(byKind[b]), len(byKind[a])), cmp.Compare(a, b)) })
	for _, k := range kinds {
		list := byKind[k]
		v.Work = append(v.Work, workGroup{k, report.Plain(k), list[:min(len(list), maxWork)], max(0, len(list)-maxWork)})
	}
	return v
}

// A homeView is what the store holds, in the order of the flow.
type homeView struct {
	*engine.Overview
	Figures []engine.OverviewLine
	Laws    []lawFigures
}

// A lawFigures is one law's outcomes.
type lawFigures struct {
	Law   string
	Lines []outcomeLine
}

type outcomeLine struct {
	Word, Plain string
	Count       int64
}

func newHomeView(o *engine.Overview) *homeView {
	v := &homeView{Overview: o}
	order := []string{"records", "mentions", "persons", "possible links", "convictions"}
	count := map[string]int64{}
	for _, l := range o.Lines {
		count[l.Name] = l.Count
		if law, outcome, ok := cutLaw(l.Name); ok {
			if n := len(v.Laws); n == 0 || v.Laws[n-1].Law != law {
				v.Laws = append(v.Laws, lawFigures{Law: law})
			}
			last := &v.Laws[len(v.Laws)-1]
			last.Lines = append(last.Lines, outcomeLine{outcome, report.Plain(outcome), l.Count})
		}
	}
	for i := range v.Laws {
		slices.SortFunc(v.Laws[i].Lines, func(a, b outcomeLine) int {
			rank := func(l outcomeLine) int { return slices.Index(relief.Outcomes, relief.Outcome(l.Word)) }
			return cmp.Compare(rank(a), rank(b))
		})
	}
	for _, name := range order {
		if n, ok := count[name]; ok {
			v.Figures = append(v.Figures, engine.OverviewLine{Name: name, Count: n})
		}
	}
	return v
}
