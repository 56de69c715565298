package normalize

import (
	"github.com/casefold/casefold"
	"github.com/casefold/casefold/normalize/date"
	"github.com/casefold/casefold/normalize/text"
)

// slabSize is how many events are allocated at once. A record that is kept
// keeps its slab alive, so it is small.
const slabSize = 32

// reusedSize is how many events a slab that is used again holds at most.
const reusedSize = 1024

// orderCells are the state extract's columns that number cycle and step where
// CNT_ORDER is a filler.
type orderCells struct{ cycle, step cell }

func (c *compiler) orderCells() orderCells {
	o := orderCells{cell{column: -1}, cell{column: -1}}
	if c.src.Format == caDOJ {
		o.cycle.column, o.step.column = c.layout.Index("CYC_ORDER"), c.layout.Index("STP_ORDER")
	}
	return o
}

// Into lets the normalizer write the events of further rows over those given,
// at which nobody looks any more, and returns those it wrote until now. What
// events point to, texts and lists and offenses, stays as it is. Nil: it takes
// new memory, as it does at first.
func (n *Normalizer) Into(events []casefold.Event) (written []casefold.Event) {
	written = n.slab
	clear(events)
	n.slab, n.reused = events[:0], events != nil
	return written
}

// events reads the row's events: one for each count group that holds a value,
// or else the row's own.
func (n *Normalizer) events(row *casefold.Row) []casefold.Event {
	from := len(n.slab)
	if cap(n.slab)-from < 1+len(n.counts)*max(1, len(row.Groups)) {
		size := max(slabSize, 1+len(n.counts)*len(row.Groups))
		if n.reused {
			size = max(size, min(2*cap(n.slab), reusedSize))
		}
		n.slab, from = make([]casefold.Event, 0, size), 0
	}
	if n.row != nil {
		n.codedEvents(from)
	} else {
		n.plainEvents(row, from)
	}
	if len(n.slab) == from {
		return nil
	}
	return n.slab[from:len(n.slab):len(n.slab)]
}

func (n *Normalizer) plainEvents(row *casefold.Row, from int) {
	groups := row.Groups
	if !n.eachN {
		groups = noGroup
	}
	for _, p := range n.counts {
		for _, g := range groups {
			if tells(p.makes, row.Values, g) {
				n.addEvent(view{p, row.Values, g})
			}
		}
	}
	if len(n.slab) == from && tells(n.event.makes, row.Values, nil) {
		n.addEvent(view{n.event, row.Values, nil})
	}
}

// tells reports whether any of the cells holds a value.
func tells(cells []cell, values, group []string) bool {
	for i := range cells {
		if cells[i].value(values, group) != "" {
			return true
		}
	}
	return false
}

// addEvent reads one event into the slab.
func (n *Normalizer) addEvent(v view) {
	e := n.newEvent()
	n.eventDates(v, e)
	n.eventKind(v, e)
	n.agencies(v, e)
	n.places(v, e)
	n.place(e, n.charges(v))
	later := n.outcomes(v, e)
	n.relief(v, e, later, n.date(v, fReliefDate))
	n.numbers(v, e)
	n.comment(v, e)
	n.conclude(e)
}

func (n *Normalizer) newEvent() *casefold.Event {
	n.slab = n.slab[:len(n.slab)+1]
	return &n.slab[len(n.slab)-1]
}

func (n *Normalizer) note(code string, f fieldID) {
	n.odd = append(n.odd, oddity{code: code, field: string(fieldNames[f])})
}

// date is the first date that a field's columns tell.
func (n *Normalizer) date(v view, f fieldID) casefold.Date {
	cells := v.cells[f]
	for i := range cells {
		s := cells[i].value(v.values, v.group)
		if s == "" {
			continue
		}
		d, verdict := date.Parse(s, n.dates)
		switch verdict {
		case date.OK:
			return d
		case date.Missing:
		default:
			n.note(string(verdict), f)
		}
	}
	return casefold.Date{}
}

func (n *Normalizer) eventDates(v view, e *casefold.Event) {
	for _, f := range eventDateFields {
		if v.has(f) {
			*eventDate(e, f) = n.date(v, f)
		}
	}
}

// eventDateFields are the fields that hold a date of the event, in the order in
// which they are read.
var eventDateFields = [...]fieldID{fEventDate, fArrestDate, fOffenseDate, fFiledDate, fPleaDate, fConvictionDate, fDispositionDate, fSentenceDate,
	fCustodyFrom, fCustodyTo}

