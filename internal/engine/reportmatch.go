package engine

import (
	"cmp"
	"context"
	"math"
	"slices"
	"sync"

	"github.com/casefold/casefold/index/blocking"
	"github.com/casefold/casefold/matcher"
	"github.com/casefold/casefold/mention"
)

// Matching is how the matcher worked on the mentions of the last run: what
// each blocking rule proposed and found, how the weights of pairs are spread,
// and how much evidence the mentions carry at all.
type Matching struct {
	Blocking *BlockingReport `json:"blocking"`
	Pairs    int64           `json:"pairs"`
	Link     int64           `json:"link_threshold"` // in thousandths of a bit, as all weights
	Possible int64           `json:"possible_threshold"`

	// Sampled pairs stand for Pairs: every pair whose hash falls below a limit.
	Sampled int         `json:"sampled_pairs"`
	Weights []WeightBin `json:"weights"`

	// SelfSampled mentions were compared with themselves: what even a perfect
	// repetition of a mention weighs is the most that it can ever weigh.
	SelfSampled int         `json:"self_sampled"`
	Self        []WeightBin `json:"self"`
	Unlinkable  int         `json:"unlinkable"` // of these, below the link threshold
}

// A WeightBin counts scores from From (inclusive) to From plus one bit.
type WeightBin struct {
	From   int64 `json:"from_bits"`
	Two    int64 `json:"two_persons"` // pairs that the run holds to be two persons
	One    int64 `json:"one_person"`  // pairs that it holds to be one
	Single int64 `json:"mentions,omitempty"`
	// Expected is how many of the pairs are of one person by the model's own
	// chances: a score of w bits is odds of 2^w.
	Expected float64 `json:"expected_one_person"`
}

// Limits of what is scored for a report.
const (
	sampledPairs    = 100_000
	sampledMentions = 20_000
)

// SummaryOfMatching works the candidates out again and scores a sample of
// them.
func (e *Engine) SummaryOfMatching(ctx context.Context) (*Matching, error) {
	model, err := e.currentModel()
	if err != nil || model == nil {
		return nil, err
	}
	m := &Matching{Link: e.threshold(model), Possible: model.Possible}
	task := e.options.Progress.Start("blocking rules", 0, "rules")
	if m.Blocking, err = e.Blocking(ctx, BlockingOptions{}); err != nil {
		return nil, err
	}
	task.Done("")
	task = e.options.Progress.Start("weigh pairs", 0, "pairs")
	s, err := e.standing()
	if err != nil {
		return nil, err
	}
	index, err := blocking.Build(ctx, s.set, blocking.Default(s.set), blocking.Options{Workers: e.workers()})
	if err != nil {
		return nil, err
	}
	pairs, err := m.sample(ctx, index, e.workers())
	if err != nil {
		return nil, err
	}
	x := matcher.NewExplainer(s.set, model)
	m.weigh(s, x, pairs)
	m.weighSelf(s, x)
	task.Done("")
	return m, ctx.Err()
}

// sample streams all pairs, counts them and keeps those of a small hash.
func (m *Matching) sample(ctx context.Context, index *blocking.Index, workers int) ([]mention.Pair, error) {
	limit := ^uint64(0)
	if n := m.Blocking.Pairs; n > sampledPairs {
		limit = uint64(float64(limit) / float64(n) * sampledPairs)
	}
	var mu sync.Mutex
	var kept []mention.Pair
	err := index.Each(ctx, workers, 1, func(_ int, pairs []mention.Pair) {
		var mine []mention.Pair
		for _, p := range pairs {
			if pairHash(p) <= limit {
				mine = append(mine, p)
			}
		}
		mu.Lock()
		defer mu.Unlock()
		m.Pairs += int64(len(pairs))
		kept = append(kept, mine...)
	})
	return kept, err
}

// pairHash spreads pairs evenly, whichever way round they stand.
func pairHash(p mention.Pair) uint64 {
	x := uint64(min(p.A, p.B))<<32 | uint64(max(p.A, p.B))
	x ^= x >> 33
	x *= 0xff51afd7ed558ccd
	x ^= x >> 33
	x *= 0xc4ceb9fe1a85ec53
	return x ^ x>>33
}

// weigh scores the sampled pairs and tells those of one person apart.
func (m *Matching) weigh(s *standing, x *matcher.Explainer, pairs []mention.Pair) {
	// Sums of fractions depend on their order, so the order is that of content.
	slices.SortFunc(pairs, func(a, b mention.Pair) int { return cmp.Or(cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B)) })
	bins := map[int64]*WeightBin{}
	for _, p := range pairs {
		total := x.Explain(p.A, p.B).Total
		b := binOf(bins, total)
		b.Expected += 1 / (1 + math.Exp2(-float64(total)/1000))
		if s.person[p.A] == s.person[p.B] {
			b.One++
		} else {
			b.Two++
		}
	}
	m.Sampled, m.Weights = len(pairs), sortedBins(bins)
}

// weighSelf compares mentions with themselves.
func (m *Matching) weighSelf(s *standing, x *matcher.Explainer) {
	bins := map[int64]*WeightBin{}
	step := max(1, s.set.Len()/sampledMentions)
	for i := 0; i < s.set.Len(); i += step {
		total := x.Explain(uint32(i), uint32(i)).Total
		binOf(bins, total).Single++
		m.SelfSampled++
		if total < m.Link {
			m.Unlinkable++
		}
	}
	m.Self = sortedBins(bins)
}

func binOf(bins map[int64]*WeightBin, weight int64) *WeightBin {
	from := weight / 1000
	if weight < 0 && weight%1000 != 0 {
		from--
	}
	b := bins[from]
	if b == nil {
		b = &WeightBin{From: from}
		bins[from] = b
	}
	return b
}

func sortedBins(bins map[int64]*WeightBin) []WeightBin {
	out := make([]WeightBin, 0, len(bins))
	for _, b := range bins {
		out = append(out, *b)
	}
	slices.SortFunc(out, func(a, b WeightBin) int { return int(a.From - b.From) })
	return out
}
