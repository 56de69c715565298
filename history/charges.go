package history

import (
	"cmp"
	"slices"
	"strings"

	"github.com/casefold/casefold"
)

// charge resolves the offense of one stage before the judgment.
func (p *testimony) charge(f fact, get func(*casefold.Event) *casefold.Offense) casefold.Fact[casefold.Offense] {
	list := p.w.offenses[:0]
	for i := range p.voices {
		v := &p.voices[i]
		if o := get(v.e); o != nil && !v.later && procedure(o) == "" {
			list = append(list, said[*casefold.Offense]{o, p.prec.rank(f, v.class), v.rec.Teller})
		}
	}
	p.w.offenses = list
	return resolveOffenses(p.w, list)
}

// offense resolves the charge of conviction. A row tells it as its convicted
// charge, else as its charge at disposition, else as its only charge. The last
// may be the charge as filed: it has no better standing than the best row that
// tells the convicted charge in so many words, so that the two conflict where
// they differ, unless others tell that it was the charge filed.
func (p *testimony) offense() casefold.Fact[casefold.Offense] {
	list := p.w.offenses[:0]
	explicit := p.bestExplicit()
	for i := range p.voices {
		v := &p.voices[i]
		if v.out != outcomeConvicted && (v.out != outcomeImplied || p.proved()) || v.later && p.judged {
			continue
		}
		rank := p.prec.rank(factOffense, v.class)
		o := convictedCharge(v.e)
		if o == nil {
			o = onlyCharge(v.e)
			if o != nil && explicit != nil && compareStatutes(o, explicit.value) >= chargeOtherPart {
				if p.toldAsFiled(o) {
					continue
				}
				rank = max(rank, explicit.rank)
			}
		}
		if o != nil && procedure(o) == "" {
			list = append(list, said[*casefold.Offense]{o, rank, v.rec.Teller})
		}
	}
	p.w.offenses = list
	f := resolveOffenses(p.w, list)
	p.fillCode(&f.Value)
	p.reread(&f)
	return f
}

// reread takes for an offense told without parentheses (288A) the reading that
// another charge of the same conviction tells with them (288(a)).
func (p *testimony) reread(f *casefold.Fact[casefold.Offense]) {
	if f.Value.Path != "" || f.Value.Section == "" || strings.Contains(f.Value.Verbatim, "(") {
		return
	}
	for i := range p.voices {
		e := p.voices[i].e
		for _, c := range [...]*casefold.Offense{e.Convicted, e.Disposed, e.Filed, e.Arrested} {
			if c == nil || c.Path == "" || c.Code != f.Value.Code || !strings.Contains(c.Verbatim, "(") || !readAlike(&f.Value, c) {
				continue
			}
			if f.Why == "" || compareOffenses(c, &f.Value) < 0 {
				f.Value.Statute, f.Value.CJIS, f.Value.InForce = c.Statute, c.CJIS, c.InForce
				f.Why = "told without parentheses; read as another charge of the same count is told with them"
			}
		}
	}
}

// fillCode gives an offense that names no code that of a charge of any stage
// with its section.
func (p *testimony) fillCode(o *casefold.Offense) {
	if o.Code != "" || o.Section == "" {
		return
	}
	for i := range p.voices {
		e := p.voices[i].e
		for _, c := range [...]*casefold.Offense{e.Convicted, e.Disposed, e.Filed, e.Arrested} {
			if c != nil && c.Section == o.Section && c.Code != "" && (o.Code == "" || c.Code < o.Code) {
				o.Code = c.Code
			}
		}
	}
}

func (p *testimony) bestExplicit() *said[*casefold.Offense] {
	var best *said[*casefold.Offense]
	for i := range p.voices {
		v := &p.voices[i]
		o := convictedCharge(v.e)
		if o == nil || o.Code == "" || v.out != outcomeConvicted || v.later {
			continue
		}
		if r := p.prec.rank(factOffense, v.class); best == nil || r < best.rank {
			best = &said[*casefold.Offense]{value: o, rank: r}
		}
	}
	return best
}

