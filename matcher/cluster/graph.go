package cluster

import (
	"cmp"
	"container/heap"
	"slices"
)

// A graph is one component being clustered. Nodes are clusters, numbered from
// 0 in the order of their smallest items.
type graph struct {
	o      *Options
	base   union
	groups map[uint32][]uint32

	node    []uint32   // smallest item of each node at the start
	members [][]uint32 // ascending; nil once the node was joined to a smaller one
	weakest []Join     // least join of each node; Small nil if none
	links   []link
	of      [][]int32 // per node, its links, dead ones among them
	sum     []int64   // slots entries per link
	told    []int32
	queue   queue
	mark    []int32 // per node, scratch of join
	scratch Evidence
	pairs   int // joined so far, over all components of a worker
	chance  int64
}

type link struct {
	a, b   int32 // nodes, a < b
	weight int64
	denied bool
	dead   bool
}

// group is the smallest item of the group that an item is in from the start.
func (g *graph) group(x uint32) uint32 {
	if g.base == nil {
		return x
	}
	return g.base[x]
}

// reset empties the graph for another component, keeping its memory.
func (g *graph) reset(o *Options, base union, groups map[uint32][]uint32) {
	g.o, g.base, g.groups = o, base, groups
	g.node, g.links, g.sum, g.told, g.queue = g.node[:0], g.links[:0], g.sum[:0], g.told[:0], g.queue[:0]
}

// resize gives a slice a length, its old entries cleared.
func resize[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/2)
	}
	s = s[:n]
	clear(s)
	return s
}

func (g *graph) build(edges []Edge) {
	for _, e := range edges {
		g.node = append(g.node, g.group(e.A), g.group(e.B))
	}
	slices.Sort(g.node)
	g.node = slices.Compact(g.node)
	n := len(g.node)
	g.members, g.weakest, g.mark = resize(g.members, n), resize(g.weakest, n), resize(g.mark, n)
	g.of = resize(g.of, n)
	for i, x := range g.node {
		g.mark[i] = -1
		if group := g.groups[x]; group != nil {
			g.members[i] = group
		} else {
			g.members[i] = g.node[i : i+1 : i+1]
		}
	}
	for _, e := range edges {
		a, b := g.index(g.group(e.A)), g.index(g.group(e.B))
		if a != b && !g.linked(a, b) {
			g.connect(min(a, b), max(a, b), g.evidence(a, b))
		}
	}
}

func (g *graph) index(x uint32) int32 {
	i, _ := slices.BinarySearch(g.node, x)
	return int32(i)
}

// linked reports whether a link was made already; only groups of several
// items have more than one edge between them.
func (g *graph) linked(a, b int32) bool {
	if len(g.members[a]) == 1 && len(g.members[b]) == 1 {
		return false
	}
	return slices.ContainsFunc(g.of[a], func(l int32) bool { return g.links[l].a == min(a, b) && g.links[l].b == max(a, b) })
}

// at is the evidence of a link, in the graph's own memory.
func (g *graph) at(l int32) Evidence {
	from, to := int(l)*g.o.Slots, int(l+1)*g.o.Slots
	return Evidence{Sum: g.sum[from:to:to], Told: g.told[from:to:to], Denied: g.links[l].denied}
}

// evidence between two nodes, from all their pairs, in memory that the next
// call uses again.
func (g *graph) evidence(a, b int32) Evidence {
	g.scratch.Sum, g.scratch.Told = resize(g.scratch.Sum, g.o.Slots), resize(g.scratch.Told, g.o.Slots)
	ev := Evidence{Sum: g.scratch.Sum, Told: g.scratch.Told}
	for _, x := range g.members[a] {
		for _, y := range g.members[b] {
			g.o.Add(min(x, y), max(x, y), &ev)
			ev.Denied = ev.Denied || g.o.Denied(min(x, y), max(x, y))
		}
	}
	return ev
}

// connect makes a link with its evidence, and queues it if it is strong enough.
func (g *graph) connect(a, b int32, ev Evidence) {
	id := int32(len(g.links))
	ev.A, ev.B = g.members[a], g.members[b]
	l := link{a: a, b: b, denied: ev.Denied, weight: g.o.Score(&ev)}
	g.links = append(g.links, l)
	g.sum, g.told = append(g.sum, ev.Sum...), append(g.told, ev.Told...)
	g.of[a], g.of[b] = append(g.of[a], id), append(g.of[b], id)
	if l.weight >= g.o.Threshold && !l.denied {
		heap.Push(&g.queue, queued{l.weight, a, b, id})
	}
}

