// Package cluster turns scored pairs into a partition. It knows no records: it
// takes edges between numbered items and a function that gives the evidence of
// any pair, and joins what belongs together.
//
// Two clusters are joined when their evidence, taken over all pairs between
// them, reaches the threshold: for each comparison the mean of what the pairs
// say, pairs that say nothing left out, and the sum of these means plus the
// prior. So one strong link does not carry a cluster over many contradictions,
// no cluster grows by a chain of weak links, and a record that tells little
// does not hold apart what others prove. The strongest join comes first; ties
// go to the smaller items. Items that belong together beyond doubt are joined
// beforehand; a pair that is denied keeps its two clusters apart, whatever the
// rest says. The result is a function of the edges and the evidence: their
// order, and the number of workers, change nothing.
package cluster

import (
	"cmp"
	"container/heap"
	"slices"
)

// An Edge is a scored pair, A < B, in thousandths of a bit.
type Edge struct {
	A, B   uint32
	Weight int32
}

// Evidence is what the pairs between two clusters say: per slot (a comparison),
// the sum of their contributions in thousandths of a bit and how many pairs
// told something; and whether some pair is denied.
type Evidence struct {
	Sum    []int64
	Told   []int32
	Denied bool
}

// Options govern a partition.
type Options struct {
	Slots     int   // entries of an Evidence
	Threshold int64 // score that joins
	// Score is the score of an evidence, in thousandths of a bit.
	Score func(*Evidence) int64
	// Add adds the evidence of one pair.
	Add func(a, b uint32, to *Evidence)
	// Together are pairs of items that are one whatever the evidence.
	Together [][2]uint32
}

// A Join is one step by which a cluster came about.
type Join struct {
	A, B   uint32 // smallest item of either side, A < B
	Weight int64
	Small  []uint32 // the side with fewer items (of equal sides, that of B), ascending
}

// A Result is a partition of n items: Of is the smallest item of each item's
// cluster. Weakest is, per cluster of two or more (by its smallest item), the
// join with the least weight.
type Result struct {
	Of      []uint32
	Weakest map[uint32]Join
}

// Partition clusters n items.
func Partition(n int, edges []Edge, o Options) *Result {
	res := &Result{Of: make([]uint32, n), Weakest: map[uint32]Join{}}
	for i := range res.Of {
		res.Of[i] = uint32(i)
	}
	base := newUnion(n)
	for _, t := range o.Together {
		base.join(t[0], t[1])
	}
	all := base.clone()
	for _, e := range edges {
		all.join(e.A, e.B)
	}
	members := map[uint32][]uint32{} // of the groups joined beforehand
	for _, t := range o.Together {
		members[base.find(t[0])] = nil
	}
	if len(members) > 0 {
		for i := range uint32(n) {
			r := base.find(i)
			res.Of[i] = r
			if list, ok := members[r]; ok {
				members[r] = append(list, i)
			}
		}
	}
	for _, comp := range components(edges, all) {
		g := newGraph(comp, base, members, o)
		g.run(res)
	}
	return res
}

// components groups the edges by connected component; within one they stand by
// A, then B.
func components(edges []Edge, all union) [][]Edge {
	sorted := slices.Clone(edges)
	slices.SortFunc(sorted, func(x, y Edge) int {
		return cmp.Or(cmp.Compare(all.find(x.A), all.find(y.A)), cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B))
	})
	var out [][]Edge
	for lo := 0; lo < len(sorted); {
		hi := lo + 1
		for hi < len(sorted) && all.find(sorted[hi].A) == all.find(sorted[lo].A) {
			hi++
		}
		out = append(out, sorted[lo:hi])
		lo = hi
	}
	return out
}

// A union is a union-find forest whose roots are the smallest items.
type union []uint32

func newUnion(n int) union {
	u := make(union, n)
	for i := range u {
		u[i] = uint32(i)
	}
	return u
}

func (u union) clone() union { return slices.Clone(u) }

func (u union) find(x uint32) uint32 {
	for u[x] != x {
		u[x] = u[u[x]]
		x = u[x]
	}
	return x
}

func (u union) join(a, b uint32) {
	a, b = u.find(a), u.find(b)
	u[max(a, b)] = min(a, b)
}

// A graph is one component being clustered. Nodes are clusters, named by their
// smallest item.
type graph struct {
	o       Options
	members map[uint32][]uint32
	links   map[uint32]map[uint32]*link // both ways
	queue   queue
	weakest map[uint32]Join
}

