package history

import (
	"cmp"
	"slices"
	"strings"

	"github.com/casefold/casefold"
)

// A testimony is everything told of one conviction, from which its facts are
// resolved.
type testimony struct {
	w           *work
	voices      []voice
	first, last int // of the voices in work.heard
	home        string
	prec        *Precedence
	tellers     []casefold.Teller
	judged      bool                         // a row that is no later entry tells of the conviction
	convicted   casefold.Fact[casefold.Date] // day of conviction
	denied      bool                         // a teller that does not rank below says the count ended without conviction
}

func (p *testimony) allTellers() []casefold.Teller {
	buf := p.w.buf[:0]
	for i := range p.voices {
		buf = append(buf, p.voices[i].rec.Teller)
	}
	p.w.buf = buf
	return p.w.shared(buf)
}

// proved reports whether a row tells of the conviction, and not only of a later
// event that most often happens to one.
func (p *testimony) proved() bool {
	return slices.ContainsFunc(p.voices, func(v voice) bool { return v.out == outcomeConvicted })
}

func sameValue[T comparable](a, b T) bool { return a == b }

// text resolves a fact that is a word.
func (p *testimony) text(f fact, get func(*casefold.Event) string) casefold.Fact[string] {
	list := p.w.words[:0]
	for i := range p.voices {
		v := &p.voices[i]
		if s := get(v.e); s != "" {
			list = append(list, said[string]{s, p.prec.rank(f, v.class), v.rec.Teller})
		}
	}
	p.w.words = list
	return resolve(p.w, list, sameValue[string], strings.Compare)
}

// count resolves the number of the count, as told at the judgment. The line
// numbers of a booking or of a police report are no counts of the court's.
func (p *testimony) count() casefold.Fact[string] {
	list := p.w.words[:0]
	for i := range p.voices {
		v := &p.voices[i]
		if v.e.Count != "" && p.ofJudgment(v) && v.class != classCustody && v.class != classPolice && v.class != classStateOther {
			list = append(list, said[string]{plainNumber(v.e.Count), p.prec.rank(factCount, v.class), v.rec.Teller})
		}
	}
	p.w.words = list
	return resolve(p.w, list, sameValue[string], compareOrder)
}

// date resolves a date told in one role, leaving out later entries.
func (p *testimony) date(f fact, get func(*casefold.Event) casefold.Date) casefold.Fact[casefold.Date] {
	list := p.w.dates[:0]
	for i := range p.voices {
		v := &p.voices[i]
		if d := get(v.e); d.Known() && !v.later {
			list = append(list, said[casefold.Date]{d, p.prec.rank(f, v.class), v.rec.Teller})
		}
	}
	p.w.dates = list
	return resolveDates(p.w, list)
}

// convictionDate resolves the day of plea or verdict. A date told as such, or
// as the disposition of a convicted count, prevails over a step's own date.
func (p *testimony) convictionDate() casefold.Fact[casefold.Date] {
	for n, get := range [...]func(*voice) casefold.Date{judgmentDate, stepDate, termDate} {
		list := p.w.dates[:0]
		for i := range p.voices {
			v := &p.voices[i]
			if d := get(v); d.Known() && !v.later && v.out == outcomeConvicted {
				list = append(list, said[casefold.Date]{d, p.prec.rank(factConvictionDate, v.class), v.rec.Teller})
			}
		}
		p.w.dates = list
		f := resolveDates(p.w, list)
		if f.Status == casefold.FactUnknown {
			continue
		}
		switch n {
		case 1:
			f.Why = "the day of the court's step or of the sentence; no row tells that of plea or verdict"
		case 2:
			f.Status, f.Why = casefold.FactPresumed, "the day on which the term began; no row tells that of the judgment"
		}
		return f
	}
	return casefold.Fact[casefold.Date]{}
}

func judgmentDate(v *voice) casefold.Date {
	switch {
	case v.e.ConvictionDate.Known():
		return v.e.ConvictionDate
	case v.e.PleaDate.Known() && pleadGuilty(v.e.Plea):
		return v.e.PleaDate
	case ofRelief(v.e):
		return casefold.Date{}
	}
	return v.e.DispositionDate
}

// ofRelief reports whether a row tells of a later event in place of the
// judgment, so that its dates are that event's, unless the event has a later day
// of its own.
func ofRelief(e *casefold.Event) bool {
	if e.Disposition.Status == casefold.Convicted || e.Disposition.Status == casefold.JuvenileSustained {
		return false
	}
	return slices.ContainsFunc(e.Relief, func(r casefold.Relief) bool {
		return eventDate(e).Before(r.Date) != casefold.True
	})
}

// stepDate is the date of a court's or prosecutor's row, else that of sentence.
func stepDate(v *voice) casefold.Date {
	switch v.e.Kind {
	case casefold.ArrestEvent, casefold.ReliefEvent, casefold.CustodyEvent, casefold.SupervisionEvent, casefold.FilingEvent:
	default:
		if v.e.Date.Known() && !ofRelief(v.e) {
			return v.e.Date
		}
	}
	return v.e.SentenceDate
}

// termDate is the first day of a term that the conviction led to.
func termDate(v *voice) casefold.Date {
	switch v.e.Kind {
	case casefold.CustodyEvent, casefold.SupervisionEvent:
		if v.e.CustodyFrom.Known() {
			return v.e.CustodyFrom
		}
		return v.e.Date
	}
	return casefold.Date{}
}

