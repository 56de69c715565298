package matcher_test

import (
	"context"
	"reflect"
	"slices"
	"testing"

	"github.com/casefold/casefold/index/blocking"
	"github.com/casefold/casefold/matcher"
)

// TestLinkingScoredPairsIsLinking: what was scored once gives, at every
// threshold, what linking anew gives.
func TestLinkingScoredPairsIsLinking(t *testing.T) {
	records, _ := town(1100, 12)
	x, _ := linkAll(t, records, ascending(len(records)), 2, nil)
	ctx := context.Background()
	index, err := blocking.Build(ctx, x.set, blocking.Default(x.set), blocking.Options{})
	if err != nil {
		t.Fatal(err)
	}
	scored, err := matcher.Score(ctx, x.set, x.model, index, matcher.LinkOptions{Workers: 2}, -9000)
	if err != nil {
		t.Fatal(err)
	}
	sizes := map[int]bool{}
	for _, th := range []int64{-9000, -7000, -3000, 0, 4000, 20_000} {
		want, err := matcher.Link(ctx, x.set, x.model, index, matcher.LinkOptions{Workers: 1, Threshold: &th})
		if err != nil {
			t.Fatal(err)
		}
		got, err := scored.At(ctx, th)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("at %d: %d joined pairs, %d possible links; linking anew gives %d, %d", th, got.Expected.Joined, len(got.Possible), want.Expected.Joined, len(want.Possible))
		}
		sizes[got.Expected.Joined] = true
	}
	// The same by one sweep, down to the model's lower threshold.
	thresholds := []int64{x.model.Possible, 0, 20_000, -3000, 4000}
	seen := 0
	err = scored.Sweep(ctx, thresholds, func(c matcher.Cut) error {
		want, err := matcher.Link(ctx, x.set, x.model, index, matcher.LinkOptions{Workers: 1, Threshold: &c.Threshold})
		if err != nil {
			return err
		}
		if !slices.Equal(c.Of, want.Of) || c.Expected != want.Expected {
			t.Errorf("sweep at %d: %+v, linking anew gives %+v", c.Threshold, c.Expected, want.Expected)
		}
		seen++
		return nil
	})
	if err != nil || seen != len(thresholds) {
		t.Errorf("%d of %d thresholds swept, %v", seen, len(thresholds), err)
	}
	if len(sizes) < 4 {
		t.Errorf("the thresholds give %d partitions: the test tests too little", len(sizes))
	}
}
