package normalize

import (
	"strconv"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/normalize/caseno"
	"github.com/casefold/casefold/normalize/date"
	"github.com/casefold/casefold/normalize/place"
	"github.com/casefold/casefold/normalize/statute"
)

// caDOJ is the format of the state's bulk extract, whose hierarchy key and
// numbers need a rule of their own.
const caDOJ = "ca-doj"

// A Normalizer turns rows of one source into records. It remembers values, so
// it is for one goroutine; the records it makes may be shared freely.
type Normalizer struct {
	src *casefold.Source

	own    *personPlan
	people []*personPlan
	each   bool // people are elements of Row.Groups

	event  *plan   // the row's own event
	counts []*plan // one per count group
	eachN  bool    // counts are elements of Row.Groups

	dates    date.Options // of events
	births   date.Options // of dates of birth
	agency   casefold.Agency
	order    orderCells
	statutes *statute.Parser

	numberScheme caseno.Scheme
	m            memos
	key          []byte // scratch for compound keys
	slab         []casefold.Event
	reused       bool // the slab is used again
	oneName      slab[casefold.Name]
	oneDate      slab[casefold.Date]
	oneID        slab[casefold.Identifier]
	findings     []casefold.Finding // of the row at hand
	odd          []oddity           // of the row at hand

	// Of rows given by the numbers of their values; see Coded.
	distinct [][]string
	coded    []*codedPlan  // of counts, then of event
	ids      []uint32      // the row at hand
	row      *casefold.Row // its texts, as far as looked up; nil: the row has them all
	texts    casefold.Row
	filled   []uint32 // numbers of the texts
}

// An oddity is a finding before it knows its row.
type oddity struct {
	code, field string
	person      int // of the row's records; 0 for what its events tell
}

// New prepares a normalizer for a source whose rows have the given layout. It
// fails if the mapping names a column that the layout does not have.
func New(src *casefold.Source, layout casefold.Layout) (*Normalizer, error) {
	c := &compiler{src: src, layout: layout}
	n := &Normalizer{src: src, statutes: statute.New(), numberScheme: caseno.SchemeOf(src.NumberShapes), each: src.Mapping.PeopleEach != "", eachN: src.Mapping.CountsEach != ""}
	own, others := c.persons()
	key := cell{column: -1}
	if src.PersonKey != "" {
		key = c.column(src.PersonKey, "")
	}
	n.own = newPersonPlan(own, key)
	for _, p := range others {
		n.people = append(n.people, newPersonPlan(p, cell{column: -1}))
	}
	n.event, n.counts = c.events()
	n.order = c.orderCells()
	n.dates = date.Options{Order: src.Mapping.DateOrder, Latest: src.ExtractDate}
	n.births = n.dates
	if src.Teller != casefold.TellerOther && src.Teller != "" {
		// Who stands in a court's or jail's system is no small child: two-digit
		// years of birth are read with that in mind.
		n.births.Latest = latestOf(n.dates).AddYears(-youngest)
	}
	n.agency = defaultAgency(src.Agency)
	n.m = n.newMemos()
	return n, c.err
}

// youngest is the age in years below which nobody is arrested: chosen well
// below 12, the least age for which California's juvenile court has acted since
// 2019 (WIC 602 as amended by SB 439).
const youngest = 8

func latestOf(o date.Options) casefold.Day {
	if o.Latest == 0 {
		return date.Horizon
	}
	return o.Latest
}

// defaultAgency fills in what the project file leaves open about a source's own
// agency.
func defaultAgency(a casefold.Agency) casefold.Agency {
	if a == (casefold.Agency{}) {
		return a
	}
	read := place.Agency(a.Name, a.ORI, a.County)
	if a.Kind != "" {
		read.Kind = a.Kind
	}
	if a.State != "" {
		read.State = a.State
	}
	if a.Name != "" && read.Name == "" || read.Kind != place.Agency(a.Name, a.ORI, a.County).Kind {
		read.Name = a.Name
	}
	return read
}

// Records appends the records of a row to dst, one for each person it tells of
// and at least one, and returns the row's findings. rowKey is the row's key; a
// row of two persons or more adds "/1", "/2" to it.
func (n *Normalizer) Records(row *casefold.Row, rowKey string, dst []casefold.Record) ([]casefold.Record, []casefold.Finding) {
	n.findings, n.odd = nil, n.odd[:0]
	first := len(dst)
	events := n.events(row)
	dst = n.persons(row, dst)
	several := len(dst)-first > 1
	for i := first; i < len(dst); i++ {
		r := &dst[i]
		r.Teller = casefold.Teller{Source: n.src.Name, RowKey: rowKey}
		if several {
			r.Teller.RowKey = rowKey + "/" + strconv.Itoa(i-first+1)
		}
		r.Events = events
		n.settle(&r.Person, events)
	}
	n.report(dst[first:])
	return dst, n.findings
}

// settle adds to a person what the row's events say of them.
func (n *Normalizer) settle(p *casefold.PersonFacts, events []casefold.Event) {
	for i := range events {
		if events[i].Kind == casefold.DeceasedEvent {
			p.IsDeceased = true
		}
	}
	if p.Age < 0 {
		return
	}
	if len(events) > 0 {
		p.AgeOn = events[0].Date
	}
	if !p.AgeOn.Known() && n.src.ExtractDate != 0 {
		p.AgeOn = casefold.On(n.src.ExtractDate)
	}
}

// report turns oddities into findings.
func (n *Normalizer) report(records []casefold.Record) {
	for _, o := range n.odd {
		n.findings = append(n.findings, casefold.Finding{Code: o.code, Field: o.field, Teller: records[o.person].Teller})
	}
	for i := range records {
		n.bornLate(&records[i])
	}
}

// bornLate finds a person born after an event of theirs.
func (n *Normalizer) bornLate(r *casefold.Record) {
	if len(r.Person.Births) == 0 {
		return
	}
	birth := r.Person.Births[0].First
	for i := range r.Events {
		if d := r.Events[i].Date; d.Known() && d.Last < birth {
			n.findings = append(n.findings, casefold.Finding{Code: "event_before_birth", Field: "birth_date", Teller: r.Teller})
			return
		}
	}
}
