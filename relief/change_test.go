package relief_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/relief"
)

// oneCase reads a case from text.
func oneCase(t *testing.T, text string) *relief.Case {
	t.Helper()
	cases, problems := relief.ParseCases("case.txt", text)
	for _, p := range problems {
		t.Fatal(p)
	}
	return &cases[0]
}

// TestNeighbourWithAStrikeIsDoubt: a neighbour's murder changes the answer, the
// difference is found though the alternative names convictions otherwise, and
// the determination becomes a review that names the link.
func TestNeighbourWithAStrikeIsDoubt(t *testing.T) {
	law := load(t, "prop64")
	alone := oneCase(t, "A: alone\n  HS 11359, felony, convicted 2010-05-10\n  = redesignate_misdemeanor\n")
	both := oneCase(t, "B: with the neighbour\n  HS 11359, felony, convicted 2010-05-10\n  + PC 187(a), felony, convicted 2001-05-10\n  = felony_stays\n")
	base, other := law.Decide(&alone.History, alone.Context), law.Decide(&both.History, both.Context)
	changes := relief.Differs(base, other)
	want := []relief.Change{{ConvictionID: "A-1", PersonID: "P-A", Law: "prop64", Base: relief.RedesignateMisdemeanor, Other: relief.FelonyStays}}
	if diff := cmp.Diff(want, changes); diff != "" {
		t.Fatal(diff)
	}
	d := base[0]
	d.Doubt(relief.Link{Says: "possible link between P-1 and P-9 (12.300 bits, weak)", Other: changes[0].Other})
	if d.Outcome != relief.Review || d.Fileable != casefold.False || d.Link == "" || !strings.Contains(d.Needs[0], "P-9") || d.Route != relief.RouteNone {
		t.Errorf("%+v", d)
	}
	if changes := relief.Differs(base, base); changes != nil {
		t.Errorf("a determination differs from itself: %v", changes)
	}
	if changes := relief.Differs(base, nil); len(changes) != 1 || changes[0].Other != "" {
		t.Errorf("a conviction that vanished: %v", changes)
	}
}

// TestSpeaks: which rows of a neighbour are worth trying.
func TestSpeaks(t *testing.T) {
	for _, c := range []struct {
		what   string
		record casefold.Record
		want   bool
	}{
		{"a name only", casefold.Record{Person: casefold.PersonFacts{Names: make([]casefold.Name, 1)}}, false},
		{"an application for a licence", casefold.Record{Events: []casefold.Event{{Kind: casefold.ApplicantEvent}}}, false},
		{"a birth date", casefold.Record{Person: casefold.PersonFacts{Births: make([]casefold.Date, 1)}}, true},
		{"a death without a date", casefold.Record{Person: casefold.PersonFacts{IsDeceased: true}}, true},
		{"a court's step", casefold.Record{Events: []casefold.Event{{Kind: casefold.CourtEvent}}}, true},
		{"a registration", casefold.Record{Events: []casefold.Event{{Kind: casefold.ApplicantEvent}, {Kind: casefold.RegistrationEvent}}}, true},
	} {
		if got := relief.Speaks(&c.record); got != c.want {
			t.Errorf("%s: %v", c.what, got)
		}
	}
}

// TestEnteredFactShowsItsChange: what a fact from the file would change is
// known before it is saved.
func TestEnteredFactShowsItsChange(t *testing.T) {
	law := load(t, "prop64")
	c := oneCase(t, "A: cultivation\n  HS 11358, felony, convicted 2010-05-10\n  = dismiss_and_seal\n")
	with := c.Context
	with.Facts = map[string][]relief.EnteredFact{"A-1": {{Name: "plants", Value: "40", By: "clerk", Document: "police report", Page: "3"}}}
	got := relief.Diff(&c.History, law.Decider(c.Context), law.Decider(with))
	if len(got) != 1 || got[0].Base != relief.DismissAndSeal || got[0].Other != relief.RedesignateMisdemeanor {
		t.Errorf("got %v", got)
	}
	e, ok := law.Explain(&c.History, "A-1", with)
	if !ok {
		t.Fatal("no explanation")
	}
	var b strings.Builder
	if err := e.Write(&b); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.String(), "plants: 40 (police report, page 3, entered by clerk)") {
		t.Errorf("the proof does not name the document:\n%s", b.String())
	}
}

// TestProofRestsOnRows: a denial names the rows of the prior it rests on, and
// the proof marks exactly one deciding rule.
func TestProofRestsOnRows(t *testing.T) {
	law := load(t, "prop64")
	c := oneCase(t, "A: sale\n  HS 11360(a), felony, convicted 1995-05-10\n  + PC 288(a), felony, convicted 1990-05-10, told by state\n  = felony_stays\n")
	e, ok := law.Explain(&c.History, "A-1", c.Context)
	if !ok {
		t.Fatal("no explanation")
	}
	prior := casefold.Teller{Source: "state", RowKey: "2"}
	found := false
	for _, w := range e.Witnesses {
		found = found || w == prior
	}
	if !found {
		t.Errorf("the witnesses %v do not hold the prior's row %v", e.Witnesses, prior)
	}
	var deciding []string
	var walk func([]*relief.Node)
	walk = func(nodes []*relief.Node) {
		for _, n := range nodes {
			if n.Decides && n.Outcome != "" {
				deciding = append(deciding, n.Text)
			}
			walk(n.Children)
		}
	}
	walk(e.Proof)
	if len(deciding) != 1 || deciding[0] != e.Rule {
		t.Errorf("deciding rules %v, the determination's is %s", deciding, e.Rule)
	}
	if _, ok := law.Explain(&c.History, "nobody", c.Context); ok {
		t.Error("a conviction that is not there is explained")
	}
}

