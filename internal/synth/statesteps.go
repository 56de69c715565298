package synth

import (
	"cmp"
	"strings"

	"github.com/casefold/casefold"
)

// casefoldStateColumns are the 95 columns of the state's extract, in order.
// Source: codeforamerica/gogen fixtures (MIT), as listed in the project's
// doj_columns table.
var casefoldStateColumns = strings.Fields(`RECORD_ID SUBJECT_STATUS SUBJECT_ID REQ_SEG_SEP REQ_CII_NUMBER REQ_NAME REQ_GENDER
REQ_DOB REQ_CDL REQ_SSN PII_SEG_SEP CII_NUMBER PRI_NAME GENDER PRI_DOB PRI_SSN PRI_CDL PRI_IDN PRI_INN FBI_NUMBER PDR_SEG_SEP
RACE_CODE RACE_DESCR EYE_COLOR_CODE EYE_COLOR_DESCR HAIR_COLOR_CODE HAIR_COLOR_DESCR HEIGHT WEIGHT SINGLE_SOURCE MULTI_SOURCE
POB_CODE POB_NAME POB_TYPE CITIZENSHIP_LIST CYC_SEG_SEP CYC_ORDER CYC_DATE STP_SEG_SEP STP_ORDER STP_EVENT_DATE STP_TYPE_CODE
STP_TYPE_DESCR STP_ORI_TYPE STP_ORI_TYPE_DESCR STP_ORI_CODE STP_ORI_DESCR STP_ORI_CNTY_CODE STP_ORI_CNTY_NAME CNT_SEG_SEP CNT_ORDER
DISP_DATE OFN OFFENSE_CODE OFFENSE_DESCR OFFENSE_TOC OFFENSE_QUAL_LST DISP_OFFENSE_CODE DISP_OFFENSE_DESCR DISP_OFFENSE_TOC
DISP_OFFENSE_QUAL_LST CONV_OFFENSE_ORDER CONV_OFFENSE_CODE CONV_OFFENSE_DESCR CONV_OFFENSE_TOC CONV_OFFENSE_QUAL_LST FE_NUM_ORDER
FE_NUM_ARR_AGY FE_NUM_BNCH_WARR FE_NUM_CITE FE_NUM_DOCKET FE_NUM_INCIDENT FE_NUM_BOOKING FE_NUM_NUMBER FE_NUM_REMAND FE_NUM_OOS_INN
FE_NUM_CRT_CASE FE_NUM_WARRANT DISP_ORDER DISP_CODE DISP_DESCR CONV_STAT_CODE CONV_STAT_DESCR SENT_SEG_SEP SENT_ORDER SENT_LOC_CODE
SENT_LOC_DESCR SENT_LENGTH SENT_TIME_CODE SENT_TIME_DESCR CYC_AGE CII_TYPE CII_TYPE_ALPHA COMMENT_TEXT END_OF_REC`)

// cycle writes an arrest and the court's part of it.
func (s *stateFile) cycle(sub *subject, a *arrest) {
	rates, r := s.w.opts.Rates, &sub.noise
	noArrest, noCourt, silent := r.chance(rates.ArrestDateMissing), r.chance(rates.DispositionMissing), r.chance(.2)
	st := step{order: 1, day: compact(a.day), kind: "ARREST/DETAINED/CITED", ori: a.agency.ori, name: a.agency.stateName, county: a.county,
		cycleDay: compact(a.day), age: itoa(a.day.Year() - sub.l.birth.Year())}
	if a.county == "" {
		st.county, st.name = a.state, "POLICE DEPARTMENT"
	}
	if lost := r.chance(.6); lost && a.file != nil && a.file.plea.Year() == 2008 {
		noCourt = true // the year whose outcomes were never sent
	}
	crossed := r.chance(.01) // the court's step was entered before the arrest's
	if noArrest {
		st.cycleDay, st.age = "", ""
	} else {
		arrest := st
		if crossed && a.file != nil && !noCourt {
			arrest.order, st.order = 2, 1
		} else {
			st.order++
		}
		s.arrestStep(sub, a, arrest)
	}
	if a.file == nil || noCourt && !silent {
		return
	}
	s.courtStep(sub, a, &st, noCourt)
	st.order = max(st.order, 3)
	if !noCourt {
		s.supervision(sub, a, st)
	}
	s.warrant(sub, a)
}

