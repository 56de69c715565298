package identity

import (
	"cmp"
	"slices"
)

// Prepare, Current, Kin and Keys speak of convictions as commands and files do,
// by printed ID: they are what the filing guard asks.

// ties answers questions about single entries of a registry. It is made once.
type ties struct {
	index index
	byKey []mark  // the registry's keys, by holder
	kin   []int32 // per holder: a number that all of one lineage share

	families map[int32][]int32 // by that number: its holders, where there are two or more
}

// Prepare makes the registry ready to be asked about single convictions; Next
// does not need it. It must be called before the methods below, and is not safe
// for concurrent use; they are.
func (r *Convictions) Prepare() *Convictions {
	if r.ties != nil {
		return r
	}
	t := &ties{index: newIndex(r.holders), byKey: slices.Clone(r.keys), kin: make([]int32, len(r.holders))}
	slices.SortFunc(t.byKey, func(a, b mark) int {
		return cmp.Or(cmp.Compare(a.holder, b.holder), cmp.Compare(a.hash, b.hash))
	})
	for i := range t.kin {
		t.kin[i] = int32(i)
	}
	for _, e := range r.lineage {
		a, okA := t.index.find(e.ID)
		b, okB := t.index.find(e.Other)
		if okA && okB {
			t.unite(a, b)
		}
	}
	t.families = map[int32][]int32{}
	for i := range t.kin {
		t.kin[i] = t.head(int32(i))
		if t.kin[i] != int32(i) { // heads come before the others of their family
			if t.families[t.kin[i]] == nil {
				t.families[t.kin[i]] = []int32{t.kin[i]}
			}
			t.families[t.kin[i]] = append(t.families[t.kin[i]], int32(i))
		}
	}
	r.ties = t
	return r
}

func (t *ties) head(i int32) int32 {
	for t.kin[i] != i {
		t.kin[i] = t.kin[t.kin[i]]
		i = t.kin[i]
	}
	return i
}

func (t *ties) unite(a, b int32) {
	a, b = t.head(a), t.head(b)
	t.kin[max(a, b)] = min(a, b)
}

// find is the entry of a printed ID.
func (r *Convictions) find(id string) (int32, bool) {
	number, err := ParseID(id)
	if err != nil {
		return 0, false
	}
	return r.ties.index.find(number)
}

// Current is the ID under which a conviction is now known, given any it had.
func (r *Convictions) Current(id string) (string, bool) {
	i, ok := r.find(id)
	if !ok {
		return "", false
	}
	return r.holders[root(r.holders, i)].id.Conviction(), true
}

// Keys are the hashes of every key the conviction was ever told under, those of
// entries merged into it included, sorted.
func (r *Convictions) Keys(id string) []uint64 {
	i, ok := r.find(id)
	if !ok {
		return nil
	}
	top, kin := root(r.holders, i), r.ties.kin[i]
	var out []uint64
	for _, h := range r.family(kin) {
		if root(r.holders, h) != top {
			continue
		}
		from, _ := slices.BinarySearchFunc(r.ties.byKey, h, func(m mark, h int32) int { return cmp.Compare(m.holder, h) })
		for _, m := range r.ties.byKey[from:] {
			if m.holder != h {
				break
			}
			out = append(out, m.hash)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Kin are the other convictions that were ever one with this one, or a part of
// it, directly or over others, by the ID they have now, sorted.
func (r *Convictions) Kin(id string) []string {
	i, ok := r.find(id)
	if !ok {
		return nil
	}
	top := root(r.holders, i)
	var out []string
	for _, h := range r.family(r.ties.kin[i]) {
		if now := root(r.holders, h); now != top {
			out = append(out, r.holders[now].id.Conviction())
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// family lists the holders of one lineage. Most have no lineage but themselves.
func (r *Convictions) family(kin int32) []int32 {
	if members := r.ties.families[kin]; members != nil {
		return members
	}
	return []int32{kin}
}

// Forwards lists every ID that was merged away with the one it leads to now.
func (r *Convictions) Forwards() (from, to []ID) { return forwards(r.holders) }

// Lineage is every event ever, by generation.
func (r *Convictions) Lineage() []Event { return r.lineage }

// Len is the number of IDs ever given.
func (r *Convictions) Len() int { return len(r.holders) }
