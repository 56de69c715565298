package relief

import (
	"slices"
	"strings"

	"github.com/casefold/casefold"
)

// Predicates about what the offence is: kind of conviction, family, inchoate
// layer, wording, level.
var offensePredicates = []predicate{
	{name: "kind", on: onConviction, arg: argWords, words: fixed("adult", "juvenile", "federal", "other_state", "inferred"),
		says: "the conviction is of kind %s", deny: "the conviction is not of kind %s",
		fact: "which court convicted", sure: true, eval: evalKind},
	{name: "family", on: onConviction, arg: argWords, words: func(l *Law) []string { return l.families.names },
		says: "the offence is %s", deny: "the offence is not %s",
		fact: "offence of conviction: state offence code, else section and subdivision", eval: evalFamily},
	{name: "layer", on: onConviction, arg: argWords, words: fixed("complete", "attempt", "conspiracy", "accessory", "solicitation"),
		says: "the form of the offence is %s", deny: "the form of the offence is not %s",
		fact: "inchoate prefix of the statute, qualifier codes", eval: evalLayer},
	{name: "code_told", on: onConviction, arg: argYes,
		says: "the code of the section is told", deny: "the code of the section is not told",
		fact: "code (HS, PC) of the offence", sure: true,
		eval: func(x *scope, a *arg, proof *Node) verdict {
			return askedYes(a, vOf(!x.of(x.at).class.codeMissing))
		}},
	{name: "origin", on: onConviction, arg: argWords, words: fixed("code", "text", "comment"),
		says: "the offence was read from %s", deny: "the offence was not read from %s",
		fact: "where the offence of conviction was read", sure: true,
		eval: func(x *scope, a *arg, proof *Node) verdict {
			return vOf(slices.Contains(a.words, string(x.conviction().Offense.Value.Origin)))
		}},
	{name: "wording", on: onConviction, arg: argWords,
		says: "the wording of the charge holds %s", deny: "the wording of the charge does not hold %s",
		fact: "verbatim text of the charge, as whole words", sure: true, eval: evalWording},
	{name: "level", on: onConviction, arg: argWords, words: fixed("felony", "misdemeanor", "infraction"),
		says: "the conviction now stands as %s", deny: "the conviction does not now stand as %s",
		fact: "level as it now stands",
		eval: func(x *scope, a *arg, proof *Node) verdict {
			c := x.conviction()
			return x.evalLevel(c, &c.Level, a, proof)
		}},
	{name: "sentence", on: onConviction, arg: argWords, words: fixed("prison", "county_prison", "life", "death", "probation", "jail", "fine"),
		says: "the sentence holds %s", deny: "the sentence does not hold %s",
		fact: "parts of the sentence", eval: evalSentence},
}

func fixed(words ...string) func(*Law) []string { return func(*Law) []string { return words } }

func vOf(b bool) verdict {
	if b {
		return vYes
	}
	return vNo
}

// askedYes turns a verdict round where the argument asks for no.
func askedYes(a *arg, v verdict) verdict {
	if a.yes {
		return v
	}
	return v.not()
}

func evalKind(x *scope, a *arg, proof *Node) verdict {
	c := x.conviction()
	if proof != nil {
		proof.found(c.Tellers, "%s: %s", nameOf(c), strings.ReplaceAll(string(c.Kind), "_", " "))
	}
	return vOf(slices.Contains(a.words, string(c.Kind)))
}

// evalFamily compares the families that the offence may belong to with those
// asked for: none is no, all are yes, some are unknown.
func evalFamily(x *scope, a *arg, proof *Node) verdict {
	c, f := x.conviction(), x.of(x.at)
	if !f.class.read {
		if proof != nil {
			proof.lack(c, "section", "the section of which %s", wasConvicted(c))
		}
		return unknown(missing)
	}
	if proof != nil {
		proof.found(c.Offense.Tellers, "%s", sectionOf(c))
	}
	names, dated := x.familyNames()
	in := 0
	for _, n := range names {
		if slices.Contains(a.words, n) {
			in++
		}
	}
	switch in {
	case len(names):
		return vYes
	case 0:
		return vNo
	}
	return x.openFamily(dated, proof)
}

// familyNames lists the families that the offence may belong to, none where no
// row tells the section; dated is set where only its date keeps them apart.
func (x *scope) familyNames() (names []string, dated bool) {
	c, f := x.conviction(), x.of(x.at)
	if !f.class.read {
		return nil, false
	}
	if x.assumed != "" && x.at == x.subject {
		x.names = append(x.names[:0], x.assumed)
		return x.names, false
	}
	names, dated = familiesOf(f.class, f.offense, x.names[:0])
	for _, o := range conflicting(&c.Offense) {
		more, d := familiesOf(x.d.class(&o.Value), f.offense, names)
		names, dated = more, dated || d
	}
	x.names = names
	return names, dated
}

