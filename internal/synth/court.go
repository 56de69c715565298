package synth

import (
	"strings"

	"github.com/casefold/casefold"
)

// The court's case management system: a line per charge, values parted by a
// bar, LAST/FIRST/MIDDLE names padded with blanks, statutes without a blank
// before the code, dates with two-digit years.
const courtSource = "court"

var courtColumns = strings.Join([]string{"Charge Id", "Court Number", "Ind", "Incident Number", "Truename", "Race", "Sex", "DOB", "XREF", "CII", "FBI", "SSN", "DL Number",
	"Case Level", "1st Filed", "Chg Seq", "Charge Date", "Booked Charge", "Booked Charge Level", "Booked Charge Date", "Current Charge", "Current Level", "Current Charge Description",
	"Plea", "Plea Date", "Chg Disp", "Charge Disposition Description", "Ch Dispo Date", "Sentence Date", "Sentence", "Prior Number", "Related Number", "Subsequent Action", "Subsequent Date", "EOR"}, "|")

type courtFile struct {
	*output
	w *world
}

// keeps reports whether the court still has the file: it began with its system
// in 1978, lost part of two years, and destroys some.
func (s *courtFile) keeps(c *courtCase, r *stream) bool {
	lost, gone := r.chance(.5), r.chance(.04)
	if c.county != office || c.venue != adultCourt {
		return false
	}
	if y := c.filed.Year(); y < 1978 || (y == 1994 || y == 1995) && lost {
		return false
	}
	return !gone
}

func (s *courtFile) life(l *life) {
	for _, a := range l.arrests {
		if a.file == nil {
			continue
		}
		r := newStream(s.w.opts.Seed, topicCourt, l.index).fork(uint64(a.n))
		if s.keeps(a.file, &r) {
			s.caseLines(l, a, a.file, &r)
		}
	}
}

// A courtPerson is the defendant as the court's clerk entered them once for a
// case.
type courtPerson struct {
	name, dob, race, sex, xref, cii, fbi, ssn, dl string
	birthTrue                                     bool
}

func (s *courtFile) person(l *life, a *arrest, r *stream) courtPerson {
	p, f, w := l.identity, a.face, s.w
	last := w.nameAsTyped(r, surnameAs(r, f.last, f.parted))
	first := w.nameAsTyped(r, f.first)
	name := last + "/" + first
	if f.middle != "" {
		name += "/" + f.middle
	}
	if f.suffix != "" {
		name += "/" + f.suffix
	}
	cp := courtPerson{name: pad(name, 30), race: string(p.race), sex: sexLetter(p)}
	told, yearOnly := w.birthAsTold(r, f.birth)
	cp.birthTrue = tellsBirth(p, told, yearOnly) && f.claimed < 0
	cp.dob = shortDate(told)
	if yearOnly {
		cp.dob = "0/0/" + yearDigits(told)
	}
	missing := w.opts.Rates.IDMissing
	if a.printed {
		cp.xref = w.numberAsTold(r, p, xrefNumber, w.xrefOn(p, a), .3)
		cp.cii = w.numberAsTold(r, p, ciiNumber, p.cii, missing)
		cp.fbi = w.numberAsTold(r, p, fbiNumber, p.fbi, .7)
	}
	cp.ssn = w.numberAsTold(r, p, ssnNumber, f.ssn, missing)
	cp.dl = w.numberAsTold(r, p, cdlNumber, f.cdl, missing)
	if cp.dl != "" {
		cp.dl += "CA"
	}
	return cp
}

// xref is the jail's person number; secondXREF the one given by mistake.
func (p *identity) xref() string { return digits(1_000_000+uint64(p.index)*15_485_863%4_999_999, 7) }
func (p *identity) secondXREF() string {
	return digits(6_000_000+uint64(p.index)*15_485_863%3_999_971, 7)
}

func sexLetter(p *identity) string {
	if p.woman {
		return "F"
	}
	return "M"
}

func pad(s string, n int) string {
	if len(s) >= n {
		return s
	}
	return s + strings.Repeat(" ", n-len(s))
}

