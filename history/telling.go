package history

import (
	"cmp"
	"slices"
	"strings"

	"github.com/casefold/casefold"
)

// A work is the scratch space of one Build.
type work struct {
	b        *Builder
	mem      *Memory // of what lasts
	scratch  scratch
	lists    [][]int            // scratch: see listsOf
	records  []*casefold.Record // sorted by teller
	tellings []telling          // sorted by content, see compareRefs
	dockets  []docket
	cases    []file
	counts   []count
	refs     []ref
	keyed    []keyed
	links    []link // pairs of counts that may be one
	pairs    []pair
	starts   []start

	testimonies []testimony       // per count
	heard       []voice           // of all testimonies
	buf         []casefold.Teller // scratch
	dates       []said[casefold.Date]
	bornOn      []said[casefold.Date]
	sexes       []said[casefold.Sex]
	words       []said[string]
	offenses    []said[*casefold.Offense]
	outcomes    []said[casefold.Disposition]
	courts      []said[casefold.Agency]
	match       matching
	names       toldList[casefold.Name]
	births      toldList[casefold.Date]
	numbers     toldList[casefold.Identifier]
	byNumber    []numbered
	pairSet     []pair
	tooMany     bool
	families    []namedFamily
	tellerSets  [][]casefold.Teller // sets already handed out, of the count at hand
}

// reset forgets a person but keeps the space.
func (w *work) reset() {
	clear(w.records)
	clear(w.tellings)
	clear(w.dockets)
	clear(w.cases)
	clear(w.counts)
	clear(w.refs)
	clear(w.keyed[:cap(w.keyed)])
	clear(w.starts)
	clear(w.testimonies)
	clear(w.heard)
	clear(w.buf[:cap(w.buf)])
	clear(w.dates[:cap(w.dates)])
	clear(w.bornOn[:cap(w.bornOn)])
	clear(w.sexes[:cap(w.sexes)])
	clear(w.words[:cap(w.words)])
	clear(w.offenses[:cap(w.offenses)])
	clear(w.outcomes[:cap(w.outcomes)])
	clear(w.courts[:cap(w.courts)])
	clear(w.families)
	clear(w.byNumber[:cap(w.byNumber)])
	w.tooMany = false
	w.families = w.families[:0]
	clear(w.tellerSets[:cap(w.tellerSets)])
	w.testimonies, w.heard, w.buf, w.tellerSets = w.testimonies[:0], w.heard[:0], w.buf[:0], w.tellerSets[:0]
	w.records, w.tellings, w.dockets = w.records[:0], w.tellings[:0], w.dockets[:0]
	w.cases, w.counts, w.refs = w.cases[:0], w.counts[:0], w.refs[:0]
	w.links, w.pairs = w.links[:0], w.pairs[:0]
	w.starts = w.starts[:0]
	w.names.reset()
	w.births.reset()
	w.numbers.reset()
	w.b, w.mem = nil, nil
}

func (w *work) sortRecords(records []casefold.Record) {
	for i := range records {
		w.records = append(w.records, &records[i])
	}
	slices.SortFunc(w.records, func(a, b *casefold.Record) int {
		return casefold.CompareTellers(a.Teller, b.Teller)
	})
}

// A ref is one event of one record.
type ref struct {
	rec, ev int
	src     int
	key     string // person key; see adoptKeys
	e       *casefold.Event
}

// A telling is what one source tells of one count at one step: one event, or
// several where the source writes a row per part of the sentence or appends to
// a count.
type telling struct {
	refs   []ref
	src    int // index into Builder.sources, -1 for a source not known
	teller casefold.TellerKind
	kind   casefold.EventKind
	court  casefold.AgencyKind
	key    string // person key
	list   int    // tellings of one list are different counts of one file
	docket int
	count  int // index into work.counts, -1 none
	acc    account
	marks  marks
	later  bool // marked as an entry of something after the judgment
	whole  bool // names a charge that several convictions of its file have, and speaks of all of them
}

// marks are the meanings of a telling's qualifiers, charges and relief.
type marks struct {
	reentry, transfer, warrant, juvenile bool
	relief                               bool // tells of a later event
	procedural                           bool // no charge but procedural ones
	carried                              bool // goes on in another file: consolidated, refiled
}

func (t *telling) event() *casefold.Event { return t.refs[0].e }

// collectTellings folds the events of the person's records into tellings.
func (w *work) collectTellings() {
	for i, r := range w.records {
		src, ok := w.b.byName[r.Teller.Source]
		if !ok {
			src = -1
		}
		for j := range r.Events {
			w.refs = append(w.refs, ref{i, j, src, r.Person.PersonKey, &r.Events[j]})
		}
	}
	w.adoptKeys()
	slices.SortFunc(w.refs, w.compareRefs)
	for i := 0; i < len(w.refs); {
		j := i + 1
		for j < len(w.refs) && w.sameGroup(w.refs[i], w.refs[j]) {
			j++
		}
		w.foldGroup(w.refs[i:j])
		i = j
	}
	for i := range w.tellings {
		w.describeTelling(&w.tellings[i])
	}
	w.foldEntries()
}

