package engine

import (
	"context"
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/casefold/casefold/matcher"
)

// TestAccuracyWithoutLabels estimates a county's accuracy: figures that belong
// together agree, small groups are not told of, and the same seed gives the same
// report with any number of workers.
func TestAccuracyWithoutLabels(t *testing.T) {
	e, _ := ranCounty(t, 300)
	ctx := context.Background()
	r, err := e.Accuracy(ctx, AccuracyOptions{Seed: 1, Share: .4})
	if err != nil {
		t.Fatal(err)
	}
	if x := r.Expected; x.Precision < .99 || x.Recall < .9 || r.BlockingLow < .95 || r.RecallLow < x.Recall*r.BlockingLow || r.RecallHigh > x.Recall || r.Mentions == 0 {
		t.Errorf("expected %+v, blocking %g to %g, recall from %g", x, r.BlockingLow, r.BlockingHigh, r.RecallLow)
	}
	h := r.Hidden
	if h == nil || h.Mentions < 100 || h.All.Persons < 50 || h.All.Recall.Value < .8 || h.All.Precision.Value < .95 || h.All.Recall.Low > h.All.Recall.Value || h.Across.True >= h.All.True {
		t.Fatalf("hidden: %+v", h)
	}
	persons := map[string]int{}
	suppressed := map[string]bool{}
	for _, c := range h.Cells {
		if persons[c.Dimension] += c.Persons; c.Suppressed {
			suppressed[c.Dimension] = true
		}
		if !c.Suppressed && c.Persons > 0 && c.Persons < 11 {
			t.Errorf("a cell of %d persons: %+v", c.Persons, c)
		}
	}
	for _, d := range dimensions {
		if n := persons[d]; n == 0 || n != h.All.Persons && !suppressed[d] {
			t.Errorf("%s: %d persons of %d", d, n, h.All.Persons)
		}
	}
	at := slices.IndexFunc(r.Curve, func(p AccuracyPoint) bool { return p.Bits == r.Link })
	if at < 0 || r.Curve[at].ExpectedPrecision != r.Expected.Precision || math.Abs(r.Curve[at].Hidden.Recall-h.All.Recall.Value) > 1e-12 {
		t.Errorf("the curve at the threshold in use: %+v", r.Curve)
	}
	for i := range r.Curve {
		if i > 0 && (r.Curve[i].Bits >= r.Curve[i-1].Bits || r.Curve[i].Hidden.Recall < r.Curve[i-1].Hidden.Recall-.02) {
			t.Errorf("the curve at %g: %+v after %+v", r.Curve[i].Bits, r.Curve[i], r.Curve[i-1])
		}
	}
	var text strings.Builder
	if err := r.WriteText(&text); err != nil || !strings.Contains(text.String(), "<- in use") {
		t.Errorf("%v\n%s", err, text.String())
	}
	e.options.Workers = 1
	again, err := e.Accuracy(ctx, AccuracyOptions{Seed: 1, Share: .4})
	if err != nil {
		t.Fatal(err)
	}
	one, _ := json.Marshal(r)
	two, _ := json.Marshal(again)
	if string(one) != string(two) {
		t.Errorf("with one worker:\n%s\nwith two:\n%s", two, one)
	}
}

// TestWholeRecall: of 100 pairs of one person 80 are candidates; 76 of these are
// joined, and through them 10 of the others.
func TestWholeRecall(t *testing.T) {
	x := matcher.Expected{Joined: 86, Right: 86, Missed: 4, Recall: .95}
	if got := wholeRecall(x, 76./86, .8); math.Abs(got-.86) > 1e-12 {
		t.Errorf("%g, want .86", got)
	}
	if got := wholeRecall(matcher.Expected{Recall: 1}, 1, 1); got != 1 {
		t.Errorf("of nothing: %g", got)
	}
}

func TestAgeBands(t *testing.T) {
	for born, want := range map[int]string{2010: "under 25", 2001: "25 to 34", 1991: "35 to 44", 1962: "55 to 64", 1961: "65 and over", 0: "", 1800: "", 2040: ""} {
		if got := ageBand(born, 2026); got != want {
			t.Errorf("born %d: %q, want %q", born, got, want)
		}
	}
}
