package engine

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/index/blocking"
	"github.com/casefold/casefold/internal/store"
	"github.com/casefold/casefold/matcher"
	"github.com/casefold/casefold/matcher/evaluate"
	"github.com/casefold/casefold/mention"
)

// AccuracyOptions of an estimate. Zero values mean the defaults.
type AccuracyOptions struct {
	Seed  uint64  // of the draws
	Share float64 // of the fingerprinted persons to hide; 0: hideShare
}

// hideShare is the share of fingerprinted persons who lose their numbers: enough
// to count errors on, few enough that the others are linked as ever.
const hideShare = .2

// keptBits is how far down candidates are kept for what the model expects to be
// missed: a score of -10 bits is one chance in a thousand.
const keptBits = -10_000

// An AccuracyReport says how right the links are, without labels.
type AccuracyReport struct {
	Link     float64 `json:"link_bits"`
	Mentions int     `json:"mentions"`
	// Expected is what the model's own chances say; BlockingLow and BlockingHigh
	// bound the share of pairs that are candidates at all, and Recall is the
	// range with both taken together.
	Expected     matcher.Expected `json:"expected"`
	BlockingLow  float64          `json:"blocking_recall_low"`
	BlockingHigh float64          `json:"blocking_recall_high"`
	RecallLow    float64          `json:"recall_low"`
	RecallHigh   float64          `json:"recall_high"`
	Groups       []ExpectedGroup  `json:"expected_groups"`
	// Hidden is what hidden fingerprint numbers show; nil where the data hold
	// too few.
	Hidden *HiddenReport   `json:"hidden,omitempty"`
	Curve  []AccuracyPoint `json:"curve"`
}

// An ExpectedGroup is what the model expects of one group's mentions.
type ExpectedGroup struct {
	Dimension  string `json:"dimension"`
	Group      string `json:"group"`
	Suppressed bool   `json:"suppressed,omitempty"`
	matcher.GroupExpected
}

// A HiddenReport is the estimate from hidden persons.
type HiddenReport struct {
	Number   string  `json:"number"` // the sort of fingerprint number: kind and issuer
	Seed     uint64  `json:"seed"`
	Share    float64 `json:"share"`
	Mentions int     `json:"hidden_mentions"`
	evaluate.SampleReport
}

// An AccuracyPoint is one threshold of the curve.
type AccuracyPoint struct {
	Bits              float64           `json:"bits"`
	ExpectedPrecision float64           `json:"expected_precision"`
	ExpectedRecall    float64           `json:"expected_recall"` // of candidates
	Hidden            *evaluate.Measure `json:"hidden,omitempty"`
}

// Accuracy estimates how right the links are that the pinned model makes of the
// sources as they are now.
func (e *Engine) Accuracy(ctx context.Context, o AccuracyOptions) (*AccuracyReport, error) {
	if o.Share == 0 {
		o.Share = hideShare
	}
	a := &accuracy{e: e, options: o, report: &AccuracyReport{}}
	var err error
	if a.model, err = e.currentModel(); err != nil {
		return nil, err
	}
	if a.model == nil {
		return nil, fmt.Errorf("%w: there is no model", ErrNotRun)
	}
	run, err := e.lastRun()
	if err != nil {
		return nil, err
	}
	a.asOf, a.threshold = run.AsOf, e.threshold(a.model)
	a.report.Link = float64(a.threshold) / 1000
	if a.sources, err = e.reread(ctx); err != nil {
		return nil, err
	}
	if err := a.expect(ctx); err != nil {
		return nil, err
	}
	return a.report, a.hide(ctx)
}

// An accuracy is an estimate under way.
type accuracy struct {
	e         *Engine
	options   AccuracyOptions
	report    *AccuracyReport
	model     *matcher.Model
	asOf      casefold.Day
	threshold int64
	sources   []*sourceRows
	hider     evaluate.Hider // by the number that most mentions are known by
}

// linking is one way to look at the sources' records: linked, with their
// groups.
type linking struct {
	pop    *population
	groups *grouper
	index  *blocking.Index
	scored *matcher.Scored
}

