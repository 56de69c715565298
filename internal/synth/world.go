package synth

import (
	"github.com/casefold/casefold"
)

// The two counties whose agencies deliver files.
const (
	office    = "SACRAMENTO"
	neighbour = "YOLO"
)

// countyORI is the identifier of the main police force of each county that
// arrests people of ours.
var countyORI = map[string]string{
	neighbour: "CA0570400", "PLACER": "CA0310500", "SAN JOAQUIN": "CA0390500", "EL DORADO": "CA0090100", "ALAMEDA": "CA0010900", "SOLANO": "CA0480200",
}

// countyCode is the state's number of a county.
var countyCode = map[string]string{
	office: "34", neighbour: "57", "PLACER": "31", "SAN JOAQUIN": "39", "EL DORADO": "09", "ALAMEDA": "01", "SOLANO": "48",
}

// hundred is how many persons are drawn together: kin, co-defendants and
// impersonators are found among them.
const hundred = 64

// A world is the county as it is, before any agency tells of it.
type world struct {
	opts      Options
	t         *tables
	end       casefold.Day // nothing happens on or after this day
	registers registers
}

func newWorld(o Options) *world {
	return &world{opts: o, t: loadTables(), end: o.AsOf.AddDays(-60), registers: registers{}}
}

// lives draws the persons of a hundred, with what they did together.
func (w *world) lives(group int) []*life {
	first := group * hundred
	n := min(hundred, w.opts.People-first)
	all := make([]*life, n)
	for i := range all {
		all[i] = w.life(first + i)
	}
	w.codefendants(all)
	for _, l := range all {
		l.sortArrests()
		for _, a := range l.arrests {
			r := newStream(w.opts.Seed, topicFace, l.index).fork(uint64(a.n))
			a.face = w.face(&r, a, all)
		}
	}
	w.issueAll(all)
	for _, l := range all {
		l.collect()
	}
	return all
}

// collect numbers the convictions in order of time.
func (l *life) collect() {
	for _, a := range l.arrests {
		a.of = l
		if a.file == nil {
			continue
		}
		for _, k := range a.file.counts {
			if k.truth != nil {
				k.truth.who = l
				k.truth.n = len(l.convictions) + 1
				l.convictions = append(l.convictions, k.truth)
			}
		}
	}
}

// codefendants lets some cases have a second defendant of the same hundred:
// the brother if there is one, else anybody of age.
func (w *world) codefendants(all []*life) {
	for i, l := range all {
		r := newStream(w.opts.Seed, topicLife, l.index).fork(1 << 40)
		for _, a := range append([]*arrest{}, l.arrests...) {
			hit, with := r.chance(w.opts.Rates.CoDefendants), r.below(len(all))
			if !hit || a.file == nil || a.file.defendants > 1 || a.venue != adultCourt {
				continue
			}
			if j := i ^ 1; j < len(all) && r.chance(.5) {
				if _, kin := w.base(max(l.index, all[j].index)); kin == sibling || kin == twin {
					with = j
				}
			}
			q := all[with]
			if with == i || a.day < q.birth.AddYears(18) || q.death != 0 && a.file.sentenced >= q.death || !q.free(a.day) {
				continue
			}
			b := w.arrest(&r, q.identity, a.day, a)
			b.n = q.numberOf
			q.numberOf++
			b.file.defendant, b.file.defendants, a.file.defendants = 2, 2, 2
			b.file.municipal = a.file.municipal
			b.leader, a.follower = a, b
			q.arrests = append(q.arrests, b)
		}
	}
}

// free reports whether the person could be arrested on that day.
func (l *life) free(d casefold.Day) bool {
	for _, a := range l.arrests {
		if a.day == d {
			return false
		}
		if a.file == nil || a.day > d {
			continue
		}
		for _, k := range a.file.counts {
			if k.truth != nil {
				if _, served := k.sentenceEnd(a.file.sentenced); d <= served {
					return false
				}
			}
		}
	}
	return true
}
