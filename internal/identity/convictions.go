package identity

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"slices"

	"github.com/casefold/casefold"
)

// A Told is a conviction as this run tells of it.
type Told struct {
	// Content tells it from all others of the run; its ID on an empty memory is
	// made of it. Empty: of tellers and keys.
	Content string
	// Tellers are its rows; Keys everything it is told under that can be
	// compared for equality (court family, case key, defendant, count, section,
	// dates). Equal keys are evidence, not proof: two counts may share one.
	Tellers []casefold.Teller
	Keys    []string
}

// A Digest is a Told in the form that is compared and kept: about 100 bytes.
type Digest struct {
	Content Row
	Tellers []uint64 // sorted, unique
	Keys    []uint64 // sorted, unique
}

// Digest may be called by several goroutines.
func (t Told) Digest() Digest {
	d := Digest{Tellers: make([]uint64, 0, len(t.Tellers)), Keys: make([]uint64, 0, len(t.Keys))}
	for _, teller := range t.Tellers {
		d.Tellers = append(d.Tellers, RowOf(teller).high())
	}
	for _, k := range t.Keys {
		d.Keys = append(d.Keys, HashKey(k))
	}
	slices.Sort(d.Tellers)
	slices.Sort(d.Keys)
	d.Tellers, d.Keys = slices.Compact(d.Tellers), slices.Compact(d.Keys)
	if t.Content != "" {
		sum := sha256.Sum256([]byte(t.Content))
		d.Content = Row(sum[:16])
		return d
	}
	h := sha256.New()
	for _, list := range [][]uint64{d.Tellers, d.Keys} {
		_ = binary.Write(h, binary.LittleEndian, append(list, uint64(len(list)))) // a hash takes everything
	}
	d.Content = Row(h.Sum(nil)[:16])
	return d
}

// HashKey is the form in which a key is kept.
func HashKey(key string) uint64 {
	sum := sha256.Sum256([]byte(key))
	return binary.BigEndian.Uint64(sum[:8])
}

// Convictions is the registry: every conviction ever told, with every teller
// and key it was told under. It is never changed; Next makes the next
// generation's. The zero value is empty.
type Convictions struct {
	holders []holder
	tellers []mark // sorted by hash, then holder
	keys    []mark
	lineage []Event
	ties    *ties
}

// A mark is a teller or key of a holder.
type mark struct {
	hash   uint64
	holder int32
}

func compareMarks(a, b mark) int {
	return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.holder, b.holder))
}

// Next gives every conviction of a run its ID, in the order of told. A
// conviction keeps the ID of the entry with which it shares most tellers, then
// keys; each entry goes to one conviction and each conviction takes one entry.
// An entry that is left, though its tellers and keys are now told of another
// conviction, has merged into it; a conviction that is left, though it shares
// tellers and keys with an entry, was split from it. Both leave events.
func (r *Convictions) Next(generation int64, told []Digest) (next *Convictions, ids []ID, events []Event) {
	w := &registration{r: r, told: told, generation: generation, holders: slices.Clone(r.holders)}
	w.meet()
	w.keep()
	w.register()
	w.relate()
	next = w.remember()
	ids = make([]ID, len(told))
	for c, h := range w.taken {
		ids[c] = w.holders[h].id
	}
	return next, ids, w.events
}

// A registration is the work of one Next.
type registration struct {
	r          *Convictions
	told       []Digest
	generation int64

	holders []holder
	edges   []edge  // best first
	taken   []int32 // per conviction: its holder, -1 none yet
	given   []int32 // per holder: its conviction, -1 none
	events  []Event
}

// An edge is what an entry and a conviction share.
type edge struct {
	holder, told  int32
	tellers, keys int32
}

// meet finds all edges.
func (w *registration) meet() {
	byTeller := w.pairs(w.r.tellers, func(d Digest) []uint64 { return d.Tellers })
	byKey := w.pairs(w.r.keys, func(d Digest) []uint64 { return d.Keys })
	for i, j := 0, 0; i < len(byTeller) || j < len(byKey); {
		var p uint64
		switch {
		case j == len(byKey) || i < len(byTeller) && byTeller[i] < byKey[j]:
			p = byTeller[i]
		default:
			p = byKey[j]
		}
		e := edge{holder: int32(p >> 32), told: int32(uint32(p))}
		for ; i < len(byTeller) && byTeller[i] == p; i++ {
			e.tellers++
		}
		for ; j < len(byKey) && byKey[j] == p; j++ {
			e.keys++
		}
		w.edges = append(w.edges, e)
	}
	slices.SortFunc(w.edges, w.better)
}

