package history

import (
	"cmp"
	"slices"
	"strings"

	"github.com/casefold/casefold"
)

// chronology fills in custody, supervision, registrations and deaths.
func (w *work) chronology(h *casefold.History) {
	for i := range w.tellings {
		t := &w.tellings[i]
		for _, r := range t.refs {
			from := w.records[r.rec].Teller
			switch t.kind {
			case casefold.CustodyEvent:
				h.Custody = addStay(h.Custody, w.stayOf(r), from)
			case casefold.SupervisionEvent:
				h.Supervision = addStay(h.Supervision, w.stayOf(r), from)
			case casefold.RegistrationEvent:
				h.Registrations = addRegistration(h.Registrations, r.e, from)
			case casefold.DeceasedEvent:
				h.Deaths = tell(h.Deaths, r.e.Date, from, sameValue[casefold.Date])
				if !h.Deceased.Value.Known() {
					h.Deceased = casefold.Fact[casefold.Date]{Value: r.e.Date, Status: casefold.FactKnown,
						Tellers: sortTellers(append(h.Deceased.Tellers, from))}
				}
			}
			if t.kind != casefold.CustodyEvent && r.e.CustodyFrom.Known() {
				h.Custody = addStay(h.Custody, casefold.Stay{From: r.e.CustodyFrom, To: r.e.CustodyTo, Agency: r.e.Agency}, from)
			}
		}
	}
	for _, list := range [...][]casefold.Stay{h.Custody, h.Supervision} {
		slices.SortStableFunc(list, func(a, b casefold.Stay) int {
			return cmp.Or(a.From.Compare(b.From), a.To.Compare(b.To), compareAgencies(a.Agency, b.Agency))
		})
	}
	slices.SortStableFunc(h.Registrations, func(a, b casefold.Registration) int {
		return cmp.Or(a.Date.Compare(b.Date), strings.Compare(a.Statute.String(), b.Statute.String()))
	})
	slices.SortStableFunc(h.Deaths, func(a, b casefold.Told[casefold.Date]) int { return a.Value.Compare(b.Value) })
}

func (w *work) stayOf(r ref) casefold.Stay {
	s := casefold.Stay{From: r.e.CustodyFrom, To: r.e.CustodyTo, Agency: r.e.Agency}
	if !s.From.Known() {
		s.From = r.e.Date
	}
	if s.Agency == (casefold.Agency{}) && r.src >= 0 {
		s.Agency = w.b.sources[r.src].Agency
	}
	return s
}

// addStay adds a stay; rows that tell one stay are its tellers.
func addStay(list []casefold.Stay, s casefold.Stay, from casefold.Teller) []casefold.Stay {
	for i := range list {
		if list[i].From == s.From && list[i].To == s.To && list[i].Agency == s.Agency {
			list[i].Tellers = sortTellers(append(list[i].Tellers, from))
			return list
		}
	}
	s.Tellers = []casefold.Teller{from}
	return append(list, s)
}

func addRegistration(list []casefold.Registration, e *casefold.Event, from casefold.Teller) []casefold.Registration {
	r := casefold.Registration{Date: e.Date, Tellers: []casefold.Teller{from}}
	for _, o := range [...]*casefold.Offense{e.Filed, e.Arrested, e.Disposed, e.Convicted} {
		if o != nil {
			r.Statute = o.Statute
			break
		}
	}
	for i := range list {
		if list[i].Date == r.Date && list[i].Statute == r.Statute {
			list[i].Tellers = sortTellers(append(list[i].Tellers, from))
			return list
		}
	}
	return append(list, r)
}
