package synth

import (
	"strings"

	"github.com/casefold/casefold"
)

// The prosecutor's case system: CSV in Windows-1252 with CRLF, names as people
// write them (García), a number of its own beside the court's, and some cases
// entered twice.
const daSource = "da"

var daColumns = "RecId,DANumber,CourtNumber,DefLast,DefFirst,DefMiddle,DefSuffix,AKA,DOB,Sex,Race,CII,SSN,CDL,Address,City,State,Zip,ArrestAgency,ReportNumber,ArrestDate,OffenseDate,FiledDate,Count,Code,Section,Level,ChargeText,ConvCode,ConvSection,ConvLevel,Plea,PleaDate,Disposition,DispoDate,SentenceDate,Sentence,Relief,ReliefDate,Grams,Plants,Notes"

type daFile struct {
	*output
	w *world
}

func (s *daFile) life(l *life) {
	for _, a := range l.arrests {
		if a.county != office || a.fate == casefold.Released || a.day.Year() < 1987 {
			continue
		}
		r := newStream(s.w.opts.Seed, topicDA, l.index).fork(uint64(a.n))
		if lost := r.chance(.06); lost {
			continue
		}
		second := r.fork(1)
		s.enter(l, a, &r, 0)
		if a.daSecond != "" {
			s.enter(l, a, &second, 1)
		}
	}
}

// A daPerson is the defendant as entered for a case.
type daPerson struct {
	columns   []string // DefLast to Zip
	birthTrue bool
	print     bool
	// The dates told of the case are the true ones.
	arrestTrue, offenseTrue bool
}

func (s *daFile) person(l *life, a *arrest, r *stream) daPerson {
	p, f, w := l.identity, a.face, s.w
	told, yearOnly := w.birthAsTold(r, f.birth)
	birth := usDate(told)
	if yearOnly {
		birth = birth[6:]
	}
	aka := ""
	if known := r.chance(.08); known && f.claimed < 0 && p.nick != "" {
		aka = titled(surnameAs(r, p.last, 0) + ", " + p.nick)
	}
	cii := ""
	if a.printed {
		cii = w.numberAsTold(r, p, ciiNumber, p.cii, w.opts.Rates.IDMissing)
	}
	ssn := w.numberAsTold(r, p, ssnNumber, f.ssn, w.opts.Rates.IDMissing)
	if x := r.below(40); ssn == "" && x == 0 {
		ssn = "999999999"
	} else if x == 1 && ssn == "" {
		ssn = "000000000"
	}
	spelled := titled
	if accents := r.chance(.6); accents && p.group == hispanic {
		spelled = func(s string) string { return accented(titled(s)) }
	}
	h := f.home
	return daPerson{
		columns: []string{spelled(w.nameAsTyped(r, surnameAs(r, f.last, f.parted))), spelled(w.nameAsTyped(r, f.first)), titled(f.middle), titled(f.suffix), aka, birth,
			sexLetter(p), string(p.race), cii, dashedSSN(ssn), w.numberAsTold(r, p, cdlNumber, f.cdl, w.opts.Rates.IDMissing),
			strings.TrimSpace(titled(h.number + " " + h.street + " " + h.unit)), titled(h.place.city), "CA", h.place.zip},
		birthTrue: tellsBirth(p, told, yearOnly) && f.claimed < 0,
		print:     cii != "",
	}
}

