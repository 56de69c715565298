package relief

import (
	"github.com/casefold/casefold"
)

// A scope is a history under one Decider, with the conviction that is decided
// (subject) and, inside a quantifier, the thing that is asked about. It
// extracts facts lazily and remembers them for the history.
type scope struct {
	d *Decider
	h *casefold.History

	subject int // index into h.Convictions
	at      int // the conviction a predicate asks about; equal to subject outside quantifiers
	event   *casefold.LaterEvent
	reg     *casefold.Registration
	charge  *casefold.Count
	day     casefold.Day // the day in question: the as-of date, but for looking ahead
	law     Outcome      // the law's answer, while a policy is asked

	assumed string   // the family taken in turn, where the subject's offence may be of several
	names   []string // room for familyNames

	facts []convictionFacts
	birth span
	bOK   bool
	cache []verdict // verdicts of atoms for the subject
}

// convictionFacts are what one conviction's rows come to, computed once.
type convictionFacts struct {
	ready   bool
	class   *offenseClass
	offense span
	entered span
}

// A span is an interval with its standing. Where tellers contradict, the
// interval covers all versions, so what it decides they all decide.
type span struct {
	casefold.Date
	status casefold.FactStatus
}

func (s span) known() bool { return s.Known() }

// cause of an undecided comparison on this span.
func (s span) cause() cause {
	switch {
	case s.status == casefold.FactConflicting:
		return conflict
	case !s.Known():
		return missing
	}
	return straddles
}

// reset points the scope at a history.
func (x *scope) reset(h *casefold.History) {
	x.h, x.bOK = h, false
	if cap(x.facts) < len(h.Convictions) {
		x.facts = make([]convictionFacts, len(h.Convictions)*2)
	}
	x.facts = x.facts[:len(h.Convictions)]
	clear(x.facts)
}

// aim points the scope at the conviction to be decided.
func (x *scope) aim(i int) {
	x.subject, x.at = i, i
	x.event, x.reg, x.charge = nil, nil, nil
	for j := range x.cache {
		x.cache[j] = noAnswer
	}
}

func (x *scope) asOf() casefold.Day { return x.day }
func (x *scope) stopped() bool      { return false }

func (x *scope) conviction() *casefold.Conviction { return &x.h.Convictions[x.at] }

// atom answers a question about the subject, from memory if it was asked
// before. With a proof it is answered anew and described.
func (x *scope) atom(i int, proof *Node) verdict {
	if x.event != nil || x.reg != nil || x.charge != nil || x.at != x.subject {
		return x.ask(i, proof) // inside a quantifier nothing is remembered
	}
	if proof == nil {
		if v := x.cache[i]; v != noAnswer {
			return v
		}
	}
	v := x.ask(i, proof)
	x.cache[i] = v
	return v
}

func (x *scope) ask(i int, proof *Node) verdict {
	a := &x.d.law.atoms[i]
	if a.quant != nil {
		return x.quantify(a.quant, proof)
	}
	return a.pred.eval(x, &a.arg, proof)
}

// of returns the facts of conviction i.
func (x *scope) of(i int) *convictionFacts {
	f := &x.facts[i]
	if !f.ready {
		c := &x.h.Convictions[i]
		f.ready = true
		f.class = x.d.classOf(c)
		f.entered = x.enteredSpan(c)
		f.offense = x.offenseSpan(c, f.entered)
	}
	return f
}

// dateSpan reads a told date, overridden by a fact entered from the file.
func (x *scope) dateSpan(c *casefold.Conviction, entered string, f *casefold.Fact[casefold.Date]) span {
	if v, ok := x.d.entered(c.ID, entered); ok {
		if d, err := casefold.ParseDate(v.Value); err == nil && d.Known() {
			return span{d, casefold.FactKnown}
		}
	}
	s := span{f.Value, f.Status}
	if f.Status == casefold.FactConflicting {
		for _, o := range f.Others {
			s.Date = s.Hull(o.Value)
		}
	}
	return s
}

