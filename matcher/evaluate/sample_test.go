package evaluate_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/casefold/casefold/matcher/evaluate"
)

// linked makes a sample of persons with three records each, of two sources:
// missed is the chance that a person's third record is left alone, wrong that
// it is joined to the next person.
func linked(persons int, seed uint64, sex func(p int) string, missed, wrong func(p int) float64) evaluate.Sample {
	rng := rand.New(rand.NewPCG(seed, 1))
	s := evaluate.Sample{Dimensions: []evaluate.Dimension{{Name: "sex"}, {Name: "age"}}}
	for p := range persons {
		age := []string{"<25", "25-34", "35+"}[rng.IntN(3)]
		out := rng.Float64()
		for k := range 3 {
			c := uint32(p)
			if k == 2 {
				switch {
				case out < missed(p):
					c = uint32(persons + p)
				case out < missed(p)+wrong(p):
					c = uint32((p + 1) % persons)
				}
			}
			g := sex(p)
			if k == 1 {
				g = "" // not every record tells it
			}
			s.Cluster, s.Person, s.Source = append(s.Cluster, c), append(s.Person, fmt.Sprint("p", p)), append(s.Source, []string{"a", "b", "b"}[k])
			s.Dimensions[0].Group, s.Dimensions[1].Group = append(s.Dimensions[0].Group, g), append(s.Dimensions[1].Group, age)
		}
	}
	return s
}

func cell(t *testing.T, r *evaluate.SampleReport, dimension, group string) evaluate.Cell {
	t.Helper()
	i := slices.IndexFunc(r.Cells, func(c evaluate.Cell) bool { return c.Dimension == dimension && c.Group == group })
	if i < 0 {
		t.Fatalf("no cell %s %s in %+v", dimension, group, r.Cells)
	}
	return r.Cells[i]
}

func never(int) float64 { return 0 }

// TestASampleIsMeasured: of 2,000 persons with three pairs each, women miss two
// of three pairs in one case of five, men in one of fifty.
func TestASampleIsMeasured(t *testing.T) {
	sex := func(p int) string { return []string{"F", "M"}[p%2] }
	s := linked(2000, 1, sex, func(p int) float64 {
		if sex(p) == "F" {
			return .2
		}
		return .02
	}, func(int) float64 { return .01 })
	r := s.Measure(7)
	if a := r.All; a.Persons != 2000 || a.True != 6000 || a.Recall.Low > a.Recall.Value || a.Recall.Value > a.Recall.High || a.Recall.Value < .9 || a.Recall.Value > .95 {
		t.Errorf("all: %+v", a)
	}
	women, men := cell(t, r, "sex", "F"), cell(t, r, "sex", "M")
	if !women.GapRecall || !men.GapRecall || women.GapPrecision || women.Recall.Value > .9 || men.Recall.Value < .97 {
		t.Errorf("women %+v\nmen %+v", women, men)
	}
	for _, age := range []string{"<25", "25-34", "35+"} {
		if c := cell(t, r, "age", age); c.GapRecall || c.GapPrecision {
			t.Errorf("a gap between ages where there is none: %+v", c)
		}
	}
	if r.Across.True != 4000 {
		t.Errorf("%g true pairs of two sources, want 4000", r.Across.True)
	}
}

// TestSmallCellsAreNotTold: five persons may not be told of; with them goes the
// next smallest group, which the total would give away.
func TestSmallCellsAreNotTold(t *testing.T) {
	s := linked(600, 1, func(p int) string {
		switch {
		case p < 5:
			return "X"
		case p < 200:
			return "F"
		}
		return "M"
	}, never, never)
	r := s.Measure(1)
	for group, want := range map[string]bool{"X": true, "F": true, "M": false} {
		c := cell(t, r, "sex", group)
		if c.Suppressed != want || want && (c.Persons != 0 || c.True != 0 || c.Recall.Value != 0) {
			t.Errorf("%s: %+v", group, c)
		}
	}
}

// TestIntervalsHoldWhatTheyClaim: over many samples the interval of 95 % holds
// the true recall in about 95 of 100, and the one-sided bound of wrong joins
// errs in about 5.
func TestIntervalsHoldWhatTheyClaim(t *testing.T) {
	held, bound := 0, 0
	const samples = 200
	for seed := range uint64(samples) {
		s := linked(400, seed, func(int) string { return "M" }, func(int) float64 { return .1 }, func(int) float64 { return .03 })
		a := s.Measure(seed).All
		if want := 1 - .13*2/3; a.Recall.Low <= want && want <= a.Recall.High {
			held++
		}
		// Who stays has three right pairs, others one; a stray meets two records of
		// the next person, and a third that is no stray.
		right, wrong := 3*.87+.13, .03*(2+.87)
		if want := wrong / (wrong + right); a.WrongBound >= want {
			bound++
		}
	}
	if held < samples*90/100 || held > samples*99/100 {
		t.Errorf("the interval of recall holds the truth in %d of %d", held, samples)
	}
	if bound < samples*90/100 || bound > samples*99/100 {
		t.Errorf("the bound of wrong joins holds in %d of %d", bound, samples)
	}
}

// TestNothingWrongIsNotNeverWrong: three persons in ten thousand is what seeing
// none among ten thousand leaves possible.
func TestNothingWrongIsNotNeverWrong(t *testing.T) {
	s := linked(10_000, 1, func(int) string { return "" }, never, never)
	a := s.Measure(1).All
	if a.Precision.Value != 1 || a.WrongBound < 2.9e-4 || a.WrongBound > 3.1e-4 {
		t.Errorf("%+v", a)
	}
}

// TestOnlyHiddenPairsCount: what a visible number joined proves nothing.
func TestOnlyHiddenPairsCount(t *testing.T) {
	s := evaluate.Sample{
		Cluster: []uint32{1, 1, 2, 3, 3, 9},
		Person:  []string{"a", "a", "a", "b", "", "b"},
		Hidden:  []bool{false, false, true, true, true, false},
	}
	a := s.Measure(1).All
	// Pairs of a: 1-3 and 2-3 missed. Pairs of b: 4-6 missed. Record 5 is of nobody.
	if a.True != 3 || a.Recall.Value != 0 || a.Joined != 0 || a.Persons != 2 {
		t.Errorf("%+v", a)
	}
}

func TestAMeasureIsTheSameTwice(t *testing.T) {
	s := linked(300, 3, func(p int) string { return []string{"F", "M"}[p%2] }, func(int) float64 { return .1 }, func(int) float64 { return .02 })
	one, _ := json.Marshal(s.Measure(5))
	two, _ := json.Marshal(s.Measure(5))
	if string(one) != string(two) {
		t.Errorf("%s\n%s", one, two)
	}
	if other, _ := json.Marshal(s.Measure(6)); string(other) == string(one) {
		t.Error("another seed gives the same draws")
	}
}
