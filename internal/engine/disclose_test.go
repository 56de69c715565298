package engine

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/disclosure"
)

// TestARecordPastItsLimitIsNotThere: for an inquiry, a conviction past the
// limit of HS 11361.5 cannot be told from one that never was: not by its ID,
// its rows, its numbers, a search, a count or an error. For relief it is there.
func TestARecordPastItsLimitIsNotThere(t *testing.T) {
	e := decidedCounty(t, 300)
	clear, ctx := e.For(disclosure.Relief), context.Background()
	limit, err := e.limit()
	if err != nil {
		t.Fatal(err)
	}
	hidden, empty, mixed := 0, 0, 0
	err = e.eachHistory(func(h *casefold.History) error {
		v := limit.Of(h, disclosure.Inquiry)
		if !v.Changed {
			return nil
		}
		var secrets []string // what only hidden records tell
		for i := range h.Convictions {
			c := &h.Convictions[i]
			if limit.Conviction(c) == casefold.False {
				continue
			}
			hidden++
			if _, err := clear.Why(c.ID); err != nil {
				t.Errorf("relief asks why: %v", err)
			}
			_, err := e.Why(c.ID)
			_, absent := e.Why("C-0000000000ZZ")
			if !errors.Is(err, ErrNotFound) || strings.ReplaceAll(err.Error(), c.ID, "") != strings.ReplaceAll(absent.Error(), "C-0000000000ZZ", "") {
				t.Errorf("why: %v, of an absent one: %v", err, absent)
			}
			secrets = append(secrets, c.ID)
		}
		for i, row := range h.Tellers {
			if v.Row(row) && i > 2 {
				continue // a few that are shown are enough
			}
			_, err := e.Show(row)
			if shown := err == nil; shown != v.Row(row) || err != nil && !errors.Is(err, ErrNotFound) {
				t.Errorf("row %s: %v", row, err)
			}
			if _, err := clear.Show(row); err != nil {
				t.Errorf("relief asks for row %s: %v", row, err)
			}
		}
		for _, row := range h.Tellers {
			if v.History == nil || !contains(v.History.Tellers, row) {
				secrets = append(secrets, row.Source+`","row_key":"`+row.RowKey)
			} else if !v.Row(row) {
				mixed++
			}
		}
		if v.History == nil {
			empty++
			_, err := e.History(h.PersonID)
			_, absent := e.History("P-0000000000ZZ")
			if err == nil || strings.ReplaceAll(err.Error(), h.PersonID, "") != strings.ReplaceAll(absent.Error(), "P-0000000000ZZ", "") {
				t.Errorf("a person of whom nothing is left: %v, an absent one: %v", err, absent)
			}
			_, err = e.PersonRows(h.PersonID)
			if !errors.Is(err, ErrNotFound) {
				t.Errorf("the rows of a person of whom nothing is left: %v", err)
			}
			return nil
		}
		secrets = append(secrets, numbersOnlyIn(h, v.History)...)
		p, err := e.Person(h.PersonID)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := e.PersonRows(h.PersonID)
		if err != nil {
			t.Fatal(err)
		}
		for _, shown := range []any{p, rows} {
			text, err := json.Marshal(shown)
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range secrets {
				if strings.Contains(string(text), `"`+s+`"`) {
					t.Errorf("%s shows %q", h.PersonID, s)
				}
			}
		}
		for _, n := range numbersOnlyIn(h, v.History) {
			hits, err := e.Search(ctx, []string{n}, 50)
			if err != nil {
				t.Fatal(err)
			}
			for _, hit := range hits {
				if hit.Person == h.PersonID && len(hit.Why) > 0 && strings.Contains(strings.Join(hit.Why, " "), n) {
					t.Errorf("%s is found by the number %s", h.PersonID, n)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if hidden == 0 || mixed == 0 {
		t.Errorf("%d convictions hidden, %d rows withheld: nothing was tried", hidden, mixed)
	}
	t.Logf("%d convictions hidden, %d persons of whom nothing is left, %d rows withheld", hidden, empty, mixed)
}

func contains(ts []casefold.Teller, t casefold.Teller) bool {
	for _, x := range ts {
		if x == t {
			return true
		}
	}
	return false
}

// numbersOnlyIn lists case numbers that only the whole history has.
func numbersOnlyIn(whole, left *casefold.History) (out []string) {
	shown := map[string]bool{}
	for i := range left.Cases {
		for _, n := range left.Cases[i].Numbers {
			shown[n.Verbatim] = true
		}
	}
	for i := range left.Convictions {
		for _, n := range left.Convictions[i].Numbers {
			shown[n.Verbatim] = true
		}
	}
	for i := range whole.Cases {
		for _, n := range whole.Cases[i].Numbers {
			if !shown[n.Verbatim] {
				out = append(out, n.Verbatim)
			}
		}
	}
	return out
}
