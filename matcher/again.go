package matcher

import (
	"github.com/casefold/casefold/matcher/cluster"
	"github.com/casefold/casefold/mention"
)

// repeatable are the comparisons of what every record tells anew. Where two
// clusters differ in one, and each has told its own value several times, one
// person would have to be miswritten as many times, and two people never. A
// difference that one record of either side tells alone is counted once. (Given
// names: an alias is told again and again as well.)
var repeatable = map[Kind]bool{Middle: true, Suffix: true, Birth: true, Number: true}

// mostRepeated is how many records of the smaller side count: each beyond the
// first adds half of what the difference says by itself, for errors are copied
// from record to record.
const mostRepeated = 3

// repeated is what a comparison says against two clusters being one person, once
// it is counted how often both sides told their own.
func (p *plan) repeated(said int64, c int, e *cluster.Evidence) int64 {
	if said >= 0 || e.Told[c] < 4 || !repeatable[p.comps[c].Kind] {
		return said
	}
	k := min(p.telling(c, e.A), p.telling(c, e.B))
	return said + said*int64(max(k-1, 0))/2
}

// telling counts the mentions that tell what is compared, up to mostRepeated.
func (p *plan) telling(c int, mentions []uint32) int {
	n := 0
	for _, m := range mentions {
		if p.tells(c, m) {
			if n++; n == mostRepeated {
				break
			}
		}
	}
	return n
}

// tells reports whether a mention tells what a repeatable comparison compares.
func (p *plan) tells(c int, m uint32) bool {
	name := func(of func(n *mention.Name) bool) bool {
		names := p.set.Names.Of(m)
		for i := range names {
			if of(&names[i]) {
				return true
			}
		}
		return false
	}
	switch p.comps[c].Kind {
	case Middle:
		return name(func(n *mention.Name) bool { return n.Middle != 0 })
	case Suffix:
		return name(func(n *mention.Name) bool { return n.Suffix != 0 })
	case Birth:
		return len(p.set.Births.Of(m)) > 0
	case Number:
		for _, id := range p.set.Identifiers.Of(m) {
			if string(p.set.Issuers[id.Issuer].Kind) == p.comps[c].Arg {
				return true
			}
		}
	}
	return false
}