// link links the records, each edited first.
func (a *accuracy) link(ctx context.Context, stage string, edit func(*casefold.Record), decided []casefold.Decision) (*linking, error) {
	var rows int64
	for _, s := range a.sources {
		rows += int64(s.set.rows)
	}
	task := a.e.options.Progress.Start(stage, rows, "rows")
	l := &linking{groups: newGrouper(a.asOf)}
	var err error
	l.pop, err = populateEdited(ctx, a.sources, a.e.project.Sources, task, func(rec *casefold.Record) {
		l.groups.see(rec)
		if edit != nil {
			edit(rec)
		}
	})
	if err != nil {
		return nil, err
	}
	if l.index, err = l.pop.candidates(ctx, a.e.workers()); err != nil {
		return nil, err
	}
	options := a.e.linkOptions(l.pop.verdicts(decided))
	l.scored, err = matcher.Score(ctx, l.pop.set, a.model, l.index, options, min(keptBits, a.threshold))
	task.Done(fmt.Sprintf("%d mentions", l.pop.set.Len()))
	return l, err
}

// expect asks the model.
func (a *accuracy) expect(ctx context.Context) error {
	var decided []casefold.Decision
	err := a.e.store.View(func(tx *store.Tx) (err error) {
		decided, err = store.Decisions.All(tx, "")
		return err
	})
	if err != nil {
		return err
	}
	l, err := a.link(ctx, "link", nil, decided)
	if err != nil {
		return err
	}
	r := a.report
	r.Mentions = l.pop.set.Len()
	a.hider = hiderOf(l.pop.set)
	links, err := l.scored.At(ctx, a.threshold)
	if err != nil {
		return err
	}
	r.Expected = links.Expected
	if err := a.blockingRecall(ctx, l); err != nil {
		return err
	}
	share := l.candidateShare(links.Of)
	r.RecallLow, r.RecallHigh = wholeRecall(r.Expected, share, r.BlockingLow), wholeRecall(r.Expected, share, r.BlockingHigh)
	if err := a.expectGroups(ctx, l, links.Of); err != nil {
		return err
	}
	return l.scored.Sweep(ctx, sweepThresholds(a.threshold, a.model.Possible), func(c matcher.Cut) error {
		r.Curve = append(r.Curve, AccuracyPoint{Bits: float64(c.Threshold) / 1000, ExpectedPrecision: c.Expected.Precision, ExpectedRecall: c.Expected.Recall})
		return nil
	})
}

// mostMembers bounds the mentions of one cluster whose pairs are looked at.
const mostMembers = 200

// candidateShare is the share of joined pairs that were candidates; the others
// were joined through third mentions.
func (l *linking) candidateShare(of []uint32) float64 {
	members := map[uint32][]uint32{}
	for m, first := range of {
		if len(members[first]) < mostMembers {
			members[first] = append(members[first], uint32(m))
		}
	}
	joined, candidates := 0, 0
	for _, list := range members {
		for i, a := range list {
			for _, b := range list[i+1:] {
				joined++
				if l.index.Holds(a, b) > 0 {
					candidates++
				}
			}
		}
	}
	if joined == 0 {
		return 1
	}
	return float64(candidates) / float64(joined)
}

// wholeRecall is the recall of all pairs of one person, if blocking makes a
// share of them candidates: the right pairs that are joined, whether they were
// candidates or not, of the candidates that are one person, scaled up. It is not
// held to be better than among candidates.
func wholeRecall(x matcher.Expected, share, blocked float64) float64 {
	all := x.Right*share + x.Missed
	if all == 0 {
		return 1
	}
	return min(x.Right*blocked/all, x.Recall)
}

// blockingRecall bounds what blocking loses, from prints if there are any, else
// from the overlap of the rules.
func (a *accuracy) blockingRecall(ctx context.Context, l *linking) error {
	truth := l.truth()
	c, err := blocking.Cover(ctx, l.pop.set, l.index.Rules(), truth, blocking.Options{Workers: a.e.workers()})
	if err != nil {
		return err
	}
	a.report.BlockingLow, a.report.BlockingHigh = c.Recall.Low, c.Recall.High
	return nil
}

func (l *linking) truth() blocking.Truth {
	if t, ok := backedTruth(l.pop.set); ok {
		return t
	}
	return expectedTruth(l.scored)
}

// fewestPersons is the number of persons below which no group is told of.
const fewestPersons = 11