func (s *stateFile) arrestStep(sub *subject, a *arrest, st step) {
	r := &sub.noise
	st.ofn, st.booking = a.incident, a.booking
	if how := r.below(4); how == 0 {
		st.ofn = strings.ReplaceAll(a.incident, "-", "")
	} else if how == 1 {
		st.ofn, st.booking = a.booking, ""
	}
	for i, c := range a.charges {
		ln := line{count: i + 1}
		s.charge(r, &ln, c)
		switch a.fate {
		case casefold.Released:
			ln.disp = pick(r, []string{"REL/DETENTION ONLY", "849(B)(1) PC-REL/DETENTION ONLY"})
		case casefold.Declined:
			ln.disp = pick(r, []string{"PROS REJ-LACK OF SUFFICIENT EVIDENCE", "PROS REJ-INTEREST OF JUSTICE", "PROS REJ-LACK OF CORPUS", "PROS REJ-VICTIM UNAVAILABLE"})
		}
		if s.row(sub, &st, &ln, saying{event: true}) {
			a.told = true
		}
	}
}

// charge fills the columns of a charge in one of the ways the state writes it.
func (s *stateFile) charge(r *stream, ln *line, c charge) (inComment bool) {
	rates := s.w.opts.Rates
	odd, comment, noLevel := r.chance(rates.StatuteVariants), r.chance(rates.CommentCharge), r.chance(rates.LevelMissing)
	form, inchoate := r.below(5), r.below(4)
	ln.code, ln.level = c.cjis, levelLetter(c.level)
	if c.level == "" {
		ln.level = "X"
	}
	section := c.sectionText()
	if odd && form < 2 {
		section = c.bareSection()
	}
	if odd && form == 4 {
		section = strings.ToLower(section)
	}
	sep := " "
	if odd && form == 2 {
		sep = ""
	}
	switch {
	case c.inchoate == "664" && inchoate == 0:
		ln.qualifiers = "AB"
	case c.inchoate == "664" && inchoate == 1:
		section = "664-" + section
	case c.inchoate == "664":
		section = "664/" + section
	case c.inchoate == "182(a)(1)" && inchoate == 0:
		ln.qualifiers = "EB"
	case c.inchoate == "182(a)(1)":
		section, ln.code = "182(A)(1)/"+section, "46028"
	case c.inchoate == "32" && inchoate < 2:
		ln.qualifiers = "CS"
	case c.inchoate == "32":
		section, ln.code = "32/"+section, "46004"
	}
	ln.text = section + sep + c.code + "-" + c.literal
	if c.cjis == "" { // a federal section or another state's
		ln.text = c.code + " " + c.section + upper(c.path) + "-" + c.literal
	}
	if odd && form == 3 { // no code of law at all
		ln.text = section + " " + c.literal
	}
	if noLevel {
		ln.level = ""
	}
	if comment {
		ln.comment, ln.text, ln.code = "CHRG-"+section+" "+c.code+" "+c.literal, "SEE COMMENT FOR CHARGE", ""
	}
	return comment
}

