package mention

import "github.com/casefold/casefold"

// The columns that most records tell are added for many records at once, so
// that the dictionaries' memory is waited for once and not text by text.

// asked are texts put to one dictionary, and their values.
type asked struct {
	texts  []string
	values []Value
	hashes []uint64
	issuer []uint16 // of each identifier of the records at hand
	number []Value
}

// ask gives the values of the texts gathered.
func (a *asked) ask(d *Dictionary) []Value {
	if len(a.values) < len(a.texts) {
		a.values, a.hashes = make([]Value, 2*len(a.texts)), make([]uint64, 2*len(a.texts))
	}
	values := a.values[:len(a.texts)]
	d.addAll(a.texts, a.hashes, values)
	return values
}

func (b *Builder) addNames(first int, records []casefold.Record) {
	s, a := &b.set, &b.asked
	a.texts = a.texts[:0]
	for i := range records {
		for k := range records[i].Person.Names {
			n := &records[i].Person.Names[k]
			a.texts = append(a.texts, n.First, n.Middle, n.Last)
		}
	}
	values := a.ask(s.Name)
	for i := range records {
		for k := range records[i].Person.Names {
			n := &records[i].Person.Names[k]
			if values[0]|values[1]|values[2] != 0 {
				add(&s.Names, first+i, Name{values[0], values[1], values[2], suffixOf(n.Suffix), kindOf(n.Kind)})
			}
			values = values[3:]
		}
	}
}

func (b *Builder) addIdentifiers(first int, source []uint16, records []casefold.Record) {
	a := &b.asked
	a.issuer, a.number = a.issuer[:0], a.number[:0]
	for i := range records {
		for k := range records[i].Person.Identifiers {
			id := &records[i].Person.Identifiers[k]
			at := noIssuer
			if id.Value != "" {
				at = b.issuer(id.Kind, id.Issuer)
			}
			a.issuer, a.number = append(a.issuer, at), append(a.number, 0)
		}
	}
	for at := range b.set.Issuers {
		b.askNumbers(uint16(at), records)
	}
	next := 0
	for i := range records {
		for k := range records[i].Person.Identifiers {
			id := &records[i].Person.Identifiers[k]
			at, number := a.issuer[next], a.number[next]
			if next++; at == noIssuer {
				continue
			}
			how := howOf(id.How)
			if how == Print && b.info[source[i]].IssuesPrints == id.Kind {
				how = Asserted
			}
			add(&b.set.Identifiers, first+i, Identifier{number, at, how})
		}
	}
}

// noIssuer stands for an identifier without a number.
const noIssuer = ^uint16(0)

// askNumbers sets the numbers of one issuer.
func (b *Builder) askNumbers(issuer uint16, records []casefold.Record) {
	a := &b.asked
	a.texts = a.texts[:0]
	next := 0
	for i := range records {
		for k := range records[i].Person.Identifiers {
			if a.issuer[next] == issuer {
				a.texts = append(a.texts, records[i].Person.Identifiers[k].Value)
			}
			next++
		}
	}
	if len(a.texts) == 0 {
		return
	}
	values := a.ask(b.set.Issuers[issuer].Values)
	for i, at := range a.issuer {
		if at == issuer {
			a.number[i] = values[0]
			values = values[1:]
		}
	}
}

func (b *Builder) addAddresses(first int, records []casefold.Record) {
	s := &b.set
	for i := range records {
		for k := range records[i].Person.Addresses {
			a := &records[i].Person.Addresses[k]
			out := Address{Number: s.Number.add(a.Number), Street: s.Street.add(a.Street), Unit: s.Unit.add(a.Unit),
				City: s.City.add(a.City), State: s.State.add(a.State), Postal: s.Postal.add(a.Postal)}
			if a.Number != "" && a.Street != "" {
				b.scratch = append(append(append(b.scratch[:0], a.Number...), ' '), a.Street...)
				out.House = s.House.add(string(b.scratch))
			}
			if out != (Address{}) {
				add(&s.Addresses, first+i, out)
			}
		}
	}
}
