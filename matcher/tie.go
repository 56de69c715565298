package matcher

import (
	"cmp"
	"slices"

	"github.com/casefold/casefold/matcher/cluster"
)

// Two rows of two agencies that tell of one event are of one person, as two
// rows of one booking are: the same booking, case or arrest report, or the same
// day of arrest or in court, with a defendant who is called the same and born
// the same. Such ties come before all other evidence. Otherwise a row under a
// false name would follow the name and not the event: the rows of the person
// whose name was given are many, the arrest was one.
//
// An equal number alone ties nothing: names and birth date have to agree; and
// no tie joins two that may not be joined.

// tied reports whether a pattern is that of two rows of one event.
func (p *plan) tied(x Pattern) bool {
	if p.given < 0 || p.surname < 0 || p.birth < 0 {
		return false
	}
	number, day := p.sharedEvent(x)
	if !number && !day {
		return false
	}
	given, surname, birth := x.Level(p.given), x.Level(p.surname), x.Level(p.birth)
	agree := 0
	for _, ok := range [...]bool{given >= initial, surname >= onePart, birth >= oneDigit} {
		if ok {
			agree++
		}
	}
	if agree == 3 {
		return number || given >= nickname && surname >= near && birth >= compatible
	}
	return number && agree == 2 && (given == 0 || surname == 0 || birth == 0)
}

// sharedEvent reports whether both tell one number of an event, and whether
// both tell one day of arrest or in court.
func (p *plan) sharedEvent(x Pattern) (number, day bool) {
	for i := range p.events {
		e := &p.events[i]
		told := x.Level(e.at) >= e.shared
		number, day = number || told && e.number, day || told && !e.number
	}
	return number, day
}

// ties joins the tied pairs into groups, the strongest first, but for those
// that would put two into one group that may not be one. It returns the pairs
// that joined.
func (x *linker) ties(pairs []cluster.Edge) [][2]uint32 {
	slices.SortFunc(pairs, func(a, b cluster.Edge) int {
		return cmp.Or(-cmp.Compare(a.Weight, b.Weight), cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
	})
	group := map[uint32]*[]uint32{}
	of := func(m uint32) *[]uint32 {
		if g := group[m]; g != nil {
			return g
		}
		g := &[]uint32{m}
		group[m] = g
		return g
	}
	for _, f := range x.forced {
		merge(group, of(f[0]), of(f[1]))
	}
	var out [][2]uint32
	for _, t := range pairs {
		a, b := of(t.A), of(t.B)
		if a == b || x.deniedBetween(*a, *b) {
			continue
		}
		merge(group, a, b)
		out = append(out, [2]uint32{t.A, t.B})
	}
	return out
}

// merge moves the smaller group into the larger.
func merge(group map[uint32]*[]uint32, a, b *[]uint32) {
	if a == b {
		return
	}
	if len(*a) < len(*b) {
		a, b = b, a
	}
	for _, m := range *b {
		group[m] = a
	}
	*a = append(*a, *b...)
}

func (x *linker) deniedBetween(as, bs []uint32) bool {
	for _, a := range as {
		for _, b := range bs {
			if x.denied(a, b) {
				return true
			}
		}
	}
	return false
}