// courtStep writes the court's step, and the steps of what happened later.
func (s *stateFile) courtStep(sub *subject, a *arrest, st *step, silent bool) {
	r, c := &sub.noise, a.file
	st.kind, st.booking = "COURT ACTION", ""
	st.ori, st.name = s.courtORI(c), s.courtStateName(r, c)
	yearOnly, noNumber := r.chance(s.w.opts.Rates.DateYearOnly), r.chance(s.w.opts.Rates.NumberMissing)
	st.day, st.dispDate = compact(c.sentenced), compact(c.plea)
	if r.chance(.5) {
		st.dispDate = st.day
	}
	if yearOnly {
		st.day, st.dispDate = st.day[:4]+"0000", ""
	}
	number := c.number
	if c.oldNumber != "" && r.chance(.5) {
		number = c.oldNumber
	}
	if c.refiledFrom != "" && r.chance(.6) {
		s.dismissedAndRefiled(sub, *st, c)
		st.order++
	}
	st.ofn = s.w.numberAsWritten(r, c, number)
	if r.chance(.3) {
		st.court = st.ofn
	}
	if noNumber {
		st.ofn, st.court = pick(r, []string{"NULL", "NULL  ", "", "UNKNOWN"}), ""
	}
	if c.municipal && !silent && r.chance(.15) { // told by the municipal court, and by the superior court again
		lower := *st
		lower.name, lower.ofn = "CAMC"+c.county, c.number
		for _, k := range c.counts {
			s.countRows(sub, &lower, k, false, true, !yearOnly)
		}
		st.order++
	}
	for _, k := range c.counts {
		s.countRows(sub, st, k, silent, !noNumber, !yearOnly)
	}
	st.order++
	if silent {
		return
	}
	for _, k := range c.counts {
		for i := range k.later {
			s.laterRow(sub, *st, k, &k.later[i], !noNumber)
		}
	}
}

func (s *stateFile) courtORI(c *courtCase) string {
	switch c.venue {
	case federalCourt:
		return "CAUSDC03J"
	case otherState:
		return c.arrest.state + "0010015J"
	}
	return "CA0" + countyCode[c.county] + "015J"
}

func (s *stateFile) courtStateName(r *stream, c *courtCase) string {
	how := r.below(6)
	switch {
	case c.venue == federalCourt:
		return "USDC SACRAMENTO"
	case c.venue == otherState:
		return c.arrest.state + " DISTRICT COURT"
	case c.venue == juvenileCourt:
		return "CAJV" + c.county
	case c.municipal && how < 2:
		return "CAMC" + c.county
	case c.municipal && how == 2:
		return "CASC MC" + c.county
	case how == 5:
		return "CASC " + c.county
	}
	return "CASC" + c.county
}

// countRows writes the rows of a count: one per part of the sentence.
func (s *stateFile) countRows(sub *subject, st *step, k *count, silent, numbered, dated bool) {
	r := &sub.noise
	ln := line{count: k.n}
	tells := s.accusation(r, &ln, k, silent)
	convictedTold := k.truth != nil && !silent
	if marked, which := r.chance(s.w.opts.Rates.PriorMarker), r.below(len(priorMarkers)); marked && convictedTold && k.convicted.level == casefold.Felony {
		ln.qualifiers += priorMarkers[which]
	}
	overwritten := s.overwritten(r, k, silent)
	if overwritten != nil {
		ln.disp = stateReliefText(overwritten, k)
	} else if !silent {
		ln.disp = s.disposition(r, k)
	}
	if k.day.Year() == 2002 { // a year in which the court's system filled the wrong columns
		ln.disposedCode, ln.disposedText, ln.disposedLvl = ln.convCode, ln.convText, ln.convLvl
		ln.convCode, ln.convText, ln.convLvl = "", "", ""
	}
	if !convictedTold {
		s.row(sub, st, &ln, saying{event: numbered})
		return
	}
	k.truth.atState = true
	if dated {
		tells |= toldConvictionDate
	}
	for i := range max(len(k.sentence), 1) {
		if i < len(k.sentence) {
			ln.sentence, ln.part = &k.sentence[i], i+1
		}
		if !s.row(sub, st, &ln, saying{event: numbered, tells: []*conviction{k.truth}}) {
			continue
		}
		k.truth.told |= tells | toldByRecord
		if overwritten != nil {
			overwritten.told = true
		}
		if a := k.truth.file.arrest; dated && st.cycleDay == compact(a.day) {
			a.told = true
		}
	}
}

