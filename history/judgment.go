package history

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/casefold/casefold"
)

// disposition resolves the outcome at the judgment. A row whose disposition was
// overwritten by later relief does not deny the conviction; a row that says the
// count ended otherwise does, unless it speaks of a later day. Where no row
// tells the outcome in words, it is presumed from what shows it.
func (p *testimony) disposition() casefold.Fact[casefold.Disposition] {
	list := p.w.outcomes[:0]
	bestYes, bestNo := uint8(255), uint8(255)
	date := p.convicted.Value
	inWords, shown := false, ""
	for i := range p.voices {
		v := &p.voices[i]
		d := v.e.Disposition
		if v.later && p.judged {
			continue
		}
		rank := p.prec.rank(factDisposition, v.class)
		switch {
		case v.out == outcomeConvicted && (d.Status == casefold.Convicted || d.Status == casefold.JuvenileSustained):
			bestYes, inWords = min(bestYes, rank), true
		case v.out == outcomeConvicted && v.shown != "":
			bestYes, shown = min(bestYes, rank), cmp.Or(min(shown, v.shown), v.shown)
			d = casefold.Disposition{Status: casefold.Convicted}
		case v.out == outcomeEnded && d.Status != casefold.NoDisposition:
			if date.Before(eventDate(v.e)) == casefold.True {
				continue
			}
			bestNo = min(bestNo, rank)
		default:
			continue
		}
		list = append(list, said[casefold.Disposition]{d, rank, v.rec.Teller})
	}
	p.denied = bestNo != 255 && bestNo <= bestYes
	p.w.outcomes = list
	f := resolve(p.w, list, func(a, b casefold.Disposition) bool { return a.Status == b.Status }, compareDispositions)
	switch {
	case p.denied:
		f.Status = casefold.FactConflicting
	case p.ofSeveral():
		f.Status, f.Why = casefold.FactPresumed, "told only by a row of several persons, which does not say whose conviction it is"
		p.denied = true
	case shown != "" && !inWords:
		f.Status, f.Why = casefold.FactPresumed, "no row tells the outcome in words; "+shown+" shows it"
	}
	return f
}

// ofSeveral reports whether only rows that tell of several persons tell of the
// conviction: their charges may be another's.
func (p *testimony) ofSeveral() bool {
	for i := range p.voices {
		v := &p.voices[i]
		if v.out == outcomeConvicted && !(p.w.tellsOfSeveral(v.rec.Teller)) {
			return false
		}
	}
	return len(p.voices) > 0
}

// tellsOfSeveral reports whether a row yielded more than one person: its key
// has the number of the person behind a slash.
func (w *work) tellsOfSeveral(t casefold.Teller) bool {
	i, ok := w.b.byName[t.Source]
	if !ok || len(w.b.sources[i].Mapping.People) == 0 && w.b.sources[i].Mapping.PeopleEach == "" {
		return false
	}
	j := strings.LastIndexByte(t.RowKey, '/')
	return j >= 0 && digits(t.RowKey[j+1:])
}

func compareDispositions(a, b casefold.Disposition) int {
	return cmp.Or(strings.Compare(string(a.Status), string(b.Status)), boolOrder(a.Verbatim != "", b.Verbatim != ""),
		strings.Compare(a.Verbatim, b.Verbatim), strings.Compare(a.Code, b.Code))
}

// listing resolves what is told of the state's list. "Listed" leaves open what
// came of it and contradicts no fuller word.
func (p *testimony) listing() casefold.Fact[casefold.Listing] {
	var list []said[casefold.Listing]
	for i := range p.voices {
		v := &p.voices[i]
		if v.e.Listing != casefold.ListingNotTold {
			list = append(list, said[casefold.Listing]{v.e.Listing, p.prec.rank(factListing, v.class), v.rec.Teller})
		}
	}
	full := slices.ContainsFunc(list, func(s said[casefold.Listing]) bool {
		return s.value != casefold.Listed && s.value != casefold.NotListed
	})
	if full {
		list = slices.DeleteFunc(list, func(s said[casefold.Listing]) bool { return s.value == casefold.Listed })
	}
	return resolve(p.w, list, sameValue[casefold.Listing], func(a, b casefold.Listing) int {
		return strings.Compare(string(a), string(b))
	})
}