// run joins until nothing strong enough is left.
func (g *graph) run() {
	for g.queue.Len() > 0 {
		q := heap.Pop(&g.queue).(queued)
		if !g.links[q.link].dead {
			g.join(q.link)
		}
	}
}

// join makes one node of two: the evidence against each neighbor is the sum of
// both sides'.
func (g *graph) join(id int32) {
	a, b := g.links[id].a, g.links[id].b
	g.weakest[a] = g.weaker(id)
	g.count(g.links[id].weight, len(g.members[a])*len(g.members[b]), g.o)
	g.links[id].dead = true
	// Links of b, by their other end.
	for _, l := range g.of[b] {
		if !g.links[l].dead {
			g.mark[g.other(l, b)] = l
		}
	}
	type fresh struct {
		to int32
		ev Evidence
	}
	var joined []fresh
	for _, l := range g.of[a] {
		if g.links[l].dead {
			continue
		}
		x := g.other(l, a)
		ev := g.at(l)
		if m := g.mark[x]; m >= 0 {
			ev.add(g.at(m), g.o.Best)
			g.mark[x] = -1
			g.links[m].dead = true
		} else {
			ev.add(g.evidence(b, x), g.o.Best)
		}
		g.links[l].dead = true
		joined = append(joined, fresh{x, ev})
	}
	for _, l := range g.of[b] {
		if g.links[l].dead {
			continue
		}
		x := g.other(l, b)
		g.mark[x] = -1
		ev := g.at(l)
		ev.add(g.evidence(a, x), g.o.Best)
		g.links[l].dead = true
		joined = append(joined, fresh{x, ev})
	}
	merged := slices.Concat(g.members[a], g.members[b])
	slices.Sort(merged)
	g.members[a], g.members[b] = merged, nil
	g.of[a], g.of[b] = nil, nil
	slices.SortFunc(joined, func(x, y fresh) int { return cmp.Compare(x.to, y.to) })
	for _, f := range joined {
		g.connect(min(a, f.to), max(a, f.to), f.ev)
	}
}

// count adds pairs that a join of some weight made.
func (g *graph) count(weight int64, pairs int, o *Options) {
	g.pairs += pairs
	g.chance += int64(pairs) * o.Chance(weight)
}

// weaker is the join that a link makes, or the least one of either side.
func (g *graph) weaker(id int32) Join {
	l := &g.links[id]
	least := Join{}
	for _, side := range [...]int32{l.a, l.b} {
		if w := g.weakest[side]; w.Small != nil && (least.Small == nil || w.Weight < least.Weight) {
			least = w
		}
	}
	if least.Small != nil && least.Weight <= l.weight || l.weight >= g.o.Threshold+g.o.Margin {
		return least
	}
	small := g.members[l.b]
	if len(g.members[l.a]) < len(small) {
		small = g.members[l.a]
	}
	return Join{g.members[l.a][0], g.members[l.b][0], l.weight, slices.Clone(small)}
}

func (g *graph) other(l, node int32) int32 { return g.links[l].a + g.links[l].b - node }

// report writes the clusters and their weakest joins.
func (g *graph) report(of []uint32, weakest func(root uint32, j Join)) {
	for i, members := range g.members {
		for _, x := range members {
			of[x] = members[0]
		}
		if members != nil && g.weakest[i].Small != nil {
			weakest(members[0], g.weakest[i])
		}
	}
}

func (e *Evidence) add(f Evidence, best []bool) {
	for c := range e.Sum {
		e.Add(c, f.Sum[c], f.Told[c], best[c])
	}
	e.Denied = e.Denied || f.Denied
}

// A queue gives the strongest link first, of equal ones that of the smaller
// items.
type queue []queued

type queued struct {
	weight int64
	a, b   int32
	link   int32
}

func (q queue) Len() int { return len(q) }
func (q queue) Less(i, j int) bool {
	return cmp.Or(-cmp.Compare(q[i].weight, q[j].weight), cmp.Compare(q[i].a, q[j].a), cmp.Compare(q[i].b, q[j].b), cmp.Compare(q[i].link, q[j].link)) < 0
}
func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)   { *q = append(*q, x.(queued)) }
func (q *queue) Pop() any {
	old := *q
	x := old[len(old)-1]
	*q = old[:len(old)-1]
	return x
}

// Add adds what told pairs say in a slot.
func (e *Evidence) Add(slot int, sum int64, told int32, best bool) {
	switch {
	case told == 0:
	case !best:
		e.Sum[slot] += sum
		e.Told[slot] += told
	case e.Told[slot] == 0 || sum > e.Sum[slot]:
		e.Sum[slot], e.Told[slot] = sum, 1
	}
}
