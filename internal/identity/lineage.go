package identity

import (
	"slices"
	"sort"
)

// A Change is what happened to an ID.
type Change string

const (
	Merged  Change = "merged"  // ID went into Other, and forwards to it
	Split   Change = "split"   // ID was made for a part that left Other
	Revived Change = "revived" // ID had gone into Other, and stands alone again
	Gone    Change = "gone"    // nothing in this run's data belongs to ID
)

// An Event is one line of the lineage. Events of a generation are sorted.
type Event struct {
	Generation int64
	Change     Change
	ID, Other  ID // Other is 0 for Gone
}

func sortEvents(events []Event) {
	sort.Slice(events, func(i, j int) bool {
		a, b := events[i], events[j]
		switch {
		case a.ID != b.ID:
			return a.ID < b.ID
		case a.Change != b.Change:
			return a.Change < b.Change
		}
		return a.Other < b.Other
	})
}

// A holder is an ID with what is remembered of it.
type holder struct {
	id   ID
	born int64 // generation in which it was made
	seen int64 // last generation in which data belonged to it
	into int32 // holder it forwards to, -1: it stands
}

// older reports whether a was there before b; within a generation the smaller
// ID counts as older.
func (a holder) older(b holder) bool {
	if a.born != b.born {
		return a.born < b.born
	}
	return a.id < b.id
}

// root follows forwards to the holder that stands.
func root(holders []holder, i int32) int32 {
	for holders[i].into >= 0 {
		i = holders[i].into
	}
	return i
}

func sortedIDs(holders []holder) []ID {
	ids := make([]ID, len(holders))
	for i, h := range holders {
		ids[i] = h.id
	}
	slices.Sort(ids)
	return ids
}

func hasID(sorted []ID, id ID) bool {
	_, found := slices.BinarySearch(sorted, id)
	return found
}

// clashes finds the ids that are taken, or equal to another one.
func clashes(ids, taken []ID) map[int]bool {
	sorted := slices.Clone(ids)
	slices.Sort(sorted)
	var twice []ID
	for i := 1; i < len(sorted); i++ {
		if sorted[i] == sorted[i-1] {
			twice = append(twice, sorted[i])
		}
	}
	var out map[int]bool
	for i, id := range ids {
		if (len(twice) > 0 && hasID(twice, id)) || (len(taken) > 0 && hasID(taken, id)) {
			if out == nil {
				out = map[int]bool{}
			}
			out[i] = true
		}
	}
	return out
}

// An index finds holders by ID.
type index struct {
	ids []ID
	at  []int32
}

func newIndex(holders []holder) index {
	x := index{make([]ID, len(holders)), make([]int32, len(holders))}
	for i := range holders {
		x.at[i] = int32(i)
	}
	slices.SortFunc(x.at, func(a, b int32) int {
		switch {
		case holders[a].id < holders[b].id:
			return -1
		case holders[a].id > holders[b].id:
			return 1
		}
		return 0
	})
	for i, at := range x.at {
		x.ids[i] = holders[at].id
	}
	return x
}

func (x index) find(id ID) (int32, bool) {
	i, found := slices.BinarySearch(x.ids, id)
	if !found {
		return 0, false
	}
	return x.at[i], true
}
