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
	"context"
	"slices"
	"sync"
	"sync/atomic"
)

// An Edge is a scored pair, A < B, in thousandths of a bit.
type Edge struct {
	A, B   uint32
	Weight int32
}

// Evidence is what the pairs between two clusters say: per slot (a comparison),
// the sum of their contributions in thousandths of a bit and how many pairs
// told something; and whether some pair is denied. In a slot where the best pair
// speaks, the sum is that pair's contribution. A and B are the items of either
// side, for as long as Score looks at it.
type Evidence struct {
	Sum    []int64
	Told   []int32
	Denied bool
	A, B   []uint32
}

// Options govern a partition.
type Options struct {
	Workers   int
	Slots     int    // entries of an Evidence
	Best      []bool // per slot: the strongest pair speaks, not the mean of all
	Threshold int64  // score that joins
	// Margin bounds what Result.Weakest keeps: joins that hold by less than it.
	Margin int64
	// Score is the score of an evidence, in thousandths of a bit. It is called
	// from several goroutines, as Add is.
	Score func(*Evidence) int64
	// Add adds the sums of one pair, a < b.
	Add func(a, b uint32, to *Evidence)
	// Denied reports whether a pair, a < b, may not be joined.
	Denied func(a, b uint32) bool
	// Chance is how likely a join of some score is right, in any unit.
	Chance func(weight int64) int64
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
// cluster. Weakest is, per cluster (by its smallest item), the join with the
// least weight, where it held by less than the margin.
type Result struct {
	Of      []uint32
	Weakest map[uint32]Join
	Pairs   int   // pairs of items joined, but for those joined beforehand
	Chance  int64 // sum of their chances, each that of the join that made it
}

// Partition clusters n items.
func Partition(ctx context.Context, n int, edges []Edge, o Options) (*Result, error) {
	res := &Result{Of: make([]uint32, n), Weakest: map[uint32]Join{}}
	for i := range res.Of {
		res.Of[i] = uint32(i)
	}
	base, members := groups(n, o.Together, res.Of)
	comps := components(n, edges, base)
	type rooted struct {
		root uint32
		join Join
	}
	found := make([][]rooted, max(o.Workers, 1))
	graphs := make([]graph, len(found))
	err := each(ctx, len(found), len(comps), func(w int, i int) {
		keep := func(root uint32, j Join) { found[w] = append(found[w], rooted{root, j}) }
		g := &graphs[w]
		if comp := comps[i]; len(comp) == 1 && single(base, members, comp[0]) {
			if pair(comp[0], &o, res.Of, keep) {
				g.count(int64(comp[0].Weight), 1, &o)
			}
			return
		}
		g.reset(&o, base, members)
		g.build(comps[i])
		g.run()
		g.report(res.Of, keep)
	})
	for w, list := range found {
		for _, f := range list {
			res.Weakest[f.root] = f.join
		}
		res.Pairs += graphs[w].pairs
		res.Chance += graphs[w].chance
	}
	return res, err
}

// single reports whether an edge joins two items that are in no group.
func single(base union, members map[uint32][]uint32, e Edge) bool {
	return base == nil || members[base[e.A]] == nil && members[base[e.B]] == nil
}

// pair clusters a component of one edge and reports whether it joined.
func pair(e Edge, o *Options, of []uint32, weakest func(uint32, Join)) bool {
	w := int64(e.Weight)
	if w < o.Threshold || o.Denied(e.A, e.B) {
		return false
	}
	of[e.B] = e.A
	if w < o.Threshold+o.Margin {
		weakest(e.A, Join{e.A, e.B, w, []uint32{e.B}})
	}
	return true
}

// each runs work(worker, i) for all i below n on several goroutines, a few
// hundred at a time.
func each(ctx context.Context, workers, n int, work func(w, i int)) error {
	const stride = 256
	var next atomic.Int64
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for ctx.Err() == nil {
				from := int(next.Add(stride)) - stride
				if from >= n {
					return
				}
				for i := from; i < min(from+stride, n); i++ {
					work(w, i)
				}
			}
		})
	}
	wg.Wait()
	return ctx.Err()
}

// groups are the items joined beforehand: the union of the pairs, the members
// of each group, and of set to each item's group.
func groups(n int, together [][2]uint32, of []uint32) (union, map[uint32][]uint32) {
	if len(together) == 0 {
		return nil, nil
	}
	base := newUnion(n)
	for _, t := range together {
		base.join(t[0], t[1])
	}
	members := map[uint32][]uint32{}
	for _, t := range together {
		members[base.find(t[0])] = nil
	}
	for i := range uint32(n) {
		r := base.find(i)
		of[i] = r
		if list, ok := members[r]; ok {
			members[r] = append(list, i)
		}
	}
	for i := range base { // flat, so that several goroutines may read it
		base[i] = of[i]
	}
	return base, members
}

// components groups the edges by connected component; within one they stand by
// A, then B.
func components(n int, edges []Edge, base union) [][]Edge {
	all := base.clone()
	if base == nil {
		all = newUnion(n)
	}
	for _, e := range edges {
		all.join(e.A, e.B)
	}
	count := make([]uint32, n+1)
	for _, e := range edges {
		count[all.find(e.A)+1]++
	}
	kinds := 0
	for i, c := range count[1:] {
		if c > 0 {
			kinds++
		}
		count[i+1] = count[i] + c
	}
	sorted := make([]Edge, len(edges))
	next := slices.Clone(count)
	for _, e := range edges {
		r := all.find(e.A)
		sorted[next[r]] = e
		next[r]++
	}
	out := make([][]Edge, 0, kinds)
	for i := range n {
		if comp := sorted[count[i]:count[i+1]]; len(comp) > 0 {
			slices.SortFunc(comp, func(x, y Edge) int { return cmp.Or(cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B)) })
			out = append(out, comp)
		}
	}
	return out
}

// A union is a union-find forest whose roots are the smallest items; a nil
// union joins nothing.
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
