package matcher

import (
	"cmp"
	"context"
	"slices"

	"github.com/casefold/casefold/matcher/cluster"
	"github.com/casefold/casefold/mention"
)

// Scored are a set's candidates, compared and scored once, to be linked at as
// many thresholds as wanted.
type Scored struct {
	x     *linker
	floor int64
}

// Score scores the candidates. Links may then be made at the model's threshold
// and at any other down to lowest.
func Score(ctx context.Context, s *mention.Set, m *Model, pairs Pairs, o LinkOptions, lowest int64) (*Scored, error) {
	floor := min(lowest, m.Possible)
	x, err := score(ctx, s, m, pairs, floor, o)
	return &Scored{x, floor}, err
}

// Pairs is the number of candidates that were scored.
func (s *Scored) Pairs() int { return s.x.scored }

// At links at a threshold: the result is that of Link. A threshold below the
// lowest that Score was told counts as that.
func (s *Scored) At(ctx context.Context, threshold int64) (*Links, error) {
	threshold = max(threshold, s.floor)
	x := *s.x
	x.edges = s.from(min(threshold, x.model.Possible))
	return x.at(ctx, threshold)
}

// A Cut is the partition at one threshold of a sweep. Of, as Links.Of, is used
// again for the next one.
type Cut struct {
	Threshold int64
	Of        []uint32
	Expected  Expected
}

// Sweep links at several thresholds in the time of the lowest, and gives the
// partitions from the highest threshold down. From the model's lower threshold
// on, each is that of Link.
func (s *Scored) Sweep(ctx context.Context, thresholds []int64, each func(Cut) error) error {
	x := *s.x
	if len(thresholds) > 0 {
		x.edges = s.from(min(slices.Min(thresholds), x.model.Possible))
	}
	return cluster.Sweep(ctx, x.plan.set.Len(), x.edges, x.clustering(), thresholds, func(c cluster.Cut) error {
		return each(Cut{c.Threshold, c.Of, x.expected(&cluster.Result{Of: c.Of, Pairs: c.Pairs, Chance: c.Chance})})
	})
}

// Grow is Sweep told in steps: what each threshold joins beyond the one before.
func (s *Scored) Grow(ctx context.Context, thresholds []int64, each func(cluster.Growth) error) error {
	x := *s.x
	if len(thresholds) > 0 {
		x.edges = s.from(min(slices.Min(thresholds), x.model.Possible))
	}
	return cluster.Grow(ctx, x.plan.set.Len(), x.edges, x.clustering(), thresholds, each)
}

// from are the edges from a score on.
func (s *Scored) from(floor int64) []cluster.Edge {
	if floor <= s.floor {
		return s.x.edges
	}
	return slices.DeleteFunc(slices.Clone(s.x.edges), func(e cluster.Edge) bool { return int64(e.Weight) < floor })
}

// clustering is how the linker clusters, at no threshold yet.
func (x *linker) clustering() cluster.Options {
	return cluster.Options{Workers: x.workers, Slots: x.scorer.slots, Best: x.scorer.best, Score: x.evidence, Margin: weakMargin,
		Add: x.add, Denied: x.denied, Chance: chance, Together: x.forced}
}

// Each calls f for every kept candidate, by A, then B, with the chance that it
// is one person.
func (s *Scored) Each(f func(p mention.Pair, chance float64)) {
	edges := slices.Clone(s.x.edges)
	slices.SortFunc(edges, func(x, y cluster.Edge) int { return cmp.Or(cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B)) })
	for _, e := range edges {
		f(mention.Pair{A: e.A, B: e.B}, float64(chance(int64(e.Weight)))/billion)
	}
}
