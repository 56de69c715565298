package matcher

import "github.com/casefold/casefold/mention"

// An Explanation is a score taken apart: Prior plus all contributions is
// Total, exactly.
type Explanation struct {
	Prior         int64          `json:"prior"`
	Contributions []Contribution `json:"contributions"`
	Total         int64          `json:"total"`
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
	plan    *plan
	weights *weights
	prior   int64
}

// NewExplainer prepares to explain pairs.
func NewExplainer(s *mention.Set, m *Model) *Explainer {
	return &Explainer{newPlan(s, m.comparisons()), m.weights(), m.Prior}
}

// Explain takes the score of two mentions apart.
func (x *Explainer) Explain(a, b uint32) Explanation {
	pattern := x.plan.pattern(min(a, b), max(a, b))
	out := Explanation{Prior: x.prior, Total: x.prior}
	for c, comp := range x.plan.comps {
		l := pattern.Level(c)
		w := int64(x.weights[c][l])
		out.Contributions = append(out.Contributions, Contribution{comp, l, comp.LevelName(l), w})
		out.Total += w
	}
	return out
}
