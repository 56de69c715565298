package engine

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/disclosure"
	"github.com/casefold/casefold/internal/segment"
	"github.com/casefold/casefold/relief"
)

// For is the engine as somebody with a purpose sees it. It shares everything
// with e, which is the one to close. What concerns a person goes through
// disclosure; runs, filings, exports, audits and the review queue work for
// relief whatever the purpose.
func (e *Engine) For(p disclosure.Purpose) *Engine {
	c := *e
	c.purpose = p
	return &c
}

// limit is the limit of records as of the last run.
func (e *Engine) limit() (disclosure.Limit, error) {
	run, err := e.lastRun()
	return disclosure.Limit{
		Conviction: func(c *casefold.Conviction) casefold.Truth { return relief.PastDestructionLimit(c, run.AsOf) },
		Charge: func(o *casefold.Offense, on casefold.Date) casefold.Truth {
			return relief.PastArrestLimit(o, on, run.AsOf)
		},
	}, err
}

// view is what may be shown of a person, by a current ID.
func (e *Engine) view(id string) (*disclosure.View, error) {
	h, err := e.storedHistory(id)
	if err != nil {
		return nil, err
	}
	limit, err := e.limit()
	if err != nil {
		return nil, err
	}
	return limit.Of(h, e.purpose), nil
}

// mayHide reports whether a stored history names a section whose records are
// ever hidden: most do not, and need not be read whole.
func mayHide(history []byte) bool {
	return bytes.Contains(history, []byte("11357")) || bytes.Contains(history, []byte("11360"))
}

// shows reports whether a row may be shown: it and every person it tells of.
func (e *Engine) shows(t casefold.Teller) (bool, error) {
	if e.purpose == disclosure.Relief {
		return true, nil
	}
	told, err := e.personsOf(t)
	if err != nil {
		return false, err
	}
	for row, person := range told {
		v, err := e.view(person)
		if err != nil {
			return false, err
		}
		if !v.Row(row) {
			return false, nil
		}
	}
	return true, nil
}

// personsOf are the persons that a row tells of, by the name of the record:
// the row's own, or with "/1", "/2" behind it.
func (e *Engine) personsOf(t casefold.Teller) (map[casefold.Teller]string, error) {
	r, err := e.openSorted(segPersonOf)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	out := map[casefold.Teller]string{}
	own := tellerKey(nil, t.Source, t.RowKey)
	if v, err := r.Get(own); err == nil {
		out[t] = string(v)
	} else if !errors.Is(err, segment.ErrNotFound) {
		return nil, err
	}
	errEnd := errors.New("end")
	parts := append(bytes.Clone(own), '/')
	err = r.ScanFrom(parts, func(key, value []byte) error {
		rest, ok := bytes.CutPrefix(key, parts)
		if !ok {
			return errEnd
		}
		if strings.Trim(string(rest), "0123456789") == "" {
			out[casefold.Teller{Source: t.Source, RowKey: t.RowKey + "/" + string(rest)}] = string(value)
		}
		return nil
	})
	if errors.Is(err, errEnd) {
		err = nil
	}
	return out, err
}

// hidesFiled tells which convictions on the desk may not be shown. Section is
// that of a filing, for a conviction that nothing tells any more.
func (e *Engine) hidesFiled(d *desk) (func(conviction, section string) bool, error) {
	if e.purpose == disclosure.Relief {
		return func(string, string) bool { return false }, nil
	}
	limit, err := e.limit()
	return func(conviction, section string) bool {
		if id, ok := d.register.Current(conviction); ok {
			conviction = id
		}
		c := d.register.Conviction(conviction)
		if c == nil {
			s, err := relief.ParseStatute(section)
			if err != nil {
				return false
			}
			c = &casefold.Conviction{Offense: casefold.Fact[casefold.Offense]{Value: casefold.Offense{Statute: s}}}
		}
		return limit.Conviction(c) != casefold.False
	}, err
}

// absent is the error of a person that is not there, or not for this purpose.
func absent(personID string) error { return fmt.Errorf("person %s: %w", personID, ErrNotFound) }

// decidedFor are the determinations of what may be shown of a person. Where
// something is hidden they are those of the rest, so that no reason speaks of
// what is not there; a doubt about who is one person stays.
func (e *Engine) decidedFor(v *disclosure.View, stored map[string][]relief.Determination) error {
	if !v.Changed {
		return nil
	}
	ctx, laws, err := e.lawContext(v.History.Tellers)
	if err != nil {
		return err
	}
	for _, l := range laws {
		for _, d := range l.Decide(v.History, ctx) {
			for i := range stored[d.ConvictionID] {
				if was := &stored[d.ConvictionID][i]; was.Law == d.Law {
					if len(was.Links) > 0 {
						d.Doubt(was.Links...)
					}
					*was = d
				}
			}
		}
	}
	return nil
}
