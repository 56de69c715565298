package relief

import (
	"slices"
	"strings"

	"github.com/casefold/casefold"
)

// Predicates about what else is told of the conviction: quantities, serving,
// the state's list, who tells it, what a person read in the file.
var factPredicates = []predicate{
	{name: "plants_at_most", on: onConviction, arg: argDecimal,
		says: "the plants were %s or fewer", deny: "the plants were more than %s",
		fact: "number of plants",
		eval: func(x *scope, a *arg, proof *Node) verdict {
			return x.atMost(a, "plants", &x.conviction().Plants, proof)
		}},
	{name: "grams_at_most", on: onConviction, arg: argDecimal,
		says: "the amount was %s grams or less", deny: "the amount was more than %s grams",
		fact: "quantity in grams",
		eval: func(x *scope, a *arg, proof *Node) verdict {
			return x.atMost(a, "grams", &x.conviction().Grams, proof)
		}},
	{name: "value_at_most", on: onConviction, arg: argDecimal,
		says: "the value was %s dollars or less", deny: "the value was more than %s dollars",
		fact: "value of what was taken, from the file; no row tells it",
		eval: func(x *scope, a *arg, proof *Node) verdict {
			return x.atMost(a, "value", &casefold.Fact[string]{}, proof)
		}},
	{name: "serving", on: onConviction, arg: argYes,
		says: "the sentence is still being served", deny: "the sentence is completed",
		fact: "sentence, custody and supervision, death", eval: evalServing},
	{name: "listing", on: onConviction, arg: argWords, words: fixed("unchallenged", "not_listed", "upheld"),
		says: "on the state's list under HS 11361.9 the conviction is %s", deny: "on the state's list under HS 11361.9 the conviction is not %s",
		fact: "entry on the list, challenge, order; a source complete for the list", eval: evalListing},
	{name: "file_shows", on: onConviction, arg: argWords, words: func(*Law) []string { return enteredNames() },
		says: "the file shows %s", deny: "the file does not show %s",
		fact: "a fact that a person entered from the file", eval: evalFileShows},
	{name: "undone", on: onConviction, arg: argYes,
		says: "the conviction was reversed or vacated", deny: "the conviction stands",
		fact: "later events", eval: evalUndone},
}

// atMost compares a quantity as told. A quantity that is told but is no plain
// number contradicts itself; it is not "not told", and no presumption fills it.
func (x *scope) atMost(a *arg, name string, f *casefold.Fact[string], proof *Node) verdict {
	c := x.conviction()
	if v, ok := x.d.entered(c.ID, name); ok {
		if milli, ok := parseMilli(v.Value); ok {
			if proof != nil {
				proof.found(nil, "%s: %s (%s)", name, v.Value, v.source())
			}
			return vOf(milli <= a.milli)
		}
	}
	if f.Status == casefold.FactUnknown || f.Value == "" && f.Status != casefold.FactConflicting {
		if proof != nil {
			proof.lack(c, name, "the %s of %s", quantityWord(name), nameOf(c))
		}
		return unknown(missing)
	}
	if proof != nil {
		proof.found(f.Tellers, "%s: %s", name, f.Value)
	}
	milli, ok := parseMilli(f.Value)
	in := milli <= a.milli
	for _, o := range conflicting(f) {
		other, plain := parseMilli(o.Value)
		ok = ok && plain && (other <= a.milli) == in
	}
	if !ok {
		if proof != nil {
			proof.lack(c, name, "the %s of %s (what is told is contradictory or no number)", quantityWord(name), nameOf(c))
		}
		return unknown(conflict)
	}
	return vOf(in)
}

// conflicting lists the other versions of a fact where tellers of equal
// standing contradict; versions that a better teller overrules do not count.
func conflicting[T any](f *casefold.Fact[T]) []casefold.Told[T] {
	if f.Status != casefold.FactConflicting {
		return nil
	}
	return f.Others
}

func quantityWord(name string) string {
	switch name {
	case "plants":
		return "number of plants"
	case "value":
		return "value in dollars"
	}
	return "amount in grams"
}

func evalServing(x *scope, a *arg, proof *Node) verdict {
	v := x.serving(proof)
	if v.truth() == casefold.Unknown {
		c := x.conviction()
		if proof != nil {
			proof.lack(c, "serving", "whether the sentence of %s is still being served", nameOf(c))
		}
	}
	return askedYes(a, v)
}

