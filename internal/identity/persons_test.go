package identity_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/identity"
)

// partition reads "a b | c": rows a and b are one person, c another.
func partition(text string) identity.Partition {
	var p identity.Partition
	for _, cluster := range strings.Split(text, "|") {
		for _, row := range strings.Fields(cluster) {
			p.Rows = append(p.Rows, identity.RowOf(casefold.Teller{Source: "s", RowKey: row}))
			p.Of = append(p.Of, int32(p.Count))
		}
		p.Count++
	}
	return p
}

// live runs partitions one after the other and returns the IDs of each run,
// named A, B ... by first appearance, and its events.
func live(t *testing.T, runs ...string) (out []string) {
	t.Helper()
	names := map[identity.ID]string{}
	name := func(id identity.ID) string {
		if names[id] == "" {
			names[id] = string(rune('A' + len(names)))
		}
		return names[id]
	}
	memory := &identity.Persons{}
	for g, run := range runs {
		next, ids, events, err := memory.Next(int64(g+1), partition(run))
		if err != nil {
			t.Fatal(err)
		}
		var words []string
		for _, id := range ids {
			words = append(words, name(id))
		}
		for _, e := range events {
			word := fmt.Sprintf("%s:%s", e.Change, name(e.ID))
			if e.Other != 0 {
				word += ">" + name(e.Other)
			}
			words = append(words, word)
		}
		out = append(out, strings.Join(words, " "))
		memory = next
	}
	return out
}

func TestPersonsOverTime(t *testing.T) {
	for name, c := range map[string]struct{ runs, want string }{
		"new rows keep the ID":               {"a b | c; a b d | c e", "A B; A B"},
		"the largest part keeps the ID":      {"a b c; a | b c", "A; B A split:B>A"},
		"the oldest ID survives a merge":     {"a; a | b c d; a b c d", "A; A B; A merged:B>A"},
		"merged and split again":             {"a b c | d; a b c d; a b c | d", "A B; A merged:B>A; A B revived:B>A"},
		"rows that went away and came back":  {"a | b; a; a | b", "A B; A gone:B; A B"},
		"a part that leaves is somebody new": {"a b c; a b | c", "A; A B split:B>A"},
	} {
		runs, want := strings.Split(c.runs, "; "), strings.Split(c.want, "; ")
		if got := live(t, runs...); strings.Join(got, "; ") != strings.Join(want, "; ") {
			t.Errorf("%s:\n got %s\nwant %s", name, strings.Join(got, "; "), c.want)
		}
	}
}
