package history

import (
	"cmp"
	"slices"

	"github.com/casefold/casefold"
)

// describeTelling fills a telling's kind, marks and account from its events.
func (w *work) describeTelling(t *telling) {
	t.teller = casefold.TellerOther
	if t.src >= 0 {
		t.teller = w.b.sources[t.src].Teller
	}
	t.kind = kindOfTelling(t)
	a := &t.acc
	w.scratch.seed(a)
	for _, r := range t.refs {
		court := w.courtOf(r)
		if t.court == "" {
			t.court = court.Kind
		}
		a.addEvent(r.e, w.familyOf(&court))
		a.county = cmp.Or(a.county, w.countyOf(r))
		a.addStep(t, r.e, w.outcomeOf(t, r.e))
	}
	if t.kind == casefold.ArrestEvent && len(a.arrested) == 0 {
		for _, r := range t.refs {
			a.arrested = addDate(a.arrested, r.e.Date)
		}
	}
	if c := t.event().Cycle; c != "" {
		a.cycles = append(w.scratch.cycles.room(1), cycleID{t.src, t.key, c})
	}
	t.marks = marksOf(t)
	for _, r := range t.refs {
		out := w.outcomeOf(t, r.e)
		a.outcome = max(a.outcome, out)
		switch out {
		case outcomeConvicted:
			a.judged = earlier(a.judged, judgedOn(r.e))
		case outcomeEnded:
			a.ended = earlier(a.ended, eventDate(r.e))
		}
	}
	if t.marks.procedural && a.outcome == outcomeConvicted {
		a.outcome = outcomeOpen // "convicted" of a violation of probation convicts of nothing
	}
	a.entry = t.marks.reentry || t.marks.transfer || t.marks.relief && !tellsJudgment(t)
	a.moved = a.moved || t.marks.transfer
	a.custody = t.kind == casefold.CustodyEvent && a.outcome == outcomeConvicted
	t.later = a.entry
	if len(a.families) > 0 {
		a.family = a.families[0]
	}
}

// tellsJudgment reports whether a telling tells of the judgment itself, beside
// whatever came later.
func tellsJudgment(t *telling) bool {
	for _, r := range t.refs {
		if s := r.e.Disposition.Status; s == casefold.Convicted || s == casefold.JuvenileSustained || r.e.ConvictionDate.Known() {
			return true
		}
	}
	return false
}

// kindOfTelling is the kind of the first event that has a leading one, else
// what the source's teller usually reports.
func kindOfTelling(t *telling) casefold.EventKind {
	kind := casefold.EventKind("")
	for _, r := range t.refs {
		if k := r.e.Kind; !companion(k) {
			return k
		} else if k != "" && k != casefold.OtherEvent {
			kind = k
		}
	}
	if kind != "" {
		return kind
	}
	switch t.teller {
	case casefold.TellerCourt:
		return casefold.CourtEvent
	case casefold.TellerDA:
		return casefold.FilingEvent
	case casefold.TellerPolice:
		return casefold.ArrestEvent
	case casefold.TellerJail:
		return casefold.CustodyEvent
	case casefold.TellerProbation:
		return casefold.SupervisionEvent
	}
	return casefold.OtherEvent
}

// courtOf is the court an event speaks of; the zero Agency if it names none.
func (w *work) courtOf(r ref) casefold.Agency {
	switch {
	case r.e.Court.Kind.IsCourt():
		return r.e.Court
	case r.e.Agency.Kind.IsCourt():
		return r.e.Agency
	case r.src >= 0 && w.b.sources[r.src].Agency.Kind.IsCourt():
		return w.b.sources[r.src].Agency
	}
	return casefold.Agency{}
}

// countyOf is the county of who reports an event: the agency's, else its
// source's; a prosecutor's source that names none is the office's own.
func (w *work) countyOf(r ref) string {
	if r.e.Agency.County != "" || r.src < 0 {
		return r.e.Agency.County
	}
	s := &w.b.sources[r.src]
	if s.Agency.County == "" && s.Teller == casefold.TellerDA {
		return w.b.office.County
	}
	return s.Agency.County
}

// A namedFamily remembers the family of a court, whose name is costly to make.
type namedFamily struct {
	court  casefold.Agency
	family string
}

// familyOf is the family of a court.
func (w *work) familyOf(a *casefold.Agency) string {
	if !a.Kind.IsCourt() {
		return ""
	}
	for i := range w.families {
		if f := &w.families[i]; f.court.Kind == a.Kind && f.court.County == a.County && f.court.State == a.State && f.court.Name == a.Name {
			return f.family
		}
	}
	f := a.CourtFamily()
	if len(w.families) < 16 {
		w.families = append(w.families, namedFamily{*a, f})
	}
	return f
}

func marksOf(t *telling) (m marks) {
	charges, procedural := 0, 0
	for _, r := range t.refs {
		for _, o := range [...]*casefold.Offense{r.e.Arrested, r.e.Filed, r.e.Disposed, r.e.Convicted} {
			if o == nil {
				continue
			}
			charges++
			if p := procedure(o); p != "" {
				procedural++
				m.reentry = m.reentry || p == meansRevoked
				m.transfer = m.transfer || p == meansTransfer
			}
			for _, q := range o.Qualifiers {
				m.add(markers()[q].means)
			}
		}
		if r.e.Disposition.Status == casefold.AsRevocation {
			m.reentry = true
		}
		for _, l := range r.e.Relief {
			m.relief = true
			if r.e.Disposition.Status != casefold.Convicted { // else it stands beside the judgment, in columns of its own
				m.reentry = m.reentry || reenters(l.Kind)
				m.transfer = m.transfer || l.Kind == casefold.SupervisionMoved
			}
		}
	}
	m.procedural = charges > 0 && charges == procedural
	m.carried = !slices.ContainsFunc(t.refs, func(r ref) bool {
		s := r.e.Disposition.Status
		return s != casefold.Combined && s != casefold.Refiled
	})
	return m
}

func (m *marks) add(k meaning) {
	switch k {
	case meansReentry:
		m.reentry = true
	case meansTransfer:
		m.transfer = true
	case meansWarrant:
		m.warrant = true
	case meansJuvenile:
		m.juvenile = true
	}
}