// toldAsFiled reports whether a row that tells filed and convicted charge apart
// tells o as the filed one.
func (p *testimony) toldAsFiled(o *casefold.Offense) bool {
	for i := range p.voices {
		e := p.voices[i].e
		if convictedCharge(e) == nil {
			continue
		}
		for _, f := range [...]*casefold.Offense{e.Filed, e.Arrested} {
			if f != nil && compareStatutes(f, o) <= chargeNarrower {
				return true
			}
		}
	}
	return false
}

// convictedCharge is the charge that a row tells in so many words as that of
// conviction or disposition, nil if none. Words that name no section and no
// code are not plain enough where another charge of the row is.
func convictedCharge(e *casefold.Event) *casefold.Offense {
	for _, o := range [...]*casefold.Offense{e.Convicted, e.Disposed} {
		if o != nil && (o.Section != "" || o.Verbatim != "" && !namesSection(e)) {
			return o
		}
	}
	return nil
}

// onlyCharge is the charge of a row that does not tell the convicted one apart.
func onlyCharge(e *casefold.Event) *casefold.Offense {
	named := namesSection(e)
	for _, o := range [...]*casefold.Offense{e.Filed, e.Arrested} {
		if o != nil && (o.Section != "" || o.Verbatim != "" && !named) {
			return o
		}
	}
	return nil
}

// resolveOffenses is resolve for offenses. A section told with and without its
// subdivision is one value, the fuller one; the prevailing teller's code, level
// and wording stay, and what it leaves out is filled from tellers that agree.
func resolveOffenses(w *work, list []said[*casefold.Offense]) (f casefold.Fact[casefold.Offense]) {
	if len(list) == 0 {
		return f
	}
	f.Status = casefold.FactKnown
	best0 := bestSaid(list, compareOffenses)
	if allSame(list, &list[best0].value, sameStatute) {
		f.Value, f.Tellers = *list[best0].value, tellersSaid(w, list)
		fill(&f.Value, list)
		return f
	}
	groups := gather(w, list, sameStatute, compareOffenses)
	best := groups[0]
	f.Value = *best.value
	from := slices.Clone(best.from)
	fill(&f.Value, list)
	for _, g := range groups[1:] {
		if l := compareStatutes(&f.Value, g.value); l <= chargeNarrower {
			if renumbered(&f.Value, g.value) {
				f.Why = "told as " + g.value.String() + " too, its number of before or after the renumbering"
			} else if s := fuller(f.Value.Statute, g.value.Statute); s != f.Value.Statute {
				f.Value.Statute = s
				f.Why = "the fuller of two tellers that agree"
				fill(&f.Value, list)
			}
			from = append(from, g.from...)
			continue
		}
		if g.rank == best.rank {
			f.Status = casefold.FactConflicting
		}
		f.Others = append(f.Others, casefold.Told[casefold.Offense]{Value: *g.value, Tellers: g.from})
	}
	f.Tellers = w.shared(from)
	return f
}

// fuller is the statute with the code and the longer path of two that agree. Of
// two readings of one text, the one with a path was told with parentheses.
func fuller(a, b casefold.Statute) casefold.Statute {
	if a.Code == "" {
		a.Code = b.Code
	}
	if len(b.Path) > len(a.Path) {
		a.Section, a.Path = b.Section, b.Path
	}
	return a
}

// fill takes code, level, dates in force and qualifiers that o lacks from the
// offenses of the same statute, best first.
func fill(o *casefold.Offense, list []said[*casefold.Offense]) {
	for _, s := range list {
		if s.value.Statute != o.Statute {
			continue
		}
		if o.CJIS == "" && s.value.CJIS != "" {
			o.CJIS, o.InForce = s.value.CJIS, s.value.InForce
		}
		if o.Level == casefold.LevelUnknown {
			o.Level = s.value.Level
		}
		if o.Qualifiers == nil {
			o.Qualifiers = s.value.Qualifiers
		}
	}
}

func compareOffenses(a, b *casefold.Offense) int {
	return cmp.Or(
		boolOrder(a.Code != "", b.Code != ""), strings.Compare(a.Code, b.Code), strings.Compare(a.Section, b.Section),
		strings.Compare(a.Path, b.Path), strings.Compare(a.Inchoate, b.Inchoate),
		-strings.Compare(a.CJIS, b.CJIS), -strings.Compare(string(a.Level), string(b.Level)),
		strings.Compare(a.Verbatim, b.Verbatim))
}

