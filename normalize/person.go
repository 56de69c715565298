package normalize

import (
	"strconv"
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/normalize/date"
	"github.com/casefold/casefold/normalize/ident"
	"github.com/casefold/casefold/normalize/name"
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
	if !p.same(values, group) {
		p.odd = p.odd[:0]
		p.facts = n.readPerson(p, view{p.plan, values, group})
	}
	return p.facts
}

// same reports whether the cells hold what they held in the row read last, and
// remembers them if not.
func (p *personPlan) same(values, group []string) bool {
	from := 0
	for i := range p.all {
		s := p.all[i].raw(values, group)
		if i >= len(p.ends) || string(p.last[from:p.ends[i]]) != s {
			p.remember(i, from, values, group)
			return false
		}
		from = p.ends[i]
	}
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
			if r.id.Value != "" {
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

// names reads the primary name first, from its parts if they stand apart, then
// the whole name where it tells more, aliases and a maiden name.
func (n *Normalizer) names(p *personPlan, v view) []casefold.Name {
	var out []casefold.Name
	if p.has(fLast) || p.has(fFirst) || p.has(fMiddle) {
		key := n.key[:0]
		for _, f := range [...]fieldID{fLast, fFirst, fMiddle, fSuffix} {
			key = appendPart(key, v.joined(f))
		}
		n.key = key
		parts := n.m.parts.getKey(key)
		out = take(p, out, parts, fLast)
	}
	if p.has(fName) {
		whole := n.m.whole.get(v.joined(fName))
		if len(out) == 0 {
			out = take(p, out, whole, fName)
			if s := n.m.suffix.get(v.first(fSuffix)); s != "" && len(out) > 0 && out[0].Suffix == "" && !p.has(fLast) {
				out = append([]casefold.Name(nil), out...)
				out[0].Suffix = s
			}
		} else {
			out = complete(out, whole.list)
		}
	}
	for i := range v.cells[fAlias] {
		if s := v.cells[fAlias][i].value(v.values, v.group); s != "" {
			for _, alias := range n.m.alias.get(s).list {
				out = addName(out, alias)
			}
		}
	}
	if maiden := v.first(fMaiden); maiden != "" && len(out) > 0 {
		for _, m := range n.m.maiden.get(maiden).list {
			m.First, m.Middle = out[0].First, out[0].Middle
			out = addName(out, m)
		}
	}
	return out
}

// take notes what was odd and returns the names; the slice is shared, so it is
// clipped.
func take(p *personPlan, out []casefold.Name, r readNames, f fieldID) []casefold.Name {
	if r.odd != "" {
		p.note(r.odd, f)
	}
	if len(out) == 0 {
		return r.list[:len(r.list):len(r.list)]
	}
	return append(out, r.list...)
}

// complete adds to a name read from parts what the whole name tells besides: a
// middle name or suffix of the same name, other names.
func complete(out, whole []casefold.Name) []casefold.Name {
	for i, w := range whole {
		p := out[0]
		if i == 0 && w.Last == p.Last && w.First == p.First {
			if w.Middle != "" && p.Middle == "" || w.Suffix != "" && p.Suffix == "" {
				out = append([]casefold.Name(nil), out...)
				if p.Middle == "" {
					out[0].Middle = w.Middle
				}
				if p.Suffix == "" {
					out[0].Suffix = w.Suffix
				}
			}
			continue
		}
		if i == 0 {
			w.Kind = casefold.AliasName
		}
		out = addName(out, w)
	}
	return out
}

// addName adds a name that is told and not there yet.
func addName(out []casefold.Name, m casefold.Name) []casefold.Name {
	if m.Last == "" && m.First == "" {
		return out
	}
	for _, o := range out {
		if o.Last == m.Last && o.First == m.First && o.Middle == m.Middle && o.Suffix == m.Suffix {
			return out
		}
	}
	return append(out[:len(out):len(out)], m)
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

// birthDates reads the dates of birth; impossible ones and ones in the future
// are left out, but if there is no other, what was told is quoted.
func (n *Normalizer) birthDates(p *personPlan, v view, facts *casefold.PersonFacts) {
	told := ""
	defer func() { facts.BirthVerbatim = orElse(facts.BirthVerbatim, told) }()
	add := func(s string, f fieldID) {
		r := n.m.birth.get(s)
		switch {
		case r.verdict == date.Missing:
			return
		case r.verdict != date.OK:
			p.note(string(r.verdict), f)
			told = orElse(told, r.verbatim)
			return
		case r.date.First > latestOf(n.dates):
			p.note("birth_in_future", f)
			told = orElse(told, r.verbatim)
			return
		}
		for _, d := range facts.Births {
			if d == r.date {
				return
			}
		}
		if len(facts.Births) == 0 {
			facts.BirthVerbatim = r.verbatim
		}
		facts.Births = append(facts.Births, r.date)
	}
	if s, verbatim, ok := v.threeParts(fBirth); ok {
		add(s, fBirth)
		if facts.BirthVerbatim != "" || told != "" {
			facts.BirthVerbatim = strings.Clone(verbatim)
		}
	} else {
		for i := range v.cells[fBirth] {
			if s := v.cells[fBirth][i].value(v.values, v.group); s != "" {
				add(s, fBirth)
			}
		}
	}
	for i := range v.cells[fAliasBirth] {
		if s := v.cells[fAliasBirth][i].value(v.values, v.group); s != "" {
			add(s, fAliasBirth)
		}
	}
}

func orElse(s, t string) string {
	if s != "" {
		return s
	}
	return t
}

// threeParts joins a date whose year, month and day stand in columns of their
// own. verbatim is the parts as told, joined by blanks; ok is false where three
// columns are three dates.
func (v view) threeParts(f fieldID) (joined, verbatim string, ok bool) {
	cells := v.cells[f]
	if len(cells) != 3 {
		return "", "", false
	}
	var part [3]string
	for i := range cells {
		part[i] = cells[i].value(v.values, v.group)
		if len(part[i]) > 4 && text.Digits(part[i]) == part[i] || len(part[i]) > 9 {
			return "", "", false
		}
		if strings.ContainsAny(part[i], "/-. ") {
			return "", "", false
		}
	}
	switch {
	case part[0] == "" && part[1] == "" && part[2] == "":
		return "", "", false
	case len(part[0]) != 4 && len(part[2]) == 4: // month, day, year
		part[0], part[1], part[2] = part[2], part[0], part[1]
	}
	verbatim = v.joined(f)
	for i := range part[1:] {
		if part[i+1] == "" {
			part[i+1] = "00"
		}
	}
	return strings.Join(part[:], "-"), verbatim, true
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

// readNames is what a value tells of names.
type readNames struct {
	list []casefold.Name
	odd  string
}

// readBirth is what a value tells of a date of birth.
type readBirth struct {
	date     casefold.Date
	verdict  date.Verdict
	verbatim string
}

// readID is what a value tells of an identifier.
type readID struct {
	id  casefold.Identifier
	odd string
}

func names(list []casefold.Name, v name.Verdict) readNames {
	if v == name.Digits {
		return readNames{list, string(v)}
	}
	return readNames{list: list}
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
