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
	tellers []mark // sorted by hash, then holder: who was first told by it
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
// tellers and keys with an entry, was split from it. Both leave events. What was
// merged and comes apart again takes back its ID.
func (r *Convictions) Next(generation int64, told []Digest) (next *Convictions, ids []ID, events []Event) {
	w := &registration{r: r, told: told, generation: generation, holders: slices.Clone(r.holders)}
	w.keep()
	w.revive()
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
	hasKey  []bool // per entry, made when first asked for
}

// An edge is what an entry and a conviction share: tellers and keys, and how
// many of both the entry had before others were merged into it.
type edge struct {
	holder, told       int32
	tellers, keys, own int32
}

// meet finds all edges, best first. of tells which holder an entry's mark
// speaks for, -1 for none.
func (w *registration) meet(of func(holder int32) int32) (edges []edge) {
	byTeller := w.pairs(w.r.tellers, of, func(d Digest) []uint64 { return d.Tellers })
	byKey := w.pairs(w.r.keys, of, func(d Digest) []uint64 { return d.Keys })
	take := func(list []meeting, at uint64, count, own *int32) []meeting {
		for ; len(list) > 0 && list[0].key == at; list = list[1:] {
			*count++
			*own += list[0].at
		}
		return list
	}
	for len(byTeller) > 0 || len(byKey) > 0 {
		at := ^uint64(0)
		if len(byTeller) > 0 {
			at = byTeller[0].key
		}
		if len(byKey) > 0 {
			at = min(at, byKey[0].key)
		}
		e := edge{holder: int32(at >> 32), told: int32(uint32(at))}
		byTeller = take(byTeller, at, &e.tellers, &e.own)
		byKey = take(byKey, at, &e.keys, &e.own)
		edges = append(edges, e)
	}
	return w.sortEdges(edges)
}

// sortEdges brings the edges that compete for an entry or a conviction into
// order, best first, and puts the others, whose order does not matter, before.
func (w *registration) sortEdges(edges []edge) []edge {
	holders, tolds := make([]int32, len(w.holders)), make([]int32, len(w.told))
	for _, e := range edges {
		holders[e.holder]++
		tolds[e.told]++
	}
	out, rival := make([]edge, 0, len(edges)), []edge(nil)
	for _, e := range edges {
		if holders[e.holder] == 1 && tolds[e.told] == 1 {
			out = append(out, e)
		} else {
			rival = append(rival, e)
		}
	}
	slices.SortFunc(rival, w.better)
	return append(out, rival...)
}