func (s *courtFile) caseLines(l *life, a *arrest, c *courtCase, r *stream) {
	cp := s.person(l, a, r)
	number := c.number
	if c.defendants > 1 {
		number = withDefendant(number, c.defendant, 1)
	} else if r.chance(.2) {
		number += "-01"
	}
	level := "M"
	if c.hasFelony() {
		level = "F"
	}
	related := c.refiledFrom
	if c.movedTo != "" {
		related = c.movedTo
	} else if c.consolidated != "" {
		related = c.consolidated
	}
	noArrest, told := r.chance(s.w.opts.Rates.ArrestDateMissing), r.chance(s.w.opts.Rates.OffenseDateTold)
	s.earlierFile(l, a, r, cp, level)
	for _, k := range c.counts {
		s.charge(l, a, k, r, []string{number, indicator(c), a.incident, cp.name, cp.race, cp.sex, cp.dob, cp.xref, cp.cii, cp.fbi, cp.ssn, cp.dl, level, shortDate(c.filed)},
			[]string{c.oldNumber, related}, noArrest, told, cp)
	}
}

// A courtCharge is a count as the clerk keeps it: the columns that all its
// lines share, and which of them are true.
type courtCharge struct {
	l                     *life
	a                     *arrest
	k                     *count
	cp                    courtPerson
	head, numbers, middle []string // columns before the charge, after it, and of it
	current               charge
	level                 string
	tells                 facts
	arrestTold            bool
	lines                 int
}

// charge writes the line of a count, and further lines where more happened to
// it later than one line can hold.
func (s *courtFile) charge(l *life, a *arrest, k *count, r *stream, head, numbers []string, noArrest, told bool, cp courtPerson) {
	cc := &courtCharge{l: l, a: a, k: k, cp: cp, head: head, numbers: numbers, current: k.filed, tells: toldFiledDate | toldByRecord}
	if k.truth != nil {
		cc.current = k.convicted
	}
	booked, bookedLevel, bookedDate := "", "", ""
	arrestDay, arrestRight := s.w.dayAsTold(r, a.day)
	offenseDay, offenseRight := s.w.dayAsTold(r, k.offense)
	sentenceDay, _ := s.w.dayAsTold(r, a.file.sentenced)
	if k.arrested != nil && !noArrest {
		booked, bookedLevel, bookedDate = s.statute(r, *k.arrested), levelLetter(k.arrested.level), shortDate(arrestDay)
		cc.arrestTold = arrestRight
	}
	chargeDate := ""
	if told {
		chargeDate = shortDate(offenseDay)
	}
	if told && offenseRight {
		cc.tells |= toldOffenseDate
	}
	if noLevel := r.chance(s.w.opts.Rates.LevelMissing); !noLevel {
		cc.level = levelLetter(cc.current.level)
	}
	cc.middle = []string{itoa(k.n), chargeDate, booked, bookedLevel, bookedDate}
	if k.truth != nil {
		cc.numbers = append([]string{shortDate(sentenceDay), courtSentence(k)}, numbers...)
	} else {
		cc.numbers = append([]string{"", ""}, numbers...)
	}
	known := s.known(k, r)
	if len(known) == 0 {
		s.chargeLine(cc, r, nil)
	}
	for _, e := range known {
		s.chargeLine(cc, r, e)
	}
}

// chargeLine writes a line of a count, with a later event if there is one.
func (s *courtFile) chargeLine(cc *courtCharge, r *stream, e *later) {
	k, c := cc.k, cc.a.file
	id := scattered(cc.l.index, cc.a.n, k.n, cc.lines)
	cc.lines++
	action, when := "", ""
	if e != nil {
		action, when = courtReliefText(e, k), shortDate(e.day)
	}
	plea, pleaDate, code, text, day := courtOutcome(k, c)
	values := append(append([]string{id}, cc.head...), cc.middle...)
	values = append(values, s.statute(r, cc.current), cc.level, cc.current.literal, plea, pleaDate, code, text, day)
	values = append(append(values, cc.numbers...), action, when, "E")
	b := []byte(strings.Join(values, "|"))
	say := saying{arrest: cc.a, print: cc.cp.cii != "" && cc.a.printed, event: true, key: id}
	if k.truth != nil {
		say.tells = []*conviction{k.truth}
	}
	if again := r.chance(.001); again && k.truth != nil && e == nil {
		before := strings.ReplaceAll(string(b), "CONVICTED BY PLEA", "")
		s.reissue(cc.l, quarter(c.filed), []byte(before), b, say)
	} else if !s.row(cc.l, quarter(c.filed), b, say) {
		return
	}
	cc.l.birthTold = cc.l.birthTold || cc.cp.birthTrue
	cc.a.told = cc.a.told || cc.arrestTold
	if e != nil {
		e.told = true
	}
	if k.truth != nil {
		k.truth.tell(true, cc.level != "", true)
		k.truth.told |= cc.tells
	}
}

