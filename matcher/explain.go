package matcher

import "github.com/casefold/casefold/mention"

// An Explanation is a score taken apart: Prior plus all contributions plus
// Kinship is Total, exactly.
type Explanation struct {
	Prior         int64          `json:"prior"`
	Contributions []Contribution `json:"contributions"`
	// Kinship is what is taken off because relatives, twins, or a father and a
	// son of one name show the same; 0 or less.
	Kinship int64 `json:"kinship"`
	Total   int64 `json:"total"`
}

// A Contribution is what one comparison says, in thousandths of a bit.
type Contribution struct {
	Comparison Comparison `json:"comparison"`
	Level      uint8      `json:"level"`
	Says       string     `json:"says"` // the level in words
	Weight     int64      `json:"weight"`
}

// An Explainer explains pairs of one set under one model.
type Explainer struct {
	plan   *plan
	scorer *scorer
}

// NewExplainer prepares to explain pairs.
func NewExplainer(s *mention.Set, m *Model) *Explainer {
	return &Explainer{newPlan(s, m.comparisons(), m.frequencies()), newScorer(m)}
}

// Explain takes the score of two mentions apart.
func (x *Explainer) Explain(a, b uint32) Explanation {
	pattern := x.plan.pattern(min(a, b), max(a, b))
	out := Explanation{Prior: x.scorer.prior, Total: x.scorer.score(pattern)}
	sum := out.Prior
	for c, comp := range x.plan.comps {
		l := pattern.Level(c)
		w := int64(x.scorer.weight[c][l])
		out.Contributions = append(out.Contributions, Contribution{comp, l, comp.LevelName(l), w})
		sum += w
	}
	out.Kinship = out.Total - sum
	return out
}
