package normalize

import (
	"strconv"
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/normalize/date"
	"github.com/casefold/casefold/normalize/ident"
	"github.com/casefold/casefold/normalize/text"
)

// A personPlan reads one person of a row and remembers the last one: rows of
// one person mostly follow one another.
type personPlan struct {
	*plan
	key  cell   // the source's person key; column -1 if none
	all  []cell // every cell the person is read from
	last []byte // their raw values in the row read last, one behind the other
	ends []int  // where each of them ends
	read bool   // whether a row has been read
	// Of rows given by numbers: the columns of all cells, and their numbers in the
	// row read last.
	columns []int
	met     []uint32
	// A file in which no row is of the person before is not compared for a while.
	missed, rest int
	// What the row read last tells, and what was odd about it.
	facts casefold.PersonFacts
	odd   []oddity
}

func newPersonPlan(p *plan, key cell) *personPlan {
	pp := &personPlan{plan: p, key: key}
	for f := range fEventType {
		pp.all = append(pp.all, p.cells[f]...)
	}
	for _, c := range p.ids {
		pp.all = append(pp.all, c.cell)
	}
	for _, c := range p.attrs {
		pp.all = append(pp.all, c.cell)
	}
	if key.column >= 0 {
		pp.all = append(pp.all, key)
	}
	return pp
}

// persons appends a record for each person of the row.
func (n *Normalizer) persons(row *casefold.Row, dst []casefold.Record) []casefold.Record {
	first := len(dst)
	dst = append(dst, casefold.Record{Person: n.person(n.own, row.Values, nil)})
	if len(n.people) == 0 {
		n.notes(n.own, 0)
		return dst
	}
	if len(dst[first].Person.Names) == 0 {
		dst = dst[:first] // the row's own columns name nobody
	} else {
		n.notes(n.own, 0)
	}
	groups := row.Groups
	if !n.each {
		groups = noGroup
	}
	for _, p := range n.people {
		for _, g := range groups {
			if facts := n.person(p, row.Values, g); len(facts.Names) > 0 {
				n.notes(p, len(dst)-first)
				dst = append(dst, casefold.Record{Person: facts})
			}
		}
	}
	if len(dst) == first {
		n.notes(n.own, 0)
		dst = append(dst, casefold.Record{Person: n.person(n.own, row.Values, nil)})
	}
	return dst
}

// noGroup stands for the row itself where nothing repeats.
var noGroup = [][]string{nil}

// notes puts what was odd about the person read last with the row's oddities.
func (n *Normalizer) notes(p *personPlan, at int) {
	for _, o := range p.odd {
		o.person = at
		n.odd = append(n.odd, o)
	}
}

// person reads one person.
func (n *Normalizer) person(p *personPlan, values, group []string) casefold.PersonFacts {
	known := false
	if n.row != nil {
		known = p.sameNumbers(n)
	} else {
		known, p.met = p.same(values, group), p.met[:0]
	}
	if !known {
		p.odd = p.odd[:0]
		p.facts = n.readPerson(p, view{p.plan, values, group})
	}
	return p.facts
}

// sameNumbers is same for a row that is given by numbers, and looks its texts up
// if they are others.
func (p *personPlan) sameNumbers(n *Normalizer) bool {
	p.read, p.ends = false, p.ends[:0]
	if len(p.met) == len(p.columns) && len(p.met) > 0 {
		same := true
		for i, c := range p.columns {
			same = same && p.met[i] == n.ids[c]
		}
		if same {
			return true
		}
	}
	n.fill(p.columns)
	p.met = p.met[:0]
	for _, c := range p.columns {
		p.met = append(p.met, n.ids[c])
	}
	return false
}

// same reports whether the cells hold what they held in the row read last, and
// remembers them if not.
func (p *personPlan) same(values, group []string) bool {
	if p.rest > 0 {
		p.rest--
		return false
	}
	from := 0
	for i := range p.all {
		s := p.all[i].raw(values, group)
		if i < len(p.ends) && string(p.last[from:p.ends[i]]) == s {
			from = p.ends[i]
			continue
		}
		if p.missed++; p.missed < memoJudge {
			p.remember(i, from, values, group)
		} else {
			p.missed, p.rest, p.last, p.ends = 0, 4*memoJudge, p.last[:0], p.ends[:0]
		}
		return false
	}
	p.missed = 0
	return len(p.all) > 0 && p.read
}

// remember keeps the raw values of the cells from i on.
func (p *personPlan) remember(i, from int, values, group []string) {
	p.last, p.ends = p.last[:from], p.ends[:i]
	for ; i < len(p.all); i++ {
		p.last = append(p.last, p.all[i].raw(values, group)...)
		p.ends = append(p.ends, len(p.last))
	}
	p.read = true
}

// raw is the cell's value as it came.
func (k *cell) raw(values, group []string) string {
	from := values
	if k.group {
		from = group
	}
	if k.column < 0 || k.column >= len(from) {
		return ""
	}
	return from[k.column]
}

// A view is a row seen through a plan.
type view struct {
	*plan
	values, group []string
}

// first is the first value told in a field's columns. It aliases the row.
func (v view) first(f fieldID) string {
	for i := range v.cells[f] {
		if s := v.cells[f][i].value(v.values, v.group); s != "" {
			return s
		}
	}
	return ""
}

