package synth

import (
	"path/filepath"
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/normalize/caseno"
	places "github.com/casefold/casefold/normalize/place"
)

// A FactQuality counts one fact over the convictions that tell of exactly one
// true one. Covers are intervals that hold the true day among others; they are
// right as far as they go.
type FactQuality struct {
	Right    int     `json:"right"`
	Covers   int     `json:"covers,omitempty"`
	Wrong    int     `json:"wrong"`
	Untold   int     `json:"untold"`
	Share    float64 `json:"share"` // right or covering, of those told
	BySource Shares  `json:"by_source"`
	Alone    Shares  `json:"told_alone"` // convictions that one source alone tells of
}

// Shares are the told facts of convictions by who tells of these: a conviction
// of three sources counts for each of them.
type Shares map[string]*Share

// A Share is right of told.
type Share struct {
	Right int     `json:"right"`
	Told  int     `json:"told"`
	Share float64 `json:"share"`
}

// judgedFacts are the columns of convictions.csv and of truth_convictions.csv
// that are facts.
var judgedFacts = []string{"county", "case_number", "count", "section", "level", "offense_date", "conviction_date"}

// A factVerdict says how a told value stands to the true one.
type factVerdict int

const (
	factUntold factVerdict = iota
	factRight
	factCovers
	factWrong
)

// facts judges the facts of convictions.csv; it needs the convictions judged.
// The truth is read again, so that it need not be kept.
func (s *scorer) facts(truthDir, path string) error {
	type half struct {
		values []string
		from   uint32
	}
	told := make([][]half, len(s.truth)) // by true conviction, of the unmerged ones
	err := readRows(path, true, false, append([]string{"conviction_id"}, judgedFacts...), func(v []string) error {
		f := s.found[v[0]]
		if f == nil || len(f.true_) != 1 {
			return nil
		}
		told[f.true_[0]] = append(told[f.true_[0]], half{cloneAll(v[1:]), s.sourceSet(f)})
		return nil
	})
	if err != nil || len(s.found) == 0 {
		return err
	}
	s.q.Convictions.Facts = map[string]*FactQuality{}
	for _, name := range judgedFacts {
		s.q.Convictions.Facts[name] = &FactQuality{BySource: Shares{}, Alone: Shares{}}
	}
	err = eachRow(filepath.Join(truthDir, "truth_convictions.csv"), false, append([]string{"true_conviction"}, judgedFacts...), func(v []string) error {
		for _, h := range told[s.trueIDs.ids[v[0]]] {
			s.judgeFacts(v[1:], h.values, h.from)
		}
		return nil
	})
	for _, q := range s.q.Convictions.Facts {
		q.finish()
	}
	return err
}

func cloneAll(v []string) []string {
	out := make([]string, len(v))
	for i := range v {
		out[i] = strings.Clone(v[i])
	}
	return out
}

func (s *scorer) sourceSet(f *foundConviction) (set uint32) {
	for _, h := range f.rows {
		if at, ok := s.rows[h]; ok {
			set |= 1 << s.rowSource[at]
		}
	}
	return set
}

func (s *scorer) judgeFacts(truth, told []string, from uint32) {
	for i, name := range judgedFacts {
		q := s.q.Convictions.Facts[name]
		v := judgeFact(name, truth[i], told[i])
		switch v {
		case factUntold:
			q.Untold++
			continue
		case factRight:
			q.Right++
		case factCovers:
			q.Covers++
		case factWrong:
			q.Wrong++
		}
		alone := from&(from-1) == 0
		for n, source := range s.sources.text {
			if from&(1<<n) == 0 {
				continue
			}
			q.BySource.add(source, v != factWrong)
			if alone {
				q.Alone.add(source, v != factWrong)
			}
		}
	}
}

// judgeFact compares a told value with the true one: dates as intervals, numbers
// of cases and of counts by what they mean.
func judgeFact(name, truth, told string) factVerdict {
	if told == "" || told == string(casefold.LevelUnknown) || told == "unknown" {
		return factUntold
	}
	right := truth == told
	switch name {
	case "offense_date", "conviction_date":
		a, err1 := casefold.ParseDate(truth)
		b, err2 := casefold.ParseDate(told)
		switch {
		case err1 != nil || err2 != nil || !a.Overlaps(b):
			return factWrong
		case a != b:
			return factCovers
		}
		right = true
	case "case_number":
		right = sameNumber(truth, told)
	case "county":
		if county, ok := places.County(told); truth == "" && (!ok || county == "") {
			return factRight // a federal court's, another state's: none of California
		}
	case "count":
		right = strings.TrimLeft(truth, "0") == strings.TrimLeft(told, "0")
	}
	if right {
		return factRight
	}
	return factWrong
}

// sameNumber reports whether two writings are one number of a court.
func sameNumber(truth, told string) bool {
	court := casefold.Agency{Kind: casefold.SuperiorCourt, County: office}
	a, b := caseno.Parse(truth, court, ""), caseno.Parse(told, court, "")
	if len(a) == 0 || len(b) == 0 {
		return truth == told
	}
	if a[0].Key == b[0].Key {
		return true
	}
	n := caseno.Distance(a[0], b[0])
	return n == caseno.Same || n == caseno.Respelled
}

func (l Shares) add(source string, right bool) {
	if l[source] == nil {
		l[source] = &Share{}
	}
	l[source].Told++
	if right {
		l[source].Right++
	}
}

func (q *FactQuality) finish() {
	if told := q.Right + q.Covers + q.Wrong; told > 0 {
		q.Share = float64(q.Right+q.Covers) / float64(told)
	}
	for _, l := range []Shares{q.BySource, q.Alone} {
		for _, s := range l {
			s.Share = float64(s.Right) / float64(s.Told)
		}
	}
}
