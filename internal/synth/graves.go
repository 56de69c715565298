package synth

import "github.com/casefold/casefold"

// Offences that bar relief, as people with a cannabis felony come to have them:
// such as are punished by probation too, so that a life goes on around them.
var graveCodes = []string{"36055", "36018", "11049", "11084", "37061", "37087", "36111", "36018"}

// grave gives some people with a cannabis felony a conviction that bars relief,
// in each order of time: before the offence, between offence and plea, in the
// same case, after it.
func (w *world) grave(l *life) {
	r := newStream(w.opts.Seed, topicLife, l.index).fork(1 << 42)
	hit, when, at := r.chance(w.opts.Rates.GravePrior), weigh(&r, 45, 15, 15, 25), r.float()
	a := l.cannabisFelony()
	if !hit || a == nil {
		return
	}
	day := a.offense.AddDays(-300 - int(at*3500))
	switch when {
	case 1:
		day = a.offense.AddDays(2)
	case 3:
		day = a.file.sentenced.AddDays(100 + int(at*2500))
	}
	if day < l.birth.AddYears(18) || day >= w.end.AddDays(-200) || day < casefold.MakeDay(1981, 1, 1) {
		return
	}
	o := w.t.byCJIS[pick(&r, graveCodes)]
	for range 20 {
		if o.inForce(day) && o.inForce(a.offense) {
			break
		}
		o = w.t.byCJIS[pick(&r, graveCodes)]
	}
	c := charge{offense: o, level: o.level}
	if when == 2 {
		w.addGrave(&r, a.file, &c)
		return
	}
	b := &arrest{who: l.identity, n: l.numberOf, day: day, offense: day, county: office, state: "CA", agency: w.t.agencies.draw(&r), printed: true, release: day.AddDays(2), charges: []charge{c}}
	l.numberOf++
	if abroad := r.chance(.2); abroad {
		b.county = neighbour
		b.agency = agency{stateName: "CAPDWEST SACRAMENTO", name: "WEST SACRAMENTO POLICE DEPARTMENT", ori: countyORI[neighbour]}
	}
	file := &courtCase{arrest: b, county: b.county, defendant: 1, defendants: 1, outcome: casefold.Convicted, filed: day.AddDays(3), plea: day.AddDays(40), sentenced: day.AddDays(70)}
	if when == 1 {
		file.plea = day.AddDays(5)
		if file.plea >= a.file.plea {
			return
		}
		file.sentenced = file.plea
	}
	b.file = file
	w.addGrave(&r, file, &b.charges[0])
	l.arrests = append(l.arrests, b)
}

// cannabisFelony is the first arrest that ended in a conviction of a cannabis
// felony in the office's county.
func (l *life) cannabisFelony() *arrest {
	for _, a := range l.arrests {
		if a.file == nil || a.county != office || a.venue != adultCourt {
			continue
		}
		for _, k := range a.file.counts {
			if k.truth != nil && k.convicted.isCannabis() && k.convicted.level == casefold.Felony && k.convicted.section != "11357" && k.offense < newLaw {
				return a
			}
		}
	}
	return nil
}

// addGrave adds a count that ended in a conviction and a light sentence.
func (w *world) addGrave(r *stream, c *courtCase, charged *charge) {
	k := &count{n: len(c.counts) + 1, arrested: charged, filed: *charged, convicted: *charged, offense: c.arrest.offense, status: casefold.Convicted, day: c.plea}
	k.sentence = []sentence{{casefold.ProbationTerm, 3, 'Y'}, {casefold.Jail, 120, 'D'}}
	c.counts = append(c.counts, k)
	w.convict(r, c, k)
}