// eventDate is where the date of a field of eventDateFields belongs.
func eventDate(e *casefold.Event, f fieldID) *casefold.Date {
	switch f {
	case fEventDate:
		return &e.Date
	case fArrestDate:
		return &e.ArrestDate
	case fOffenseDate:
		return &e.OffenseDate
	case fFiledDate:
		return &e.FiledDate
	case fPleaDate:
		return &e.PleaDate
	case fConvictionDate:
		return &e.ConvictionDate
	case fDispositionDate:
		return &e.DispositionDate
	case fSentenceDate:
		return &e.SentenceDate
	case fCustodyFrom:
		return &e.CustodyFrom
	}
	return &e.CustodyTo
}

// eventKind reads what the row reports; a source that does not say reports what
// its keeper does. conclude decides where that is not known either.
func (n *Normalizer) eventKind(v view, e *casefold.Event) {
	if s := v.first(fEventType); s != "" {
		e.KindText = n.m.verbatim.get(s)
		e.Kind = n.m.kind.get(s)
		return
	}
	switch n.src.Teller {
	case casefold.TellerCourt:
		e.Kind = casefold.CourtEvent
	case casefold.TellerDA:
		e.Kind = casefold.FilingEvent
	case casefold.TellerPolice:
		e.Kind = casefold.ArrestEvent
	case casefold.TellerJail:
		e.Kind = casefold.CustodyEvent
	case casefold.TellerProbation:
		e.Kind = casefold.SupervisionEvent
	}
}

// agencies reads who acts and the court; what is not told is the source's own.
func (n *Normalizer) agencies(v view, e *casefold.Event) {
	agency, ori, county := v.first(fAgency), v.first(fAgencyORI), v.first(fCounty)
	if agency == "" && ori == "" {
		e.Agency = n.agency
		if county != "" && e.Agency.County == "" {
			e.Agency.County = n.countyOf(county)
		}
	} else {
		key := appendPart(appendPart(appendPart(n.key[:0], agency), ori), county)
		n.key = key
		e.Agency = n.m.agency.getKey(key)
	}
	if court := v.first(fCourt); court != "" {
		if county == "" && n.agency.County != "" {
			county = n.agency.County
		}
		key := appendPart(appendPart(n.key[:0], court), county)
		n.key = key
		e.Court = n.m.court.getKey(key)
	}
}

func (n *Normalizer) countyOf(county string) string {
	key := appendPart(appendPart(appendPart(n.key[:0], ""), ""), county)
	n.key = key
	return n.m.agency.getKey(key).County
}

// places reads the source's own hierarchy.
func (n *Normalizer) places(v view, e *casefold.Event) {
	cycle, step, count := v.first(fCycle), v.first(fStep), v.first(fCount)
	if n.src.Format == caDOJ {
		if cycle != "" && (len(cycle) < 3 || len(step) < 3 || len(count) < 3) {
			n.note("short_count_order", fCycle)
		}
		if cycle == "" {
			cycle = n.order.cycle.value(v.values, v.group)
		}
		if step == "" {
			step = n.order.step.value(v.values, v.group)
		}
	}
	e.Cycle, e.Step, e.Count = n.m.verbatim.get(cycle), n.m.verbatim.get(step), n.m.verbatim.get(count)
}

// conclude derives what the row leaves unsaid: the kind where nobody says it,
// the event's own date, an arrest's date.
func (n *Normalizer) conclude(e *casefold.Event) {
	told := e.Filed != nil || e.Disposed != nil || e.Convicted != nil || e.Arrested != nil || e.Disposition.Status != "" || len(e.Sentence) > 0
	switch {
	case e.KindText == "" && !told && e.Listing != "":
		e.Kind = casefold.ListingEvent
	case e.KindText == "" && !told && len(e.Relief) > 0:
		e.Kind = casefold.ReliefEvent
	case e.Kind != "":
	case e.Convicted != nil || e.Disposed != nil || e.Disposition.Status != "" || len(e.Sentence) > 0 || e.Plea != "" || e.Court.Kind.IsCourt() || e.Agency.Kind.IsCourt():
		e.Kind = casefold.CourtEvent
	case e.CustodyFrom.Known() || e.CustodyTo.Known() || len(e.Bookings) > 0:
		e.Kind = casefold.CustodyEvent
	case e.ArrestDate.Known() || e.Arrested != nil || len(e.Arrests) > 0:
		e.Kind = casefold.ArrestEvent
	default:
		e.Kind = casefold.OtherEvent
	}
	if !e.Date.Known() {
		e.Date = ownDate(e)
	}
	if e.Kind == casefold.ArrestEvent && !e.ArrestDate.Known() {
		e.ArrestDate = e.Date
	}
}