// accusation fills the columns of the charge as filed and as convicted. It
// returns which facts of the conviction they tell truly.
func (s *stateFile) accusation(r *stream, ln *line, k *count, silent bool) (tells facts) {
	filed := k.filed
	convictedTold := k.truth != nil && !silent
	if final := r.chance(.15); convictedTold && final {
		filed = k.convicted // the court reported the last charge only
	}
	inComment := s.charge(r, ln, filed)
	if !convictedTold {
		return 0
	}
	section := filed.offense == k.convicted.offense && filed.inchoate == k.convicted.inchoate
	if filed.offense != k.convicted.offense || r.chance(.4) && !inComment {
		var conv line
		s.charge(r, &conv, k.convicted)
		if conv.comment == "" && k.convicted.inchoate == "" {
			ln.convCode, ln.convText, ln.convLvl, section = conv.code, conv.text, conv.level, true
		} else if filed.offense != k.convicted.offense {
			ln.convCode, ln.convText, ln.convLvl, section = k.convicted.cjis, k.convicted.sectionText()+" "+k.convicted.code+"-"+k.convicted.literal, levelLetter(k.convicted.level), true
		}
	}
	level := true
	ln.status = strings.ToUpper(string(k.convicted.level))
	if noLevel := r.chance(s.w.opts.Rates.LevelMissing); noLevel {
		ln.status, level = "", ln.convLvl != "" || ln.convText == "" && ln.level == levelLetter(k.convicted.level)
	}
	if section {
		tells |= toldSection
	}
	if level {
		tells |= toldLevel
	}
	if code := cmp.Or(ln.convCode, ln.code); code != "" && code == k.convicted.cjis && (ln.convCode != "" || ln.convText == "") {
		tells |= toldOldCode
	}
	return tells
}

// tell notes what a row told truly of a conviction.
func (v *conviction) tell(section, level, dated bool) {
	if section {
		v.told |= toldSection
	}
	if level {
		v.told |= toldLevel
	}
	if dated {
		v.told |= toldConvictionDate
	}
}

func (s *stateFile) disposition(r *stream, k *count) string {
	dropped := r.below(2)
	switch k.status {
	case casefold.Convicted:
		switch {
		case k.hasSentence(casefold.ProbationTerm) && k.hasSentence(casefold.Jail):
			return "CONVICTED-PROB/JAIL"
		case k.hasSentence(casefold.ProbationTerm):
			return "CONVICTED-PROBATION"
		case k.hasSentence(casefold.PrisonTerm), k.hasSentence(casefold.CountyPrison), k.hasSentence(casefold.Life):
			return "CONVICTED-PRISON"
		case k.hasSentence(casefold.Jail):
			return "CONVICTED-JAIL"
		case k.hasSentence(casefold.Fine):
			return "CONVICTED-FINE"
		}
		return "CONVICTED"
	case casefold.JuvenileSustained:
		return "PETITION SUSTAINED"
	case casefold.DispDismissed:
		return [...]string{"DISMISSED/CHARGE DROPPED", "DISMISSED"}[dropped]
	case casefold.Acquitted:
		return "ACQUITTED"
	case casefold.DiversionDone:
		return "DIVERSION DISMISSED"
	}
	return ""
}

