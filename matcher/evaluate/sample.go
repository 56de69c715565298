package evaluate

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
)

// A Sample is records whose persons are known, as they were clustered. What
// counts are pairs of records of which at least one is hidden: one that lost the
// number by which its person is known, so that the number decided nothing.
type Sample struct {
	Cluster []uint32
	Person  []string // "": not known; the record is in no count
	Hidden  []bool   // nil: all are
	Source  []string // nil: one
	// Dimensions are ways to divide people into groups: sex, race, age, sort of
	// name.
	Dimensions []Dimension
}

// A Dimension says which group each record tells of, "" not told.
type Dimension struct {
	Name  string
	Group []string
}

// A Share is a share of pairs with the range that holds it with a chance of .95,
// persons resampled.
type Share struct {
	Value float64 `json:"value"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

// A Cell is how well the persons of one group are linked. A pair that joins two
// persons wrongly counts half for each.
type Cell struct {
	Dimension string  `json:"dimension,omitempty"`
	Group     string  `json:"group"`
	Persons   int     `json:"persons,omitempty"`
	Joined    float64 `json:"joined_pairs,omitempty"`
	Wrong     float64 `json:"wrong_pairs,omitempty"`
	True      float64 `json:"true_pairs,omitempty"`
	Precision Share   `json:"precision"`
	Recall    Share   `json:"recall"`
	// WrongBound is the one-sided 95 % upper bound of the share of wrong among
	// joined pairs.
	WrongBound float64 `json:"wrong_bound"`
	// GapPrecision and GapRecall: a permutation test (see gaps) finds the group
	// linked differently from the others.
	GapPrecision bool `json:"gap_precision,omitempty"`
	GapRecall    bool `json:"gap_recall,omitempty"`
	// Suppressed cells hold fewer persons than may be told of, or would give such
	// a cell away; all their figures are zero.
	Suppressed bool `json:"suppressed,omitempty"`
}

// A SampleReport measures a sample.
type SampleReport struct {
	All    Cell   `json:"all"`
	Across Cell   `json:"across_sources"` // of pairs of two sources only
	Cells  []Cell `json:"groups"`         // by dimension, then group
}

// leastPersons is the smallest number of persons that a cell may tell of: the
// cell size policy of the US Centers for Medicare & Medicaid Services.
const leastPersons = 11

// draws is how often persons are drawn anew for an interval, and permutations
// how often groups are dealt out anew for a test.
const (
	manyDraws    = 1000
	permutations = 1999
)

// Measure measures a sample. The seed makes the draws; the same sample and seed
// give the same report.
func (s *Sample) Measure(seed uint64) *SampleReport {
	known := s.known()
	all := tallies(known.Cluster, known.Person, known.counts)
	across := tallies(known.Cluster, known.Person, func(i, j int) bool {
		return known.Source != nil && known.Source[i] != known.Source[j] && known.counts(i, j)
	})
	unit := known.units()
	r := &SampleReport{All: cellOf("all", all, unit, nil, seed), Across: cellOf("across sources", across, unit, nil, seed)}
	for d := range known.Dimensions {
		r.Cells = append(r.Cells, known.cells(d, all, unit, seed)...)
	}
	holm(r.Cells, known.gaps(all, r.Cells, seed))
	suppress(r.Cells)
	return r
}

// Pairwise is the sample's precision and recall alone.
func (s *Sample) Pairwise() Measure {
	known := s.known()
	return tallies(known.Cluster, known.Person, known.counts).measure(nil)
}

// known leaves out the records whose person is not known.
func (s *Sample) known() *Sample {
	out := &Sample{Dimensions: make([]Dimension, len(s.Dimensions))}
	for i, p := range s.Person {
		if p == "" {
			continue
		}
		out.Cluster, out.Person = append(out.Cluster, s.Cluster[i]), append(out.Person, p)
		out.Hidden = append(out.Hidden, s.Hidden == nil || s.Hidden[i])
		if s.Source != nil {
			out.Source = append(out.Source, s.Source[i])
		}
		for d := range s.Dimensions {
			out.Dimensions[d].Name = s.Dimensions[d].Name
			out.Dimensions[d].Group = append(out.Dimensions[d].Group, s.Dimensions[d].Group[i])
		}
	}
	return out
}

// units says which persons are drawn together: those whom a cluster joins
// wrongly. An error between two persons is one event, and drawing them apart
// would make it look like half of one.
func (s *Sample) units() []int {
	number := map[string]int{}
	var root []int
	find := func(x int) int {
		for root[x] != x {
			root[x] = root[root[x]]
			x = root[x]
		}
		return x
	}
	first := map[uint32]int{} // person of a cluster's first record
	for i, p := range s.Person {
		at, ok := number[p]
		if !ok {
			at = len(root)
			number[p] = at
			root = append(root, at)
		}
		if other, ok := first[s.Cluster[i]]; ok {
			a, b := find(at), find(other)
			root[max(a, b)] = min(a, b)
		} else {
			first[s.Cluster[i]] = at
		}
	}
	for i := range root {
		root[i] = find(i)
	}
	return root
}

func (s *Sample) counts(i, j int) bool { return s.Hidden[i] || s.Hidden[j] }

// groupOf is the group that most records of each person tell, in the order in
// which tallies lists persons; of equally many the first by name; "not told" if
// none tells any.
func (s *Sample) groupOf(d int) []string {
	number := map[string]int{}
	var counts []map[string]int
	for i, p := range s.Person {
		at, ok := number[p]
		if !ok {
			at = len(counts)
			number[p] = at
			counts = append(counts, map[string]int{})
		}
		if g := s.Dimensions[d].Group[i]; g != "" {
			counts[at][g]++
		}
	}
	out := make([]string, len(counts))
	for i, c := range counts {
		out[i] = "not told"
		best := 0
		for g, n := range c {
			if n > best || n == best && g < out[i] {
				out[i], best = g, n
			}
		}
	}
	return out
}

func (s *Sample) cells(d int, all tallyList, unit []int, seed uint64) (out []Cell) {
	of := s.groupOf(d)
	for _, g := range groupNames(of) {
		c := cellOf(g, all, unit, func(person int) bool { return of[person] == g }, seed)
		c.Dimension = s.Dimensions[d].Name
		out = append(out, c)
	}
	return out
}

func groupNames(of []string) []string {
	names := slices.Clone(of)
	slices.Sort(names)
	return slices.Compact(names)
}

// cellOf measures the persons that belong; nil: all. Only persons who have a
// pair to find or to get wrong count.
func cellOf(name string, all tallyList, unit []int, belongs func(person int) bool, seed uint64) Cell {
	var list tallyList
	c := Cell{Group: name}
	joined := make(tallyList, len(all)) // by unit
	for i, t := range all {
		if belongs != nil && !belongs(i) || t.all+t.wrong == 0 {
			continue
		}
		list = append(list, t)
		u := &joined[unit[i]]
		u.right, u.wrong, u.all = u.right+t.right, u.wrong+t.wrong, u.all+t.all
		c.Persons++
		c.Joined += t.right + t.wrong
		c.Wrong += t.wrong
		c.True += t.all
	}
	m := list.measure(nil)
	c.Precision.Value, c.Recall.Value = m.Precision, m.Recall
	precision, recall := slices.DeleteFunc(joined, func(t tally) bool { return t == tally{} }).resampled(seed)
	at := func(l []float64, share float64) float64 { return l[min(int(share*float64(len(l))), len(l)-1)] }
	c.Precision.Low, c.Precision.High = at(precision, .025), at(precision, .975)
	c.Recall.Low, c.Recall.High = at(recall, .025), at(recall, .975)
	c.WrongBound = max(1-at(precision, .05), noneBound(list))
	return c
}

// noneBound is what can be said where nothing wrong was seen, and resampling
// knows nothing: the share p of persons with a wrong pair at which seeing none
// among n has a chance of .05. Persons are fewer than pairs, so it is cautious.
func noneBound(list tallyList) float64 {
	n := 0
	for _, t := range list {
		if t.wrong > 0 {
			return 0
		}
		if t.right > 0 {
			n++
		}
	}
	if n == 0 {
		return 1
	}
	return 1 - math.Pow(.05, 1/float64(n))
}

// resampled draws units with replacement (each counts 0, 1, 2 ... times, by
// Poisson's law) and returns precision and recall, ascending. How often units of
// the same counts come is drawn at once: most are alike.
func (l tallyList) resampled(seed uint64) (precision, recall []float64) {
	kinds, number := l.kinds()
	rng := rand.New(rand.NewPCG(seed, 0x9e3779b97f4a7c15))
	for range manyDraws {
		var t tally
		for i, k := range kinds {
			w := poissonOf(rng, float64(number[i]))
			t.right += w * k.right
			t.wrong += w * k.wrong
			t.all += w * k.all
		}
		m := tallyList{t}.measure(nil)
		precision, recall = append(precision, m.Precision), append(recall, m.Recall)
	}
	slices.Sort(precision)
	slices.Sort(recall)
	return precision, recall
}

// kinds are the distinct tallies, sorted, with how many persons have each.
func (l tallyList) kinds() (kinds tallyList, number []int) {
	sorted := slices.Clone(l)
	slices.SortFunc(sorted, func(a, b tally) int {
		return cmp.Or(cmp.Compare(a.right, b.right), cmp.Compare(a.wrong, b.wrong), cmp.Compare(a.all, b.all))
	})
	for i, t := range sorted {
		if i == 0 || t != sorted[i-1] {
			kinds, number = append(kinds, t), append(number, 0)
		}
		number[len(number)-1]++
	}
	return kinds, number
}

// poissonOf draws from Poisson's law: exactly for a small mean, by the normal
// law with the same mean and variance for a large one.
func poissonOf(rng *rand.Rand, mean float64) float64 {
	if mean > 50 {
		return max(math.Round(mean+math.Sqrt(mean)*rng.NormFloat64()), 0)
	}
	limit, n := math.Exp(-mean), 0.0
	for p := rng.Float64(); p > limit; p *= rng.Float64() {
		n++
	}
	return n
}
