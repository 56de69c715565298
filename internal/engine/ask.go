package engine

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/disclosure"
	"github.com/casefold/casefold/internal/identity"
	"github.com/casefold/casefold/internal/segment"
	"github.com/casefold/casefold/internal/store"
	"github.com/casefold/casefold/relief"
)

// ParseTeller reads a row's name as a person types it: source:row_key, with
// percent-encoding as the exports write it, or plainly.
func ParseTeller(text string) (casefold.Teller, error) {
	source, key, ok := strings.Cut(text, ":")
	if !ok || source == "" || key == "" {
		return casefold.Teller{}, Usage(fmt.Sprintf("%q is not a row", text), "a row is source:row_key, as in court:1234")
	}
	return casefold.Teller{Source: percentDecode(source), RowKey: percentDecode(key)}, nil
}

func percentDecode(s string) string {
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			hi, lo := unhex(s[i+1]), unhex(s[i+2])
			if hi >= 0 && lo >= 0 {
				out.WriteByte(byte(hi<<4 | lo))
				i += 2
				continue
			}
		}
		out.WriteByte(s[i])
	}
	return out.String()
}

func unhex(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// History is the full history of a person, by any ID it ever had.
func (e *Engine) History(personID string) (*casefold.History, error) {
	if _, err := e.segment(segHistories); err != nil {
		return nil, err
	}
	id, err := e.currentPerson(personID)
	if err != nil {
		return nil, err
	}
	v, err := e.view(id)
	if err != nil {
		return nil, err
	}
	if v.History == nil {
		return nil, absent(personID)
	}
	return v.History, e.looked("history", id)
}

// storedHistory is the history under a current ID. It journals nothing.
func (e *Engine) storedHistory(id string) (*casefold.History, error) {
	r, err := e.openSorted(segHistories)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	v, err := r.Get([]byte(id))
	if err != nil {
		return nil, notFound(err, "person "+id)
	}
	return readHistory(v)
}

// currentPerson follows an ID to the one it now goes by.
func (e *Engine) currentPerson(text string) (string, error) {
	id, err := identity.ParseID(text)
	if err != nil {
		return "", Usage(fmt.Sprintf("%q is not a person's ID", text), "IDs look like P-0123456789AB; casefold search finds them")
	}
	if _, err := e.lookUp(segPersons, id.Person()); err == nil {
		return id.Person(), nil // it has rows, so it stands for itself
	} else if !errors.Is(err, ErrNotFound) {
		return "", err
	}
	memory, err := e.readMemory()
	if err != nil {
		return "", err
	}
	now, ok := memory.Current(id)
	if !ok {
		return "", absent(text)
	}
	return now.Person(), nil
}

// looked notes in the audit trail that somebody looked at a person.
func (e *Engine) looked(how, personID string) error {
	return e.journal("look", "", e.withPurpose(map[string]any{"how": how, "person": personID}))
}

// withPurpose adds the purpose to what the audit trail says of a look.
func (e *Engine) withPurpose(what map[string]any) map[string]any {
	if e.purpose != disclosure.Inquiry {
		what["purpose"] = string(e.purpose)
	}
	return what
}

// A Proof is a determination with everything it rests on.
type Proof struct {
	Conviction casefold.Conviction `json:"conviction"`
	// Notes say first where the proofs are not the whole story: a doubt about who
	// is one person, a fact entered since the run.
	Notes       []string               `json:"notes,omitempty"`
	Stored      []relief.Determination `json:"determinations"` // as the run decided, doubt included
	Explanation []relief.Explanation   `json:"proofs"`
}

// Why proves the determinations of a conviction, by any ID it ever had.
func (e *Engine) Why(convictionID string) (*Proof, error) {
	typed := convictionID
	row, err := e.lookUp(segConvictions, convictionID)
	if errors.Is(err, ErrNotFound) {
		if convictionID, err = e.currentConviction(convictionID); err == nil {
			row, err = e.lookUp(segConvictions, convictionID)
		}
	}
	if err != nil {
		return nil, err
	}
	v, err := e.view(row[1])
	if err != nil {
		return nil, err
	}
	h, at := v.History, -1
	if h != nil {
		at = slices.IndexFunc(h.Convictions, func(c casefold.Conviction) bool { return c.ID == convictionID })
	}
	if at < 0 {
		return nil, fmt.Errorf("conviction %s: %w", typed, ErrNotFound)
	}
	if err := e.looked("why", h.PersonID); err != nil {
		return nil, err
	}
	p := &Proof{Conviction: h.Convictions[at]}
	ctx, laws, err := e.lawContext(h.Tellers)
	if err != nil {
		return nil, err
	}
	stored := map[string][]relief.Determination{}
	for _, l := range laws {
		d, err := e.determination(convictionID, l.Name)
		if err == nil {
			stored[convictionID] = append(stored[convictionID], *d)
		} else if !errors.Is(err, ErrNotFound) && !errors.Is(err, ErrNotRun) {
			return nil, err
		}
	}
	if err := e.decidedFor(v, stored); err != nil {
		return nil, err
	}
	p.Stored = stored[convictionID]
	for _, l := range laws {
		if x, ok := l.Explain(h, convictionID, ctx); ok {
			p.Explanation = append(p.Explanation, x)
			p.note(&x)
		}
	}
	return p, nil
}

// note says why a proof gives another answer than the run.
func (p *Proof) note(x *relief.Explanation) {
	i := slices.IndexFunc(p.Stored, func(d relief.Determination) bool { return d.Law == x.Law })
	switch {
	case i < 0:
		p.Notes = append(p.Notes, fmt.Sprintf("%s: the last run did not decide it; this is what it would say", x.Law))
	case p.Stored[i].Link != "":
		p.Notes = append(p.Notes, fmt.Sprintf("%s: in review, because of a doubt about who is one person: %s. The proof below is of the rows of this person alone.", x.Law, p.Stored[i].Link))
	case p.Stored[i].Outcome != x.Outcome || p.Stored[i].Reason != x.Reason:
		p.Notes = append(p.Notes, fmt.Sprintf("%s: the last run said %s; what was entered or changed since makes it %s, and the next run obeys it", x.Law, p.Stored[i].Outcome, x.Outcome))
	}
}

// currentConviction follows an ID to the one the conviction now goes by.
func (e *Engine) currentConviction(text string) (string, error) {
	registry, err := e.readRegistry()
	if err != nil {
		return "", err
	}
	now, ok := registry.Prepare().Current(text)
	if !ok {
		return "", fmt.Errorf("conviction %s: %w", text, ErrNotFound)
	}
	return now, nil
}

// lawContext is the context of the last run, so that a proof is of what the
// run decided. Of weak rows it knows those among the rows given; nil: all.
func (e *Engine) lawContext(among []casefold.Teller) (relief.Context, []*relief.Law, error) {
	book, err := e.loadLaws()
	if err != nil {
		return relief.Context{}, nil, err
	}
	ctx := relief.Context{Office: e.project.Office, Sources: e.project.Sources, Policy: book.policy}
	if ctx.Facts, err = e.enteredFacts(); err != nil {
		return ctx, nil, err
	}
	if ctx.Weak, err = e.readWeak(among); err != nil {
		return ctx, nil, err
	}
	run, err := e.lastRun()
	ctx.AsOf = run.AsOf
	return ctx, book.laws, err
}

// lastRun is the record of the run that made the current generation.
func (e *Engine) lastRun() (run store.Run, err error) {
	err = e.store.View(func(tx *store.Tx) error {
		m, err := tx.Manifest()
		if err != nil {
			return err
		}
		if m.Generation == 0 {
			return fmt.Errorf("%w: the store holds no generation", ErrNotRun)
		}
		run, err = store.Runs.Get(tx, store.Number(m.Generation))
		return err
	})
	return run, err
}

// A VerbatimRow is a source row as it came.
type VerbatimRow struct {
	Teller casefold.Teller `json:"teller"`
	File   string          `json:"file"`
	Line   int             `json:"line"`
	Bytes  []byte          `json:"bytes"`
	Person string          `json:"person_id,omitempty"`
}

// Show returns the verbatim bytes of an accepted row.
func (e *Engine) Show(t casefold.Teller) (*VerbatimRow, error) {
	tellers, err := e.openSorted(segTellers)
	if err != nil {
		return nil, err
	}
	defer tellers.Close()
	p, err := placeOf(tellers, t.Source, t.RowKey)
	if err != nil {
		return nil, err
	}
	if ok, err := e.shows(t); err != nil || !ok {
		return nil, cmp.Or(err, notFound(segment.ErrNotFound, "row of "+t.Source))
	}
	r, err := e.openSegment(rawSegment(t.Source))
	if err != nil {
		return nil, err
	}
	defer r.Close()
	raw, err := r.Get(p.ref)
	if err != nil {
		return nil, fmt.Errorf("reading row %s: %w", t, err)
	}
	out := &VerbatimRow{Teller: t, File: p.File, Line: p.Line, Bytes: raw}
	if id, err := e.PersonOf(t); err == nil {
		out.Person = id
	}
	return out, e.journal("look", "", e.withPurpose(map[string]any{"how": "show", "row": t.String()}))
}

// cutPart takes "/1" off a row key.
func cutPart(key string) (row, part string, ok bool) {
	i := strings.LastIndexByte(key, '/')
	if i < 0 {
		return key, "", false
	}
	return key[:i], key[i+1:], true
}

// PersonOf is the person that a row belongs to.
func (e *Engine) PersonOf(t casefold.Teller) (string, error) {
	r, err := e.openSorted(segPersonOf)
	if err != nil {
		return "", err
	}
	defer r.Close()
	v, err := r.Get(tellerKey(nil, t.Source, t.RowKey))
	if errors.Is(err, segment.ErrNotFound) {
		return "", fmt.Errorf("row %s: %w", t, ErrNotFound)
	}
	return string(v), err
}
