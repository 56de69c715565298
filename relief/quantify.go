package relief

import (
	"slices"

	"github.com/casefold/casefold"
)

// quantify answers exists and count. Nothing found is worth what the clause
// says of an absence; something possible is unknown, and says what of each
// candidate is missing.
func (x *scope) quantify(q *quantifier, proof *Node) verdict {
	if q.domain == ofEvent && q.absent.witness == casefold.AboutRelief {
		if v := x.reliefEntered(proof); v != noAnswer {
			return v
		}
	}
	t := tally{}
	keep := *x
	switch q.domain {
	case ofConviction:
		for i := range x.h.Convictions {
			if x.counts(i) {
				x.at = i
				t.add(x.h.Convictions[i].Case, x.candidate(q, proof))
			}
		}
	case ofEvent:
		events := x.conviction().Events
		for i := range events {
			x.event = &events[i]
			t.add(-1, x.candidate(q, proof))
		}
		if t.sure == 0 && q.absent.witness == casefold.AboutRelief {
			t.add(-1, x.reliefBeside(q, proof))
		}
	case ofRegistration:
		for i := range x.h.Registrations {
			x.reg = &x.h.Registrations[i]
			t.add(-1, x.candidate(q, proof))
		}
	case ofCharge:
		if c := x.conviction().Case; c >= 0 && c < len(x.h.Cases) {
			counts := x.h.Cases[c].Counts
			for i := range counts {
				if counts[i].Conviction != x.subject {
					x.charge = &counts[i]
					t.add(-1, x.candidate(q, proof))
				}
			}
		}
	}
	x.at, x.event, x.reg, x.charge = keep.at, keep.event, keep.reg, keep.charge
	v := t.verdict(q)
	if v == vNo {
		v = x.absence(q, proof)
	}
	if proof != nil {
		proof.Truth, proof.Cause = v.truth(), v.cause().String()
	}
	return v
}

// reliefBeside asks whether relief stands with a conviction that may be this
// one: then it may be this one's.
func (x *scope) reliefBeside(q *quantifier, proof *Node) verdict {
	at, own := x.at, x.conviction()
	defer func() { x.at = at }()
	for i := range x.h.Convictions {
		c := &x.h.Convictions[i]
		if i == at || !slices.Contains(c.PossiblySame, own.ID) && !slices.Contains(own.PossiblySame, c.ID) {
			continue
		}
		x.at = i
		if v := x.reliefAmong(c.Events, q, proof); v != vNo {
			return v
		}
	}
	x.at = at
	for i := range own.Beside {
		if v := x.reliefAmong(own.Beside[i].Events, q, proof); v != vNo {
			return v
		}
	}
	return vNo
}

// reliefAmong asks whether relief is among later events that may be those of the
// subject.
func (x *scope) reliefAmong(events []casefold.LaterEvent, q *quantifier, proof *Node) verdict {
	own := &x.h.Convictions[x.subject]
	for i := range events {
		x.event = &events[i]
		if x.d.law.eval(q.where, x, nil).truth() != casefold.True {
			continue
		}
		if proof != nil {
			proof.lack(own, "relief_"+x.d.law.Name, "whether %s is of %s, which may be the conviction it is told of", x.thing(), nameOf(own))
		}
		return unknown(possible)
	}
	return vNo
}

// counts reports whether another conviction takes part in quantifiers: not the
// subject, not one that was undone.
func (x *scope) counts(i int) bool {
	return i != x.subject && x.h.Convictions[i].Reversed != casefold.True
}

// ownConviction asks whether a conviction that would count is another one than
// the subject, where the history holds that the two may be one.
func (x *scope) ownConviction(proof *Node) verdict {
	c, own := x.conviction(), &x.h.Convictions[x.subject]
	if !slices.Contains(c.PossiblySame, own.ID) {
		return vYes
	}
	if proof != nil {
		proof.lack(own, "same_conviction", "whether %s is another conviction than %s", nameOf(c), nameOf(own))
	}
	return unknown(possible)
}

