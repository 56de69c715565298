package caseno

import (
	"cmp"
	"slices"
	"strings"

	"github.com/casefold/casefold"
)

// yearRule says where a number's year is.
type yearRule string

const (
	yearUnknown yearRule = ""
	yearNone    yearRule = "none"
	yearApart   yearRule = "apart"
	yearFirst2  yearRule = "first2"
	yearFirst4  yearRule = "first4"
)

// Values of Shape.Defendant.
const (
	MarkLetter = "letter" // the last group, letters, is the defendant's mark
	MarkDigits = "digits" // the last group, digits, is it
	MarkNone   = "none"   // the last group belongs to the number
)

// A Shape is how the numbers of a source are written: letters as A, digits as
// 9, separators as they stand. Year and Defendant are what was learned.
type Shape struct {
	Pattern   string   `json:"pattern"`
	Count     int      `json:"count"`
	Year      yearRule `json:"year,omitempty"`      // none, apart, first2, first4; "" not learned
	Defendant string   `json:"defendant,omitempty"` // letter, digits, none; "" not learned
	// Unsure is a question for a person who knows the court, "" if there is
	// none. It holds no sample value.
	Unsure string `json:"unsure,omitempty"`
}

func (s *Shape) yearRule() yearRule {
	if s == nil {
		return yearUnknown
	}
	return s.Year
}

// A Scheme is what the numbers of one source and court family were found to
// mean: a shape a pattern, most frequent first. The zero Scheme has learned
// nothing.
type Scheme struct {
	Shapes []Shape `json:"shapes,omitempty"`
}

// SchemeOf is the scheme that a person who knows the courts has written down.
func SchemeOf(shapes []casefold.NumberShape) Scheme {
	var s Scheme
	for _, n := range shapes {
		s.Shapes = append(s.Shapes, Shape{Pattern: n.Pattern, Year: yearRule(n.Year), Defendant: n.Defendant})
	}
	return s
}

// shapeOf finds the shape of a number, nil if the scheme has not seen it.
func (s Scheme) shapeOf(n *number) *Shape {
	if len(s.Shapes) == 0 {
		return nil
	}
	var buf [64]byte
	p := n.pattern(buf[:0])
	for i := range s.Shapes {
		if s.Shapes[i].Pattern == string(p) {
			return &s.Shapes[i]
		}
	}
	return nil
}

// pattern writes a number's shape. Runs of digits that stand apart as a
// sequence keep their length, because a court's numbers have one.
func (c *number) pattern(b []byte) []byte {
	for i := 0; i < c.n; i++ {
		g := c.groups[i]
		if g.sep != 0 {
			b = append(b, g.sep)
		}
		ch := byte('A')
		if g.digit {
			ch = '9'
		}
		for range len(g.text) {
			b = append(b, ch)
		}
	}
	return b
}

// Learn finds out what the numbers of one source mean. Samples are values of
// the field as told; their order does not matter. Give it the numbers of one
// court family at a time: courts number differently.
func Learn(samples []string) Scheme {
	shapes := map[string]*sampleSet{}
	var sp splitter
	sp.numbers = sp.buf[:0]
	for _, sample := range samples {
		folded := fold(sample)
		for _, n := range sp.split(folded) {
			if n.filler() {
				continue
			}
			p := string(n.pattern(nil))
			set := shapes[p]
			if set == nil {
				set = &sampleSet{seen: map[string]bool{}}
				shapes[p] = set
			}
			set.count++
			if key := folded[n.start:n.end]; !set.seen[key] {
				set.seen[key] = true
				set.numbers = append(set.numbers, n)
			}
		}
	}
	var s Scheme
	for p, set := range shapes {
		s.Shapes = append(s.Shapes, set.judge(p))
	}
	slices.SortFunc(s.Shapes, func(a, b Shape) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Pattern, b.Pattern))
	})
	return s
}

// A sampleSet is the distinct numbers of one shape.
type sampleSet struct {
	count   int
	numbers []number
	seen    map[string]bool
}

// Figures of the judgement, chosen so that numbers without the feature pass by
// chance less than once in a million shapes: thirty running numbers all of
// which happen to have a small remainder, 0.5^30.
const (
	enough     = 30   // distinct numbers before anything is learned of them
	nearlyAll  = 0.97 // share that must agree
	mostlySure = 0.80 // share from which a person is asked
)

