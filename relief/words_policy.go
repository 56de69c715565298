package relief

import (
	"slices"

	"github.com/casefold/casefold"
)

// Predicates that county policies use beside those of the law: what the law
// said, time gone by, the rest of the record.
var policyPredicates = []predicate{
	{name: "law_outcome", on: onSubject, arg: argWords, words: func(*Law) []string { return outcomeNames() },
		says: "the law's own answer is %s", deny: "the law's own answer is not %s", fact: "the determination under the law", sure: true,
		eval: func(x *scope, a *arg, proof *Node) verdict { return vOf(slices.Contains(a.words, string(x.law))) }},
	{name: "age_now_at_least", on: onSubject, arg: argInt,
		says: "the person is %s or older on the day in question", deny: "the person is younger than %s on the day in question",
		fact: "birth date, as-of date", eval: evalAgeNow},
	{name: "age_at_conviction_under", on: onSubject, arg: argInt,
		says: "the person was younger than %s at the conviction", deny: "the person was %s or older at the conviction",
		fact: "birth date, conviction date", eval: evalAgeAtConviction},
	{name: "entered_within_years", on: onConviction, arg: argInt,
		says: "the conviction was entered within the last %s years", deny: "the conviction is %s years old or older",
		fact: "conviction date, as-of date", eval: evalWithin},
	{name: "deceased", on: onSubject, arg: argYes,
		says: "the person has died", deny: "the person has not died", fact: "death notices",
		eval: func(x *scope, a *arg, proof *Node) verdict {
			if x.h.Deceased.Known() {
				if proof != nil {
					proof.found(x.h.Deceased.Tellers, "deceased %s", x.h.Deceased.Value)
				}
			}
			return askedYes(a, vOf(x.h.Deceased.Known()))
		}},
	{name: "section", on: append(onConviction, ofCharge), arg: argWords,
		says: "the section is %s", deny: "the section is not %s", fact: "parsed section, by prefix of its subdivision path", eval: evalSection},
	{name: "same_cycle", on: onOther, arg: argYes,
		says: "it comes from the same arrest", deny: "it comes from another arrest", fact: "arrest cycles", sure: true,
		eval: func(x *scope, a *arg, proof *Node) verdict {
			this, other := x.h.Convictions[x.subject].Cycle, x.conviction().Cycle
			return askedYes(a, vOf(this >= 0 && this == other))
		}},
	{name: "past_destruction_limit", on: onConviction, arg: argYes,
		says: "its record is past the limit of HS 11361.5", deny: "its record is not past the limit of HS 11361.5",
		fact: "section, conviction date, as-of date",
		eval: func(x *scope, a *arg, proof *Node) verdict {
			return askedYes(a, decided(PastDestructionLimit(x.conviction(), x.asOf())))
		}},
}

// turns tells the proof that an answer changes by itself on a day.
func (n *Node) turns(day casefold.Day) {
	if n != nil && day != 0 && !slices.Contains(n.turnDays, day) {
		n.turnDays = append(n.turnDays, day)
	}
}

func evalAgeNow(x *scope, a *arg, proof *Node) verdict {
	born := x.born()
	if born.known() {
		first, last := born.First.AddYears(a.n), born.Last.AddYears(a.n)
		if proof != nil {
			proof.found(x.h.Birth.Tellers, "born %s", born.Date)
		}
		switch {
		case x.asOf() >= last:
			return vYes
		case x.asOf() < first:
			proof.turns(last)
			return vNo
		}
	}
	if proof != nil {
		proof.lack(x.conviction(), "birth_date", "the birth date")
	}
	return unknown(born.cause())
}

func evalAgeAtConviction(x *scope, a *arg, proof *Node) verdict {
	born, entered := x.born(), x.of(x.at).entered
	if born.known() && entered.known() {
		first, last := born.First.AddYears(a.n), born.Last.AddYears(a.n)
		switch {
		case entered.Last < first:
			return vYes
		case entered.First >= last:
			return vNo
		}
	}
	if !born.Exact() {
		if proof != nil {
			proof.lack(x.conviction(), "birth_date", "the birth date")
		}
	}
	if !entered.Exact() {
		if proof != nil {
			proof.lack(x.conviction(), "conviction_date", "the date of %s", nameOf(x.conviction()))
		}
	}
	return unknown(max(born.cause(), entered.cause()))
}

// evalWithin counts calendar years back from the as-of day; a conviction of
// exactly that many years ago is no longer within them.
func evalWithin(x *scope, a *arg, proof *Node) verdict {
	entered := x.of(x.at).entered
	if entered.known() {
		switch {
		case entered.Last.AddYears(a.n) <= x.asOf():
			return vNo
		case entered.First.AddYears(a.n) > x.asOf():
			proof.turns(entered.Last.AddYears(a.n))
			return vYes
		}
	}
	if proof != nil {
		proof.lack(x.conviction(), "conviction_date", "the date of %s", nameOf(x.conviction()))
	}
	return unknown(entered.cause())
}

func evalSection(x *scope, a *arg, proof *Node) verdict {
	var s casefold.Statute
	if x.charge != nil {
		if x.charge.Offense == nil {
			return vNo
		}
		s = x.charge.Offense.Statute
	} else {
		s = x.conviction().Offense.Value.Statute
	}
	if s.Section == "" {
		if proof != nil {
			proof.lack(x.conviction(), "section", "the section of which %s", wasConvicted(x.conviction()))
		}
		return unknown(missing)
	}
	for _, w := range a.words {
		want, err := ParseStatute(w)
		if err != nil || want.Section != s.Section || want.Inchoate != s.Inchoate {
			continue
		}
		if (s.Code == want.Code || s.Code == "") && pathCovers(want.Path, s.Path) {
			return vYes
		}
	}
	return vNo
}
