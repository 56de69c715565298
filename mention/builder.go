package mention

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unsafe"

	"github.com/casefold/casefold"
)

// A Builder collects records. It copies what it needs: a record may be reused
// once Add has returned. It is for one goroutine.
type Builder struct {
	sources  map[string]uint16
	info     []casefold.Source
	identity [2][]uint64 // per record: two hashes of source and row key
	key      []collapseKey

	set     Set // columns per record until Build
	issuers map[issuerKey]uint16
	attrs   map[string]int
	scratch []byte
	asked   asked
	sexes   []Sex
}

type issuerKey struct {
	kind casefold.IdentifierKind
	name string
}

// NewBuilder returns an empty builder. The sources say whose person keys are
// exclusive and who issues prints; records of a source not listed are taken
// without such claims.
func NewBuilder(sources []casefold.Source) *Builder {
	b := &Builder{sources: map[string]uint16{}, issuers: map[issuerKey]uint16{}, attrs: map[string]int{}}
	for _, s := range sources {
		s.IssuesPrints = cmp.Or(s.IssuesPrints, ownPrints(&s))
		b.sources[s.Name] = uint16(len(b.info))
		b.info = append(b.info, s)
	}
	s := &b.set
	for _, d := range []**Dictionary{&s.Name, &s.House, &s.Number, &s.Street, &s.Unit, &s.City, &s.State, &s.Postal,
		&s.Phone, &s.Email, &s.Case, &s.Defendant, &s.Booking, &s.Arrest, &s.Place, &s.PersonKey} {
		*d = newDictionary()
	}
	return b
}

// ownPrints is the sort of number that a source gives by prints of its own: the
// state's number in the state's file; elsewhere the print number by which the
// source keeps its persons.
func ownPrints(s *casefold.Source) casefold.IdentifierKind {
	if s.Teller == casefold.TellerState {
		return casefold.CII
	}
	for _, id := range s.Mapping.Identifiers {
		if id.How == casefold.Print && id.Column == s.PersonKey && s.PersonKey != "" {
			return id.Kind
		}
	}
	return ""
}

// Add takes a record and returns its index: 0, 1, 2 ...
func (b *Builder) Add(rec *casefold.Record) int {
	r := len(b.identity[0])
	b.AddAll(unsafe.Slice(rec, 1))
	return r
}

// AddAll adds records in their order. It is quicker than adding one after the
// other: it goes column by column, and asks a dictionary for many values at once.
func (b *Builder) AddAll(records []casefold.Record) {
	first := len(b.identity[0])
	for i := range records {
		t := &records[i].Teller
		b.scratch = append(append(append(b.scratch[:0], t.Source...), 0), t.RowKey...)
		text := unsafe.String(unsafe.SliceData(b.scratch), len(b.scratch)) // read before scratch is used again
		b.identity[0] = append(b.identity[0], Hash(text))
		b.identity[1] = append(b.identity[1], HashSeed(text, 1))
		b.set.sourceOf = append(b.set.sourceOf, b.source(t.Source))
	}
	source := b.set.sourceOf[first:]
	b.addNames(first, records)
	b.addIdentifiers(first, source, records)
	b.addAddresses(first, records)
	for i := range records {
		rec := &records[i]
		b.addPerson(first+i, source[i], &rec.Person)
		for k := range rec.Events {
			b.addEvent(first+i, source[i], &rec.Person, &rec.Events[k])
		}
	}
}

func (b *Builder) source(name string) uint16 {
	if s, ok := b.sources[name]; ok {
		return s
	}
	s := uint16(len(b.info))
	b.sources[name] = s
	b.info = append(b.info, casefold.Source{Name: name})
	return s
}

func (b *Builder) addPerson(r int, src uint16, p *casefold.PersonFacts) {
	s := &b.set
	for _, d := range p.Births {
		if d.Known() {
			add(&s.Births, r, Birth{d.First, d.Last})
		}
	}
	b.addWritten(r, p)
	if p.Age > 0 && p.AgeOn.Known() {
		add(&s.Ages, r, Birth{p.AgeOn.First.AddYears(-int(p.Age) - 1).AddDays(1), p.AgeOn.Last.AddYears(-int(p.Age))})
	}
	b.sexes = append(b.sexes, sexOf(p.Sex))
	for _, v := range p.Phones {
		addValue(&s.Phones, r, s.Phone.add(v))
	}
	for _, v := range p.Emails {
		addValue(&s.Emails, r, s.Email.add(v))
	}
	for _, a := range p.Attributes {
		b.addAttribute(r, a)
	}
	if p.PersonKey != "" {
		b.collapse(r, src, 'p', p.PersonKey, "", "")
		if b.info[src].PersonKeyExclusive {
			add(&s.SourceKeys, r, SourceKey{src, s.PersonKey.add(p.PersonKey)})
		}
	}
	if p.Deceased.Known() {
		add(&s.Deaths, r, p.Deceased.Last)
	}
}

// issuer is the number of an issuer's numbers of one kind.
func (b *Builder) issuer(kind casefold.IdentifierKind, name string) uint16 {
	key := issuerKey{kind, name}
	at, ok := b.issuers[key]
	if !ok {
		at = uint16(len(b.set.Issuers))
		b.issuers[key] = at
		b.set.Issuers = append(b.set.Issuers, Issuer{kind, name, newDictionary()})
	}
	return at
}

