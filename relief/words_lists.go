package relief

import (
	"github.com/casefold/casefold"
)

// Predicates about lists of offences: super strikes, PC 290(c).
var listPredicates = []predicate{
	{name: "on_list", on: append(onConviction, ofCharge), arg: argWords, words: listNames,
		says: "the offence is on the list %s", deny: "the offence is not on the list %s",
		fact: "offence of conviction against the list, by parsed section", eval: evalOnList},
	{name: "charge_family", on: onCharge, arg: argWords, words: func(l *Law) []string { return l.families.names },
		says: "the charge is %s", deny: "the charge is not %s",
		fact: "offence of the charge", sure: true, eval: evalChargeFamily},
	{name: "registers_for", on: onReg, arg: argWords, words: listNames,
		says: "the registration is for an offence on the list %s that no row shows", deny: "the registration is not for an unseen offence on the list %s",
		fact: "registration rows against the convictions seen", never: canYes, eval: evalRegisters},
}

// superStrike is the list of PC 667(e)(2)(C)(iv): felonies only, and the one to
// which life terms, foreign elements and PC 667(d)(3) matter.
const superStrike = "super_strike"

// registrable is the list of PC 290(c).
const registrable = "pc290c"

func listNames(l *Law) []string {
	var out []string
	for _, s := range l.lists {
		out = append(out, s.Name)
	}
	return out
}

func evalOnList(x *scope, a *arg, proof *Node) verdict {
	if x.charge != nil {
		return vNo
	}
	v := vNo
	for _, i := range a.set {
		v = v.or(x.onList(i, proof))
	}
	return v
}

// onList holds a conviction against a list. A person's word from the file rules;
// a conviction known only from a marker, from another jurisdiction, or as a
// juvenile adjudication is never more than possible. A conviction whose section
// nobody tells shows nothing: history reports the gap.
func (x *scope) onList(list int, proof *Node) verdict {
	c, f := x.conviction(), x.of(x.at)
	name := x.d.law.lists[list].Name
	if v, ok := x.d.entered(c.ID, "on_list_"+name); ok {
		if proof != nil {
			proof.found(nil, "%s: %s (%s)", name, v.Value, v.source())
		}
		return vOf(v.Value == "yes")
	}
	switch {
	case c.Kind == casefold.InferredByMarker:
		return x.inferred(c, name, proof)
	case c.Kind == casefold.FederalConvict || c.Kind == casefold.OtherState:
		return x.foreign(c, list, proof)
	case name == superStrike && misdemeanor(c):
		return vNo // only felonies are super strikes
	}
	v := vNo
	for _, h := range f.class.hits[list] {
		v = v.or(x.hit(c, f, h, proof))
	}
	for _, h := range f.class.alsoHits[list] {
		if w := x.hit(c, f, h, proof); w.truth() != casefold.False {
			if proof != nil {
				proof.lack(c, "section", "of which section of the charge %s", wasConvicted(c))
			}
			v = v.or(unknown(possible))
		}
	}
	switch name {
	case superStrike:
		v = v.or(x.lifeTerm(c, f, proof))
	case registrable:
		v = v.or(x.registrationOrdered(c, f, proof))
	}
	if v.truth() == casefold.False {
		return v
	}
	return x.believed(c, name, v, proof)
}

// believed weakens a listed conviction to a possible one where its kind or its
// rows do not prove it against the person.
func (x *scope) believed(c *casefold.Conviction, list string, v verdict, proof *Node) verdict {
	fact, text := "", ""
	switch {
	case c.Kind == casefold.Juvenile && list != superStrike:
		return vNo // PC 290(c) speaks of convictions (Zamora, Fernandez)
	case c.Kind == casefold.Juvenile:
		fact, text = "on_list_super_strike", "whether %s meets PC 667(d)(3)"
	case x.weak(c.Tellers):
		fact, text = "identity", "that %s is of this person: its rows hang on a weak link"
	case c.Offense.Value.Origin == casefold.FromComment || c.Offense.Status == casefold.FactConflicting:
		fact, text = "section", "the section of %s, which was read from a comment or is contradictory"
	default:
		return v
	}
	if proof != nil {
		proof.lack(c, fact, text, nameOf(c))
	}
	return unknown(possible)
}

