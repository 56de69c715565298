package matcher

import (
	"math"

	"github.com/casefold/casefold/matcher/cluster"
)

// Expected is how right the model holds its own links to be, without labels:
// every score is odds. It is as good as the model, and knows nothing of pairs
// that were never candidates.
type Expected struct {
	Joined    int     `json:"joined_pairs"` // pairs of mentions joined
	Right     float64 `json:"right_pairs"`  // of these, expected to be one person
	Missed    float64 `json:"missed_pairs"` // candidates from the lower threshold on, not joined, expected to be one person
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
}

// Chances are counted in billionths, as integers, so that their sums do not
// depend on an order.
const billion = 1_000_000_000

// chanceTable holds the chance at scores of -40 to 40 bits, by quarters.
var chanceTable = func() (t [321]int64) {
	for i := range t {
		t[i] = int64(math.Round(billion / (1 + math.Exp2(-(float64(i)/4 - 40)))))
	}
	return t
}()

// chance that a score is one person, in billionths.
func chance(score int64) int64 {
	return chanceTable[min(max(score/250+160, 0), int64(len(chanceTable)-1))]
}

// expected compares what was joined with what all candidates promise. What may
// not be joined is not missed: against two numbers of one issuer, a score is no
// chance.
func (x *linker) expected(res *cluster.Result) Expected {
	missed, apart := x.promised, x.aparter(res.Of)
	for _, e := range x.edges {
		if int64(e.Weight) >= x.model.Possible && (res.Of[e.A] == res.Of[e.B] || apart.apart(e.A, e.B)) {
			missed -= chance(int64(e.Weight))
		}
	}
	e := Expected{Joined: res.Pairs, Right: float64(res.Chance) / billion, Missed: float64(max(missed, 0)) / billion, Precision: 1, Recall: 1}
	if e.Joined > 0 {
		e.Precision = e.Right / float64(e.Joined)
	}
	if e.Right+e.Missed > 0 {
		e.Recall = e.Right / (e.Right + e.Missed)
	}
	return e
}
