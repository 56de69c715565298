package engine

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/casefold/casefold/index/blocking"
	"github.com/casefold/casefold/matcher"
	"github.com/casefold/casefold/mention"
)

// BlockingOptions say what to look at.
type BlockingOptions struct {
	Suggest bool // search for rules, instead of looking at those in use
	Pairs   int  // the search's budget of candidate pairs; 0: about what the rules in use may cost
}

// A BlockingReport says what blocking rules cost and find, on the mentions of
// the last run.
type BlockingReport struct {
	Mentions int `json:"mentions"`
	Pairs    int `json:"pairs"` // candidates of all rules together
	// Truth says what the rules are held against: "prints", pairs that one
	// fingerprint number backs, with rules on numbers left out of the judgement;
	// or "model", the candidates by their chances.
	Truth      string         `json:"truth"`
	Witnesses  int            `json:"witnesses"`
	Matches    float64        `json:"matches"` // expected pairs of one person among the witnesses
	Found      float64        `json:"found"`
	RecallLow  float64        `json:"recall_low"`
	RecallHigh float64        `json:"recall_high"`
	Rules      []BlockingLine `json:"rules"`
}

// A BlockingLine is one rule of a report.
type BlockingLine struct {
	Rule            string  `json:"rule"`
	Pairs           int     `json:"pairs"`
	Marginal        int     `json:"marginal_pairs"`   // that no earlier rule proposes
	Matches         float64 `json:"matches"`          // expected among its pairs
	MarginalMatches float64 `json:"marginal_matches"` // that no earlier rule finds
	OnlyMatches     float64 `json:"only_matches"`     // that no other rule finds
	Largest         []int   `json:"largest_blocks"`
	Refined         int     `json:"refined_blocks"`
	Uncompared      int     `json:"uncompared_pairs"`
	Judged          bool    `json:"judged"`
}

// fewestWitnesses is the number of backed pairs from which they are the truth.
const fewestWitnesses = 200

// Blocking looks at the blocking rules in use, or at rules that a search
// suggests.
func (e *Engine) Blocking(ctx context.Context, o BlockingOptions) (*BlockingReport, error) {
	s, err := e.standing()
	if err != nil {
		return nil, err
	}
	options := blocking.Options{Workers: e.workers()}
	rules := blocking.Default(s.set)
	truth, err := e.blockingTruth(ctx, s.set, rules, options)
	if err != nil {
		return nil, err
	}
	if o.Suggest {
		task := e.options.Progress.Start("search rules", 0, "rules")
		if rules, err = blocking.Suggest(ctx, s.set, truth, blocking.SuggestOptions{Options: options, Pairs: o.Pairs}); err != nil {
			return nil, err
		}
		task.Done(fmt.Sprintf("%d rules", len(rules)))
	}
	c, err := blocking.Cover(ctx, s.set, rules, truth, options)
	if err != nil {
		return nil, err
	}
	return blockingReport(s.set.Len(), truth, c), nil
}

// blockingTruth is what the data themselves label, or else what the model
// expects of the candidates.
func (e *Engine) blockingTruth(ctx context.Context, set *mention.Set, rules []blocking.Rule, o blocking.Options) (blocking.Truth, error) {
	if t, ok := backedTruth(set); ok {
		return t, nil
	}
	model, err := e.currentModel()
	if err != nil {
		return blocking.Truth{}, err
	}
	if model == nil {
		return blocking.Truth{}, fmt.Errorf("%w: there is no model", ErrNotRun)
	}
	index, err := blocking.Build(ctx, set, rules, o)
	if err != nil {
		return blocking.Truth{}, err
	}
	scored, err := matcher.Score(ctx, set, model, index, matcher.LinkOptions{Workers: o.Workers}, model.Possible)
	if err != nil {
		return blocking.Truth{}, err
	}
	return expectedTruth(scored), nil
}

func blockingReport(mentions int, truth blocking.Truth, c *blocking.Coverage) *BlockingReport {
	r := &BlockingReport{Mentions: mentions, Pairs: c.Pairs, Truth: "model", Witnesses: c.Witnesses, Matches: c.Weight, Found: c.Found,
		RecallLow: c.Recall.Low, RecallHigh: c.Recall.High}
	if truth.Exact {
		r.Truth = "prints"
	}
	for _, x := range c.Rules {
		r.Rules = append(r.Rules, BlockingLine{Rule: x.Rule.String(), Pairs: x.Pairs, Marginal: x.Owned, Matches: x.Found, MarginalMatches: x.Marginal,
			OnlyMatches: x.Only, Largest: x.Sizes, Refined: x.Refined, Uncompared: x.Uncompared, Judged: !x.Hidden})
	}
	return r
}

// WriteText prints the report as a table.
func (r *BlockingReport) WriteText(w io.Writer) error {
	fmt.Fprintf(w, "%12s %12s %12s %12s %12s  %-22s %12s  %s\n", "pairs", "marginal", "matches", "marginal", "only here", "largest blocks", "uncompared", "rule")
	for _, l := range r.Rules {
		found := [3]string{"-", "-", "-"}
		if l.Judged {
			for i, v := range [...]float64{l.Matches, l.MarginalMatches, l.OnlyMatches} {
				found[i] = strconv.FormatFloat(v, 'f', 1, 64)
			}
		}
		fmt.Fprintf(w, "%12d %12d %12s %12s %12s  %-22s %12d  %s\n", l.Pairs, l.Marginal, found[0], found[1], found[2], sizes(l.Largest), l.Uncompared, l.Rule)
	}
	fmt.Fprintf(w, "\n%d candidate pairs of %d mentions (%.1f a mention)\n", r.Pairs, r.Mentions, float64(r.Pairs)/float64(max(r.Mentions, 1)))
	if r.Truth == "prints" {
		_, err := fmt.Fprintf(w, "of %.0f pairs that one fingerprint number backs, rules on other fields than numbers find %.0f: recall %.4f\n", r.Matches, r.Found, r.RecallLow)
		return err
	}
	_, err := fmt.Fprintf(w, "the model expects %.1f pairs of one person among the candidates of the rules in use; these rules find %.1f of them\nrecall, by the overlap of the rules: %s\n",
		r.Matches, r.Found, between(r.RecallLow, r.RecallHigh))
	return err
}

func sizes(list []int) string {
	var out []string
	for _, n := range list {
		out = append(out, strconv.Itoa(n))
	}
	return strings.Join(out, " ")
}
