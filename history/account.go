package history

import (
	"cmp"
	"slices"

	"github.com/casefold/casefold"
)

// A role is what a date is the date of.
type role uint8

const (
	rolePlea role = iota
	roleConviction
	roleDisposition
	roleSentence
	roleStep // the court step's own date, in no named role
)

type heardDate struct {
	role role
	date casefold.Date
}

// A stage is the point of a prosecution at which a charge is named.
type stage uint8

const (
	stageArrested stage = iota
	stageFiled
	stageDisposed
	stageConvicted
)

type charge struct {
	stage   stage
	offense *casefold.Offense
}

// outcome is how a count ended as one telling tells it.
type outcome uint8

const (
	outcomeUnknown   outcome = iota
	outcomeOpen              // pending, transferred, combined, diversion running
	outcomeImplied           // a later event that only a conviction or a deferral can have
	outcomeEnded             // dismissed, acquitted, declined, diverted
	outcomeConvicted         // found guilty, or later relief that presupposes it
)

// An account is what is told of one count and of the file it stands in, as
// sets of distinct values. The same type carries one telling, all tellings of a
// file, or a finished conviction, so that they are compared in one way.
type account struct {
	family   string // court family; "" unknown
	families []string
	county   string // of who tells, which presumes the court's where none is named
	numbers  []casefold.CaseNumber
	related  []casefold.CaseNumber
	bookings []string // booking, arrest and report numbers
	arrested []casefold.Date
	cycles   []cycleID // of sources that have cycles
	filed    []casefold.Date
	heard    []heardDate
	charges  []charge
	counts   []string
	outcome  outcome
	level    casefold.Level
	levels   uint8 // bit per level told
	sentence []casefold.SentencePart
	filled   bool // holds at least one telling
	custody  bool // only of a term of custody, which a sentence to custody led to
	entry    bool // of a later step: a revocation, re-sentencing, transfer, relief
	moved    bool // marked as transferred to or from another court
	movedOn  []casefold.Date
	judged   casefold.Date // first day on which the count was convicted
	ended    casefold.Date // first day on which it ended otherwise
}

// A cycleID is an arrest cycle as a source numbers it.
type cycleID struct {
	src        int
	key, cycle string
}

func addTo[T comparable](set []T, v T) []T {
	if slices.Contains(set, v) {
		return set
	}
	return append(set, v)
}

// addAll adds the values of another set. An empty set becomes the other, capped
// so that adding to it later copies it.
func addAll[T comparable](set, more []T) []T {
	if len(set) == 0 {
		return slices.Clip(more)
	}
	for _, v := range more {
		set = addTo(set, v)
	}
	return set
}

func addDate(set []casefold.Date, d casefold.Date) []casefold.Date {
	if !d.Known() {
		return set
	}
	return addTo(set, d)
}

func (a *account) hear(r role, d casefold.Date) {
	if d.Known() {
		a.heard = addTo(a.heard, heardDate{r, d})
	}
}

func (a *account) charge(s stage, o *casefold.Offense) {
	for i := range a.charges {
		if a.charges[i].stage == s && sameStatute(a.charges[i].offense, o) {
			return
		}
	}
	a.charges = append(a.charges, charge{s, o})
}

func (a *account) setLevel(l casefold.Level) {
	if l == casefold.LevelUnknown {
		return
	}
	a.levels |= levelBit(l)
	if a.level == casefold.LevelUnknown {
		a.level = l
	}
}

func levelBit(l casefold.Level) uint8 {
	switch l {
	case casefold.Felony:
		return 1
	case casefold.Misdemeanor:
		return 2
	case casefold.Infraction:
		return 4
	}
	return 0
}

// addStep adds what an event tells only in some kinds of step. The date of a
// court's step is a day in court; so is the first day of a term of custody or
// supervision that a conviction led to. A jail's or police force's line number
// is no count of the court's, and the term that a jail writes is that of the
// whole commitment, not of the count.
func (a *account) addStep(t *telling, e *casefold.Event, out outcome) {
	switch t.kind {
	case casefold.CourtEvent:
		if !granted(e) {
			a.hear(roleStep, e.Date)
		}
	case casefold.CustodyEvent, casefold.SupervisionEvent:
		if out == outcomeConvicted {
			a.hear(roleStep, e.Date)
			a.hear(roleStep, e.CustodyFrom)
		}
		return
	case casefold.ArrestEvent:
		return
	}
	if e.Count != "" {
		a.counts = addTo(a.counts, plainNumber(e.Count))
	}
	for _, p := range e.Sentence {
		a.addSentence(p)
	}
}

