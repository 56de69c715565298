package engine

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/casefold/casefold/internal/store"
	"github.com/casefold/casefold/relief"
)

// withdrawn is the value of an entered fact that no longer counts.
const withdrawn = "unknown"

// A numberedFact is an entered fact with the number of its entry.
type numberedFact struct {
	store.EnteredFact
	number string
}

// storedFacts are all entries ever made, in the order in which they were made.
func (e *Engine) storedFacts() (out []numberedFact, err error) {
	err = e.store.View(func(tx *store.Tx) error {
		return store.Facts.Scan(tx, "", func(id string, f store.EnteredFact) error {
			out = append(out, numberedFact{f, id[strings.LastIndexByte(id, '/')+1:]})
			return nil
		})
	})
	slices.SortFunc(out, func(a, b numberedFact) int { return cmp.Compare(a.number, b.number) })
	return out, err
}

// enteredFacts are what people took from files, by the ID that each conviction
// now goes by; of several entries under one name the latest counts.
func (e *Engine) enteredFacts() (map[string][]relief.EnteredFact, error) {
	all, err := e.storedFacts()
	if err != nil || len(all) == 0 {
		return nil, err
	}
	out := map[string][]relief.EnteredFact{}
	now := map[string]string{}
	for _, f := range all {
		id, ok := now[f.Conviction]
		if !ok {
			if id, err = e.knownConviction(f.Conviction); err != nil {
				return nil, err
			}
			now[f.Conviction] = id
		}
		out[id] = enter(out[id], f.EnteredFact)
	}
	return out, nil
}

// enter adds a fact to those of its conviction, in place of one of its name.
func enter(facts []relief.EnteredFact, f store.EnteredFact) []relief.EnteredFact {
	kept := slices.DeleteFunc(slices.Clone(facts), func(k relief.EnteredFact) bool { return k.Name == f.Name })
	if f.Value == withdrawn {
		return kept
	}
	return append(kept, relief.EnteredFact{Name: f.Name, Value: f.Value, By: f.By, Document: f.Document, Page: f.Page})
}

// knownConviction is the ID that a conviction goes by in the current
// generation; the ID itself where nothing tells of it any more.
func (e *Engine) knownConviction(id string) (string, error) {
	_, err := e.lookUp(segConvictions, id)
	if errors.Is(err, ErrNotFound) {
		var now string
		if now, err = e.currentConviction(id); err == nil {
			return now, nil
		}
	}
	if errors.Is(err, ErrNotFound) || errors.Is(err, ErrNotRun) {
		err = nil
	}
	return id, err
}
