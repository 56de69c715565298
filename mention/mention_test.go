package mention_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"testing"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/mention"
)

// people makes records of a state extract, a court and a jail.
func people() (sources []casefold.Source, records []casefold.Record) {
	sources = []casefold.Source{
		{Name: "doj", Teller: casefold.TellerState, IssuesPrints: casefold.CII},
		{Name: "court", Teller: casefold.TellerCourt},
		{Name: "jail", Teller: casefold.TellerJail},
	}
	add := func(source, key string, p casefold.PersonFacts, e ...casefold.Event) {
		records = append(records, casefold.Record{Teller: casefold.Teller{Source: source, RowKey: key}, Person: p, Events: e})
	}
	garcia := []casefold.Name{{Last: "GARCIA LOPEZ", First: "MARIA", Middle: "DEL CARMEN"}}
	cii := []casefold.Identifier{{Kind: casefold.CII, Issuer: "CA-DOJ", How: casefold.Print, Value: "A1"}}
	add("doj", "1", casefold.PersonFacts{Names: garcia, PersonKey: "A1", Identifiers: cii, Sex: "F"})
	add("doj", "2", casefold.PersonFacts{Names: []casefold.Name{{Last: "GARCIA", First: "MARY", Kind: casefold.AliasName}}, PersonKey: "A1", Identifiers: cii, Sex: "F"})
	add("court", "1", casefold.PersonFacts{Names: garcia}, casefold.Event{Cases: []casefold.CaseNumber{{Family: "CASC X", Key: "16-1", Defendant: "A"}}})
	add("court", "2", casefold.PersonFacts{Names: garcia}, casefold.Event{Cases: []casefold.CaseNumber{{Family: "CASC X", Key: "16-1", Defendant: "A"}}})
	add("court", "3", casefold.PersonFacts{Names: garcia}, casefold.Event{Cases: []casefold.CaseNumber{{Family: "CASC X", Key: "16-1", Defendant: "B"}}})
	add("jail", "1", casefold.PersonFacts{Names: garcia}, casefold.Event{Bookings: []string{"77"}})
	add("jail", "2", casefold.PersonFacts{Names: garcia}, casefold.Event{Bookings: []string{"77"}})
	add("jail", "3", casefold.PersonFacts{Names: garcia})
	add("jail", "4", casefold.PersonFacts{Names: garcia})
	add("jail", "5", casefold.PersonFacts{Names: []casefold.Name{{Last: "NG", First: "LI"}}}, casefold.Event{Bookings: []string{"77"}})
	add("jail", "6", casefold.PersonFacts{Names: garcia, PersonKey: "X1"}, casefold.Event{Bookings: []string{"77"}})
	return sources, records
}

func TestRowsThatTheirSourceJoinsAreOneMention(t *testing.T) {
	sources, records := people()
	b := mention.NewBuilder(sources)
	for i := range records {
		b.Add(&records[i])
	}
	s := b.Build()
	same := func(i, j int) bool { return s.MentionOf(i) == s.MentionOf(j) }
	for _, c := range []struct {
		why  string
		i, j int
		want bool
	}{
		{"one person key of one source", 0, 1, true},
		{"one case and defendant of a court", 2, 3, true},
		{"another defendant of the case", 2, 4, false},
		{"one booking of a jail", 5, 6, true},
		{"equal values alone", 7, 8, false},
		{"one booking, another name and no birth date", 5, 9, false},
		{"one booking, but the source has a person key", 5, 10, false},
	} {
		if same(c.i, c.j) != c.want {
			t.Errorf("%s: one mention: %v, want %v", c.why, !c.want, c.want)
		}
	}
	m := s.MentionOf(0)
	told := map[string]mention.NameKind{}
	for _, n := range s.Names.Of(m) {
		told[s.Name.Text(n.Surname)] = n.Kind
	}
	if want := map[string]mention.NameKind{"GARCIA LOPEZ": mention.Primary, "GARCIA": mention.Alias}; !maps.Equal(told, want) {
		t.Errorf("names of the state's mention: %v, want %v", told, want)
	}
	if id := s.Identifiers.Of(m); len(id) != 1 || id[0].How != mention.Asserted {
		t.Errorf("a print of the number's own issuer is asserted; got %v", id)
	}
}

func TestASetDoesNotDependOnTheOrderOfRecords(t *testing.T) {
	sources, records := people()
	want := ""
	for seed := range uint64(20) {
		order := rand.New(rand.NewPCG(seed, 1)).Perm(len(records))
		b := mention.NewBuilder(sources)
		at := make([]int, len(records))
		for i, r := range order {
			at[r] = i
			b.Add(&records[r])
		}
		s := b.Build()
		got := ""
		for r := range records {
			m := s.MentionOf(at[r])
			got += fmt.Sprint(r, m, s.Names.Of(m), s.Identifiers.Of(m), s.Cases.Of(m), s.Bookings.Of(m), s.Sex[m], s.Feature.Tokens.Of(s.Names.Of(m)[0].Surname), "\n")
		}
		if want == "" {
			want = got
		} else if got != want {
			t.Fatalf("order %v gives\n%s\nwant\n%s", order, got, want)
		}
	}
}
