package engine

import (
	"context"
	"encoding/json"
	"fmt"
	"io"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/index/blocking"
	"github.com/casefold/casefold/matcher"
	"github.com/casefold/casefold/mention"
)

// A Resolver says whom a new record is of, among the persons of one
// generation. It holds the mentions and their blocking keys in memory, is
// immutable, and safe for concurrent use. It takes some seconds to make for a
// million persons, and milliseconds to ask.
type Resolver struct {
	*standing
	Generation int64
	look       *blocking.Lookup
	match      *matcher.Resolver
	link       int64
	possible   int64
}

// A Resolution is what a Resolver answers.
type Resolution struct {
	Persons  []ResolvedPerson   `json:"persons"`  // strongest first
	Compared int                `json:"compared"` // mentions that blocking proposed
	Link     json.Number        `json:"link_bits"`
	Possible json.Number        `json:"possible_bits"`
	Findings []casefold.Finding `json:"findings,omitempty"` // what is odd in the record
}

// A ResolvedPerson is somebody the new record may be of.
type ResolvedPerson struct {
	Person  string      `json:"person"`
	Verdict string      `json:"verdict"`          // "one person" or "possible link"
	Reason  string      `json:"reason,omitempty"` // why no more than possible
	Bits    json.Number `json:"bits"`             // all the person's rows taken together: what clustering goes by
	Row     string      `json:"row"`              // the row that agrees best
	RowBits json.Number `json:"row_bits"`
	Certain bool        `json:"certain,omitempty"` // one issuer's prints assert the number
	// Why takes RowBits apart.
	Why matcher.Explanation `json:"why"`
}

// Resolver reads what resolving needs of the last run.
func (e *Engine) Resolver(ctx context.Context) (*Resolver, error) {
	model, err := e.currentModel()
	if err != nil {
		return nil, err
	}
	if model == nil {
		return nil, fmt.Errorf("%w: there is no model", ErrNotRun)
	}
	m, err := e.store.Manifest()
	if err != nil {
		return nil, err
	}
	s, err := e.standing()
	if err != nil {
		return nil, err
	}
	r := &Resolver{standing: s, Generation: m.Generation, link: e.threshold(model), possible: model.Possible}
	r.match = matcher.NewResolver(s.set, model, s.of, r.link)
	r.look, err = blocking.NewLookup(ctx, s.set, blocking.Default(s.set), blocking.Options{Workers: e.workers()})
	return r, err
}

// Resolve compares a new record with the persons whose mentions blocking
// proposes, as a run would.
func (r *Resolver) Resolve(n NewRecord) (*Resolution, error) {
	rec, findings, err := n.normalized(r.set)
	if err != nil {
		return nil, err
	}
	b := mention.NewBuilder(nil)
	b.Add(&rec)
	own := b.Build()
	list := r.look.Candidates(own, 0)
	out := &Resolution{Persons: []ResolvedPerson{}, Compared: len(list), Link: bits(r.link), Possible: bits(r.possible), Findings: findings}
	for _, f := range r.match.Resolve(own, 0, list) {
		p := ResolvedPerson{Person: r.personOf(f.Cluster), Verdict: "possible link", Reason: string(f.Reason), Bits: bits(f.Weight),
			Row: r.teller(f.Mention).String(), RowBits: bits(f.Pair), Certain: f.Certain, Why: f.Why}
		if f.Link {
			p.Verdict = "one person"
		}
		out.Persons = append(out.Persons, p)
	}
	return out, nil
}

// bits is a number of thousandths of a bit as JSON.
func bits(milli int64) json.Number { return json.Number(casefold.Bits(milli)) }

// WriteText prints the persons, and takes the first one's score apart.
func (r *Resolution) WriteText(w io.Writer) error {
	for _, f := range r.Findings {
		fmt.Fprintf(w, "%s: %s\n", f.Field, f.Code)
	}
	if len(r.Persons) == 0 {
		_, err := fmt.Fprintf(w, "nobody: of %d mentions with a blocking key in common none reaches %s bits\n", r.Compared, r.Possible)
		return err
	}
	for _, p := range r.Persons {
		fmt.Fprintf(w, "%s  %12s bits  %s", p.Person, p.Bits, p.Verdict)
		if p.Reason != "" {
			fmt.Fprintf(w, " (%s)", p.Reason)
		}
		fmt.Fprintf(w, "; best row %s, %s bits\n", p.Row, p.RowBits)
	}
	first := r.Persons[0]
	fmt.Fprintf(w, "\nagainst %s:\n", first.Row)
	return writeWaterfall(w, first.Why, fmt.Sprintf("a link from %s, a possible link from %s; %d mentions compared", r.Link, r.Possible, r.Compared))
}

// writeWaterfall prints a score taken apart, a line per contribution; what the
// total is held against stands behind it.
func writeWaterfall(w io.Writer, x matcher.Explanation, against string) error {
	fmt.Fprintf(w, "%12s  prior\n", casefold.Bits(x.Prior))
	for _, c := range x.Contributions {
		fmt.Fprintf(w, "%12s  %s: %s\n", casefold.Bits(c.Weight), c.Comparison, c.Says)
	}
	if x.Kinship != 0 {
		fmt.Fprintf(w, "%12s  relatives show the same\n", casefold.Bits(x.Kinship))
	}
	_, err := fmt.Fprintf(w, "%12s  total; %s\n", casefold.Bits(x.Total), against)
	return err
}