// ownDate is the date of an event of its kind, where no column holds it as such.
func ownDate(e *casefold.Event) casefold.Date {
	switch e.Kind {
	case casefold.ArrestEvent:
		return firstKnown(e.ArrestDate, e.CustodyFrom)
	case casefold.CustodyEvent:
		return firstKnown(e.CustodyFrom, e.ArrestDate)
	case casefold.FilingEvent:
		return firstKnown(e.FiledDate, e.DispositionDate)
	case casefold.CourtEvent:
		return firstKnown(e.DispositionDate, e.ConvictionDate, e.SentenceDate, e.PleaDate, e.FiledDate)
	case casefold.ReliefEvent:
		if len(e.Relief) > 0 {
			return e.Relief[0].Date
		}
	}
	return casefold.Date{}
}

func firstKnown(dates ...casefold.Date) casefold.Date {
	for _, d := range dates {
		if d.Known() {
			return d
		}
	}
	return casefold.Date{}
}

// numbers reads the numbers of the case, of other cases, of bookings and of
// arrests.
func (n *Normalizer) numbers(v view, e *casefold.Event) {
	defendant := v.first(fDefendant)
	for i := range v.cells[fCaseNumber] {
		c := &v.cells[fCaseNumber][i]
		s := c.value(v.values, v.group)
		switch {
		case s == "":
		case c.agencyFile && e.Kind != casefold.CourtEvent && !e.Agency.Kind.IsCourt():
			e.Arrests = appendNew(e.Arrests, n.m.bookings.get(s))
		default:
			e.Cases = appendCases(e.Cases, n.cases(s, defendant, e))
		}
	}
	for i := range v.cells[fRelatedCase] {
		if s := v.cells[fRelatedCase][i].value(v.values, v.group); s != "" {
			e.Related = appendCases(e.Related, n.cases(s, "", e))
		}
	}
	e.Bookings = n.plainNumbers(v, fBooking, e.Bookings)
	e.Arrests = n.plainNumbers(v, fArrestNumber, e.Arrests)
}

func (n *Normalizer) plainNumbers(v view, f fieldID, out []string) []string {
	for i := range v.cells[f] {
		if s := v.cells[f][i].value(v.values, v.group); s != "" {
			out = appendNew(out, n.m.bookings.get(s))
		}
	}
	return out
}

// cases reads case numbers as numbers of the event's court.
func (n *Normalizer) cases(s, defendant string, e *casefold.Event) []casefold.CaseNumber {
	court := n.courtOf(e)
	if court.Kind == casefold.FederalCourt {
		court.County = ""
	}
	if court.County != "" && court.State == "CA" {
		court.Name = "" // the county is the family; its spelling tells nothing more
	}
	key := appendPart(appendPart(n.key[:0], s), defendant)
	key = appendPart(appendPart(appendPart(appendPart(key, string(court.Kind)), court.County), court.State), court.Name)
	n.key = key
	return n.m.numbers.getKey(key)
}

// courtOf is the court whose numbers an event gives: the one it names, else the
// acting agency or the source if it is a court, else the superior court of the
// county of a local agency, in which its cases are filed.
func (n *Normalizer) courtOf(e *casefold.Event) casefold.Agency {
	for _, a := range [...]*casefold.Agency{&e.Court, &e.Agency, &n.agency} {
		if a.Kind.IsCourt() {
			return *a
		}
	}
	for _, a := range [...]*casefold.Agency{&e.Court, &e.Agency, &n.agency} {
		if a.County != "" && a.State == "CA" && local(a.Kind) {
			return casefold.Agency{Kind: casefold.SuperiorCourt, County: a.County, State: a.State}
		}
	}
	return casefold.Agency{}
}

func local(k casefold.AgencyKind) bool {
	switch k {
	case casefold.Police, casefold.Sheriff, casefold.Prosecutor, casefold.CityAttorney, casefold.Probation, "":
		return true
	}
	return false
}

// appendCases adds numbers that are not there yet. A single list is shared, not
// copied.
func appendCases(out, more []casefold.CaseNumber) []casefold.CaseNumber {
	if len(out) == 0 {
		return more[:len(more):len(more)]
	}
	for _, c := range more {
		known := false
		for _, o := range out {
			known = known || o.Key == c.Key && o.Family == c.Family && (o.Defendant == c.Defendant || c.Defendant == "")
		}
		if !known {
			out = append(out[:len(out):len(out)], c)
		}
	}
	return out
}

func appendNew(out, more []string) []string {
	if len(out) == 0 {
		return more[:len(more):len(more)]
	}
	for _, s := range more {
		known := false
		for _, o := range out {
			known = known || o == s
		}
		if !known {
			out = append(out[:len(out):len(out)], s)
		}
	}
	return out
}

// told is a short text kept as it stands.
func (n *Normalizer) told(v view, f fieldID) string {
	if !v.has(f) {
		return ""
	}
	return n.m.verbatim.get(text.Trim(v.first(f)))
}
