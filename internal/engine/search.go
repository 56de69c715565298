package engine

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/index/search"
	"github.com/casefold/casefold/internal/store"
	"github.com/casefold/casefold/relief"
	"github.com/casefold/casefold/relief/laws"
)

// A Hit is a person found, with what tells them apart at a glance.
type Hit struct {
	Person string  `json:"person_id"`
	Score  float64 `json:"score"`
	Says   string  `json:"says"` // names, birth dates, counts
}

// Search finds persons by what somebody typed, best first.
func (e *Engine) Search(ctx context.Context, typed []string, limit int) ([]Hit, error) {
	x, err := e.searchIndex(ctx)
	if err != nil {
		return nil, err
	}
	found, err := x.Find(ctx, typed, limit)
	if errors.Is(err, search.ErrDamaged) {
		if x, err = e.rebuildIndex(ctx); err == nil {
			found, err = x.Find(ctx, typed, limit)
		}
	}
	if err != nil {
		return nil, errors.Join(err, x.Close())
	}
	defer x.Close()
	r, err := e.openSorted(segHistories)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	hits := make([]Hit, 0, len(found))
	for _, c := range found {
		v, err := r.Get([]byte(c.ID))
		if err != nil {
			return nil, notFound(err, "person "+c.ID)
		}
		var h casefold.History
		if err := json.Unmarshal(v, &h); err != nil {
			return nil, fmt.Errorf("reading the history of %s: %w", c.ID, err)
		}
		hits = append(hits, Hit{c.ID, c.Score, says(&h)})
	}
	return hits, e.journal("search", "", map[string]any{"found": len(hits)})
}

// says is a person in one line.
func says(h *casefold.History) string {
	var names []string
	for _, n := range h.Names {
		full := strings.TrimSpace(n.Value.Last + ", " + strings.TrimSpace(n.Value.First+" "+n.Value.Middle+" "+n.Value.Suffix))
		names = append(names, strings.Trim(full, ", "))
		if len(names) == 3 {
			break
		}
	}
	var births []string
	for _, b := range h.Births {
		births = append(births, b.Value.String())
	}
	return fmt.Sprintf("%s; born %s; %d convictions, %d rows", strings.Join(names, " / "), strings.Join(births, " or "), len(h.Convictions), len(h.Tellers))
}

// searchIndex opens the index of the current generation, building it if it is
// not there: it is a cache of the histories.
func (e *Engine) searchIndex(ctx context.Context) (*search.Index, error) {
	dir, err := e.indexDir()
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(dir); err == nil {
		if x, err := search.Open(dir); err == nil {
			return x, nil
		}
	}
	return e.rebuildIndex(ctx)
}

// indexDir names the index by what it was built from.
func (e *Engine) indexDir() (string, error) {
	s, err := e.segment(segHistories)
	if err != nil {
		return "", err
	}
	return e.store.Path(filepath.Join("search", s.Hash[:16])), nil
}

// rebuildIndex makes the index anew beside its place and moves it there whole;
// indexes of earlier generations go.
func (e *Engine) rebuildIndex(ctx context.Context) (*search.Index, error) {
	dir, err := e.indexDir()
	if err != nil {
		return nil, err
	}
	if err := os.RemoveAll(filepath.Dir(dir)); err != nil {
		return nil, err
	}
	r, err := e.openSorted(segHistories)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	task := e.options.Progress.Start("search index", r.Info().Records, "persons")
	b, err := search.Create(dir + ".new")
	if err != nil {
		return nil, err
	}
	err = r.ScanFrom(nil, func(key, value []byte) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		var h casefold.History
		if err := json.Unmarshal(value, &h); err != nil {
			return fmt.Errorf("reading a history: %w", err)
		}
		task.Add(1)
		return b.Add(findable(&h))
	})
	if err := errors.Join(err, b.Close()); err != nil {
		return nil, err
	}
	if err := os.Rename(dir+".new", dir); err != nil {
		return nil, err
	}
	task.Done("built")
	return search.Open(dir)
}

// findable is what a history can be found by.
func findable(h *casefold.History) search.Person {
	p := search.Person{ID: h.PersonID}
	for _, n := range h.Names {
		p.Names = append(p.Names, n.Value)
	}
	for _, b := range h.Births {
		p.Births = append(p.Births, b.Value)
	}
	for _, id := range h.Identifiers {
		p.Numbers = append(p.Numbers, id.Value.Value, id.Value.Verbatim)
	}
	for _, c := range h.Cases {
		for _, n := range c.Numbers {
			p.Numbers = append(p.Numbers, n.Key, n.Verbatim)
		}
	}
	return p
}

// A PersonView is a person as pages and --json show one.
type PersonView struct {
	History        *casefold.History                 `json:"history"`
	Determinations map[string][]relief.Determination `json:"determinations"` // by conviction
	Neighbours     []NeighbourView                   `json:"possible_links,omitempty"`
}

// Determinations are what the last run decided of a history's convictions.
func (e *Engine) Determinations(h *casefold.History) (map[string][]relief.Determination, error) {
	out := map[string][]relief.Determination{}
	for i := range h.Convictions {
		for _, law := range laws.Names {
			d, err := e.determination(h.Convictions[i].ID, law)
			if errors.Is(err, ErrNotFound) || errors.Is(err, ErrNotRun) {
				continue
			}
			if err != nil {
				return nil, err
			}
			out[h.Convictions[i].ID] = append(out[h.Convictions[i].ID], *d)
		}
	}
	return out, nil
}

// A NeighbourView is a possible link of a person.
type NeighbourView struct {
	Person string `json:"person_id"`
	Bits   string `json:"bits"`
	Reason string `json:"reason"`
	RowA   string `json:"row_a"`
	RowB   string `json:"row_b"`
}

// Neighbours are the possible links of a person, strongest first as stored.
func (e *Engine) Neighbours(personID string) ([]NeighbourView, error) {
	r, err := e.openSegment(segLinks)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	var out []NeighbourView
	err = scanTable(r, func(row []string) error {
		switch personID {
		case row[0]:
			out = append(out, NeighbourView{row[1], row[2], row[3], row[4], row[5]})
		case row[1]:
			out = append(out, NeighbourView{row[0], row[2], row[3], row[5], row[4]})
		}
		return nil
	})
	return out, err
}

// Decide keeps a person's verdict on two rows for every later run.
func (e *Engine) Decide(a, b casefold.Teller, same bool, by, note string) error {
	for _, t := range []casefold.Teller{a, b} {
		if _, err := e.PersonOf(t); err != nil {
			return err
		}
	}
	d := casefold.Decision{A: a, B: b, Same: same, By: by, Note: note, At: e.now()}
	err := e.store.Update(func(tx *store.Tx) error {
		all, err := store.Decisions.All(tx, "")
		if err != nil {
			return err
		}
		return store.Decisions.Put(tx, store.Number(int64(len(all)+1)), d)
	})
	if err != nil {
		return err
	}
	return e.journal("decide", by, map[string]any{"a": a.String(), "b": b.String(), "same": same})
}
