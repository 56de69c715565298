package matcher_test

import (
	"testing"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/matcher"
	"github.com/casefold/casefold/mention"
)

// told is a row of a source in the tests of what forbids a link.
func told(source, key, first, birth string, ids []casefold.Identifier, e ...casefold.Event) casefold.Record {
	p := casefold.PersonFacts{Names: []casefold.Name{{Last: "REYES", First: first}}, Identifiers: ids, Age: -1}
	if birth != "" {
		p.Births = []casefold.Date{day(birth)}
	}
	return casefold.Record{Teller: casefold.Teller{Source: source, RowKey: key}, Person: p, Events: e}
}

func day(s string) casefold.Date {
	d := casefold.Day(0)
	for _, c := range s {
		if c != '-' {
			d = 10*d + casefold.Day(c-'0')
		}
	}
	return casefold.Date{First: d, Last: d}
}

func inCase(mark string) casefold.Event {
	return casefold.Event{Kind: casefold.CourtEvent, Cases: []casefold.CaseNumber{{Family: "CASC", Key: "F16-1", Defendant: mark}}}
}

func number(how casefold.How, value string) []casefold.Identifier {
	return []casefold.Identifier{{Kind: casefold.CII, Issuer: "CA-DOJ", How: how, Value: value}}
}

func local(value string) []casefold.Identifier {
	return []casefold.Identifier{{Kind: casefold.Local, Issuer: "SO", How: casefold.Print, Value: value}}
}

func TestWhatForbidsALink(t *testing.T) {
	stay := func(from, to string, ori string) casefold.Event {
		return casefold.Event{Kind: casefold.CustodyEvent, CustodyFrom: day(from), CustodyTo: day(to), Agency: casefold.Agency{ORI: ori}}
	}
	for _, c := range []struct {
		why  string
		a, b casefold.Record
		want casefold.LinkReason
	}{
		{"the state's own prints gave two numbers",
			told("doj", "1", "ANA", "", number(casefold.Print, "A1")), told("doj", "2", "ANA", "", number(casefold.Print, "A2")), casefold.LinkTwoNumbers},
		{"a jail wrote down the state's number",
			told("doj", "1", "ANA", "", number(casefold.Print, "A1")), told("jail", "2", "ANA", "", number(casefold.Print, "A2")), ""},
		{"a court looked the number up",
			told("doj", "1", "ANA", "", number(casefold.Print, "A1")), told("court", "2", "ANA", "", number(casefold.LookUp, "A2")), ""},
		{"a jail keeps its persons by prints, and has two",
			told("jail", "1", "ANA", "", local("7")), told("jail", "2", "ANA", "", local("8")), casefold.LinkTwoNumbers},
		{"two defendants of the court's case",
			told("court", "1", "ANA", "", nil, inCase("1")), told("court", "2", "EVA", "", nil, inCase("2")), casefold.LinkOtherAccused},
		{"the court's second defendant, by number and by letter",
			told("court", "1", "ANA", "", nil, inCase("02")), told("court", "2", "EVA", "", nil, inCase("B")), ""},
		{"marks written in two ways forbid nothing",
			told("court", "1", "ANA", "", nil, inCase("01")), told("court", "2", "EVA", "", nil, inCase("B")), ""},
		{"a prosecutor's mark forbids nothing",
			told("court", "1", "ANA", "", nil, inCase("1")), told("da", "2", "EVA", "", nil, inCase("2")), ""},
		{"one who is called and born the same was entered twice",
			told("court", "1", "ANA", "1980-02-03", nil, inCase("1")), told("court", "2", "ANA", "1980-02-03", nil, inCase("2")), ""},
		{"one jail, two arresting agencies",
			told("jail", "1", "ANA", "", nil, stay("2001-02-03", "2001-03-04", "CA034")), told("jail", "2", "EVA", "", nil, stay("2001-02-10", "2001-03-01", "CA057")), ""},
		{"custody at two places",
			told("jail", "1", "ANA", "", nil, stay("2001-02-03", "2001-03-04", "CA034")), told("doj", "2", "EVA", "", nil, stay("2001-02-10", "2001-03-01", "CA057")), casefold.LinkCustody},
	} {
		b := mention.NewBuilder([]casefold.Source{
			{Name: "doj", Teller: casefold.TellerState}, {Name: "court", Teller: casefold.TellerCourt}, {Name: "da", Teller: casefold.TellerDA},
			{Name: "jail", Teller: casefold.TellerJail, Agency: casefold.Agency{ORI: "CA0340000"}, PersonKey: "XREF",
				Mapping: casefold.Mapping{Identifiers: []casefold.IdentifierColumn{{Column: "XREF", Kind: casefold.Local, How: casefold.Print}}}}})
		b.Add(&c.a)
		b.Add(&c.b)
		s := b.Build()
		if s.Len() == 1 {
			if c.want != "" {
				t.Errorf("%s: the rows are one mention", c.why)
			}
			continue
		}
		if got := matcher.Denial(s, 0, 1); got != c.want {
			t.Errorf("%s: %q, want %q", c.why, got, c.want)
		}
	}
}
