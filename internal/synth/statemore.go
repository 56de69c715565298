package synth

import "github.com/casefold/casefold"

// priorMarkers are qualifiers that say the person was convicted before: prison
// prior, drug prior, serious felony prior, out-of-state prior.
var priorMarkers = []string{"SL", "RS", "WC", "WD"}

// overwritten is the later event that took the place of the disposition in the
// state's row: the conviction shows only through its relief.
func (s *stateFile) overwritten(r *stream, k *count, silent bool) *later {
	hit := r.chance(.12)
	if !hit || silent || k.truth == nil {
		return nil
	}
	for i := range k.later {
		switch e := &k.later[i]; e.kind {
		case casefold.Relief12034, casefold.Relief12034a, casefold.Relief17b, casefold.ReliefProp47, casefold.ReliefProp64:
			e.stated = true
			return e
		}
	}
	return nil
}

// dismissedAndRefiled writes the step of the case that was dismissed and filed
// again under the present number.
func (s *stateFile) dismissedAndRefiled(sub *subject, st step, c *courtCase) {
	r := &sub.noise
	st.ofn, st.court = s.w.numberAsWritten(r, c, c.refiledFrom), ""
	st.day = compact(c.filed)
	st.dispDate = st.day
	for _, k := range c.counts {
		ln := line{count: k.n, disp: pick(r, []string{"DISMISSED-REFILED", "DISMISSED/CHARGE DROPPED", "DISMISSED/FURTHERANCE OF JUSTICE"})}
		s.charge(r, &ln, k.filed)
		s.row(sub, &st, &ln, saying{event: true})
	}
}

// supervision writes what prison and probation reported of a conviction that
// the court's step tells already.
func (s *stateFile) supervision(sub *subject, a *arrest, st step) {
	r := &sub.noise
	for _, k := range a.file.counts {
		told := r.chance(.3)
		if k.truth == nil || !told || a.venue != adultCourt {
			continue
		}
		ln := line{count: k.n}
		s.charge(r, &ln, k.convicted)
		st.day, st.dispDate, st.ofn, st.court = compact(a.file.sentenced.AddDays(r.between(3, 40))), "", "", ""
		switch {
		case k.hasSentence(casefold.PrisonTerm):
			st.kind, st.name, st.ori, st.county = "CUSTODY:CDC", "CACD CDC", "CA034025C", office
			ln.sentence, ln.part = &k.sentence[0], 1
		case k.hasSentence(casefold.ProbationTerm) && k.convicted.level == casefold.Felony:
			st.kind, st.name, st.ori = "PROBATION", "CAPO"+st.county, "CA0"+countyCode[st.county]+"013G"
		default:
			continue
		}
		st.order = 9
		s.row(sub, &st, &ln, saying{})
	}
}

// warrant writes an arrest on a bench warrant in the same case: a cycle of its
// own, without an outcome.
func (s *stateFile) warrant(sub *subject, a *arrest) {
	r := &sub.noise
	hit, wait := r.chance(.06), r.between(20, 200)
	c := a.file
	if !hit || a.venue != adultCourt || c.plea.Serial()-c.filed.Serial() < wait+5 {
		return
	}
	day := c.filed.AddDays(wait)
	sub.cycles++
	st := step{order: 1, day: compact(day), kind: "ARREST/DETAINED/CITED", ori: a.agency.ori, name: a.agency.stateName, county: a.county, cycleDay: compact(day), ofn: s.w.numberAsWritten(r, c, c.number)}
	ln := line{count: 1}
	s.charge(r, &ln, a.charges[0])
	ln.qualifiers += pick(r, []string{"AQ", "AC"})
	s.row(sub, &st, &ln, saying{event: true})
}
