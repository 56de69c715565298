package engine

import (
	"cmp"
	"context"
	"fmt"
	"io"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/index/blocking"
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
	for _, t := range []casefold.Teller{a, b} {
		if ok, err := e.shows(t); err != nil || !ok {
			return nil, cmp.Or(err, fmt.Errorf("row %s: %w", t, ErrNotFound))
		}
	}
	p := &PairProof{A: a, B: b, Link: e.threshold(model), Possible: model.Possible}
	if p.PersonA, err = e.PersonOf(a); err != nil {
		return nil, err
	}
	if p.PersonB, err = e.PersonOf(b); err != nil {
		return nil, err
	}
	x, err := e.standing()
	if err != nil {
		return nil, err
	}
	ma, okA := x.find(a)
	mb, okB := x.find(b)
	if !okA || !okB {
		return nil, fmt.Errorf("the row tells of nobody: %w", ErrNotFound)
	}
	if p.SameRows = ma == mb; p.SameRows {
		return p, nil
	}
	look, err := blocking.NewLookup(ctx, x.set, blocking.Sharing(x.set, blocking.Default(x.set), ma, mb), blocking.Options{Workers: e.workers()})
	if err != nil {
		return nil, err
	}
	p.Rules = look.Holds(x.set, ma, mb)
	p.Explained = matcher.NewResolver(x.set, model, x.of, p.Link).Explain(x.set, ma, mb)
	return p, nil
}

// WriteText prints the proof as a waterfall of bits.
func (p *PairProof) WriteText(w io.Writer) error {
	fmt.Fprintf(w, "%s  person %s\n%s  person %s\n", p.A, p.PersonA, p.B, p.PersonB)
	if p.SameRows {
		_, err := fmt.Fprintln(w, "their source itself says that these rows are one person")
		return err
	}
	if err := writeWaterfall(w, p.Explained, fmt.Sprintf("a link from %s, a possible link from %s", casefold.Bits(p.Link), casefold.Bits(p.Possible))); err != nil {
		return err
	}
	verdict := "one person"
	if p.PersonA != p.PersonB {
		verdict = "two persons"
	}
	_, err := fmt.Fprintf(w, "the run holds them to be %s; %d blocking rules propose the pair\n", verdict, p.Rules)
	return err
}
