package matcher

import (
	"context"
	"runtime"
	"slices"

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
	// Decisions are people's verdicts on pairs of mentions; of two on one pair,
	// the later stands.
	Decisions []Decision
	// Shelf, if set, takes the scored candidates part by part, where they come in
	// parts, and is asked for them first. It changes no result.
	Shelf mention.Shelf
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
	// Weakest is, per cluster (by its smallest mention), the join with the least
	// weight: Small is what would fall off if it were cut, and Weight minus
	// Threshold is the margin by which it holds. Joins that hold by 12 bits or
	// more, or that prints or a person's decision made, are not among them.
	Weakest   map[uint32]cluster.Join
	Threshold int64
	// Possible are the links between clusters that fell short or are forbidden,
	// by A, then B.
	Possible  []PossibleLink
	Conflicts []Conflict
	Expected  Expected
	Stats     Stats
}

// A PossibleLink is an edge between two clusters that is not strong enough, or
// is forbidden.
type PossibleLink struct {
	A, B   uint32 // clusters, by their smallest mention, A < B
	Weight int64  // score of the strongest pair between them
	Whole  int64  // score of the two clusters: what all pairs between them say together
	Reason casefold.LinkReason
	// MentionA (of A) and MentionB are that pair.
	MentionA, MentionB uint32
}

// Stats count what linking did.
type Stats struct {
	Pairs int // candidate pairs scored
	Edges int // pairs at or above the model's lower threshold
}

// A linker is one linking under way.
type linker struct {
	plan      *plan
	model     *Model
	scorer    *scorer
	verdicts  verdicts
	workers   int
	threshold int64
	edges     []cluster.Edge
	scored    int
	promised  int64 // expected matches among the candidates from the lower threshold on, in billionths
	events    bool  // some mention tells of a case or a booking
	forced    [][2]uint32
	conflicts []Conflict
}

// Link scores the candidates and clusters the mentions. The result is a
// function of the set, the model, the candidates and the decisions.
func Link(ctx context.Context, s *mention.Set, m *Model, pairs Pairs, o LinkOptions) (*Links, error) {
	floor := m.Possible
	if o.Threshold != nil {
		floor = min(floor, *o.Threshold)
	}
	x, err := score(ctx, s, m, pairs, floor, o)
	if err != nil {
		return nil, err
	}
	threshold := m.Link
	if o.Threshold != nil {
		threshold = *o.Threshold
	}
	return x.at(ctx, threshold)
}

// Sweep links at each of several thresholds; the pairs are scored once.
func Sweep(ctx context.Context, s *mention.Set, m *Model, pairs Pairs, o LinkOptions, thresholds []int64, each func(*Links) error) error {
	x, err := score(ctx, s, m, pairs, slices.Min(append(slices.Clone(thresholds), m.Possible)), o)
	if err != nil {
		return err
	}
	for _, t := range thresholds {
		l, err := x.at(ctx, t)
		if err != nil {
			return err
		}
		if err := each(l); err != nil {
			return err
		}
	}
	return nil
}

// weakMargin is how far above the threshold a join may lie and still be listed
// among the weakest, in thousandths of a bit: beyond it the odds of a wrong join
// are 4,000 times less than at the threshold.
const weakMargin = 12_000

// score finds the candidates that score at least the floor.
func score(ctx context.Context, s *mention.Set, m *Model, pairs Pairs, floor int64, o LinkOptions) (*linker, error) {
	x := &linker{plan: newPlan(s, m.comparisons(), m.frequencies()), model: m, scorer: newScorer(m), verdicts: newVerdicts(o.Decisions), workers: workers(o.Workers)}
	x.forced, x.conflicts = together(s, o.Decisions, x.verdicts)
	x.events = s.Cases.Told() || s.Bookings.Told() || s.Arrests.Told() || s.ArrestDays.Told() || s.CourtDays.Told()
	var tied []cluster.Edge
	var err error
	if parts, ok := pairs.(PairsInParts); ok && o.Shelf != nil {
		tied, err = x.scoreParts(ctx, parts, floor, o.Shelf)
	} else {
		var f scoredPairs
		f, err = x.scoreAll(floor, func(emit emitPairs) error { return pairs.Each(ctx, x.workers, 1, emit) })
		x.edges, x.scored, x.promised, tied = f.edges, f.scored, f.promised, f.tied
	}
	x.forced = append(x.forced, x.ties(tied)...)
	return x, err
}

// scoredPairs are candidates that were scored.
type scoredPairs struct {
	edges    []cluster.Edge // from the floor on
	tied     []cluster.Edge // rows of one event
	scored   int
	promised int64
	_        [64]byte // keeps workers' counters on lines of their own
}