// indicator is A for a case that is open, C for one that is closed.
func indicator(c *courtCase) string {
	if c.outcome == casefold.Pending {
		return "A"
	}
	return "C"
}

// known are the later events that the court's clerk entered.
func (s *courtFile) known(k *count, r *stream) []*later {
	var out []*later
	for i := range k.later {
		if r.chance(.85) {
			out = append(out, &k.later[i])
		}
	}
	return out
}

// statute is a charge as the court writes it: 11357(C)HS, 664-11359HS.
func (s *courtFile) statute(r *stream, c charge) string {
	odd, how := r.chance(s.w.opts.Rates.StatuteVariants), r.below(4)
	text := c.sectionText()
	if odd && how == 0 {
		text = c.bareSection()
	}
	switch c.inchoate {
	case "664":
		text = "664-" + text
	case "32":
		text = "32/" + text
	case "182(a)(1)":
		text = "182(A)(1)/" + text
	}
	switch {
	case odd && how == 1:
		return text + " " + c.code
	case odd && how == 2:
		return text
	}
	return text + c.code
}

func courtOutcome(k *count, c *courtCase) (plea, pleaDate, code, text, day string) {
	day = shortDate(k.day)
	switch k.status {
	case casefold.Convicted:
		plea = "NOLO"
		if k.offense%3 == 0 {
			plea = "GUILTY"
		}
		return plea, shortDate(c.plea), "21", "CONVICTED BY PLEA", day
	case casefold.DispDismissed:
		return "NG", "", "26", "DISMISSED", day
	case casefold.Acquitted:
		return "NG", "", "22", "ACQUITTED", day
	case casefold.DiversionDone:
		return "", "", "27", "DIVERSION COMPLETED, DISMISSED", day
	}
	return "NG", "", "", "", ""
}

// courtSentence is the sentence in words: PROB 3Y; JAIL 90D.
func courtSentence(k *count) string {
	var out []string
	for _, p := range k.sentence {
		switch p.kind {
		case casefold.Fine:
			out = append(out, "FINE $"+itoa(p.length))
		case casefold.Life:
			out = append(out, "PRISON 25Y TO LIFE")
		default:
			word := map[casefold.SentenceKind]string{casefold.Jail: "JAIL", casefold.PrisonTerm: "PRISON", casefold.CountyPrison: "1170H", casefold.ProbationTerm: "PROB"}[p.kind]
			out = append(out, word+" "+itoa(p.length)+string(p.unit))
		}
	}
	return strings.Join(out, "; ")
}

func courtReliefText(e *later, k *count) string {
	switch e.kind {
	case casefold.Relief12034:
		return "1203.4 PC GRANTED"
	case casefold.Relief12034a:
		return "1203.4A PC GRANTED"
	case casefold.Relief17b:
		return "REDUCED 17(B) PC"
	case casefold.ReliefProp64:
		if e.level != "" && e.level != k.convicted.level {
			return "REDESIGNATED TO MISD 11361.8 HS"
		}
		return "DISMISSED AND SEALED 11361.8 HS"
	case casefold.ReliefProp47:
		return "RESENTENCED TO MISD 1170.18 PC"
	case casefold.Reversed:
		return "CONVICTION REVERSED ON APPEAL"
	case casefold.Dismissed1385:
		return "DISMISSED 1385 PC"
	case casefold.Revoked:
		return "PROB REVOKED AND REINSTATED"
	case casefold.SupervisionEnded:
		return "PROB TERMINATED 1203.3 PC"
	case casefold.SupervisionMoved:
		return "TRANSFERRED 1203.9 PC"
	}
	return stateReliefText(e, k)
}

func (s *courtFile) write(to Writer) error {
	return s.file(to, "court/cms_charges.txt", courtColumns, 0, lastShelf)
}
