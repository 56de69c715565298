package engine

import (
	"fmt"
	"slices"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/history"
	"github.com/casefold/casefold/relief"
)

// A trial decides a person again with other rows: what the determinations
// would be if a possible link were one person after all, or if the weakest
// accepted attachment were cut (invariant 7).
type trial struct {
	persons  *persons
	links    []linkText
	builder  *history.Builder
	reader   *recordReader
	deciders []*relief.Decider // one per law
}

// A linkText is a possible link in words, with the rows of its strongest pair.
type linkText struct {
	bits, reason string
	a, b         casefold.Teller
}

// An alternative is one way the person's rows could have been grouped. Where
// rows are cut off, both parts are decided: a conviction is in one of them.
type alternative struct {
	links []relief.Link
	parts [][]uint32
}

// doubt turns determinations that another grouping would change into reviews
// that name the links. determinations[l] are those of law l.
func (t *trial) doubt(person int32, determinations [][]relief.Determination) {
	if !slices.ContainsFunc(determinations, anyOpen) {
		return
	}
	alternatives, together := t.alternatives(person)
	doubts := make([]map[string][]relief.Link, len(determinations))
	for l := range doubts {
		doubts[l] = map[string][]relief.Link{}
	}
	for _, alt := range alternatives {
		t.try(alt, determinations, doubts)
	}
	if together != nil && undoubted(determinations, doubts) {
		t.try(*together, determinations, doubts)
	}
	for l := range determinations {
		for i := range determinations[l] {
			d := &determinations[l][i]
			if links := doubts[l][d.ConvictionID]; len(links) > 0 {
				d.Doubt(links...)
			}
		}
	}
}

// open reports whether a determination could still become a review.
func open(d relief.Determination) bool {
	return d.Outcome != relief.Review && d.Outcome != relief.NotCovered
}

func anyOpen(ds []relief.Determination) bool { return slices.ContainsFunc(ds, open) }

// undoubted reports whether some open determination hangs on no link yet.
func undoubted(determinations [][]relief.Determination, doubts []map[string][]relief.Link) bool {
	for l := range determinations {
		for i := range determinations[l] {
			if d := &determinations[l][i]; open(*d) && len(doubts[l][d.ConvictionID]) == 0 {
				return true
			}
		}
	}
	return false
}

// try decides an alternative under every law and notes what it would change.
func (t *trial) try(alt alternative, determinations [][]relief.Determination, doubts []map[string][]relief.Link) {
	others := make([][]relief.Determination, len(t.deciders))
	for _, part := range alt.parts {
		h := t.builder.Build("", t.reader.read(part))
		for l, d := range t.deciders {
			others[l] = append(others[l], d.Decide(&h)...)
		}
	}
	for l := range determinations {
		wasOpen := map[string]bool{}
		for i := range determinations[l] {
			d := &determinations[l][i]
			wasOpen[d.ConvictionID] = open(*d)
		}
		for _, change := range relief.Differs(determinations[l], others[l]) {
			id := change.ConvictionID
			if !wasOpen[id] || len(alt.links) > 1 && len(doubts[l][id]) > 0 {
				continue
			}
			for _, link := range alt.links {
				link.Other, link.Together = change.Other, len(alt.links) > 1
				doubts[l][id] = append(doubts[l][id], link)
			}
		}
	}
}

// alternatives are each neighbour alone and the cut of the weakest attachment;
// and all neighbours together, if there are several. A neighbour that tells
// nothing a law reads, or is none but for one pair of rows, is left out.
func (t *trial) alternatives(person int32) (alone []alternative, together *alternative) {
	p := t.persons
	own := p.records(person)
	all := alternative{parts: [][]uint32{own}}
	for _, n := range p.neighbours[person] {
		theirs := p.records(n.person)
		if n.apart || !t.speaks(theirs) {
			continue
		}
		link := t.between(person, n)
		alone = append(alone, alternative{[]relief.Link{link}, [][]uint32{union(own, theirs)}})
		all.links, all.parts[0] = append(all.links, link), union(all.parts[0], theirs)
	}
	if len(all.links) > 1 {
		together = &all
	}
	if loose := p.loose[person]; len(loose) > 0 && len(loose) < len(own) {
		rest := slices.DeleteFunc(slices.Clone(own), func(r uint32) bool {
			_, cut := slices.BinarySearch(loose, r)
			return cut
		})
		a, b := p.pop.teller(loose[0]), p.pop.teller(rest[0])
		link := relief.Link{Says: fmt.Sprintf("weak attachment of %s to %s", a, b), A: a, B: b}
		alone = append(alone, alternative{[]relief.Link{link}, [][]uint32{rest, loose}})
	}
	return alone, together
}

// between names a possible link in words that are the same from both ends.
func (t *trial) between(person int32, n neighbour) relief.Link {
	a, b := t.persons.ids[person], t.persons.ids[n.person]
	if a > b {
		a, b = b, a
	}
	text := t.links[n.link]
	return relief.Link{Says: fmt.Sprintf("possible link between %s and %s (%s bits, %s)", a, b, text.bits, text.reason), A: text.a, B: text.b}
}

// speaks reports whether any of the records tells something that a law reads.
func (t *trial) speaks(numbers []uint32) bool {
	for _, r := range t.reader.read(numbers) {
		if relief.Speaks(&r) {
			return true
		}
	}
	return false
}

func union(a, b []uint32) []uint32 {
	out := slices.Concat(a, b)
	slices.Sort(out)
	return slices.Compact(out)
}
