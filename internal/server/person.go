package server

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/engine"
	"github.com/casefold/casefold/relief"
)

func itoa(n int) string { return strconv.Itoa(n) }

// A personView is one person's page.
type personView struct {
	ID, Name string
	RowCount int
	Glance   []string // what a reader wants to know first
	Card     []trait
	Names    []variant
	Numbers  []variant
	// Covered are convictions that some law answers; Others those that none
	// covers, folded away.
	Covered []convictionView
	Others  []convictionView
	Events  []event
	Links   []possibleLink
	Missing []string
	Rows    []rowName // all, for comparing two of them
}

// A trait is a line of the identity card: one thing that should have one
// value, and every value told.
type trait struct {
	What     string
	Values   []variant
	Conflict string // what contradicts, "" if nothing does
}

// A variant is a value with the rows that tell it.
type variant struct {
	Value, Kind string
	Sources     string
	Rows        []rowName
	Odd         bool // stands against another value of the same thing
}

// A possibleLink leads to a person who may be this one.
type possibleLink struct {
	engine.NeighbourView
}

func newPersonView(p *engine.PersonView) *personView {
	h := p.History
	v := &personView{ID: h.PersonID, Name: "Name not told", RowCount: len(h.Tellers), Rows: rowNames(h.Tellers)}
	for i, n := range h.Names {
		if i == 0 {
			v.Name = cmp.Or(fullName(n.Value), v.Name)
		}
		kind := string(n.Value.Kind)
		if n.Value.Kind == casefold.PrimaryName {
			kind = "name"
		}
		v.Names = append(v.Names, variant{Value: fullName(n.Value), Kind: kind, Sources: sources(n.Tellers), Rows: rowNames(n.Tellers)})
	}
	v.card(h)
	v.numbers(h)
	says := map[string]string{}
	for i := range h.Convictions {
		c := &h.Convictions[i]
		says[c.ID] = chargeText(&c.Offense.Value) + ", convicted " + dated(c.ConvictionDate.Value)
	}
	for i := range h.Convictions {
		c := newConvictionView(&h.Convictions[i], p.Determinations[h.Convictions[i].ID])
		for j := range c.PossiblySame {
			c.PossiblySame[j].Says = says[c.PossiblySame[j].ID]
		}
		if c.Covered() {
			v.Covered = append(v.Covered, c)
		} else {
			v.Others = append(v.Others, c)
		}
	}
	// What somebody must act on comes first; inside that, by date.
	slices.SortStableFunc(v.Covered, func(a, b convictionView) int { return cmp.Compare(a.rank(), b.rank()) })
	for _, n := range p.Neighbours {
		v.Links = append(v.Links, possibleLink{n})
	}
	for _, g := range h.Gaps {
		v.Missing = append(v.Missing, g.Text)
	}
	v.Events = events(h)
	v.glance(h)
	return v
}

// card is the person's birth, sex and death, each with everything told of it.
func (v *personView) card(h *casefold.History) {
	births := trait{What: "Born"}
	for _, b := range h.Births {
		births.Values = append(births.Values, variant{Value: b.Value.String(), Sources: sources(b.Tellers), Rows: rowNames(b.Tellers),
			Odd: slices.ContainsFunc(h.Births, func(o casefold.Told[casefold.Date]) bool { return !o.Value.Overlaps(b.Value) })})
	}
	if n := distinctDates(h.Births); n > 1 {
		births.Conflict = itoa(n) + " birth dates that cannot all be right"
	}
	v.Card = append(v.Card, births)
	if h.Sex.Status != casefold.FactUnknown {
		v.Card = append(v.Card, factTrait("Sex", h.Sex, func(s casefold.Sex) string { return string(s) }))
	}
	if h.Deceased.Status != casefold.FactUnknown {
		v.Card = append(v.Card, factTrait("Deceased", h.Deceased, dated))
	}
}

// distinctDates counts the dates that overlap no earlier one.
func distinctDates(all []casefold.Told[casefold.Date]) int {
	var kept []casefold.Date
	for _, d := range all {
		if !slices.ContainsFunc(kept, d.Value.Overlaps) {
			kept = append(kept, d.Value)
		}
	}
	return len(kept)
}

func factTrait[T any](what string, f casefold.Fact[T], text func(T) string) trait {
	t := trait{What: what, Values: []variant{{Value: text(f.Value), Sources: sources(f.Tellers), Rows: rowNames(f.Tellers), Odd: len(f.Others) > 0}}}
	for _, o := range f.Others {
		t.Values = append(t.Values, variant{Value: text(o.Value), Sources: sources(o.Tellers), Rows: rowNames(o.Tellers), Odd: true})
	}
	if len(f.Others) > 0 {
		t.Conflict = itoa(len(f.Others)+1) + " values told"
	}
	return t
}

// howWords say how a number was come by.
var howWords = map[casefold.How]string{
	casefold.Print:      "by fingerprint",
	casefold.Document:   "from a document",
	casefold.LookUp:     "copied from another system",
	casefold.SelfReport: "as the person said",
}

// numbers lists identifiers; two of one kind and issuer stand against each
// other.
func (v *personView) numbers(h *casefold.History) {
	values := map[string]map[string]bool{}
	key := func(id casefold.Identifier) string { return string(id.Kind) + "\x00" + id.Issuer }
	for _, id := range h.Identifiers {
		k := key(id.Value)
		if values[k] == nil {
			values[k] = map[string]bool{}
		}
		values[k][id.Value.Value] = true
	}
	for _, id := range h.Identifiers {
		kind := strings.ToUpper(string(id.Value.Kind))
		if len(kind) > 3 {
			kind = strings.ReplaceAll(string(id.Value.Kind), "_", " ")
		}
		if id.Value.Issuer != "" {
			kind += " (" + id.Value.Issuer + ")"
		}
		v.Numbers = append(v.Numbers, variant{Value: id.Value.Value, Kind: kind + ", " + cmp.Or(howWords[id.Value.How], string(id.Value.How)),
			Sources: sources(id.Tellers), Rows: rowNames(id.Tellers), Odd: len(values[key(id.Value)]) > 1})
	}
}

// glance is the page's first line: what there is, what is owed, what waits.
func (v *personView) glance(h *casefold.History) {
	v.Glance = append(v.Glance, plural(len(h.Convictions), "conviction", "convictions"))
	owed, fileable, review := 0, 0, 0
	for _, c := range v.Covered {
		for _, d := range c.Decided {
			switch {
			case relief.Outcome(d.Outcome).Owed():
				owed++
				if d.Fileable == "yes" {
					fileable++
				}
			case d.Outcome == string(relief.Review):
				review++
			}
		}
	}
	if owed > 0 {
		v.Glance = append(v.Glance, itoa(owed)+" owed relief, "+itoa(fileable)+" of these to be filed here")
	}
	if review > 0 {
		v.Glance = append(v.Glance, plural(review, "waits for a review", "wait for a review"))
	}
	if len(v.Links) > 0 {
		v.Glance = append(v.Glance, plural(len(v.Links), "possible link to another person", "possible links to other persons"))
	}
	if h.Deceased.Status != casefold.FactUnknown {
		v.Glance = append(v.Glance, "told to be deceased")
	}
}