// levels resolves the level at the judgment and, with the later events, the
// level as it now stands. A row that tells of a reduction tells the level after
// it, not the one at the judgment.
func (p *testimony) levels(events []casefold.LaterEvent) (entry, now casefold.Fact[casefold.Level]) {
	var at, any []said[casefold.Level]
	for i := range p.voices {
		v := &p.voices[i]
		l := levelTold(v.e)
		if l == casefold.LevelUnknown || v.out != outcomeConvicted && p.judged {
			continue
		}
		s := said[casefold.Level]{l, p.prec.rank(factLevel, v.class), v.rec.Teller}
		if asCharged(v) {
			s.rank += uint8(len(classes)) // a level told at conviction prevails over any charged
		}
		any = append(any, s)
		if !v.later && !tellsReduction(v.e) {
			at = append(at, s)
		}
	}
	order := func(a, b casefold.Level) int { return strings.Compare(string(a), string(b)) }
	entry = resolve(p.w, at, sameValue[casefold.Level], order)
	presumeCharged(&entry, at)
	last := lastReduction(events)
	if last == nil {
		now = resolve(p.w, any, sameValue[casefold.Level], order)
		presumeCharged(&now, any)
		return entry, redesignated(events, now)
	}
	now = casefold.Fact[casefold.Level]{
		Value: last.ToLevel, Status: casefold.FactKnown, Tellers: last.Tellers,
		Why: "as later reduced: " + string(last.Kind),
	}
	if now.Value == casefold.LevelUnknown {
		now.Value = casefold.Misdemeanor
	}
	for _, o := range entry.Others {
		if o.Value != now.Value {
			now.Others = append(now.Others, o)
		}
	}
	return entry, now
}

// asCharged reports whether a row tells a level only with a charge that is not
// the court's own: the level as filed, which may have been lowered at judgment.
func asCharged(v *voice) bool {
	return v.e.ConvictedLevel == casefold.LevelUnknown && v.class != classCourtOfRecord && v.class != classOtherCourt &&
		(v.e.Convicted == nil || v.e.Convicted.Level == casefold.LevelUnknown) &&
		(v.e.Disposed == nil || v.e.Disposed.Level == casefold.LevelUnknown)
}

// presumeCharged marks a level that is told with the charge alone.
func presumeCharged(f *casefold.Fact[casefold.Level], list []said[casefold.Level]) {
	if f.Status != casefold.FactKnown {
		return
	}
	for i := range list {
		if list[i].rank < uint8(len(classes)) {
			return
		}
	}
	f.Status, f.Why = casefold.FactPresumed, "the level as charged; no row tells it at conviction"
}

// redesignated leaves the level open where the conviction was redesignated under
// Proposition 64 and no row says as what.
func redesignated(events []casefold.LaterEvent, now casefold.Fact[casefold.Level]) casefold.Fact[casefold.Level] {
	for i := range events {
		e := &events[i]
		if e.Kind == casefold.ReliefProp64 && e.ToLevel == casefold.LevelUnknown && strings.Contains(strings.ToUpper(e.Verbatim), "REDESIG") {
			return casefold.Fact[casefold.Level]{
				Why:    "redesignated under Proposition 64; no row says as what",
				Others: []casefold.Told[casefold.Level]{{Value: now.Value, Tellers: now.Tellers}},
			}
		}
	}
	return now
}

// reduces reports whether a later event lowers the level, and to which if the
// row does not say. Relief under Proposition 64 may also dismiss: only a level
// told with it counts.
func reduces(r *casefold.Relief) bool {
	switch r.Kind {
	case casefold.Relief17b, casefold.ReliefReduced, casefold.ReliefProp47:
		return true
	}
	return r.ToLevel != casefold.LevelUnknown
}

func tellsReduction(e *casefold.Event) bool {
	for i := range e.Relief {
		if reduces(&e.Relief[i]) {
			return true
		}
	}
	return false
}

func lastReduction(events []casefold.LaterEvent) *casefold.LaterEvent {
	for i := len(events) - 1; i >= 0; i-- {
		if reduces(&events[i].Relief) {
			return &events[i]
		}
	}
	return nil
}