// better orders edges; nothing in it depends on the order of told.
func (w *registration) better(a, b edge) int {
	if c := cmp.Or(cmp.Compare(b.tellers, a.tellers), cmp.Compare(b.keys, a.keys)); c != 0 {
		return c
	}
	if a.holder != b.holder {
		if w.holders[a.holder].older(w.holders[b.holder]) {
			return -1
		}
		return 1
	}
	return w.told[a.told].Content.Compare(w.told[b.told].Content)
}

// pairs lists holder<<32|conviction for every mark that both have, sorted, as
// often as they share one.
func (w *registration) pairs(marks []mark, of func(Digest) []uint64) []uint64 {
	if len(marks) == 0 {
		return nil
	}
	var mine []mark
	for c, d := range w.told {
		for _, hash := range of(d) {
			mine = append(mine, mark{hash, int32(c)})
		}
	}
	slices.SortFunc(mine, compareMarks)
	var out []uint64
	for i, j := 0, 0; i < len(mine) && j < len(marks); {
		switch {
		case mine[i].hash < marks[j].hash:
			i++
		case mine[i].hash > marks[j].hash:
			j++
		default:
			k := j
			for ; k < len(marks) && marks[k].hash == mine[i].hash; k++ {
				out = append(out, uint64(root(w.r.holders, marks[k].holder))<<32|uint64(mine[i].holder))
			}
			i++ // the same marks again for the next conviction with this hash
		}
	}
	slices.Sort(out)
	return out
}

// keep passes entries on, best edge first.
func (w *registration) keep() {
	w.taken, w.given = filled(len(w.told)), filled(len(w.holders))
	for _, e := range w.edges {
		if w.given[e.holder] < 0 && w.taken[e.told] < 0 {
			w.given[e.holder], w.taken[e.told] = e.told, e.holder
		}
	}
}

func filled(n int) []int32 {
	s := make([]int32, n)
	for i := range s {
		s[i] = -1
	}
	return s
}

// register makes entries for convictions that took none.
func (w *registration) register() {
	var left []int32
	for c, h := range w.taken {
		if h < 0 {
			left = append(left, int32(c))
		}
	}
	slices.SortFunc(left, func(a, b int32) int { return w.told[a].Content.Compare(w.told[b].Content) })
	contents := make([]Row, len(left))
	for i, c := range left {
		contents[i] = w.told[c].Content
	}
	for i, id := range mintAll('C', contents, sortedIDs(w.r.holders)) {
		w.taken[left[i]] = int32(len(w.holders))
		w.holders = append(w.holders, holder{id: id, born: w.generation, into: -1})
	}
}

// relate tells of merges, splits and entries that are gone.
func (w *registration) relate() {
	keyed := make([]bool, len(w.r.holders))
	for _, m := range w.r.keys {
		keyed[root(w.r.holders, m.holder)] = true
	}
	for _, e := range w.edges {
		if e.tellers == 0 || e.keys == 0 && keyed[e.holder] && len(w.told[e.told].Keys) > 0 {
			continue // a row that tells of several convictions, or a count of the same wording
		}
		now := w.taken[e.told]
		switch {
		case now == e.holder:
		case w.given[e.holder] < 0 && w.holders[e.holder].into < 0:
			w.holders[e.holder].into = now
			w.tell(Merged, w.holders[e.holder].id, w.holders[now].id)
		case int(now) >= len(w.r.holders):
			w.tell(Split, w.holders[now].id, w.holders[e.holder].id)
		}
	}
	before := int64(0)
	for _, h := range w.r.holders {
		before = max(before, h.seen)
	}
	for _, h := range w.taken {
		w.holders[h].seen = w.generation
	}
	for _, h := range w.holders {
		if h.into < 0 && h.seen == before && before < w.generation && before > 0 {
			w.tell(Gone, h.id, 0)
		}
	}
	sortEvents(w.events)
}

func (w *registration) tell(change Change, id, other ID) {
	w.events = append(w.events, Event{w.generation, change, id, other})
}

func (w *registration) remember() *Convictions {
	n := &Convictions{holders: w.holders, lineage: slices.Concat(w.r.lineage, w.events)}
	n.tellers = w.merge(w.r.tellers, func(d Digest) []uint64 { return d.Tellers })
	n.keys = w.merge(w.r.keys, func(d Digest) []uint64 { return d.Keys })
	return n
}

// merge adds this run's marks to the remembered ones.
func (w *registration) merge(marks []mark, of func(Digest) []uint64) []mark {
	out := slices.Clone(marks)
	for c, d := range w.told {
		for _, hash := range of(d) {
			out = append(out, mark{hash, w.taken[c]})
		}
	}
	slices.SortFunc(out, compareMarks)
	return slices.Compact(out)
}
