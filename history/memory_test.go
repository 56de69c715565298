package history_test

import (
	"encoding/json"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/history"
)

// TestUsedMemory builds the histories of a county's people in the memory of
// those before: each is what it is in memory of its own, and one made without
// that memory stays as it was.
func TestUsedMemory(t *testing.T) {
	c := makeCounty(t, 400, *countySeed)
	b := history.NewBuilder(c.sources, casefold.Office{County: "SACRAMENTO"}, history.Options{})
	var used history.Memory
	own, said := map[string]*casefold.History{}, map[string]string{}
	names := slices.Sorted(maps.Keys(c.persons))
	for _, p := range append(slices.Clone(names), names...) { // the second time larger ones are behind
		got := b.BuildIn(&used, p, c.persons[p])
		if own[p] == nil {
			want := b.Build(p, c.persons[p])
			own[p], said[p] = &want, text(t, &want)
		}
		if d := cmp.Diff(*own[p], got); d != "" {
			t.Fatalf("%s in used memory (-own +used):\n%s", p, d)
		}
	}
	for p, h := range own {
		if text(t, h) != said[p] {
			t.Errorf("the history of %s changed while others were made", p)
		}
	}
}

func text(t *testing.T, h *casefold.History) string {
	out, err := json.Marshal(h)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}