func (x *scope) candidate(q *quantifier, proof *Node) verdict {
	n := proof.child()
	v := x.d.law.eval(q.where, x, n)
	if v.truth() == casefold.True {
		v = v.and(x.stands(q.domain, n))
	}
	if n != nil {
		n.Text = x.thing() + ": " + n.Text
		n.Truth, n.Cause = v.truth(), v.cause().String()
	}
	return v
}

// stands asks whether a candidate that would count can be relied on: another
// conviction must not have been undone; an event or registration must not hang
// on weak links alone.
func (x *scope) stands(d domain, proof *Node) verdict {
	var tellers []casefold.Teller
	switch d {
	case ofConviction:
		return x.ownConviction(proof).and(evalUndone(x, &arg{kind: argYes, yes: true}, proof).not())
	case ofEvent:
		tellers = x.event.Tellers
	case ofRegistration:
		tellers = x.reg.Tellers
	}
	if !x.weak(tellers) {
		return vYes
	}
	if proof != nil {
		proof.lack(&x.h.Convictions[x.subject], "identity", "that %s is of this person: its rows hang on a weak link", x.thing())
	}
	return unknown(possible)
}

// thing names what a quantifier is asking about.
func (x *scope) thing() string {
	switch {
	case x.event != nil:
		return "the later " + eventWord(x.event.Kind) + " " + x.event.Date.String()
	case x.reg != nil:
		return "the registration " + x.reg.Date.String()
	case x.charge != nil && x.charge.Offense != nil:
		return "the charge " + x.charge.Offense.Statute.String()
	case x.charge != nil:
		return "a charge without a section"
	}
	return nameOf(x.conviction())
}

// A tally counts candidates that hold and that may hold; by case, each case
// counts once.
type tally struct {
	sure, maybe         int
	sureCases, maybeIDs []int
	why                 cause
}

func (t *tally) add(inCase int, v verdict) {
	switch v.truth() {
	case casefold.True:
		t.sure++
		t.sureCases = addCase(t.sureCases, inCase, t.sure)
	case casefold.Unknown:
		t.maybe++
		t.maybeIDs = addCase(t.maybeIDs, inCase, t.sure+t.maybe)
		t.why = max(t.why, v.cause())
	}
}

// addCase adds a case once; a conviction without a case counts by itself.
func addCase(cases []int, c, serial int) []int {
	if c < 0 {
		c = -serial - 1
	}
	if slices.Contains(cases, c) {
		return cases
	}
	return append(cases, c)
}

func (t *tally) verdict(q *quantifier) verdict {
	sure, maybe := t.sure, t.maybe
	if q.byCase {
		sure, maybe = len(t.sureCases), 0
		for _, c := range t.maybeIDs {
			if !slices.Contains(t.sureCases, c) {
				maybe++
			}
		}
	}
	switch {
	case sure >= q.atLeast:
		return vYes
	case sure+maybe >= q.atLeast:
		return unknown(max(t.why, possible))
	}
	return vNo
}

// absence says what "none" is worth: known where a source is complete for the
// question, presumed where the law presumes it, else without a witness.
func (x *scope) absence(q *quantifier, proof *Node) verdict {
	c := &x.h.Convictions[x.subject]
	switch {
	case len(q.absent.presumed) > 0:
		if x.complete(casefold.AboutConvictions, c, proof) {
			return vNo
		}
		return mk(casefold.False, presumed)
	case q.absent.witness == casefold.AboutRelief:
		if !x.reliefWitness(c, proof) {
			if proof != nil {
				proof.lack(c, "relief_"+x.d.law.Name, "a court or state row of %s itself, or its docket, to see whether relief was granted; told by %s",
					nameOf(c), x.toldBy(c))
			}
			return unknown(unwitnessed)
		}
	case q.absent.witness == casefold.AboutConvictions:
		if !x.completeRecord(proof) {
			if proof != nil {
				proof.lack(c, completeSource, "a source that is complete for convictions of the person, everywhere and up to now")
			}
			return unknown(unwitnessed)
		}
	case q.absent.witness != "":
		if !x.complete(q.absent.witness, c, proof) {
			if proof != nil {
				proof.lack(c, completeSource, "a source that is complete for %s", q.absent.witness)
			}
			return unknown(unwitnessed)
		}
	}
	return vNo
}
