package mention

import "github.com/casefold/casefold"

// A Choice is some mentions of a set.
type Choice struct {
	Set      *Set
	Mentions []uint32
}

// Choose makes a small set of mentions of several sets; they are numbered as
// the choices list them. Everything that a comparison reads of a mention is the
// same there as in its own set, but for the counts: those are the small set's
// own, and so only a model that brings its frequencies along may score in it.
// The mentions stand without their records.
func Choose(choices ...Choice) *Set {
	b := NewBuilder(nil)
	for _, c := range choices {
		in := newCopier(b, c.Set)
		for _, m := range c.Mentions {
			in.copy(m)
		}
	}
	s := b.Build()
	s.sources, s.recordOf, s.mentionOf, s.sourceOf = nil, List[uint32]{}, nil, nil
	return s
}

// A copier adds mentions of a set to a builder, one record each. The builder's
// order of identity is that of adding.
type copier struct {
	b      *Builder
	from   *Set
	source []uint16 // the builder's number of each source of the set
}

func newCopier(b *Builder, from *Set) *copier {
	c := &copier{b: b, from: from}
	for _, name := range from.sources {
		c.source = append(c.source, b.source(name))
	}
	return c
}

func (c *copier) copy(m uint32) {
	b, to, s := c.b, &c.b.set, c.from
	r := len(b.identity[0])
	b.identity[0] = append(b.identity[0], uint64(r))
	b.identity[1] = append(b.identity[1], 0)
	to.sourceOf = append(to.sourceOf, 0)
	b.sexes = append(b.sexes, s.Sex[m])
	for _, n := range s.Names.Of(m) {
		add(&to.Names, r, Name{carry(to.Name, s.Name, n.Given), carry(to.Name, s.Name, n.Middle), carry(to.Name, s.Name, n.Surname), n.Suffix, n.Kind})
	}
	for _, x := range s.Births.Of(m) {
		add(&to.Births, r, x)
	}
	for _, x := range s.Written.Of(m) {
		add(&to.Written, r, x)
	}
	for _, x := range s.Ages.Of(m) {
		add(&to.Ages, r, x)
	}
	for _, id := range s.Identifiers.Of(m) {
		from := &s.Issuers[id.Issuer]
		at := b.issuer(from.Kind, from.Name)
		add(&to.Identifiers, r, Identifier{carry(to.Issuers[at].Values, from.Values, id.Value), at, id.How})
	}
	c.copyPlaces(r, m)
	carryAll(&to.Phones, r, to.Phone, s.Phone, s.Phones.Of(m))
	carryAll(&to.Emails, r, to.Email, s.Email, s.Emails.Of(m))
	for i := range s.Attributes {
		from := &s.Attributes[i]
		for _, v := range from.List.Of(m) {
			b.addAttribute(r, casefold.Attribute{Name: from.Name, Value: from.Values.Text(v)})
		}
	}
	c.copyEvents(r, m)
}

func (c *copier) copyPlaces(r int, m uint32) {
	to, s := &c.b.set, c.from
	for _, a := range s.Addresses.Of(m) {
		add(&to.Addresses, r, Address{carry(to.House, s.House, a.House), carry(to.Number, s.Number, a.Number), carry(to.Street, s.Street, a.Street), carry(to.Unit, s.Unit, a.Unit),
			carry(to.City, s.City, a.City), carry(to.State, s.State, a.State), carry(to.Postal, s.Postal, a.Postal)})
	}
}

func (c *copier) copyEvents(r int, m uint32) {
	to, s := &c.b.set, c.from
	for _, x := range s.Cases.Of(m) {
		add(&to.Cases, r, Case{carry(to.Case, s.Case, x.Key), carry(to.Defendant, s.Defendant, x.Defendant), x.Mark})
	}
	carryAll(&to.Bookings, r, to.Booking, s.Booking, s.Bookings.Of(m))
	carryAll(&to.Arrests, r, to.Arrest, s.Arrest, s.Arrests.Of(m))
	for _, l := range [...]struct{ to, from *List[casefold.Day] }{{&to.ArrestDays, &s.ArrestDays}, {&to.CourtDays, &s.CourtDays}, {&to.Deaths, &s.Deaths}, {&to.Present, &s.Present}} {
		for _, d := range l.from.Of(m) {
			add(l.to, r, d)
		}
	}
	for _, x := range s.Custody.Of(m) {
		add(&to.Custody, r, Stay{x.From, x.To, carry(to.Place, s.Place, x.Place)})
	}
	for _, k := range s.SourceKeys.Of(m) {
		add(&to.SourceKeys, r, SourceKey{c.source[k.Source], carry(to.PersonKey, s.PersonKey, k.Key)})
	}
}

// carry gives a value's number in another dictionary.
func carry(to, from *Dictionary, v Value) Value {
	if v == 0 {
		return 0
	}
	return to.add(from.Text(v))
}

func carryAll(l *List[Value], r int, to, from *Dictionary, values []Value) {
	for _, v := range values {
		add(l, r, carry(to, from, v))
	}
}
