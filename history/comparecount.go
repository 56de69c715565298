package history

import (
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/normalize/statute"
)

// compareCounts compares what two accounts tell of one count of one file. only
// says that each is the only conviction its side tells of in that file.
func compareCounts(a, b *account, only bool) (v [countComparisons]int8) {
	v[countNumber] = compareCountNumbers(a.counts, b.counts)
	v[countCharge] = compareCharges(a.charges, b.charges)
	v[countOutcome] = compareOutcomes(a, b)
	v[countLevel] = compareLevels(a.levels, b.levels)
	v[countSentence] = compareSentences(a.sentence, b.sentence)
	switch {
	case a.custody && !b.custody:
		v[countSentence] = compareCustody(b.sentence)
	case b.custody && !a.custody:
		v[countSentence] = compareCustody(a.sentence)
	}
	v[countOnly], v[countStep] = missing, missing
	if only && a.outcome == outcomeConvicted && b.outcome == outcomeConvicted {
		v[countOnly] = onlyConviction
		if v[countCharge] == chargeLesser && min(lastStage(a.charges), lastStage(b.charges)) == stageFiled && compareHeard(a, b) == heardDay {
			v[countCharge] = chargeAsFiled // one judgment of one day: the other side tells the charge as filed
		}
	}
	return v
}

func compareCountNumbers(a, b []string) int8 {
	if len(a) == 0 || len(b) == 0 {
		return missing
	}
	for _, x := range a {
		for _, y := range b {
			if x == y {
				return countEqual
			}
		}
	}
	return countDiffers
}

// compareCharges compares the gravest stage that each side tells; where the
// two are another section, a section of one side that the other tells of an
// earlier stage makes it as-filed.
func compareCharges(a, b []charge) int8 {
	if len(a) == 0 || len(b) == 0 {
		return missing
	}
	top, told := int8(chargeDifferent), false
	sa, sb := lastStage(a), lastStage(b)
	cross := false
	for _, x := range a {
		for _, y := range b {
			if (x.offense.Section == "") != (y.offense.Section == "") {
				continue // words that did not parse say nothing about a section
			}
			told = true
			l := compareStatutes(x.offense, y.offense)
			if x.stage == sa && y.stage == sb {
				top = min(top, l)
			} else if l <= chargeNarrower {
				cross = true
			}
		}
	}
	if !told {
		return missing
	}
	switch {
	case top > chargeAsFiled && cross:
		return chargeAsFiled
	case top == chargeDifferent && (sa <= stageFiled || sb <= stageFiled) && lesserOf(a, b, sa, sb):
		return chargeLesser
	}
	return top
}

// lesserOf reports whether the gravest charges that two sides tell are such as
// bargains lead from one to the other, where one of the sides may tell the
// charge as it was filed: 11359 and 11357.
func lesserOf(a, b []charge, sa, sb stage) bool {
	for _, x := range a {
		for _, y := range b {
			if x.stage == sa && y.stage == sb && lessers().related(x.offense, y.offense) {
				return true
			}
		}
	}
	return false
}

func lastStage(list []charge) stage {
	s := stageArrested
	for _, c := range list {
		s = max(s, c.stage)
	}
	return s
}

// compareStatutes gives a level of the charge comparison, never as-filed.
func compareStatutes(a, b *casefold.Offense) int8 {
	if a == b {
		return chargeSame
	}
	if a.Section == "" || b.Section == "" {
		if a.Section == b.Section && a.Verbatim != "" && a.Verbatim == b.Verbatim {
			return chargeSame
		}
		return chargeDifferent
	}
	if a.Code != b.Code && a.Code != "" && b.Code != "" {
		return chargeDifferent
	}
	if a.Section != b.Section {
		switch {
		case readAlike(a, b):
			return chargeNarrower
		case renumbered(a, b):
			if a.Inchoate != b.Inchoate {
				return chargeOtherPart
			}
			return chargeNarrower
		}
		return chargeDifferent
	}
	switch {
	case a.Inchoate != b.Inchoate:
		return chargeOtherPart
	case a.Path == b.Path:
		return chargeSame
	case strings.HasPrefix(a.Path, b.Path) || strings.HasPrefix(b.Path, a.Path):
		return chargeNarrower
	}
	return chargeOtherPart
}