type link struct {
	a, b   uint32
	ev     Evidence
	weight int64
	dead   bool
}

func newGraph(edges []Edge, base union, groups map[uint32][]uint32, o Options) *graph {
	g := &graph{o: o, members: map[uint32][]uint32{}, links: map[uint32]map[uint32]*link{}, weakest: map[uint32]Join{}}
	for _, e := range edges {
		a, b := base.find(e.A), base.find(e.B)
		for _, x := range [...]uint32{a, b} {
			if g.members[x] == nil {
				g.members[x] = []uint32{x}
				if group := groups[x]; group != nil {
					g.members[x] = group
				}
				g.links[x] = map[uint32]*link{}
			}
		}
		if a != b && g.links[a][b] == nil {
			g.connect(a, b, g.evidence(a, b))
		}
	}
	return g
}

// evidence between two clusters, from all their pairs.
func (g *graph) evidence(a, b uint32) Evidence {
	ev := Evidence{Sum: make([]int64, g.o.Slots), Told: make([]int32, g.o.Slots)}
	for _, x := range g.members[a] {
		for _, y := range g.members[b] {
			g.o.Add(min(x, y), max(x, y), &ev)
		}
	}
	return ev
}

func (g *graph) connect(a, b uint32, ev Evidence) {
	l := &link{a: min(a, b), b: max(a, b), ev: ev, weight: g.o.Score(&ev)}
	g.links[a][b], g.links[b][a] = l, l
	if l.weight >= g.o.Threshold && !ev.Denied {
		heap.Push(&g.queue, l)
	}
}

func (g *graph) run(res *Result) {
	for g.queue.Len() > 0 {
		l := heap.Pop(&g.queue).(*link)
		if !l.dead {
			g.join(l)
		}
	}
	for root, members := range g.members {
		for _, x := range members {
			res.Of[x] = root
		}
		if j, ok := g.weakest[root]; ok {
			res.Weakest[root] = j
		}
	}
}

// join makes one cluster of two: the evidence against each neighbor is the sum
// of both sides'.
func (g *graph) join(l *link) {
	a, b := l.a, l.b
	small := b
	if len(g.members[a]) < len(g.members[b]) {
		small = a
	}
	j := Join{a, b, l.weight, slices.Clone(g.members[small])}
	for _, side := range [...]uint32{a, b} {
		if w, ok := g.weakest[side]; ok && w.Weight < j.Weight {
			j = w
		}
	}
	neighbors := map[uint32]bool{}
	for x := range g.links[a] {
		neighbors[x] = true
	}
	for x := range g.links[b] {
		neighbors[x] = true
	}
	delete(neighbors, a)
	delete(neighbors, b)
	type fresh struct {
		to uint32
		ev Evidence
	}
	var all []fresh
	for x := range neighbors {
		ev := g.take(a, x)
		ev.add(g.take(b, x))
		all = append(all, fresh{x, ev})
	}
	l.dead = true
	merged := append(g.members[a], g.members[b]...)
	slices.Sort(merged)
	delete(g.members, b)
	delete(g.links, b)
	delete(g.weakest, b)
	g.members[a] = merged
	g.links[a] = map[uint32]*link{}
	g.weakest[a] = j
	for _, f := range all {
		delete(g.links[f.to], b)
		g.connect(a, f.to, f.ev)
	}
}

// take removes the link between two clusters and returns its evidence, worked
// out now if it was never asked for.
func (g *graph) take(a, x uint32) Evidence {
	if l := g.links[a][x]; l != nil {
		l.dead = true
		return l.ev
	}
	return g.evidence(a, x)
}

func (e *Evidence) add(f Evidence) {
	for c := range e.Sum {
		e.Sum[c] += f.Sum[c]
		e.Told[c] += f.Told[c]
	}
	e.Denied = e.Denied || f.Denied
}

// A queue gives the strongest link first, of equal ones that of the smaller
// items.
type queue []*link

func (q queue) Len() int { return len(q) }
func (q queue) Less(i, j int) bool {
	return cmp.Or(-cmp.Compare(q[i].weight, q[j].weight), cmp.Compare(q[i].a, q[j].a), cmp.Compare(q[i].b, q[j].b)) < 0
}
func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)   { *q = append(*q, x.(*link)) }
func (q *queue) Pop() any {
	old := *q
	x := old[len(old)-1]
	*q = old[:len(old)-1]
	return x
}
