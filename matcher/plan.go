package matcher

import (
	"slices"

	"github.com/casefold/casefold/mention"
)

// A plan compares pairs of one set in the order of a model's comparisons. It
// is immutable and safe for concurrent use.
type plan struct {
	set   *mention.Set
	comps []Comparison
	freq  *frequencies

	given, surname, middle, suffix, order int // places of the name comparisons, -1 if none
	names                                 []nameInfo
	givenBin, surnameBin, middleBin       []uint8
	birth                                 int
	days                                  dayTable
	sex, address, unit, area              int
	houseBin, unitBin, cityBin, postalBin []uint8
	values                                []valuesAt
	email                                 int
	provider                              []bool // per email address: many have it at the same host
	numbers                               []numberAt
	events                                []eventAt
	rows                                  rowTable
}

// valuesAt compares a column of plain values.
type valuesAt struct {
	at      int
	list    *mention.List[mention.Value]
	dict    *mention.Dictionary
	bin     []uint8
	unequal func(a, b string) uint8
}

// numberAt compares the identifiers of one kind.
type numberAt struct {
	at   int
	kind []bool // per issuer of the set: of this kind
	only int    // the only issuer of the kind, -1 if there are several
	bin  [][]uint8
}

// comparisonsOf lists the comparisons that a set can tell something about.
func comparisonsOf(s *mention.Set) []Comparison {
	var out []Comparison
	add := func(ok bool, k Kind, arg string) {
		if ok && len(out) < maxComparisons {
			out = append(out, Comparison{k, arg})
		}
	}
	var given, surname, middle, suffix bool
	for m := range uint32(s.Len()) {
		for _, n := range s.Names.Of(m) {
			given, surname, middle, suffix = given || n.Given != 0, surname || n.Surname != 0, middle || n.Middle != 0, suffix || n.Suffix != 0
		}
	}
	add(given, Given, "")
	add(surname, Surname, "")
	add(middle, Middle, "")
	add(suffix, Suffix, "")
	add(given && surname, Order, "")
	add(s.Births.Told() || s.Written.Told(), Birth, "")
	add(slices.ContainsFunc(s.Sex, func(x mention.Sex) bool { return x != 0 }), Sex, "")
	add(s.House.Len() > 1 || s.Street.Len() > 1, Address, "")
	add(s.Unit.Len() > 1, Unit, "")
	add(s.City.Len() > 1 || s.Postal.Len() > 1, Area, "")
	add(s.Phones.Told(), Phone, "")
	add(s.Emails.Told(), Email, "")
	add(s.Cases.Told(), CaseNo, "")
	add(s.Bookings.Told(), Booking, "")
	add(s.Arrests.Told(), ArrestNo, "")
	add(s.ArrestDays.Told(), ArrestDay, "")
	add(s.CourtDays.Told(), CourtDay, "")
	for i, x := range s.Issuers {
		add(i == 0 || s.Issuers[i-1].Kind != x.Kind, Number, string(x.Kind))
	}
	for _, a := range s.Attributes {
		add(a.List.Told(), Attribute, a.Name)
	}
	return out
}

func newPlan(s *mention.Set, comps []Comparison, freq *frequencies) *plan {
	p := &plan{set: s, comps: comps, freq: freq, given: -1, surname: -1, middle: -1, suffix: -1, order: -1, birth: -1, sex: -1, address: -1, unit: -1, area: -1, email: -1}
	single := map[Kind]*int{Given: &p.given, Surname: &p.surname, Middle: &p.middle, Suffix: &p.suffix, Order: &p.order, Birth: &p.birth, Sex: &p.sex,
		Address: &p.address, Unit: &p.unit, Area: &p.area}
	for i, c := range comps {
		if at := single[c.Kind]; at != nil {
			*at = i
			continue
		}
		p.addValues(i, c)
	}
	p.names = newNameInfos(s)
	f := &s.Feature
	p.givenBin = freq.table(string(Given), nameScale, s.Name, func(v mention.Value) int { return int(f.Given[v]) })
	p.surnameBin = freq.table(string(Surname), nameScale, s.Name, func(v mention.Value) int { return int(f.Surname[v]) })
	p.middleBin = freq.table(string(Middle), nameScale, s.Name, func(v mention.Value) int { return int(f.Middle[v]) })
	if p.birth >= 0 {
		p.days = freq.days(s)
	}
	p.houseBin = freq.table("house", nameScale, s.House, s.House.Count)
	p.unitBin = freq.table(string(Unit), nameScale, s.Unit, s.Unit.Count)
	p.cityBin = freq.table("city", cityScale, s.City, s.City.Count)
	p.postalBin = freq.table("postal", postalScale, s.Postal, s.Postal.Count)
	p.rows = p.newRows()
	return p
}

