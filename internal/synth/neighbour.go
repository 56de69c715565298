package synth

import (
	"strings"

	"github.com/casefold/casefold"
)

// The neighbour county's court: CSV with a byte order mark, dates as the
// standard writes them, names in the order in which they are spoken, statutes
// with the code in front and the level behind. It holds its own cases and the
// probations that came to it under PC 1203.9.
const neighbourSource = "yolo"

var neighbourColumns = "case_no,party_no,party_name,birth_dt,gender,cdl_no,state_id,addr,city_st_zip,filed_dt,orig_county,orig_case_no,cnt,offense_dt,statute,offense_desc,sev,plea_cd,plea_dt,dispo,dispo_dt,sentence_dt,sentence,event,event_dt"

type neighbourFile struct {
	*output
	w *world
}

func (s *neighbourFile) life(l *life) {
	for _, a := range l.arrests {
		c := a.file
		if c == nil || c.venue != adultCourt {
			continue
		}
		r := newStream(s.w.opts.Seed, topicNeighbour, l.index).fork(uint64(a.n))
		lost := r.chance(.05)
		switch {
		case c.county == neighbour && c.filed.Year() >= 1983 && !lost:
			s.caseLines(l, a, &r, c.number, "", "")
		case c.movedTo != "":
			s.caseLines(l, a, &r, c.movedTo, "SACRAMENTO", s.w.numberAsWritten(&r, c, c.number))
		}
	}
}

// A party is a defendant as the neighbour's court entered them for a case.
type party struct {
	head      []string // case number to filing date
	origin    []string // county and number of a case that was transferred
	birthTrue bool
	print     bool
	offense   bool // offence dates are told
}

func (s *neighbourFile) caseLines(l *life, a *arrest, r *stream, number, county, origin string) {
	p, f, w, c := l.identity, a.face, s.w, a.file
	name := w.nameAsTyped(r, f.first)
	if f.middle != "" {
		name += " " + f.middle
	}
	name += " " + w.nameAsTyped(r, surnameAs(r, f.last, f.parted))
	if f.suffix != "" {
		name += ", " + f.suffix
	}
	told, yearOnly := w.birthAsTold(r, f.birth)
	birth := told.String()
	if yearOnly {
		birth = birth[:4]
	}
	cdl := w.numberAsTold(r, p, cdlNumber, f.cdl, w.opts.Rates.IDMissing)
	cii := ""
	if a.printed {
		cii = strings.TrimPrefix(w.numberAsTold(r, p, ciiNumber, p.cii, w.opts.Rates.IDMissing), "A")
	}
	h := p.homeOn(c.filed)
	who := party{
		head: []string{number, digits(uint64(c.defendant), 2), name, birth, sexLetter(p), cdl, cii, strings.TrimSpace(h.number + " " + h.street + " " + h.unit),
			h.place.city + ", CA " + h.place.zip, c.filed.String()},
		origin:    []string{county, origin},
		birthTrue: tellsBirth(p, told, yearOnly) && f.claimed < 0,
		print:     cii != "",
		offense:   r.chance(w.opts.Rates.OffenseDateTold),
	}
	for _, k := range c.counts {
		if county == "" || k.truth != nil {
			s.countLine(l, a, r, who, k)
		}
	}
}

