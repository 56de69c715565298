package relief

import (
	"github.com/casefold/casefold"
)

// Predicates about time: when the offence was, how old the person was, what
// came first.
var datePredicates = []predicate{
	{name: "offense_before", on: onConviction, arg: argDay,
		says: "the offence was committed before %s", deny: "the offence was not committed before %s",
		fact: "offence date; else conviction, arrest, state offence code", eval: evalOffenseBefore},
	{name: "age_at_least", on: onConviction, arg: argInt,
		says: "the person was %s or older at the offence", deny: "the person was younger than %s at the offence",
		fact: "birth date and offence date; a juvenile adjudication proves an age under 18", eval: evalAge},
	{name: "entered_before_offense", on: onOther, arg: argYes,
		says: "it was entered before the offence in question", deny: "it was not entered before the offence in question",
		fact: "conviction date of the other, offence and conviction date of this", eval: evalPrior},
	{name: "same_case", on: append(onOther, ofCharge), arg: argYes,
		says: "it stands in the same case", deny: "it stands in another case",
		fact: "court file", sure: true,
		eval: func(x *scope, a *arg, proof *Node) verdict {
			return askedYes(a, vOf(x.charge != nil || x.sameCase(x.subject, x.at)))
		}},
	{name: "as_of_since", on: onSubject, arg: argDay,
		says: "the day in question is %s or later", deny: "the day in question is before %s",
		fact: "as-of date", sure: true,
		eval: func(x *scope, a *arg, proof *Node) verdict { return vOf(x.asOf() >= a.day) }},
}

// evalOffenseBefore is the test of the offence date. A told date rules. Else a
// conviction or arrest before the day, or a state offence code of the old
// wording, proves yes; an arrest on the day or later, or a wording that only
// the new law has, proves no. A later conviction alone proves nothing.
func evalOffenseBefore(x *scope, a *arg, proof *Node) verdict {
	c, f := x.conviction(), x.of(x.at)
	told := f.offense.status == casefold.FactKnown || f.offense.status == casefold.FactConflicting
	if told && f.offense.known() {
		if f.offense.Last < a.day || f.offense.First >= a.day {
			if proof != nil {
				proof.found(c.OffenseDate.Tellers, "offence date: %s", f.offense.Date)
			}
			return vOf(f.offense.Last < a.day)
		}
	}
	arrest := c.ArrestDate.Value
	oldCode, newOnly := f.class.era()
	switch {
	case f.entered.known() && f.entered.Last < a.day:
		if proof != nil {
			proof.found(c.ConvictionDate.Tellers, "convicted %s, so the offence was earlier", f.entered.Date)
		}
		return vYes
	case arrest.Known() && arrest.Last < a.day:
		if proof != nil {
			proof.found(c.ArrestDate.Tellers, "arrested %s, so the offence was earlier", arrest)
		}
		return vYes
	case oldCode && f.offense.status != casefold.FactConflicting:
		if proof != nil {
			proof.found(c.Offense.Tellers, "state offence code %s is of the old wording", c.Offense.Value.CJIS)
		}
		return vYes
	case arrest.Known() && arrest.First >= a.day && !told:
		if proof != nil {
			proof.found(c.ArrestDate.Tellers, "arrested %s", arrest)
		}
		return vNo
	case newOnly && f.offense.status != casefold.FactConflicting:
		if proof != nil {
			proof.found(c.Offense.Tellers, "%s is a wording of the new law", sectionOf(c))
		}
		return vNo
	}
	if proof != nil {
		proof.lack(c, "offense_date", "the offence date of %s", nameOf(c))
	}
	return unknown(f.offense.cause())
}

// era tells what the wording alone proves: a code of the old law, or a wording
// that only the new law has.
func (o *offenseClass) era() (oldCode, newOnly bool) {
	newOnly = len(o.rows) > 0
	for _, r := range o.rows {
		oldCode = oldCode || r.era == "old" && r.cjis != ""
		newOnly = newOnly && r.era == "new"
	}
	return oldCode, newOnly
}

// evalAge compares the day of the birthday with the offence, both as
// intervals. A birthday of February 29 falls on February 28 in other years
// (casefold.Day.AddYears).
func evalAge(x *scope, a *arg, proof *Node) verdict {
	c, f := x.conviction(), x.of(x.at)
	if c.Kind == casefold.Juvenile && a.n >= 18 {
		if proof != nil {
			proof.found(c.Court.Tellers, "a juvenile court has jurisdiction only over offences before the age of 18")
		}
		return vNo
	}
	born := x.born()
	if born.known() && f.offense.known() && !tooYoung(born, f.offense) {
		turned := casefold.Between(born.First.AddYears(a.n), born.Last.AddYears(a.n))
		if proof != nil {
			proof.found(x.h.Birth.Tellers, "born %s, offence %s", born.Date, f.offense.Date)
		}
		switch {
		case f.offense.First >= turned.Last:
			return vYes
		case f.offense.Last < turned.First:
			return vNo
		}
	}
	why := missing
	if !born.Exact() || f.offense.known() && tooYoung(born, f.offense) {
		if proof != nil {
			proof.lack(c, "birth_date", "the birth date")
		}
		why = max(why, born.cause())
	}
	if !f.offense.Exact() || f.offense.status != casefold.FactKnown {
		if proof != nil {
			proof.lack(c, "offense_date", "the offence date of %s", nameOf(c))
		}
		why = max(why, f.offense.cause())
	}
	return unknown(why)
}

// youngest is an age, in years, below which nobody is convicted of an offence: a
// birth date that makes the person younger is wrong, or another's.
const youngest = 7

// tooYoung reports whether the birth date told cannot be of somebody who was
// convicted of an offence of that time.
func tooYoung(born, offense span) bool { return born.First.AddYears(youngest) > offense.Last }

// evalPrior orders another conviction against the offence in question: entered
// before the offence is yes; in the same case, or on or after the day of the
// conviction in question, is no; between is unknown, because the prior must
// exist when the charge is brought.
func evalPrior(x *scope, a *arg, proof *Node) verdict {
	return askedYes(a, x.prior(proof))
}

func (x *scope) prior(proof *Node) verdict {
	if x.sameCase(x.subject, x.at) {
		if proof != nil {
			proof.found(nil, "same case")
		}
		return vNo
	}
	c, other, this := x.conviction(), x.of(x.at), x.of(x.subject)
	if other.entered.known() {
		switch {
		case this.offense.known() && other.entered.Last < this.offense.First:
			if proof != nil {
				proof.found(c.ConvictionDate.Tellers, "entered %s, before the offence (%s)", other.entered.Date, this.offense.Date)
			}
			return vYes
		case this.entered.known() && other.entered.First >= this.entered.Last:
			if proof != nil {
				proof.found(c.ConvictionDate.Tellers, "entered %s, not before the conviction in question", other.entered.Date)
			}
			return vNo
		}
		if proof != nil {
			proof.lack(c, "prior", "whether %s already stood when the charge was brought", nameOf(c))
		}
		return unknown(max(other.entered.cause(), this.offense.cause()))
	}
	if other.offense.known() && this.entered.known() && other.offense.First >= this.entered.Last {
		return vNo
	}
	if proof != nil {
		proof.lack(c, "conviction_date", "the date of %s", nameOf(c))
	}
	return unknown(missing)
}