// openFamily says why the family is not settled.
func (x *scope) openFamily(dated bool, proof *Node) verdict {
	c := x.conviction()
	switch {
	case c.Offense.Status == casefold.FactConflicting:
		if proof != nil {
			proof.lack(c, "section", "of which section %s (tellers contradict)", wasConvicted(c))
		}
		return unknown(conflict)
	case dated:
		if proof != nil {
			proof.lack(c, "offense_date", "the offence date of %s, which decides the wording in force", nameOf(c))
		}
		return unknown(straddles)
	}
	if proof != nil {
		proof.lack(c, "section", "of which section of the charge %s", wasConvicted(c))
	}
	return unknown(possible)
}

// familiesOf adds the families an offence may belong to. A state offence code
// settles it. Else a row is left out where the offence certainly lies outside
// its dates, and a wording of the new law where the old law had it too, because
// the offence date is tested by itself.
func familiesOf(class *offenseClass, offense span, names []string) (out []string, dated bool) {
	before := len(names)
	for pass, rows := range [][]*familyRow{class.rows, class.older} {
		for _, r := range rows {
			if r.cjis == "" && (r.era == "new" && len(rows) > 1 || !fits(r, offense)) {
				continue
			}
			names = addWord(names, r.family)
			dated = dated || r.cjis == "" && (r.from != 0 || r.to != 0)
		}
		if len(names) > before || len(class.rows) == 0 && pass == 0 {
			break
		}
	}
	if len(names) == before {
		name := otherFamily
		if len(class.rows) > 0 {
			name = class.rows[0].family // named, but in no wording of its time
		}
		names = addWord(names, name)
	}
	for _, r := range class.also {
		if r.era != "new" {
			names = addWord(names, r.family)
		}
	}
	return names, dated
}

func addWord(words []string, w string) []string {
	if slices.Contains(words, w) {
		return words
	}
	return append(words, w)
}

func fits(r *familyRow, offense span) bool {
	if !offense.known() {
		return true
	}
	return (r.from == 0 || offense.Last >= r.from) && (r.to == 0 || offense.First <= r.to)
}

func evalLayer(x *scope, a *arg, proof *Node) verdict {
	c, class := x.conviction(), x.of(x.at).class
	if proof != nil {
		proof.found(c.Offense.Tellers, "%s", sectionOf(c))
	}
	if class.layer == unclearLayer {
		if proof != nil {
			proof.lack(c, "section", "whether %s is of the offence itself or of an attempt, conspiracy or other form of it", nameOf(c))
		}
		return unknown(conflict)
	}
	return vOf(slices.Contains(a.words, inchoateWords[class.layer]))
}

func evalWording(x *scope, a *arg, proof *Node) verdict {
	c := x.conviction()
	for word := range strings.FieldsFuncSeq(strings.ToUpper(c.Offense.Value.Verbatim), notLetter) {
		if slices.Contains(a.words, word) {
			if proof != nil {
				proof.found(c.Offense.Tellers, "the charge reads %s", word)
			}
			return vYes
		}
	}
	return vNo
}

func notLetter(r rune) bool { return r < 'A' || r > 'Z' }

func atEntry(c *casefold.Conviction) *casefold.Fact[casefold.Level] {
	if c.LevelAtEntry.Status != casefold.FactUnknown {
		return &c.LevelAtEntry
	}
	return &c.Level
}

func (x *scope) evalLevel(c *casefold.Conviction, f *casefold.Fact[casefold.Level], a *arg, proof *Node) verdict {
	if v, ok := x.d.entered(c.ID, "level"); ok {
		if proof != nil {
			proof.found(nil, "level: %s (%s)", v.Value, v.source())
		}
		return vOf(slices.Contains(a.words, v.Value))
	}
	if f.Status == casefold.FactUnknown || f.Value == casefold.LevelUnknown && f.Status != casefold.FactConflicting {
		if proof != nil {
			proof.lack(c, "level", "the level of %s", nameOf(c))
		}
		return unknown(missing)
	}
	in := slices.Contains(a.words, string(f.Value))
	if proof != nil {
		proof.found(f.Tellers, "level: %s", f.Value)
	}
	if f.Status == casefold.FactConflicting {
		for _, o := range conflicting(f) {
			if slices.Contains(a.words, string(o.Value)) != in {
				if proof != nil {
					proof.lack(c, "level", "the level of %s (tellers contradict)", nameOf(c))
				}
				return unknown(conflict)
			}
		}
	}
	return vOf(in)
}

func evalSentence(x *scope, a *arg, proof *Node) verdict {
	c := x.conviction()
	for _, p := range c.Sentence {
		if slices.Contains(a.words, string(p.Kind)) {
			if proof != nil {
				proof.found(c.Tellers, "sentence: %s", p.Kind)
			}
			return vYes
		}
	}
	if len(c.Sentence) == 0 {
		if proof != nil {
			proof.lack(c, "sentence", "the sentence of %s", nameOf(c))
		}
		return unknown(missing)
	}
	return vNo
}
