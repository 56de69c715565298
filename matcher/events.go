package matcher

import (
	"github.com/casefold/casefold"
	"github.com/casefold/casefold/mention"
)

// What mentions tell of events (cases, bookings, arrest reports, days) are lists,
// and most pairs have nothing in common. A row holds a digest of each list, 64
// bits of which every value sets one: where two digests have no bit in common,
// neither have the lists.

// eventAt compares one sort of what is told of events. Level 1 stands for none
// in common.
type eventAt struct {
	at     int
	digest func(m uint32) uint64
	level  func(a, b uint32) uint8 // of lists of which neither is empty
	number bool                    // a number of an event, not a day
	shared uint8                   // the lowest level of one in common
}

// addEvents adds a comparison of events.
func (p *plan) addEvents(at int, k Kind) {
	s := p.set
	values := func(l *mention.List[mention.Value]) {
		p.events = append(p.events, eventAt{at: at, number: true, shared: 2,
			digest: func(m uint32) uint64 { return digest(l.Of(m), func(v mention.Value) uint32 { return v }) },
			level:  func(a, b uint32) uint8 { return min(inCommon(l.Of(a), l.Of(b)), 2) }})
	}
	days := func(l *mention.List[casefold.Day]) {
		p.events = append(p.events, eventAt{at: at, shared: 2,
			digest: func(m uint32) uint64 { return digest(l.Of(m), func(d casefold.Day) uint32 { return uint32(d) }) },
			level:  func(a, b uint32) uint8 { return inCommon(l.Of(a), l.Of(b)) }})
	}
	switch k {
	case CaseNo:
		p.events = append(p.events, eventAt{at: at, number: true, shared: 3,
			digest: func(m uint32) uint64 { return digest(s.Cases.Of(m), func(c mention.Case) uint32 { return c.Key }) },
			level:  p.caseLevel})
	case Booking:
		values(&s.Bookings)
	case ArrestNo:
		values(&s.Arrests)
	case ArrestDay:
		days(&s.ArrestDays)
	case CourtDay:
		days(&s.CourtDays)
	}
}

// digest sets one of 64 bits for each value; 0: there is none.
func digest[T any](list []T, number func(T) uint32) uint64 {
	out := uint64(0)
	for _, v := range list {
		out |= 1 << (mention.Mix(uint64(number(v)), 0) & 63)
	}
	return out
}

// inCommon is 1 for none in common, 2 for one, 3 for more.
func inCommon[T comparable](a, b []T) uint8 {
	level := uint8(1)
	for _, x := range a {
		for _, y := range b {
			if x == y && level < 3 {
				level++
			}
		}
	}
	return level
}

// caseLevel is the strongest relation between two mentions' cases. A shared
// case with the same defendant outweighs another in which they are two.
func (p *plan) caseLevel(a, b uint32) uint8 {
	best := uint8(1)
	for _, x := range p.set.Cases.Of(a) {
		for _, y := range p.set.Cases.Of(b) {
			if x.Key != y.Key {
				continue
			}
			level := uint8(otherDefendant)
			switch {
			case x.Defendant == 0 || y.Defendant == 0:
				level = 3
			case x.Defendant == y.Defendant:
				level = 4
			}
			best = max(best, level)
		}
	}
	return best
}

// eventDigests are the digests of the events that a row tells.
func (t *rowTable) digests(row []uint32, event int) uint64 {
	at := t.events[event]
	return uint64(row[at]) | uint64(row[at+1])<<32
}

// compareEvents compares what is told of events.
func (p *plan) compareEvents(a, b uint32, x, y []uint32, out *Pattern) {
	for i := range p.events {
		switch r, q := p.rows.digests(x, i), p.rows.digests(y, i); {
		case r == 0 || q == 0:
		case r&q == 0:
			out.set(p.events[i].at, 1)
		default:
			out.set(p.events[i].at, p.events[i].level(a, b))
		}
	}
}

// boundEvents bounds what events may say, and reports whether the mentions may
// share a number of one, or a day.
func (p *plan) boundEvents(s *scorer, b *bounds, x, y []uint32) (sum int64, number, day bool) {
	for i := range p.events {
		e := &p.events[i]
		switch r, q := p.rows.digests(x, i), p.rows.digests(y, i); {
		case r == 0 || q == 0:
		case r&q == 0:
			sum += int64(s.weight[e.at][1])
		default:
			sum += b.any[e.at]
			number, day = number || e.number, day || !e.number
		}
	}
	return sum, number, day
}