// serving tells whether any part of the sentence runs on the as-of day:
// custody, probation, parole or other supervision. The told length of a
// sentence is only an estimate of its end; after a prison term supervision may
// still run (the law's parole figure), and a revocation may have stretched it.
func (x *scope) serving(proof *Node) verdict {
	c, day := x.conviction(), x.asOf()
	if v, ok := x.d.entered(c.ID, "serving"); ok {
		if proof != nil {
			proof.found(nil, "serving: %s (%s)", v.Value, v.source())
		}
		return vOf(v.Value == "yes")
	}
	if d := x.h.Deceased; d.Known() && (!d.Value.Known() || d.Value.Last <= day) {
		if proof != nil {
			proof.found(d.Tellers, "deceased")
		}
		return vNo
	}
	for _, stays := range [][]casefold.Stay{x.h.Supervision, x.h.Custody} {
		for i := range stays {
			if s := &stays[i]; s.From.Known() && s.From.First <= day && s.To.First >= day && shareTeller(s.Tellers, c.Tellers) {
				if proof != nil {
					proof.found(s.Tellers, "custody or supervision to %s", s.To)
				}
				return vYes
			}
		}
	}
	if x.complete(casefold.AboutSupervision, c, proof) {
		if x.underway() {
			return unknown(possible)
		}
		if v := x.servingByTerm(c, proof); v.truth() == casefold.True && !x.ended(c) {
			return v // the source tells the term, and no end of it
		}
		return vNo
	}
	return x.servingByTerm(c, proof)
}

// ended reports whether a stay under the conviction is told to have ended.
func (x *scope) ended(c *casefold.Conviction) bool {
	for _, stays := range [][]casefold.Stay{x.h.Supervision, x.h.Custody} {
		for i := range stays {
			if s := &stays[i]; s.To.Known() && s.To.Last < x.asOf() && shareTeller(s.Tellers, c.Tellers) {
				return true
			}
		}
	}
	return false
}

// underway reports whether any stay of the person covers the as-of day.
func (x *scope) underway() bool {
	for _, stays := range [][]casefold.Stay{x.h.Supervision, x.h.Custody} {
		for i := range stays {
			s := &stays[i]
			if s.From.Known() && s.From.First <= x.asOf() && s.To.Known() && s.To.Last >= x.asOf() {
				return true
			}
		}
	}
	return false
}

func (x *scope) servingByTerm(c *casefold.Conviction, proof *Node) verdict {
	day := x.asOf()
	prison := false
	for _, p := range c.Sentence {
		switch p.Kind {
		case casefold.Life, casefold.Death:
			if proof != nil {
				proof.found(c.Tellers, "sentence: %s", p.Kind)
			}
			return mk(casefold.True, presumed)
		case casefold.PrisonTerm:
			prison = true
		}
	}
	revoked := casefold.Day(0)
	for _, e := range c.Events {
		switch {
		case e.Kind == casefold.SupervisionEnded && e.Date.Known() && e.Date.Last <= day:
			if proof != nil {
				proof.found(e.Tellers, "supervision ended %s", e.Date)
			}
			return vNo
		case e.Kind == casefold.Revoked:
			revoked = max(revoked, e.Date.Last)
		}
	}
	end := c.SentenceEnd.Value
	if !c.SentenceEnd.Usable() || !end.Known() {
		return unknown(missing)
	}
	if proof != nil {
		proof.found(c.SentenceEnd.Tellers, "sentence ends %s by its length", end)
	}
	last := max(end.Last, revoked)
	if prison || revoked != 0 {
		last = last.AddMonths(x.d.law.figures.paroleMonths)
	}
	switch {
	case end.First > day:
		return mk(casefold.True, presumed)
	case last <= day:
		return mk(casefold.False, presumed)
	}
	return unknown(straddles)
}

func shareTeller(a, b []casefold.Teller) bool {
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch n := casefold.CompareTellers(a[i], b[j]); {
		case n == 0:
			return true
		case n < 0:
			i++
		default:
			j++
		}
	}
	return false
}

