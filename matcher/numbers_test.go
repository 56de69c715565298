package matcher_test

import (
	"testing"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/matcher"
	"github.com/casefold/casefold/mention"
)

// TestWhatAnEqualNumberSays: it says less where it came with the name.
func TestWhatAnEqualNumberSays(t *testing.T) {
	v := newVillage(9)
	for i := range 300 {
		v.person(1+i%2, nil)
	}
	id := func(r casefold.Record, kind casefold.IdentifierKind, how casefold.How, value string) casefold.Record {
		r.Person.Identifiers = []casefold.Identifier{{Kind: kind, Issuer: "X", How: how, Value: value}}
		return r
	}
	for i := range v.records {
		v.records[i] = id(v.records[i], []casefold.IdentifierKind{casefold.License, casefold.Local}[i%2], casefold.SelfReport, v.records[i].Teller.RowKey)
	}
	l, _ := linkAll(t, v.records, ascending(len(v.records)), 1, nil)
	for _, c := range []struct {
		why  string
		a, b casefold.Record
		want string // level in words; "equal" for any level of equality
	}{
		{"said by the person", id(told("x", "1", "ANA", "1980-02-03", nil), casefold.License, casefold.SelfReport, "D100200"),
			id(told("x", "2", "ANA", "1980-02-03", nil), casefold.License, casefold.SelfReport, "D100200"), "equal"},
		{"copied", id(told("x", "1", "ANA", "1980-02-03", nil), casefold.License, casefold.LookUp, "D100200"),
			id(told("x", "2", "EVA", "1980-02-03", nil), casefold.License, casefold.SelfReport, "D100200"), "equal, copied"},
		{"read from a document with the name and the birth date", id(told("x", "1", "ANA", "1980-02-03", nil), casefold.License, casefold.Document, "D100200"),
			id(told("x", "2", "ANA", "1980-02-03", nil), casefold.License, casefold.SelfReport, "D100200"), "equal, copied"},
		{"found by the name of a father", id(told("x", "1", "ANA", "1955-02-03", nil), casefold.License, casefold.Document, "D100200"),
			id(told("x", "2", "ANA", "1980-02-03", nil), casefold.License, casefold.Document, "D100200"), "equal, copied"},
		{"read from a document, the name another", id(told("x", "1", "ANA", "1980-02-03", nil), casefold.License, casefold.Document, "D100200"),
			id(told("x", "2", "WILHELM", "1980-02-03", nil), casefold.License, casefold.Document, "D100200"), "equal"},
		{"read from a document, no birth date told", id(told("x", "1", "ANA", "", nil), casefold.License, casefold.Document, "D100200"),
			id(told("x", "2", "ANA", "1980-02-03", nil), casefold.License, casefold.Document, "D100200"), "equal"},
		{"prints that differ", id(told("x", "1", "ANA", "", nil), casefold.Local, casefold.Print, "1002003"),
			id(told("x", "2", "ANA", "", nil), casefold.Local, casefold.Print, "5559871"), "different, both by prints"},
		{"prints of which one was mistyped", id(told("x", "1", "ANA", "", nil), casefold.Local, casefold.Print, "1002003"),
			id(told("x", "2", "ANA", "", nil), casefold.Local, casefold.Print, "1002008"), "one digit or swap"},
		{"numbers that differ", id(told("x", "1", "ANA", "", nil), casefold.Local, casefold.Print, "1002003"),
			id(told("x", "2", "ANA", "", nil), casefold.Local, casefold.LookUp, "5559871"), "different"},
	} {
		b := mention.NewBuilder(nil)
		b.Add(&c.a)
		b.Add(&c.b)
		said := ""
		for _, k := range matcher.NewExplainer(b.Build(), l.model).Explain(0, 1).Contributions {
			if k.Comparison.Kind == matcher.Number && k.Level != 0 {
				said = k.Says
				if k.Level >= 8 {
					said = "equal"
				}
			}
		}
		if said != c.want {
			t.Errorf("%s: %q, want %q", c.why, said, c.want)
		}
	}
}
