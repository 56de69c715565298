package cluster

import (
	"cmp"
	"container/heap"
	"context"
	"math"
	"slices"
)

// A Cut is the partition at one threshold of a sweep. Of is used again for the
// next one.
type Cut struct {
	Threshold int64
	Of        []uint32 // as Result.Of
	Pairs     int      // as Result.Pairs
	Chance    int64    // as Result.Chance
}

// Sweep partitions n items at several thresholds in the time of the lowest: the
// strongest join comes first, so the joins of a high threshold are the first
// joins of a low one. Each cut is what Partition gives at its threshold with
// the same edges; they come from the highest threshold down.
func Sweep(ctx context.Context, n int, edges []Edge, o Options, thresholds []int64, each func(Cut) error) error {
	of := make([]uint32, n)
	for i := range of {
		of[i] = uint32(i)
	}
	all, cut := newUnion(n), Cut{Of: of}
	return Grow(ctx, n, edges, o, thresholds, func(g Growth) error {
		for _, s := range g.Joined {
			all.join(s[0], s[1])
		}
		for i := range of {
			of[i] = all.find(uint32(i))
		}
		cut.Threshold, cut.Pairs, cut.Chance = g.Threshold, cut.Pairs+g.Pairs, cut.Chance+g.Chance
		return each(cut)
	})
}

// A Growth is what one threshold of a sweep adds to the partition of the next
// higher one. Joined are an item of either side of each join; at the highest
// threshold they begin with what is together whatever the evidence. The slice
// is used again.
type Growth struct {
	Threshold int64
	Joined    [][2]uint32
	Pairs     int
	Chance    int64
}

// Grow is Sweep told in steps, for those who keep count as clusters grow.
func Grow(ctx context.Context, n int, edges []Edge, o Options, thresholds []int64, each func(Growth) error) error {
	levels := slices.Clone(thresholds)
	slices.SortFunc(levels, func(a, b int64) int { return cmp.Compare(b, a) })
	if levels = slices.Compact(levels); len(levels) == 0 {
		return nil
	}
	o.Threshold = levels[len(levels)-1]
	of := make([]uint32, n)
	for i := range of {
		of[i] = uint32(i)
	}
	base, members := groups(n, o.Together, of)
	steps, err := dendrogram(ctx, components(n, edges, base), o, base, members, levels)
	if err != nil {
		return err
	}
	g, next := Growth{Joined: slices.Clone(o.Together)}, 0
	for level, threshold := range levels {
		for ; next < len(steps) && steps[next].level == level; next++ {
			s := &steps[next]
			g.Joined = append(g.Joined, [2]uint32{s.a, s.b})
			g.Pairs += s.pairs
			g.Chance += s.chance
		}
		g.Threshold = threshold
		if err := each(g); err != nil {
			return err
		}
		g = Growth{Joined: g.Joined[:0]}
	}
	return nil
}

// A step is a join with the first threshold at which it is made.
type step struct {
	a, b   uint32 // an item of either side
	level  int
	pairs  int
	chance int64
}

// dendrogram makes all joins that the lowest threshold makes, by level.
func dendrogram(ctx context.Context, comps [][]Edge, o Options, base union, members map[uint32][]uint32, levels []int64) ([]step, error) {
	found := make([][]step, max(o.Workers, 1))
	graphs := make([]graph, len(found))
	err := each(ctx, len(found), len(comps), func(w, i int) {
		keep := func(s step) { found[w] = append(found[w], s) }
		if e := comps[i][0]; len(comps[i]) == 1 && base == nil {
			if weight := int64(e.Weight); weight >= o.Threshold && !o.Denied(e.A, e.B) {
				keep(step{e.A, e.B, levelOf(levels, weight), 1, o.Chance(weight)})
			}
			return
		}
		g := &graphs[w]
		g.reset(&o, base, members)
		g.build(comps[i])
		g.sweep(levels, keep)
	})
	steps := slices.Concat(found...)
	// Within a level the order of joins changes nothing: unions and sums.
	slices.SortFunc(steps, func(x, y step) int { return cmp.Compare(x.level, y.level) })
	return steps, err
}

// sweep runs the graph as run does and says at which level each join belongs:
// once the queue has fallen below a threshold, no later join is made there,
// however strong.
func (g *graph) sweep(levels []int64, keep func(step)) {
	low := int64(math.MaxInt64)
	for g.queue.Len() > 0 {
		q := heap.Pop(&g.queue).(queued)
		if low = min(low, q.weight); g.links[q.link].dead {
			continue
		}
		l := &g.links[q.link]
		s := step{a: g.members[l.a][0], b: g.members[l.b][0], level: levelOf(levels, low)}
		pairs, chance := g.pairs, g.chance
		g.join(q.link)
		s.pairs, s.chance = g.pairs-pairs, g.chance-chance
		keep(s)
	}
}

// levelOf is the first of the descending levels that a weight reaches.
func levelOf(levels []int64, weight int64) int {
	i, _ := slices.BinarySearchFunc(levels, weight, func(level, w int64) int { return cmp.Compare(w, level) })
	return i
}

// Joins gives every join by which Partition makes its clusters: the items of
// either side and the score. f is called from several goroutines, each with a
// worker number of its own below o.Workers; the slices are used within the call.
func Joins(ctx context.Context, n int, edges []Edge, o Options, f func(worker int, a, b []uint32, weight int64)) error {
	of := make([]uint32, n)
	for i := range of {
		of[i] = uint32(i)
	}
	base, members := groups(n, o.Together, of)
	comps := components(n, edges, base)
	graphs := make([]graph, max(o.Workers, 1))
	return each(ctx, len(graphs), len(comps), func(w, i int) {
		g := &graphs[w]
		g.reset(&o, base, members)
		g.build(comps[i])
		for g.queue.Len() > 0 {
			q := heap.Pop(&g.queue).(queued)
			if l := &g.links[q.link]; !l.dead {
				f(w, g.members[l.a], g.members[l.b], q.weight)
				g.join(q.link)
			}
		}
	})
}
