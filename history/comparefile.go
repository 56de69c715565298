package history

import (
	"strings"

	"github.com/casefold/casefold"
)

// compareFiles compares what two accounts tell of the court file: one level
// per comparison of fileLevels.
func compareFiles(a, b *account) (v [fileComparisons]int8) {
	v[fileNumber] = compareNumbers(a, b)
	v[fileCourt] = compareCourts(a.families, b.families)
	v[fileArrest] = compareArrests(a, b)
	v[fileHeard] = compareHeard(a, b)
	v[fileFiled] = compareFiled(a.filed, b.filed)
	v[fileCharges] = compareChargeLists(a.charges, b.charges)
	// A file that moved to another county is compared with what it was there.
	if v[fileCourt] == courtOtherCounty && v[fileNumber] == numberDifferent {
		v[fileNumber] = numberOtherCourt
	}
	return v
}

// compareNumbers gives the best level of any pair of numbers; a number that the
// other side names as related counts as related.
func compareNumbers(a, b *account) int8 {
	best := int8(missing)
	better := func(l int8) {
		if best == missing || l < best {
			best = l
		}
	}
	for i := range a.numbers {
		for j := range b.numbers {
			better(compareNumber(&a.numbers[i], &b.numbers[j]))
		}
	}
	if best == numberEqual {
		return best
	}
	if named(a.related, b.numbers) || named(b.related, a.numbers) {
		better(numberRelated)
	}
	return best
}

func named(related, numbers []casefold.CaseNumber) bool {
	for i := range related {
		for j := range numbers {
			l := compareNumber(&related[i], &numbers[j])
			if l == numberEqual || l == numberBare {
				return true
			}
		}
	}
	return false
}

func compareNumber(a, b *casefold.CaseNumber) int8 {
	bare := a.Family == "" || b.Family == ""
	if !bare && a.Family != b.Family {
		return numberOtherCourt
	}
	switch {
	case a.Key == b.Key:
		switch {
		case a.Defendant != "" && b.Defendant != "" && a.Defendant != b.Defendant:
			return numberOtherAccused
		case bare:
			return numberBare
		}
		return numberEqual
	case bare:
		return numberOtherCourt
	case oneEdit(a.Key, b.Key):
		return numberNear
	case partOf(a.Key, b.Key) || partOf(b.Key, a.Key):
		return numberPart
	case !sameShape(a.Key, b.Key):
		return numberOtherShape
	}
	return numberDifferent
}

// oneEdit reports whether two keys differ by one character, one missing
// character, or two neighbours swapped. Short keys are never near.
func oneEdit(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) < 5 || len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return a[i:] == b[i+1:]
	}
	if i == len(a) || a[i+1:] == b[i+1:] {
		return true
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}

// partOf reports whether the digits at the end of long are all of short, five
// or more: the prefix or the year was left out.
func partOf(short, long string) bool {
	d := lastDigits(short)
	return len(d) >= 5 && len(d) == len(short) && len(short) < len(long) && strings.HasSuffix(long, d)
}

func lastDigits(s string) string {
	i := len(s)
	for i > 0 && s[i-1] >= '0' && s[i-1] <= '9' {
		i--
	}
	return s[i:]
}

// sameShape reports whether two keys are written alike: letters where the other
// has letters, digits where it has digits, lengths within one.
func sameShape(a, b string) bool {
	for len(a) > 0 && len(b) > 0 {
		x, y := kindOf(a[0]), kindOf(b[0])
		if x != y {
			return false
		}
		i, j := run(a), run(b)
		if i-j > 1 || j-i > 1 || x == 'A' && i != j {
			return false
		}
		a, b = a[i:], b[j:]
	}
	return a == "" && b == ""
}

func kindOf(c byte) byte {
	switch {
	case c >= '0' && c <= '9':
		return '9'
	case c >= 'A' && c <= 'Z':
		return 'A'
	}
	return c
}

