package engine

import (
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/filing"
	"github.com/casefold/casefold/history"
	"github.com/casefold/casefold/internal/identity"
	"github.com/casefold/casefold/internal/journal"
	"github.com/casefold/casefold/relief"
	"github.com/casefold/casefold/relief/laws"
)

// A desk is the ledger opened over the current generation: what is filed, and
// what could be.
type desk struct {
	*filing.Ledger
	log        *journal.Journal
	register   *register
	candidates []filing.Candidate
	at         map[[2]string]int // of candidates, by conviction and law
}

// Desk opens the ledger with the candidates of the current generation.
func (e *Engine) openDesk() (*desk, error) {
	log, err := e.openJournal("ledger")
	if err != nil {
		return nil, fmt.Errorf("opening the ledger: %w", err)
	}
	d := &desk{log: log, at: map[[2]string]int{}}
	if d.Ledger, err = filing.Open(filing.Options{Log: log, Keys: e.store, Secret: e.store.Secret("filing keys"),
		Random: e.options.Random, Resembles: resembles}); err != nil {
		return nil, errors.Join(err, log.Close())
	}
	if err := e.fillDesk(d); err != nil {
		return nil, errors.Join(err, log.Close())
	}
	return d, nil
}

func (d *desk) close() error { return d.log.Close() }

// resembles is the guard's question to history.
func resembles(a, b *casefold.Conviction) bool {
	return history.Compare(a, b).Answer != history.Different
}

// fillDesk reads the candidates: every determination that is owed, and those
// of convictions that have a filing.
func (e *Engine) fillDesk(d *desk) error {
	registry, err := e.readRegistry()
	if err != nil {
		return err
	}
	d.register = &register{Convictions: registry.Prepare(), told: map[string]*casefold.Conviction{}}
	if err := e.gather(d); err != nil {
		return ignoreNotRun(err)
	}
	return e.fillConvictions(d)
}

// gather reads the candidates, in the order of convictions and laws.
func (e *Engine) gather(d *desk) error {
	found := map[string]*ruling{}
	owed, err := e.openSorted(segOwed)
	if err != nil {
		return err
	}
	defer owed.Close()
	keep := rulings(func(r *ruling) error { found[rulingKey(r.ConvictionID, r.Law)] = r; return nil })
	if err := owed.ScanFrom(nil, keep); err != nil {
		return err
	}
	all, err := e.openSorted(segDeterminations)
	if err != nil {
		return err
	}
	defer all.Close()
	for _, f := range d.Filings() {
		id, ok := d.register.Current(f.Conviction)
		if !ok {
			continue
		}
		for _, law := range laws.Names {
			key := []byte(rulingKey(id, law))
			v, err := all.Get(key)
			if err == nil {
				err = keep(key, v)
			}
			if err != nil && !isNotFound(err) {
				return err
			}
		}
	}
	for _, key := range slices.Sorted(maps.Keys(found)) {
		r := found[key]
		d.at[[2]string{r.ConvictionID, r.Law}] = len(d.candidates)
		d.candidates = append(d.candidates, candidate(r))
	}
	return nil
}

// fillConvictions gives the candidates their convictions and captions. Persons
// are read in the order of the segment, so that a block is unpacked once.
func (e *Engine) fillConvictions(d *desk) error {
	r, err := e.openSorted(segHistories)
	if err != nil {
		return err
	}
	defer r.Close()
	persons := map[string]bool{}
	for i := range d.candidates {
		persons[d.candidates[i].PersonID] = true
	}
	for _, id := range slices.Sorted(maps.Keys(persons)) {
		v, err := r.Get([]byte(id))
		if err != nil {
			return notFound(err, "person "+id)
		}
		h, err := readHistory(v)
		if err != nil {
			return err
		}
		for i := range h.Convictions {
			d.register.told[h.Convictions[i].ID] = &h.Convictions[i]
		}
	}
	for i := range d.candidates {
		c := &d.candidates[i]
		if c.Conviction = d.register.told[c.ConvictionID]; c.Conviction != nil {
			c.Caption = c.Conviction.Caption
		}
	}
	return nil
}

// candidate makes a filing's candidate of a determination.
func candidate(d *ruling) filing.Candidate {
	c := filing.Candidate{
		ConvictionID: d.ConvictionID, PersonID: d.PersonID, Law: d.Law, Route: d.Route, Outcome: string(d.Outcome),
		Reason: d.Reason, Citation: d.Citation, County: d.about[aboutCounty], Court: d.about[aboutCourt],
		CaseNumber: d.about[aboutCaseNumber], Count: d.about[aboutCount], Section: d.about[aboutSection],
		Level: d.about[aboutLevel], ConvictionDate: d.about[aboutConvictionDate], Ours: d.Ours, Fileable: d.Fileable,
	}
	switch {
	case d.Outcome == relief.PolicyDismiss || d.Outcome == relief.PolicyReduce:
		c.Basis = filing.Policy
	case d.Outcome.Owed():
		c.Basis = filing.Owed
	}
	if d.Fileable != casefold.True {
		c.Hindrance = strings.Join(d.Needs, "; ")
	}
	return c
}