// enter writes the counts of a case, or the charges that were declined.
func (s *daFile) enter(l *life, a *arrest, r *stream, copy int) {
	w := s.w
	who := s.person(l, a, r)
	number := a.daNumber
	if copy == 1 {
		number = a.daSecond
	}
	court, noNumber, noArrest, offenseTold := "", r.chance(w.opts.Rates.NumberMissing), r.chance(w.opts.Rates.ArrestDateMissing), r.chance(w.opts.Rates.OffenseDateTold)
	if a.file != nil && !noNumber && a.venue == adultCourt {
		court = w.numberAsWritten(r, a.file, a.file.number)
	}
	arrestDay, arrestRight := w.dayAsTold(r, a.day)
	offenseDay, offenseRight := w.dayAsTold(r, a.offense)
	arrest, offense := usDate(arrestDay), ""
	if noArrest {
		arrest = ""
	}
	if offenseTold {
		offense = usDate(offenseDay)
	}
	head := append([]string{number, court}, who.columns...)
	head = append(head, titled(a.agency.name), a.incident, arrest, offense)
	who.arrestTrue, who.offenseTrue = arrestRight && !noArrest, offenseRight && offenseTold
	if a.file == nil {
		for i, c := range a.charges {
			s.line(l, a, r, head, i+1, copy, &count{n: i + 1, filed: c, status: casefold.Declined}, who)
		}
		return
	}
	stale := r.chance(.1)
	for _, k := range a.file.counts {
		if k.n == 2 && a.file.consolidated != "" { // still under the number it was filed with
			head[1] = a.file.consolidated
		}
		told := *k
		told.origin = k.truth
		if stale {
			told.status, told.truth, told.day, told.later = casefold.Pending, nil, 0, nil
		}
		s.line(l, a, r, head, k.n, copy, &told, who)
		if copy == 1 && r.chance(.4) {
			break
		}
	}
}

// A daOutcome is how a count ended, as the prosecutor's columns have it.
type daOutcome struct {
	conv                                  [3]string // code, section, level
	plea, pleaDate, dispo                 string
	sentenced, sentence, relief, relieved string
	told                                  *later
}

func (s *daFile) outcome(r *stream, a *arrest, k *count) daOutcome {
	var o daOutcome
	switch k.status {
	case casefold.Convicted, casefold.JuvenileSustained:
		code, section := s.statute(r, k.convicted)
		o.conv = [3]string{code, section, string(k.convicted.level)}
		o.plea, o.pleaDate, o.dispo = "NC", usDate(a.file.plea), "Convicted - Plea"
		if k.status == casefold.JuvenileSustained {
			o.plea, o.dispo = "Admit", "Petition Sustained"
		}
		o.sentenced, o.sentence = usDate(a.file.sentenced), courtSentence(k)
	case casefold.DispDismissed:
		o.dispo = pick(r, []string{"Dismissed - Plea to Other Count", "Dismissed - 1385 PC", "Dismissed"})
	case casefold.Acquitted:
		o.dispo = "Not Guilty"
	case casefold.DiversionDone:
		o.dispo = "Diversion Completed - Dismissed"
	case casefold.Declined:
		o.dispo = pick(r, []string{"Rejected - Insufficient Evidence", "Rejected - Lack of Corpus", "Rejected - Interest of Justice"})
	}
	for i := range k.later {
		if e := &k.later[i]; r.chance(.3) && o.told == nil && e.kind != casefold.Revoked {
			o.told = e
			o.relief, o.relieved = daReliefText(e, k), usDate(e.day)
		}
	}
	return o
}

// line writes a count. k may be a copy that knows less than the truth.
func (s *daFile) line(l *life, a *arrest, r *stream, head []string, n, copy int, k *count, who daPerson) {
	id := scattered(l.index, a.n, n, copy)
	code, section := s.statute(r, k.filed)
	level := string(k.filed.level)
	if noLevel := r.chance(s.w.opts.Rates.LevelMissing); noLevel {
		level = ""
	}
	o := s.outcome(r, a, k)
	filed, grams, plants := "", "", ""
	if a.file != nil {
		filed = usDate(a.file.filed)
	}
	switch {
	case k.weighed() && k.filed.section == "11358":
		plants = itoa(int(k.quantity))
	case k.weighed():
		grams = quantityText(k.quantity)
	}
	values := append([]string{id}, head...)
	values = append(values, filed, itoa(n), code, section, level, k.filed.literal, o.conv[0], o.conv[1], o.conv[2], o.plea, o.pleaDate, o.dispo, usDate(k.day),
		o.sentenced, o.sentence, o.relief, o.relieved, grams, plants, s.note(r, a))
	say := saying{arrest: a, print: who.print, event: true, key: id}
	if k.truth != nil {
		say.tells = []*conviction{k.truth}
	}
	if !s.row(l, quarter(a.day), windows1252(csvLine(values)), say) {
		return
	}
	l.birthTold = l.birthTold || who.birthTrue
	a.told = a.told || who.arrestTrue
	if v := k.origin; v != nil && grams+plants != "" {
		v.told |= toldQuantity
	}
	if k.truth == nil {
		return
	}
	if o.told != nil {
		o.told.told = true
	}
	k.truth.tell(true, true, true)
	k.truth.told |= toldFiledDate
	if who.offenseTrue {
		k.truth.told |= toldOffenseDate
	}
}

