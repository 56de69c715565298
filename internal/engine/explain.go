package engine

import (
	"context"
	"fmt"
	"io"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/matcher"
)

// A PairProof says why two rows are, or are not, one person.
type PairProof struct {
	A         casefold.Teller     `json:"a"`
	B         casefold.Teller     `json:"b"`
	PersonA   string              `json:"person_a"`
	PersonB   string              `json:"person_b"`
	Explained matcher.Explanation `json:"explanation"`
	SameRows  bool                `json:"one_mention"` // their source itself says they are one person
	Rules     int                 `json:"blocking_rules"`
	Link      int64               `json:"link_threshold"`
	Possible  int64               `json:"possible_threshold"`
}

// Explain compares two rows as the last run did.
func (e *Engine) Explain(ctx context.Context, a, b casefold.Teller) (*PairProof, error) {
	model, err := e.currentModel()
	if err != nil {
		return nil, err
	}
	if model == nil {
		return nil, fmt.Errorf("%w: there is no model", ErrNotRun)
	}
	p := &PairProof{A: a, B: b, Link: e.threshold(model), Possible: model.Possible}
	if p.PersonA, err = e.PersonOf(a); err != nil {
		return nil, err
	}
	if p.PersonB, err = e.PersonOf(b); err != nil {
		return nil, err
	}
	pop, err := e.repopulate(ctx)
	if err != nil {
		return nil, err
	}
	ma, mb, err := pop.mentionsOf(a, b)
	if err != nil {
		return nil, err
	}
	if p.SameRows = ma == mb; p.SameRows {
		return p, nil
	}
	index, err := pop.candidates(ctx, e.workers())
	if err != nil {
		return nil, err
	}
	p.Rules = index.Holds(ma, mb)
	p.Explained = matcher.NewExplainer(pop.set, model).Explain(ma, mb)
	return p, nil
}

// mentionsOf finds the mentions of two rows.
func (p *population) mentionsOf(a, b casefold.Teller) (ma, mb uint32, err error) {
	const none = ^uint32(0)
	ma, mb = none, none
	for i := range p.records {
		switch p.teller(uint32(i)) {
		case a:
			ma = p.set.MentionOf(i)
		case b:
			mb = p.set.MentionOf(i)
		}
	}
	if a == b {
		mb = ma
	}
	if ma == none || mb == none {
		return 0, 0, fmt.Errorf("the files have changed since the last run: %w", ErrNotFound)
	}
	return ma, mb, nil
}

// WriteText prints the proof as a waterfall of bits.
func (p *PairProof) WriteText(w io.Writer) error {
	fmt.Fprintf(w, "%s  person %s\n%s  person %s\n", p.A, p.PersonA, p.B, p.PersonB)
	if p.SameRows {
		_, err := fmt.Fprintln(w, "their source itself says that these rows are one person")
		return err
	}
	x := p.Explained
	fmt.Fprintf(w, "%12s  prior\n", casefold.Bits(x.Prior))
	for _, c := range x.Contributions {
		fmt.Fprintf(w, "%12s  %s: %s\n", casefold.Bits(c.Weight), c.Comparison, c.Says)
	}
	fmt.Fprintf(w, "%12s  total; a link from %s, a possible link from %s\n", casefold.Bits(x.Total), casefold.Bits(p.Link), casefold.Bits(p.Possible))
	verdict := "one person"
	if p.PersonA != p.PersonB {
		verdict = "two persons"
	}
	_, err := fmt.Fprintf(w, "the run holds them to be %s; %d blocking rules propose the pair\n", verdict, p.Rules)
	return err
}
