package normalize

import (
	"slices"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/normalize/date"
)

// Rows whose values are numbers into their columns' distinct values are read by
// what those numbers were read as before. An event falls into parts that are
// functions of few columns: who acts, the charges, the outcome, the numbers, and
// each date. A part that was met is copied; one that was not is read from its
// texts, as Records reads it.

// Columns tells the normalizer the distinct values of each column of its
// layout; number 0 is "". They may grow, but never change. Coded needs them.
func (n *Normalizer) Columns(distinct [][]string) {
	n.distinct = distinct
	n.filled = make([]uint32, len(distinct))
	n.texts = casefold.Row{Values: make([]string, len(distinct))}
	n.own.columns = columnsOf(n.own.all...)
	for _, p := range n.people {
		p.columns = columnsOf(p.all...)
	}
	n.coded = n.coded[:0]
	for _, p := range append(slices.Clone(n.counts), n.event) {
		n.coded = append(n.coded, n.newCodedPlan(p))
	}
}

// Coded is Records of a row that is given by the numbers of its values, and so of
// a source without repeated groups.
func (n *Normalizer) Coded(numbers []uint32, rowKey string, dst []casefold.Record) ([]casefold.Record, []casefold.Finding) {
	n.ids, n.row = numbers, &n.texts
	dst, found := n.Records(n.row, rowKey, dst)
	n.ids, n.row = nil, nil
	return dst, found
}

// fill looks up the texts of columns of the row at hand.
func (n *Normalizer) fill(columns []int) {
	for _, c := range columns {
		if id := n.ids[c]; n.filled[c] != id {
			n.filled[c], n.texts.Values[c] = id, n.distinct[c][id]
		}
	}
}

// A codedPlan reads the events of one plan from numbers.
type codedPlan struct {
	plan    *plan
	makes   []int // columns, each of one cell
	who     codes[whoPart]
	charge  codes[chargePart]
	outcome codes[outcomePart]
	numbers nearNumbers
	dates   [fieldCount][]codedCell
	dated   []fieldID // of eventDateFields, those that the plan has
	places  []int
	relief  []int
	comment []int
}

type whoPart struct {
	kind          casefold.EventKind
	kindText      string
	agency, court casefold.Agency
}

type chargePart struct {
	stages
	odd []oddity
}

type outcomePart struct {
	disposition   casefold.Disposition
	level         casefold.Level
	plea          string
	sentence      []casefold.SentencePart
	listing       casefold.Listing
	grams, plants string
	related       []casefold.CaseNumber
	later         []casefold.Relief
	tells         bool // of relief
	odd           []oddity
}

type numberPart struct {
	cases, related    []casefold.CaseNumber
	bookings, arrests []string
}

func (n *Normalizer) newCodedPlan(p *plan) *codedPlan {
	c := &codedPlan{plan: p}
	for i := range p.makes {
		c.makes = append(c.makes, p.makes[i].column)
	}
	c.who = newCodes[whoPart](columnsOf(slices.Concat(p.cells[fEventType], p.cellsOf(fAgency, fCourt))...))
	c.charge = newCodes[chargePart](columnsOf(slices.Concat(p.cells[fComment], p.cellsOf(fArrestCharge, fCode))...))
	c.relief = columnsOf(p.cells[fRelief]...)
	c.outcome = newCodes[outcomePart](columnsOf(slices.Concat(p.cellsOf(fPlea, fRelief), p.cellsOf(fListing, fPlants))...))
	c.numbers.columns = columnsOf(slices.Concat(p.cellsOf(fCaseNumber, fRelatedCase), p.cellsOf(fBooking, fArrestNumber))...)
	c.places = columnsOf(slices.Concat(p.cellsOf(fCycle, fStep), p.cells[fCount], []cell{n.order.cycle, n.order.step})...)
	c.comment = columnsOf(p.cells[fComment]...)
	for _, f := range append(slices.Clone(eventDateFields[:]), fReliefDate) {
		for i := range p.cells[f] {
			c.dates[f] = append(c.dates[f], codedCell{cell: &p.cells[f][i]})
		}
		if p.has(f) && f != fReliefDate {
			c.dated = append(c.dated, f)
		}
	}
	return c
}

func (n *Normalizer) codedEvents(from int) {
	own := len(n.coded) - 1
	for i, c := range n.coded {
		if i == own && len(n.slab) > from {
			return // the groups of counts told it all
		}
		if n.codedTells(c) {
			n.addCoded(c)
		}
	}
}

// codedTells is tells, which mostly need not look beyond the first columns.
func (n *Normalizer) codedTells(c *codedPlan) bool {
	for i := range c.makes {
		if column := c.makes[i]; column >= 0 && n.ids[column] != 0 {
			n.fill(c.makes[i : i+1])
			if c.plan.makes[i].value(n.texts.Values, nil) != "" {
				return true
			}
		}
	}
	return false
}

