package filing

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/casefold/casefold"
)

// A Preparation is what Prepare did.
type Preparation struct {
	Batches  []Batch // made now
	Filed    int     // filings made now
	Already  int     // candidates with a live filing
	Closed   int     // candidates whose last filing was rejected, denied or withdrawn
	Possible int     // candidates that may be filed already: on the worklist
	Hindered int     // owed and ours, and not to be filed as they stand: on the worklist
}

// Prepare makes a filing for every candidate that is ours, can be filed and is
// free, in one batch per law and basis. The candidates may come in any order;
// doing it again makes nothing new.
func (l *Ledger) Prepare(candidates []Candidate, register Register, act Act) (Preparation, error) {
	var p Preparation
	var chosen []*Candidate
	g := l.newGuard(register)
	for _, c := range inOrder(candidates) {
		if !c.ready() {
			if c.wanted() && c.Ours != casefold.False {
				p.Hindered++
			}
			continue
		}
		switch g.ask(c).Verdict {
		case AlreadyFiled:
			p.Already++
		case Closed:
			p.Closed++
		case PossiblySame:
			p.Possible++
		case Free:
			chosen = append(chosen, c)
			// From now on it stands in the way of the candidates behind it.
			g.add(l.sketch(c, g.current(c.ConvictionID)))
		}
	}
	entries, err := l.entries(chosen, register, act)
	if err != nil {
		return p, err
	}
	if err := l.commit(entries); err != nil {
		return p, err
	}
	p.Filed = len(entries)
	made := map[string]bool{}
	for _, e := range entries {
		made[e.Batch] = true
	}
	for _, b := range l.Batches() {
		if made[b.ID] {
			p.Batches = append(p.Batches, b)
		}
	}
	return p, nil
}

// inOrder sorts candidates so that of two which may be one conviction the one
// with the court's own caption is filed.
func inOrder(candidates []Candidate) []*Candidate {
	out := make([]*Candidate, len(candidates))
	for i := range candidates {
		out[i] = &candidates[i]
	}
	rank := func(c *Candidate) int {
		if c.Caption.From == casefold.TellerCourt {
			return 0
		}
		return 1
	}
	slices.SortFunc(out, func(a, b *Candidate) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.ConvictionID, b.ConvictionID), cmp.Compare(a.Law, b.Law))
	})
	return out
}

// sketch is the filing that a candidate will become, for the guard only.
func (l *Ledger) sketch(c *Candidate, current string) *Filing {
	return &Filing{
		ID: l.filingName(current, c.Law), Conviction: current, Law: c.Law, Status: Prepared,
		keys: l.commitments(guardKeys(c)),
	}
}

// entries are the ledger entries that make filings of candidates, batch by
// batch, in the order of filing IDs.
func (l *Ledger) entries(chosen []*Candidate, register Register, act Act) ([]*entry, error) {
	subjects := make([]string, len(chosen))
	ids := make([]string, len(chosen))
	for i, c := range chosen {
		ids[i] = c.ConvictionID
		if now, ok := register.Current(c.ConvictionID); ok {
			ids[i] = now
		}
		subjects[i] = subject(ids[i])
	}
	keys, err := l.o.Keys.SubjectKeys(subjects)
	if err != nil {
		return nil, err
	}
	out := make([]*entry, len(chosen))
	for i, c := range chosen {
		e := &entry{
			Verb: verbStatus, Filing: l.filingName(ids[i], c.Law), Status: Prepared, Act: act,
			Conviction: ids[i], Person: c.PersonID, Law: c.Law, Outcome: c.Outcome, Basis: c.Basis,
			Keys: l.commitments(guardKeys(c)),
		}
		if e.Sealed, err = seal(keys[i], l.o.Random, e.Filing, secrets{act.Note, lineOf(c)}); err != nil {
			return nil, fmt.Errorf("conviction %s: %w", ids[i], err)
		}
		if l.filings[e.Filing] != nil {
			return nil, fmt.Errorf("%w: filing %s is there already", ErrLedger, e.Filing)
		}
		out[i] = e
	}
	slices.SortFunc(out, func(a, b *entry) int {
		return cmp.Or(cmp.Compare(a.Law, b.Law), cmp.Compare(a.Basis, b.Basis), cmp.Compare(a.Filing, b.Filing))
	})
	nameBatches(out)
	return out, nil
}

