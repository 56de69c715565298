package engine

import (
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/store"
	"github.com/casefold/casefold/matcher"
)

// A Training is a new model beside the one it replaces.
type Training struct {
	Before, After *matcher.Model // Before is nil for the first
}

// Train learns a new model from the sources as they are now and pins it. The
// next run uses it.
func (e *Engine) Train(ctx context.Context, by string) (*Training, error) {
	if err := e.store.Room(); err != nil {
		return nil, err
	}
	before, err := e.currentModel()
	if err != nil {
		return nil, err
	}
	pop, err := e.repopulate(ctx)
	if err != nil {
		return nil, err
	}
	index, err := pop.candidates(ctx, e.workers())
	if err != nil {
		return nil, err
	}
	task := e.options.Progress.Start("train", 0, "rounds")
	after, err := matcher.Train(ctx, pop.set, index, pairCount(index), matcher.TrainOptions{Workers: e.workers(), Costs: costs(e.project.Matching)})
	if err != nil {
		return nil, fmt.Errorf("training the model: %w", err)
	}
	task.Done("")
	text, err := after.MarshalIndent()
	if err != nil {
		return nil, err
	}
	blob, err := e.store.PutBlob(text)
	if err != nil {
		return nil, err
	}
	err = e.store.Update(func(tx *store.Tx) error {
		m, err := tx.Manifest()
		if err != nil {
			return err
		}
		return store.Models.Put(tx, "current", store.Model{Blob: blob, Fingerprint: after.Fingerprint(), Generation: m.Generation, At: e.now(), By: by})
	})
	if err != nil {
		return nil, err
	}
	return &Training{before, after}, e.journal("train", by, map[string]any{"fingerprint": after.Fingerprint()})
}

// WriteText prints what was learned, and what changed against the model before.
func (t *Training) WriteText(w io.Writer) error {
	m := t.After
	fmt.Fprintf(w, "prior %s bits; a link from %s, a possible link from %s\n", casefold.Bits(m.Prior), casefold.Bits(m.Link), casefold.Bits(m.Possible))
	for _, c := range m.Comparisons {
		fmt.Fprintf(w, "\n%s\n", c)
		for _, l := range c.Levels {
			fmt.Fprintf(w, "  %-34s m %9.6f  u %9.3g  %9s bits%s\n", l.Name, l.M, l.U, casefold.Bits(l.Weight), t.change(c.Comparison, l))
		}
	}
	_, err := fmt.Fprintln(w)
	return err
}

// change says how a level's weight moved.
func (t *Training) change(c matcher.Comparison, l matcher.ModelLevel) string {
	if t.Before == nil {
		return ""
	}
	i := slices.IndexFunc(t.Before.Comparisons, func(o matcher.ModelComparison) bool { return o.Comparison == c })
	if i < 0 {
		return "  (new)"
	}
	j := slices.IndexFunc(t.Before.Comparisons[i].Levels, func(o matcher.ModelLevel) bool { return o.Level == l.Level })
	if j < 0 {
		return "  (new)"
	}
	if was := t.Before.Comparisons[i].Levels[j].Weight; was != l.Weight {
		return "  (was " + casefold.Bits(was) + ")"
	}
	return ""
}