// current is the ledger's way to ask what a conviction is decided to be now.
func (d *desk) current(convictionID, law string) (filing.Candidate, bool) {
	i, ok := d.at[[2]string{convictionID, law}]
	if !ok {
		return filing.Candidate{}, false
	}
	return d.candidates[i], true
}

// A register answers the guard from the registry and the current histories.
type register struct {
	*identity.Convictions
	told map[string]*casefold.Conviction
}

func (r *register) Conviction(id string) *casefold.Conviction { return r.told[id] }

// act stamps what a person does.
func (e *Engine) act(by, note string) filing.Act { return filing.Act{By: by, Note: note, At: e.now()} }

// withDesk opens the desk for one act and notes the act in the audit trail.
func (e *Engine) withDesk(act, by string, what map[string]any, fn func(*desk) error) error {
	d, err := e.openDesk()
	if err != nil {
		return err
	}
	err = fn(d)
	if err == nil && act != "" {
		err = e.journal(act, by, what)
	}
	return errors.Join(err, d.close())
}

// FilePrepare makes filings of everything owed, ours and fileable.
func (e *Engine) FilePrepare(by string) (p filing.Preparation, err error) {
	err = e.withDesk("file prepare", by, nil, func(d *desk) (err error) {
		p, err = d.Prepare(d.candidates, d.register, e.act(by, ""))
		return err
	})
	return p, err
}

// FileApprove approves a batch.
func (e *Engine) FileApprove(batch, by string) (p filing.Progress, err error) {
	err = e.withDesk("file approve", by, map[string]any{"batch": batch}, func(d *desk) (err error) {
		p, err = d.Approve(batch, d.current, d.register, e.act(by, ""))
		return err
	})
	return p, err
}

// FileSend writes a manifest per court; it transmits nothing. The folder is
// recorded, so it is named in full.
func (e *Engine) FileSend(batch, dir, by string) (s filing.Sending, err error) {
	if dir, err = filepath.Abs(dir); err != nil {
		return s, err
	}
	err = e.withDesk("file send", by, map[string]any{"batch": batch}, func(d *desk) (err error) {
		s, err = d.Send(e.disk, batch, dir, d.current, d.register, e.act(by, ""))
		return err
	})
	return s, err
}

// FileRecord writes down what became of a filing.
func (e *Engine) FileRecord(id, status, by, note string) error {
	to, err := filing.ParseStatus(status)
	if err != nil {
		return Usage(err.Error(), "")
	}
	return e.withDesk("file record", by, map[string]any{"filing": id, "status": status}, func(d *desk) error {
		return d.Record(id, to, e.act(by, note))
	})
}

// FileAgain files anew what was rejected, denied or withdrawn.
func (e *Engine) FileAgain(id, by, note string) (f filing.Filing, err error) {
	err = e.withDesk("file again", by, map[string]any{"filing": id}, func(d *desk) error {
		old, ok := d.Filing(id)
		if !ok {
			return fmt.Errorf("filing %s: %w", id, ErrNotFound)
		}
		now, _ := d.register.Current(old.Conviction)
		c, ok := d.current(cmp.Or(now, old.Conviction), old.Law)
		if !ok {
			return fmt.Errorf("the conviction of filing %s is not decided now: %w", id, ErrNotFound)
		}
		f, err = d.Again(id, c, d.register, e.act(by, note))
		return err
	})
	return f, err
}

// FileDistinct records that a person has looked: the conviction is not the one
// of the filing, whatever they share.
func (e *Engine) FileDistinct(conviction, id, by, note string) error {
	return e.withDesk("file distinct", by, map[string]any{"conviction": conviction, "filing": id}, func(d *desk) error {
		return d.Distinct(conviction, id, d.register, e.act(by, note))
	})
}

// Batches are all batches, for the overview.
func (e *Engine) Batches() (out []filing.Batch, err error) {
	err = e.withDesk("", "", nil, func(d *desk) error { out = d.Batches(); return nil })
	return out, err
}

func (e *Engine) exportFilings(w io.Writer) error {
	return e.withDesk("", "", nil, func(d *desk) error {
		rows, err := d.Rows(d.register)
		if err != nil {
			return err
		}
		return writeCSV(w, filing.Columns, rows)
	})
}

func (e *Engine) exportWorklist(w io.Writer) error {
	return e.withDesk("", "", nil, func(d *desk) error {
		work, err := d.Worklist(d.candidates, d.register)
		if err != nil {
			return err
		}
		rows := make([][]string, len(work))
		for i, x := range work {
			rows[i] = x.Row()
		}
		sortRows(rows)
		return writeCSV(w, filing.WorkColumns, rows)
	})
}

func writeCSV(w io.Writer, head []string, rows [][]string) error {
	out := csv.NewWriter(w)
	if err := out.Write(head); err != nil {
		return err
	}
	if err := out.WriteAll(rows); err != nil {
		return err
	}
	return out.Error()
}