// countLine writes a count of a case.
func (s *neighbourFile) countLine(l *life, a *arrest, r *stream, who party, k *count) {
	w, c, transferred := s.w, a.file, who.origin[0] != ""
	charged := k.filed
	if k.truth != nil {
		charged = k.convicted
	}
	offenseDay, offenseRight := w.dayAsTold(r, k.offense)
	offense, sev := "", map[casefold.Level]string{casefold.Felony: "FEL", casefold.Misdemeanor: "MISD", casefold.Infraction: "INF"}[charged.level]
	if who.offense {
		offense = offenseDay.String()
	}
	if noLevel := r.chance(w.opts.Rates.LevelMissing); noLevel {
		sev = ""
	}
	plea, pleaDate, sentenced, sentence := "", "", "", ""
	if k.truth != nil {
		plea, pleaDate, sentenced, sentence = "N", c.plea.String(), c.sentenced.String(), neighbourSentence(k)
	}
	event, eventDay, e := s.event(r, k, transferred)
	values := append(append([]string{}, who.head...), who.origin...)
	values = append(values, itoa(k.n), offense, s.statute(charged), charged.literal, sev, plea, pleaDate, neighbourDisposition(k), k.day.String(), sentenced, sentence, event, eventDay)
	say := saying{arrest: a, print: who.print, event: true}
	if k.truth != nil {
		say.tells = []*conviction{k.truth}
	}
	if !s.row(l, quarter(c.filed), csvLine(values), say) {
		return
	}
	l.birthTold = l.birthTold || who.birthTrue
	if e != nil {
		e.told = true
	}
	if k.truth == nil {
		return
	}
	k.truth.tell(true, sev != "", true)
	k.truth.told |= toldFiledDate
	if !transferred {
		k.truth.told |= toldByRecord
	}
	if who.offense && offenseRight {
		k.truth.told |= toldOffenseDate
	}
}

// event is the last thing that the court noted of a conviction.
func (s *neighbourFile) event(r *stream, k *count, transferred bool) (text, day string, e *later) {
	for i := range k.later {
		e := &k.later[i]
		known := r.chance(.75)
		switch {
		case !known, transferred && e.kind != casefold.SupervisionMoved && e.kind != casefold.Relief12034:
		case e.kind == casefold.SupervisionMoved:
			text, day = "Probation transfer in PC1203.9", e.day.String()
			return text, day, e
		default:
			return neighbourReliefText(e, k), e.day.String(), e
		}
	}
	return "", "", nil
}

func neighbourReliefText(e *later, k *count) string {
	switch e.kind {
	case casefold.Relief12034, casefold.Relief12034a:
		return "Petition granted PC" + string(e.kind) + " - plea withdrawn, dismissed"
	case casefold.Relief17b:
		return "Reduced to misdemeanor PC17(b)"
	case casefold.ReliefProp64:
		if e.level != "" && e.level != k.convicted.level {
			return "HS11361.8(e) granted - redesignated misdemeanor"
		}
		return "HS11361.8(e) granted - dismissed and sealed"
	case casefold.ReliefProp47:
		return "PC1170.18 granted - misdemeanor"
	case casefold.Reversed:
		return "Remittitur - judgment reversed"
	}
	return courtReliefText(e, k)
}

func neighbourDisposition(k *count) string {
	switch k.status {
	case casefold.Convicted:
		return "Convicted - plea of nolo contendere"
	case casefold.DispDismissed:
		return "Dismissed"
	case casefold.Acquitted:
		return "Acquitted"
	case casefold.DiversionDone:
		return "Diversion successful - dismissed"
	}
	return ""
}

// neighbourSentence is the sentence in words: 36 months probation, 90 days jail.
func neighbourSentence(k *count) string {
	var out []string
	for _, p := range k.sentence {
		unit := map[byte]string{'D': "days", 'M': "months", 'Y': "years"}[p.unit]
		switch p.kind {
		case casefold.Fine:
			out = append(out, "$"+itoa(p.length)+" fine")
		case casefold.Life:
			out = append(out, "25 years to life prison")
		default:
			word := map[casefold.SentenceKind]string{casefold.Jail: "jail", casefold.PrisonTerm: "prison", casefold.CountyPrison: "county prison PC1170(h)", casefold.ProbationTerm: "probation"}[p.kind]
			out = append(out, itoa(p.length)+" "+unit+" "+word)
		}
	}
	return strings.Join(out, ", ")
}

// statute is a charge as the neighbour writes it: HS11359, PC664/HS11359.
func (s *neighbourFile) statute(c charge) string {
	text := c.code + c.section + c.path
	if c.inchoate != "" {
		text = "PC" + c.inchoate + "/" + text
	}
	return text
}

func (s *neighbourFile) write(to Writer) error {
	if s.rates.Corrupt > 0 && s.rows > 0 { // the transfer was cut off
		s.brokenEnd = `CRF-99-0412,01,"PEDRO ANTONIO`
	}
	return s.file(to, "yolo/court_export.csv", "\ufeff"+neighbourColumns, 0, lastShelf)
}
