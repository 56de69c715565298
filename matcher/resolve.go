package matcher

import (
	"cmp"
	"slices"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/matcher/cluster"
	"github.com/casefold/casefold/mention"
)

// A Resolver says which of a set's clusters a mention from outside belongs to.
// Pairs are compared and scored by the code that links in bulk, on a small set
// of the mentions concerned: a score is the bulk's to the bit, because the model
// brings the frequencies along. It is immutable, and safe for concurrent use.
type Resolver struct {
	set       *mention.Set
	model     *Model
	scorer    *scorer
	freq      *frequencies
	threshold int64
	of        []uint32 // cluster of each mention, by its smallest
	start     []uint32 // members of the cluster of mention i: member[start[i]:start[i+1]]
	member    []uint32
}

// A Resolved is a cluster that a mention from outside may belong to.
type Resolved struct {
	Cluster uint32 // by its smallest mention
	Mention uint32 // of the cluster: the one that agrees best
	Pair    int64  // score of that pair, in thousandths of a bit
	// Weight is what all pairs between the mention and the cluster say: the
	// score by which clustering joins.
	Weight int64
	// Link: they are one. Where several clusters reach the threshold, only the
	// strongest is linked; the mention would chain it to the others.
	Link bool
	// Certain: a number that one issuer's own prints assert on both sides; or
	// both tell of one event, and nothing forbids the link.
	Certain bool
	Reason  casefold.LinkReason // why not linked; "" if linked
	Why     Explanation         // of the best pair

	tied bool // some pair tells of one event
}

// NewResolver prepares to resolve mentions against a set whose clusters are
// known: of is, per mention, the smallest of its cluster, as Links.Of.
func NewResolver(s *mention.Set, m *Model, of []uint32, threshold int64) *Resolver {
	r := &Resolver{set: s, model: m, scorer: newScorer(m), freq: m.frequencies().pin(), threshold: threshold, of: of}
	r.start, r.member = clusterMembers(of)
	return r
}

// members are the mentions of a cluster.
func (r *Resolver) members(c uint32) []uint32 { return r.member[r.start[c]:r.start[c+1]] }

// A resolving compares mentions of the set, numbered as they are listed, with
// one from outside, numbered behind them.
type resolving struct {
	linker
	own uint32
}

func (r *Resolver) against(other *mention.Set, m uint32, list []uint32) resolving {
	small := mention.Choose(mention.Choice{Set: r.set, Mentions: list}, mention.Choice{Set: other, Mentions: []uint32{m}})
	return resolving{linker{plan: newPlan(small, r.model.comparisons(), r.freq), model: r.model, scorer: r.scorer, threshold: r.threshold}, uint32(len(list))}
}

// Scores are the scores of mention m of another set with each of the listed.
func (r *Resolver) Scores(other *mention.Set, m uint32, list []uint32) []int64 {
	x := r.against(other, m, list)
	out := make([]int64, len(list))
	for i := range out {
		out[i] = x.scorer.score(x.plan.pattern(uint32(i), x.own))
	}
	return out
}

// Explain takes the score of mention m of another set with mention n apart.
func (r *Resolver) Explain(other *mention.Set, m, n uint32) Explanation {
	x := r.against(other, m, []uint32{n})
	return (&Explainer{x.plan, x.scorer}).Explain(0, x.own)
}

// Resolve finds the clusters that mention m of another set may belong to, the
// strongest first. candidates are the mentions to compare it with.
func (r *Resolver) Resolve(other *mention.Set, m uint32, candidates []uint32) []Resolved {
	found := r.best(r.against(other, m, candidates), candidates)
	if len(found) == 0 {
		return nil
	}
	var list []uint32
	for i := range found {
		list = append(list, r.members(found[i].Cluster)...)
	}
	x := r.against(other, m, list)
	from := uint32(0)
	for i := range found {
		f := &found[i]
		to := from + uint32(len(r.members(f.Cluster)))
		x.weigh(f, from, to)
		at := from + uint32(slices.Index(r.members(f.Cluster), f.Mention))
		f.Why = (&Explainer{x.plan, x.scorer}).Explain(at, x.own)
		from = to
	}
	slices.SortFunc(found, func(a, b Resolved) int {
		return cmp.Or(-compareBool(a.Certain, b.Certain), -cmp.Compare(a.Weight, b.Weight), cmp.Compare(a.Cluster, b.Cluster))
	})
	r.decide(found)
	return found
}

// best are the clusters with a pair worth a look, by cluster, each with its
// strongest pair.
func (r *Resolver) best(x resolving, candidates []uint32) []Resolved {
	best := map[uint32]Resolved{}
	for i, n := range candidates {
		pattern := x.plan.pattern(uint32(i), x.own)
		score, certain, tied := x.scorer.score(pattern), sharesAsserted(x.plan.set, uint32(i), x.own), x.plan.tied(pattern)
		if score < r.model.Possible && !certain && !tied {
			continue
		}
		f, ok := best[r.of[n]]
		if !ok || score > f.Pair || score == f.Pair && n < f.Mention {
			f.Mention, f.Pair = n, score
		}
		f.Cluster, f.Certain, f.tied = r.of[n], f.Certain || certain, f.tied || tied
		best[r.of[n]] = f
	}
	out := make([]Resolved, 0, len(best))
	for _, f := range best {
		out = append(out, f)
	}
	slices.SortFunc(out, func(a, b Resolved) int { return cmp.Compare(a.Cluster, b.Cluster) })
	return out
}

// weigh sets what all pairs with a cluster say, and what forbids to join it.
func (x *resolving) weigh(f *Resolved, from, to uint32) {
	e := cluster.Evidence{Sum: make([]int64, x.scorer.slots), Told: make([]int32, x.scorer.slots)}
	for i := from; i < to; i++ {
		x.add(i, x.own, &e)
		if f.Reason == "" {
			f.Reason = denial(x.plan.set, nil, i, x.own)
		}
	}
	f.Weight = x.evidence(&e)
	f.Certain = f.Certain || f.tied && f.Reason == ""
}

// decide links the strongest cluster that may be linked and reaches the
// threshold, and says of the others why they are not.
func (r *Resolver) decide(found []Resolved) {
	linked := false
	for i := range found {
		f := &found[i]
		switch {
		case f.Certain:
			f.Link, f.Reason, linked = true, "", true
		case f.Reason != "":
		case f.Weight < r.threshold:
			f.Reason = casefold.LinkWeak
			if f.Pair >= r.threshold {
				f.Reason = casefold.LinkChain
			}
		case linked:
			f.Reason = casefold.LinkChain
		default:
			f.Link, linked = true, true
		}
	}
}

// sharesAsserted: one issuer's own prints assert one number for both.
func sharesAsserted(s *mention.Set, a, b uint32) bool {
	for _, x := range s.Identifiers.Of(a) {
		if x.How == mention.Asserted && slices.Contains(s.Identifiers.Of(b), x) {
			return true
		}
	}
	return false
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}
