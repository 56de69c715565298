package synth

import (
	"strings"

	"github.com/casefold/casefold"
)

// The sheriff's jail: fixed width, a line per booked charge, a person number
// that stands on prints.
const jailSource = "jail"

// A jailColumn is a column of the jail's layout.
type jailColumn struct {
	name string
	len  int
}

var jailLayout = []jailColumn{
	{"BOOKNO", 10}, {"SEQ", 2}, {"XREF", 8}, {"NAME", 32}, {"DOB", 8}, {"SEX", 1}, {"RACE", 1}, {"HGT", 3}, {"WGT", 3}, {"SSN", 9}, {"CII", 9}, {"FBI", 9},
	{"ADDRESS", 30}, {"CITY", 16}, {"ZIP", 5}, {"PHONE", 10}, {"ARRDATE", 8}, {"ARRORI", 9}, {"CHARGE", 20}, {"LVL", 1}, {"CASENO", 14}, {"BOOKDATE", 8}, {"RELDATE", 8}, {"RELCODE", 4}, {"DISPO", 4}, {"DAYS", 4},
}

type jailFile struct {
	*output
	w *world
}

func (s *jailFile) life(l *life) {
	for _, a := range l.arrests {
		if a.county != office || a.venue != adultCourt {
			continue
		}
		r := newStream(s.w.opts.Seed, topicJail, l.index).fork(uint64(a.n))
		if a.printed && a.day.Year() >= 1986 {
			s.booking(l, a, &r)
		}
		s.commitment(l, a, &r)
	}
}

// booking writes the charges of an arrest.
func (s *jailFile) booking(l *life, a *arrest, r *stream) {
	who := s.person(l, a, a.day, r)
	code := "OR"
	switch {
	case a.fate == casefold.Released:
		code = "849"
	case a.fate == casefold.Declined:
		code = "DREJ"
	case a.release.Serial()-a.day.Serial() > 2:
		code = "BAIL"
	}
	for i, c := range a.charges {
		s.line(l, a, r, who, a.booking, i+1, c, "", a.day, a.release, code, "", "", saying{arrest: a, print: true, event: true}, nil)
	}
}

// commitment writes the stay of a person sentenced to the jail: it tells of
// the conviction.
func (s *jailFile) commitment(l *life, a *arrest, r *stream) {
	c := a.file
	if c == nil || c.sentenced.Year() < 1986 {
		return
	}
	days := 0
	for _, k := range c.counts {
		for _, p := range k.sentence {
			if k.truth != nil && (p.kind == casefold.Jail || p.kind == casefold.CountyPrison) {
				days = max(days, p.end(c.sentenced).Serial()-c.sentenced.Serial())
			}
		}
	}
	if days == 0 || r.chance(.15) {
		return
	}
	who := s.person(l, a, c.sentenced, r)
	number := s.w.numberAsWritten(r, c, c.number)
	if r.chance(s.w.opts.Rates.NumberMissing) {
		number = ""
	}
	booking := yearDigits(c.sentenced) + digits(uint64(200_000+(l.index*31+a.n*7)%799_999), 6)
	seq := 0
	for _, k := range c.counts {
		if k.truth == nil || !k.hasSentence(casefold.Jail) && !k.hasSentence(casefold.CountyPrison) {
			continue
		}
		seq++
		say := saying{arrest: a, print: true, event: number != "", tells: []*conviction{k.truth}}
		s.line(l, a, r, who, booking, seq, k.convicted, number, c.sentenced, c.sentenced.AddDays(days/2), "TIME", "SENT", itoa(days), say, k)
	}
}

// A jailPerson is a person as booked.
type jailPerson struct {
	xref, name, dob, ssn, cii, fbi string
	birthTrue                      bool
	home                           *home
}

