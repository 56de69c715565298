package matcher

import (
	"math"
	"slices"
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/matcher/train"
)

// A kinSpec is a sort of pairs of two persons who agree beyond chance.
type kinSpec struct {
	name string
	like []Kind // agree as one person does
	need []Kind // without these the sort cannot be told from strangers
	any  []Kind // and one of these, if given
	// fixed are shares of levels peculiar to the sort.
	fixed map[Kind][maxLevel + 1]float64
	learn []Kind // show what is found out: neither what one person shows nor what strangers do
	// ssn are shares of levels of social security numbers: a family's children
	// were given theirs on one day, one behind the other.
	ssn [maxLevel + 1]float64
}

// kinSpecs are the sorts, from common to rare. Relatives share a surname and a
// place; twins also the birth date, and differ in the given name; a father and
// a son may share everything but the generation.
var kinSpecs = []kinSpec{
	{name: "relatives at one place", like: []Kind{Surname, Order, Address, Unit, Area, Phone, Email}, learn: []Kind{CaseNo, ArrestNo}, need: []Kind{Surname}, any: []Kind{Address, Phone, Email, Area},
		ssn: [maxLevel + 1]float64{1: .96, 2: .01, 3: .03}},
	{name: "twins", like: []Kind{Surname, Order, Address, Unit, Area, Phone, Birth}, learn: []Kind{CaseNo, ArrestNo}, need: []Kind{Surname, Birth},
		ssn: [maxLevel + 1]float64{1: .7, 2: .05, 3: .25}},
	{name: "two generations of one name", like: []Kind{Given, Surname, Order, Address, Unit, Area, Phone, Sex}, need: []Kind{Given, Surname, Birth},
		fixed: map[Kind][maxLevel + 1]float64{
			Birth:  {otherGeneration: .95, otherDate: .03, sameYear: .001, twoOfThree: .004, twoDigits: .005, oneDigit: .008, dayMonth: .0001, compatible: .001},
			Suffix: {1: .8, 2: .2}}},
	{name: namesakes, like: []Kind{Given, Surname, Order}, learn: []Kind{Middle}, need: []Kind{Given, Surname}, any: []Kind{Birth, Address, Area, Phone, Email, Number}},
}

// namesakes are strangers of one name. Given names and surnames go together, as
// people's origins do, so that there are more of them than each name's share
// alone would make.
const namesakes = "namesakes"

// familyWords stand in the names of attributes that tell of a family rather
// than of one person.
var familyWords = []string{"mother", "father", "parent", "guardian", "maiden", "next_of_kin", "next of kin", "spouse", "household"}

func ofFamily(attribute string) bool {
	name := strings.ToLower(attribute)
	return slices.ContainsFunc(familyWords, func(w string) bool { return strings.Contains(name, w) })
}

// kin are the sorts that the comparisons can tell.
func (p *plan) kin() []train.Kin {
	has := map[Kind]bool{}
	for _, c := range p.comps {
		has[c.Kind] = true
	}
	var out []train.Kin
	for _, s := range kinSpecs {
		ok, some := true, len(s.any) == 0
		for _, k := range s.need {
			ok = ok && has[k]
		}
		for _, k := range s.any {
			some = some || has[k]
		}
		if !ok || !some {
			continue
		}
		k := train.Kin{Name: s.name, Pairs: max(float64(p.set.Len())/100, 1), Like: make([]bool, len(p.comps)), Fixed: map[int][train.Levels]float64{}, Learn: make([]bool, len(p.comps))}
		for i, c := range p.comps {
			for _, like := range s.like {
				k.Like[i] = k.Like[i] || c.Kind == like
			}
			if f, ok := s.fixed[c.Kind]; ok {
				k.Fixed[i] = f
			}
			if c.Kind == Number && c.Arg == string(casefold.SSN) && s.ssn[different] > 0 {
				k.Fixed[i] = s.ssn
			}
			k.Learn[i] = c.Kind == Attribute && ofFamily(c.Arg) || slices.Contains(s.learn, c.Kind)
		}
		out = append(out, k)
	}
	return out
}

// A ModelKin is a sort of kin in a model: the log2 odds that a pair of two
// persons is such a pair, and what each level says for it rather than for
// strangers, in thousandths of a bit.
type ModelKin struct {
	Name  string `json:"name"`
	Prior int64  `json:"prior"`
	// Like are the comparisons, by their place in the model, whose weights count
	// as they stand.
	Like []int `json:"like"`
	// Fixed are comparisons with weights of their own, one per level.
	Fixed []FixedWeights `json:"fixed,omitempty"`
}

// FixedWeights are a comparison's weights for one sort of kin, by level.
type FixedWeights struct {
	Comparison int                 `json:"comparison"`
	Weights    [maxLevel + 1]int64 `json:"weights"`
}

func modelKin(p *train.Problem, f *train.Fit) []ModelKin {
	var out []ModelKin
	for k, kin := range p.Kin {
		m := ModelKin{Name: kin.Name, Prior: milli(math.Log2(f.Kin[k] / (p.Pairs - f.Matches)))}
		for c, like := range kin.Like {
			if like {
				m.Like = append(m.Like, c)
			}
		}
		for c := range p.Comparisons {
			share, ok := kin.Fixed[c]
			if kin.Learn[c] {
				share, ok = f.KinShares[k][c], true
			}
			if !ok {
				continue
			}
			w := FixedWeights{Comparison: c}
			for l := 1; l < train.Levels; l++ {
				if f.U[c][l] > 0 {
					w.Weights[l] = milli(min(max(math.Log2(max(share[l], 1e-6)/f.U[c][l]), -maxWeight), maxWeight))
				}
			}
			m.Fixed = append(m.Fixed, w)
		}
		out = append(out, m)
	}
	return out
}