func run(s string) int {
	i := 1
	for i < len(s) && kindOf(s[i]) == kindOf(s[0]) {
		i++
	}
	return i
}

func compareCourts(a, b []string) int8 {
	if len(a) == 0 || len(b) == 0 {
		return missing
	}
	level := int8(courtOtherSystem)
	for _, f := range a {
		for _, g := range b {
			if f == g {
				return courtSame
			}
			if system(f) == system(g) {
				level = courtOtherCounty
			}
		}
	}
	return level
}

// system is the first word of a court family: CASC, CAJV, US, another state.
func system(family string) string {
	s, _, _ := strings.Cut(family, " ")
	return s
}

func compareArrests(a, b *account) int8 {
	for _, x := range a.bookings {
		for _, y := range b.bookings {
			if x == y {
				return arrestNumber
			}
		}
	}
	best := int8(missing)
	for _, x := range a.arrested {
		for _, y := range b.arrested {
			if l := compareArrestDates(x, y); best == missing || l < best {
				best = l
			}
		}
	}
	return best
}

func compareArrestDates(x, y casefold.Date) int8 {
	switch d := daysApart(x, y); {
	case x.Exact() && x == y:
		return arrestDay
	case d == 0:
		return arrestOverlap
	case d <= 3:
		return arrestNear
	}
	return arrestApart
}

// daysApart is the number of days that certainly lie between two dates, 0 if
// they overlap. Both must be known.
func daysApart(x, y casefold.Date) int {
	switch {
	case x.Last < y.First:
		return y.First.Serial() - x.Last.Serial()
	case y.Last < x.First:
		return x.First.Serial() - y.Last.Serial()
	}
	return 0
}

// pleaToSentence is the number of days within which a plea and a sentence, or
// a sentence and the state's entry of it, are commonly apart.
const pleaToSentence = 120

func compareHeard(a, b *account) int8 {
	best := int8(missing)
	for _, x := range a.heard {
		for _, y := range b.heard {
			if l := compareHeardDates(x, y); best == missing || l < best {
				best = l
			}
		}
	}
	if a.entry != b.entry && best >= heardWeeks {
		return heardEntry
	}
	return best
}

func compareHeardDates(x, y heardDate) int8 {
	days := daysApart(x.date, y.date)
	switch {
	case x.date.Exact() && x.date == y.date:
		if x.role == y.role || x.role == roleStep || y.role == roleStep {
			return heardDay
		}
		return heardCross
	case days == 0:
		return heardOverlap
	case days <= 3:
		return heardNear
	case days <= pleaToSentence:
		return heardWeeks
	}
	return heardApart
}

func compareFiled(a, b []casefold.Date) int8 {
	best := int8(missing)
	for _, x := range a {
		for _, y := range b {
			l := int8(filedApart)
			switch d := daysApart(x, y); {
			case x == y && x.Exact():
				l = filedDay
			case d <= 3:
				l = filedNear
			}
			if best == missing || l < best {
				best = l
			}
		}
	}
	return best
}

// compareChargeLists asks how many sections of the shorter list stand in the
// longer one, in any stage of the prosecution.
func compareChargeLists(a, b []charge) int8 {
	if len(a) == 0 || len(b) == 0 {
		return missing
	}
	if sections(a) > sections(b) {
		a, b = b, a
	}
	found, all := 0, 0
	for i, x := range a {
		if seenBefore(a[:i], x) {
			continue
		}
		all++
		for _, y := range b {
			if compareStatutes(x.offense, y.offense) <= chargeNarrower {
				found++
				break
			}
		}
	}
	switch found {
	case all:
		return chargesAll
	case 0:
		return chargesNone
	}
	return chargesSome
}

func sections(list []charge) int {
	n := 0
	for i, x := range list {
		if !seenBefore(list[:i], x) {
			n++
		}
	}
	return n
}

func seenBefore(list []charge, x charge) bool {
	for _, y := range list {
		if sameStatute(x.offense, y.offense) {
			return true
		}
	}
	return false
}