// laterRow writes a step that tells of something after the conviction.
func (s *stateFile) laterRow(sub *subject, st step, k *count, e *later, numbered bool) {
	r := &sub.noise
	late, again := r.chance(.4), r.chance(.5)
	if late || e.stated {
		return
	}
	st.day, st.dispDate = compact(e.day), ""
	st.order += 1 + k.n
	ln := line{count: k.n, disp: stateReliefText(e, k)}
	s.charge(r, &ln, k.convicted)
	if e.kind == casefold.Revoked && again { // the conviction entered again
		ln.disp, ln.qualifiers, ln.status = "CONVICTED-JAIL", ln.qualifiers+"AO", strings.ToUpper(string(k.convicted.level))
		ln.sentence, ln.part = &sentence{casefold.Jail, 90, 'D'}, 1
	}
	if s.row(sub, &st, &ln, saying{event: numbered, tells: []*conviction{k.truth}}) {
		e.told = true
		k.truth.told |= toldByRecord
	}
}

// stateReliefText is the state's wording of a later event.
func stateReliefText(e *later, k *count) string {
	switch e.kind {
	case casefold.Relief12034:
		return "CONV SET ASIDE & DISM PER 1203.4 PC"
	case casefold.Relief12034a:
		return "CONV SET ASIDE & DISM PER 1203.4A PC"
	case casefold.Relief17b:
		return "REDUCED TO MISDEMEANOR / 17 PC"
	case casefold.ReliefReduced:
		return "REDUCED TO MISDEMEANOR"
	case casefold.ReliefProp47:
		return "RESENTENCED/REDESIGNATED 1170.18 PC"
	case casefold.ReliefProp64:
		section := "11361.8 HS"
		if e.day >= 20190701 {
			section = "11361.9 HS"
		}
		if e.level != "" && e.level != k.convicted.level {
			return "REDESIGNATED " + section
		}
		return "DISMISSED " + section
	case casefold.Reversed:
		return "APPEAL REVERSED"
	case casefold.Dismissed1385:
		return "DISMISSED/FURTHERANCE OF JUSTICE"
	case casefold.Revoked:
		return "PROBATION REVOKED"
	case casefold.SupervisionEnded:
		return "PROBATION TERMINATED EARLY PER 1203.3 PC"
	case casefold.SupervisionMoved:
		return "PROBATION TRANSFERRED PER 1203.9 PC"
	case casefold.Resentenced:
		return "SENTENCE MODIFIED"
	}
	return ""
}

// afterwards writes what the state knows beside arrests: registration, death,
// applications.
func (s *stateFile) afterwards(l *life, sub *subject, r *stream) {
	if sub.prefix == nil {
		return
	}
	sub.noise = r.fork(1 << 41)
	for _, v := range l.convictions { // the first of them, in order of time
		if !v.count.convicted.registers || v.file.venue != adultCourt || r.chance(.1) {
			continue
		}
		_, free := v.count.sentenceEnd(v.file.sentenced)
		day := free.AddDays(20)
		if day >= s.w.end || l.death != 0 && day >= l.death {
			continue
		}
		sub.cycles++
		st := step{order: 1, day: compact(day), kind: "REGISTRATION", ori: "CA0340400", name: "CAPDSACRAMENTO", county: office, cycleDay: compact(day), ofn: digits(uint64(l.index%900000+100000), 6)}
		ln := line{count: 1, code: "89005", text: "290 PC-REGISTRATION OF SEX OFFENDER"}
		if s.row(sub, &st, &ln, saying{}) {
			l.registered = day
		}
		break
	}
	if r.chance(.03) {
		sub.cycles++
		day := l.birth.AddYears(r.between(19, 45))
		st := step{order: 1, day: compact(day), kind: "APPLICANT", name: "CADPTSOCIALSVC SACRAMENTO", county: office, cycleDay: compact(day)}
		s.row(sub, &st, &line{count: 1}, saying{})
	}
	if told := r.chance(.7); l.death != 0 && told {
		sub.cycles++
		st := step{order: 1, day: compact(l.death), kind: "DECEASED", ori: "CA0340000", name: "CASO SACRAMENTO", county: office, cycleDay: compact(l.death)}
		s.row(sub, &st, &line{count: 1}, saying{})
	}
}
