package matcher

import (
	"context"

	"github.com/casefold/casefold/matcher/cluster"
)

// GroupExpected is Expected for the mentions of one group. A pair of two groups
// counts half for each, so pairs are no whole numbers, and the groups' add up.
type GroupExpected struct {
	Joined    float64 `json:"joined_pairs"`
	Right     float64 `json:"right_pairs"`
	Missed    float64 `json:"missed_pairs"`
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
}

// ExpectedBy divides what the model expects of the links at a threshold among
// groups of mentions; group is a number below groups for each mention. Candidates
// below the scores that were kept are in no group's count.
func (s *Scored) ExpectedBy(ctx context.Context, threshold int64, group []uint16, groups int) ([]GroupExpected, error) {
	x := *s.x
	x.edges = s.from(min(threshold, x.model.Possible))
	o := x.clustering()
	o.Threshold = threshold
	// Sums are of integers, pairs in halves: their order does not matter.
	type sums struct{ joined, right []int64 }
	per := make([]sums, max(o.Workers, 1))
	for i := range per {
		per[i] = sums{make([]int64, groups), make([]int64, groups)}
	}
	err := cluster.Joins(ctx, x.plan.set.Len(), x.edges, o, func(w int, a, b []uint32, weight int64) {
		c := chance(weight)
		for _, side := range [...]struct{ own, other []uint32 }{{a, b}, {b, a}} {
			n := int64(len(side.other))
			for _, m := range side.own {
				per[w].joined[group[m]] += n
				per[w].right[group[m]] += n * c
			}
		}
	})
	if err != nil {
		return nil, err
	}
	links, err := s.At(ctx, threshold)
	if err != nil {
		return nil, err
	}
	missed, apart := make([]int64, groups), x.aparter(links.Of)
	for _, e := range s.from(x.model.Possible) {
		if links.Of[e.A] != links.Of[e.B] && !apart.apart(e.A, e.B) {
			c := chance(int64(e.Weight))
			missed[group[e.A]] += c
			missed[group[e.B]] += c
		}
	}
	out := make([]GroupExpected, groups)
	for g := range out {
		e := GroupExpected{Missed: float64(missed[g]) / (2 * billion), Precision: 1, Recall: 1}
		joined, right := int64(0), int64(0)
		for _, p := range per {
			joined, right = joined+p.joined[g], right+p.right[g]
		}
		e.Joined, e.Right = float64(joined)/2, float64(right)/(2*billion)
		if e.Joined > 0 {
			e.Precision = e.Right / e.Joined
		}
		if e.Right+e.Missed > 0 {
			e.Recall = e.Right / (e.Right + e.Missed)
		}
		out[g] = e
	}
	return out, nil
}
