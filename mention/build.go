package mention

import (
	"slices"
	"sync"
)

// Build finishes the set. The builder may not be used afterwards.
func (b *Builder) Build() *Set {
	// Columns have nothing to do with each other.
	var wg sync.WaitGroup
	for _, p := range b.parts() {
		wg.Go(p.gather)
	}
	wg.Wait()
	return &b.set
}

// BuildInto finishes the set onto a shelf: column after column is made, put and
// let go of, so that the set is never in memory as a whole. OpenSet gives it
// back. The builder may not be used afterwards.
func (b *Builder) BuildInto(put Put) error {
	f := &flat{put: put, letGo: true}
	for _, p := range b.parts() {
		p.gather()
		if p.flat(f); f.err != nil {
			return f.err
		}
	}
	return b.set.putHead(f)
}

// A part is some columns, and how they are made and put.
type part struct {
	gather func()
	flat   func(*flat)
}

// parts groups the records into mentions and returns what is left to do: the
// parts may be made in any order, or at once. Those that need most memory come
// last, when that of the others is free.
func (b *Builder) parts() []part {
	s := &b.set
	records, start := b.group()
	s.n = len(start) - 1
	g := gather{records, start}
	s.recordOf = List[uint32]{start, records}
	s.mentionOf = make([]uint32, len(records))
	for m := range s.n {
		for _, r := range records[start[m]:start[m+1]] {
			s.mentionOf[r] = uint32(m)
		}
	}
	for i := range b.info {
		s.sources = append(s.sources, b.info[i].Name)
	}
	b.identity = [2][]uint64{}
	return []part{
		{func() {}, s.flatRecords},
		{func() {
			collect(g, &s.Births, nil)
			collect(g, &s.Written, nil)
			collect(g, &s.Ages, nil)
			s.Sex = g.sex(b.sexes)
			b.sexes = nil
		}, s.flatPerson},
		{func() { b.gatherIdentifiers(g) }, s.flatIdentifiers},
		{func() {
			b.gatherNames(g)
			s.Feature = newFeatures(s.Name, s.Names.values)
		}, s.flatNames},
		{func() {
			g.values(&s.Phones, s.Phone)
			g.values(&s.Emails, s.Email)
			b.gatherAttributes(g)
		}, s.flatValues},
		{func() { b.gatherAddresses(g) }, s.flatAddresses},
		{func() { b.gatherEvents(g) }, s.flatEvents},
	}
}

// gather turns columns per record into columns per mention.
type gather struct{ records, start []uint32 }

// collect brings a list into mention order, each value once per mention;
// renumber, if given, first changes each value in place.
func collect[T comparable](g gather, l *List[T], renumber func(*T)) {
	if l.start == nil {
		return
	}
	l.pad(len(g.records))
	if renumber != nil {
		for i := range l.values {
			renumber(&l.values[i])
		}
	}
	n := len(g.start) - 1
	start, values := make([]uint32, n+1), make([]T, 0, len(l.values))
	for m := range n {
		records := g.records[g.start[m]:g.start[m+1]]
		if len(records) == 1 { // whose values are told once each
			r := records[0]
			values = append(values, l.values[l.start[r]:l.start[r+1]]...)
			start[m+1] = uint32(len(values))
			continue
		}
		for _, r := range records {
			for _, v := range l.values[l.start[r]:l.start[r+1]] {
				if !slices.Contains(values[start[m]:], v) {
					values = append(values, v)
				}
			}
		}
		start[m+1] = uint32(len(values))
	}
	l.start, l.values = start, values
}

// values gathers a column of plain values and counts them.
func (g gather) values(l *List[Value], d *Dictionary) {
	renumber := d.finish()
	collect(g, l, func(v *Value) { *v = renumber[*v] })
	for _, v := range l.values {
		d.count[v]++
	}
}

