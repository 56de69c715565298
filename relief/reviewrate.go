package relief

import (
	"cmp"
	"slices"
)

// A ReviewRate tells how many determinations wait for a person, and why: over
// convictions of HS 11357 to 11360 themselves, without attempts and other
// inchoate forms, whose text leaves more open, and without adjudications of a
// juvenile court, which are no convictions (WI 203).
type ReviewRate struct {
	Of      int         `json:"of"`      // determinations counted
	Reviews int         `json:"reviews"` // of them
	Rate    float64     `json:"rate"`
	Causes  []RateCause `json:"causes"` // the one that costs most first
}

// A RateCause is a kind of fact that reviews wait for, and what the rate would
// be if it were never missing.
type RateCause struct {
	Fact    string  `json:"fact"`
	Only    int     `json:"only"` // reviews that wait for nothing else
	All     int     `json:"all"`
	Without float64 `json:"rate_without"`
}

// reviewedSections are the sections that a ReviewRate is over.
var reviewedSections = []string{"11357", "11358", "11359", "11360"}

// A RateCounter counts a ReviewRate.
type RateCounter struct {
	of, reviews int
	causes      map[string]*RateCause
}

func NewRateCounter() *RateCounter { return &RateCounter{causes: map[string]*RateCause{}} }

// Add takes up a determination of a conviction under a section, as the tables
// print it.
func (r *RateCounter) Add(section string, d *Determination) {
	if d.Route == RouteJuvenile {
		return
	}
	s, err := ParseStatute(section)
	if err != nil || s.Code != "HS" || s.Inchoate != "" || !slices.Contains(reviewedSections, s.Section) {
		return
	}
	r.of++
	if d.Outcome != Review {
		return
	}
	r.reviews++
	kinds := d.waitsFor()
	for _, k := range kinds {
		c := r.causes[k]
		if c == nil {
			c = &RateCause{Fact: k}
			r.causes[k] = c
		}
		c.All++
		if len(kinds) == 1 {
			c.Only++
		}
	}
}

// Rate is what was counted.
func (r *RateCounter) Rate() ReviewRate {
	out := ReviewRate{Of: r.of, Reviews: r.reviews, Rate: share(r.reviews, r.of), Causes: []RateCause{}}
	for _, c := range r.causes {
		c.Without = share(r.reviews-c.Only, r.of)
		out.Causes = append(out.Causes, *c)
	}
	slices.SortFunc(out.Causes, func(a, b RateCause) int {
		return cmp.Or(cmp.Compare(b.Only, a.Only), cmp.Compare(b.All, a.All), cmp.Compare(a.Fact, b.Fact))
	})
	return out
}

func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

// waitsFor are the kinds of facts that a review waits for, once each.
func (d *Determination) waitsFor() (kinds []string) {
	switch {
	case len(d.Links) > 0:
		return []string{"link"}
	case len(d.Missing) == 0:
		return []string{"decision"}
	}
	for _, m := range d.Missing {
		kinds = addWord(kinds, m.Fact)
	}
	return kinds
}
