package engine

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/segment"
	"github.com/casefold/casefold/internal/store"
	"github.com/casefold/casefold/relief"
	"github.com/casefold/casefold/relief/laws"
)

// A Check is one promise, held against the data at hand.
type Check struct {
	Promise string   `json:"promise"`
	Found   string   `json:"found"`            // what was counted
	Broken  []string `json:"broken,omitempty"` // the first few contradictions
}

// OK reports whether the promise holds.
func (c *Check) OK() bool { return len(c.Broken) == 0 }

const maxBroken = 20

func (c *Check) breaks(format string, args ...any) {
	if len(c.Broken) < maxBroken {
		c.Broken = append(c.Broken, fmt.Sprintf(format, args...))
	}
}

// Audit adds everything up again from what is stored: it trusts no count that
// the run wrote. The error is ErrCounts if a promise is broken.
func (e *Engine) Audit(ctx context.Context) ([]*Check, error) {
	m, err := e.store.Manifest()
	if err != nil {
		return nil, err
	}
	if m.Generation == 0 {
		return nil, fmt.Errorf("%w: the store holds no generation", ErrNotRun)
	}
	var checks []*Check
	for _, audit := range []func(store.Manifest) (*Check, error){
		e.auditStore, e.auditJournals, e.auditSegments, e.auditRows, e.auditPersons, e.auditConvictions, e.auditDeterminations, e.auditFilings,
	} {
		if err := ctx.Err(); err != nil {
			return checks, err
		}
		c, err := audit(m)
		if err != nil {
			return checks, err
		}
		if c != nil {
			checks = append(checks, c)
		}
	}
	for _, c := range checks {
		if !c.OK() {
			return checks, fmt.Errorf("%w: %s", ErrCounts, c.Promise)
		}
	}
	return checks, nil
}

// auditStore reads every block of the small state.
func (e *Engine) auditStore(store.Manifest) (*Check, error) {
	c := &Check{Promise: "the store's records are what was put"}
	if err := e.store.Check(); err != nil {
		c.breaks("%v", err)
	}
	err := e.store.View(func(tx *store.Tx) error {
		runs, err := store.Runs.All(tx, "")
		if err != nil {
			return err
		}
		decisions, err := store.Decisions.All(tx, "")
		c.Found = fmt.Sprintf("%d runs, %d decisions", len(runs), len(decisions))
		return err
	})
	return c, err
}

// auditJournals verifies both logs, frame by frame.
func (e *Engine) auditJournals(store.Manifest) (*Check, error) {
	c := &Check{Promise: "no act was changed, removed or added from outside"}
	if err := e.audit.Verify(nil); err != nil {
		c.breaks("audit trail: %v", err)
	}
	ledger, err := e.openJournal("ledger")
	if err != nil {
		c.breaks("ledger: %v", err)
		return c, nil
	}
	if err := ledger.Verify(nil); err != nil {
		c.breaks("ledger: %v", err)
	}
	c.Found = fmt.Sprintf("%d acts, %d entries in the ledger", e.audit.Len(), ledger.Len())
	return c, ledger.Close()
}

// auditSegments reads every byte of every segment against its hash.
func (e *Engine) auditSegments(m store.Manifest) (*Check, error) {
	c := &Check{Promise: "every stored byte is what was written"}
	task := e.options.Progress.Start("verify segments", int64(len(m.Segments)), "files")
	var total int64
	for _, s := range m.Segments {
		r, err := segment.OpenKnown(e.disk, e.store.SegmentPath(s.File), s.Hash)
		if err == nil {
			err = errors.Join(r.Verify(), r.Close())
		}
		if err != nil {
			c.breaks("%s: %v", s.Name, err)
		}
		total += s.Bytes
		task.Add(1)
	}
	task.Done("")
	c.Found = fmt.Sprintf("%d segments, %d bytes", len(m.Segments), total)
	return c, nil
}

