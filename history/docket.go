package history

import (
	"cmp"
	"slices"

	"github.com/casefold/casefold"
)

// A docket is the set of tellings that one source files together: a step of
// the state's cycle under one number, or a court's rows of one number.
type docket struct {
	src      int
	source   string
	tellings []int
	acc      account
	file     int // index into work.cases after joining; parent while joining
	cycle    string
	step     string
	key      string
	court    casefold.AgencyKind
	carried  bool // all that its source tells of it went on in another file
}

// A file is one court file: dockets joined.
type file struct {
	dockets []int
	counts  int // see fileCases
	acc     account
}

// inFile reports whether a telling speaks of a count in a court file, and so
// takes part in the linkage of files.
func (t *telling) inFile() bool {
	switch t.kind {
	case casefold.CourtEvent, casefold.FilingEvent, casefold.ReliefEvent, casefold.ListingEvent:
		return true
	case casefold.ApplicantEvent:
		return false
	case casefold.DeceasedEvent, casefold.CommitmentEvent, casefold.RegistrationEvent:
		return slices.ContainsFunc(t.refs, func(r ref) bool { return r.e.Disposition.Status == casefold.Convicted })
	}
	return t.acc.outcome == outcomeConvicted ||
		len(t.acc.numbers) > 0 && len(t.acc.charges) > 0 && t.kind != casefold.ArrestEvent
}

// collectDockets groups tellings by what their source files together and
// numbers the lists.
func (w *work) collectDockets() {
	for i := 0; i < len(w.tellings); {
		j := i + 1
		for j < len(w.tellings) && w.sameList(&w.tellings[j-1], &w.tellings[j]) {
			j++
		}
		w.docketsOf(i, j)
		i = j
	}
	for i := range w.dockets {
		d := &w.dockets[i]
		d.carried = true
		for _, t := range d.tellings {
			d.carried = d.carried && w.tellings[t].marks.carried
			w.tellings[t].docket = i
			d.acc.merge(&w.tellings[t].acc)
			if d.court == "" {
				d.court = w.courtOf(w.tellings[t].refs[0]).Kind
			}
		}
	}
}

// sameList reports whether two neighbouring tellings stand in one list of
// counts: one step of a cycle, or one number of a source without steps.
func (w *work) sameList(a, b *telling) bool {
	x, y := w.records[a.refs[0].rec], w.records[b.refs[0].rec]
	e, f := a.event(), b.event()
	if x.Teller.Source != y.Teller.Source || a.key != b.key || e.Cycle != f.Cycle || e.Step != f.Step {
		return false
	}
	if stepped(e) {
		return true
	}
	if w.ownEntry(a.refs[0]) != w.ownEntry(b.refs[0]) {
		return false
	}
	if len(e.Cases) > 0 || len(f.Cases) > 0 {
		return len(e.Cases) > 0 && len(f.Cases) > 0 && compareMainNumbers(e, f) == 0
	}
	return x == y || sameOccasion(e, f) || w.partsOfOne(a, b) && compareOccasions(e, f) == 0
}

// sameOccasion reports whether two rows without a number were written down
// together as two counts: one booking, or one arrest and filing, and numbered
// apart or in one booking.
func sameOccasion(e, f *casefold.Event) bool {
	if compareOccasions(e, f) != 0 {
		return false
	}
	if firstBooking(e) != "" {
		return e.Count != f.Count || e.Count == ""
	}
	return e.ArrestDate.Known() && e.FiledDate.Known() && e.Count != "" && f.Count != "" && e.Count != f.Count
}

