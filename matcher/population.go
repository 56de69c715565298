package matcher

import (
	"math"
	"slices"
)

// Chances in a population, for pairs that come without a file around them.
//
// populationPrior is log2 of 2.65e-7, the prior of the HMPPS person-match model
// (model_2026_02_23): how likely a record's person is the one person meant
// among some four million. kinPerPerson is how many others of each sort a person
// has: two relatives of the same surname at one address; a twin, 31 in 1,000
// births (US National Center for Health Statistics, 2021); a parent or child of
// the same name and sex, one in a hundred.
const populationPrior = -21_848

var kinPerPerson = map[string]int64{
	"relatives at one place":      1_000,  // log2 of 2
	"twins":                       -5_012, // of .031
	"two generations of one name": -6_644, // of .01
}

// CertainLink is the score at which a pair alone is a link without a person
// looking at it: one wrong in 10,000, the filing grade.
const CertainLink = 13_288

// Population is the model for judging pairs that were picked by somebody, such
// as labelled ones: how often two of them are one person says nothing of the
// chance that two records are. The weights stay, the chances are those of a
// population, and a link has to be certain, for no other record can speak
// against it. Namesakes need no sort of their own: a name is no rarer in a
// population than a file can show, half as many bearers as the file has names,
// for each was met in two records.
func (m *Model) Population() *Model {
	out := *m
	out.Prior, out.Link = populationPrior, CertainLink
	out.Kin = slices.DeleteFunc(slices.Clone(m.Kin), func(k ModelKin) bool { return k.Name == namesakes })
	for i := range out.Kin {
		out.Kin[i].Prior = populationPrior + kinPerPerson[out.Kin[i].Name]
	}
	told := map[string]int{}
	for _, f := range m.Frequencies {
		told[f.Of] = f.Total
	}
	out.Comparisons = append([]ModelComparison(nil), m.Comparisons...)
	for i := range out.Comparisons {
		c := &out.Comparisons[i]
		if n := told[c.String()]; n > 2 && namesPeople[c.Kind] {
			c.Levels = append([]ModelLevel(nil), c.Levels...)
			for j := range c.Levels {
				if kinds[c.Kind][c.Levels[j].Level].equal {
					c.Levels[j].Weight = min(c.Levels[j].Weight, milli(math.Log2(float64(n)/2)))
				}
			}
		}
	}
	return &out
}

// namesPeople are the comparisons of values that anybody may give anybody,
// unlike numbers that are issued and places that are built.
var namesPeople = map[Kind]bool{Given: true, Surname: true, Middle: true, Attribute: true}