// compareRefs brings the events of one count of one source together.
func (w *work) compareRefs(a, b ref) int {
	if a.src != b.src {
		return cmp.Compare(a.src, b.src)
	}
	x, y := w.records[a.rec], w.records[b.rec]
	if a.src < 0 {
		if c := strings.Compare(x.Teller.Source, y.Teller.Source); c != 0 {
			return c
		}
	}
	if c := strings.Compare(a.key, b.key); c != 0 {
		return c
	}
	if c := compareOrder(a.e.Cycle, b.e.Cycle); c != 0 {
		return c
	}
	if c := compareOrder(a.e.Step, b.e.Step); c != 0 {
		return c
	}
	if !stepped(a.e) || !stepped(b.e) {
		if c := compareMainNumbers(a.e, b.e); c != 0 {
			return c
		}
		if c := strings.Compare(w.ownEntry(a), w.ownEntry(b)); c != 0 {
			return c
		}
		if len(a.e.Cases) == 0 {
			if c := cmp.Or(compareOccasions(a.e, b.e), compareJudgments(a.e, b.e)); c != 0 {
				return c
			}
		}
	}
	return cmp.Or(compareOrder(a.e.Count, b.e.Count), cmp.Compare(a.rec, b.rec), cmp.Compare(a.ev, b.ev))
}

// ownEntry is the number under which a prosecutor's office entered a case, where
// its rows tell no numbers of counts: two of them for one court's number are one
// case entered twice, not two counts of it. "" for all other rows.
func (w *work) ownEntry(r ref) string {
	if r.e.Count != "" || len(r.e.Arrests) == 0 || r.src < 0 || w.b.sources[r.src].Teller != casefold.TellerDA {
		return ""
	}
	return r.e.Arrests[len(r.e.Arrests)-1]
}

// stepped reports whether the source orders its counts in cycles and steps.
func stepped(e *casefold.Event) bool { return e.Cycle != "" && e.Step != "" }

// compareOrder compares order marks: by number where both are numbers.
func compareOrder(a, b string) int {
	if a == b {
		return 0
	}
	if len(a) != len(b) && digits(a) && digits(b) {
		x, y := strings.TrimLeft(a, "0"), strings.TrimLeft(b, "0")
		if c := cmp.Or(cmp.Compare(len(x), len(y)), strings.Compare(x, y)); c != 0 {
			return c
		}
	}
	return strings.Compare(a, b)
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

func mainNumber(e *casefold.Event) (n casefold.CaseNumber) {
	if len(e.Cases) > 0 {
		return e.Cases[0]
	}
	return n
}

func compareMainNumbers(a, b *casefold.Event) int {
	x, y := mainNumber(a), mainNumber(b)
	return cmp.Or(strings.Compare(x.Family, y.Family), strings.Compare(x.Key, y.Key),
		strings.Compare(x.Defendant, y.Defendant))
}

// compareOccasions orders events without a number by what else tells which of
// them their source wrote down together: the booking, and the days of arrest,
// filing and step.
func compareOccasions(a, b *casefold.Event) int {
	return cmp.Or(strings.Compare(firstBooking(a), firstBooking(b)), a.ArrestDate.Compare(b.ArrestDate),
		a.FiledDate.Compare(b.FiledDate), a.Date.Compare(b.Date))
}

// compareJudgments orders events without a number by the days of the judgment.
func compareJudgments(a, b *casefold.Event) int {
	return cmp.Or(a.ConvictionDate.Compare(b.ConvictionDate), a.DispositionDate.Compare(b.DispositionDate),
		a.SentenceDate.Compare(b.SentenceDate))
}

func firstBooking(e *casefold.Event) string {
	if len(e.Bookings) > 0 {
		return e.Bookings[0]
	}
	return ""
}

// sameGroup reports whether two neighbours in order may be one count of one
// source: equal cycle, step and count; or equal number and count. Without a
// count number two rows are two tellings.
func (w *work) sameGroup(a, b ref) bool {
	x, y := w.records[a.rec], w.records[b.rec]
	if x.Teller.Source != y.Teller.Source || a.key != b.key {
		return false
	}
	e, f := a.e, b.e
	if e.Cycle != f.Cycle || e.Step != f.Step || e.Count != f.Count || e.Count == "" {
		return false
	}
	if stepped(e) {
		return true
	}
	return len(e.Cases) > 0 && len(f.Cases) > 0 && compareMainNumbers(e, f) == 0
}

// foldGroup makes tellings of a group. Rows that contradict each other in
// charge or number are two tellings although their source numbers them alike.
func (w *work) foldGroup(group []ref) {
	first := len(w.tellings)
next:
	for i, r := range group {
		for k := first; k < len(w.tellings); k++ {
			t := &w.tellings[k]
			if agree(t.refs, r.e) {
				t.refs = append(t.refs, r)
				continue next
			}
		}
		w.tellings = append(w.tellings, telling{
			refs: group[i : i+1 : i+1], src: r.src, count: -1, docket: -1, list: -1,
			key: r.key,
		})
	}
}

func agree(refs []ref, e *casefold.Event) bool {
	for _, r := range refs {
		if contradict(r.e.Convicted, e.Convicted) || contradict(r.e.Filed, e.Filed) ||
			contradict(r.e.Arrested, e.Arrested) || r.e.Kind != e.Kind && !companion(r.e.Kind) && !companion(e.Kind) {
			return false
		}
		if len(r.e.Cases) > 0 && len(e.Cases) > 0 && disjoint(r.e.Cases, e.Cases) {
			return false
		}
	}
	return true
}

// companion kinds may stand beside another kind in one count.
func companion(k casefold.EventKind) bool {
	return k == casefold.ReliefEvent || k == casefold.ListingEvent || k == casefold.OtherEvent || k == ""
}

// contradict reports whether two charges of one stage cannot be one: another
// section, neither being procedural.
func contradict(a, b *casefold.Offense) bool {
	return a != nil && b != nil && a != b && a.Section != "" && b.Section != "" &&
		compareStatutes(a, b) == chargeDifferent && procedure(a) == "" && procedure(b) == ""
}

func disjoint(a, b []casefold.CaseNumber) bool {
	for i := range a {
		for j := range b {
			if l := compareNumber(&a[i], &b[j]); l != numberDifferent && l != numberOtherShape && l != numberOtherAccused {
				return false
			}
		}
	}
	return true
}
