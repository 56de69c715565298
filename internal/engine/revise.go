package engine

import (
	"bytes"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/segment"
	"github.com/casefold/casefold/relief"
)

// A revision is what becomes of determinations once the doubles are known. What
// stands under another person and may be the same conviction is not seen when a
// person is decided: relief granted there may be this one's, and an entry on the
// state's list too. So the convictions that have such a twin are decided again, and
// one that is now a review replaces what it was; nothing else changes.
type revision struct {
	deciders []*relief.Decider
	coder    *coder
	rulings  map[string][]byte // reviews, by their key
}

func newRevision(laws []*relief.Law, c relief.Context) *revision {
	r := &revision{coder: newCoder(), rulings: map[string][]byte{}}
	for _, l := range laws {
		r.deciders = append(r.deciders, l.Decider(c))
	}
	return r
}

// decide takes up the reviews of a history whose doubles are named.
func (r *revision) decide(h *casefold.History, named map[string]*double) {
	weighs := false
	for _, d := range named {
		weighs = weighs || len(d.beside) > 0
	}
	if !weighs {
		return
	}
	for _, d := range r.deciders {
		for _, ruled := range d.Decide(h) {
			if d := named[ruled.ConvictionID]; d == nil || len(d.beside) == 0 || ruled.Outcome != relief.Review {
				continue
			}
			for i := range h.Convictions {
				if c := &h.Convictions[i]; c.ID == ruled.ConvictionID {
					v := ruling{about(c), ruled}
					r.rulings[rulingKey(ruled.ConvictionID, ruled.Law)] = bytes.Clone(r.coder.encodeRuling(&v))
				}
			}
		}
	}
}

// determinations writes those that were decided, each that is revised in its
// new form, and counts them so.
func (r *revision) determinations(d *decided, w *segment.SortedWriter) error {
	return d.determinations.Each(func(key, value []byte) error {
		now := r.rulings[string(key)]
		if now == nil {
			return w.Append(key, value)
		}
		was, err := r.coder.decodeRuling(value)
		if err != nil {
			return err
		}
		if was.Outcome == relief.Review {
			delete(r.rulings, string(key)) // it keeps what it waited for
			return w.Append(key, value)
		}
		if before := was.Law + " " + string(was.Outcome); d.counts[before] > 1 {
			d.counts[before]--
		} else {
			delete(d.counts, before)
		}
		d.counts[was.Law+" "+string(relief.Review)]++
		return w.Append(key, now)
	})
}

// owed writes those of the determinations that are still owed; it follows
// determinations.
func (r *revision) owed(d *decided, w *segment.SortedWriter) error {
	return d.owed.Each(func(key, value []byte) error {
		if r.rulings[string(key)] != nil {
			return nil
		}
		return w.Append(key, value)
	})
}
