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

// linkText says which link an alternative rests on.
type linkText struct{ bits, reason string }

// An alternative is one way the person's rows could have been grouped. Where
// rows are cut off, both parts are decided: a conviction is in one of them.
type alternative struct {
	why   string
	parts [][]uint32
}

// doubt turns determinations that another grouping would change into reviews
// that name the link. determinations[l] are those of law l for history h.
func (t *trial) doubt(person int32, h *casefold.History, determinations [][]relief.Determination) {
	if !anyOpen(determinations) {
		return
	}
	for _, alt := range t.alternatives(person) {
		outcomes := t.outcomes(alt)
		for l := range determinations {
			for i := range determinations[l] {
				d := &determinations[l][i]
				if !open(d) {
					continue
				}
				if other, ok := outcomes[l].of(d); ok && other != d.Outcome {
					toReview(d, other, alt.why)
				}
			}
		}
	}
}

// open reports whether a determination could still become a review.
func open(d *relief.Determination) bool {
	return d.Outcome != relief.Review && d.Outcome != relief.NotCovered
}

func anyOpen(determinations [][]relief.Determination) bool {
	return slices.ContainsFunc(determinations, func(ds []relief.Determination) bool {
		return slices.ContainsFunc(ds, func(d relief.Determination) bool { return open(&d) })
	})
}

// alternatives are each neighbour alone, all together, and the cut of the
// weakest attachment. A neighbour that tells nothing a law reads is left out.
func (t *trial) alternatives(person int32) []alternative {
	p := t.persons
	own := p.records(person)
	var out []alternative
	all, used := slices.Clone(own), 0
	for _, n := range p.neighbours[person] {
		theirs := p.records(n.person)
		if !t.speaks(theirs) {
			continue
		}
		link := t.links[n.link]
		why := fmt.Sprintf("possible link to %s (%s bits, %s)", p.ids[n.person], link.bits, link.reason)
		out = append(out, alternative{why, [][]uint32{merged(own, theirs)}})
		all, used = merged(all, theirs), used+1
	}
	if used > 1 {
		out = append(out, alternative{fmt.Sprintf("%d possible links together", used), [][]uint32{all}})
	}
	if loose := p.loose[person]; len(loose) > 0 && len(loose) < len(own) {
		var rest []uint32
		for _, r := range own {
			if _, cut := slices.BinarySearch(loose, r); !cut {
				rest = append(rest, r)
			}
		}
		why := fmt.Sprintf("weak attachment of %s", p.pop.teller(loose[0]))
		out = append(out, alternative{why, [][]uint32{rest, loose}})
	}
	return out
}

// speaks reports whether any of the records tells something that a law reads:
// a count, a later event, a registration, a death, a birth date.
func (t *trial) speaks(numbers []uint32) bool {
	for _, r := range t.reader.read(numbers) {
		if len(r.Events) > 0 || len(r.Person.Births) > 0 || r.Person.IsDeceased {
			return true
		}
	}
	return false
}

func merged(a, b []uint32) []uint32 {
	out := slices.Concat(a, b)
	slices.Sort(out)
	return slices.Compact(out)
}

// A tried is what one law says of an alternative, by the rows of convictions.
type tried map[casefold.Teller][]*relief.Determination

// outcomes decides an alternative under every law.
func (t *trial) outcomes(alt alternative) []tried {
	out := make([]tried, len(t.deciders))
	for l := range out {
		out[l] = tried{}
	}
	for _, part := range alt.parts {
		h := t.builder.Build("", t.reader.read(part))
		for l, d := range t.deciders {
			ds := d.Decide(&h)
			for i := range ds {
				for _, teller := range ds[i].Tellers {
					out[l][teller] = append(out[l][teller], &ds[i])
				}
			}
		}
	}
	return out
}

// of finds what became of a determination's conviction: the alternative's
// conviction that shares most tellers with it. False where none does.
func (t tried) of(d *relief.Determination) (relief.Outcome, bool) {
	shared := map[*relief.Determination]int{}
	var best *relief.Determination
	for _, teller := range d.Tellers {
		for _, other := range t[teller] {
			shared[other]++
			if best == nil || shared[other] > shared[best] ||
				shared[other] == shared[best] && other.ConvictionID < best.ConvictionID {
				best = other
			}
		}
	}
	if best == nil {
		return "", false
	}
	return best.Outcome, true
}

// toReview makes a determination a review that names the link.
func toReview(d *relief.Determination, other relief.Outcome, why string) {
	d.Reason = fmt.Sprintf("the answer would be %s instead of %s with the %s", other, d.Outcome, why)
	d.Needs = []string{"a decision on the " + why}
	d.Possible = []relief.Outcome{d.Outcome, other}
	d.Outcome, d.LawOutcome, d.Fileable, d.Link = relief.Review, relief.Review, casefold.False, why
}