func (p *personPlan) note(code string, f fieldID) {
	p.odd = append(p.odd, oddity{code: code, field: string(fieldNames[f])})
}

func (n *Normalizer) readPerson(p *personPlan, v view) casefold.PersonFacts {
	facts := casefold.PersonFacts{Age: -1, Names: n.names(p, v)}
	n.birthDates(p, v, &facts)
	facts.Sex = n.m.sex.get(v.sex())
	facts.Race = n.m.race.get(v.first(fRace))
	for i := range p.ids {
		c := &p.ids[i]
		if s := c.value(v.values, v.group); s != "" {
			r := c.memo.get(s)
			if r.odd != "" {
				p.odd = append(p.odd, oddity{code: r.odd, field: string(c.kind)})
			}
			switch {
			case r.id.Value == "":
			case facts.Identifiers == nil:
				facts.Identifiers = n.oneID.one(r.id)
			default:
				facts.Identifiers = append(facts.Identifiers, r.id)
			}
		}
	}
	facts.Addresses = n.addresses(v)
	facts.Phones = contacts(v, fPhone, n.m.phone)
	facts.Emails = contacts(v, fEmail, n.m.email)
	for i := range p.attrs {
		c := &p.attrs[i]
		if s := c.value(v.values, v.group); s != "" {
			if value := n.m.attr.get(s); value != "" {
				facts.Attributes = append(facts.Attributes, casefold.Attribute{Name: c.name, Value: value})
			}
		}
	}
	if s := p.key.value(v.values, v.group); s != "" {
		facts.PersonKey = strings.Clone(s)
	}
	n.age(p, v, &facts)
	n.deceased(p, v, &facts)
	return facts
}

// sex is the value of the sex column. A capital X is a sex; a small one, as
// everywhere, a filler.
func (v view) sex() string {
	s := v.first(fSex)
	if s == "" && v.has(fSex) && text.Trim(v.cells[fSex][0].raw(v.values, v.group)) == "X" {
		return "X"
	}
	return s
}

// joined is the values of a field's columns joined by a blank. With several
// columns it does not alias the row.
func (v view) joined(f fieldID) string {
	cells := v.cells[f]
	if len(cells) == 1 {
		return cells[0].value(v.values, v.group)
	}
	out := ""
	for i := range cells {
		if s := cells[i].value(v.values, v.group); s != "" {
			if out != "" {
				out += " "
			}
			out += s
		}
	}
	return out
}

func (n *Normalizer) addresses(v view) []casefold.Address {
	has := false
	key := n.key[:0]
	for _, f := range [...]fieldID{fStreetNumber, fStreet, fUnit, fCity, fState, fPostal} {
		s := v.joined(f)
		has = has || s != ""
		key = appendPart(key, s)
	}
	for i := range v.cells[fAddress] {
		s := v.cells[fAddress][i].value(v.values, v.group)
		has = has || s != ""
		key = appendPart(key, s)
	}
	n.key = key
	if !has {
		return nil
	}
	list := n.m.address.getKey(key)
	return list[:len(list):len(list)]
}

func contacts(v view, f fieldID, m *memo[string]) []string {
	var out []string
	for i := range v.cells[f] {
		s := v.cells[f][i].value(v.values, v.group)
		if s == "" {
			continue
		}
		c := m.get(s)
		for _, o := range out {
			if o == c {
				c = ""
			}
		}
		if c != "" {
			out = append(out, c)
		}
	}
	return out
}

// oldest is the age in years above which nobody is: above the greatest age
// ever proved, 122.
const oldest = 123

func (n *Normalizer) age(p *personPlan, v view, facts *casefold.PersonFacts) {
	s := v.first(fAge)
	if s == "" {
		return
	}
	whole, _, _ := strings.Cut(s, ".")
	years, err := strconv.Atoi(whole)
	switch {
	case err != nil:
		p.note("unreadable_age", fAge)
	case years < 0 || years > oldest:
		if years != 999 { // a filler of fixed-width files
			p.note("impossible_age", fAge)
		}
	default:
		facts.Age = int16(years)
	}
}

func (n *Normalizer) deceased(p *personPlan, v view, facts *casefold.PersonFacts) {
	s := v.first(fDeceased)
	if s == "" {
		return
	}
	switch text.Upper(s) {
	case "N", "NO", "FALSE", "0", "ALIVE", "LIVING", "F":
		return
	case "Y", "YES", "TRUE", "1", "D", "DECEASED", "DEAD", "DIED", "T", "DECD":
		facts.IsDeceased = true
		return
	}
	d, verdict := date.Parse(s, n.dates)
	switch verdict {
	case date.OK:
		facts.Deceased, facts.IsDeceased = d, true
	case date.Missing:
	case date.Impossible:
		facts.IsDeceased = true
		p.note(string(verdict), fDeceased)
	default:
		p.note("unreadable_mark", fDeceased)
	}
}

// readID is what a value tells of an identifier.
type readID struct {
	id  casefold.Identifier
	odd string
}

// readIdentifier makes the reader of an identifier column.
func readIdentifier(c casefold.IdentifierColumn) func(string) readID {
	return func(raw string) readID {
		value, kind, v := ident.Normalize(c.Kind, raw)
		r := readID{id: casefold.Identifier{Kind: kind, Issuer: c.Issuer, How: c.How, Value: value, Verbatim: raw}}
		if v == ident.Invalid {
			r.odd = string(v)
		}
		return r
	}
}