// sentence is what the prevailing tellers tell of the sentence, and what any
// teller tells of a later one; and an estimate of its end: the longest part,
// from the day it was imposed.
func (p *testimony) sentence(c *casefold.Conviction) ([]casefold.SentencePart, casefold.Fact[casefold.Date]) {
	best := uint8(255)
	for i := range p.voices {
		if v := &p.voices[i]; len(v.e.Sentence) > 0 && !v.later {
			best = min(best, p.prec.rank(factSentence, v.class))
		}
	}
	var parts account
	var end casefold.Fact[casefold.Date]
	for i := range p.voices {
		v := &p.voices[i]
		if len(v.e.Sentence) == 0 || !v.later && p.prec.rank(factSentence, v.class) != best {
			continue
		}
		from := sentenceFrom(v, c)
		for _, s := range v.e.Sentence {
			parts.addSentence(s)
			if d := endOf(s, from); d.Known() && d.Last >= end.Value.Last {
				if d != end.Value {
					end.Tellers = nil
				}
				end.Value, end.Status = d, casefold.FactPresumed
				end.Tellers = append(end.Tellers, v.rec.Teller)
			}
		}
	}
	if end.Status != casefold.FactUnknown {
		end.Tellers = sortTellers(end.Tellers)
		end.Why = "estimate: the longest part, from the day of sentence"
	}
	slices.SortStableFunc(parts.sentence, func(a, b casefold.SentencePart) int {
		return cmp.Or(strings.Compare(string(a.Kind), string(b.Kind)), cmp.Compare(sentenceDays(a), sentenceDays(b)),
			strings.Compare(a.Unit, b.Unit), strings.Compare(a.Verbatim, b.Verbatim))
	})
	return parts.sentence, end
}

func sentenceFrom(v *voice, c *casefold.Conviction) casefold.Date {
	switch {
	case v.e.SentenceDate.Known():
		return v.e.SentenceDate
	case (v.later || reentered(v.e)) && eventDate(v.e).Known():
		return eventDate(v.e)
	case c.SentenceDate.Value.Known():
		return c.SentenceDate.Value
	case c.ConvictionDate.Value.Known():
		return c.ConvictionDate.Value
	}
	return stepDate(v)
}

// reentered reports whether an event tells that the count was dealt with again:
// supervision revoked, a new sentence.
func reentered(e *casefold.Event) bool {
	return e.Disposition.Status != casefold.Convicted && (e.Disposition.Status == casefold.AsRevocation || rowHas(e, meansReentry) ||
		slices.ContainsFunc(e.Relief, func(r casefold.Relief) bool { return reenters(r.Kind) }))
}

// endOf is the end of a part of a sentence that began on a date; unknown for
// fines, for life, and where length or date is not told.
func endOf(s casefold.SentencePart, from casefold.Date) casefold.Date {
	if !from.Known() || s.Length <= 0 || s.Length > 12000 {
		return casefold.Date{}
	}
	switch s.Kind {
	case casefold.Fine, casefold.Life, casefold.Death, casefold.TimeServed, casefold.OtherSentence:
		return casefold.Date{}
	}
	move := func(d casefold.Day) casefold.Day {
		switch s.Unit {
		case "D":
			return d.AddDays(s.Length)
		case "M":
			return d.AddMonths(s.Length)
		case "Y":
			return d.AddYears(s.Length)
		}
		return 0
	}
	return casefold.Between(move(from.First), move(from.Last))
}

