package engine

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/casefold/casefold/internal/disclosure"
	"github.com/casefold/casefold/internal/segment"
	"github.com/casefold/casefold/internal/store"
)

// Person is everything a page shows of one person.
func (e *Engine) Person(id string) (*PersonView, error) {
	h, err := e.History(id)
	if err != nil {
		return nil, err
	}
	v := &PersonView{History: h}
	if v.Determinations, err = e.Determinations(h); err != nil {
		return nil, err
	}
	v.Neighbours, err = e.Neighbours(h.PersonID)
	return v, err
}

// PersonRows are the verbatim rows of a person, in the order of their keys.
func (e *Engine) PersonRows(id string) ([]VerbatimRow, error) {
	typed := id
	id, err := e.currentPerson(id)
	if err != nil {
		return nil, err
	}
	v := &disclosure.View{}
	if e.purpose != disclosure.Relief {
		if v, err = e.view(id); err != nil {
			return nil, err
		}
		if v.History == nil {
			return nil, absent(typed)
		}
	}
	own, err := e.lookUp(segPersons, id)
	if err != nil {
		return nil, err
	}
	tellers, err := e.openSorted(segTellers)
	if err != nil {
		return nil, err
	}
	defer tellers.Close()
	raw := map[string]*segment.Reader{}
	defer func() {
		for _, r := range raw {
			r.Close()
		}
	}()
	var out []VerbatimRow
	for i := 0; i+1 < len(own); i += 2 {
		row := VerbatimRow{Person: id}
		row.Teller.Source, row.Teller.RowKey = own[i], own[i+1]
		if !v.Row(row.Teller) {
			continue
		}
		p, err := placeOf(tellers, row.Teller.Source, row.Teller.RowKey)
		if err != nil {
			return nil, err
		}
		if raw[row.Teller.Source] == nil {
			if raw[row.Teller.Source], err = e.openSegment(rawSegment(row.Teller.Source)); err != nil {
				return nil, err
			}
		}
		row.File, row.Line = p.File, p.Line
		if row.Bytes, err = raw[row.Teller.Source].Get(p.ref); err != nil {
			return nil, fmt.Errorf("reading row %s: %w", row.Teller, err)
		}
		out = append(out, row)
	}
	return out, e.looked("rows", id)
}

// placeOf finds a row; "/1", "/2" of a record are not part of its row's key.
func placeOf(r *segment.SortedReader, source, key string) (place, error) {
	v, err := r.Get(tellerKey(nil, source, key))
	if errors.Is(err, segment.ErrNotFound) {
		if row, _, ok := cutPart(key); ok {
			v, err = r.Get(tellerKey(nil, source, row))
		}
	}
	if err != nil {
		return place{}, notFound(err, "row of "+source)
	}
	d := decoder{buf: v}
	p := place{File: d.text(), Line: int(d.number()), ref: segment.UnpackRef(d.number())}
	return p, d.err
}

// An Overview is what the store holds, in figures.
type Overview struct {
	Office     string
	Generation int64
	AsOf       string
	Lines      []OverviewLine
}

// An OverviewLine is one figure.
type OverviewLine struct {
	Name  string
	Count int64
}

// Overview tells what the current generation holds.
func (e *Engine) Overview() (*Overview, error) {
	o := &Overview{Office: e.project.Office.Name}
	if o.Office == "" {
		o.Office = "County of " + e.project.Office.County
	}
	err := e.store.View(func(tx *store.Tx) error {
		m, err := tx.Manifest()
		if err != nil {
			return err
		}
		if m.Generation == 0 {
			return fmt.Errorf("%w: the store holds no generation", ErrNotRun)
		}
		run, err := store.Runs.Get(tx, store.Number(m.Generation))
		if err != nil {
			return err
		}
		o.Generation, o.AsOf = m.Generation, run.AsOf.String()
		for k, n := range run.Counts {
			o.Lines = append(o.Lines, OverviewLine{k, n})
		}
		return nil
	})
	slices.SortFunc(o.Lines, func(a, b OverviewLine) int { return strings.Compare(a.Name, b.Name) })
	return o, err
}