type emitPairs = func(worker int, batch []mention.Pair)

// scoreAll scores what a stream gives.
func (x *linker) scoreAll(floor int64, stream func(emitPairs) error) (scoredPairs, error) {
	per := make([]scoredPairs, x.workers)
	limit := newBounds(x.scorer, x.model)
	err := stream(func(worker int, batch []mention.Pair) {
		f := &per[worker]
		f.scored += len(batch)
		for i, p := range batch {
			if i%fetched == 0 {
				x.plan.rows.fetch(batch[i:min(i+fetched, len(batch))])
			}
			pattern, ok := x.plan.reach(x.scorer, &limit, p.A, p.B, floor)
			if !ok {
				continue
			}
			score := x.scorer.score(pattern)
			if x.events && x.plan.tied(pattern) {
				f.tied = append(f.tied, cluster.Edge{A: p.A, B: p.B, Weight: int32(score)})
			}
			if score >= x.model.Possible {
				f.promised += chance(score)
			}
			if score >= floor {
				f.edges = append(f.edges, cluster.Edge{A: p.A, B: p.B, Weight: int32(score)})
			}
		}
	})
	all := per[0]
	for _, f := range per[1:] {
		all.edges = append(all.edges, f.edges...)
		all.tied = append(all.tied, f.tied...)
		all.scored += f.scored
		all.promised += f.promised
	}
	return all, err
}

// at clusters at a threshold.
func (x *linker) at(ctx context.Context, threshold int64) (*Links, error) {
	x.threshold = threshold
	res, err := cluster.Partition(ctx, x.plan.set.Len(), x.edges, cluster.Options{Workers: x.workers, Slots: x.scorer.slots, Best: x.scorer.best, Score: x.evidence,
		Threshold: threshold, Margin: weakMargin, Add: x.add, Denied: x.denied, Chance: chance, Together: x.forced})
	if err != nil {
		return nil, err
	}
	return &Links{Of: res.Of, Weakest: res.Weakest, Threshold: threshold, Possible: x.possibleLinks(res.Of), Conflicts: x.conflicts, Expected: x.expected(res),
		Stats: Stats{Pairs: x.scored, Edges: len(x.edges)}}, nil
}

// denied reports whether two mentions may not be joined automatically.
func (x *linker) denied(a, b uint32) bool {
	return denial(x.plan.set, x.verdicts, a, b) != ""
}

// add adds the evidence of a pair of mentions to that between two clusters.
func (x *linker) add(a, b uint32, to *cluster.Evidence) {
	p := x.plan.pattern(a, b)
	for c := range x.scorer.n {
		if l := p.Level(c); l != 0 {
			to.Add(c, int64(x.scorer.weight[c][l]), 1, x.scorer.best[c])
			if at := x.scorer.strongest[c]; at != 0 {
				to.Add(at, int64(x.scorer.weight[c][l]), 1, true)
			}
		}
	}
	for i := range x.scorer.kin {
		for j := range x.scorer.kin[i].fixed {
			f := &x.scorer.kin[i].fixed[j]
			if l := p.Level(f.at); l != 0 {
				to.Add(f.slot, int64(f.weight[l]), 1, x.scorer.best[f.slot])
			}
		}
	}
}

// evidence is the score of two clusters: the prior, the mean of what the pairs
// between them say in each comparison, with the strongest pair beside it where
// the comparison is of what a person keeps, and what differs again and again,
// and what these say for kin, taken off.
func (x *linker) evidence(e *cluster.Evidence) int64 {
	s := x.scorer
	mean := func(slot int) int64 {
		if e.Told[slot] == 0 {
			return 0
		}
		return e.Sum[slot] / int64(e.Told[slot])
	}
	said := func(c int) int64 {
		m := mean(c)
		if at := s.strongest[c]; at != 0 && e.Told[c] > 1 {
			m += (e.Sum[at] - m) / keptShare
		}
		return x.plan.repeated(m, c, e)
	}
	sum := s.prior
	for c := range s.n {
		sum += said(c)
	}
	return sum - s.kinship(said, func(f *fixedSlot) int64 { return mean(f.slot) })
}

// reason says why two clusters with an edge between them are not one.
func (x *linker) reason(l PossibleLink, members map[uint32][]uint32) casefold.LinkReason {
	for _, a := range members[l.A] {
		for _, b := range members[l.B] {
			if r := denial(x.plan.set, x.verdicts, a, b); r != "" {
				return r
			}
		}
	}
	if l.Weight >= x.threshold {
		return casefold.LinkChain
	}
	return casefold.LinkWeak
}
