package server

import (
	"fmt"
	"slices"
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/chart"
	"github.com/casefold/casefold/internal/engine"
)

// A pairView says why two rows are, or are not, one person.
type pairView struct {
	A, B             rowName
	PersonA, PersonB string
	One              bool // the run holds them to be one person
	SameRows         bool // their source says so itself
	Verdict          string
	Reason           string // why the run keeps the persons apart, "" if it has no possible link between them
	Total            string
	Rules            int
	Sides            []side
	Chart            *chart.Waterfall
	Silent           []string // comparisons that say nothing, because a side does not tell
}

// A side is one line of the two rows laid side by side.
type side struct{ What, A, B, Mark string }

func newPairView(p *engine.PairProof, ha, hb *casefold.History) *pairView {
	v := &pairView{A: rowNames([]casefold.Teller{p.A})[0], B: rowNames([]casefold.Teller{p.B})[0], PersonA: p.PersonA, PersonB: p.PersonB,
		One: p.PersonA == p.PersonB, SameRows: p.SameRows, Rules: p.Rules, Total: casefold.Bits(p.Explained.Total)}
	v.Sides = sides(saidBy(ha, p.A), saidBy(hb, p.B))
	if p.SameRows {
		v.Verdict = "Their source itself says that these rows are one person; nothing is weighed."
		return v
	}
	v.Verdict = verdict(p, v.One)
	v.weigh(p)
	return v
}

// verdict puts the score beside the thresholds in words.
func verdict(p *engine.PairProof, one bool) string {
	score := "By what these two rows say, taken by themselves, "
	switch t := p.Explained.Total; {
	case t >= p.Link:
		score += fmt.Sprintf("they are one person: %s bits, and a link is made from %s on.", casefold.Bits(t), casefold.Bits(p.Link))
	case t >= p.Possible:
		score += fmt.Sprintf("they may be one person: %s bits lie between %s (a possible link) and %s (a link).", casefold.Bits(t), casefold.Bits(p.Possible), casefold.Bits(p.Link))
	default:
		score += fmt.Sprintf("they are two persons: %s bits, below %s, where a possible link begins.", casefold.Bits(t), casefold.Bits(p.Possible))
	}
	switch {
	case one && p.Explained.Total < p.Link:
		return score + " The run holds them to be one all the same, by other rows of that person or a person's decision."
	case !one && p.Explained.Total >= p.Link:
		return score + " The run keeps them apart all the same: something forbids it, or the rows around them speak against it."
	}
	return score
}

// weigh draws the contributions in the order of the model, those that say
// nothing left out.
func (v *pairView) weigh(p *engine.PairProof) {
	w := &chart.Waterfall{About: chart.About{Title: "How the score comes about", Says: "Each bar is one comparison: to the right it speaks for one person, to the left for two. Together with the prior they add up to the total."},
		Of: "Comparison", Unit: "bits", Total: "total", Decimals: 3,
		Steps: []chart.Step{{Label: "prior", Says: "two mentions taken at random", Value: bits(p.Explained.Prior)}},
		Marks: []chart.Mark{{Label: "possible link", At: bits(p.Possible)}, {Label: "link", At: bits(p.Link)}}}
	for _, c := range p.Explained.Contributions {
		if c.Weight == 0 && c.Level == 0 {
			v.Silent = append(v.Silent, c.Comparison.String())
			continue
		}
		w.Steps = append(w.Steps, chart.Step{Label: c.Comparison.String(), Says: c.Says, Value: bits(c.Weight)})
	}
	if k := p.Explained.Kinship; k != 0 {
		w.Steps = append(w.Steps, chart.Step{Label: "kinship", Says: "relatives show the same", Value: bits(k)})
	}
	v.Chart = w
}

func bits(milli int64) float64 { return float64(milli) / 1000 }

// said is what one row says of who a person is.
type said struct{ names, births, numbers []string }

// saidBy picks from a history what one row tells.
func saidBy(h *casefold.History, t casefold.Teller) said {
	var out said
	by := func(ts []casefold.Teller) bool { return slices.Contains(ts, t) }
	for _, n := range h.Names {
		if by(n.Tellers) {
			out.names = append(out.names, fullName(n.Value))
		}
	}
	for _, b := range h.Births {
		if by(b.Tellers) {
			out.births = append(out.births, b.Value.String())
		}
	}
	for _, id := range h.Identifiers {
		if by(id.Tellers) {
			out.numbers = append(out.numbers, string(id.Value.Kind)+" "+id.Value.Value)
		}
	}
	return out
}

// sides lays two rows side by side.
func sides(a, b said) []side {
	var out []side
	line := func(what, x, y string) {
		mark := "differs"
		switch {
		case x == "" && y == "":
			return
		case x == "" || y == "":
			mark = "one side only"
		case x == y:
			mark = "same"
		}
		out = append(out, side{what, word(x), word(y), mark})
	}
	line("Names", strings.Join(a.names, "; "), strings.Join(b.names, "; "))
	line("Born", strings.Join(a.births, "; "), strings.Join(b.births, "; "))
	kinds := map[string][2]string{}
	var order []string
	for i, list := range [][]string{a.numbers, b.numbers} {
		for _, n := range list {
			kind, value, _ := strings.Cut(n, " ")
			if _, ok := kinds[kind]; !ok {
				order = append(order, kind)
			}
			pair := kinds[kind]
			pair[i] = strings.TrimPrefix(pair[i]+"; "+value, "; ")
			kinds[kind] = pair
		}
	}
	slices.Sort(order)
	for _, k := range order {
		line("Number "+strings.ReplaceAll(k, "_", " "), kinds[k][0], kinds[k][1])
	}
	return out
}
