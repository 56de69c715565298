package blocking

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/mention"
)

// A reader gives the hashes of a term's values for a mention; name is the
// index of the name under which a name term is read. Zero hashes do not occur:
// what is not told gives no value.
type reader struct {
	ofName bool // the term reads one name: given, middle, surname, names
	names  *mention.List[mention.Name]
	read   func(m uint32, name int, to []uint64) []uint64
	// one is read for a mention whose column holds one value at most, where that
	// is quicker to tell; ok is false where read has to.
	one func(m uint32) (v uint64, ok bool)
	// column, once made, is the short value of each mention: none, several, or
	// the only one.
	column []uint32
	once   sync.Once // makes the column
	uses   int32     // rules that are still to read the column
}

// Entries of a column that are no values.
const (
	none    = 0
	several = 1
)

// short is a value as keys are made of it: 32 bits, and never none or several.
// Two values that fall together make a block larger, and lose nothing.
func short(v uint64) uint64 {
	s := uint32(v>>32) ^ uint32(v)
	if s <= several {
		s += several + 1
	}
	return uint64(s)
}

// fill makes the column, for rules that are to read every mention; the first to
// ask makes it.
func (r *reader) fill(n int) { r.once.Do(func() { r.makeColumn(n) }) }

func (r *reader) makeColumn(n int) {
	r.column = make([]uint32, n)
	var buf []uint64
	for m := range r.column {
		if r.one != nil {
			if v, ok := r.one(uint32(m)); ok {
				if v != 0 {
					r.column[m] = uint32(short(v))
				}
				continue
			}
		}
		buf = r.readAll(uint32(m), buf[:0])
		switch {
		case len(buf) == 1 && !(r.ofName && len(r.names.Of(uint32(m))) > 1):
			r.column[m] = uint32(short(buf[0]))
		case len(buf) > 0:
			r.column[m] = several
		}
	}
}

// readAll is the distinct values under all names.
func (r *reader) readAll(m uint32, to []uint64) []uint64 {
	if !r.ofName {
		return r.read(m, 0, to)
	}
	var one [4]uint64
	for name := range r.names.Of(m) {
		for _, h := range r.read(m, name, one[:0]) {
			to = appendNew(to, h)
		}
	}
	return to
}

// readers makes and remembers the readers of terms; tables per dictionary are
// shared between rules.
type readers struct {
	set    *mention.Set
	tables map[tableKey][]uint64
	made   map[Term]*reader
}

func newReaders(s *mention.Set) *readers {
	return &readers{set: s, tables: map[tableKey][]uint64{}, made: map[Term]*reader{}}
}

// use notes that a rule is to read its terms' columns (1), or has (-1). A column
// that no rule is to read any more is given up.
func (x *readers) use(r Rule, by int32) {
	for _, terms := range [...][]Term{r.Key, r.Refine} {
		for _, t := range terms {
			if rd := x.made[t]; atomic.AddInt32(&rd.uses, by) == 0 {
				rd.column = nil
			}
		}
	}
}

// reader of a term, made once.
func (x *readers) reader(t Term) *reader {
	if r := x.made[t]; r != nil {
		return r
	}
	r := x.make(t)
	x.made[t] = r
	return r
}

type tableKey struct {
	dict *mention.Dictionary
	form Form
	n    int
}

