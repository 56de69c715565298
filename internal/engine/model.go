package engine

import (
	"errors"
	"fmt"
	"math"

	"github.com/casefold/casefold/internal/project"
	"github.com/casefold/casefold/internal/store"
	"github.com/casefold/casefold/matcher"
)

// currentModel is the pinned model, nil if none has been trained.
func (e *Engine) currentModel() (*matcher.Model, error) {
	var m store.Model
	err := e.store.View(func(tx *store.Tx) (err error) {
		m, err = store.Models.Get(tx, "current")
		return err
	})
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	text, err := e.store.Blob(m.Blob)
	if err != nil {
		return nil, fmt.Errorf("reading the model: %w", err)
	}
	return matcher.ParseModel(text)
}

// costs are the project's costs of a false and a missed link, or the defaults.
func costs(m project.Matching) matcher.Costs {
	c := matcher.DefaultCosts
	if m.FalseLinkCost != nil {
		c.FalseLink = *m.FalseLinkCost
	}
	if m.MissedLinkCost != nil {
		c.MissedLink = *m.MissedLinkCost
	}
	return c
}

// threshold is the score from which two clusters are joined: the project's,
// if it sets one, else the model's.
func (e *Engine) threshold(m *matcher.Model) int64 {
	if bits := e.project.Matching.LinkBits; bits != nil {
		return int64(math.Round(*bits * 1000))
	}
	return m.Link
}

func (e *Engine) linkOptions(decisions []matcher.Decision) matcher.LinkOptions {
	o := matcher.LinkOptions{Workers: e.workers(), Decisions: decisions}
	if bits := e.project.Matching.LinkBits; bits != nil {
		t := int64(math.Round(*bits * 1000))
		o.Threshold = &t
	}
	return o
}