// nameBatches gives sorted entries their batches: one per law and basis, named
// by the filings in it.
func nameBatches(entries []*entry) {
	for from := 0; from < len(entries); {
		to := from
		parts := []string{entries[from].Law, string(entries[from].Basis)}
		for ; to < len(entries) && entries[to].Law == parts[0] && string(entries[to].Basis) == parts[1]; to++ {
			parts = append(parts, entries[to].Filing)
		}
		batch := name("B-", parts...)
		for _, e := range entries[from:to] {
			e.Batch = batch
		}
		from = to
	}
}

// Errors of acts that are refused.
var (
	ErrNoAuthor = errors.New("this act is recorded with a name: say who (--by)")
	ErrNoNote   = errors.New("this act is recorded with a reason: say why (--note)")
)

// Again makes a new filing, in a batch of its own, for a conviction whose
// filing was rejected, denied or withdrawn. The candidate is the conviction as
// it is decided now.
func (l *Ledger) Again(id string, c Candidate, register Register, act Act) (Filing, error) {
	f := l.filings[id]
	switch {
	case act.By == "":
		return Filing{}, ErrNoAuthor
	case act.Note == "":
		return Filing{}, ErrNoNote
	case f == nil:
		return Filing{}, unknownFiling(id)
	case f.Status.Live():
		return Filing{}, fmt.Errorf("filing %s is %s; only what was rejected, denied or withdrawn is filed again", id, f.Status)
	case c.Law != f.Law:
		return Filing{}, fmt.Errorf("filing %s is under %s, not %s", id, f.Law, c.Law)
	case !c.ready():
		return Filing{}, fmt.Errorf("conviction %s is not to be filed as it now stands (%s): %s", c.ConvictionID, c.Outcome, unready(&c))
	}
	g := l.newGuard(register)
	if g.current(f.Conviction) != g.current(c.ConvictionID) {
		return Filing{}, fmt.Errorf("filing %s is of conviction %s, not %s", id, f.Conviction, c.ConvictionID)
	}
	switch a := g.ask(&c); a.Verdict {
	case AlreadyFiled:
		return Filing{}, fmt.Errorf("conviction %s is filed already: %s", c.ConvictionID, strings.Join(a.Filings, ", "))
	case PossiblySame:
		return Filing{}, fmt.Errorf("conviction %s may be filed already: %s; look at both first", c.ConvictionID, strings.Join(a.Filings, ", "))
	}
	entries, err := l.entries([]*Candidate{&c}, register, act)
	if err != nil {
		return Filing{}, err
	}
	entries[0].Prior = id
	if err := l.commit(entries); err != nil {
		return Filing{}, err
	}
	return *l.filings[entries[0].Filing], nil
}

// unready says why a candidate is not to be filed as it stands.
func unready(c *Candidate) string {
	if !c.wanted() {
		return "nothing is owed"
	}
	return hindrance(c)
}

// hindrance says what stands in the way of filing a candidate.
func hindrance(c *Candidate) string {
	switch {
	case c.Ours == casefold.False:
		return "it is not ours"
	case c.Ours == casefold.Unknown:
		return "it is not known to be ours"
	case c.Hindrance != "":
		return c.Hindrance
	case c.Route == "juvenile":
		return "a juvenile adjudication; it goes to the juvenile court by petition"
	case c.Court == "":
		return "the court is not known"
	case c.Caption.From == "":
		return "neither the court's record nor the state's court step tells of it"
	case c.Caption.CaseNumber == "":
		return "no case number"
	}
	return "the determination says that it cannot"
}