// judge decides what the digits of a shape mean.
func (set *sampleSet) judge(pattern string) Shape {
	s := Shape{Pattern: pattern, Count: set.count}
	if apart := set.yearsApart(); apart >= nearlyAll {
		s.Year = yearApart
	} else if apart > 0 && len(set.numbers) >= enough {
		s.Year = yearNone // 3799-3788: some of the first runs are no years
	} else if main, ok := set.mainRun(); ok {
		s.Year, s.Unsure = set.judgeYear(main)
	}
	if mark, unsure := set.judgeMark(); mark != "" || unsure != "" {
		s.Defendant = mark
		if unsure != "" {
			s.Unsure = strings.TrimSpace(s.Unsure + " " + unsure)
		}
	}
	return s
}

// yearsApart is the share of numbers in which a year stands apart.
func (set *sampleSet) yearsApart() float64 {
	n := 0
	for i := range set.numbers {
		var p parts
		if p.head(&set.numbers[i], nil); p.rule == yearApart {
			n++
		}
	}
	return float64(n) / float64(len(set.numbers))
}

// mainRun is the group index of the first run of digits, if it is long enough
// to hold a year and a sequence.
func (set *sampleSet) mainRun() (int, bool) {
	n := &set.numbers[0]
	for i := 0; i < n.n; i++ {
		if n.groups[i].digit {
			return i, len(n.groups[i].text) >= 6
		}
	}
	return 0, false
}

// judgeYear looks whether the run of digits begins with a year. Running numbers
// may begin with any digits and their remainders are spread evenly; numbers
// that start again each year have small remainders and few beginnings.
func (set *sampleSet) judgeYear(main int) (yearRule, string) {
	if len(set.numbers) < enough {
		return yearUnknown, ""
	}
	var four, small, plausible int
	years := map[string]bool{}
	width := len(set.numbers[0].groups[main].text)
	for i := range set.numbers {
		d := set.numbers[i].groups[main].text
		if width >= 7 && isYear4(d[:4]) {
			four++
		}
		if d[0] >= '6' || d[0] <= '2' {
			plausible++
		}
		if d[2] < '5' {
			small++
		}
		years[d[:2]] = true
	}
	n := float64(len(set.numbers))
	switch {
	case width >= 8 && float64(four) >= nearlyAll*n:
		return yearFirst4, ""
	case float64(plausible) >= nearlyAll*n && float64(small) >= nearlyAll*n && len(years) > 1:
		return yearFirst2, ""
	case float64(plausible) >= nearlyAll*n && float64(small) >= mostlySure*n && len(years) > 1:
		return yearUnknown, "Do the first two digits of the number tell the year?"
	case float64(plausible) < nearlyAll*n:
		return yearNone, ""
	}
	return yearUnknown, ""
}

// judgeMark looks whether the last group is a defendant's mark: numbers that
// differ in it only, and marks that begin at the beginning (A, B; 1, 2).
func (set *sampleSet) judgeMark() (mark, unsure string) {
	first := &set.numbers[0]
	if first.n < 2 {
		return "", ""
	}
	g := first.groups[first.n-1]
	if g.digit && (len(g.text) > 3 || g.sep == 0) || !g.digit && len(g.text) > 1 {
		return "", ""
	}
	bases := map[string]int{}
	early := 0
	for i := range set.numbers {
		n := &set.numbers[i]
		base := ""
		for k := 0; k < n.n-1; k++ {
			base += n.groups[k].text + "-"
		}
		bases[base]++
		if isEarly(n.groups[n.n-1].text) {
			early++
		}
	}
	shared := len(set.numbers) - len(bases)
	share := float64(early) / float64(len(set.numbers))
	kind := MarkLetter
	if g.digit {
		kind = MarkDigits
	}
	switch {
	case len(set.numbers) < enough:
		return "", ""
	case shared > 0 && share >= nearlyAll:
		return kind, ""
	case share >= mostlySure:
		return "", "Does the last part of the number tell the defendants of a case apart?"
	case share < 0.5:
		return MarkNone, ""
	}
	return "", ""
}

// isEarly reports whether a mark is among the first eight: A to H, 1 to 8.
func isEarly(s string) bool {
	t := strings.TrimLeft(s, "0")
	return len(t) == 1 && (t[0] >= 'A' && t[0] <= 'H' || t[0] >= '1' && t[0] <= '8')
}
