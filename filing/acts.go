package filing

import (
	"fmt"
	"slices"

	"github.com/casefold/casefold"
)

// A Progress is what an act did to a batch.
type Progress struct {
	Moved   int      // filings that went on
	Held    []string // filings left behind: what they rest on has changed, by ID
	Pending int      // filings of the batch in an earlier status
}

// Approve lets a batch's prepared filings be sent. A filing that the current
// generation no longer bears out is held: it stays prepared, and stands on the
// worklist. A batch without prepared filings is left as it is.
func (l *Ledger) Approve(batch string, current Lookup, register Register, act Act) (Progress, error) {
	if act.By == "" {
		return Progress{}, ErrNoAuthor
	}
	filings, err := l.batch(batch)
	if err != nil {
		return Progress{}, err
	}
	sound, held, err := l.sift(withStatus(filings, Prepared), current, register)
	if err != nil {
		return Progress{}, err
	}
	entries, err := l.step(sound, Approved, act)
	if err != nil {
		return Progress{}, err
	}
	return Progress{Moved: len(sound), Held: held}, l.commit(entries)
}

// Record writes down what became of a filing. Recording what is recorded
// already changes nothing.
func (l *Ledger) Record(id string, to Status, act Act) error {
	f := l.filings[id]
	switch {
	case act.By == "":
		return ErrNoAuthor
	case f == nil:
		return unknownFiling(id)
	case to == Prepared || to == Approved || to == Sent:
		_, err := ParseStatus(string(to))
		return err
	case f.Status == to:
		return nil
	case !f.Status.May(to):
		return fmt.Errorf("filing %s is %s and cannot become %s", id, f.Status, to)
	}
	entries, err := l.step([]*Filing{f}, to, act)
	if err != nil {
		return err
	}
	return l.commit(entries)
}

// Distinct records that a person has looked: the conviction is not the one of
// the filing, whatever they share.
func (l *Ledger) Distinct(conviction, filing string, register Register, act Act) error {
	switch {
	case act.By == "":
		return ErrNoAuthor
	case act.Note == "":
		return ErrNoNote
	case l.filings[filing] == nil:
		return unknownFiling(filing)
	}
	if now, ok := register.Current(conviction); ok {
		conviction = now
	}
	if l.distinct[[2]string{conviction, l.filings[filing].Conviction}] {
		return nil
	}
	sealed, err := l.sealNotes([]*Filing{l.filings[filing]}, act)
	if err != nil {
		return err
	}
	return l.commit([]*entry{{Verb: verbDistinct, Filing: filing, Conviction: conviction, Act: act, Sealed: sealed[0]}})
}

// step are the entries that bring filings to a status.
func (l *Ledger) step(filings []*Filing, to Status, act Act) ([]*entry, error) {
	sealed, err := l.sealNotes(filings, act)
	if err != nil {
		return nil, err
	}
	out := make([]*entry, len(filings))
	for i, f := range filings {
		out[i] = &entry{Verb: verbStatus, Filing: f.ID, Status: to, Batch: f.Batch, Act: act, Sealed: sealed[i]}
	}
	return out, nil
}

// sealNotes seals the act's note for each filing; nil where there is none.
func (l *Ledger) sealNotes(filings []*Filing, act Act) ([][]byte, error) {
	out := make([][]byte, len(filings))
	if act.Note == "" {
		return out, nil
	}
	subjects := make([]string, len(filings))
	for i, f := range filings {
		subjects[i] = f.subject
	}
	keys, err := l.o.Keys.SubjectKeys(subjects)
	if err != nil {
		return nil, err
	}
	for i, f := range filings {
		if len(keys[i]) == 0 {
			continue // the record was destroyed: the act stands, its note does not
		}
		if out[i], err = seal(keys[i], l.o.Random, f.ID, secrets{Note: act.Note}); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func withStatus(filings []*Filing, s Status) []*Filing {
	var out []*Filing
	for _, f := range filings {
		if f.Status == s {
			out = append(out, f)
		}
	}
	return out
}

// sift parts filings that the current generation bears out from those it does
// not.
func (l *Ledger) sift(filings []*Filing, current Lookup, register Register) (sound []*Filing, held []string, err error) {
	lines, err := l.lines(filings)
	if err != nil {
		return nil, nil, err
	}
	g := l.newGuard(register)
	for i, f := range filings {
		if g.unsound(f, lines[i], current) != "" {
			held = append(held, f.ID)
			continue
		}
		sound = append(sound, f)
	}
	slices.Sort(held)
	return sound, held, nil
}

// unsound says what the current generation has against sending a filing, ""
// for nothing.
func (g *guard) unsound(f *Filing, line *Line, current Lookup) string {
	if line == nil {
		return "the record was destroyed"
	}
	c, ok := current(g.current(f.Conviction), f.Law)
	if !ok {
		return "no source tells of the conviction any more"
	}
	if other := g.before(f, &c); other != nil {
		return "its conviction may be that of filing " + other.ID + ", which goes before"
	}
	switch {
	case !c.wanted():
		return "the determination is now " + c.Outcome
	case c.Ours != casefold.True:
		return "the conviction is no longer known to be ours"
	case !c.ready():
		return "it can no longer be filed: " + hindrance(&c)
	case c.Outcome != f.Outcome || c.Basis != f.Basis:
		return "the determination is now " + c.Outcome + ", prepared was " + f.Outcome
	case c.Caption != line.Caption:
		return "the caption has changed"
	case c.Court != line.Court || c.CaseNumber != line.CaseNumber || c.Count != line.Count || c.Section != line.Section:
		return "court, case number, count or section have changed"
	}
	return ""
}

// before is a live filing that has turned out to be, or perhaps to be, for the
// same conviction as f and goes before it: it is sent already, or was made
// earlier. nil if there is none.
func (g *guard) before(f *Filing, c *Candidate) *Filing {
	now := g.current(c.ConvictionID)
	for _, other := range append(g.possible(c, now), g.same[now]...) {
		if other == f || other.Law != f.Law || !other.Status.Live() || g.l.filings[other.ID] == nil {
			continue
		}
		sent, otherSent := f.Status != Prepared && f.Status != Approved, other.Status != Prepared && other.Status != Approved
		if otherSent && !sent || otherSent == sent && other.order < f.order {
			return other
		}
	}
	return nil
}