// docketsOf makes the dockets of the list of tellings from i to j: one per
// number told in it. Tellings without a number stand with the list's only
// number, else by themselves.
func (w *work) docketsOf(i, j int) {
	list := len(w.dockets)
	blank := -1
	numbered := 0
	for k := i; k < j; k++ {
		t := &w.tellings[k]
		t.list = list
		if !t.inFile() || len(t.acc.numbers) == 0 {
			continue
		}
		if d := w.findDocket(list, t.acc.numbers); d >= 0 {
			w.dockets[d].tellings = append(w.dockets[d].tellings, k)
			continue
		}
		numbered++
		w.newDocket(k)
	}
	for k := i; k < j; k++ {
		t := &w.tellings[k]
		if !t.inFile() || len(t.acc.numbers) > 0 {
			continue
		}
		switch {
		case numbered == 1:
			w.dockets[list].tellings = append(w.dockets[list].tellings, k)
		case blank >= 0:
			w.dockets[blank].tellings = append(w.dockets[blank].tellings, k)
		default:
			blank = len(w.dockets)
			w.newDocket(k)
		}
	}
	for d := list; d < len(w.dockets); d++ {
		slices.Sort(w.dockets[d].tellings)
	}
}

func (w *work) newDocket(k int) {
	t := &w.tellings[k]
	e := t.event()
	w.dockets = append(w.dockets, docket{
		src: t.src, source: w.records[t.refs[0].rec].Teller.Source,
		tellings: one(&w.scratch.ints, k), key: t.key, cycle: e.Cycle, step: e.Step,
	})
}

func (w *work) findDocket(from int, numbers []casefold.CaseNumber) int {
	for d := from; d < len(w.dockets); d++ {
		for _, k := range w.dockets[d].tellings {
			for i := range w.tellings[k].acc.numbers {
				for j := range numbers {
					if l := compareNumber(&w.tellings[k].acc.numbers[i], &numbers[j]); l == numberEqual || l == numberRespelled {
						return d
					}
				}
			}
		}
	}
	return -1
}

// A pair is two dockets or two files with the weight of their being one.
type pair struct {
	a, b int
	bits int64
}

// joinCases links dockets into files. First the dockets that share a number of
// one court, unless what else they tell contradicts; then the rest, best pair
// first, where one pair stands out.
func (w *work) joinCases() {
	w.cases = w.cases[:0]
	for i := range w.dockets {
		w.dockets[i].file = i
		w.cases = append(w.cases, file{dockets: one(&w.scratch.ints, i)})
		w.cases[i].acc.merge(&w.dockets[i].acc)
	}
	for pass := 0; pass < 4 && w.joinPass(pass == 0); pass++ {
	}
	w.compactFiles()
}

// joinPass weighs all pairs of files and joins the best. numbered restricts it
// to pairs with an equal number. It reports whether another pass may help.
func (w *work) joinPass(numbered bool) bool {
	q := &w.b.weights.File
	w.pairs = w.pairs[:0]
	weigh := func(i, j int) {
		a, b := &w.cases[i].acc, &w.cases[j].acc
		if numbered && compareNumbers(a, b) != numberEqual {
			return
		}
		v := compareFiles(a, b)
		if bits := q.sum(v[:], fileLevels[:], "", nil); bits >= q.Same {
			w.pairs = append(w.pairs, pair{i, j, bits})
		}
	}
	if numbered {
		w.eachNumbered(weigh)
	} else {
		w.eachPair(weigh)
	}
	slices.SortFunc(w.pairs, func(x, y pair) int {
		return cmp.Or(-cmp.Compare(x.bits, y.bits), cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b))
	})
	joined := false
	for _, p := range w.pairs {
		a, b := &w.cases[p.a], &w.cases[p.b]
		if len(a.dockets) == 0 || len(b.dockets) == 0 || w.rivalled(p) || !numbered && !w.allowed(a, b, p.bits) {
			continue
		}
		a.dockets = append(a.dockets, b.dockets...)
		a.acc.merge(&b.acc)
		b.dockets = nil
		joined = true
	}
	return joined || numbered
}

// rivalled reports whether another pair of this pass is nearly as good for
// either file, and its third file cannot be one with this pair: then neither is
// taken, and all stay possibly the same.
func (w *work) rivalled(p pair) bool {
	for _, q := range w.pairs {
		if q == p || q.a != p.a && q.a != p.b && q.b != p.a && q.b != p.b {
			continue
		}
		if len(w.cases[q.a].dockets) == 0 || len(w.cases[q.b].dockets) == 0 || q.bits < p.bits-w.b.weights.File.Margin {
			continue
		}
		third, other := q.a, p.a
		if third == p.a || third == p.b {
			third = q.b
		}
		if q.a == p.a || q.b == p.a {
			other = p.b
		}
		if w.separation(&w.cases[third], &w.cases[other]) == keptApart {
			return true
		}
	}
	return false
}

