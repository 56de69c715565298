package synth

import (
	"sort"

	"github.com/casefold/casefold"
)

// A life is a person's contacts with the law, in order of time.
type life struct {
	*identity
	arrests     []*arrest
	death       casefold.Day // 0: alive, or not known to be dead
	registered  casefold.Day // first registration under PC 290; 0 none
	birthTold   bool         // a row tells the birth date truly
	convictions []*conviction
	numberOf    int // next arrest number
}

// firstYear is the first year of which any agency keeps records.
const firstYear = 1966

// life draws what a person did. Co-defendants are added by the caller.
func (w *world) life(i int) *life {
	l := &life{identity: w.identity(i)}
	r := newStream(w.opts.Seed, topicLife, i)
	n := [...]int{1, 2, 3, 4, 5, 6, 9, 16}[weigh(&r, 34, 20, 13, 9, 7, 9, 6, 2)]
	switch n {
	case 6:
		n += r.below(3)
	case 9:
		n += r.below(7)
	case 16:
		n += r.below(15)
	}
	age := 15 + r.below(8) + r.below(8)*r.below(2) + r.below(16)*r.below(2)
	day := l.birth.AddYears(age).AddDays(r.below(365))
	for day < casefold.MakeDay(firstYear, 1, 1) {
		day = day.AddDays(r.between(700, 5000))
	}
	for day >= w.end {
		day = day.AddDays(-r.between(200, 2500))
	}
	gap := r.between(100, 2200)
	for ; n > 0 && day < w.end && day < l.birth.AddYears(68); n-- {
		ar := r.fork(uint64(n))
		a := w.arrest(&ar, l.identity, day, nil)
		a.n = l.numberOf
		l.numberOf++
		l.arrests = append(l.arrests, a)
		free := day
		if a.file != nil {
			for _, k := range a.file.counts {
				if k.truth != nil {
					_, served := k.sentenceEnd(a.file.sentenced)
					free = max(free, served)
				}
			}
		}
		day = free.AddDays(1 + r.below(gap) + r.below(gap)*r.below(2))
	}
	w.grave(l)
	if r.chance(.07) {
		if d := l.lastDay().AddDays(r.between(30, 6000)); d < w.end {
			l.death = d
		}
	}
	return l
}

// lastDay is the last day on which the person is known to be alive.
func (l *life) lastDay() casefold.Day {
	last := l.birth
	for _, a := range l.arrests {
		last = max(last, a.day)
		if a.file == nil {
			continue
		}
		last = max(last, a.file.filed, a.file.plea, a.file.sentenced)
		for _, k := range a.file.counts {
			if k.truth != nil {
				_, served := k.sentenceEnd(a.file.sentenced)
				last = max(last, served)
			}
		}
	}
	return last
}

// arrest draws an arrest and what followed. With a leader the person is a
// co-defendant of that arrest.
func (w *world) arrest(r *stream, p *identity, day casefold.Day, leader *arrest) *arrest {
	a := &arrest{who: p, day: day, offense: day, county: office, state: "CA", agency: w.t.agencies.draw(r)}
	if late, long := r.chance(.15), r.chance(.12); late && leader == nil {
		back := r.between(1, 120)
		if long { // a warrant served years later
			back = r.between(200, 1500)
		}
		a.offense = day.AddDays(-back)
	}
	minor := a.offense < p.birth.AddYears(18)
	w.place(r, a, minor)
	a.charges = w.chargesFor(r, a, minor)
	if leader != nil {
		a.offense, a.county, a.state, a.agency, a.venue = leader.offense, leader.county, leader.state, leader.agency, leader.venue
		a.charges = append([]charge{}, leader.charges...)
	}
	a.printed = !r.chance(w.opts.Rates.NoPrint)
	a.release = day.AddDays(weigh(r, 30, 25, 15, 10, 8, 6, 6))
	fate := weigh(r, 6, 14, 80)
	if leader != nil {
		fate = 2
	}
	switch fate {
	case 0:
		a.fate = casefold.Released
	case 1:
		a.fate = casefold.Declined
	default:
		w.fileCase(r, a, leader)
	}
	return a
}

// place decides who deals with an arrest.
func (w *world) place(r *stream, a *arrest, minor bool) {
	x := r.float()
	elsewhere := pick(r, []string{neighbour, neighbour, neighbour, "PLACER", "SAN JOAQUIN", "EL DORADO", "ALAMEDA", "SOLANO"})
	abroad := weigh(r, 40, 25, 20, 15)
	switch rates := w.opts.Rates; {
	case minor:
		a.venue = juvenileCourt
	case x < rates.OtherState:
		a.county = ""
		a.venue, a.state = otherState, [...]string{"NV", "OR", "AZ", "TX"}[abroad]
		if abroad == 0 {
			a.venue, a.state = federalCourt, "US"
		}
	case x < rates.OtherState+rates.OtherCounty:
		a.county = elsewhere
		a.agency = agency{stateName: "CAPD" + pickCity(w, r, elsewhere), name: pickCity(w, r, elsewhere) + " POLICE DEPARTMENT", ori: countyORI[elsewhere]}
	}
}

func pickCity(w *world, r *stream, county string) string {
	f := r.fork(uint64(len(county)))
	return w.t.places[county].draw(&f).city
}

