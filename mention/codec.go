package mention

import "github.com/casefold/casefold"

// codecVersion changes whenever records of an older program would be read
// wrongly.
const codecVersion = 3

// Encode writes the set as records of up to a few hundred kilobytes; the slice
// is reused after the call. Equal sets give equal records. What follows from
// other columns (hashes, features of names) is left out and worked out again.
func (s *Set) Encode(put func(record []byte) error) error {
	c := encoding(put)
	s.code(c)
	c.flush(1)
	return c.err
}

// DecodeSet reads what Encode wrote: the same numbers, the same order, the same
// lists. Damaged records give an error, or a set whose references all lead
// somewhere. The bytes given to the function are used within the call only.
func DecodeSet(each func(func([]byte) error) error) (*Set, error) {
	c, stop := decoding(each)
	s := &Set{}
	s.code(c)
	if c.err == nil && len(c.buf) > 0 {
		c.fail()
	}
	if c.err == nil {
		if _, more := c.next(); more {
			c.fail()
		}
	}
	if err := stop(); err != nil {
		return nil, err
	}
	if c.err != nil {
		return nil, c.err
	}
	s.Feature = newFeatures(s.Name, s.Names.values)
	return s, nil
}

// code walks over everything that a set holds, in a fixed order.
func (s *Set) code(c *coder) {
	if c.number(codecVersion, codecVersion+1) != codecVersion {
		c.fail()
	}
	s.n = c.count(s.n)
	s.codeRecords(c)
	s.codePerson(c)
	s.codeNumbers(c)
	s.codePlaces(c)
	s.codeEvents(c)
}

// value is the limit of values of a dictionary.
func value(d *Dictionary) uint64 { return uint64(d.Len()) }

// plain is the one field of a column of plain values.
func plain(d *Dictionary) field[Value] {
	return numbers(value(d), func(v *Value) *Value { return v })
}

func dayField() field[casefold.Day] {
	return numbers(anyNumber, func(d *casefold.Day) *casefold.Day { return d })
}

// codeRecords handles sources, and which records are which mention.
func (s *Set) codeRecords(c *coder) {
	sources := c.count(len(s.sources))
	for i := 0; i < sources && c.err == nil; i++ {
		if c.reading {
			s.sources = append(s.sources, "")
		}
		s.sources[i] = c.text(s.sources[i])
	}
	records := c.count(len(s.sourceOf))
	s.sourceOf = slice(c, s.sourceOf, records, numbers(uint64(sources), func(v *uint16) *uint16 { return v }))
	list(c, &s.recordOf, s.n, numbers(uint64(records), func(v *uint32) *uint32 { return v }))
	if !c.reading || c.err != nil {
		return
	}
	if len(s.recordOf.values) != records {
		c.fail()
		return
	}
	s.mentionOf = make([]uint32, records)
	seen := make([]bool, records)
	for m := range uint32(s.n) {
		for _, r := range s.recordOf.Of(m) {
			if seen[r] {
				c.fail()
				return
			}
			seen[r], s.mentionOf[r] = true, m
		}
	}
}

func (s *Set) codePerson(c *coder) {
	s.Name = dictionary(c, s.Name)
	name := value(s.Name)
	list(c, &s.Names, s.n,
		numbers(name, func(n *Name) *Value { return &n.Given }),
		numbers(name, func(n *Name) *Value { return &n.Middle }),
		numbers(name, func(n *Name) *Value { return &n.Surname }),
		numbers(uint64(Fifth)+1, func(n *Name) *Suffix { return &n.Suffix }),
		numbers(uint64(Maiden)+1, func(n *Name) *NameKind { return &n.Kind }))
	for _, l := range []*List[Birth]{&s.Births, &s.Ages} {
		list(c, l, s.n,
			numbers(anyNumber, func(b *Birth) *casefold.Day { return &b.First }),
			numbers(anyNumber, func(b *Birth) *casefold.Day { return &b.Last }))
	}
	list(c, &s.Written, s.n, numbers(anyNumber, func(v *uint32) *uint32 { return v }))
	s.Sex = slice(c, s.Sex, s.n, numbers(256, func(v *Sex) *Sex { return v }))
	list(c, &s.Deaths, s.n, dayField())
	s.PersonKey = dictionary(c, s.PersonKey)
	list(c, &s.SourceKeys, s.n,
		numbers(uint64(len(s.sources)), func(k *SourceKey) *uint16 { return &k.Source }),
		numbers(value(s.PersonKey), func(k *SourceKey) *Value { return &k.Key }))
}

