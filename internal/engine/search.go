package engine

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/index/search"
	"github.com/casefold/casefold/internal/disclosure"
	"github.com/casefold/casefold/internal/store"
	"github.com/casefold/casefold/relief"
	"github.com/casefold/casefold/relief/laws"
)

// A Hit is a person found, with what tells them apart at a glance.
type Hit struct {
	Person string  `json:"person_id"`
	Score  float64 `json:"score"`
	Says   string  `json:"says"` // names, birth dates, counts

	Names       []string `json:"names"`
	Births      []string `json:"births"`
	Convictions int      `json:"convictions"`
	Rows        int      `json:"rows"`
	Why         []string `json:"why,omitempty"` // how each typed word was met
}

// Search finds persons by what somebody typed, best first.
func (e *Engine) Search(ctx context.Context, typed []string, limit int) ([]Hit, error) {
	found, err := e.find(ctx, typed, limit)
	if err != nil {
		return nil, err
	}
	r, err := e.openSorted(segHistories)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	bound, err := e.limit()
	if err != nil {
		return nil, err
	}
	words := search.Words(typed)
	hits := make([]Hit, 0, len(found))
	for _, c := range found {
		v, err := r.Get([]byte(c.ID))
		if err != nil {
			return nil, notFound(err, "person "+c.ID)
		}
		h, err := readHistory(v)
		if err != nil {
			return nil, err
		}
		if view := bound.Of(h, e.purpose); view.History != nil {
			hits = append(hits, hit(view.History, c.Score, words))
		}
	}
	return hits, e.journal("search", "", e.withPurpose(map[string]any{"found": len(hits)}))
}

// hit is what a list of persons shows of one.
func hit(h *casefold.History, score float64, words []search.Word) Hit {
	out := Hit{Person: h.PersonID, Score: score, Says: says(h), Convictions: len(h.Convictions), Rows: len(h.Tellers), Why: whyFound(h, words)}
	for _, n := range h.Names {
		if full := fullName(n.Value); !slices.Contains(out.Names, full) {
			out.Names = append(out.Names, full)
		}
	}
	for _, b := range h.Births {
		out.Births = append(out.Births, b.Value.String())
	}
	return out
}

// fullName is a name as lists print it: LAST, FIRST MIDDLE SUFFIX.
func fullName(n casefold.Name) string {
	return strings.Trim(n.Last+", "+strings.Join(strings.Fields(n.First+" "+n.Middle+" "+n.Suffix), " "), ", ")
}

// says is a person in one line.
func says(h *casefold.History) string {
	var names []string
	for _, n := range h.Names {
		names = append(names, fullName(n.Value))
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
	if e.purpose == disclosure.Relief || len(out) == 0 {
		return out, nil
	}
	v, err := e.view(h.PersonID)
	if err != nil {
		return nil, err
	}
	return out, e.decidedFor(v, out)
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
	row, err := e.lookUp(segLinksOf, personID)
	if errors.Is(err, ErrNotFound) {
		return nil, nil
	}
	var out []NeighbourView
	for ; len(row) >= 5; row = row[5:] {
		out = append(out, NeighbourView{row[0], row[1], row[2], row[3], row[4]})
	}
	if err != nil || e.purpose == disclosure.Relief {
		return out, err
	}
	return e.shownNeighbours(out)
}

// shownNeighbours leaves out links that rest on a row which may not be shown.
func (e *Engine) shownNeighbours(all []NeighbourView) (out []NeighbourView, err error) {
	for _, n := range all {
		shown := true
		for _, row := range []string{n.RowA, n.RowB} {
			t, err := ParseTeller(row)
			if err != nil {
				return nil, err
			}
			ok, err := e.shows(t)
			if err != nil {
				return nil, err
			}
			shown = shown && ok
		}
		if shown {
			out = append(out, n)
		}
	}
	return out, nil
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