// allowed reports whether the sources let two files be joined at a weight.
func (w *work) allowed(a, b *file, bits int64) bool {
	switch w.separation(a, b) {
	case notKept:
		return true
	case unproved:
		return bits >= w.b.weights.File.Unproved
	}
	return false
}

// A separation says whether a source itself keeps two files apart.
type separation int8

const (
	notKept   separation = iota // no source speaks against their being one
	unproved                    // a source tells both, and no number says that they are one
	keptApart                   // a source has a number of one form for each
)

// separation finds how the sources keep two files. Numbers of one form in one
// kind of court are two files; so are two defendant marks of one court. Where the numbers are
// alike but for a slip, only a court is sure of its own numbers. A relation that
// is told outweighs all of this but a defendant mark.
func (w *work) separation(a, b *file) separation {
	related := compareNumbers(&a.acc, &b.acc) == numberRelated
	worst := notKept
	for _, i := range a.dockets {
		for _, j := range b.dockets {
			x, y := &w.dockets[i], &w.dockets[j]
			l := int8(missing)
			if len(x.acc.numbers) > 0 && len(y.acc.numbers) > 0 {
				l = compareNumbers(&x.acc, &y.acc)
			}
			if l == numberOtherAccused {
				if x.source == y.source && w.tellings[x.tellings[0]].teller == casefold.TellerCourt {
					return keptApart
				}
				worst = max(worst, unproved) // any other teller's mark may be a slip
			}
			if x.source != y.source || x.key != y.key || related {
				continue
			}
			worst = max(worst, keptBy(w.tellings[x.tellings[0]].teller, x, y, l))
		}
	}
	return worst
}

// keptBy is how one source keeps two dockets whose numbers compare as l.
func keptBy(teller casefold.TellerKind, x, y *docket, l int8) separation {
	switch {
	case l == missing && teller == casefold.TellerPolice && twoReports(x, y):
		return keptApart
	case l == missing && (x.cycle == "" || x.cycle != y.cycle):
		return unproved
	case x.carried || y.carried:
		return unproved // it went into another file, and nobody says which
	case x.court != y.court, l == numberOtherPrefix && x.cycle != "" && x.cycle == y.cycle:
		return notKept // the municipal court's number and the superior court's
	case l == numberDifferent && teller != casefold.TellerCourt && oneArrest(x, y):
		return unproved // two numbers of one arrest: the files may have been joined later
	case l == numberDifferent, l == numberOtherPrefix, l == numberNear && teller == casefold.TellerCourt:
		return keptApart
	case l == numberNear:
		return unproved
	}
	return notKept
}

// twoReports reports whether a police force has two reports, of two arrests.
func twoReports(x, y *docket) bool {
	if len(x.acc.bookings) == 0 || len(y.acc.bookings) == 0 || compareArrests(&x.acc, &y.acc) != arrestApart {
		return false
	}
	return compareHeard(&x.acc, &y.acc) != heardDay
}

// oneArrest reports whether two dockets of one source follow from one arrest.
func oneArrest(x, y *docket) bool {
	if x.cycle != "" || y.cycle != "" {
		return x.cycle == y.cycle
	}
	switch compareArrests(&x.acc, &y.acc) {
	case arrestNumber, arrestDay:
		return true
	}
	return false
}

func (w *work) compactFiles() {
	n := 0
	for i := range w.cases {
		if len(w.cases[i].dockets) == 0 {
			continue
		}
		w.cases[n] = w.cases[i]
		slices.Sort(w.cases[n].dockets)
		for _, d := range w.cases[n].dockets {
			w.dockets[d].file = n
		}
		n++
	}
	clear(w.cases[n:])
	w.cases = w.cases[:n]
}
