package synth

import (
	"strings"

	"github.com/casefold/casefold"
)

// The state's history extract: 95 columns, one row per sentence part of a count
// of a step of an arrest cycle, subject by subject. Two deliveries: the older
// has a header and x where a column is not filled, the newer has neither.
const (
	stateSource  = "doj"
	stateShelves = 64
)

// stateFile writes the state's rows.
type stateFile struct {
	*output
	w *world
}

// A subject is a person as the state keeps them: a fingerprint number, a
// primary name, and the cycles that came in under it.
type subject struct {
	l                     *life
	id, cii               string
	name                  string
	birth                 string
	birthTrue             bool
	ssn, cdl, idn, fbi    string
	filler                string // "x" or ""
	shelf                 int
	cycles                int
	prefix                []byte // columns before CYC_ORDER
	noise                 stream
	suffixKind, suffixCII string
}

// covered reports whether the extract holds the person: everyone with a
// cannabis charge in the county, and others by chance.
func (s *stateFile) covered(l *life, r *stream) bool {
	others := r.chance(s.w.opts.Rates.StateOthers)
	printed := false
	for _, a := range l.arrests {
		if !a.printed {
			continue
		}
		printed = true
		for _, c := range a.charges {
			if a.county == office && c.isCannabis() {
				return true
			}
		}
	}
	return printed && others
}

func (s *stateFile) life(l *life) {
	r := newStream(s.w.opts.Seed, topicState, l.index)
	if !s.covered(l, &r) {
		return
	}
	subjects := []*subject{s.subject(l, &r, 0)}
	if r.chance(s.w.opts.Rates.TwoCII) {
		subjects = append(subjects, s.subject(l, &r, 1))
	}
	for _, a := range l.arrests {
		if !a.printed {
			continue
		}
		sub := subjects[r.below(len(subjects))]
		if sub.prefix == nil {
			s.open(sub, a)
		}
		sub.noise = r.fork(uint64(a.n))
		sub.cycles++
		s.cycle(sub, a)
	}
	s.afterwards(l, subjects[0], &r)
}

func (s *stateFile) subject(l *life, r *stream, second int) *subject {
	n := (uint64(2*l.index+second)*7_368_787 + 4_111) % 39_999_983
	sub := &subject{l: l, id: digits(10_000_000+n, 8), cii: l.cii, fbi: l.fbi, shelf: int(n % stateShelves)}
	if second == 1 {
		sub.cii = l.cii2
	}
	if noCII := r.chance(s.w.opts.Rates.NoCII); noCII && second == 0 {
		sub.cii, sub.fbi = "", ""
	}
	if sub.shelf < stateShelves/2 {
		sub.filler = "x"
	}
	sub.suffixKind = "1"
	return sub
}

// open fixes what the state says of the subject, from the first face it saw.
func (s *stateFile) open(sub *subject, a *arrest) {
	r := newStream(s.w.opts.Seed, topicState, sub.l.index).fork(uint64(1000 + a.n))
	p, f := sub.l.identity, a.face
	if f.claimed >= 0 || f.alias && r.chance(.7) { // prints brought the true name to light
		f.first, f.middle, f.last, f.parted, f.suffix, f.birth = p.first, p.middle, p.last, p.parted, p.suffix, p.birth
	}
	last := s.w.nameAsTyped(&r, surnameAs(&r, f.last, f.parted))
	given := s.w.nameAsTyped(&r, f.first)
	for _, x := range []string{f.middle, f.suffix} {
		if x != "" {
			given += " " + x
		}
	}
	sub.name = last + "," + given
	told, yearOnly := s.w.birthAsTold(&r, f.birth)
	sub.birthTrue = tellsBirth(p, told, yearOnly)
	sub.birth = compact(told)
	if yearOnly {
		sub.birth = sub.birth[:4] + "0000"
	}
	ssnTold, cdlTold := r.chance(.7), r.chance(.65)
	if ssnTold {
		sub.ssn = s.w.numberAsTold(&r, p, ssnNumber, p.ssn, 0)
	}
	if cdlTold {
		sub.cdl, sub.idn = p.cdl, p.idCard
	}
	s.prefix(sub, p, &r)
}

// prefix writes the columns of the record, request, person and description.
func (s *stateFile) prefix(sub *subject, p *identity, r *stream) {
	x := sub.filler
	sex, race := "M", map[byte]string{'W': "WHITE", 'B': "BLACK", 'H': "HISPANIC", 'A': "OTHER ASIAN", 'O': "OTHER"}[p.race]
	if p.woman {
		sex = "F"
	}
	request := ""
	if r.chance(.5) {
		request = sub.cii
	}
	blank := func(v, filler string) string {
		if v == "" {
			return filler
		}
		return v
	}
	padded := x
	if x != "" {
		padded = "x       "
	}
	b := make([]byte, 0, 320)
	for _, v := range []string{
		x, x, sub.id, "#", request, "", "", "", "", "", "#",
		sub.cii, sub.name, sex, sub.birth, blank(sub.ssn, padded), blank(sub.cdl, x), blank(sub.idn, x), x, blank(sub.fbi, x), "#",
		string(p.race), race, p.eye, eyeWords[p.eye], p.hair, hairWords[p.hair], itoa(p.height/12) + digits(uint64(p.height%12), 2), itoa(p.weight), x, x,
		p.birthPlace, x, x, "US", "#",
	} {
		b = quoteInto(b, v)
		b = append(b, ',')
	}
	sub.prefix = b
	sub.suffixCII = blank(strings.TrimRight(sub.cii, "0123456789"), x)
}

