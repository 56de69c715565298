package evaluate

import (
	"math"
	"slices"
)

// An Interval is a range that holds the true value with a stated chance.
type Interval struct {
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// A GroupMeasure is how well one subgroup is linked. A pair belongs to the
// groups of both its records.
type GroupMeasure struct {
	Group    string  `json:"group"`
	Records  int     `json:"records"`
	Pairwise Measure `json:"pairwise"`
	// Precision and Recall hold with a chance of .95, persons resampled.
	Precision Interval `json:"precision"`
	Recall    Interval `json:"recall"`
	// Gap is set where the interval of precision or recall lies wholly below the
	// figure of all records.
	Gap bool `json:"gap,omitempty"`
}

// minCell is the least number of records of a group that is reported: smaller
// cells say little and tell of persons.
const minCell = 50

// resamples is how often persons are drawn anew for an interval.
const resamples = 200

// ByGroup measures each subgroup; group is what each record belongs to, ""
// none. Groups smaller than 50 records are left out. The seed makes the draws.
func ByGroup[C, T comparable](cluster []C, truth []T, group []string, seed uint64) []GroupMeasure {
	all := Compare(cluster, truth).Pairwise
	var names []string
	count := map[string]int{}
	for _, g := range group {
		if count[g]++; g != "" && count[g] == 1 {
			names = append(names, g)
		}
	}
	slices.Sort(names)
	var out []GroupMeasure
	for _, g := range names {
		if count[g] < minCell {
			continue
		}
		t := tallies(cluster, truth, func(i, j int) bool { return group[i] == g || group[j] == g })
		m := GroupMeasure{Group: g, Records: count[g], Pairwise: t.measure(nil)}
		m.Precision, m.Recall = t.intervals(seed)
		m.Gap = m.Precision.High < all.Precision || m.Recall.High < all.Recall
		out = append(out, m)
	}
	return out
}

// Bounds are the one-sided 95 % lower bounds of pairwise precision and recall,
// persons resampled.
func Bounds[C, T comparable](cluster []C, truth []T, seed uint64) (precision, recall float64) {
	t := tallies(cluster, truth, func(i, j int) bool { return true })
	p, r := t.draws(seed)
	return p[len(p)/20], r[len(r)/20]
}

// A tally counts the pairs of one true person: joined rightly, joined wrongly
// (half a pair for each of the two persons), and to be found.
type tally struct{ right, wrong, all float64 }

type tallyList []tally

// tallies counts pairs by true person, those that keep says.
func tallies[C, T comparable](cluster []C, truth []T, keep func(i, j int) bool) tallyList {
	person := map[T]int{}
	byPerson, byCluster := map[T][]int{}, map[C][]int{}
	var list tallyList
	var order []C
	of := make([]int, len(truth)) // place of each record's person in the list
	for i, t := range truth {
		at, ok := person[t]
		if !ok {
			at = len(list)
			person[t] = at
			list = append(list, tally{})
		}
		of[i] = at
		byPerson[t] = append(byPerson[t], i)
		if byCluster[cluster[i]] == nil {
			order = append(order, cluster[i])
		}
		byCluster[cluster[i]] = append(byCluster[cluster[i]], i)
	}
	for _, records := range byPerson {
		eachPair(records, func(i, j int) {
			if keep(i, j) {
				list[of[i]].all++
			}
		})
	}
	for _, c := range order {
		eachPair(byCluster[c], func(i, j int) {
			switch {
			case !keep(i, j):
			case of[i] == of[j]:
				list[of[i]].right++
			default:
				list[of[i]].wrong += .5
				list[of[j]].wrong += .5
			}
		})
	}
	return list
}

func eachPair(list []int, f func(i, j int)) {
	for k, i := range list {
		for _, j := range list[k+1:] {
			f(i, j)
		}
	}
}

// measure of the persons, each counted weight times; nil counts each once.
func (l tallyList) measure(weight []float64) Measure {
	var t tally
	for i, x := range l {
		w := 1.0
		if weight != nil {
			w = weight[i]
		}
		t.right += w * x.right
		t.wrong += w * x.wrong
		t.all += w * x.all
	}
	share := func(a, b float64) float64 {
		if b == 0 {
			return 1
		}
		return a / b
	}
	return measure(share(t.right, t.right+t.wrong), share(t.right, t.all))
}

// draws resamples persons (Poisson bootstrap: each counts 0, 1, 2 ... times)
// and returns precision and recall, ascending.
func (l tallyList) draws(seed uint64) (precision, recall []float64) {
	weight := make([]float64, len(l))
	for k := range resamples {
		for i := range weight {
			weight[i] = poisson(seed, uint64(k), uint64(i))
		}
		m := l.measure(weight)
		precision, recall = append(precision, m.Precision), append(recall, m.Recall)
	}
	slices.Sort(precision)
	slices.Sort(recall)
	return precision, recall
}

func (l tallyList) intervals(seed uint64) (precision, recall Interval) {
	p, r := l.draws(seed)
	at := func(list []float64) Interval {
		return Interval{list[len(list)/40], list[len(list)-1-len(list)/40]}
	}
	return at(p), at(r)
}

// poisson is a number drawn from the Poisson distribution of mean 1, by a hash
// of where it stands.
func poisson(seed, draw, item uint64) float64 {
	x := seed ^ draw*0x9e3779b97f4a7c15 ^ item*0xbf58476d1ce4e5b9
	x ^= x >> 30
	x *= 0xbf58476d1ce4e5b9
	x ^= x >> 27
	x *= 0x94d049bb133111eb
	x ^= x >> 31
	u := float64(x>>11) / (1 << 53)
	n, p := 0.0, math.Exp(-1)
	for sum := p; u > sum && n < 12; sum += p {
		n++
		p /= n
	}
	return n
}
