package synth

import (
	"github.com/casefold/casefold"
)

// The list of HS 11361.9: the state's list of July 2019 of convictions that
// relief may reach, drawn from the state's own database (HS 11361.9(a)), so that
// an outcome which never reached the state is not on it; with the office's challenges and the court's orders noted
// in columns beside it.
const listingSource = "list-11361-9"

var listingColumns = "NO,CII,NAME,DOB,COURT,COURT CASE NO,COUNT,SECTION,CONV LEVEL,CONV DATE,STATUS,STATUS DATE,ORDER,ORDER DATE"

// listDay is the day on which the state's list was made; challengeDay the last
// on which the office could challenge an entry.
const (
	listDay      casefold.Day = 20190701
	challengeDay casefold.Day = 20200701
)

type listingFile struct {
	*output
	w *world
	n int
}

func (s *listingFile) life(l *life) {
	r := newStream(s.w.opts.Seed, topicListing, l.index)
	for _, v := range l.convictions {
		k, c := v.count, v.file
		on, challenged, outcome, day := r.chance(s.w.opts.Rates.Listed), r.chance(s.w.opts.Rates.Challenged), r.below(3), r.between(0, 300)
		noCII := r.chance(.05)
		if c.county != office || c.venue != adultCourt || !k.convicted.isCannabis() || k.convicted.inchoate != "" || k.offense >= newLaw || c.sentenced >= listDay || !v.atState || !on || v.relieved(listDay) {
			continue
		}
		status, state, statusDay := casefold.ListedUnchallenged, "UNCHALLENGED", casefold.Day(0)
		if challenged && k.convicted.level == casefold.Felony {
			statusDay = casefold.MakeDay(2019, 8, 1).AddDays(day)
			status, state = [...]casefold.Listing{casefold.Challenged, casefold.ChallengeUpheld, casefold.ChallengeUpheld}[outcome], [...]string{"CHALLENGED", "CHALLENGE UPHELD", "CHALLENGE UPHELD"}[outcome]
		}
		s.entry(l, v, &r, status, state, statusDay, noCII)
	}
}

// relieved reports whether relief under Proposition 64 came before that day.
func (v *conviction) relieved(day casefold.Day) bool {
	for _, e := range v.count.later {
		if (e.kind == casefold.ReliefProp64 || e.kind == casefold.Reversed) && e.day < day {
			return true
		}
	}
	return false
}

func (s *listingFile) entry(l *life, v *conviction, r *stream, status casefold.Listing, state string, statusDay casefold.Day, noCII bool) {
	k, c, w, f := v.count, v.file, s.w, v.file.arrest.face
	name := surnameAs(r, f.last, f.parted) + "," + f.first
	if f.middle != "" {
		name += " " + f.middle
	}
	told, yearOnly := w.birthAsTold(r, f.birth)
	birth := compact(told)
	if yearOnly {
		birth = birth[:4] + "0000"
	}
	cii := l.cii
	if noCII || !c.arrest.printed {
		cii = ""
	}
	order, orderDay := "", ""
	var granted *later
	for i := range k.later {
		if e := &k.later[i]; e.kind == casefold.ReliefProp64 && e.day >= listDay {
			granted = e
			order, orderDay = "DISMISSED 11361.9 HS", compact(e.day)
			if e.level != "" && e.level != k.convicted.level {
				order = "REDESIGNATED MISD 11361.9 HS"
			}
		}
	}
	s.n++
	number := w.numberAsWritten(r, c, c.number)
	b := make([]byte, 0, 240)
	for i, x := range []string{itoa(s.n), cii, name, birth, "CASCSACRAMENTO", number, itoa(k.n), k.convicted.sectionText() + " HS", levelLetter(k.convicted.level), compact(c.sentenced), state, compact(statusDay), order, orderDay} {
		if i > 0 {
			b = append(b, ',')
		}
		b = quoteInto(b, x)
	}
	if !s.row(l, 0, b, saying{arrest: c.arrest, print: cii != "", event: true, tells: []*conviction{v}}) {
		return
	}
	l.birthTold = l.birthTold || tellsBirth(l.identity, told, yearOnly) && f.claimed < 0
	v.listing = status
	v.tell(true, true, true)
	if granted != nil {
		granted.told = true
	}
}

func (s *listingFile) write(to Writer) error {
	return s.file(to, "list/hs11361_9.csv", listingColumns, 0, lastShelf)
}
