package relief

import (
	"slices"

	"github.com/casefold/casefold"
)

// A Change is a conviction whose outcome differs between two sets of
// determinations. Other is "" where the other set has no determination for it.
type Change struct {
	ConvictionID string  `json:"conviction_id"`
	PersonID     string  `json:"person_id"`
	Law          string  `json:"law"`
	Base         Outcome `json:"base"`
	Other        Outcome `json:"other"`
}

// Differs compares the determinations of a person with those of an alternative
// history, conviction by conviction: by ID, else by the rows that tell them,
// because an alternative may name a conviction otherwise. The order is that of
// base.
func Differs(base, alternative []Determination) []Change {
	var out []Change
	for i := range base {
		d := &base[i]
		other := counterpart(d, alternative)
		switch {
		case other == nil:
			out = append(out, Change{d.ConvictionID, d.PersonID, d.Law, d.Outcome, ""})
		case other.Outcome != d.Outcome:
			out = append(out, Change{d.ConvictionID, d.PersonID, d.Law, d.Outcome, other.Outcome})
		}
	}
	return out
}

// counterpart finds the determination of the same law and conviction: equal ID,
// else the one that shares most rows.
func counterpart(d *Determination, among []Determination) *Determination {
	var best *Determination
	shared := 0
	for i := range among {
		o := &among[i]
		if o.Law != d.Law {
			continue
		}
		if o.ConvictionID == d.ConvictionID {
			return o
		}
		n := 0
		for _, t := range d.Tellers {
			if slices.Contains(o.Tellers, t) {
				n++
			}
		}
		if n > shared || n == shared && n > 0 && o.ConvictionID < best.ConvictionID {
			best, shared = o, n
		}
	}
	return best
}

// Diff decides a history under two deciders (two versions of a law, two policies,
// with and without a fact) and lists what changes.
func Diff(h *casefold.History, a, b *Decider) []Change {
	return Differs(a.Decide(h), b.Decide(h))
}
