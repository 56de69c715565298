package engine

import (
	"context"
	"strings"
	"testing"
)

// TestBlockingIsReported: the county's prints are the truth; the rules in use
// and those that a search suggests find nearly all, and the sums hold.
func TestBlockingIsReported(t *testing.T) {
	e, _ := ranCounty(t, 400)
	ctx := context.Background()
	for _, suggest := range []bool{false, true} {
		r, err := e.Blocking(ctx, BlockingOptions{Suggest: suggest})
		if err != nil {
			t.Fatal(err)
		}
		if r.Truth != "prints" || r.Witnesses < fewestWitnesses || r.RecallLow < .97 || r.RecallLow != r.Found/r.Matches {
			t.Errorf("suggest %v: %+v", suggest, r)
		}
		pairs, found := 0, 0.0
		for _, l := range r.Rules {
			pairs += l.Marginal
			found += l.MarginalMatches
			if l.Judged == strings.HasPrefix(l.Rule, "id:") || l.MarginalMatches > l.Matches || l.OnlyMatches > l.Matches || l.Marginal > l.Pairs {
				t.Errorf("rule %+v", l)
			}
		}
		if pairs != r.Pairs || found != r.Found {
			t.Errorf("suggest %v: marginal pairs add up to %d of %d, marginal matches to %g of %g", suggest, pairs, r.Pairs, found, r.Found)
		}
		var text strings.Builder
		if err := r.WriteText(&text); err != nil || !strings.Contains(text.String(), "recall 0.9") && !strings.Contains(text.String(), "recall 1") {
			t.Errorf("%v\n%s", err, text.String())
		}
	}
}
