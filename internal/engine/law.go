package engine

import (
	"fmt"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/store"
	"github.com/casefold/casefold/relief"
	"github.com/casefold/casefold/relief/laws"
)

// lawNames are the laws that every run decides, in the order of the exports.
var lawNames = []string{"prop64"}

// loadLaws compiles the embedded laws and the project's policy. A law that
// does not compile is a fault of this program's build, told at its place.
func (e *Engine) loadLaws() ([]*relief.Law, *relief.Policy, error) {
	var out []*relief.Law
	for _, name := range lawNames {
		l, problems := relief.LoadLaw(laws.Files, name)
		if l == nil {
			return nil, nil, fmt.Errorf("law %s does not compile: %w", name, casefold.Problems(problems))
		}
		out = append(out, l)
	}
	return out, nil, nil
}

// enteredFacts are what people took from files, by conviction; of several
// entries under one name the latest counts.
func enteredFacts(tx *store.Tx) (map[string][]relief.EnteredFact, error) {
	all, err := store.Facts.All(tx, "")
	if err != nil {
		return nil, err
	}
	out := map[string][]relief.EnteredFact{}
	for _, f := range all {
		out[f.Conviction] = append(out[f.Conviction], relief.EnteredFact{Name: f.Name, Value: f.Value, By: f.By, Document: f.Document})
	}
	return out, nil
}

// weak are the rows that belong to their person only by a join within the
// strict margin: they prove nothing against anybody.
func (p *persons) weak() map[casefold.Teller]bool {
	out := map[casefold.Teller]bool{}
	for _, records := range p.loose {
		for _, r := range records {
			out[p.pop.teller(r)] = true
		}
	}
	return out
}
