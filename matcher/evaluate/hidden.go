package evaluate

import (
	"github.com/casefold/casefold"
	"github.com/casefold/casefold/mention"
)

// Hide prepares an estimate of accuracy without labels. A person whose
// fingerprint number is known is a label that the data bring along: for a random
// share of such persons every number and key is taken from their records, the
// set is linked on what is left, and the numbers show what went wrong.
//
// It returns the record as it is to be linked, the fingerprint number ("" if the
// record has none: it is in no count), and whether the person is hidden. The
// draw is by person, never by pair, and depends on the number and the seed alone.
func Hide(r *casefold.Record, share float64, seed uint64) (linked casefold.Record, person string, hidden bool) {
	for _, id := range r.Person.Identifiers {
		if id.How == casefold.Print {
			person = string(id.Kind) + " " + id.Issuer + " " + id.Value
			break
		}
	}
	if person == "" || float64(mention.HashSeed(person, seed)>>11)/(1<<53) >= share {
		return *r, person, false
	}
	linked = *r
	linked.Person.PersonKey, linked.Person.Identifiers = "", nil
	return linked, person, true
}

// Estimate compares the clusters with the hidden persons: only pairs of records
// of which at least one is hidden are counted, so that no number decided.
func Estimate[C comparable](cluster []C, person []string, hidden []bool, seed uint64) GroupMeasure {
	var c []C
	var p []string
	var h []bool
	for i, x := range person {
		if x != "" {
			c, p, h = append(c, cluster[i]), append(p, x), append(h, hidden[i])
		}
	}
	t := tallies(c, p, func(i, j int) bool { return h[i] || h[j] })
	m := GroupMeasure{Group: "hidden", Pairwise: t.measure(nil)}
	for _, x := range h {
		if x {
			m.Records++
		}
	}
	m.Precision, m.Recall = t.intervals(seed)
	return m
}
