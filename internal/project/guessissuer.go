package project

import (
	"slices"
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/normalize/text"
)

// A driver's licence or an identity card is its state's. Where a column beside
// the number's tells the state, and it is always one, that state's office is the
// issuer; where it is several, the numbers are one issuer's to the run, and the
// note says so.

// licenseWords are words of the names of columns about licences and cards.
var licenseWords = []string{"dl", "dln", "cdl", "odl", "oln", "ol", "lic", "license", "licence", "driver", "drivers", "idn"}

// licenseIssuer settles the issuer of column i, a licence's or card's number.
func (g *guesser) licenseIssuer(i int, id *casefold.IdentifierColumn) {
	at := g.licenseState(i)
	if at < 0 {
		return
	}
	var states []string
	for _, v := range g.p.Columns[at].values {
		s := text.Upper(strings.TrimSpace(v))
		if text.IsFiller(s) {
			continue
		}
		if len(s) != 2 {
			return // no codes of states
		}
		if !slices.Contains(states, s) {
			states = append(states, s)
		}
	}
	switch len(states) {
	case 0:
	case 1:
		id.Issuer = states[0] + "-DMV"
	default:
		g.out.Notes[id.Column] = g.columnName(at) + " names several states: numbers of all of them compare as this issuer's"
	}
}

// licenseState is the column that tells whose licence the number in column i is,
// -1 if none does: a state in its name, and a word about licences or the same
// words as the number's.
func (g *guesser) licenseState(i int) int {
	own := cutName(g.columnName(i))
	for j := range g.p.Columns {
		words := cutName(g.columnName(j))
		if j == i || !slices.Contains(words, "state") && !slices.Contains(words, "st") {
			continue
		}
		for _, w := range words {
			if w != "state" && w != "st" && (slices.Contains(own, w) || slices.Contains(licenseWords, w)) {
				return j
			}
		}
	}
	return -1
}