// listedBeside reports whether what may be this conviction has an entry on the
// state's list, under this person or another.
func (x *scope) listedBeside() bool {
	told := func(f *casefold.Fact[casefold.Listing]) bool {
		return f.Status != casefold.FactUnknown && f.Value != casefold.ListingNotTold
	}
	own := x.conviction()
	for i := range x.h.Convictions {
		c := &x.h.Convictions[i]
		if c != own && (slices.Contains(own.PossiblySame, c.ID) || slices.Contains(c.PossiblySame, own.ID)) && told(&c.Listing) {
			return true
		}
	}
	return slices.ContainsFunc(own.Beside, func(t casefold.Twin) bool { return told(&t.Listing) })
}

// evalListing reads the state's list. A source complete for the list that holds
// no entry proves "not listed", unless the entry may be there and be told of what
// may be another conviction; one that lists it and tells no challenge proves
// "unchallenged". An entry alone leaves the challenge open.
func evalListing(x *scope, a *arg, proof *Node) verdict {
	c := x.conviction()
	state, st, tellers := c.Listing.Value, c.Listing.Status, c.Listing.Tellers
	if v, ok := x.d.entered(c.ID, "listing"); ok {
		state, st, tellers = casefold.Listing(v.Value), casefold.FactKnown, nil
	}
	whole := x.complete(casefold.AboutListing, c, nil)
	switch {
	case st == casefold.FactConflicting:
		if proof != nil {
			proof.lack(c, "listing", "how %s stood on the state's list under HS 11361.9 (tellers contradict)", nameOf(c))
		}
		return unknown(conflict)
	case (st == casefold.FactUnknown || state == casefold.ListingNotTold) && whole:
		if x.listedBeside() {
			if proof != nil {
				proof.lack(c, "listing", "whether an entry on the state's list under HS 11361.9 is of %s, which may be the conviction it is told of", nameOf(c))
			}
			return unknown(possible)
		}
		state = casefold.NotListed
	case state == casefold.Listed && whole:
		state = casefold.ListedUnchallenged
	}
	switch state {
	case casefold.NotListed, casefold.ListedUnchallenged, casefold.ChallengeUpheld:
		if proof != nil {
			proof.found(tellers, "list under HS 11361.9: %s", strings.ReplaceAll(string(state), "_", " "))
		}
		return vOf(slices.Contains(a.words, string(state)))
	}
	if proof != nil {
		proof.lack(c, "listing", "whether %s was on the state's list under HS 11361.9 and unchallenged on 2020-07-01", nameOf(c))
	}
	if state == casefold.ListingNotTold {
		return unknown(missing)
	}
	return unknown(possible)
}

func evalFileShows(x *scope, a *arg, proof *Node) verdict {
	c := x.conviction()
	out := vNo
	for _, name := range a.words {
		v, ok := x.d.entered(c.ID, name)
		switch {
		case !ok:
			if proof != nil {
				proof.lack(c, name, "%s (%s)", enteredDoc(name), nameOf(c))
			}
			out = unknown(missing)
		case v.Value == "yes":
			if proof != nil {
				proof.found(nil, "%s: yes (%s)", name, v.source())
			}
			return vYes
		default:
			if proof != nil {
				proof.found(nil, "%s: %s (%s)", name, v.Value, v.source())
			}
		}
	}
	return out
}

func evalUndone(x *scope, a *arg, proof *Node) verdict {
	c := x.conviction()
	if v, ok := x.d.entered(c.ID, "undone"); ok {
		if proof != nil {
			proof.found(nil, "undone: %s (%s)", v.Value, v.source())
		}
		return askedYes(a, vOf(v.Value == "yes"))
	}
	if c.Reversed == casefold.Unknown {
		for _, e := range c.Events {
			if mayUndo(e.Kind) {
				if proof != nil {
					proof.found(e.Tellers, "%s %s", eventWord(e.Kind), e.Date)
					proof.lack(c, "undone", "the court's minute order of the later %s of %s", eventWord(e.Kind), nameOf(c))
				}
				return unknown(possible)
			}
		}
		if proof != nil {
			proof.lack(c, "undone", "whether %s stands: tellers contradict", nameOf(c))
		}
		return unknown(conflict)
	}
	return askedYes(a, decided(c.Reversed))
}

func mayUndo(k casefold.ReliefKind) bool {
	switch k {
	case casefold.Vacated, casefold.Dismissed1385, casefold.DismissedUnknown, casefold.Reversed:
		return true
	}
	return false
}