// TestTally counts whom the law helps: a person with one small conviction has
// none left; one with a robbery keeps it.
func TestTally(t *testing.T) {
	law := load(t, "prop64")
	tally := relief.NewTally(20261124)
	for _, text := range []string{
		"A: one small conviction\n  HS 11357(b), misdemeanor, convicted 2021-05-10, offense 2015-01-01\n  = dismiss_and_seal\n",
		"B: for sale beside a robbery\n  HS 11359, felony, convicted 2005-05-10\n  + PC 211, felony, convicted 2003-05-10\n  = redesignate_misdemeanor\n",
		"C: for sale\n  HS 11359, felony, convicted 2005-05-10\n  = redesignate_misdemeanor\n",
		"D: theft\n  PC 484(a), misdemeanor, convicted 2005-05-10\n  = not_covered\n",
	} {
		c := oneCase(t, text)
		tally.Add(&c.History, law.Decide(&c.History, c.Context))
	}
	if diff := cmp.Diff(relief.Helped{People: 3, Helped: 3, Convictions: 3, NoFelonyLeft: 1, NoConvictionLeft: 1, NoneInSevenYears: 1}, tally.All); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(map[relief.Outcome]int{relief.DismissAndSeal: 1, relief.RedesignateMisdemeanor: 2, relief.NotCovered: 2}, tally.Outcomes); diff != "" {
		t.Error(diff)
	}
	var got []string
	for _, g := range relief.Groups(tally) {
		got = append(got, fmt.Sprintf("%s %s: %d", g.By, g.Value, tally.Group(g).Helped))
	}
	want := []string{"race not told: 3", "sex not told: 3", "age 40-49: 1", "age 50-59: 2", "year 2005: 2", "year 2021: 1"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestQueueOrder: what decides most by itself comes first; denials are apart.
func TestQueueOrder(t *testing.T) {
	law := load(t, "prop64")
	q := relief.NewQueue()
	for _, text := range []string{
		"A: the prior's subdivision\n  HS 11359, felony, convicted 2010-05-10\n  + PC 314, misdemeanor, convicted 1985-05-10\n  + HS 11360(a), felony, convicted 2012-05-10\n  = review\n",
		"B: the birth date\n  HS 11357(b), misdemeanor, convicted 2010-05-10\n  born untold\n  = review\n",
		"C: a denial\n  HS 11359, felony, convicted 2010-05-10\n  + PC 187(a), felony, convicted 1985-05-10\n  = felony_stays\n",
		"D: owed\n  HS 11359, felony, convicted 2010-05-10\n  = redesignate_misdemeanor\n",
	} {
		c := oneCase(t, text)
		for _, d := range law.Decide(&c.History, c.Context) {
			q.Add(&d)
		}
	}
	other := relief.NewQueue()
	q.Merge(other)
	got := q.Waiting()
	if len(got) != 2 || got[0].Fact != "section" || len(got[0].Alone) != 2 || got[1].Fact != "birth_date" {
		t.Errorf("got %+v", got)
	}
	if d := q.Denials(); len(d) != 1 || d[0].Conviction != "C-1" {
		t.Errorf("denials %+v", d)
	}
}

// TestPastDestructionLimit follows HS 11361.5 in its text of before the Act.
func TestPastDestructionLimit(t *testing.T) {
	for _, c := range []struct {
		section, convicted string
		asOf               casefold.Day
		want               casefold.Truth
	}{
		{"HS 11357(b)", "2005-05-10", 20261124, casefold.True},
		{"HS 11360(b)", "2005-05-10", 20261124, casefold.True},
		{"HS 11357(b)", "2005-05-10", 20070510, casefold.False},
		{"HS 11357(b)", "2005-05-10", 20070511, casefold.True},
		{"HS 11357(a)", "2005-05-10", 20261124, casefold.False},
		{"HS 11357", "2005-05-10", 20261124, casefold.False},
		{"HS 11359", "2005-05-10", 20261124, casefold.False},
		{"HS 11357(b)", "1975-12-01", 20261124, casefold.False},
		{"HS 11357(b)", "2018-05-10", 20261124, casefold.False},
		{"HS 11357(e)", "2012", 20140601, casefold.Unknown},
		{"HS 11357(c)", "untold", 20261124, casefold.Unknown},
	} {
		x := oneCase(t, "A: a\n  "+c.section+", misdemeanor, convicted "+c.convicted+"\n  = no_lesser\n")
		if got := relief.PastDestructionLimit(&x.History.Convictions[0], c.asOf); got != c.want {
			t.Errorf("%s of %s on %s: %s, want %s", c.section, c.convicted, c.asOf, got, c.want)
		}
	}
	small := &casefold.Offense{Statute: casefold.Statute{Code: "HS", Section: "11357", Path: "(b)"}}
	if got := relief.PastArrestLimit(small, casefold.On(20050510), 20261124); got != casefold.True {
		t.Errorf("an arrest of 2005: %s", got)
	}
	if got := relief.PastArrestLimit(nil, casefold.On(20050510), 20261124); got != casefold.False {
		t.Errorf("an arrest for what nobody tells: %s", got)
	}
}