// renumbered reports whether one section is the other's number of before or
// after a renumbering: HS 11530 became 11357, PC 288a became 287.
func renumbered(a, b *casefold.Offense) bool {
	return a.Code == b.Code && statute.Renumbered(a.Statute, b.Statute)
}

// readAlike reports whether two statutes have the same letters and digits, and
// one has parentheses where the other has none: 288A and 288(a), 4151 and
// 415(1). They are most often one text, read in two ways.
func readAlike(a, b *casefold.Offense) bool {
	if (a.Path == "") == (b.Path == "") || a.Inchoate != b.Inchoate {
		return false
	}
	if a.Path == "" {
		a, b = b, a
	}
	s := b.Section
	if len(s) <= len(a.Section) || s[:len(a.Section)] != a.Section {
		return false
	}
	s = s[len(a.Section):]
	for i := range len(a.Path) {
		c := a.Path[i]
		if c == '(' || c == ')' {
			continue
		}
		if c >= 'a' && c <= 'z' {
			c -= 'a' - 'A'
		}
		if s == "" || s[0] != c {
			return false
		}
		s = s[1:]
	}
	return s == ""
}

func sameStatute(a, b *casefold.Offense) bool {
	return a == b || a.Statute == b.Statute && (a.Section != "" || a.Verbatim == b.Verbatim)
}

// compareOutcomes finds a contradiction where one side was convicted and the
// other ended without conviction, unless the end came so long after the
// judgment that it can only have undone it.
func compareOutcomes(a, b *account) int8 {
	switch {
	case a.outcome <= outcomeImplied || b.outcome <= outcomeImplied:
		return missing
	case a.outcome != b.outcome:
		if a.outcome == outcomeEnded {
			a, b = b, a
		}
		if a.judged.Before(b.ended) == casefold.True && daysApart(a.judged, b.ended) > pleaToSentence {
			return missing
		}
		return outcomeContradict
	case a.outcome == outcomeConvicted:
		return outcomeBothConvicted
	}
	return outcomeBothEnded
}

func compareLevels(a, b uint8) int8 {
	switch {
	case a == 0 || b == 0:
		return missing
	case a&b != 0:
		return levelSame
	}
	return levelDiffers
}

// compareSentences compares kinds and lengths; a part without length agrees
// with any part of its kind.
func compareSentences(a, b []casefold.SentencePart) int8 {
	if len(a) == 0 || len(b) == 0 {
		return missing
	}
	x, y := agreeing(a, b), agreeing(b, a)
	switch {
	case x == len(a) && y == len(b):
		return sentenceSame
	case x > 0:
		return sentenceOverlap
	}
	return sentenceDiffers
}

// compareCustody compares a term served with a sentence.
func compareCustody(sentence []casefold.SentencePart) int8 {
	if len(sentence) == 0 {
		return missing
	}
	for _, p := range sentence {
		switch p.Kind {
		case casefold.Jail, casefold.PrisonTerm, casefold.CountyPrison, casefold.Life, casefold.Death,
			casefold.YouthAuthority, casefold.TimeServed, casefold.OtherSentence:
			return sentenceCustody
		}
	}
	return sentenceNoCustody
}

func agreeing(a, b []casefold.SentencePart) int {
	n := 0
	for _, p := range a {
		for _, q := range b {
			if p.Kind == q.Kind && (p.Length == 0 || q.Length == 0 || sentenceDays(p) == sentenceDays(q)) {
				n++
				break
			}
		}
	}
	return n
}

// sentenceDays makes lengths comparable across units: a year is 12 months of
// 30.4 days, so that 12 months and 1 year, or 365 days and 1 year, agree.
func sentenceDays(p casefold.SentencePart) int {
	switch p.Unit {
	case "M":
		return p.Length * 365 / 12
	case "Y":
		return p.Length * 365
	}
	return p.Length
}
