package evaluate

import (
	"github.com/casefold/casefold"
	"github.com/casefold/casefold/mention"
)

// A Hider hides persons by one sort of fingerprint number. Numbers of two sorts
// say nothing of each other: a row that tells a state's number and one that tells
// a jail's are not two persons for that. So records are known by this number
// alone, and one without it is of nobody.
type Hider struct {
	Kind   casefold.IdentifierKind
	Issuer string
	Share  float64 // of the persons
	Seed   uint64
}

// Person is the number that a print of this very event gave; "" if the record
// has none.
func (h Hider) Person(r *casefold.Record) string {
	for _, id := range r.Person.Identifiers {
		if id.How == casefold.Print && id.Kind == h.Kind && id.Issuer == h.Issuer {
			return id.Value
		}
	}
	return ""
}

// Hide is the record as it is to be linked: without any number or key, if its
// person is drawn. The draw is by person, and depends on number and seed alone.
func (h Hider) Hide(r *casefold.Record) (linked casefold.Record, person string, hidden bool) {
	person = h.Person(r)
	if person == "" || float64(mention.HashSeed(person, h.Seed)>>11)/(1<<53) >= h.Share {
		return *r, person, false
	}
	linked = *r
	linked.Person.PersonKey, linked.Person.Identifiers = "", nil
	return linked, person, true
}