// expectGroups divides what the model expects among groups.
func (a *accuracy) expectGroups(ctx context.Context, l *linking, of []uint32) error {
	for d, word := range dimensions {
		group := l.groups.ofMention(d, l.pop.set)
		names := l.groups.names[d]
		persons := make([]int, len(names))
		for m, first := range of {
			if uint32(m) == first {
				persons[group[m]]++
			}
		}
		expected, err := l.scored.ExpectedBy(ctx, a.threshold, group, len(names))
		if err != nil {
			return err
		}
		var out []ExpectedGroup
		for g := range names {
			if persons[g] > 0 {
				out = append(out, ExpectedGroup{Dimension: word, Group: cmp.Or(names[g], "not told"), GroupExpected: expected[g], Suppressed: persons[g] < fewestPersons})
			}
		}
		slices.SortFunc(out, func(x, y ExpectedGroup) int { return cmp.Compare(x.Group, y.Group) })
		for i := range out {
			if out[i].Suppressed {
				out[i].GroupExpected = matcher.GroupExpected{}
			}
		}
		a.report.Groups = append(a.report.Groups, out...)
	}
	return nil
}

// hiderOf hides by the sort of number that prints give to the most mentions.
func hiderOf(set *mention.Set) evaluate.Hider {
	count := make([]int, len(set.Issuers))
	for m := range uint32(set.Len()) {
		for _, id := range set.Identifiers.Of(m) {
			if id.How >= mention.Print {
				count[id.Issuer]++
			}
		}
	}
	var h evaluate.Hider
	most := 0
	for i, n := range count {
		if n > most {
			h.Kind, h.Issuer, most = set.Issuers[i].Kind, set.Issuers[i].Name, n
		}
	}
	return h
}

// hide takes the numbers of some persons away, links, and counts.
func (a *accuracy) hide(ctx context.Context) error {
	var person []string
	var hidden []bool
	a.hider.Share, a.hider.Seed = a.options.Share, a.options.Seed
	l, err := a.link(ctx, "link hidden persons", func(rec *casefold.Record) {
		linked, who, taken := a.hider.Hide(rec)
		*rec = linked
		person, hidden = append(person, who), append(hidden, taken)
	}, nil)
	if err != nil {
		return err
	}
	sample, n := l.sample(person, hidden)
	if n < fewestPersons {
		return nil
	}
	links, err := l.scored.At(ctx, a.threshold)
	if err != nil {
		return err
	}
	sample.Cluster = links.Of
	a.report.Hidden = &HiddenReport{Number: string(a.hider.Kind) + " of " + a.hider.Issuer, Seed: a.options.Seed, Share: a.options.Share, Mentions: n, SampleReport: *sample.Measure(a.options.Seed)}
	at := 0
	return l.scored.Sweep(ctx, sweepThresholds(a.threshold, a.model.Possible), func(c matcher.Cut) error {
		sample.Cluster = c.Of
		m := sample.Pairwise()
		a.report.Curve[at].Hidden = &m
		at++
		return nil
	})
}

// sample is the mentions with the persons that their records' numbers name; n is
// how many are hidden.
func (l *linking) sample(person []string, hidden []bool) (s *evaluate.Sample, n int) {
	set := l.pop.set
	s = &evaluate.Sample{Person: make([]string, set.Len()), Hidden: make([]bool, set.Len()), Source: make([]string, set.Len()), Dimensions: l.groups.dimensions(set)}
	for m := range uint32(set.Len()) {
		for _, r := range set.Records(m) {
			if s.Person[m] == "" {
				s.Person[m], s.Hidden[m] = person[r], hidden[r]
			}
		}
		s.Source[m] = set.SourceOf(int(set.Records(m)[0]))
		if s.Hidden[m] {
			n++
		}
	}
	return s, n
}

// backedTruth is the pairs that prints back, if there are enough of them.
func backedTruth(set *mention.Set) (blocking.Truth, bool) {
	backed := blocking.Backed(set)
	t := blocking.Truth{Witnesses: backed, Exact: true}
	for _, k := range identifierKinds {
		t.Hidden = append(t.Hidden, string(k))
	}
	return t, len(backed) >= fewestWitnesses
}

// expectedTruth is the candidates with the chances that the model gives them.
func expectedTruth(scored *matcher.Scored) (t blocking.Truth) {
	scored.Each(func(p mention.Pair, chance float64) {
		t.Witnesses = append(t.Witnesses, blocking.Witness{Pair: p, Weight: chance})
	})
	return t
}