// fileCase draws the court's part of an arrest.
func (w *world) fileCase(r *stream, a *arrest, leader *arrest) {
	c := &courtCase{arrest: a, county: a.county, venue: a.venue, defendant: 1, defendants: 1}
	a.file = c
	c.filed = a.day.AddDays(1 + weigh(r, 20, 30, 20, 10, 5)*r.between(1, 8))
	if r.chance(.15) {
		c.filed = a.day.AddDays(r.between(20, 200))
	}
	if leader != nil {
		c.filed = max(leader.file.filed, a.day)
	}
	c.filed = min(c.filed, w.end.AddDays(-1))
	c.plea = c.filed.AddDays(r.between(8, 60))
	if r.chance(.45) {
		c.plea = c.filed.AddDays(r.between(30, 400))
	}
	c.sentenced = c.plea
	if gap := r.between(14, 60); r.chance(.4) {
		c.sentenced = c.plea.AddDays(gap)
	}
	felony := false
	for _, ch := range a.charges {
		felony = felony || ch.level == casefold.Felony
	}
	c.municipal = a.venue == adultCourt && felony && c.filed < casefold.MakeDay(1998, 7, 1) && r.chance(.7)
	c.outcome = [...]casefold.DispositionStatus{casefold.Convicted, casefold.DispDismissed, casefold.Acquitted, casefold.Pending}[weigh(r, 70, 24, 2, 4)]
	if diverted := r.chance(.35); diverted && divertible(a.charges[0]) && c.outcome == casefold.DispDismissed {
		c.outcome = casefold.DiversionDone
	}
	if c.sentenced >= w.end {
		c.outcome = casefold.Pending
	}
	for i := range a.charges {
		w.addCount(r, c, &a.charges[i])
	}
}

func divertible(c charge) bool {
	return c.class == "drug" || c.section == "11357" || c.class == "theft"
}

// addCount draws a count for a charge of the arrest.
func (w *world) addCount(r *stream, c *courtCase, arrested *charge) {
	a := c.arrest
	k := &count{n: len(c.counts) + 1, arrested: arrested, filed: *arrested, offense: a.offense}
	if changed := r.chance(.12); changed && len(c.counts) == 0 {
		k.filed = w.bargain(r, k.filed, a.offense)
	}
	c.counts = append(c.counts, k)
	guilty := k.n == 1 || r.chance(.28)
	plea := r.chance(.3)
	k.quantity, k.measured = w.quantity(r, k), r.chance(w.opts.Rates.QuantityInFile)
	k.day = c.plea
	switch c.outcome {
	case casefold.Pending:
		k.status, k.day = casefold.Pending, 0
		return
	case casefold.Convicted:
		if !guilty || k.filed.level == "" {
			k.status, k.day = casefold.DispDismissed, c.sentenced
			return
		}
		k.status, k.convicted = casefold.Convicted, k.filed
		if c.venue == juvenileCourt {
			k.status = casefold.JuvenileSustained
		}
		if plea {
			k.convicted = w.bargain(r, k.filed, a.offense)
		}
		w.sentence(r, c, k)
		w.convict(r, c, k)
	default:
		k.status = c.outcome
	}
}

// quantity is how much it really was: grams of cannabis, or plants.
func (w *world) quantity(r *stream, k *count) float64 {
	x := r.float()
	switch {
	case k.filed.section == "11358":
		return float64(1 + int(x*x*60))
	case k.filed.section == "11357" && k.filed.path == "(a)":
		return float64(int(x*x*400)) / 10
	case k.filed.section == "11357" && k.filed.path != "(c)":
		return float64(1+int(x*280)) / 10
	}
	return float64(290+int(x*x*5000)) / 10
}

// sentence draws the sentence of a count.
func (w *world) sentence(r *stream, c *courtCase, k *count) {
	add := func(kind casefold.SentenceKind, n int, unit byte) {
		k.sentence = append(k.sentence, sentence{kind, n, unit})
	}
	prison, jail, months, days, years, fine := r.chance(.25), r.chance(.7), r.between(12, 60), pick(r, []int{10, 30, 45, 60, 90, 120, 180}), r.between(2, 5), pick(r, []int{100, 250, 390, 500, 1000})
	switch {
	case k.convicted.level == casefold.Infraction:
		add(casefold.Fine, fine, 0)
	case k.convicted.section == "187" || k.convicted.section == "206":
		add(casefold.Life, 25, 'Y')
	case k.convicted.class == "homicide" || k.convicted.class == "sex" && k.convicted.level == casefold.Felony:
		add(casefold.PrisonTerm, years*3, 'Y')
	case k.convicted.level == casefold.Felony && prison:
		kind := casefold.PrisonTerm
		if c.sentenced >= casefold.MakeDay(2011, 10, 1) && k.convicted.class != "violence" {
			kind = casefold.CountyPrison
		}
		add(kind, pick(r, []int{16, 24, 32, 36, 48}), 'M')
	case k.convicted.level == casefold.Felony:
		add(casefold.ProbationTerm, years, 'Y')
		if jail {
			add(casefold.Jail, max(days, 30), 'D')
		}
	default:
		if jail {
			add(casefold.ProbationTerm, pick(r, []int{12, 18, 24, 36, 36}), 'M')
		}
		if months%2 == 0 {
			add(casefold.Jail, min(days, 90), 'D')
		}
		if months%3 == 0 || len(k.sentence) == 0 {
			add(casefold.Fine, fine, 0)
		}
	}
}

// sortArrests puts arrests in order of time again.
func (l *life) sortArrests() {
	sort.SliceStable(l.arrests, func(i, j int) bool { return l.arrests[i].day < l.arrests[j].day })
}