// addValues adds a comparison of plain values, of identifiers or of events.
func (p *plan) addValues(at int, c Comparison) {
	s := p.set
	plain := func(list *mention.List[mention.Value], d *mention.Dictionary, f func(a, b string) uint8) {
		p.values = append(p.values, valuesAt{at, list, d, p.freq.table(c.String(), nameScale, d, d.Count), f})
	}
	switch c.Kind {
	case Phone:
		plain(&s.Phones, s.Phone, slipLevel)
	case Email:
		plain(&s.Emails, s.Email, emailLevel)
		p.email, p.provider = at, providers(s)
	case CaseNo, Booking, ArrestNo, ArrestDay, CourtDay:
		p.addEvents(at, c.Kind)
	case Attribute:
		for i := range s.Attributes {
			if a := &s.Attributes[i]; a.Name == c.Arg {
				plain(&a.List, a.Values, attributeLevel)
			}
		}
	case Number:
		n := numberAt{at, make([]bool, len(s.Issuers)), -1, make([][]uint8, len(s.Issuers))}
		issuers := 0
		for i := range s.Issuers {
			if x := &s.Issuers[i]; string(x.Kind) == c.Arg {
				n.kind[i], n.bin[i] = true, p.freq.table(c.String()+" "+x.Name, nameScale, x.Values, x.Values.Count)
				n.only = i
				issuers++
			}
		}
		if issuers != 1 {
			n.only = -1
		}
		p.numbers = append(p.numbers, n)
	}
}

// pattern compares two mentions.
func (p *plan) pattern(a, b uint32) Pattern {
	var out Pattern
	x, y := p.rows.row(a), p.rows.row(b)
	flags := x[rowFlags] | y[rowFlags]
	if flags&severalNames == 0 {
		p.setNames(p.rowNames(x, y), &out)
	} else {
		p.setNames(p.severalNames(a, b), &out)
	}
	p.compareRest(a, b, x, y, flags, &out)
	return out
}

// compareRest compares all but the names, which are set.
func (p *plan) compareRest(a, b uint32, x, y []uint32, flags uint32, out *Pattern) {
	if p.birth >= 0 {
		if flags&severalBirths == 0 {
			out.set(p.birth, p.rowBirthLevel(x[rowBirth], y[rowBirth]))
		} else {
			out.set(p.birth, p.birthLevel(a, b))
		}
	}
	if p.sex >= 0 {
		// Who shares a given name shares its sex: an equal sex says something
		// only where the given names do not agree already.
		level := sexLevel(x[rowFlags]>>sexShift&3, y[rowFlags]>>sexShift&3)
		if level == 1 || p.given < 0 || out.Level(p.given) < nickname {
			out.set(p.sex, level)
		}
	}
	if p.rows.place >= 0 {
		if flags&severalPlaces == 0 {
			p.compareRowPlaces(x[p.rows.place:], y[p.rows.place:], out)
		} else {
			p.comparePlaces(a, b, out)
		}
	}
	p.compareColumns(a, b, x, y, flags, out)
	p.compareEvents(a, b, x, y, out)
}

// rowNames compares mentions with one name at most.
func (p *plan) rowNames(x, y []uint32) nameLevels {
	a := mention.Name{Given: x[rowGiven], Surname: x[rowSurname], Middle: x[rowMiddle], Suffix: mention.Suffix(x[rowFlags] >> suffixShift)}
	b := mention.Name{Given: y[rowGiven], Surname: y[rowSurname], Middle: y[rowMiddle], Suffix: mention.Suffix(y[rowFlags] >> suffixShift)}
	return p.nameLevels(&a, &b)
}

func (p *plan) compareRowPlaces(x, y []uint32, out *Pattern) {
	a := mention.Address{House: x[placeHouse], Number: x[placeNumber], Street: x[placeStreet], Unit: x[placeUnit], City: x[placeCity], Postal: x[placePostal]}
	b := mention.Address{House: y[placeHouse], Number: y[placeNumber], Street: y[placeStreet], Unit: y[placeUnit], City: y[placeCity], Postal: y[placePostal]}
	var house uint8
	if p.address >= 0 {
		house = p.houseLevel(&a, &b)
	}
	p.setPlaces(house, p.areaLevel(&a, &b), p.unitLevel(a.Unit, b.Unit), out)
}

// compareColumns compares the columns of plain values and of numbers.
func (p *plan) compareColumns(a, b uint32, x, y []uint32, flags uint32, out *Pattern) {
	for i := range p.values {
		v, at := &p.values[i], p.rows.values[i]
		level := uint8(0)
		if at < 0 || flags>>p.rows.bit(p, at)&1 != 0 {
			level = v.level(a, b)
		} else if r, q := x[at], y[at]; r != 0 && q != 0 {
			level = v.valueLevel(r, q)
		}
		if v.at == p.email {
			level = p.besideNames(level, a, b, *out)
		}
		out.set(v.at, level)
	}
	named := p.given >= 0 && p.surname >= 0 && out.Level(p.given) >= nickname && out.Level(p.surname) >= near && p.birth >= 0 && out.Level(p.birth) != 0
	for i := range p.numbers {
		n, at := &p.numbers[i], p.rows.number[i]
		if at < 0 || flags>>p.rows.bit(p, at)&1 != 0 {
			out.set(n.at, p.numberLevel(n, a, b, named))
		} else if r, q := x[at], y[at]; r == 0 || q == 0 {
			continue
		} else if farApart(x[at+1], y[at+1]) {
			out.set(n.at, differentNumbers(r&q))
		} else {
			out.set(n.at, p.numbersLevel(n, uint16(n.only), r&^howMask, q&^howMask, r, q, named))
		}
	}
}