// make makes the reader of a term. A field that the set does not tell yields a reader without
// values.
func (x *readers) make(t Term) *reader {
	s := x.set
	switch t.Field {
	case Given, Middle, Surname:
		return x.name(t)
	case AnyName:
		return x.anyName(t)
	case BothNames:
		both := func(n *mention.Name) uint64 {
			if n.Given == 0 || n.Surname == 0 {
				return 0
			}
			return s.Name.Hash(n.Given) + s.Name.Hash(n.Surname) | 1
		}
		return &reader{ofName: true, names: &s.Names, one: oneOf(&s.Names, both), read: func(m uint32, name int, to []uint64) []uint64 {
			return appendHash(to, both(&s.Names.Of(m)[name]))
		}}
	case Birth:
		return birth(s, t.Form)
	case Sex:
		return &reader{read: func(m uint32, _ int, to []uint64) []uint64 {
			if s.Sex[m] == 0 {
				return to
			}
			return append(to, uint64(s.Sex[m]))
		}}
	case House, Street, Number, Unit, City, Postal:
		return x.address(t)
	case Phone:
		return x.values(&s.Phones, s.Phone, t)
	case Email:
		return x.values(&s.Emails, s.Email, t)
	case ID:
		return x.identifier(t)
	case Attribute:
		for i := range s.Attributes {
			if s.Attributes[i].Name == t.Arg {
				return x.values(&s.Attributes[i].List, s.Attributes[i].Values, t)
			}
		}
	case Case:
		return &reader{read: func(m uint32, _ int, to []uint64) []uint64 {
			for _, c := range s.Cases.Of(m) {
				to = append(to, s.Case.Hash(c.Key)|1)
			}
			return to
		}}
	case Booking:
		return x.values(&s.Bookings, s.Booking, t)
	case Arrest:
		return x.values(&s.Arrests, s.Arrest, t)
	case ArrestDay:
		return days(&s.ArrestDays)
	case CourtDay:
		return days(&s.CourtDays)
	case Everyone:
		return &reader{read: func(_ uint32, _ int, to []uint64) []uint64 { return append(to, 1) }}
	}
	return &reader{read: func(_ uint32, _ int, to []uint64) []uint64 { return to }}
}

func (x *readers) name(t Term) *reader {
	s, table := x.set, x.table(x.set.Name, t)
	part := func(n *mention.Name) mention.Value { return n.Surname }
	switch t.Field {
	case Given:
		part = func(n *mention.Name) mention.Value { return n.Given }
	case Middle:
		part = func(n *mention.Name) mention.Value { return n.Middle }
	}
	one := oneOf(&s.Names, func(n *mention.Name) uint64 { return table[part(n)] })
	if t.Form == Word {
		one = nil
	}
	return &reader{ofName: true, names: &s.Names, one: one, read: func(m uint32, name int, to []uint64) []uint64 {
		v := part(&s.Names.Of(m)[name])
		if words := s.Feature.Tokens.Of(v); t.Form == Word && len(words) > 0 {
			for _, w := range words {
				to = append(to, s.Name.Hash(w)|1)
			}
			return to
		}
		return appendHash(to, table[v])
	}}
}

// anyName is each word of every given name and surname.
func (x *readers) anyName(t Term) *reader {
	s, table := x.set, x.table(x.set.Name, t)
	return &reader{read: func(m uint32, _ int, to []uint64) []uint64 {
		for _, n := range s.Names.Of(m) {
			for _, v := range [...]mention.Value{n.Given, n.Surname} {
				if words := s.Feature.Tokens.Of(v); len(words) > 0 {
					for _, w := range words {
						to = appendNew(to, table[w])
					}
					continue
				}
				to = appendNew(to, table[v])
			}
		}
		return to
	}}
}

func (x *readers) values(list *mention.List[mention.Value], d *mention.Dictionary, t Term) *reader {
	table := x.table(d, t)
	return &reader{one: oneOf(list, func(v *mention.Value) uint64 { return table[*v] }), read: func(m uint32, _ int, to []uint64) []uint64 {
		for _, v := range list.Of(m) {
			to = appendNew(to, table[v])
		}
		return to
	}}
}

func (x *readers) address(t Term) *reader {
	s := x.set
	pick := func(a *mention.Address) mention.Value { return a.House }
	dict := s.House
	switch t.Field {
	case Street:
		dict, pick = s.Street, func(a *mention.Address) mention.Value { return a.Street }
	case Number:
		dict, pick = s.Number, func(a *mention.Address) mention.Value { return a.Number }
	case Unit:
		dict, pick = s.Unit, func(a *mention.Address) mention.Value { return a.Unit }
	case City:
		dict, pick = s.City, func(a *mention.Address) mention.Value { return a.City }
	case Postal:
		dict, pick = s.Postal, func(a *mention.Address) mention.Value { return a.Postal }
	}
	table := x.table(dict, t)
	return &reader{one: oneOf(&s.Addresses, func(a *mention.Address) uint64 { return table[pick(a)] }), read: func(m uint32, _ int, to []uint64) []uint64 {
		list := s.Addresses.Of(m)
		for i := range list {
			to = appendNew(to, table[pick(&list[i])])
		}
		return to
	}}
}

