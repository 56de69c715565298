package evaluate

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
)

// gaps tests, for each cell, whether its group is linked as the others are. The
// test is a permutation test by person: groups are dealt out anew among the
// persons, and the chance is that of a difference between the group and all, in
// either direction, as large as the one seen. Two chances a cell: of precision
// and of recall.
func (s *Sample) gaps(all tallyList, cells []Cell, seed uint64) [][2]float64 {
	out := make([][2]float64, len(cells))
	overall := all.measure(nil)
	at := 0
	for d := range s.Dimensions {
		of := s.groupOf(d)
		names := groupNames(of)
		number := make([]int, len(of))
		for i, g := range of {
			number[i], _ = slices.BinarySearch(names, g)
		}
		seen := differences(all, number, len(names), overall)
		worse := make([][2]int, len(names))
		rng := rand.New(rand.NewPCG(seed, uint64(d)))
		for range permutations {
			rng.Shuffle(len(number), func(i, j int) { number[i], number[j] = number[j], number[i] })
			for g, x := range differences(all, number, len(names), overall) {
				for k := range x {
					// Sums of fractions in another order differ in the last bit.
					if x[k] >= seen[g][k]-1e-12 {
						worse[g][k]++
					}
				}
			}
		}
		for g := range names {
			for k := range 2 {
				out[at][k] = float64(worse[g][k]+1) / (permutations + 1)
			}
			at++
		}
	}
	return out
}

// differences of each group from all: precision and recall.
func differences(all tallyList, number []int, groups int, overall Measure) [][2]float64 {
	sums := make([]tally, groups)
	for i, t := range all {
		s := &sums[number[i]]
		s.right += t.right
		s.wrong += t.wrong
		s.all += t.all
	}
	out := make([][2]float64, groups)
	for g, t := range sums {
		m := tallyList{t}.measure(nil)
		out[g] = [2]float64{math.Abs(m.Precision - overall.Precision), math.Abs(m.Recall - overall.Recall)}
	}
	return out
}

// holm flags the cells whose difference stands when all tests are taken
// together: of k tests, one in twenty would find something where there is
// nothing (Holm 1979). Cells too small to be told of are not tested.
func holm(cells []Cell, chances [][2]float64) {
	type test struct {
		cell, which int
		p           float64
	}
	var tests []test
	for i := range cells {
		if cells[i].Persons >= leastPersons {
			tests = append(tests, test{i, 0, chances[i][0]}, test{i, 1, chances[i][1]})
		}
	}
	slices.SortStableFunc(tests, func(a, b test) int { return cmp.Compare(a.p, b.p) })
	for i, t := range tests {
		if t.p > .05/float64(len(tests)-i) {
			break
		}
		if t.which == 0 {
			cells[t.cell].GapPrecision = true
		} else {
			cells[t.cell].GapRecall = true
		}
	}
}

// suppress empties cells of too few persons; where that leaves one empty cell in
// a dimension, the smallest of the others too, for the total would give it away.
func suppress(cells []Cell) {
	byDimension := map[string][]*Cell{}
	for i := range cells {
		byDimension[cells[i].Dimension] = append(byDimension[cells[i].Dimension], &cells[i])
	}
	for _, list := range byDimension {
		slices.SortStableFunc(list, func(a, b *Cell) int { return cmp.Compare(a.Persons, b.Persons) })
		hidden := 0
		for _, c := range list {
			if c.Persons > 0 && c.Persons < leastPersons || hidden == 1 && c.Persons > 0 {
				hidden++
				*c = Cell{Dimension: c.Dimension, Group: c.Group, Suppressed: true}
			}
		}
	}
}
