package matcher_test

import (
	"context"
	"slices"
	"testing"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/index/blocking"
	"github.com/casefold/casefold/matcher"
	"github.com/casefold/casefold/mention"
)

// alone is one record as a set of its own.
func alone(sources []casefold.Source, rec casefold.Record) *mention.Set {
	b := mention.NewBuilder(sources)
	b.Add(&rec)
	return b.Build()
}

func lookup(t testing.TB, s *mention.Set) *blocking.Lookup {
	t.Helper()
	l, err := blocking.NewLookup(context.Background(), s, blocking.Default(s), blocking.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// TestARecordResolvedScoresAsInBulk takes records out of a town, links the
// rest, and resolves them against it: each score with each mention of the rest
// is, to the bit, that of a bulk which holds them all, and blocking proposes the
// same mentions.
func TestARecordResolvedScoresAsInBulk(t *testing.T) {
	records, truth := town(1100, 8) // enough for blocking to matter
	whole, _ := linkAll(t, records, ascending(len(records)), 2, nil)
	bulk := matcher.NewExplainer(whole.set, whole.model)
	var rest []casefold.Record
	var at []int // of the rest, in records
	var out []int
	for r := range records {
		if r%25 == 0 {
			out = append(out, r)
		} else {
			rest, at = append(rest, records[r]), append(at, r)
		}
	}
	store, _ := linkAll(t, rest, ascending(len(rest)), 2, whole.model)
	look, resolver := lookup(t, store.set), matcher.NewResolver(store.set, store.model, store.links.Of, store.model.Link)
	known := map[int]bool{} // persons with a record in the rest
	for _, r := range at {
		known[truth[r]] = true
	}
	right, wrong, missed := 0, 0, 0
	for _, r := range out {
		own := alone(nil, records[r])
		list := look.Candidates(own, 0)
		for i, score := range resolver.Scores(own, 0, list) {
			x := at[store.set.Records(list[i])[0]]
			want := bulk.Explain(whole.set.MentionOf(r), whole.set.MentionOf(x))
			if score != want.Total {
				t.Fatalf("record %d against %d: resolved %d, in bulk %d", r, x, score, want.Total)
			}
			if i == 0 {
				if got := resolver.Explain(own, 0, list[i]); got.Total != want.Total || got.Kinship != want.Kinship || !slices.Equal(got.Contributions, want.Contributions) {
					t.Fatalf("explained %+v, in bulk %+v", got, want)
				}
			}
		}
		found := resolver.Resolve(own, 0, list)
		switch linked := len(found) > 0 && found[0].Link; {
		case linked && truth[at[store.set.Records(found[0].Mention)[0]]] == truth[r]:
			right++
		case linked:
			wrong++
		case known[truth[r]]:
			missed++
		}
		for i := range found {
			if found[i].Link && i > 0 {
				t.Errorf("record %d is linked to %d clusters", r, i+1)
			}
			if found[i].Link == (found[i].Reason != "") || found[i].Why.Total != found[i].Pair {
				t.Errorf("record %d: %+v", r, found[i])
			}
		}
	}
	if right < 50 || wrong > 2 || missed > right/10 {
		t.Errorf("%d records: %d linked to their person, %d to another, %d missed", len(out), right, wrong, missed)
	}
}

// TestACorpusResolvedScoresAsInBulk is the same for real columns: every score
// of every 40th record with its candidates.
func TestACorpusResolvedScoresAsInBulk(t *testing.T) {
	if testing.Short() {
		t.Skip("long")
	}
	dir := shared(t)
	for _, name := range []string{"clkhash_dirty_1000", "senzing_truthset"} {
		c := corpora[slices.IndexFunc(corpora, func(c corpus) bool { return c.name == name })]
		x := run(t, dir, c)
		bulk, look := matcher.NewExplainer(x.set, x.model), lookup(t, x.set)
		resolver := matcher.NewResolver(x.set, x.model, x.links.Of, x.model.Link)
		head, rows := table(t, dir+"/data/corpora/"+name+"/records.csv.gz")
		for r := 0; r < len(rows); r += 40 {
			own := alone(nil, record(head, c.mapping, rows[r][0], rows[r]))
			m := x.set.MentionOf(r)
			list := look.Candidates(own, 0)
			for i, score := range resolver.Scores(own, 0, list) {
				if want := bulk.Explain(m, list[i]).Total; list[i] != m && score != want {
					t.Fatalf("%s: record %d against mention %d: resolved %d, in bulk %d", name, r, list[i], score, want)
				}
			}
		}
	}
}

// court is a state extract that issues prints, and a court.
func TestWhatForbidsALinkForbidsItToANewRecord(t *testing.T) {
	sources := []casefold.Source{{Name: "doj", Teller: casefold.TellerState, IssuesPrints: casefold.CII}, {Name: "court", Teller: casefold.TellerCourt}}
	records, _ := town(300, 9)
	for i := range records {
		records[i].Teller.Source = "court"
	}
	cii := func(v string) []casefold.Identifier {
		return []casefold.Identifier{{Kind: casefold.CII, Issuer: "CA-DOJ", How: casefold.Print, Value: v}}
	}
	records[10].Events = []casefold.Event{{Bookings: []string{"77"}}}
	first := records[0]
	first.Teller = casefold.Teller{Source: "doj", RowKey: "1"}
	first.Person.Identifiers = cii("A1")
	records = append(records, first)
	b := mention.NewBuilder(sources)
	for i := range records {
		b.Add(&records[i])
	}
	s := b.Build()
	ctx := context.Background()
	x, err := blocking.Build(ctx, s, blocking.Default(s), blocking.Options{})
	if err != nil {
		t.Fatal(err)
	}
	model, err := matcher.Train(ctx, s, x, 1, matcher.TrainOptions{})
	if err != nil {
		t.Fatal(err)
	}
	links, err := matcher.Link(ctx, s, model, x, matcher.LinkOptions{})
	if err != nil {
		t.Fatal(err)
	}
	look, resolver := lookup(t, s), matcher.NewResolver(s, model, links.Of, model.Link)
	person := links.Of[s.MentionOf(len(records)-1)]
	resolve := func(rec casefold.Record) []matcher.Resolved {
		own := alone(sources, rec)
		return resolver.Resolve(own, 0, look.Candidates(own, 0))
	}
	in := func(list []matcher.Resolved, person uint32) matcher.Resolved {
		for _, f := range list {
			if f.Cluster == person {
				return f
			}
		}
		return matcher.Resolved{}
	}
	of := func(list []matcher.Resolved) matcher.Resolved { return in(list, person) }
	same := first
	same.Teller.RowKey = "2"
	if f := of(resolve(same)); !f.Link || !f.Certain {
		t.Errorf("the same number, asserted: %+v", f)
	}
	other := first
	other.Teller.RowKey, other.Person.Identifiers = "3", cii("A2")
	if f := of(resolve(other)); f.Link || f.Reason != casefold.LinkTwoNumbers {
		t.Errorf("another number of one issuer: %+v", f)
	}
	bare := first
	bare.Teller, bare.Person.Identifiers = casefold.Teller{Source: "new", RowKey: "4"}, nil
	if f := of(resolve(bare)); !f.Link || f.Certain || f.Weight < model.Link {
		t.Errorf("the same names and birth date: %+v", f)
	}
	booked := records[10]
	booked.Teller = casefold.Teller{Source: "new", RowKey: "5"}
	if f := in(resolve(booked), links.Of[s.MentionOf(10)]); !f.Link || !f.Certain {
		t.Errorf("the same booking, name and birth date: %+v", f)
	}
	if got := resolve(casefold.Record{Person: casefold.PersonFacts{Age: -1}}); len(got) != 0 {
		t.Errorf("a record that tells nothing is resolved: %+v", got)
	}
}