// sex is the one sex told of each mention, 0 where two are told.
func (g gather) sex(perRecord []Sex) []Sex {
	out := make([]Sex, len(g.start)-1)
	for m := range out {
		var told Sex
		for _, r := range g.records[g.start[m]:g.start[m+1]] {
			switch x := perRecord[r]; {
			case x == 0 || x == told:
			case told == 0:
				told = x
			default:
				told = 1 // contradiction
			}
		}
		if told != 1 {
			out[m] = told
		}
	}
	return out
}

func (b *Builder) gatherNames(g gather) {
	s := &b.set
	s.Name.addTokens()
	to := s.Name.finish()
	collect(g, &s.Names, func(n *Name) {
		n.Given, n.Middle, n.Surname = to[n.Given], to[n.Middle], to[n.Surname]
	})
}

func (b *Builder) gatherIdentifiers(g gather) {
	s := &b.set
	// Issuers stand by kind and name, whatever came first.
	order := make([]uint16, len(s.Issuers))
	for i := range order {
		order[i] = uint16(i)
	}
	slices.SortFunc(order, func(x, y uint16) int { return compareIssuers(&s.Issuers[x], &s.Issuers[y]) })
	place := make([]uint16, len(order))
	renumber := make([][]Value, len(order))
	sorted := make([]Issuer, len(order))
	for now, old := range order {
		place[old] = uint16(now)
		sorted[now] = s.Issuers[old]
		renumber[old] = s.Issuers[old].Values.finish()
	}
	s.Issuers = sorted
	collect(g, &s.Identifiers, func(id *Identifier) {
		id.Value = renumber[id.Issuer][id.Value]
		id.Issuer = place[id.Issuer]
	})
	keepBestHow(&s.Identifiers)
	for _, id := range s.Identifiers.values {
		s.Issuers[id.Issuer].Values.count[id.Value]++
	}
}

func (b *Builder) gatherAddresses(g gather) {
	s := &b.set
	house, number, street, unit := s.House.finish(), s.Number.finish(), s.Street.finish(), s.Unit.finish()
	city, state, postal := s.City.finish(), s.State.finish(), s.Postal.finish()
	collect(g, &s.Addresses, func(a *Address) {
		*a = Address{house[a.House], number[a.Number], street[a.Street], unit[a.Unit], city[a.City], state[a.State], postal[a.Postal]}
	})
	for _, a := range s.Addresses.values {
		s.House.count[a.House]++
		s.Number.count[a.Number]++
		s.Street.count[a.Street]++
		s.Unit.count[a.Unit]++
		s.City.count[a.City]++
		s.State.count[a.State]++
		s.Postal.count[a.Postal]++
	}
}

func (b *Builder) gatherAttributes(g gather) {
	s := &b.set
	slices.SortFunc(s.Attributes, func(x, y Attribute) int { return compareText(x.Name, y.Name) })
	for i := range s.Attributes {
		g.values(&s.Attributes[i].List, s.Attributes[i].Values)
	}
}

func (b *Builder) gatherEvents(g gather) {
	s := &b.set
	key, defendant := s.Case.finish(), s.Defendant.finish()
	collect(g, &s.Cases, func(c *Case) { c.Key, c.Defendant = key[c.Key], defendant[c.Defendant] })
	for _, c := range s.Cases.values {
		s.Case.count[c.Key]++
	}
	g.values(&s.Bookings, s.Booking)
	g.values(&s.Arrests, s.Arrest)
	collect(g, &s.ArrestDays, nil)
	collect(g, &s.CourtDays, nil)
	place, person := s.Place.finish(), s.PersonKey.finish()
	collect(g, &s.Custody, func(c *Stay) { c.Place = place[c.Place] })
	collect(g, &s.Deaths, nil)
	collect(g, &s.Present, nil)
	collect(g, &s.SourceKeys, func(k *SourceKey) { k.Key = person[k.Key] })
	onlyEnds(&s.Present)
}