// better orders edges; nothing in it depends on the order of told.
func (w *registration) better(a, b edge) int {
	if c := cmp.Or(cmp.Compare(b.tellers, a.tellers), cmp.Compare(b.keys, a.keys), cmp.Compare(b.own, a.own)); c != 0 {
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

// A meeting is a mark that an entry and a conviction share: its key is
// holder<<32|told, and at is 1 where the entry itself had the mark first.
type meeting = keyed

// pairs lists the meetings over marks, sorted; one mark counts once, also where
// several entries that are now one had it.
func (w *registration) pairs(marks []mark, of func(int32) int32, hashes func(Digest) []uint64) (out []meeting) {
	if len(marks) == 0 {
		return nil
	}
	mine := w.hashed(hashes, func(c int) int32 { return int32(c) })
	for i, j := 0, 0; i < len(mine) && j < len(marks); {
		switch {
		case mine[i].key < marks[j].hash:
			i++
		case mine[i].key > marks[j].hash:
			j++
		default:
			from := len(out)
			for k := j; k < len(marks) && marks[k].hash == mine[i].key; k++ {
				if h := of(marks[k].holder); h >= 0 {
					m := meeting{key: uint64(h)<<32 | uint64(mine[i].at)}
					if h == marks[k].holder {
						m.at = 1
					}
					out = addMeeting(out, from, m)
				}
			}
			i++ // the same marks again for the next conviction with this hash
		}
	}
	return sortKeyed(out)
}

// hashed lists every hash of this run with what of says of its conviction, by
// hash.
func (w *registration) hashed(hashes func(Digest) []uint64, of func(c int) int32) []keyed {
	n := 0
	for _, d := range w.told {
		n += len(hashes(d))
	}
	out := make([]keyed, 0, n)
	for c, d := range w.told {
		for _, hash := range hashes(d) {
			out = append(out, keyed{hash, of(c)})
		}
	}
	return sortKeyed(out)
}

// addMeeting adds m unless its like stands in list[from:].
func addMeeting(list []meeting, from int, m meeting) []meeting {
	for i := from; i < len(list); i++ {
		if list[i].key == m.key {
			list[i].at |= m.at
			return list
		}
	}
	return append(list, m)
}

// keep passes standing entries on, best edge first.
func (w *registration) keep() {
	w.edges = w.meet(func(h int32) int32 { return root(w.r.holders, h) })
	w.taken, w.given = filled(len(w.told)), filled(len(w.holders))
	for _, e := range w.edges {
		if w.given[e.holder] < 0 && w.taken[e.told] < 0 {
			w.given[e.holder], w.taken[e.told] = e.told, e.holder
		}
	}
}

// revive gives convictions that took no entry the one they had before it was
// merged away.
func (w *registration) revive() {
	if !slices.Contains(w.taken, -1) {
		return
	}
	edges := w.meet(func(h int32) int32 {
		if w.r.holders[h].into < 0 {
			return -1
		}
		return h
	})
	for _, e := range edges {
		if w.given[e.holder] < 0 && w.taken[e.told] < 0 && w.telling(e) {
			w.given[e.holder], w.taken[e.told] = e.told, e.holder
			w.tell(Revived, w.holders[e.holder].id, w.holders[root(w.r.holders, e.holder)].id)
			w.holders[e.holder].into = -1
		}
	}
}

// telling reports whether an edge is more than a row that tells of several
// convictions, or a count of the same wording.
func (w *registration) telling(e edge) bool {
	return e.tellers > 0 && (e.keys > 0 || !w.keyed(e.holder) || len(w.told[e.told].Keys) == 0)
}

// keyed reports whether an entry has ever had a key.
func (w *registration) keyed(h int32) bool {
	if w.hasKey == nil {
		w.hasKey = make([]bool, len(w.r.holders))
		for _, m := range w.r.keys {
			w.hasKey[m.holder] = true
			w.hasKey[root(w.r.holders, m.holder)] = true
		}
	}
	return w.hasKey[h]
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
	contents := make([]Row, len(left))
	order := rowOrder(func(i int) Row { return w.told[left[i]].Content }, len(left))
	for i, o := range order {
		contents[i] = w.told[left[o]].Content
	}
	for i, id := range mintAll('C', contents, sortedIDs(w.r.holders)) {
		w.taken[left[order[i]]] = int32(len(w.holders))
		w.holders = append(w.holders, holder{id: id, born: w.generation, into: -1})
	}
}

// relate tells of merges, splits and entries that are gone.
func (w *registration) relate() {
	for _, e := range w.edges {
		if !w.telling(e) {
			continue
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

// merge adds this run's marks to the remembered ones. A mark that an entry has
// from one that went into it is not told again of it: should the two come
// apart, each knows its own.
func (w *registration) merge(marks []mark, hashes func(Digest) []uint64) []mark {
	fresh := w.hashed(hashes, func(c int) int32 { return w.taken[c] })
	out := make([]mark, 0, len(marks)+len(fresh))
	j := 0
	for i := 0; i < len(fresh) || j < len(marks); {
		if i == len(fresh) || j < len(marks) && marks[j].hash < fresh[i].key {
			out = append(out, marks[j])
			j++
			continue
		}
		// All marks of one hash together: the old, then those that are new.
		hash, from := fresh[i].key, len(out)
		for ; j < len(marks) && marks[j].hash == hash; j++ {
			out = append(out, marks[j])
		}
		for ; i < len(fresh) && fresh[i].key == hash; i++ {
			has := false
			for _, m := range out[from:] {
				has = has || root(w.holders, m.holder) == fresh[i].at
			}
			if !has {
				out = append(out, mark{hash, fresh[i].at})
			}
		}
		slices.SortFunc(out[from:], compareMarks)
	}
	if len(out) == 0 {
		return nil
	}
	return slices.Clip(out)
}