// addCoded is addEvent.
func (n *Normalizer) addCoded(c *codedPlan) {
	e, v := n.newEvent(), view{c.plan, n.texts.Values, nil}
	for _, f := range c.dated {
		*eventDate(e, f) = n.codedDate(c, f)
	}
	who := c.who.get(n, func() whoPart { return n.readWho(v) })
	e.Kind, e.KindText, e.Agency, e.Court = who.kind, who.kindText, who.agency, who.court
	n.fill(c.places)
	n.places(v, e)
	charge := c.charge.get(n, func() chargePart { return n.readCharges(v) })
	n.odd = append(n.odd, charge.odd...)
	n.place(e, charge.stages)
	n.codedOutcome(c, v, e)
	n.codedNumbers(c, v, e, who)
	n.fill(c.comment)
	n.comment(v, e)
	n.conclude(e)
}

// readWho reads the part of an event that tells what happened and who acts.
func (n *Normalizer) readWho(v view) whoPart {
	var e casefold.Event
	n.eventKind(v, &e)
	n.agencies(v, &e)
	return whoPart{e.Kind, e.KindText, e.Agency, e.Court}
}

func (n *Normalizer) readCharges(v view) (p chargePart) {
	from := len(n.odd)
	p.stages = n.charges(v)
	p.odd, n.odd = slices.Clone(n.odd[from:]), n.odd[:from]
	return p
}

func (n *Normalizer) readOutcome(v view) (p outcomePart) {
	var e casefold.Event
	from := len(n.odd)
	p.later = n.outcomes(v, &e)
	p.odd, n.odd = slices.Clone(n.odd[from:]), n.odd[:from]
	p.disposition, p.level, p.plea, p.listing, p.grams, p.plants = e.Disposition, e.ConvictedLevel, e.Plea, e.Listing, e.Grams, e.Plants
	p.sentence, p.related = e.Sentence, e.Related
	p.tells = len(p.later) > 0 || tells(v.cells[fRelief], v.values, v.group)
	return p
}

func (n *Normalizer) codedOutcome(c *codedPlan, v view, e *casefold.Event) {
	p := c.outcome.get(n, func() outcomePart { return n.readOutcome(v) })
	n.odd = append(n.odd, p.odd...)
	e.Disposition, e.ConvictedLevel, e.Plea, e.Listing, e.Grams, e.Plants = p.disposition, p.level, p.plea, p.listing, p.grams, p.plants
	e.Sentence, e.Related = p.sentence, p.related
	own := n.codedDate(c, fReliefDate)
	if p.tells {
		n.fill(c.relief)
		n.relief(v, e, p.later, own)
	}
}

// codedNumbers is numbers.
func (n *Normalizer) codedNumbers(c *codedPlan, v view, e *casefold.Event, who *whoPart) {
	m := &c.numbers
	if len(m.columns) == 0 {
		return
	}
	if len(m.columns) > nearColumns || len(e.Related) > 0 {
		n.fill(m.columns)
		n.numbers(v, e)
		return
	}
	key := nearKey{who: who}
	for i, column := range m.columns {
		key.ids[i] = n.ids[column]
	}
	if m.slots == nil {
		m.slots = make([]struct {
			key   nearKey
			value numberPart
		}, nearSlots)
	}
	s := &m.slots[key.slot()]
	if s.key != key {
		n.fill(m.columns)
		n.numbers(v, e)
		s.key, s.value = key, numberPart{e.Cases, e.Related, e.Bookings, e.Arrests}
		return
	}
	e.Cases, e.Related, e.Bookings, e.Arrests = s.value.cases, s.value.related, s.value.bookings, s.value.arrests
}

// codedDate is date.
func (n *Normalizer) codedDate(c *codedPlan, f fieldID) casefold.Date {
	for i := range c.dates[f] {
		switch d := n.codedCellDate(&c.dates[f][i]); d.told {
		case dateOK:
			return d.date
		case dateOdd:
			n.note(d.odd, f)
		}
	}
	return casefold.Date{}
}

func (n *Normalizer) codedCellDate(c *codedCell) codedDate {
	id := n.ids[c.cell.column]
	if id < uint32(len(c.dates)) && c.dates[id].told != dateUnread {
		return c.dates[id]
	}
	d := codedDate{told: dateMissing}
	n.fill([]int{c.cell.column})
	if s := c.cell.value(n.texts.Values, nil); s != "" {
		on, verdict := date.Parse(s, n.dates)
		switch verdict {
		case date.OK:
			d = codedDate{date: on, told: dateOK}
		case date.Missing:
		default:
			d = codedDate{told: dateOdd, odd: string(verdict)}
		}
	}
	if id < mostCodedDates {
		if id >= uint32(len(c.dates)) {
			c.dates = append(c.dates, make([]codedDate, int(id)+1-len(c.dates))...)
		}
		c.dates[id] = d
	}
	return d
}
