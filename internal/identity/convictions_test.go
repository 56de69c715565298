package identity_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/identity"
)

// told reads "court1 da7 #99F1/1": tellers, and keys after #.
func told(text string) identity.Digest {
	var t identity.Told
	for _, word := range strings.Fields(text) {
		if key, ok := strings.CutPrefix(word, "#"); ok {
			t.Keys = append(t.Keys, key)
		} else {
			t.Tellers = append(t.Tellers, casefold.Teller{Source: word[:1], RowKey: word[1:]})
		}
	}
	return t.Digest()
}

// liveConvictions runs a registry over runs of convictions "a | b", as live
// does for persons.
func liveConvictions(runs ...string) (out []string) {
	names := map[identity.ID]string{}
	name := func(id identity.ID) string {
		if names[id] == "" {
			names[id] = string(rune('A' + len(names)))
		}
		return names[id]
	}
	r := &identity.Convictions{}
	for g, run := range runs {
		var list []identity.Digest
		for _, c := range strings.Split(run, "|") {
			list = append(list, told(c))
		}
		next, ids, events := r.Next(int64(g+1), list)
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
		r = next
	}
	return out
}

func TestConvictionsOverTime(t *testing.T) {
	for name, c := range map[string]struct{ runs, want string }{
		"another agency tells of it":           {"s1 #99F1/1; s1 c4 #99F1/1 #99F00001/1", "A; A"},
		"the row has a new key, the case not":  {"s1 #99F1/1; s2 #99F1/1", "A; A"},
		"the row has a new case number":        {"s1 #99F1/1; s1 #99F7/1", "A; A"},
		"two agencies turn out to tell of one": {"s1 #99F1/1; s1 #99F1/1 | c4 #99F001/1; s1 c4 #99F1/1 #99F001/1", "A; A B; A merged:B>A"},
		"one turns out to be two":              {"s1 c4 #99F1/1 #99F1/2; s1 #99F1/1 | c4 #99F1/2", "A; A B split:B>A"},
		"merged and split again":               {"s1 #99F1/1 | c4 #99F001/1; s1 c4 #99F1/1 #99F001/1; s1 #99F1/1 | c4 #99F001/1", "A B; B merged:A>B; A B revived:A>B"}, // of two as old, the smaller ID
		"two counts in one row stay two":       {"s1 #99F1/1 | s1 #99F1/2; s1 #99F1/2 | s1 #99F1/1", "A B; B A"},
		"one of two counts is dropped":         {"s1 #99F1/1 | s1 #99F1/2; s1 #99F1/2", "A B; B gone:A"},
		"like counts of two rows keep apart":   {"s1 #99F1 | s2 #99F1; s2 #99F1 | s1 #99F1", "A B; B A"},
		"one of two like rows is gone":         {"s1 #99F1 | s2 #99F1; s2 #99F1", "A B; B gone:A"},
		"gone and back":                        {"s1 #99F1/1 | s2 #88F1/1; s1 #99F1/1; s1 #99F1/1 | s2 #88F1/1", "A B; A gone:B; A B"},
		"no number at all":                     {"s1; s1 c4", "A; A"},
		"a new count of an old case":           {"s1 #99F1/1; s1 #99F1/1 | s2 #99F1/2", "A; A B"},
	} {
		runs := strings.Split(c.runs, "; ")
		if got := strings.Join(liveConvictions(runs...), "; "); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", name, got, c.want)
		}
	}
}

// The registry answers for IDs that went into others, and knows whose parts
// others were.
func TestRegistryAnswers(t *testing.T) {
	r := &identity.Convictions{}
	var ids []identity.ID
	for g, run := range []string{
		"s1 c3 #k1 | c4 #k2 | x9 #k9",
		"s1 c3 c4 #k1 #k2 | x9 #k9",
		"s1 c4 #k1 #k2 | c3 #k1 | x9 #k9",
	} {
		var list []identity.Digest
		for _, c := range strings.Split(run, "|") {
			list = append(list, told(c))
		}
		r, ids, _ = r.Next(int64(g+1), list)
	}
	r.Prepare()
	var all []identity.Event = r.Lineage()
	if len(all) != 2 || all[0].Change != identity.Merged || all[1].Change != identity.Split {
		t.Fatalf("lineage %+v", all)
	}
	loser, winner := all[0].ID.Conviction(), all[0].Other.Conviction()
	if now, ok := r.Current(loser); !ok || now != winner {
		t.Errorf("%s is now %s", loser, now)
	}
	part := all[1].ID.Conviction()
	if kin := r.Kin(part); !slices.Equal(kin, []string{winner}) {
		t.Errorf("kin of %s: %v, want %s", part, kin, winner)
	}
	if kin := r.Kin(loser); !slices.Equal(kin, []string{part}) {
		t.Errorf("kin of %s: %v, want %s", loser, kin, part)
	}
	both := []uint64{identity.HashKey("k1"), identity.HashKey("k2")}
	slices.Sort(both)
	if keys := r.Keys(winner); !slices.Equal(keys, both) {
		t.Errorf("keys of %s: %v, want %v", winner, keys, both)
	}
	stranger := ids[2].Conviction()
	if kin := r.Kin(stranger); kin != nil {
		t.Errorf("kin of a stranger: %v", kin)
	}
	if _, ok := r.Current("C-000000000000"); ok {
		t.Error("an ID nobody has was found")
	}
	if _, ok := r.Current("nonsense"); ok {
		t.Error("nonsense was found")
	}
}
