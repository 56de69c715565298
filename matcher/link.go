package matcher

import (
	"context"
	"runtime"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/matcher/cluster"
	"github.com/casefold/casefold/mention"
)

func workers(n int) int {
	if n > 0 {
		return n
	}
	return runtime.GOMAXPROCS(0)
}

// LinkOptions govern Link. The zero value means the defaults.
type LinkOptions struct {
	Workers int
	// Threshold, if set, replaces the model's link threshold.
	Threshold *int64
	// Decisions are people's verdicts on pairs of mentions.
	Decisions []Decision
}

// A Decision is a person's verdict on two mentions.
type Decision struct {
	A, B uint32
	Same bool
}

// Links is a partition of the mentions into persons, with what is left between
// them.
type Links struct {
	// Of is, per mention, the smallest mention of its cluster.
	Of []uint32
	// Weakest is, per cluster of two mentions or more (by its smallest), the
	// join with the least weight.
	Weakest  map[uint32]cluster.Join
	Possible []PossibleLink
	Stats    Stats
}

// A PossibleLink is an edge between two clusters that is not strong enough, or
// is forbidden.
type PossibleLink struct {
	A, B   uint32 // clusters, by their smallest mention, A < B
	Weight int64
	Reason casefold.LinkReason
	// MentionA and MentionB are the strongest pair between them.
	MentionA, MentionB uint32
}

// Stats count what linking did.
type Stats struct {
	Pairs int // candidate pairs scored
	Edges int // pairs at or above the model's lower threshold
}

// Link scores the candidates and clusters the mentions.
func Link(ctx context.Context, s *mention.Set, m *Model, pairs Pairs, o LinkOptions) (*Links, error) {
	p, w := newPlan(s, m.comparisons()), m.weights()
	threshold := m.Link
	if o.Threshold != nil {
		threshold = *o.Threshold
	}
	edges, scored, err := edges(ctx, p, w, m.Prior, min(m.Possible, threshold), pairs, workers(o.Workers))
	if err != nil {
		return nil, err
	}
	n := len(p.comps)
	res := cluster.Partition(s.Len(), edges, cluster.Options{Comparisons: n, Prior: m.Prior, Threshold: threshold,
		Add: func(a, b uint32, to *cluster.Evidence) {
			x := p.pattern(a, b)
			for c := range n {
				if l := x.Level(c); l != 0 {
					to.Sum[c] += int64(w[c][l])
					to.Told[c]++
				}
			}
		}})
	out := &Links{Of: res.Of, Weakest: res.Weakest, Stats: Stats{Pairs: scored, Edges: len(edges)}}
	return out, nil
}

// edges are the candidates that score at least the floor.
func edges(ctx context.Context, p *plan, w *weights, prior, floor int64, pairs Pairs, workers int) ([]cluster.Edge, int, error) {
	type found struct {
		edges  []cluster.Edge
		scored int
		_      [64]byte // keeps workers' counters on lines of their own
	}
	per := make([]found, workers)
	n := len(p.comps)
	err := pairs.Each(ctx, workers, 1, func(worker int, batch []mention.Pair) {
		f := &per[worker]
		f.scored += len(batch)
		for _, x := range batch {
			if score := prior + w.score(p.pattern(x.A, x.B), n); score >= floor {
				f.edges = append(f.edges, cluster.Edge{A: x.A, B: x.B, Weight: int32(score)})
			}
		}
	})
	var out []cluster.Edge
	scored := 0
	for _, f := range per {
		out = append(out, f.edges...)
		scored += f.scored
	}
	return out, scored, err
}
