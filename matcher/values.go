package matcher

import (
	"math/bits"
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/matcher/similarity"
	"github.com/casefold/casefold/mention"
)

// birthLevel is the best level over all told birth dates.
func (p *plan) birthLevel(a, b uint32) uint8 {
	best := uint8(0)
	for _, x := range p.set.Births.Of(a) {
		for _, y := range p.set.Births.Of(b) {
			best = max(best, p.birthsLevel(x, y))
		}
	}
	if p.set.Written.Told() && best < oneDigit {
		best = max(best, p.writtenBirths(a, b), p.writtenBirths(b, a))
	}
	return best
}

// writtenBirths compares the birth dates of a mention that are no days with all
// that the other tells. They only speak for: what is no date contradicts none.
func (p *plan) writtenBirths(a, b uint32) uint8 {
	best := uint8(0)
	for _, x := range p.set.Written.Of(a) {
		for _, y := range p.set.Written.Of(b) {
			best = max(best, writtenLevel(x, y))
		}
		for _, y := range p.set.Births.Of(b) {
			if y.Exact() {
				best = max(best, writtenLevel(x, digitsOf(y.First)))
			}
		}
	}
	return best
}

// writtenLevel compares two dates digit by digit; 0: nothing to be said.
func writtenLevel(x, y uint32) uint8 {
	if x>>16 == y>>16 && x>>8&0xff == y&0xff && x&0xff == y>>8&0xff {
		return dayMonth
	}
	diff := x ^ y
	places := (diff | diff>>1 | diff>>2 | diff>>3) & 0x11111111
	switch bits.OnesCount32(places) {
	case 0, 1:
		return oneDigit
	case 2:
		low := bits.TrailingZeros32(places)
		if places>>low == 0x11 && x>>low&15 == y>>(low+4)&15 && x>>(low+4)&15 == y>>low&15 {
			return oneDigit
		}
		return twoDigits
	}
	return 0
}

func (p *plan) birthsLevel(x, y mention.Birth) uint8 {
	if x == y && x.Exact() {
		return p.days.level(x)
	}
	if !x.Exact() || !y.Exact() {
		return spansLevel(x, y)
	}
	return daysLevel(x.First, y.First)
}

// spansLevel grades two births of which one at least is known to a year or a
// span of days only: the days of a year are not told, so that they agree says
// nothing.
func spansLevel(x, y mention.Birth) uint8 {
	if y.First < x.First {
		x, y = y, x
	}
	if y.First <= x.Last {
		return compatible
	}
	apart := serial(y.First) - serial(x.Last)
	years, _ := differingDigits(int(x.First)/10000, int(y.First)/10000)
	switch {
	case apart <= 366, years == 1 && wholeYear(x) && wholeYear(y):
		return sameYear
	case apart >= 14*365:
		return otherGeneration
	}
	return otherDate
}

// wholeYear: a birth of which the year is known and no more.
func wholeYear(b mention.Birth) bool {
	return int(b.First)/10000 == int(b.Last)/10000 && int(b.First)%10000 == 101 && int(b.Last)%10000 == 1231
}

// daysLevel grades two different days as they may be miswritten.
func daysLevel(x, y casefold.Day) uint8 {
	xy, xm, xd := int(x)/10000, int(x)/100%100, int(x)%100
	yy, ym, yd := int(y)/10000, int(y)/100%100, int(y)%100
	if xy == yy && xm == yd && xd == ym {
		return dayMonth
	}
	differ, adjacent := differingDigits(int(x), int(y))
	if differ == 1 || adjacent {
		return oneDigit
	}
	same := 0
	for _, eq := range [...]bool{xy == yy, xm == ym, xd == yd} {
		if eq {
			same++
		}
	}
	switch {
	case differ == 2:
		return twoDigits
	case same == 2:
		return twoOfThree
	case xy == yy || abs(serial(x)-serial(y)) <= 31:
		return sameYear
	case abs(xy-yy) >= 14:
		return otherGeneration
	}
	return otherDate
}

// differingDigits counts the decimal places in which two days differ;
// adjacent: exactly two neighbors, which changed places.
func differingDigits(x, y int) (n int, adjacent bool) {
	place, at := 0, [2]int{}
	var dx, dy [2]int
	for ; x > 0 || y > 0; x, y = x/10, y/10 {
		if x%10 != y%10 {
			if n < 2 {
				at[n], dx[n], dy[n] = place, x%10, y%10
			}
			n++
		}
		place++
	}
	return n, n == 2 && at[1] == at[0]+1 && dx[0] == dy[1] && dx[1] == dy[0]
}

func abs(x int) int { return max(x, -x) }

// digitsOf writes a day with four bits a digit: 1985-12-03 is 0x19851203.
func digitsOf(d casefold.Day) uint32 {
	out, n := uint32(0), uint32(d)
	for shift := 0; n > 0; shift += 4 {
		out |= n % 10 << shift
		n /= 10
	}
	return out
}

// dayOf is the inverse of digitsOf.
func dayOf(x uint32) casefold.Day {
	n := casefold.Day(0)
	for shift := 28; shift >= 0; shift -= 4 {
		n = n*10 + casefold.Day(x>>shift&15)
	}
	return n
}