// offenseDate resolves the day of the offense. Where no row tells it, it is
// presumed to lie in the days before the arrest, else in the years before the
// conviction (precedence.yaml, presume). A day told that lies after the
// conviction contradicts it: one of the two is wrong.
func (p *testimony) offenseDate(c *casefold.Conviction) casefold.Fact[casefold.Date] {
	f := p.date(factOffenseDate, func(e *casefold.Event) casefold.Date { return e.OffenseDate })
	if f.Status == casefold.FactUnknown {
		return p.presumedOffense(c)
	}
	if entered := c.ConvictionDate; entered.Status == casefold.FactKnown && entered.Value.Known() && f.Value.First > entered.Value.Last {
		presumed := p.presumedOffense(c)
		f.Status, f.Why = casefold.FactConflicting, "the day told is after the conviction"
		f.Others = append(f.Others, casefold.Told[casefold.Date]{Value: presumed.Value, Tellers: presumed.Tellers})
	}
	return f
}

// presumedOffense is when the offense was, from the arrest or the conviction.
func (p *testimony) presumedOffense(c *casefold.Conviction) (f casefold.Fact[casefold.Date]) {
	arrest, conviction := c.ArrestDate.Value, c.ConvictionDate.Value
	days, years := p.prec.Presume.BeforeArrestDays, p.prec.Presume.BeforeConvictionYears
	switch {
	case arrest.Known():
		f.Value = casefold.Between(arrest.First.AddDays(-days), arrest.Last)
		f.Tellers = c.ArrestDate.Tellers
		f.Why = "no row tells the day of the offense; presumed at most " + strconv.Itoa(days) + " days before the arrest"
	case conviction.Known():
		f.Value = casefold.Between(conviction.First.AddYears(-years), conviction.Last)
		f.Tellers = c.ConvictionDate.Tellers
		f.Why = "no row tells the day of the offense or of the arrest; presumed at most " + strconv.Itoa(years) + " years before the conviction"
	default:
		return f
	}
	f.Status = casefold.FactPresumed
	return f
}

// caption takes name, birth date and number from one row: one of the court of
// record that tells of the conviction, else one of the state's court steps.
func (p *testimony) caption(number string) casefold.Caption {
	best, class := -1, classOther
	for i := range p.voices {
		v := &p.voices[i]
		if v.class != classCourtOfRecord && v.class != classStateCourt || !v.court.Kind.IsCourt() {
			continue
		}
		if best < 0 || v.class < class || v.class == class && p.captionBetter(v, &p.voices[best], number) {
			best, class = i, v.class
		}
	}
	if best < 0 {
		return casefold.Caption{}
	}
	v := &p.voices[best]
	out := casefold.Caption{From: casefold.TellerCourt, Teller: v.rec.Teller}
	if class == classStateCourt {
		out.From = casefold.TellerState
	}
	out.Name, out.BirthDate, out.CaseNumber = captionOf(v)
	return out
}

func captionOf(v *voice) (name, birth, number string) {
	if n := v.rec.Person.Names; len(n) > 0 {
		name = n[0].Verbatim
	}
	birth = v.rec.Person.BirthVerbatim
	if birth == "" && len(v.rec.Person.Births) > 0 {
		birth = v.rec.Person.Births[0].String()
	}
	if len(v.e.Cases) > 0 {
		number = v.e.Cases[0].Verbatim
	}
	return name, birth, number
}

// captionBetter prefers the row of the judgment, then the one that tells most,
// then the one with the number of the file, then the smaller row key.
func (p *testimony) captionBetter(a, b *voice, number string) bool {
	prevails := func(v *voice) bool { return len(v.e.Cases) > 0 && v.e.Cases[0].Verbatim == number }
	told := func(v *voice) int {
		name, birth, number := captionOf(v)
		n := 0
		for _, s := range [...]string{name, birth, number} {
			if s != "" {
				n++
			}
		}
		return n
	}
	return cmp.Or(
		boolOrder(p.ofJudgment(a), p.ofJudgment(b)), cmp.Compare(told(b), told(a)),
		boolOrder(prevails(a), prevails(b)), casefold.CompareTellers(a.rec.Teller, b.rec.Teller)) < 0
}
