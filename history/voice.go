package history

import (
	"cmp"
	"slices"
	"strings"

	"github.com/casefold/casefold"
)

// A voice is one event heard as a witness of one conviction: who speaks, in
// what standing, and whether it tells of the judgment or of a later step.
type voice struct {
	e     *casefold.Event
	rec   *casefold.Record
	class classIndex
	court casefold.Agency
	// family is the court's, "" if the row names no court.
	family string
	county string // of who reports
	// later: the row enters the conviction again (revocation, re-sentencing,
	// transfer, a later step); its dates, level and section are not those of
	// the judgment.
	later bool
	out   outcome
	shown string // by what a row without a disposition shows the conviction
}

// hear collects a testimony for each count.
func (w *work) hear() {
	for i := range w.counts {
		k := &w.counts[i]
		p := testimony{w: w, prec: w.b.prec, home: w.homeFamily(k), first: len(w.heard)}
		w.addVoices(k, p.home)
		p.last = len(w.heard)
		w.testimonies = append(w.testimonies, p)
	}
	for i := range w.testimonies {
		p := &w.testimonies[i]
		p.voices = w.heard[p.first:p.last]
		w.tellerSets = w.tellerSets[:0]
		p.tellers = p.allTellers()
		for j := range p.voices {
			if v := &p.voices[j]; v.out == outcomeConvicted && !v.later {
				p.judged = true
			}
		}
		p.convicted = p.convictionDate()
	}
}

// addVoices hears the events of a count's tellings, each with its standing
// towards a conviction of the court family home.
func (w *work) addVoices(c *count, home string) {
	for _, k := range c.tellings {
		t := &w.tellings[k]
		later := w.isLater(c, t)
		for _, r := range t.refs {
			court := w.courtOf(r)
			family := w.familyOf(&court)
			w.heard = append(w.heard, voice{
				e: r.e, rec: w.records[r.rec], court: court, family: family, county: w.countyOf(r),
				class: classOf(t, family, home),
				later: later, out: w.outcomeOf(t, r.e), shown: w.shownIn(t, r.e),
			})
		}
	}
}

// isLater reports whether a telling enters the count again: it is marked so, or
// an earlier step of the same source tells of the judgment too. Where every
// telling is marked, none is the judgment and all may tell of it.
func (w *work) isLater(c *count, t *telling) bool {
	if t.later {
		return slices.ContainsFunc(c.tellings, func(k int) bool { return !w.tellings[k].later })
	}
	if !stepped(t.event()) {
		return false
	}
	mine := w.listDate(t)
	for _, k := range c.tellings {
		u := &w.tellings[k]
		if t.acc.outcome == outcomeConvicted && u.acc.outcome != outcomeConvicted {
			continue // held to answer: on the way to the judgment
		}
		if u.src == t.src && u.list != t.list && !u.later && w.listDate(u).Before(mine) == casefold.True {
			return true
		}
	}
	return false
}

// classOf is the standing of a telling towards a conviction of a court family.
func classOf(t *telling, family, home string) classIndex {
	switch t.teller {
	case casefold.TellerCourt:
		if home == "" || family == "" || family == home {
			return classCourtOfRecord
		}
		return classOtherCourt
	case casefold.TellerState:
		if t.kind == casefold.CourtEvent || t.kind == casefold.ReliefEvent || t.kind == casefold.ListingEvent {
			return classStateCourt
		}
		return classStateOther
	case casefold.TellerDA:
		return classProsecutor
	case casefold.TellerProbation:
		return classSupervision
	case casefold.TellerJail:
		return classCustody
	case casefold.TellerPolice:
		return classPolice
	}
	return classOther
}

// homeFamily is the family of the court that convicted: of several, the one
// from which the file was transferred, else the one heard first, else the one
// of better standing.
func (w *work) homeFamily(c *count) string {
	best, bestDate, bestRank := "", casefold.Date{}, 99
	moved := false
	for _, k := range c.tellings {
		t := &w.tellings[k]
		f := t.acc.family
		if f == "" {
			continue
		}
		away := w.away(c, t)
		date, rank := w.heardFirst(t), listRank(t)
		switch {
		case best == "" || moved && !away:
		case moved != away:
			continue
		case date.Before(bestDate) == casefold.True:
		case bestDate.Before(date) == casefold.True || rank > bestRank || rank == bestRank && f >= best:
			continue
		}
		best, bestDate, bestRank, moved = f, date, rank, away
	}
	if moved {
		if f := w.familyOfNumbers(c, best); f != "" {
			return f
		}
	}
	return best
}

// away reports whether a telling is of a court that received the file from
// another: it is marked so, or it names the other court's number and does not
// itself tell of sending the file away.
func (w *work) away(c *count, t *telling) bool {
	switch moves := movesOf(t); {
	case moves == movedIn:
		return true
	case moves == movedOut:
		return false
	}
	return t.marks.transfer || len(t.acc.related) > 0 && w.relatedElsewhere(c, t)
}

// A move is how a telling speaks of a transfer of supervision.
type move int8

const (
	notMoved move = iota
	movedOut      // to another court, or no direction told
	movedIn       // from another court
)

func movesOf(t *telling) (m move) {
	for _, r := range t.refs {
		if rowHas(r.e, meansTransfer) {
			return movedIn
		}
		for i := range r.e.Relief {
			if r.e.Relief[i].Kind != casefold.SupervisionMoved {
				continue
			}
			if saysReceived(r.e.Relief[i].Verbatim) {
				return movedIn
			}
			m = movedOut
		}
	}
	return m
}

// saysReceived reports the words of a transfer to the court that writes them.
func saysReceived(text string) bool {
	s := " " + strings.ToUpper(text) + " "
	return strings.Contains(s, " IN ") || strings.Contains(s, " FROM ") || strings.Contains(s, "RECEIVED") || strings.Contains(s, "-IN ")
}

// familyOfNumbers is the court family of the numbers under which tellers that are
// no courts tell of a count, other than the one that the file was transferred to.
func (w *work) familyOfNumbers(c *count, received string) (best string) {
	for _, k := range c.tellings {
		t := &w.tellings[k]
		if t.acc.family != "" {
			continue
		}
		for i := range t.acc.numbers {
			if f := t.acc.numbers[i].Family; f != "" && f != received && (best == "" || f < best) {
				best = f
			}
		}
	}
	return best
}

// relatedElsewhere reports whether a telling names as related a number of another
// court that another telling of the same count gives as its own.
func (w *work) relatedElsewhere(c *count, t *telling) bool {
	for _, k := range c.tellings {
		u := &w.tellings[k]
		for i := range u.acc.numbers {
			f := cmp.Or(u.acc.family, u.acc.numbers[i].Family)
			if f != "" && f != t.acc.family && named(t.acc.related, u.acc.numbers[i:i+1]) {
				return true
			}
		}
	}
	return false
}

func (w *work) heardFirst(t *telling) casefold.Date {
	var first casefold.Date
	for _, h := range t.acc.heard {
		if !first.Known() || h.date.Compare(first) < 0 {
			first = h.date
		}
	}
	return first
}