// hit holds one entry's terms against a conviction.
func (x *scope) hit(c *casefold.Conviction, f *convictionFacts, h listHit, proof *Node) verdict {
	e := h.entry
	if f.offense.known() && (e.from != 0 && f.offense.Last < e.from) {
		return vNo // the section had another meaning, or none, then
	}
	v := vYes
	if e.from != 0 && (!f.offense.known() || f.offense.First < e.from) || e.to != 0 && f.offense.known() && f.offense.First > e.to {
		if proof != nil {
			proof.lack(c, "offense_date", "the offence date of %s: %s counts from %s to %s", nameOf(c), sectionOf(c), e.from, e.to)
		}
		v = unknown(straddles)
	}
	if h.why != "" {
		if proof != nil {
			proof.lack(c, "section", "%s %s", h.why, nameOf(c))
		}
		v = v.and(unknown(possible))
	}
	v = v.and(x.condition(c, e, proof))
	if v.truth() == casefold.False {
		return v
	}
	if h.layer == answerReview || !e.verified {
		if proof != nil {
			proof.lack(c, "on_list", "whether %s counts under %s, whose text was not read whole", nameOf(c), e.cite)
		}
		v = v.and(unknown(unsettled))
	}
	if proof != nil {
		proof.found(c.Offense.Tellers, "%s: %s (%s)", nameOf(c), e.offense, e.cite)
	}
	return v
}

// condition holds the further facts that an entry asks for.
func (x *scope) condition(c *casefold.Conviction, e *listEntry, proof *Node) verdict {
	switch e.condition {
	case "felony":
		a := arg{words: []string{string(casefold.Felony)}}
		return x.evalLevel(c, atEntry(c), &a, proof)
	case "prison":
		for _, p := range c.Sentence {
			if p.Kind == casefold.PrisonTerm {
				if proof != nil {
					proof.lack(c, "file", "for %s: %s", nameOf(c), e.what)
				}
				return unknown(possible)
			}
		}
		if len(c.Sentence) > 0 {
			return vNo
		}
		if proof != nil {
			proof.lack(c, "sentence", "the sentence of %s", nameOf(c))
		}
		return unknown(missing)
	case "file":
		if proof != nil {
			proof.lack(c, "file", "for %s: %s", nameOf(c), e.what)
		}
		return unknown(possible)
	}
	return vYes
}

func misdemeanor(c *casefold.Conviction) bool {
	l := atEntry(c)
	return l.Known() && (l.Value == casefold.Misdemeanor || l.Value == casefold.Infraction)
}

// lifeTerm asks whether a felony was punishable by life or death: told by the
// sentence or by an enhancement's qualifier. Which of these count is open, so
// the answer is never more than possible.
func (x *scope) lifeTerm(c *casefold.Conviction, f *convictionFacts, proof *Node) verdict {
	found := false
	for _, p := range c.Sentence {
		found = found || p.Kind == casefold.Life || p.Kind == casefold.Death
	}
	for _, q := range f.class.marks {
		found = found || q.class == "life" || q.class == "homicide"
	}
	if !found {
		return vNo
	}
	if proof != nil {
		proof.lack(c, "on_list_super_strike", "whether %s was punishable by life imprisonment or death as an offence", nameOf(c))
	}
	return unknown(unsettled)
}

// registrationOrdered asks whether a court ordered the person to register for a
// conviction that is not on the list: an order under PC 290.006 is no bar, but
// the qualifier does not tell under which section it was.
func (x *scope) registrationOrdered(c *casefold.Conviction, f *convictionFacts, proof *Node) verdict {
	for _, q := range f.class.marks {
		if q.class == "registration" {
			if proof != nil {
				proof.lack(c, "on_list_pc290c", "under which section registration was ordered for %s", nameOf(c))
			}
			return unknown(unsettled)
		}
	}
	return vNo
}

