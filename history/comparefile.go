package history

import (
	"slices"
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/normalize/caseno"
)

// compareFiles compares what two accounts tell of the court file: one level
// per comparison of fileLevels.
func compareFiles(a, b *account) (v [fileComparisons]int8) {
	v[fileNumber] = compareNumbers(a, b)
	v[fileCourt] = compareCourts(a.families, b.families)
	if v[fileCourt] == missing && a.county != "" && a.county == b.county {
		v[fileCourt] = courtSame
	}
	v[fileArrest] = compareArrests(a, b)
	v[fileHeard] = compareHeard(a, b)
	v[fileFiled] = compareFiled(a.filed, b.filed)
	v[fileCharges] = compareChargeLists(a.charges, b.charges)
	if v[fileCourt] == courtOtherCounty && (v[fileNumber] == numberRelated || a.moved || b.moved) {
		v[fileCourt] = missing // a transfer is told: it explains the other court
	}
	return v
}

// compareNumbers gives the best level of any pair of numbers, where two marks of
// one number beat what is only alike; a number that the other side names as
// related counts as related.
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

// named reports whether one side names a number of the other as related. The
// number named may be another court's, whatever family it was read in.
func named(related, numbers []casefold.CaseNumber) bool {
	for i := range related {
		for j := range numbers {
			r := related[i]
			r.Family = numbers[j].Family
			l := compareNumber(&r, &numbers[j])
			if l == numberEqual || l == numberRespelled {
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
	if a.Key == b.Key {
		switch {
		case a.Defendant != "" && b.Defendant != "" && !sameMark(a.Defendant, b.Defendant):
			return numberOtherAccused
		case bare:
			return numberRespelled
		}
		return numberEqual
	}
	if l := markInKey(a, b); l != missing {
		return l
	}
	near := caseno.Far
	if digitsNear(a.Key, b.Key) {
		if a.Key > b.Key {
			a, b = b, a
		}
		near = caseno.Distance(*a, *b) // asked in one order: it is not symmetric for short keys
	}
	switch near {
	case caseno.Respelled:
		return numberRespelled
	case caseno.PartMissing, caseno.PrefixDiffers:
		return numberPart
	case caseno.OneDigit, caseno.Transposed, caseno.OneMissing:
		return numberNear
	}
	switch {
	case bare:
		return numberOtherCourt
	case !sameShape(a.Key, b.Key) && !sameShape(a.Verbatim, b.Verbatim): // a key has no leading zeros
		return numberOtherShape
	case prefix(a.Key) != prefix(b.Key):
		return numberOtherPrefix
	}
	return numberDifferent
}

// digitsNear reports whether two keys have nearly the same digits, in any
// order, zeros aside: at most a year's two digits more and one slip. Keys that
// do not are far from each other, and need no closer look.
func digitsNear(a, b string) bool {
	var n [256]int8
	for i := range len(a) {
		n[a[i]]++
	}
	for i := range len(b) {
		n[b[i]]--
	}
	apart := 0
	for d := '1'; d <= '9'; d++ {
		if n[d] < 0 {
			apart -= int(n[d])
		} else {
			apart += int(n[d])
		}
	}
	return apart <= 4
}

// markInKey compares two numbers of which one may hold the defendant's mark in
// its key: F03-4040-1 or F03-4040A, and F03-4040 with mark 1.
func markInKey(a, b *casefold.CaseNumber) int8 {
	if len(a.Key) > len(b.Key) {
		a, b = b, a
	}
	if x, y := dashedMark(a.Key), dashedMark(b.Key); x > 0 && x == y && a.Key[:x] == b.Key[:y] && !sameMark(plainNumber(a.Key[x+1:]), plainNumber(b.Key[y+1:])) {
		return numberOtherAccused
	}
	n := len(a.Key)
	if n < 4 || len(b.Key) > n+3 || b.Key[:n] != a.Key {
		return missing
	}
	mark := b.Key[n:]
	switch {
	case len(mark) == 1 && mark[0] >= 'A' && mark[0] <= 'Z':
	case len(mark) > 1 && mark[0] == '-':
		mark = plainNumber(mark[1:])
	default:
		return missing
	}
	switch {
	case a.Defendant == "", mark == "0": // a mark cut short by the column is none
		return numberRespelled
	case sameMark(a.Defendant, mark):
		return numberEqual
	}
	return numberOtherAccused
}

// dashedMark is the place of the dash before a mark of one or two digits at the
// end of a key that has a year and a sequence before it; 0 if there is none.
func dashedMark(key string) int {
	i := strings.LastIndexByte(key, '-')
	if i < 5 || len(key)-i > 3 || !digits(key[i+1:]) || strings.IndexByte(key[:i], '-') < 0 {
		return 0
	}
	return i
}

// sameMark reports whether two marks name one defendant: the first is 1, 01 or A.
func sameMark(a, b string) bool {
	return a == b || markNumber(a) == markNumber(b) && markNumber(a) != 0
}

func markNumber(s string) int {
	if len(s) == 1 && s[0] >= 'A' && s[0] <= 'Z' {
		return int(s[0]-'A') + 1
	}
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' || n > 1000 {
			return 0
		}
		n = 10*n + int(s[i]-'0')
	}
	return n
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

// prefix is the letters that a key begins with.
func prefix(key string) string {
	i := 0
	for i < len(key) && kindOf(key[i]) == 'A' {
		i++
	}
	return key[:i]
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
	for _, x := range a.cycles {
		if slices.Contains(b.cycles, x) {
			return arrestCycle
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
	switch {
	case best >= heardWeeks && handedOver(a, b):
		return heardMoved
	case a.entry != b.entry && best >= heardWeeks:
		return heardEntry
	}
	return best
}

// handOver is the number of days within which a court enters a file that another
// county's court transferred to it.
const handOver = 45

// handedOver reports whether one side tells of a transfer and the other, of
// another court, entered its file in the days after it.
func handedOver(a, b *account) bool {
	return len(a.movedOn)+len(b.movedOn) > 0 && compareCourts(a.families, b.families) == courtOtherCounty &&
		(receivedAfter(a, b) || receivedAfter(b, a))
}

func receivedAfter(from, by *account) bool {
	for _, m := range from.movedOn {
		for _, h := range by.heard {
			if h.date.Before(m) != casefold.True && daysApart(m, h.date) <= handOver {
				return true
			}
		}
		for _, d := range by.movedOn {
			if daysApart(m, d) <= handOver {
				return true
			}
		}
	}
	return false
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
	if !substantive(a) || !substantive(b) {
		return missing
	}
	if sections(a) > sections(b) {
		a, b = b, a
	}
	found, all := 0, 0
	for i, x := range a {
		if seenBefore(a[:i], x) || x.offense.Section == "" || procedure(x.offense) != "" {
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

// substantive reports whether a list names a section that is none of procedure.
func substantive(list []charge) bool {
	for i := range list {
		if list[i].offense.Section != "" && procedure(list[i].offense) == "" {
			return true
		}
	}
	return false
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
