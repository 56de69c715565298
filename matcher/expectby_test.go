package matcher_test

import (
	"context"
	"math"
	"testing"

	"github.com/casefold/casefold/index/blocking"
	"github.com/casefold/casefold/matcher"
)

// TestGroupsShareWhatIsExpected: divided among groups, the joined pairs and what
// is expected of them add up to the whole, with any number of workers.
func TestGroupsShareWhatIsExpected(t *testing.T) {
	ctx := context.Background()
	records, _ := town(600, 14)
	x, _ := linkAll(t, records, ascending(len(records)), 2, nil)
	index, err := blocking.Build(ctx, x.set, blocking.Default(x.set), blocking.Options{})
	if err != nil {
		t.Fatal(err)
	}
	group := make([]uint16, x.set.Len())
	for m := range group {
		group[m] = uint16(m % 3)
	}
	var before []matcher.GroupExpected
	for _, workers := range []int{1, 3} {
		scored, err := matcher.Score(ctx, x.set, x.model, index, matcher.LinkOptions{Workers: workers}, -20_000)
		if err != nil {
			t.Fatal(err)
		}
		got, err := scored.ExpectedBy(ctx, x.model.Link, group, 3)
		if err != nil {
			t.Fatal(err)
		}
		want := x.links.Expected
		joined, right, missed := 0.0, 0.0, 0.0
		for g, e := range got {
			joined, right, missed = joined+e.Joined, right+e.Right, missed+e.Missed
			if before != nil && before[g] != e {
				t.Errorf("%d workers: %+v, one: %+v", workers, e, before[g])
			}
		}
		if joined != float64(want.Joined) || math.Abs(right-want.Right) > 1e-6*right || math.Abs(missed-want.Missed) > .02*want.Missed+.5 {
			t.Errorf("groups add up to %g joined, %g right, %g missed; all: %+v", joined, right, missed, want)
		}
		before = got
	}
}