// enteredSpan is when the conviction was entered: plea or verdict. Where only
// the sentence is dated, it lies between offence and sentence.
func (x *scope) enteredSpan(c *casefold.Conviction) span {
	s := x.dateSpan(c, "conviction_date", &c.ConvictionDate)
	if s.known() {
		return s
	}
	if c.PleaDate.Usable() && c.PleaDate.Value.Known() {
		return span{c.PleaDate.Value, casefold.FactPresumed}
	}
	last := c.SentenceDate.Value.Last
	first := max(c.OffenseDate.Value.First, c.ArrestDate.Value.First)
	if d := casefold.Between(first, last); d.Known() {
		return span{d, casefold.FactPresumed}
	}
	return s
}

// offenseSpan is when the offence was committed. Where no row tells it, it is
// presumed to lie shortly before the arrest, else in the years before the
// conviction (the law's figures). An offence never lies after its arrest or
// conviction.
func (x *scope) offenseSpan(c *casefold.Conviction, entered span) span {
	s := x.dateSpan(c, "offense_date", &c.OffenseDate)
	arrest := c.ArrestDate.Value
	if !s.known() {
		fig := x.d.law.figures
		switch {
		case arrest.Known():
			s = span{casefold.Between(arrest.First.AddDays(-fig.arrestLagDays), arrest.Last), casefold.FactPresumed}
		case entered.known():
			s = span{casefold.Between(entered.First.AddMonths(-fig.convictionLagMonths), entered.Last), casefold.FactPresumed}
		}
	}
	if s.Exact() && s.status == casefold.FactKnown {
		return s
	}
	for _, bound := range []casefold.Day{arrest.Last, entered.Last} {
		if s.known() && bound != 0 && bound < s.Last && bound >= s.First {
			s.Date = casefold.Between(s.First, bound)
		}
	}
	return s
}

// born is when the person was born, as wide as all versions told where they
// contradict: also where the subject's own rows tell another birth date than
// holds for the person, who may then be another.
func (x *scope) born() span {
	if v, ok := x.d.entered(x.h.Convictions[x.subject].ID, "birth_date"); ok {
		if d, err := casefold.ParseDate(v.Value); err == nil && d.Known() {
			return span{d, casefold.FactKnown}
		}
	}
	if !x.bOK {
		x.bOK = true
		x.birth = span{x.h.Birth.Value, x.h.Birth.Status}
		if x.h.Birth.Status == casefold.FactConflicting {
			for _, o := range x.h.Birth.Others {
				x.birth.Date = x.birth.Hull(o.Value)
			}
		}
	}
	if len(x.h.Births) < 2 || !x.birth.known() {
		return x.birth
	}
	return x.bornByOwnRows()
}

func (x *scope) bornByOwnRows() span {
	own, c := x.birth, &x.h.Convictions[x.subject]
	for i := range x.h.Births {
		t := &x.h.Births[i]
		if !t.Value.Known() || !shareTeller(t.Tellers, c.Tellers) {
			continue
		}
		if t.Value.Overlaps(x.birth.Date) {
			return x.birth
		}
		own.Date, own.status = own.Hull(t.Value), casefold.FactConflicting
	}
	return own
}

// sameCase reports whether two convictions of the history stand in one court
// file, by the history's own cases or by an equal case key.
func (x *scope) sameCase(i, j int) bool {
	a, b := &x.h.Convictions[i], &x.h.Convictions[j]
	if len(x.h.Cases) > 0 && a.Case == b.Case && a.Case >= 0 && a.Case < len(x.h.Cases) {
		return true
	}
	for _, n := range a.Numbers {
		for _, m := range b.Numbers {
			if n.Key != "" && n.Family != "" && n.Key == m.Key && n.Family == m.Family {
				return true
			}
		}
	}
	return false
}