// codeNumbers handles identifiers, phones, emails and attributes.
func (s *Set) codeNumbers(c *coder) {
	issuers := c.count(len(s.Issuers))
	for i := 0; i < issuers && c.err == nil; i++ {
		if c.reading {
			s.Issuers = append(s.Issuers, Issuer{})
		}
		x := &s.Issuers[i]
		x.Kind, x.Name = casefold.IdentifierKind(c.text(string(x.Kind))), c.text(x.Name)
		x.Values = dictionary(c, x.Values)
	}
	list(c, &s.Identifiers, s.n,
		numbers(uint64(issuers), func(id *Identifier) *uint16 { return &id.Issuer }),
		numbers(anyNumber, func(id *Identifier) *Value { return &id.Value }),
		numbers(uint64(Asserted)+1, func(id *Identifier) *How { return &id.How }))
	for _, id := range s.Identifiers.values {
		if c.err == nil && uint64(id.Value) >= value(s.Issuers[id.Issuer].Values) {
			c.fail()
		}
	}
	s.Phone, s.Email = dictionary(c, s.Phone), dictionary(c, s.Email)
	list(c, &s.Phones, s.n, plain(s.Phone))
	list(c, &s.Emails, s.n, plain(s.Email))
	attributes := c.count(len(s.Attributes))
	for i := 0; i < attributes && c.err == nil; i++ {
		if c.reading {
			s.Attributes = append(s.Attributes, Attribute{})
		}
		a := &s.Attributes[i]
		a.Name = c.text(a.Name)
		a.Values = dictionary(c, a.Values)
		list(c, &a.List, s.n, plain(a.Values))
	}
}

func (s *Set) codePlaces(c *coder) {
	for _, d := range []**Dictionary{&s.House, &s.Number, &s.Street, &s.Unit, &s.City, &s.State, &s.Postal} {
		*d = dictionary(c, *d)
	}
	list(c, &s.Addresses, s.n,
		numbers(value(s.House), func(a *Address) *Value { return &a.House }),
		numbers(value(s.Number), func(a *Address) *Value { return &a.Number }),
		numbers(value(s.Street), func(a *Address) *Value { return &a.Street }),
		numbers(value(s.Unit), func(a *Address) *Value { return &a.Unit }),
		numbers(value(s.City), func(a *Address) *Value { return &a.City }),
		numbers(value(s.State), func(a *Address) *Value { return &a.State }),
		numbers(value(s.Postal), func(a *Address) *Value { return &a.Postal }))
}

func (s *Set) codeEvents(c *coder) {
	for _, d := range []**Dictionary{&s.Case, &s.Defendant, &s.Booking, &s.Arrest, &s.Place} {
		*d = dictionary(c, *d)
	}
	list(c, &s.Cases, s.n,
		numbers(value(s.Case), func(x *Case) *Value { return &x.Key }),
		numbers(value(s.Defendant), func(x *Case) *Value { return &x.Defendant }),
		numbers(uint64(CourtLetter)+1, func(x *Case) *MarkKind { return &x.Mark }))
	list(c, &s.Bookings, s.n, plain(s.Booking))
	list(c, &s.Arrests, s.n, plain(s.Arrest))
	list(c, &s.ArrestDays, s.n, dayField())
	list(c, &s.CourtDays, s.n, dayField())
	list(c, &s.Custody, s.n,
		numbers(anyNumber, func(x *Stay) *casefold.Day { return &x.From }),
		numbers(anyNumber, func(x *Stay) *casefold.Day { return &x.To }),
		numbers(value(s.Place), func(x *Stay) *Value { return &x.Place }))
	list(c, &s.Present, s.n, dayField())
}
