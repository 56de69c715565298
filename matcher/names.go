package matcher

import (
	"strings"

	"github.com/casefold/casefold/matcher/similarity"
	"github.com/casefold/casefold/mention"
)

// nameLevels are the levels of one name against another.
type nameLevels struct{ given, surname, middle, suffix, order uint8 }

// rank orders outcomes: of two mentions with several names, the pair of names
// that agrees best is the evidence.
func (l nameLevels) rank() int {
	return rank(l.given) + rank(l.surname) + int(l.middle)/8 - int(l.order)/2
}

// rank of a level of a name: missing between different and alike.
func rank(level uint8) int {
	switch {
	case level == 0:
		return 2
	case level == different:
		return 0
	case level < firstEqual:
		return 2 + int(level)
	}
	return 12
}

// severalNames are the levels of the best pair of names; none where one has no name.
func (p *plan) severalNames(a, b uint32) nameLevels {
	as, bs := p.set.Names.Of(a), p.set.Names.Of(b)
	if len(as) == 0 || len(bs) == 0 {
		return nameLevels{}
	}
	return p.bestNames(as, bs)
}

func (p *plan) setNames(best nameLevels, out *Pattern) {
	if p.given >= 0 {
		out.set(p.given, best.given)
	}
	if p.surname >= 0 {
		out.set(p.surname, best.surname)
	}
	if p.middle >= 0 {
		out.set(p.middle, best.middle)
	}
	if p.suffix >= 0 {
		out.set(p.suffix, best.suffix)
	}
	if p.order >= 0 {
		out.set(p.order, best.order)
	}
}

// bestNames are the levels of the pair of names that agrees best.
func (p *plan) bestNames(as, bs []mention.Name) nameLevels {
	var best nameLevels
	bestRank := -1 << 30
	for i := range as {
		for j := range bs {
			l := p.nameLevels(&as[i], &bs[j])
			if r := l.rank(); r > bestRank || r == bestRank && l.packed() > best.packed() {
				best, bestRank = l, r
			}
		}
	}
	return best
}

// packed orders levels of equal rank, so that which name stands first decides
// nothing.
func (l nameLevels) packed() uint32 {
	return uint32(l.given)<<16 | uint32(l.surname)<<12 | uint32(l.middle)<<8 | uint32(l.suffix)<<4 | uint32(l.order)
}

func (p *plan) nameLevels(a, b *mention.Name) nameLevels {
	l := nameLevels{given: p.givenLevel(a.Given, b.Given), surname: p.surnameLevel(a.Surname, b.Surname), order: 1}
	if l.given < near && l.surname < near {
		if s := p.swapped(a, b); s.given != 0 || s.surname != 0 {
			l = s
		}
	}
	if l.given < near && l.surname < near {
		l.order = 0
	}
	if (l.given == different || l.given == 0) && (a.Middle != 0 || b.Middle != 0) && l.order != 2 {
		if a.Middle != 0 && p.names[a.Middle].n > 1 && a.Middle == b.Given || b.Middle != 0 && p.names[b.Middle].n > 1 && b.Middle == a.Given {
			l.given = crossed
		}
	}
	if l.given != crossed {
		l.middle = p.middleLevel(a.Middle, b.Middle)
	}
	l.suffix = suffixLevel(a.Suffix, b.Suffix)
	return l
}

// swapped compares given name with surname crosswise. It holds only where at
// least one side is equal or near and the other does not contradict.
func (p *plan) swapped(a, b *mention.Name) nameLevels {
	if a.Given > b.Given || a.Given == b.Given && a.Surname > b.Surname {
		a, b = b, a // which mention stands first decides nothing
	}
	s := nameLevels{given: p.crosswise(a.Given, b.Surname), surname: p.crosswise(a.Surname, b.Given), order: 2}
	best, worst := max(s.given, s.surname), min(s.given, s.surname)
	if best < near || worst == different {
		return nameLevels{}
	}
	if s.given == onePart {
		s.given = alike
	}
	return s
}

// crosswise compares a given name with a surname. Equal ones are as common as
// the value is in the place where it is more so: NGUYEN, met as a given name
// only where names were swapped, is not rare.
func (p *plan) crosswise(a, b mention.Value) uint8 {
	level := p.surnameLevel(a, b)
	if a == b && a != 0 {
		level = min(level, p.givenBin[a])
	}
	return level
}

