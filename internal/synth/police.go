package synth

import (
	"strings"

	"github.com/casefold/casefold"
)

// The police department's records system: a JSON object per report, charges in
// an array, names and addresses nested.
const policeSource = "police"

type policeFile struct {
	*output
	w *world
}

// reports tells whether the department reported the arrest: its own arrests
// since its system began in 1989, but for lost ones.
func (s *policeFile) reports(a *arrest, r *stream) bool {
	lost := r.chance(.05)
	return a.county == office && a.agency.city == "SACRAMENTO" && a.agency.ori == "CA0340400" && a.day.Year() >= 1989 && !lost
}

func (s *policeFile) life(l *life) {
	for _, a := range l.arrests {
		r := newStream(s.w.opts.Seed, topicPolice, l.index).fork(uint64(a.n))
		if a.leader == nil && s.reports(a, &r) {
			s.report(l, a, &r)
		}
	}
}

// A jsonText builds a JSON object.
type jsonText struct{ b []byte }

func (j *jsonText) open(key string) *jsonText {
	j.key(key)
	j.b = append(j.b, '{')
	return j
}

func (j *jsonText) close() { j.b = append(j.b, '}') }

// key writes a key, with the comma that may have to stand before it.
func (j *jsonText) key(key string) {
	if n := len(j.b); n > 0 && j.b[n-1] != '{' && j.b[n-1] != '[' {
		j.b = append(j.b, ',')
	}
	if key != "" {
		j.b = append(append(append(j.b, '"'), key...), `":`...)
	}
}

// text writes a string, null for "".
func (j *jsonText) text(key, v string) {
	j.key(key)
	j.value(v)
}

func (j *jsonText) value(v string) {
	if v == "" {
		j.b = append(j.b, "null"...)
		return
	}
	j.b = append(j.b, '"')
	for i := range len(v) {
		if v[i] == '"' || v[i] == '\\' {
			j.b = append(j.b, '\\')
		}
		j.b = append(j.b, v[i])
	}
	j.b = append(j.b, '"')
}

func (j *jsonText) number(key string, n int) {
	j.key(key)
	j.b = append(j.b, itoa(n)...)
}

// report writes the report of an arrest, and of that of a co-defendant with it.
func (s *policeFile) report(l *life, a *arrest, r *stream) {
	w := s.w
	id := "SPD-" + scattered(l.index, a.n, 0, 0)
	occurred, grams, offenseTold := "", "", r.chance(w.opts.Rates.OffenseDateTold)
	if offenseTold {
		occurred = a.offense.String()
	}
	booking := ""
	if a.printed && a.follower == nil {
		booking = a.booking
	}
	j := &jsonText{}
	j.open("")
	j.text("report_id", id)
	j.text("ori", a.agency.ori)
	j.open("incident")
	j.text("number", a.incident)
	j.text("occurred", occurred)
	j.text("location", digits(uint64(r.between(1, 80)*100), 1)+" BLK "+pick(r, streets))
	j.close()
	j.open("arrest")
	arrested := ""
	if !r.chance(w.opts.Rates.ArrestDateMissing) {
		arrested = a.day.String() + "T" + digits(uint64(r.below(24)), 2) + ":" + digits(uint64(r.below(60)), 2)
	}
	j.text("date", arrested)
	j.text("type", map[bool]string{true: "BOOKED", false: "CITED"}[a.printed])
	j.text("booking_no", booking)
	j.close()
	j.key("subjects")
	j.b = append(j.b, '[')
	print, birth := s.subject(j, a, r)
	say := saying{arrest: a, print: print, event: true, key: id}
	birth2 := false
	if f := a.follower; f != nil {
		second := saying{arrest: f, event: true}
		second.print, birth2 = s.subject(j, f, r)
		say.second = &second
	}
	j.b = append(j.b, ']')
	j.key("charges")
	j.b = append(j.b, '[')
	say.tells = s.charges(j, a, r)
	j.b = append(j.b, ']')
	weighed := s.weighed(a)
	if told := r.chance(.5); weighed != nil && told {
		grams = quantityText(weighed.quantity)
	}
	j.text("drug_grams", grams)
	j.text("officer", "#"+digits(uint64(r.between(100, 999)), 1))
	j.close()
	if !s.row(l, quarter(a.day), j.b, say) {
		return
	}
	l.birthTold = l.birthTold || birth
	if a.follower != nil {
		a.follower.of.birthTold = a.follower.of.birthTold || birth2
		a.follower.told = a.follower.told || arrested != ""
	}
	a.told = a.told || arrested != ""
	if grams != "" && weighed.truth != nil {
		weighed.truth.told |= toldQuantity
	}
	for _, v := range say.tells {
		v.tell(true, false, false)
		if offenseTold {
			v.told |= toldOffenseDate
		}
	}
}

