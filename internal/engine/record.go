package engine

import (
	"cmp"
	"encoding/json"
	"slices"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/segment"
	"github.com/casefold/casefold/internal/store"
)

// writeFindings keeps everything odd that the run met, in an order of content.
func (r *runner) writeFindings() error {
	slices.SortFunc(r.found.list, func(a, b casefold.Finding) int {
		return cmp.Or(casefold.CompareTellers(a.Teller, b.Teller), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Field, b.Field), cmp.Compare(a.Detail, b.Detail))
	})
	r.found.list = slices.Compact(r.found.list)
	for _, f := range r.found.list {
		r.report.Findings[f.Code]++
	}
	return r.g.write(segFindings, r.target(), func(w *segment.Writer) error {
		for _, f := range r.found.list {
			b, err := json.Marshal(f)
			if err != nil {
				return err
			}
			if _, err := w.Append(b); err != nil {
				return err
			}
		}
		return nil
	})
}

// An auditEntry is an act in the audit trail. It names rows, persons and
// convictions by their IDs, never people by their names.
type auditEntry struct {
	Act  string         `json:"act"`
	At   string         `json:"at"`
	By   string         `json:"by,omitempty"`
	What map[string]any `json:"what,omitempty"`
}

// journal appends an act to the audit trail.
func (e *Engine) journal(act, by string, what map[string]any) error {
	b, err := json.Marshal(auditEntry{Act: act, At: e.now(), By: by, What: what})
	if err != nil {
		return err
	}
	_, err = e.audit.Append(b)
	return err
}

func (e *Engine) journalRun(run store.Run) error {
	return e.journal("run", "", map[string]any{"generation": run.Generation, "as_of": run.AsOf.String(), "fingerprint": run.Fingerprint, "until": run.Until, "counts": run.Counts})
}

// recall fills the report of a run that had nothing to do from the record of
// the one that did.
func (r *runner) recall() error {
	return r.e.store.View(func(tx *store.Tx) error {
		run, err := store.Runs.Get(tx, store.Number(r.g.previous.Generation))
		if err != nil {
			return err
		}
		r.report.Counts, r.report.AsOf = run.Counts, run.AsOf
		return nil
	})
}