// rowBirthLevel compares two exact days or none, as rows hold them. It is
// birthsLevel by bits.
func (p *plan) rowBirthLevel(x, y uint32) uint8 {
	switch {
	case x == 0 || y == 0:
		return 0
	case x == y:
		d := dayOf(x)
		return p.days.level(mention.Birth{First: d, Last: d})
	}
	diff := x ^ y
	inYear, inMonth, onDay := diff>>16 == 0, diff>>8&0xff == 0, diff&0xff == 0
	if inYear && x>>8&0xff == y&0xff && x&0xff == y>>8&0xff {
		return dayMonth
	}
	places := (diff | diff>>1 | diff>>2 | diff>>3) & 0x11111111
	switch bits.OnesCount32(places) {
	case 1:
		return oneDigit
	case 2:
		if low := bits.TrailingZeros32(places); places>>low == 0x11 {
			if x>>low&15 == y>>(low+4)&15 && x>>(low+4)&15 == y>>low&15 {
				return oneDigit
			}
		}
		return twoDigits
	}
	if inYear && (inMonth || onDay) || inMonth && onDay {
		return twoOfThree
	}
	if inYear {
		return sameYear
	}
	years := yearOf(x) - yearOf(y)
	switch {
	case years >= -1 && years <= 1 && abs(serial(dayOf(x))-serial(dayOf(y))) <= 31:
		return sameYear
	case abs(years) >= 14:
		return otherGeneration
	}
	return otherDate
}

func yearOf(x uint32) int {
	return int(x>>28)*1000 + int(x>>24&15)*100 + int(x>>20&15)*10 + int(x>>16&15)
}

// sexLevel compares two sexes as rows hold them: 1 M, 2 F, 3 X, 0 not told.
func sexLevel(a, b uint32) uint8 {
	switch {
	case a == 0 || b == 0:
		return 0
	case a != b:
		return 1
	case a == 2:
		return 3
	}
	return 2
}

// level of the best pair of values.
func (v *valuesAt) level(a, b uint32) uint8 {
	best := uint8(0)
	for _, x := range v.list.Of(a) {
		for _, y := range v.list.Of(b) {
			best = max(best, v.valueLevel(x, y))
		}
	}
	return best
}

func (v *valuesAt) valueLevel(x, y mention.Value) uint8 {
	if x == y {
		return v.bin[x]
	}
	return v.unequal(v.dict.Text(x), v.dict.Text(y))
}

// slipLevel grades two different numbers.
func slipLevel(a, b string) uint8 {
	switch similarity.NumberSlip(a, b) {
	case similarity.NoSlip:
		return 1
	case similarity.TwoDigits:
		return 2
	}
	return 3
}

func emailLevel(a, b string) uint8 {
	x, _, _ := strings.Cut(a, "@")
	y, _, _ := strings.Cut(b, "@")
	switch {
	case similarity.OneEdit(a, b):
		return 4
	case x == y && len(x) >= 4:
		return 3
	case similarity.JaroWinkler(a, b) >= .90:
		return 2
	}
	return 1
}

func attributeLevel(a, b string) uint8 {
	switch {
	case min(len(a), len(b)) >= 3 && similarity.OneEdit(a, b):
		return 3
	case similarity.JaroWinkler(a, b) >= .88:
		return 2
	}
	return 1
}

// numberLevel is the best level over numbers of the same issuer; numbers of
// two issuers say nothing about each other.
func (p *plan) numberLevel(n *numberAt, a, b uint32, named bool) uint8 {
	best := uint8(0)
	for _, x := range p.set.Identifiers.Of(a) {
		if !n.kind[x.Issuer] {
			continue
		}
		for _, y := range p.set.Identifiers.Of(b) {
			if x.Issuer != y.Issuer {
				continue
			}
			best = betterNumber(best, p.numbersLevel(n, x.Issuer, x.Value, y.Value, howBits(x.How), howBits(y.How), named))
		}
	}
	return best
}

// betterNumber is the stronger of two levels. Prints that differ say more than
// other numbers that do, and less than a slip.
func betterNumber(x, y uint8) uint8 {
	rank := func(l uint8) uint8 {
		if l == printsDiffer {
			return 2*different + 1
		}
		return 2 * l
	}
	if rank(y) > rank(x) {
		return y
	}
	return x
}

// numbersLevel compares two numbers of one issuer, with the bits of how each
// came into its row; named: the names agree, and birth dates are told.
func (p *plan) numbersLevel(n *numberAt, issuer uint16, x, y mention.Value, how, other uint32, named bool) uint8 {
	if x == y {
		if how |= other; how&copiedBit != 0 || named && how&documentBit != 0 {
			return copied
		}
		return n.bin[issuer][x]
	}
	d := p.set.Issuers[issuer].Values
	level := slipLevel(d.Text(x), d.Text(y))
	if level == different {
		return differentNumbers(how & other)
	}
	return level
}

// differentNumbers is the level of two numbers that are no slip of each other,
// by how both came into their rows.
func differentNumbers(how uint32) uint8 {
	if how&printBit != 0 {
		return printsDiffer
	}
	return different
}