func (p *plan) givenLevel(a, b mention.Value) uint8 {
	if a == 0 || b == 0 {
		return 0
	}
	if a == b {
		return p.givenBin[a]
	}
	if x, y := &p.names[a], &p.names[b]; x.n == 1 || y.n == 1 {
		if x.text[0] == y.text[0] {
			return initial
		}
		return different
	}
	level := p.unequal(a, b, 3)
	if level < near && p.nicknames(a, b) {
		return nickname
	}
	return level
}

// nicknames reports whether two given names can be one person's: BOB, ROBERT.
func (p *plan) nicknames(a, b mention.Value) bool {
	as, bs := p.set.Feature.Nicknames.Of(a), p.set.Feature.Nicknames.Of(b)
	for i, j := 0, 0; i < len(as) && j < len(bs); {
		switch {
		case as[i] == bs[j]:
			return true
		case as[i] < bs[j]:
			i++
		default:
			j++
		}
	}
	return false
}

func (p *plan) surnameLevel(a, b mention.Value) uint8 {
	if a == 0 || b == 0 {
		return 0
	}
	if a == b {
		return p.surnameBin[a]
	}
	level := p.unequal(a, b, 4)
	if level < near && p.sharesWord(a, b) {
		return onePart
	}
	return level
}

func (p *plan) middleLevel(a, b mention.Value) uint8 {
	if a == 0 || b == 0 {
		return 0
	}
	if a == b {
		return p.middleBin[a]
	}
	if x, y := &p.names[a], &p.names[b]; x.n == 1 || y.n == 1 {
		if x.text[0] == y.text[0] {
			return initial
		}
		return different
	}
	level := p.unequal(a, b, 3)
	if level < near && p.sharesWord(a, b) {
		return onePart
	}
	return level
}

// unequal grades two different names; prefix is the least length at which the
// beginning of the other counts as a cut-off form.
func (p *plan) unequal(a, b mention.Value, prefix int) uint8 {
	i, j := &p.names[a], &p.names[b]
	if !canBeAlike(i, j) {
		// The beginning of a much longer name has all its letters in common and
		// still fails the test above.
		short, long := i, j
		if short.n > long.n {
			short, long = long, short
		}
		if int(short.n) >= prefix && short.common(long) >= int(short.n) && strings.HasPrefix(p.textOf(longer(p, a, b)), p.textOf(shorter(p, a, b))) {
			return near
		}
		if i.sound != 0 && i.sound == j.sound {
			return alike
		}
		return different
	}
	return p.similar(a, b, prefix)
}

func shorter(p *plan, a, b mention.Value) mention.Value {
	if p.names[a].n <= p.names[b].n {
		return a
	}
	return b
}

func longer(p *plan, a, b mention.Value) mention.Value {
	if p.names[a].n <= p.names[b].n {
		return b
	}
	return a
}

// similar grades two different names that may be alike.
func (p *plan) similar(a, b mention.Value, prefix int) uint8 {
	short, long := p.textOf(a), p.textOf(b)
	if len(short) > len(long) {
		short, long = long, short
	}
	if len(short) >= 2 && len(long) > 2 && similarity.OneEdit(short, long) {
		return near
	}
	if len(short) >= prefix && strings.HasPrefix(long, short) {
		return near
	}
	jw := similarity.JaroWinkler(short, long)
	two := len(short) >= 5 && similarity.WithinTwo(short, long)
	switch {
	case jw >= .92 || jw >= .80 && len(short) >= 6 && two:
		return closer
	case jw >= .80, two, len(short) >= 4 && similarity.Letters(short, long) <= 1:
		return alike
	}
	if x, y := p.names[a].sound, p.names[b].sound; x != 0 && x == y {
		return alike
	}
	return different
}

// sharesWord reports whether two names, one of several words, have a word in
// common.
func (p *plan) sharesWord(a, b mention.Value) bool {
	as, bs := p.set.Feature.Tokens.Of(a), p.set.Feature.Tokens.Of(b)
	if len(as) == 0 && len(bs) == 0 {
		return false
	}
	one, two := [1]mention.Value{a}, [1]mention.Value{b}
	if len(as) == 0 {
		as = one[:]
	}
	if len(bs) == 0 {
		bs = two[:]
	}
	for _, v := range as {
		for _, w := range bs {
			if v == w && p.names[v].n > 2 {
				return true
			}
		}
	}
	return false
}

// suffixLevel is conflict for marks of two generations; JR and II are used for
// the same.
func suffixLevel(a, b mention.Suffix) uint8 {
	switch {
	case a == mention.NoSuffix || b == mention.NoSuffix:
		return 0
	case a == b || a == mention.Junior && b == mention.Second || a == mention.Second && b == mention.Junior:
		return 2
	}
	return 1
}