// subject writes who was arrested; print reports whether a number backed by
// prints stands there, birth whether the birth date is the true one.
func (s *policeFile) subject(j *jsonText, a *arrest, r *stream) (print, birth bool) {
	p, f, w := a.who, a.face, s.w
	told, yearOnly := w.birthAsTold(r, f.birth)
	j.open("")
	j.open("name")
	j.text("last", w.nameAsTyped(r, surnameAs(r, f.last, f.parted)))
	j.text("first", w.nameAsTyped(r, f.first))
	j.text("middle", f.middle)
	j.text("suffix", f.suffix)
	j.close()
	s.alsoKnown(j, a, r)
	born := told.String()
	if yearOnly {
		born = born[:4]
	}
	j.text("dob", born)
	if told == 0 {
		told = f.birth
	}
	j.number("age", years(told, a.day))
	j.text("sex", sexLetter(p))
	j.text("race", string(p.race))
	j.number("height_in", p.height)
	j.number("weight_lb", p.weight)
	h := f.home
	j.open("address")
	j.text("street", strings.TrimSpace(h.number+" "+h.street+" "+h.unit))
	j.text("city", h.place.city)
	j.text("state", "CA")
	j.text("zip", h.place.zip)
	j.close()
	j.text("phone", phone(h.phone))
	j.open("ids")
	j.text("ssn", dashedSSN(w.numberAsTold(r, p, ssnNumber, f.ssn, w.opts.Rates.IDMissing)))
	j.text("cdl", w.numberAsTold(r, p, cdlNumber, f.cdl, w.opts.Rates.IDMissing))
	cii := ""
	if a.printed {
		cii = numberFromPrints(r, p.cii, .6)
	}
	j.text("cii", cii)
	j.close()
	j.close()
	return cii != "", born == p.birth.String() && f.claimed < 0
}

// alsoKnown writes the other names that the department knows.
func (s *policeFile) alsoKnown(j *jsonText, a *arrest, r *stream) {
	p := a.who
	j.key("aka")
	j.b = append(j.b, '[')
	street, other := r.chance(.12), r.chance(.1)
	if street && p.nick != "" && a.face.claimed < 0 {
		j.text("", surnameAs(r, p.last, p.parted)+", "+p.nick)
	}
	if other && a.face.claimed < 0 {
		j.text("", p.alias[0]+", "+p.first)
	}
	j.b = append(j.b, ']')
}

// charges writes the charges as the officer put them. In a tenth of the cases
// the clerk noted the court's result where it was a conviction as charged.
func (s *policeFile) charges(j *jsonText, a *arrest, r *stream) []*conviction {
	noted := r.chance(.1)
	var tells []*conviction
	for i, c := range a.charges {
		j.open("")
		j.number("seq", i+1)
		j.text("statute", s.statute(r, c))
		j.text("level", levelLetter(c.level))
		j.text("description", c.literal)
		disposition := ""
		switch {
		case a.fate == casefold.Released:
			disposition = "RELEASED 849(B)(1)"
		case a.fate == casefold.Declined:
			disposition = "DA REJECT"
		case a.file != nil && i == 0 && noted:
			if k := a.file.counts[0]; k.truth != nil && k.convicted.offense == c.offense && a.venue == adultCourt {
				disposition, tells = "CONVICTED", []*conviction{k.truth}
			}
		}
		j.text("disposition", disposition)
		j.close()
	}
	return tells
}

// weighed is the count whose quantity the report tells: the first, if it is
// about cannabis that was weighed.
func (s *policeFile) weighed(a *arrest) *count {
	if a.file == nil {
		return nil
	}
	k := a.file.counts[0]
	if !k.weighed() || k.filed.section == "11358" || k.filed.section != a.charges[0].section {
		return nil
	}
	return k
}

func quantityText(q float64) string {
	tenths := int(q*10 + .5)
	return itoa(tenths/10) + "." + itoa(tenths%10)
}

// statute is a charge as an officer writes it: 11359 H&S, 11357(b) HS.
func (s *policeFile) statute(r *stream, c charge) string {
	odd, how := r.chance(s.w.opts.Rates.StatuteVariants), r.below(4)
	code := map[string]string{"HS": "H&S", "PC": "PC", "VC": "CVC", "BP": "B&P", "WI": "W&I"}[c.code]
	text := c.section + c.path
	if odd && how == 0 {
		text, code = c.bareSection(), c.code
	}
	switch c.inchoate {
	case "664":
		text = "664/" + text
	case "32":
		text = "32/" + text
	case "182(a)(1)":
		text = "182(a)(1)/" + text
	}
	switch {
	case odd && how == 1:
		return c.code + " " + text
	case odd && how == 2:
		return strings.ToLower(code) + " " + text
	}
	return text + " " + code
}

// years are the completed years between two days.
func years(from, to casefold.Day) int {
	n := to.Year() - from.Year()
	if from.AddYears(n) > to {
		n--
	}
	return max(n, 0)
}

func phone(s string) string {
	if len(s) != 10 {
		return s
	}
	return "(" + s[:3] + ") " + s[3:6] + "-" + s[6:]
}

func dashedSSN(s string) string {
	if len(s) != 9 {
		return s
	}
	return s[:3] + "-" + s[3:5] + "-" + s[5:]
}

func (s *policeFile) write(to Writer) error {
	return s.file(to, "police/rms_reports.jsonl.zst", "", 0, lastShelf)
}