func (s *jailFile) person(l *life, a *arrest, day casefold.Day, r *stream) jailPerson {
	p, f, w := l.identity, a.face, s.w
	who := jailPerson{xref: w.xrefOn(p, a), home: p.homeOn(day)}
	last := w.nameAsTyped(r, surnameAs(r, f.last, f.parted))
	name := last + ", " + w.nameAsTyped(r, f.first)
	if f.middle != "" {
		name += " " + f.middle
	}
	if f.suffix != "" {
		name += " " + f.suffix
	}
	who.name = name
	told, yearOnly := w.birthAsTold(r, f.birth)
	who.birthTrue = tellsBirth(p, told, yearOnly) && f.claimed < 0
	who.dob = monthFirst(told)
	if zeros := r.chance(.3); yearOnly {
		who.dob = "0000" + who.dob[4:]
	} else if told == 0 && zeros {
		who.dob = "00000000"
	}
	who.ssn = w.numberAsTold(r, p, ssnNumber, f.ssn, w.opts.Rates.IDMissing)
	who.cii = numberFromPrints(r, p.cii, .35)
	who.fbi = w.numberAsTold(r, p, fbiNumber, p.fbi, .6)
	if unnamed := r.chance(w.opts.Rates.Unnamed); unnamed {
		who.name, who.dob, who.ssn, who.birthTrue = "DOE, "+john(p), "", "", false
	}
	if transient := r.chance(.06); transient {
		who.home = &home{street: "TRANSIENT", place: place{city: "SACRAMENTO"}}
	} else if jails := r.chance(.02); jails {
		who.home = &home{number: "651", street: "I ST", place: place{"95814", "SACRAMENTO", office}}
	}
	return who
}

// john is the given name of somebody whose name is not known yet.
func john(p *identity) string {
	if p.woman {
		return "JANE"
	}
	return "JOHN"
}

// xrefOn is the jail's person number at an arrest. A few people have two,
// where prints were not compared at a booking.
func (w *world) xrefOn(p *identity, a *arrest) string {
	r := newStream(w.opts.Seed, topicJail, p.index).fork(1 << 42)
	two, which := r.chance(w.opts.Rates.TwoXREF), r.below(2)
	if two && a.n%2 == which {
		return p.secondXREF()
	}
	return p.xref()
}

func (s *jailFile) line(l *life, a *arrest, r *stream, who jailPerson, booking string, seq int, c charge, number string, from, to casefold.Day, code, dispo, days string, say saying, k *count) {
	level := levelLetter(c.level)
	if r.chance(s.w.opts.Rates.LevelMissing) {
		level = ""
	}
	if to >= s.w.end { // still there
		to, code = 0, ""
	}
	address := strings.TrimSpace(who.home.number + " " + who.home.street + " " + who.home.unit)
	values := []string{booking, itoa(seq), who.xref, who.name, who.dob, sexLetter(l.identity), string(l.race), itoa(l.height/12) + digits(uint64(l.height%12), 2), itoa(l.weight), who.ssn, who.cii, who.fbi,
		address, who.home.place.city, who.home.place.zip, who.home.phone, monthFirst(a.day), a.agency.ori, s.statute(r, c), level, number, monthFirst(from), monthFirst(to), code, dispo, days}
	b := make([]byte, 0, 240)
	for i, v := range values {
		n := jailLayout[i].len
		if len(v) > n {
			v = v[:n]
		}
		b = append(b, v...)
		for j := len(v); j < n; j++ {
			b = append(b, ' ')
		}
	}
	if !s.row(l, quarter(from), b, say) {
		return
	}
	l.birthTold = l.birthTold || who.birthTrue
	a.told = true
	if k != nil {
		k.truth.tell(true, level != "", false)
	}
}

// statute is a charge as the jail writes it: HS11357(B).
func (s *jailFile) statute(r *stream, c charge) string {
	odd, how := r.chance(s.w.opts.Rates.StatuteVariants), r.below(3)
	text := c.sectionText()
	if odd && how == 0 {
		text = c.bareSection()
	}
	if odd && how == 1 {
		text = c.code + " " + text
	} else {
		text = c.code + text
	}
	inchoate, _, _ := strings.Cut(c.inchoate, "(")
	if inchoate != "" {
		text = inchoate + "/" + text
	}
	return text
}

func (s *jailFile) write(to Writer) error {
	return s.file(to, "jail/bookings.dat.gz", "", 0, lastShelf)
}