// identifier reads the numbers of one kind, whoever issued them; numbers of
// two issuers are never equal.
func (x *readers) identifier(t Term) *reader {
	s := x.set
	tables := make([][]uint64, len(s.Issuers))
	for i := range s.Issuers {
		if string(s.Issuers[i].Kind) == t.Arg {
			tables[i] = x.table(s.Issuers[i].Values, t)
		}
	}
	issuer := make([]uint64, len(s.Issuers))
	for i := range issuer {
		issuer[i] = mention.Hash(s.Issuers[i].Name)
	}
	value := func(id *mention.Identifier) uint64 {
		if tables[id.Issuer] == nil || tables[id.Issuer][id.Value] == 0 {
			return 0
		}
		return mention.Mix(tables[id.Issuer][id.Value], issuer[id.Issuer]) | 1
	}
	return &reader{one: oneOf(&s.Identifiers, value), read: func(m uint32, _ int, to []uint64) []uint64 {
		list := s.Identifiers.Of(m)
		for i := range list {
			to = appendHash(to, value(&list[i]))
		}
		return to
	}}
}

// oneOf reads a list of one value at most.
func oneOf[T any](l *mention.List[T], value func(*T) uint64) func(uint32) (uint64, bool) {
	return func(m uint32) (uint64, bool) {
		switch list := l.Of(m); len(list) {
		case 0:
			return 0, true
		case 1:
			return value(&list[0]), true
		}
		return 0, false
	}
}

func birth(s *mention.Set, form Form) *reader {
	value := func(b *mention.Birth) uint64 { return birthPart(*b, form) }
	return &reader{one: oneOf(&s.Births, value), read: func(m uint32, _ int, to []uint64) []uint64 {
		list := s.Births.Of(m)
		for i := range list {
			to = appendNew(to, value(&list[i]))
		}
		return to
	}}
}

// birthPart is a birth date, or a part of it, as a number; 0 where it is not
// told that exactly.
func birthPart(b mention.Birth, form Form) uint64 {
	first, last := uint64(b.First), uint64(b.Last)
	switch {
	case form == Year && first/10000 == last/10000:
		return first / 10000
	case form == Month && first/100 == last/100:
		return first / 100
	case form == Day && b.Exact():
		return first % 10000
	case form != Year && form != Month && form != Day && b.Exact():
		return first
	}
	return 0
}

func days(list *mention.List[casefold.Day]) *reader {
	return &reader{read: func(m uint32, _ int, to []uint64) []uint64 {
		for _, d := range list.Of(m) {
			to = appendNew(to, uint64(d))
		}
		return to
	}}
}

// table is the hash of each value of a dictionary in the form of a term, 0
// where the value is too short for it.
func (x *readers) table(d *mention.Dictionary, t Term) []uint64 {
	key := tableKey{d, t.Form, t.N}
	if out, ok := x.tables[key]; ok {
		return out
	}
	out := make([]uint64, d.Len())
	for v := 1; v < len(out); v++ {
		out[v] = formHash(x.set, d, mention.Value(v), t)
	}
	x.tables[key] = out
	return out
}

func formHash(s *mention.Set, d *mention.Dictionary, v mention.Value, t Term) uint64 {
	text := d.Text(v)
	switch t.Form {
	case First:
		if len(text) < t.N {
			return 0
		}
		return mention.Hash(text[:t.N]) | 1
	case Last:
		if len(text) < t.N {
			return 0
		}
		return mention.Hash(text[len(text)-t.N:]) | 1
	case Sound:
		if d != s.Name {
			return 0
		}
		return uint64(s.Feature.Sound[v])
	case Local:
		local, _, _ := strings.Cut(text, "@")
		if len(local) < 3 {
			return 0
		}
		return mention.Hash(local) | 1
	}
	return d.Hash(v) | 1
}

func appendHash(to []uint64, h uint64) []uint64 {
	if h == 0 {
		return to
	}
	return append(to, h)
}

func appendNew(to []uint64, h uint64) []uint64 {
	if h == 0 || slices.Contains(to, h) {
		return to
	}
	return append(to, h)
}
