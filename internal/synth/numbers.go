package synth

import (
	"math/bits"
	"strconv"

	"github.com/casefold/casefold"
)

// registers hand out numbers of a series and year once each. The wanted number
// follows the day of the year, as in a clerk's register; where it is taken the
// next free one is given.
type registers map[seriesYear]*register

type seriesYear struct {
	series string
	year   int
}

type register struct {
	taken []uint64
	used  int
}

// issue gives a number from 1 to capacity for something of that day. A series
// that is full goes on beyond capacity.
func (g registers) issue(series string, day casefold.Day, capacity int, r *stream) int {
	k := seriesYear{series, day.Year()}
	reg := g[k]
	if reg == nil {
		reg = &register{taken: make([]uint64, capacity/64+1)}
		g[k] = reg
	}
	into := float64(day.Month()*31+day.DayOfMonth()-32) + r.float()
	if reg.used++; reg.used >= capacity {
		return reg.used
	}
	at := 1 + int(into/373*float64(capacity-1))
	for at <= capacity {
		if free := ^reg.taken[at/64] >> (at % 64); free != 0 {
			at += bits.TrailingZeros64(free)
			if at <= capacity {
				reg.taken[at/64] |= 1 << (at % 64)
				return at
			}
			break
		}
		at = (at/64 + 1) * 64
	}
	for at = 1; reg.taken[at/64]>>(at%64)&1 != 0; at++ {
	}
	reg.taken[at/64] |= 1 << (at % 64)
	return at
}

// The office's court changed its system, and with it the form of its numbers.
const newSystem casefold.Day = 20120702

// issueAll numbers the arrests and cases of a hundred: first those of leaders,
// then those of co-defendants, who share the incident and the case.
func (w *world) issueAll(all []*life) {
	for _, leaders := range []bool{true, false} {
		for _, l := range all {
			for _, a := range l.arrests {
				if (a.leader == nil) == leaders {
					w.issueTo(a)
				}
			}
		}
	}
}

func (w *world) issueTo(a *arrest) {
	r := newStream(w.opts.Seed, topicNumbers, a.who.index).fork(uint64(a.n))
	if a.leader != nil {
		a.incident, a.daNumber, a.daSecond = a.leader.incident, a.leader.daNumber, a.leader.daSecond
		a.file.number, a.file.oldNumber = a.leader.file.number, a.leader.file.oldNumber
	} else {
		w.issueNumbersOf(&r, a)
	}
	a.booking = yearDigits(a.day) + digits(uint64(w.registers.issue("booking"+a.county, a.day, 199_999, &r)), 6)
	if a.file != nil {
		w.laterNumbers(&r, a.file)
	}
}

// scattered is a twelve-digit record number for a count of an arrest: systems
// number their records in an order that says nothing of persons. Different
// arguments give different numbers, for up to ten million people.
func scattered(person, arrest, count, part int) string {
	const space = 1_000_000_000_000
	n := uint64(person)*100_000 + uint64(arrest%100)*1000 + uint64(count%100)*10 + uint64(part%10)
	for range 3 { // each step is a permutation: a factor coprime to space, and halves swapped
		hi, lo := bits.Mul64(n, 387_420_489_137)
		_, n = bits.Div64(hi, lo, space)
		n = n%1_000_000*1_000_000 + n/1_000_000
	}
	return digits(n, 12)
}

// quarter is the shelf of a day: its year and quarter.
func quarter(d casefold.Day) int { return d.Year()*4 + (d.Month()-1)/3 }

func yearDigits(d casefold.Day) string { return digits(uint64(d.Year()%100), 2) }

func (w *world) issueNumbersOf(r *stream, a *arrest) {
	a.incident = yearDigits(a.day) + "-" + digits(uint64(w.registers.issue("incident"+a.agency.ori, a.day, 399_999, r)), 6)
	a.daNumber = "D" + yearDigits(a.day) + "-" + digits(uint64(w.registers.issue("da", a.day, 99_999, r)), 5)
	if r.chance(w.opts.Rates.EnteredTwice) {
		a.daSecond = "D" + yearDigits(a.day) + "-" + digits(uint64(w.registers.issue("da", a.day, 99_999, r)), 5)
	}
	if c := a.file; c != nil {
		felony := c.hasFelony()
		c.number = w.caseNumber(r, c, c.filed, felony)
		switch {
		case c.municipal:
			c.oldNumber = w.municipalNumber(r, c)
		case c.county == office && c.venue == adultCourt && c.filed < newSystem && c.filed > 20060101 && r.chance(.12):
			c.oldNumber, c.number = c.number, w.caseNumber(r, c, 20120801, felony)
		}
	}
}

