package identity

import (
	"cmp"
	"errors"
	"slices"
)

// Persons is what is remembered of persons: which rows belonged to whom, which
// IDs there are, and what became of them. It is never changed; Next makes the
// memory of the next generation. The zero value remembers nothing.
type Persons struct {
	rows    []Row   // ascending: every row that ever belonged to a person
	last    []int32 // per row: the holder it belonged to when last seen
	origin  []int32 // per row: the holder that was made for it
	holders []holder
	lineage []Event
}

// ErrTwice: a row was put into two persons.
var ErrTwice = errors.New("a row stands in two persons")

// A Partition says which person each row belongs to in this run: row i to
// cluster Of[i], from 0 to Count-1. Every cluster has a row.
type Partition struct {
	Rows  []Row
	Of    []int32
	Count int
}

// Next gives every cluster its ID. events are this generation's, sorted.
func (p *Persons) Next(generation int64, part Partition) (next *Persons, ids []ID, events []Event, err error) {
	w := &succession{p: p, part: part, generation: generation}
	if err := w.join(); err != nil {
		return nil, nil, nil, err
	}
	w.claim()
	w.revive()
	w.mint()
	w.forward()
	next = w.remember()
	ids = make([]ID, part.Count)
	for c, h := range w.winner {
		ids[c] = w.holders[h].id
	}
	return next, ids, w.events, nil
}

// A succession is the work of one Next.
type succession struct {
	p          *Persons
	part       Partition
	generation int64

	order  []int32 // rows of the partition, ascending
	known  []int32 // per place in order: index into p.rows, -1 new
	first  []int32 // per cluster: place in order of its smallest row
	heldBy []int32 // per old holder that stands: cluster it passes to, -1 none
	from   []int32 // per old holder: cluster with most rows it was made for, -1 none

	holders []holder
	winner  []int32 // per cluster: its holder
	minted  []int32 // clusters that got a new ID, by smallest row
	events  []Event
}

// join sorts the rows and finds those that are remembered.
func (w *succession) join() error {
	rows := w.part.Rows
	w.order = rowOrder(func(i int) Row { return rows[i] }, len(rows))
	w.known = make([]int32, len(rows))
	w.first = filled(w.part.Count)
	at := 0
	for i, o := range w.order {
		if i > 0 && rows[o] == rows[w.order[i-1]] && w.part.Of[o] != w.part.Of[w.order[i-1]] {
			return ErrTwice
		}
		if c := w.part.Of[o]; w.first[c] < 0 {
			w.first[c] = int32(i)
		}
		for at < len(w.p.rows) && w.p.rows[at].Compare(rows[o]) < 0 {
			at++
		}
		w.known[i] = -1
		if at < len(w.p.rows) && w.p.rows[at] == rows[o] {
			w.known[i] = int32(at)
		}
	}
	if slices.Contains(w.first, -1) {
		return errors.New("a person has no row")
	}
	return nil
}

// A share is what a cluster holds of an old holder's rows.
type share struct {
	rows, own int32 // rows that are its; of these, rows it was made for
	first     int32 // place of the smallest
}

// more orders shares: more rows, then more of its own, then the smallest row.
func (s share) more(t share) bool {
	return cmp.Or(cmp.Compare(s.rows, t.rows), cmp.Compare(s.own, t.own), cmp.Compare(t.first, s.first)) > 0
}

// heirs finds for every old holder the cluster with the greatest share of the
// rows which belong to it by of (per remembered row), and how many rows of it
// there are in all.
func (w *succession) heirs(of func(known int32) int32) (heir, rows []int32) {
	places := make([]keyed, 0, len(w.order)) // by holder, then cluster, then place
	for i, k := range w.known {
		if k >= 0 {
			places = append(places, keyed{uint64(of(k))<<32 | uint64(w.part.Of[w.order[i]]), int32(i)})
		}
	}
	places = sortKeyed(places)
	heir, rows = filled(len(w.p.holders)), make([]int32, len(w.p.holders))
	best := make([]share, len(w.p.holders))
	for i := 0; i < len(places); {
		at := places[i].key
		h := int32(at >> 32)
		s := share{first: places[i].at}
		for ; i < len(places) && places[i].key == at; i++ {
			s.rows++
			if w.p.origin[w.known[places[i].at]] == h {
				s.own++
			}
		}
		rows[h] += s.rows
		if heir[h] < 0 || s.more(best[h]) {
			heir[h], best[h] = int32(uint32(at)), s
		}
	}
	return heir, rows
}

// claim passes every standing ID to its heir. Of several the oldest wins, of
// equally old ones the one with more rows.
func (w *succession) claim() {
	w.holders = slices.Clone(w.p.holders)
	var rows []int32
	w.heldBy, rows = w.heirs(func(k int32) int32 { return root(w.p.holders, w.p.last[k]) })
	w.winner = filled(w.part.Count)
	stronger := func(h, than int32) bool {
		a, b := w.holders[h], w.holders[than]
		if a.born == b.born && rows[h] != rows[than] {
			return rows[h] > rows[than]
		}
		return a.older(b)
	}
	for h, c := range w.heldBy {
		if c >= 0 && (w.winner[c] < 0 || stronger(int32(h), w.winner[c])) {
			w.winner[c] = int32(h)
		}
	}
	for h, c := range w.heldBy {
		if c >= 0 && w.winner[c] != int32(h) {
			w.holders[h].into = w.winner[c]
			w.tell(Merged, w.holders[h].id, w.holders[w.winner[c]].id)
		}
	}
}