// auditRows counts fates and holds them against the verbatim rows kept.
func (e *Engine) auditRows(m store.Manifest) (*Check, error) {
	c := &Check{Promise: "every row read has exactly one fate"}
	fates, bySource := map[string]int64{}, map[string]int64{}
	r, err := e.openSegment(segRows)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	err = scanTable(r, func(row []string) error {
		switch casefold.Fate(row[4]) {
		case casefold.Accepted, casefold.Merged, casefold.Excluded, casefold.Quarantined:
		default:
			c.breaks("%s:%s has the fate %q", row[0], row[1], row[4])
		}
		fates[row[4]]++
		bySource[row[0]]++
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, s := range m.Segments {
		if name, ok := strings.CutPrefix(s.Name, "raw/"); ok && bySource[name] != s.Records {
			c.breaks("source %s: %d verbatim rows, %d fates", name, s.Records, bySource[name])
		}
	}
	if tellers, ok := m.Find(segTellers); !ok || tellers.Records != fates[string(casefold.Accepted)] {
		c.breaks("%d rows are accepted, %d can be found by key", fates[string(casefold.Accepted)], tellers.Records)
	}
	c.Found = fmt.Sprintf("%d accepted, %d merged, %d excluded, %d quarantined", fates["accepted"], fates["merged"], fates["excluded"], fates["quarantined"])
	return c, nil
}

// auditPersons proves the partition: each row in one person, each person with
// a row.
func (e *Engine) auditPersons(m store.Manifest) (*Check, error) {
	if _, ok := m.Find(segPersons); !ok {
		return nil, nil
	}
	c := &Check{Promise: "every accepted row belongs to exactly one person"}
	of, err := e.openSorted(segPersonOf)
	if err != nil {
		return nil, err
	}
	defer of.Close()
	rows := map[string]int64{} // by person
	rowKeys := map[string]bool{}
	if err := of.ScanFrom(nil, func(key, value []byte) error {
		rows[string(value)]++
		row, _, _ := cutPart(string(key))
		rowKeys[string(key)], rowKeys[row] = true, true
		return nil
	}); err != nil {
		return nil, err
	}
	tellers, err := e.openSorted(segTellers)
	if err != nil {
		return nil, err
	}
	defer tellers.Close()
	if err := tellers.ScanFrom(nil, func(key, _ []byte) error {
		if !rowKeys[string(key)] {
			c.breaks("row %s has no person", strings.ReplaceAll(string(key), "\x00", ":"))
		}
		return nil
	}); err != nil {
		return nil, err
	}
	persons, err := e.openSorted(segPersons)
	if err != nil {
		return nil, err
	}
	defer persons.Close()
	if err := persons.ScanFrom(nil, func(key, value []byte) error {
		own, err := columns(nil, value)
		if err == nil && int64(len(own)/2) != rows[string(key)] {
			c.breaks("person %s lists %d rows, %d name it", key, len(own)/2, rows[string(key)])
		}
		delete(rows, string(key))
		return err
	}); err != nil {
		return nil, err
	}
	for id := range rows {
		c.breaks("person %s is named by rows and does not exist", id)
	}
	c.Found = fmt.Sprintf("%d persons, %d records", persons.Info().Records, of.Info().Records)
	return c, nil
}

// auditConvictions holds the convictions table against the histories.
func (e *Engine) auditConvictions(m store.Manifest) (*Check, error) {
	if _, ok := m.Find(segHistories); !ok {
		return nil, nil
	}
	c := &Check{Promise: "every conviction stands once, in its person's history"}
	person := map[string]string{}
	if err := e.scanSorted(segConvictions, func(id string, row []string) error { person[id] = row[1]; return nil }); err != nil {
		return nil, err
	}
	total := len(person)
	err := e.eachHistory(func(h *casefold.History) error {
		for i := range h.Convictions {
			k := &h.Convictions[i]
			if k.Kind == casefold.InferredByMarker {
				continue
			}
			if person[k.ID] != h.PersonID {
				c.breaks("conviction %s stands in the history of %s and under person %s", k.ID, h.PersonID, person[k.ID])
			}
			delete(person, k.ID)
		}
		return nil
	})
	for id := range person {
		c.breaks("conviction %s is in no history", id)
	}
	c.Found = fmt.Sprintf("%d convictions", total)
	return c, err
}

// eachHistory calls fn for every history, in the order of person IDs.
func (e *Engine) eachHistory(fn func(*casefold.History) error) error {
	r, err := e.openSorted(segHistories)
	if err != nil {
		return err
	}
	defer r.Close()
	return r.ScanFrom(nil, func(key, value []byte) error {
		h, err := readHistory(value)
		if err != nil {
			return fmt.Errorf("%s: %w", key, err)
		}
		return fn(h)
	})
}

// auditDeterminations wants one determination per conviction and law, none for
// what is no conviction.
func (e *Engine) auditDeterminations(m store.Manifest) (*Check, error) {
	if _, ok := m.Find(segDeterminations); !ok {
		return nil, nil
	}
	c := &Check{Promise: "every conviction has exactly one determination per law"}
	type pair struct{ conviction, law string }
	got := map[pair]int{}
	owed, err := e.openSorted(segOwed)
	if err != nil {
		return nil, err
	}
	defer owed.Close()
	due := owed.Cursor(nil)
	if err := e.eachRuling(func(d *ruling) error {
		got[pair{d.ConvictionID, d.Law}]++
		if d.Outcome.Owed() && (!due.Next() || string(due.Key()) != rulingKey(d.ConvictionID, d.Law)) {
			c.breaks("%s is owed under %s and not among what is to be filed", d.ConvictionID, d.Law)
		}
		if d.Fileable == casefold.True && !d.Outcome.Owed() {
			c.breaks("%s: outcome %s is marked fileable", d.ConvictionID, d.Outcome)
		}
		return nil
	}); err != nil {
		return nil, err
	}
	if due.Next() {
		c.breaks("%q is to be filed and not owed", due.Key())
	}
	total := len(got)
	err = e.eachHistory(func(h *casefold.History) error {
		for i := range h.Convictions {
			for _, law := range laws.Names {
				want := 0
				if relief.Determined(&h.Convictions[i]) {
					want = 1
				}
				p := pair{h.Convictions[i].ID, law}
				if got[p] != want {
					c.breaks("conviction %s has %d determinations under %s instead of %d", p.conviction, got[p], law, want)
				}
				delete(got, p)
			}
		}
		return nil
	})
	for p := range got {
		c.breaks("%s: a determination under %s of no conviction", p.conviction, p.law)
	}
	c.Found = fmt.Sprintf("%d determinations", total)
	return c, err
}

// auditFilings wants at most one live filing per conviction and law. That an
// approved one is no longer borne out by its determination is no broken promise:
// it is held back and stands on the worklist.
func (e *Engine) auditFilings(m store.Manifest) (*Check, error) {
	c := &Check{Promise: "nothing is filed twice"}
	err := e.withDesk("", "", nil, func(d *desk) error {
		live, total := map[[2]string]string{}, 0
		for _, f := range d.Filings() {
			total++
			if !f.Status.Live() {
				continue
			}
			id, ok := d.register.Current(f.Conviction)
			if !ok {
				id = f.Conviction
			}
			key := [2]string{id, f.Law}
			if other := live[key]; other != "" {
				c.breaks("conviction %s has two live filings, %s and %s", id, other, f.ID)
			}
			live[key] = f.ID
		}
		c.Found = fmt.Sprintf("%d filings, %d live", total, len(live))
		return nil
	})
	return c, err
}