func (c *courtCase) hasFelony() bool {
	for _, k := range c.counts {
		if k.filed.level == casefold.Felony {
			return true
		}
	}
	return false
}

// caseNumber issues a number of the court that hears the case.
func (w *world) caseNumber(r *stream, c *courtCase, day casefold.Day, felony bool) string {
	yy := yearDigits(day)
	next := func(series string, capacity, width int) string {
		return digits(uint64(w.registers.issue(series, day, capacity, r)), width)
	}
	switch {
	case c.venue == federalCourt:
		return "2:" + yy + "-CR-" + next("federal", 9_999, 5)
	case c.venue == otherState:
		return "C" + yy + "-" + next("abroad"+c.arrest.state, 99_999, 5)
	case c.venue == juvenileCourt:
		return "JV" + next("juvenile"+c.county, 9_999, 4) + yy
	}
	kind, long := "M", "MI"
	if felony {
		kind, long = "F", "FE"
	}
	switch c.county {
	case office:
		if day >= newSystem {
			return yy + long + next(long, 299_999, 6)
		}
		return yy + kind + next(kind, 99_999, 5)
	case neighbour:
		if day >= casefold.MakeDay(2014, 1, 1) {
			return "CR" + kind + yy + "-" + next("yolo", 9_999, 4)
		}
		return "CR" + kind + "-" + yy + "-" + next("yolo", 9_999, 4)
	case "ALAMEDA":
		return "H" + next("alameda", 99_999, 5)
	case "PLACER":
		return "62-" + yy + next("placer", 9_999, 4)
	case "SAN JOAQUIN":
		return "SF" + yy + next("san joaquin", 9_999, 4) + "A"
	case "EL DORADO":
		return "P" + yy + "CR" + kind + next("el dorado", 9_999, 4)
	}
	return "FCR" + yy + next("solano", 9_999, 4)
}

func (w *world) municipalNumber(r *stream, c *courtCase) string {
	day := c.filed
	if c.county != office {
		return "MC" + yearDigits(day) + digits(uint64(w.registers.issue("mc"+c.county, day, 99_999, r)), 5)
	}
	return yearDigits(day) + "M" + digits(uint64(w.registers.issue("M", day, 99_999, r)), 5)
}

// laterNumbers draws the numbers under which a case came to stand afterwards.
func (w *world) laterNumbers(r *stream, c *courtCase) {
	refiled, moved, wait := r.chance(w.opts.Rates.Refiled), r.chance(w.opts.Rates.Transferred), r.between(60, 400)
	if c.county != office || c.venue != adultCourt || c.defendants > 1 {
		return
	}
	consolidated := r.chance(w.opts.Rates.Consolidated)
	if consolidated && c.outcome == casefold.Convicted && len(c.counts) > 1 && !refiled && c.oldNumber == "" {
		c.consolidated = w.caseNumber(r, c, c.filed, c.hasFelony())
	}
	if refiled && c.outcome == casefold.Convicted && c.oldNumber == "" {
		first := c.filed.AddDays(-r.between(10, 80))
		c.refiledFrom = w.caseNumber(r, c, max(first, c.arrest.day), c.hasFelony())
	}
	day := c.sentenced.AddDays(wait)
	if !moved || day.Year() < 1983 || day >= w.end || c.outcome != casefold.Convicted {
		return
	}
	for _, k := range c.counts {
		if k.truth != nil && k.hasSentence(casefold.ProbationTerm) {
			at := *c
			at.county = neighbour
			c.movedTo, c.moved = w.caseNumber(r, &at, day, c.hasFelony()), day
			k.later = append(k.later, later{kind: casefold.SupervisionMoved, day: day})
		}
	}
}

func itoa(n int) string { return strconv.Itoa(n) }