var (
	eyeWords  = map[string]string{"BRO": "BROWN", "BLU": "BLUE", "GRN": "GREEN", "HAZ": "HAZEL"}
	hairWords = map[string]string{"BRO": "BROWN", "BLK": "BLACK", "BLN": "BLOND", "RED": "RED"}
)

// quoteInto appends a CSV value, quoted only where need be.
func quoteInto(b []byte, v string) []byte {
	if strings.IndexByte(v, ',') < 0 && strings.IndexByte(v, '"') < 0 && strings.IndexByte(v, '\n') < 0 && (v == "" || v[0] != ' ') {
		return append(b, v...)
	}
	b = append(b, '"')
	for i := range len(v) {
		if v[i] == '"' {
			b = append(b, '"')
		}
		b = append(b, v[i])
	}
	return append(b, '"')
}

// A step is one event of a cycle as the state writes it.
type step struct {
	order                      int
	day                        string // YYYYMMDD, YYYY0000, or blank
	kind                       string // STP_TYPE_DESCR
	oriType, ori, name, county string
	dispDate, ofn, booking     string
	court                      string // FE_NUM_CRT_CASE
	cycleDay                   string
	age                        string
}

// A line is what a row says of a count.
type line struct {
	count                                   int
	code, text, level                       string
	qualifiers                              string
	convCode, convText, convLvl             string
	disposedCode, disposedText, disposedLvl string
	dispCode, disp, status                  string
	sentence                                *sentence
	part                                    int
	comment                                 string
}

// row writes one row of 95 columns.
func (s *stateFile) row(sub *subject, st *step, ln *line, say saying) bool {
	x := sub.filler
	b := make([]byte, 0, 640)
	b = append(b, sub.prefix...)
	cycle := digits(uint64(100+sub.cycles), 3)
	oriType, county := "", st.county
	if sub.noise.chance(.04) {
		county += "          "
	}
	order := cycle + digits(uint64(st.order), 3) + digits(uint64(ln.count), 3) + "000"
	statusCode := levelLetter(casefold.Level(strings.ToLower(ln.status)))
	put := func(values ...string) {
		for _, v := range values {
			b = quoteInto(b, v)
			b = append(b, ',')
		}
	}
	put(cycle, st.cycleDay, "#", digits(uint64(st.order), 3), st.day, x, st.kind, oriType, x, st.ori, st.name, countyCode[st.county], county, "#")
	put(order, st.dispDate, st.ofn, ln.code, ln.text, ln.level, ln.qualifiers)
	put(ln.disposedCode, ln.disposedText, ln.disposedLvl, "")
	convOrder := ""
	if ln.convText != "" {
		convOrder = digits(uint64(ln.count), 3)
	}
	put(convOrder, ln.convCode, ln.convText, ln.convLvl, "")
	put("", "", "", "", "", "", st.booking, "", "", "", st.court, "")
	put("", ln.dispCode, ln.disp, statusCode, ln.status, "#")
	if p := ln.sentence; p != nil {
		kind, loc := sentenceWords(p.kind)
		unit, word := "N", ""
		if p.unit != 0 {
			unit, word = string(p.unit), map[byte]string{'D': "DAYS", 'M': "MONTHS", 'Y': "YEARS"}[p.unit]
		}
		put(digits(uint64(ln.part), 3), loc, kind, itoa(p.length), unit, word)
	} else {
		put("", "", "", "", "", "")
	}
	put(st.age, sub.suffixKind, sub.suffixCII, ln.comment)
	b = append(b, '#')
	say.print = say.print || sub.cii != ""
	ok := s.output.row(sub.l, sub.shelf, b, say)
	if ok && sub.birthTrue {
		sub.l.birthTold = true
	}
	return ok
}

func sentenceWords(k casefold.SentenceKind) (kind, code string) {
	switch k {
	case casefold.Jail:
		return "JAIL", "J"
	case casefold.PrisonTerm, casefold.CountyPrison, casefold.Life:
		return "PRISON", "P"
	case casefold.ProbationTerm:
		return "PROBATION", "P"
	case casefold.Fine:
		return "FINE", "F"
	}
	return "OTHER", "O"
}

func (s *stateFile) write(to Writer) error {
	if err := s.file(to, "state/doj_history_1.csv", strings.Join(casefoldStateColumns, ","), 0, stateShelves/2); err != nil {
		return err
	}
	return s.file(to, "state/doj_history_2.csv.gz", "", stateShelves/2, stateShelves)
}