// note is what a deputy typed: some of it over two lines or in quotes.
func (s *daFile) note(r *stream, a *arrest) string {
	switch x := r.below(60); x {
	case 0:
		return "Def says \"not mine\"; see report " + a.incident
	case 1:
		return "Offer: plead to ct 1, dismiss balance.\nDef to enroll in program."
	case 2:
		return "LAB RESULTS PENDING, DDA TO FOLLOW UP"
	case 3:
		return "victim’s address confidential"
	}
	return ""
}

func daReliefText(e *later, k *count) string {
	switch e.kind {
	case casefold.Relief12034, casefold.Relief12034a:
		return "PC " + string(e.kind) + " granted"
	case casefold.Relief17b:
		return "Reduced to misd - PC 17(b)"
	case casefold.ReliefProp64:
		if e.level != "" && e.level != k.convicted.level {
			return "Prop 64 - HS 11361.8 redesignated misd"
		}
		return "Prop 64 - HS 11361.8 dismissed and sealed"
	case casefold.ReliefProp47:
		return "Prop 47 - PC 1170.18 reduced to misd"
	}
	return courtReliefText(e, k)
}

// statute is a charge as the prosecutor's system keeps it: code and section in
// columns of their own.
func (s *daFile) statute(r *stream, c charge) (code, section string) {
	odd, how := r.chance(s.w.opts.Rates.StatuteVariants), r.below(3)
	section = c.section + c.path
	if odd && how == 0 {
		section = strings.ToLower(c.bareSection())
	}
	if c.inchoate != "" {
		section = c.inchoate + "/" + section
	}
	return c.code, section
}

// usDate writes a day as MM/DD/YYYY.
func usDate(d casefold.Day) string {
	if d == 0 {
		return ""
	}
	return digits(uint64(d.Month()), 2) + "/" + digits(uint64(d.DayOfMonth()), 2) + "/" + digits(uint64(d.Year()), 4)
}

// titled writes words with a capital first: De La Cruz, Garcia-Lopez.
func titled(s string) string {
	b := []byte(s)
	start := true
	for i, c := range b {
		if !start && c >= 'A' && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
		start = c == ' ' || c == '-' || c == '\'' && i+2 < len(b) && b[i+2] != ' '
	}
	return string(b)
}

// accents are names that the prosecutor's clerks write with their accents.
var accents = strings.NewReplacer(
	"Garcia", "García", "Hernandez", "Hernández", "Martinez", "Martínez", "Lopez", "López", "Gonzalez", "González", "Perez", "Pérez",
	"Rodriguez", "Rodríguez", "Sanchez", "Sánchez", "Ramirez", "Ramírez", "Gomez", "Gómez", "Diaz", "Díaz", "Gutierrez", "Gutiérrez",
	"Chavez", "Chávez", "Mendez", "Méndez", "Jimenez", "Jiménez", "Vasquez", "Vásquez", "Nunez", "Núñez", "Munoz", "Muñoz", "Pena", "Peña",
	"Jose", "José", "Jesus", "Jesús", "Maria", "María", "Martin", "Martín", "Ramon", "Ramón", "Andres", "Andrés", "Angel", "Ángel", "Raul", "Raúl",
	"Ruben", "Rubén", "Hector", "Héctor", "Cesar", "César", "Oscar", "Óscar", "Victor", "Víctor", "Veronica", "Verónica", "Monica", "Mónica")

func accented(s string) string { return accents.Replace(s) }

// windows1252 turns the few letters beyond ASCII that the prosecutor's system
// holds into its bytes.
func windows1252(b []byte) []byte {
	out := b[:0]
	for _, r := range string(b) {
		switch {
		case r < 0x80, r >= 0xa0 && r < 0x100:
			out = append(out, byte(r))
		case r == '’':
			out = append(out, 0x92)
		default:
			out = append(out, '?')
		}
	}
	return out
}

func (s *daFile) write(to Writer) error {
	return s.file(to, "da/case_charges.csv", daColumns, 0, lastShelf)
}
