package engine

import (
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
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

// A FactEntry is a fact that a person takes from a file about a conviction.
type FactEntry struct {
	Conviction string `json:"conviction_id"`
	Name       string `json:"name"`
	Value      string `json:"value"`
	By         string `json:"by"`
	Document   string `json:"document"`
	Page       string `json:"page,omitempty"`
}

// A FactEffect is what a fact would change, before anybody believes it.
type FactEffect struct {
	FactEntry
	Was     string        `json:"was,omitempty"` // the value entered before, if any
	Changes []FactChange  `json:"changes"`       // of every conviction of the person
	Same    []FactOutcome `json:"unchanged"`     // of the conviction itself
}

// A FactOutcome is a determination as it stands.
type FactOutcome struct {
	ConvictionID string         `json:"conviction_id"`
	Law          string         `json:"law"`
	Outcome      relief.Outcome `json:"outcome"`
	Reason       string         `json:"reason"`
	Needs        []string       `json:"needs,omitempty"`
	InDoubt      string         `json:"in_doubt,omitempty"` // the link that keeps it in review whatever the fact
}

// A FactChange is a determination that the fact changes.
type FactChange struct {
	FactOutcome
	Before relief.Outcome `json:"before"`
}

// TryFact works out what a fact would change, and saves nothing but that
// somebody looked.
func (e *Engine) TryFact(f FactEntry) (*FactEffect, error) {
	effect, person, err := e.tryFact(f)
	if err != nil {
		return nil, err
	}
	return effect, e.looked("fact", person)
}

func (e *Engine) tryFact(f FactEntry) (effect *FactEffect, person string, err error) {
	id, err := e.knownConviction(f.Conviction)
	if err != nil {
		return nil, "", err
	}
	f.Conviction = id
	row, err := e.lookUp(segConvictions, id)
	if err != nil {
		return nil, "", err
	}
	h, err := e.storedHistory(row[1])
	if err != nil {
		return nil, "", err
	}
	before, laws, err := e.lawContext(h.Tellers)
	if err != nil {
		return nil, "", err
	}
	effect = &FactEffect{FactEntry: f, Changes: []FactChange{}}
	for _, k := range before.Facts[id] {
		if k.Name == f.Name {
			effect.Was = k.Value
		}
	}
	if err := f.check(effect.Was); err != nil {
		return nil, "", err
	}
	after := before
	after.Facts = maps.Clone(before.Facts)
	if after.Facts == nil {
		after.Facts = map[string][]relief.EnteredFact{}
	}
	after.Facts[id] = enter(before.Facts[id], f.stored(""))
	for _, l := range laws {
		if err := effect.compare(e, l.Decide(h, before), l.Decide(h, after)); err != nil {
			return nil, "", err
		}
	}
	return effect, h.PersonID, nil
}

// check reports what keeps a fact from being entered.
func (f *FactEntry) check(was string) error {
	switch {
	case strings.TrimSpace(f.By) == "":
		return Usage("nobody enters the fact", "--by NAME")
	case strings.TrimSpace(f.Document) == "":
		return Usage("no document is named", "--document TEXT says from which paper the fact was taken")
	case f.Value == withdrawn && was != "":
		return nil
	case f.Value == withdrawn:
		return Usage("no "+f.Name+" was entered, so none can be withdrawn", "")
	}
	if err := relief.CheckFact(f.Name, f.Value); err != nil {
		var names []string
		for _, k := range relief.EnteredKinds {
			names = append(names, k.Name+" ("+k.Type+")")
		}
		return Usage(err.Error(), "facts are "+strings.Join(names, ", ")+"; the value unknown withdraws one")
	}
	return nil
}

func (f *FactEntry) stored(at string) store.EnteredFact {
	return store.EnteredFact{Conviction: f.Conviction, Name: f.Name, Value: f.Value, By: f.By, Document: f.Document, Page: f.Page, At: at}
}

// compare notes what one law changes. A determination that the last run holds
// to be in doubt about who is one person stays in review.
func (x *FactEffect) compare(e *Engine, before, after []relief.Determination) error {
	for i := range after {
		a, b := &before[i], &after[i]
		changed := a.Outcome != b.Outcome || a.Route != b.Route || a.Fileable != b.Fileable || !slices.Equal(a.Needs, b.Needs)
		if !changed && b.ConvictionID != x.Conviction {
			continue
		}
		out := FactOutcome{b.ConvictionID, b.Law, b.Outcome, b.Reason, b.Needs, ""}
		stored, err := e.determination(b.ConvictionID, b.Law)
		switch {
		case err == nil:
			out.InDoubt = stored.Link
		case !errors.Is(err, ErrNotFound) && !errors.Is(err, ErrNotRun):
			return err
		}
		if changed {
			x.Changes = append(x.Changes, FactChange{out, a.Outcome})
		} else {
			x.Same = append(x.Same, out)
		}
	}
	return nil
}

// EnterFact saves a fact for every later run and proof. Show what TryFact
// finds first.
func (e *Engine) EnterFact(f FactEntry) error {
	effect, _, err := e.tryFact(f)
	if err != nil {
		return err
	}
	f = effect.FactEntry
	all, err := e.storedFacts()
	if err != nil {
		return err
	}
	number := int64(1)
	if n := len(all); n > 0 {
		last, err := strconv.ParseInt(all[n-1].number, 10, 64)
		if err != nil {
			return fmt.Errorf("reading the entered facts: %w", err)
		}
		number = last + 1
	}
	err = e.store.Update(func(tx *store.Tx) error {
		return store.Facts.Put(tx, f.Conviction+"/"+f.Name+"/"+store.Number(number), f.stored(e.now()))
	})
	if err != nil {
		return err
	}
	// The trail proves the value without telling it: it may be a birth date.
	mac := hmac.New(sha256.New, e.store.Secret("facts"))
	fmt.Fprintf(mac, "%d %s %s %s", number, f.Conviction, f.Name, f.Value)
	return e.journal("fact", f.By, map[string]any{"conviction": f.Conviction, "name": f.Name, "entry": number,
		"value_mac": hex.EncodeToString(mac.Sum(nil)[:16])})
}