func (b *Builder) addAttribute(r int, a casefold.Attribute) {
	if a.Value == "" {
		return
	}
	at, ok := b.attrs[a.Name]
	if !ok {
		at = len(b.set.Attributes)
		b.attrs[a.Name] = at
		b.set.Attributes = append(b.set.Attributes, Attribute{Name: a.Name, Values: newDictionary()})
	}
	col := &b.set.Attributes[at]
	add(&col.List, r, col.Values.add(a.Value))
}

func (b *Builder) addEvent(r int, src uint16, p *casefold.PersonFacts, e *casefold.Event) {
	s := &b.set
	teller := b.info[src].Teller
	for _, c := range e.Cases {
		if c.Key == "" {
			continue
		}
		mark, kind := markOf(c.Defendant)
		if teller != casefold.TellerCourt {
			kind = Copied
		}
		add(&s.Cases, r, Case{s.Case.add(c.Family + "|" + c.Key), s.Defendant.add(mark), kind})
		if teller == casefold.TellerCourt && mark != "" {
			b.collapseEvent(r, src, p, 'c', c.Family+"|"+c.Key+"|"+mark)
		}
	}
	for _, v := range e.Bookings {
		addValue(&s.Bookings, r, s.Booking.add(v))
		if v != "" && (teller == casefold.TellerJail || teller == casefold.TellerPolice) {
			b.collapseEvent(r, src, p, 'b', v)
		}
	}
	for _, v := range e.Arrests {
		addValue(&s.Arrests, r, s.Arrest.add(v))
	}
	day(&s.ArrestDays, r, e.ArrestDate)
	if e.Kind == casefold.ArrestEvent {
		day(&s.ArrestDays, r, e.Date)
	}
	for _, d := range []casefold.Date{e.PleaDate, e.ConvictionDate, e.DispositionDate, e.SentenceDate} {
		day(&s.CourtDays, r, d)
	}
	if e.Kind == casefold.CourtEvent {
		day(&s.CourtDays, r, e.Date)
	}
	b.addPresence(r, src, e)
}

// addPresence notes when and where the person was bodily dealt with: in
// custody, arrested.
func (b *Builder) addPresence(r int, src uint16, e *casefold.Event) {
	s := &b.set
	if e.CustodyFrom.Exact() {
		place := b.placeOf(src, e)
		stay := Stay{From: e.CustodyFrom.First, Place: s.Place.add(place)}
		if e.CustodyTo.Exact() && e.CustodyTo.First >= stay.From {
			stay.To = e.CustodyTo.First
		}
		add(&s.Custody, r, stay)
	}
	for _, d := range []casefold.Date{e.ArrestDate, e.CustodyFrom, e.CustodyTo} {
		day(&s.Present, r, d)
	}
	if e.Kind == casefold.ArrestEvent {
		day(&s.Present, r, e.Date)
	}
	if e.Kind == casefold.DeceasedEvent && e.Date.Known() {
		add(&s.Deaths, r, e.Date.Last)
	}
}

// placeOf is where custody was: at the jail whose file tells it, and not with
// the agency that made the arrest, which such a file tells as well.
func (b *Builder) placeOf(src uint16, e *casefold.Event) string {
	if own := &b.info[src]; own.Teller == casefold.TellerJail && (own.Agency.ORI != "" || own.Agency.Name != "") {
		return cmp.Or(own.Agency.ORI, own.Agency.Name)
	}
	return cmp.Or(e.Agency.ORI, e.Agency.Name)
}

// day adds an exact day; an interval is no evidence of a shared event.
func day(l *List[casefold.Day], r int, d casefold.Date) {
	if d.Exact() {
		add(l, r, d.First)
	}
}

func addValue(l *List[Value], r int, v Value) {
	if v != 0 {
		add(l, r, v)
	}
}

// add appends a value for record r, which is the last record begun or a later
// one. Equal neighbors are kept once.
func add[T comparable](l *List[T], r int, v T) {
	for len(l.start) <= r {
		l.start = append(l.start, uint32(len(l.values)))
	}
	if slices.Contains(l.values[l.start[r]:], v) {
		return
	}
	l.values = append(l.values, v)
}

// markOf is the ordinal of a defendant's mark, and how it is written. A mark
// that is neither a letter nor a number stands as it is, and tells nobody apart.
func markOf(mark string) (string, MarkKind) {
	switch {
	case len(mark) == 1 && mark[0] >= 'A' && mark[0] <= 'Z':
		return strconv.Itoa(int(mark[0]-'A') + 1), CourtLetter
	case mark != "" && strings.Trim(mark, "0123456789") == "":
		return strings.TrimLeft(mark[:len(mark)-1], "0") + mark[len(mark)-1:], CourtDigits
	}
	return mark, Copied
}

func suffixOf(s string) Suffix {
	switch s {
	case "SR":
		return Senior
	case "JR":
		return Junior
	case "II":
		return Second
	case "III":
		return Third
	case "IV":
		return Fourth
	case "V":
		return Fifth
	}
	return NoSuffix
}

func kindOf(k casefold.NameKind) NameKind {
	switch k {
	case casefold.AliasName:
		return Alias
	case casefold.MaidenName:
		return Maiden
	}
	return Primary
}

func sexOf(s casefold.Sex) Sex {
	switch strings.ToUpper(string(s)) {
	case "M":
		return 'M'
	case "F":
		return 'F'
	case "X":
		return 'X'
	}
	return 0
}

func howOf(h casefold.How) How {
	switch h {
	case casefold.Print:
		return Print
	case casefold.Document:
		return Document
	case casefold.LookUp:
		return LookUp
	case casefold.SelfReport:
		return SelfReport
	}
	return NotTold
}