// revive gives a cluster that nobody claims the ID that was once made for most
// of its rows' fellows, if that ID had been merged away.
func (w *succession) revive() {
	w.from = filled(len(w.p.holders))
	if !slices.ContainsFunc(w.p.holders, func(h holder) bool { return h.into >= 0 }) {
		return
	}
	w.from, _ = w.heirs(func(k int32) int32 { return w.p.origin[k] })
	revived := map[int32]int32{}
	for h, c := range w.from {
		if c < 0 || w.winner[c] >= 0 || w.p.holders[h].into < 0 {
			continue
		}
		if best, ok := revived[c]; !ok || w.holders[h].older(w.holders[best]) {
			revived[c] = int32(h)
		}
	}
	for c, h := range revived {
		w.winner[c] = h
		w.tell(Revived, w.holders[h].id, w.holders[root(w.p.holders, h)].id)
		w.holders[h].into = -1
	}
}

// mint makes IDs for clusters that have none.
func (w *succession) mint() {
	var contents []Row
	for i, o := range w.order {
		if c := w.part.Of[o]; w.winner[c] < 0 && w.first[c] == int32(i) {
			w.minted = append(w.minted, c)
			contents = append(contents, w.part.Rows[o])
		}
	}
	made := mintAll('P', contents, sortedIDs(w.p.holders))
	for i, c := range w.minted {
		w.winner[c] = int32(len(w.holders))
		w.holders = append(w.holders, holder{id: made[i], born: w.generation, into: -1})
	}
	// A new cluster with remembered rows left the persons that these were of.
	type departure struct{ to, from int32 }
	left := map[departure]bool{}
	for i, k := range w.known {
		if h := w.winner[w.part.Of[w.order[i]]]; k >= 0 && int(h) >= len(w.p.holders) {
			left[departure{h, root(w.p.holders, w.p.last[k])}] = true
		}
	}
	for d := range left {
		w.tell(Split, w.holders[d.to].id, w.holders[d.from].id)
	}
}

// forward points every ID that was merged away to whoever now has most of the
// rows it was made for, and marks who was seen.
func (w *succession) forward() {
	for h := range w.p.holders {
		if c := w.from[h]; c >= 0 && w.holders[h].into >= 0 && w.winner[c] != int32(h) {
			w.holders[h].into = w.winner[c]
		}
	}
	for _, h := range w.winner {
		w.holders[h].seen = w.generation
	}
	before := int64(0)
	for _, h := range w.p.holders {
		before = max(before, h.seen)
	}
	for _, h := range w.holders {
		if h.into < 0 && h.seen == before && before < w.generation && before > 0 {
			w.tell(Gone, h.id, 0)
		}
	}
	sortEvents(w.events)
}

func (w *succession) tell(change Change, id, other ID) {
	w.events = append(w.events, Event{w.generation, change, id, other})
}

// remember merges this run's rows into the memory.
func (w *succession) remember() *Persons {
	n := &Persons{holders: w.holders, lineage: slices.Concat(w.p.lineage, w.events)}
	size := len(w.p.rows) + len(w.order)
	n.rows, n.last, n.origin = make([]Row, 0, size), make([]int32, 0, size), make([]int32, 0, size)
	add := func(r Row, last, origin int32) {
		n.rows, n.last, n.origin = append(n.rows, r), append(n.last, last), append(n.origin, origin)
	}
	at := 0
	for i, o := range w.order {
		r := w.part.Rows[o]
		if i > 0 && r == w.part.Rows[w.order[i-1]] {
			continue
		}
		for at < len(w.p.rows) && w.p.rows[at].Compare(r) < 0 {
			add(w.p.rows[at], root(w.holders, w.p.last[at]), w.p.origin[at])
			at++
		}
		h := w.winner[w.part.Of[o]]
		origin := h
		if k := w.known[i]; k >= 0 {
			at++
			if int(h) < len(w.p.holders) { // a new ID is made for all its rows
				origin = w.p.origin[k]
			}
		}
		add(r, h, origin)
	}
	for ; at < len(w.p.rows); at++ {
		add(w.p.rows[at], root(w.holders, w.p.last[at]), w.p.origin[at])
	}
	return n
}

// Current is the ID under which a person is now known, given any ID it ever
// had; false if there never was such an ID.
func (p *Persons) Current(id ID) (ID, bool) {
	for i, h := range p.holders {
		if h.id == id {
			return p.holders[root(p.holders, int32(i))].id, true
		}
	}
	return 0, false
}

// Forwards lists every ID that was merged away with the one it leads to now,
// by ID.
func (p *Persons) Forwards() (from, to []ID) { return forwards(p.holders) }

// Lineage is every event ever, by generation.
func (p *Persons) Lineage() []Event { return p.lineage }

// Len is the number of IDs ever given.
func (p *Persons) Len() int { return len(p.holders) }

func forwards(holders []holder) (from, to []ID) {
	x := newIndex(holders)
	for i, id := range x.ids {
		if h := holders[x.at[i]]; h.into >= 0 {
			from, to = append(from, id), append(to, holders[root(holders, h.into)].id)
		}
	}
	return from, to
}
