package evaluate_test

import (
	"fmt"
	"testing"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/matcher/evaluate"
)

func TestAHiderHidesPersonsByOneNumber(t *testing.T) {
	record := func(ids ...casefold.Identifier) casefold.Record {
		return casefold.Record{Person: casefold.PersonFacts{PersonKey: "k", Names: []casefold.Name{{Last: "NG"}}, Identifiers: ids}}
	}
	state := func(v string, how casefold.How) casefold.Identifier {
		return casefold.Identifier{Kind: casefold.CII, Issuer: "CA-DOJ", How: how, Value: v}
	}
	jail := casefold.Identifier{Kind: casefold.Local, Issuer: "JAIL", How: casefold.Print, Value: "9"}
	h := evaluate.Hider{Kind: casefold.CII, Issuer: "CA-DOJ", Share: 1, Seed: 1}
	for _, c := range []struct {
		why    string
		r      casefold.Record
		person string
	}{
		{"the number of a print", record(jail, state("A1", casefold.Print)), "A1"},
		{"copied from another system", record(state("A1", casefold.LookUp)), ""},
		{"another sort of number", record(jail), ""},
		{"none", record(), ""},
	} {
		linked, person, hidden := h.Hide(&c.r)
		if person != c.person || hidden != (c.person != "") {
			t.Errorf("%s: person %q, hidden %v", c.why, person, hidden)
		}
		if gone := linked.Person.PersonKey == "" && len(linked.Person.Identifiers) == 0; gone != hidden || len(linked.Person.Names) != 1 {
			t.Errorf("%s: linked as %+v", c.why, linked.Person)
		}
		if c.r.Person.PersonKey != "k" {
			t.Errorf("%s: the record itself was changed", c.why)
		}
	}
	h.Share = .3
	n := 0
	for i := range 2000 {
		r, again := record(state(fmt.Sprint(i), casefold.Print)), record(jail, state(fmt.Sprint(i), casefold.Print))
		_, _, one := h.Hide(&r)
		_, _, two := h.Hide(&again)
		if one != two {
			t.Fatal("two records of one person are drawn apart")
		}
		if one {
			n++
		}
	}
	if n < 540 || n > 660 {
		t.Errorf("%d of 2000 hidden at a share of .3", n)
	}
}