// pleadGuilty reports whether a plea as told admits guilt: guilty or no contest.
func pleadGuilty(plea string) bool {
	s := strings.ToUpper(strings.TrimSpace(plea))
	switch s {
	case "G", "GU", "NC", "NOLO":
		return true
	}
	return strings.HasPrefix(s, "GUILTY") || strings.HasPrefix(s, "NOLO") || strings.HasPrefix(s, "NO CONTEST")
}

// court resolves the court of record. Where no row names a court, the county
// of the reporting agency is presumed to be its county.
func (p *testimony) court() casefold.Fact[casefold.Agency] {
	list := p.w.courts[:0]
	for i := range p.voices {
		v := &p.voices[i]
		if v.court.Kind.IsCourt() && (p.home == "" || v.family == p.home) {
			list = append(list, said[casefold.Agency]{v.court, p.prec.rank(factCourt, v.class), v.rec.Teller})
		}
	}
	p.w.courts = list
	f := resolve(p.w, list, func(a, b casefold.Agency) bool {
		return sameFamily(&a, &b)
	}, compareAgencies)
	if f.Status != casefold.FactUnknown {
		return f
	}
	for i := range p.voices {
		v := &p.voices[i]
		if v.county == "" || p.home != "" && v.family != "" && v.family != p.home {
			continue
		}
		court := casefold.Agency{Name: v.county + " SUPERIOR COURT", County: v.county, State: cmp.Or(v.e.Agency.State, "CA"), Kind: casefold.SuperiorCourt}
		list = append(list, said[casefold.Agency]{court, p.prec.rank(factCourt, v.class), v.rec.Teller})
	}
	p.w.courts = list
	f = resolve(p.w, list, sameValue[casefold.Agency], compareAgencies)
	if f.Status == casefold.FactKnown {
		f.Status = casefold.FactPresumed
		f.Why = "no row names the court; presumed to be in the county of the agency that tells"
	}
	return f
}

// sameFamily reports whether two courts are of one family.
func sameFamily(a, b *casefold.Agency) bool {
	return a.Kind == b.Kind && a.County == b.County && a.Name == b.Name && a.State == b.State || a.CourtFamily() == b.CourtFamily()
}

func compareAgencies(a, b casefold.Agency) int {
	if a == b {
		return 0
	}
	return cmp.Or(strings.Compare(a.CourtFamily(), b.CourtFamily()), strings.Compare(a.County, b.County),
		cmp.Compare(courtRank(a.Kind), courtRank(b.Kind)),
		strings.Compare(a.Name, b.Name), strings.Compare(a.ORI, b.ORI), strings.Compare(a.Verbatim, b.Verbatim))
}

// courtRank puts the court that keeps a family's files today first.
func courtRank(k casefold.AgencyKind) int {
	if k == casefold.SuperiorCourt {
		return 0
	}
	return 1
}

// caseNumber resolves the verbatim number under which the home court keeps the
// file. Different spellings of one key are one number.
func (p *testimony) caseNumber() casefold.Fact[string] {
	var list []said[casefold.CaseNumber]
	for i := range p.voices {
		v := &p.voices[i]
		if len(v.e.Cases) == 0 || !p.ofJudgment(v) && p.judgmentNumbered() {
			continue
		}
		n := v.e.Cases[0]
		if p.home != "" && n.Family != "" && n.Family != p.home {
			continue
		}
		list = append(list, said[casefold.CaseNumber]{n, p.prec.rank(factCaseNumber, v.class), v.rec.Teller})
	}
	f := resolve(p.w, list, func(a, b casefold.CaseNumber) bool { return a.Key == b.Key },
		func(a, b casefold.CaseNumber) int {
			return cmp.Or(strings.Compare(a.Key, b.Key), strings.Compare(a.Verbatim, b.Verbatim))
		})
	out := casefold.Fact[string]{Value: f.Value.Verbatim, Status: f.Status, Tellers: f.Tellers, Why: f.Why}
	for _, o := range f.Others {
		out.Others = append(out.Others, casefold.Told[string]{Value: o.Value.Verbatim, Tellers: o.Tellers})
	}
	return out
}

// ofJudgment reports whether a row tells of the judgment, or, where none does,
// whether it is not a later entry: a count that was consolidated into another
// file, or refiled, has its number and place where it was decided.
func (p *testimony) ofJudgment(v *voice) bool {
	return !v.later && (v.out == outcomeConvicted || !p.judged)
}

func (p *testimony) judgmentNumbered() bool {
	for i := range p.voices {
		if v := &p.voices[i]; p.ofJudgment(v) && len(v.e.Cases) > 0 {
			return true
		}
	}
	return false
}

// kind tells whose conviction it is.
func (p *testimony) kind(c *casefold.Conviction) casefold.ConvictionKind {
	switch court := c.Court.Value; {
	case court.Kind == casefold.JuvenileCourt:
		return casefold.Juvenile
	case court.Kind == casefold.FederalCourt || strings.HasPrefix(c.Offense.Value.Code, "US"):
		return casefold.FederalConvict
	case court.Kind == casefold.OtherCourt || court.State != "" && court.State != "CA":
		return casefold.OtherState
	}
	for i := range p.voices {
		v := &p.voices[i]
		if v.e.Disposition.Status == casefold.JuvenileSustained {
			return casefold.Juvenile
		}
		for _, o := range [...]*casefold.Offense{v.e.Convicted, v.e.Disposed, v.e.Filed} {
			if o != nil && hasMeaning(o, meansJuvenile) {
				return casefold.Juvenile
			}
		}
	}
	return casefold.AdultConviction
}

func hasMeaning(o *casefold.Offense, m meaning) bool {
	for _, q := range o.Qualifiers {
		if markers()[q].means == m {
			return true
		}
	}
	return false
}