// inferred answers for a conviction known only from a prior marker, which
// stands in its disposition's code.
func (x *scope) inferred(c *casefold.Conviction, list string, proof *Node) verdict {
	wanted := map[string]string{"prior_serious": "super_strike", "prior_sex": "pc290c"}
	if q := x.d.law.qualifiers[c.Disposition.Value.Code]; q != nil && wanted[q.class] != list {
		return vNo
	}
	if proof != nil {
		proof.lack(c, "prior", "the earlier conviction that a prior marker names")
	}
	return unknown(possible)
}

// foreign answers for a conviction of another jurisdiction. For a super strike
// all elements must match (PC 667(d)(2)), which no row tells; a misdemeanor or
// a federal drug offence cannot match. PC 290(c) reaches such convictions only
// where they are of a listed section.
func (x *scope) foreign(c *casefold.Conviction, list int, proof *Node) verdict {
	o := &c.Offense.Value
	named := len(x.d.law.lists[list].by[o.Section]) > 0
	if !named && (x.d.law.lists[list].Name != superStrike || misdemeanor(c) || federalDrugs(o.Statute)) {
		return vNo
	}
	if proof != nil {
		proof.lack(c, "on_list_"+x.d.law.lists[list].Name, "the elements of %s", nameOf(c))
	}
	return unknown(possible)
}

// federalDrugs reports a section of title 21 of the United States Code, whose
// offences have no element of a listed crime.
func federalDrugs(s casefold.Statute) bool {
	return s.Code == "US" && len(s.Section) > 3 && s.Section[:2] == "21" && notDigit(s.Section[2])
}

func notDigit(b byte) bool { return b < '0' || b > '9' }

// weak reports whether all rows that tell something hang on weak links.
func (x *scope) weak(tellers []casefold.Teller) bool {
	if len(x.d.ctx.Weak) == 0 || len(tellers) == 0 {
		return false
	}
	for _, t := range tellers {
		if !x.d.ctx.Weak[t] {
			return false
		}
	}
	return true
}

func evalChargeFamily(x *scope, a *arg, proof *Node) verdict {
	if x.charge == nil || x.charge.Offense == nil {
		return vNo
	}
	for _, r := range x.d.class(x.charge.Offense).rows {
		for _, w := range a.words {
			if r.family == w {
				if proof != nil {
					proof.found(x.charge.Tellers, "charge in the same case: %s", x.charge.Offense.Statute)
				}
				return vYes
			}
		}
	}
	return vNo
}

// evalRegisters asks whether a registration as a sex offender (PC 290, 290.005 of
// other states' convictions, 290.006 by the court's order) stands for a
// conviction that no row shows: the row is undated or lies before the offence,
// and no visible conviction of the list explains it.
func evalRegisters(x *scope, a *arg, proof *Node) verdict {
	switch x.reg.Statute.Section {
	case "290", "290.005", "290.006", "":
	default:
		return vNo
	}
	this := x.of(x.subject)
	day := x.reg.Date
	if day.Known() && this.offense.known() && day.First > this.offense.Last {
		return vNo
	}
	keep := x.at
	defer func() { x.at = keep }()
	for i := range x.h.Convictions {
		x.at = i
		entered := x.of(i).entered
		late := day.Known() && entered.known() && entered.First > day.Last
		for _, list := range a.set {
			if !late && x.onList(list, nil).truth() != casefold.False {
				return vNo // the order test of that conviction decides
			}
		}
	}
	if proof != nil {
		proof.found(x.reg.Tellers, "registered as a sex offender %s", day)
		proof.lack(&x.h.Convictions[x.subject], "prior", "the conviction behind the registration under PC 290")
	}
	return unknown(possible)
}