// addEvent adds what one event tells in any kind of step.
func (a *account) addEvent(e *casefold.Event, family string) {
	if family != "" {
		a.families = addTo(a.families, family)
	}
	a.numbers = addAll(a.numbers, e.Cases)
	a.related = addAll(a.related, e.Related)
	a.bookings = addAll(a.bookings, e.Bookings)
	a.bookings = addAll(a.bookings, e.Arrests)
	a.arrested = addDate(a.arrested, e.ArrestDate)
	a.filed = addDate(a.filed, e.FiledDate)
	a.hear(rolePlea, e.PleaDate)
	a.hear(roleConviction, e.ConvictionDate)
	if !granted(e) {
		a.hear(roleDisposition, e.DispositionDate)
	}
	a.hear(roleSentence, e.SentenceDate)
	named := namesSection(e)
	for s, o := range [...]*casefold.Offense{stageArrested: e.Arrested, stageFiled: e.Filed, stageDisposed: e.Disposed, stageConvicted: e.Convicted} {
		if o != nil && (o.Section != "" || o.Verbatim != "" && !named) {
			a.charge(stage(s), o)
		}
	}
	a.setLevel(levelTold(e))
	for i := range e.Relief {
		if e.Relief[i].Kind == casefold.SupervisionMoved {
			a.moved = true
			a.movedOn = addDate(a.movedOn, e.Relief[i].Date)
		}
	}
}

// namesSection reports whether any charge of an event names a section. Where one
// does, words that did not parse add nothing to compare.
func namesSection(e *casefold.Event) bool {
	for _, o := range [...]*casefold.Offense{e.Arrested, e.Filed, e.Disposed, e.Convicted} {
		if o != nil && o.Section != "" {
			return true
		}
	}
	return false
}

// plainNumber is a count number without leading zeros: the state writes 001
// where the court writes 1.
func plainNumber(s string) string {
	for len(s) > 1 && s[0] == '0' {
		s = s[1:]
	}
	return s
}

func (a *account) addSentence(p casefold.SentencePart) {
	for _, q := range a.sentence {
		if q.Kind == p.Kind && q.Length == p.Length && q.Unit == p.Unit {
			return
		}
	}
	a.sentence = append(a.sentence, p)
}

// merge adds what another account tells of the same file or count. A mark that
// both carry stays; a mark that one lacks goes, but for a transfer.
func (a *account) merge(b *account) {
	if !a.filled {
		*a = *b
		a.filled = true
		a.clip()
		return
	}
	a.families = addAll(a.families, b.families)
	a.numbers = addAll(a.numbers, b.numbers)
	a.related = addAll(a.related, b.related)
	a.bookings = addAll(a.bookings, b.bookings)
	a.arrested = addAll(a.arrested, b.arrested)
	a.cycles = addAll(a.cycles, b.cycles)
	a.filed = addAll(a.filed, b.filed)
	a.heard = addAll(a.heard, b.heard)
	a.counts = addAll(a.counts, b.counts)
	for _, c := range b.charges {
		a.charge(c.stage, c.offense)
	}
	for _, p := range b.sentence {
		a.addSentence(p)
	}
	a.county = cmp.Or(a.county, b.county)
	a.outcome = max(a.outcome, b.outcome)
	a.moved = a.moved || b.moved
	a.movedOn = addAll(a.movedOn, b.movedOn)
	a.custody = a.custody && b.custody
	a.entry = a.entry && b.entry
	a.judged, a.ended = earlier(a.judged, b.judged), earlier(a.ended, b.ended)
	a.levels |= b.levels
	if a.level == casefold.LevelUnknown {
		a.level = b.level
	}
}

// clip caps all sets, so that adding to them leaves the account they came from
// as it is.
func (a *account) clip() {
	a.families, a.numbers, a.related = slices.Clip(a.families), slices.Clip(a.numbers), slices.Clip(a.related)
	a.bookings, a.arrested, a.cycles = slices.Clip(a.bookings), slices.Clip(a.arrested), slices.Clip(a.cycles)
	a.filed, a.heard, a.counts = slices.Clip(a.filed), slices.Clip(a.heard), slices.Clip(a.counts)
	a.charges, a.sentence, a.movedOn = slices.Clip(a.charges), slices.Clip(a.sentence), slices.Clip(a.movedOn)
}

// earlier is the date that comes first; an unknown one comes last.
func earlier(a, b casefold.Date) casefold.Date {
	if !a.Known() || b.Known() && b.Compare(a) < 0 {
		return b
	}
	return a
}

// levelTold is the level an event gives its count: the conviction status, else
// that of the gravest stage told.
func levelTold(e *casefold.Event) casefold.Level {
	if e.ConvictedLevel != casefold.LevelUnknown {
		return e.ConvictedLevel
	}
	for _, o := range [...]*casefold.Offense{e.Convicted, e.Disposed, e.Filed} {
		if o != nil && o.Level != casefold.LevelUnknown {
			return o.Level
		}
	}
	return casefold.LevelUnknown
}
