package matcher

import (
	"slices"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/mention"
)

// decided is the reason of pairs that a person said are two: they are kept
// apart and are no possible link, because nothing is left to decide.
const decided casefold.LinkReason = "decided"

// A verdicts is what people decided about pairs of mentions.
type verdicts map[mention.Pair]bool

func newVerdicts(decisions []Decision) verdicts {
	v := verdicts{}
	for _, d := range decisions {
		v[mention.Pair{A: min(d.A, d.B), B: max(d.A, d.B)}] = d.Same
	}
	return v
}

// denial is the reason why two mentions may not be joined automatically, ""
// if there is none. A person's word stands above all others.
func denial(s *mention.Set, v verdicts, a, b uint32) casefold.LinkReason {
	if len(v) > 0 {
		if same, ok := v[mention.Pair{A: min(a, b), B: max(a, b)}]; ok {
			if same {
				return ""
			}
			return decided
		}
	}
	switch {
	case s.SourceKeys.Told() && sourceDenies(s.SourceKeys.Of(a), s.SourceKeys.Of(b)):
		return casefold.LinkSourceDenies
	case twoNumbers(s.Identifiers.Of(a), s.Identifiers.Of(b)):
		return casefold.LinkTwoNumbers
	case s.Custody.Told() && twoPlaces(s.Custody.Of(a), s.Custody.Of(b)):
		return casefold.LinkCustody
	case s.Deaths.Told() && (dead(s, a, b) || dead(s, b, a)):
		return casefold.LinkAfterDeath
	case s.Cases.Told() && otherAccused(s.Cases.Of(a), s.Cases.Of(b)) && !sameOnPaper(s, a, b):
		return casefold.LinkOtherAccused
	}
	return ""
}

// sourceDenies: one source that swears that its keys are persons has them
// under two.
func sourceDenies(a, b []mention.SourceKey) bool {
	for _, x := range a {
		for _, y := range b {
			if x.Source == y.Source && x.Key != y.Key {
				return true
			}
		}
	}
	return false
}

// twoNumbers: one issuer's own prints gave two numbers, and no print of that
// issuer gave them one. A print number that another agency tells was written
// down there: it is evidence (see printsDiffer), and forbids nothing.
func twoNumbers(a, b []mention.Identifier) bool {
	for _, x := range a {
		for _, y := range b {
			if x.Issuer == y.Issuer && x.Value != y.Value && x.How == mention.Asserted && y.How == mention.Asserted && !sharesPrint(a, b, x.Issuer) {
				return true
			}
		}
	}
	return false
}

func sharesPrint(a, b []mention.Identifier, issuer uint16) bool {
	return slices.ContainsFunc(a, func(x mention.Identifier) bool {
		return x.Issuer == issuer && x.How >= mention.Print && slices.ContainsFunc(b, func(y mention.Identifier) bool {
			return y.Issuer == issuer && y.How >= mention.Print && y.Value == x.Value
		})
	})
}

// twoPlaces: in custody at two places for a day or more at once. The day of a
// transfer belongs to both.
func twoPlaces(a, b []mention.Stay) bool {
	for _, x := range a {
		for _, y := range b {
			if x.To != 0 && y.To != 0 && x.Place != 0 && y.Place != 0 && x.Place != y.Place &&
				max(x.From, y.From).AddDays(1) < min(x.To, y.To) {
				return true
			}
		}
	}
	return false
}

// dead: b was bodily dealt with after a had died.
func dead(s *mention.Set, a, b uint32) bool {
	for _, death := range s.Deaths.Of(a) {
		for _, day := range s.Present.Of(b) {
			if day > death.AddDays(1) {
				return true
			}
		}
	}
	return false
}

// otherAccused: the court has them side by side in one case, and in no case as
// one defendant. Marks of other agencies' files, and marks written in two ways,
// forbid nothing: that they differ is evidence.
func otherAccused(a, b []mention.Case) bool {
	other := false
	for _, x := range a {
		for _, y := range b {
			if x.Key != y.Key || x.Defendant == 0 || y.Defendant == 0 {
				continue
			}
			if x.Defendant == y.Defendant {
				return false
			}
			other = other || x.Mark == y.Mark && x.Mark != mention.Copied
		}
	}
	return other
}

// sameOnPaper: both tell one name and one birth date, to the letter. Two people
// of one case who are called and born the same are one, entered twice.
func sameOnPaper(s *mention.Set, a, b uint32) bool {
	name := slices.ContainsFunc(s.Names.Of(a), func(x mention.Name) bool {
		return x.Given != 0 && x.Surname != 0 && slices.ContainsFunc(s.Names.Of(b), func(y mention.Name) bool {
			return x.Given == y.Given && x.Surname == y.Surname
		})
	})
	return name && slices.ContainsFunc(s.Births.Of(a), func(x mention.Birth) bool { return x.Exact() && slices.Contains(s.Births.Of(b), x) })
}

// together lists the pairs that are one whatever their values say: those a
// person decided, and those whose number one issuer's own prints assert on both
// sides. Where a decision contradicts, none of the group's pairs is forced, and
// the group is a conflict.
func together(s *mention.Set, decisions []Decision, v verdicts) (pairs [][2]uint32, conflicts []Conflict) {
	holder := map[[2]uint32]uint32{}
	for m := range uint32(s.Len()) {
		for _, id := range s.Identifiers.Of(m) {
			if id.How != mention.Asserted {
				continue
			}
			key := [2]uint32{uint32(id.Issuer), id.Value}
			if first, ok := holder[key]; ok {
				pairs = append(pairs, [2]uint32{first, m})
			} else {
				holder[key] = m
			}
		}
	}
	for _, d := range decisions {
		if v[mention.Pair{A: min(d.A, d.B), B: max(d.A, d.B)}] {
			pairs = append(pairs, [2]uint32{min(d.A, d.B), max(d.A, d.B)})
		}
	}
	return withoutContradictions(s.Len(), pairs, v)
}
