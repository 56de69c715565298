package engine

import (
	"fmt"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/segment"
	"github.com/casefold/casefold/relief"
)

// A ruling is a determination with what the table tells of its conviction.
type ruling struct {
	about [8]string // as about gives them
	relief.Determination
}

// Places in ruling.about.
const (
	aboutCounty = iota
	aboutCourt
	aboutCaseNumber
	aboutCount
	aboutSection
	aboutLevel
	aboutOffenseDate
	aboutConvictionDate
)

// about are the columns that convictions and determinations share.
func about(c *casefold.Conviction) [8]string {
	return [...]string{c.Court.Value.County, c.Court.Value.Name, c.CaseNumber.Value, c.Count.Value,
		c.Offense.Value.Statute.String(), c.Level.Value.String(), c.OffenseDate.Value.String(), c.ConvictionDate.Value.String()}
}

// columns are the ruling's line of the determinations table.
func (r *ruling) columns() []string {
	out := append(make([]string, 0, len(determinationsTable.columns)), r.ConvictionID, r.PersonID)
	out = append(out, r.about[:]...)
	return append(out, r.Law, r.Route, string(r.Outcome), r.Ours.String(), r.Fileable.String(), r.Reason, r.Citation, list(r.Needs), tellers(r.Tellers))
}

// rulingKey is the key of a determination in its segment.
func rulingKey(conviction, law string) string { return conviction + "\x00" + law }

// encodeRuling returns the ruling's bytes, valid until the next call. A ruling
// hardly says anything twice.
func (c *coder) encodeRuling(r *ruling) []byte {
	c.start(true)
	c.ruling(r)
	return c.out
}

func (c *coder) decodeRuling(value []byte) (*ruling, error) {
	r := &ruling{}
	if err := c.open(value); err != nil {
		return nil, fmt.Errorf("reading a determination: %w", err)
	}
	c.ruling(r)
	if err := c.end(); err != nil {
		return nil, fmt.Errorf("reading a determination: %w", err)
	}
	return r, nil
}

func (c *coder) ruling(r *ruling) {
	for i := range r.about {
		word(c, &r.about[i])
	}
	d := &r.Determination
	word(c, &d.ConvictionID)
	word(c, &d.PersonID)
	word(c, &d.Law)
	word(c, &d.Route)
	word(c, &d.Outcome)
	word(c, &d.LawOutcome)
	c.truth(&d.Ours)
	c.truth(&d.Fileable)
	word(c, &d.Reason)
	word(c, &d.Citation)
	several(c, &d.Needs, nil, word)
	several(c, &d.Missing, nil, (*coder).missing)
	several(c, &d.Possible, nil, word)
	word(c, &d.Rule)
	c.rows(&d.Tellers)
	c.rows(&d.Witnesses)
	from := casefold.On(d.EligibleFrom)
	c.date(&from)
	d.EligibleFrom = from.First
	word(c, &d.Link)
	several(c, &d.Links, nil, (*coder).doubt)
}

func (c *coder) missing(m *relief.Missing) {
	word(c, &m.Fact)
	word(c, &m.Conviction)
	word(c, &m.Text)
}

func (c *coder) doubt(l *relief.Link) {
	word(c, &l.Says)
	c.teller(&l.A)
	c.teller(&l.B)
	word(c, &l.Other)
	c.flag(&l.Together)
}

// eachRuling calls fn for every determination of the last run, in the order of
// their keys.
func (e *Engine) eachRuling(fn func(*ruling) error) error {
	r, err := e.openSorted(segDeterminations)
	if err != nil {
		return err
	}
	defer r.Close()
	return r.ScanFrom(nil, rulings(fn))
}

func rulings(fn func(*ruling) error) func(key, value []byte) error {
	c := &coder{}
	return func(_, value []byte) error {
		d, err := c.decodeRuling(value)
		if err != nil {
			return err
		}
		return fn(d)
	}
}

// determination is what the last run decided of a conviction under a law.
func (e *Engine) determination(convictionID, law string) (*relief.Determination, error) {
	r, err := e.openSorted(segDeterminations)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return determinationIn(r, convictionID, law)
}

func determinationIn(r *segment.SortedReader, convictionID, law string) (*relief.Determination, error) {
	v, err := r.Get([]byte(rulingKey(convictionID, law)))
	if err != nil {
		return nil, notFound(err, convictionID)
	}
	d, err := (&coder{}).decodeRuling(v)
	if err != nil {
		return nil, err
	}
	return &d.Determination, nil
}
