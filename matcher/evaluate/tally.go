package evaluate

import (
	"maps"
	"slices"
)

// A Tally compares a growing partition with the truth. It begins with every
// record alone; a join costs what the smaller side holds, so that a partition
// built step by step, or all cuts of a sweep of thresholds, cost no more than
// one. It counts in integers only: figures do not depend on the order of joins.
type Tally struct {
	truth []uint32 // person of each record
	size  []uint32 // records of each person
	group []uint32 // forest of the clusters; a root is any record of its cluster

	records []uint32                     // of each root's cluster
	cells   []cell                       // a chain per cluster: how many of its records are each person's
	first   []uint32                     // of each root, into cells
	count   []uint32                     // cells of each root
	square  []int                        // of each root: squares of its cells' counts, added up
	find    map[uint32]map[uint32]uint32 // of a root with many cells: person -> cell

	joined, right, true int
	largest             uint32
	// Squares of the cells' counts, added up by the size of the cell's cluster
	// and by that of its person: B-cubed is these, divided by the sizes.
	byCluster, byPerson sizes
}

// A cell is the records that a cluster and a person have in common.
type cell struct{ person, records, next uint32 }

const (
	endOfChain = ^uint32(0)
	fewCells   = 16 // up to which a chain is searched as it stands
)

// sizes are sums by size. Most sizes are small.
type sizes struct {
	small [256]int
	large map[uint32]int
}

func (s *sizes) add(size uint32, n int) {
	if int(size) < len(s.small) {
		s.small[size] += n
		return
	}
	if s.large == nil {
		s.large = map[uint32]int{}
	}
	s.large[size] += n
}

// NewTally takes the number of each record's person; persons count from 0.
func NewTally(truth []uint32) *Tally {
	n := len(truth)
	t := &Tally{truth: truth, group: make([]uint32, n), records: make([]uint32, n), cells: make([]cell, n), first: make([]uint32, n),
		count: make([]uint32, n), square: make([]int, n)}
	for _, p := range truth {
		for int(p) >= len(t.size) {
			t.size = append(t.size, 0)
		}
		t.true += int(t.size[p])
		t.size[p]++
	}
	for r, p := range truth {
		t.group[r], t.first[r], t.records[r], t.count[r], t.square[r] = uint32(r), uint32(r), 1, 1, 1
		t.cells[r] = cell{p, 1, endOfChain}
		t.byPerson.add(t.size[p], 1)
	}
	if n > 0 {
		t.largest = 1
		t.byCluster.add(1, n)
	}
	return t
}

func (t *Tally) root(r uint32) uint32 {
	for t.group[r] != r {
		t.group[r] = t.group[t.group[r]]
		r = t.group[r]
	}
	return r
}

// Join makes one cluster of those of two records.
func (t *Tally) Join(a, b uint32) {
	a, b = t.root(a), t.root(b)
	if a == b {
		return
	}
	if t.count[a] < t.count[b] {
		a, b = b, a
	}
	t.byCluster.add(t.records[a], -t.square[a])
	t.byCluster.add(t.records[b], -t.square[b])
	t.joined += int(t.records[a]) * int(t.records[b])
	t.square[a] += t.square[b]
	for at := t.first[b]; at != endOfChain; {
		next := t.cells[at].next
		t.move(at, a)
		at = next
	}
	t.group[b] = a
	t.records[a] += t.records[b]
	t.largest = max(t.largest, t.records[a])
	t.byCluster.add(t.records[a], t.square[a])
	delete(t.find, b)
}

// move puts a cell to the cluster of a root.
func (t *Tally) move(at, root uint32) {
	c := &t.cells[at]
	if held, ok := t.cell(root, c.person); ok {
		both := int(t.cells[held].records) * int(c.records)
		t.right += both
		t.square[root] += 2 * both
		t.byPerson.add(t.size[c.person], 2*both)
		t.cells[held].records += c.records
		return
	}
	c.next = t.first[root]
	t.first[root] = at
	t.count[root]++
	if t.count[root] == fewCells {
		t.index(root)
	} else if t.count[root] > fewCells {
		t.find[root][c.person] = at
	}
}

// cell is the cell that a cluster has with a person.
func (t *Tally) cell(root, person uint32) (uint32, bool) {
	if t.count[root] >= fewCells {
		at, ok := t.find[root][person]
		return at, ok
	}
	for at := t.first[root]; at != endOfChain; at = t.cells[at].next {
		if t.cells[at].person == person {
			return at, true
		}
	}
	return 0, false
}

// index makes the cells of a cluster found at once.
func (t *Tally) index(root uint32) {
	if t.find == nil {
		t.find = map[uint32]map[uint32]uint32{}
	}
	m := make(map[uint32]uint32, 2*fewCells)
	for at := t.first[root]; at != endOfChain; at = t.cells[at].next {
		m[t.cells[at].person] = at
	}
	t.find[root] = m
}

// Comparison is that of the clusters as they are now.
func (t *Tally) Comparison() Comparison {
	out := Comparison{Records: len(t.truth), TruePairs: t.true, JoinedPairs: t.joined, RightPairs: t.right, Largest: int(t.largest)}
	out.Pairwise = measure(ratio(t.right, t.joined), ratio(t.right, t.true))
	if n := float64(len(t.truth)); n > 0 {
		out.BCubed = measure(t.byCluster.sum()/n, t.byPerson.sum()/n)
	}
	return out
}

// sum is each sum divided by its size, added up from the smallest size on, so
// that the rounding has one order.
func (s *sizes) sum() float64 {
	total := 0.0
	for size, n := range s.small {
		if size > 0 {
			total += float64(n) / float64(size)
		}
	}
	for _, size := range slices.Sorted(maps.Keys(s.large)) {
		total += float64(s.large[size]) / float64(size)
	}
	return total
}
