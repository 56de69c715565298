package mention_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/casefold/casefold/mention"
)

// says is everything that a mention tells, in words, and what is known of its
// names.
func says(s *mention.Set, m uint32) string {
	var b strings.Builder
	name := func(v mention.Value) {
		fmt.Fprintf(&b, "%s(%d", s.Name.Text(v), s.Feature.Sound[v])
		for _, w := range s.Feature.Tokens.Of(v) {
			b.WriteString(" " + s.Name.Text(w))
		}
		b.WriteString(") ")
	}
	for _, n := range s.Names.Of(m) {
		name(n.Given)
		name(n.Middle)
		name(n.Surname)
		fmt.Fprintln(&b, n.Suffix, n.Kind, s.Feature.Nicknames.Of(n.Given))
	}
	fmt.Fprintln(&b, s.Births.Of(m), s.Ages.Of(m), s.Sex[m], s.ArrestDays.Of(m), s.CourtDays.Of(m), s.Deaths.Of(m), s.Present.Of(m))
	for _, id := range s.Identifiers.Of(m) {
		x := &s.Issuers[id.Issuer]
		fmt.Fprintln(&b, x.Kind, x.Name, id.How, x.Values.Text(id.Value))
	}
	for _, a := range s.Addresses.Of(m) {
		fmt.Fprintln(&b, s.House.Text(a.House), s.Number.Text(a.Number), s.Street.Text(a.Street), s.Unit.Text(a.Unit), s.City.Text(a.City), s.State.Text(a.State), s.Postal.Text(a.Postal))
	}
	values := func(d *mention.Dictionary, list []mention.Value) {
		for _, v := range list {
			b.WriteString(d.Text(v) + " ")
		}
		b.WriteByte('\n')
	}
	values(s.Phone, s.Phones.Of(m))
	values(s.Email, s.Emails.Of(m))
	values(s.Booking, s.Bookings.Of(m))
	values(s.Arrest, s.Arrests.Of(m))
	for i := range s.Attributes {
		b.WriteString(s.Attributes[i].Name + " ")
		values(s.Attributes[i].Values, s.Attributes[i].List.Of(m))
	}
	for _, c := range s.Cases.Of(m) {
		fmt.Fprintln(&b, s.Case.Text(c.Key), s.Defendant.Text(c.Defendant))
	}
	for _, c := range s.Custody.Of(m) {
		fmt.Fprintln(&b, c.From, c.To, s.Place.Text(c.Place))
	}
	for _, k := range s.SourceKeys.Of(m) {
		fmt.Fprintln(&b, k.Source, s.PersonKey.Text(k.Key))
	}
	return b.String()
}

// TestWhatIsChosenSaysTheSame: the sources of both sets are the same, so that
// their numbers are, too.
func TestWhatIsChosenSaysTheSame(t *testing.T) {
	one, two := build(everything(400, 1)), build(everything(200, 2))
	rng := rand.New(rand.NewPCG(1, 1))
	a, b := mention.Choice{Set: one}, mention.Choice{Set: two}
	for range 60 {
		a.Mentions = append(a.Mentions, uint32(rng.IntN(one.Len())))
		b.Mentions = append(b.Mentions, uint32(rng.IntN(two.Len())))
	}
	got := mention.Choose(a, b)
	if got.Len() != 120 || got.RecordCount() != 0 {
		t.Fatalf("%d mentions of %d records", got.Len(), got.RecordCount())
	}
	for i := range a.Mentions {
		if g, w := says(got, uint32(i)), says(one, a.Mentions[i]); g != w {
			t.Fatalf("mention %d says\n%s\nin its own set\n%s", i, g, w)
		}
		if g, w := says(got, uint32(60+i)), says(two, b.Mentions[i]); g != w {
			t.Fatalf("mention %d says\n%s\nin its own set\n%s", 60+i, g, w)
		}
	}
}

func BenchmarkChoose(b *testing.B) {
	s := build(everything(20_000, 1))
	c := mention.Choice{Set: s}
	for m := range uint32(1000) {
		c.Mentions = append(c.Mentions, m)
	}
	b.ReportAllocs()
	for b.Loop() {
		mention.Choose(c)
	}
}
