package synth

import (
	"strings"

	"github.com/casefold/casefold"
)

// A charge is an offence as it is charged to somebody.
type charge struct {
	*offense
	inchoate string         // "664", "182(a)(1)", "32"; "" none
	level    casefold.Level // the side of a wobbler that was charged
}

// statute is the charge in the form of the contract. A federal section is that
// of code US, with its title before it.
func (c charge) statute() casefold.Statute {
	if title, ok := strings.CutSuffix(c.code, " USC"); ok {
		return casefold.Statute{Code: "US", Section: title + " " + c.section, Path: c.path}
	}
	return casefold.Statute{Code: c.code, Section: upper(c.section), Path: c.path, Inchoate: c.inchoate}
}

// A venue is where an arrest or a case is dealt with.
type venue int

const (
	adultCourt venue = iota
	juvenileCourt
	federalCourt
	otherState
)

// An arrest is a contact with the police and all that followed from it.
type arrest struct {
	who      *identity
	n        int // number within the life, never reused
	day      casefold.Day
	offense  casefold.Day // when the offence was committed
	county   string       // "" outside California
	state    string
	agency   agency
	venue    venue
	face     face
	printed  bool
	charges  []charge
	fate     casefold.DispositionStatus // Released, Declined, or "" where a case was filed
	release  casefold.Day
	incident string
	booking  string
	daNumber string
	daSecond string     // the number under which it was entered again
	file     *courtCase // nil where none was filed
	told     bool       // a row tells the date truly
	of       *life      // whose life it is part of
	leader   *arrest    // the arrest of the first defendant, nil if this is it
	follower *arrest    // the arrest of the second, nil if there is none
}

// A courtCase is one file of a court against one defendant.
type courtCase struct {
	arrest       *arrest
	county       string
	venue        venue
	municipal    bool   // begun in the municipal court, whose number it had
	number       string // the number the court now keeps it under
	oldNumber    string // the municipal court's, or the one before the system changed
	refiledFrom  string // number of the dismissed case
	consolidated string // number under which the counts after the first were filed before they were taken into this case
	movedTo      string // the neighbour's number after a transfer under 1203.9
	moved        casefold.Day
	defendant    int // 1 for the first
	defendants   int
	filed        casefold.Day
	plea         casefold.Day
	sentenced    casefold.Day
	counts       []*count
	outcome      casefold.DispositionStatus
}

// A count is one accusation in a case and its outcome.
type count struct {
	n         int
	arrested  *charge // nil where the count was added by the prosecutor
	filed     charge
	convicted charge // valid where status is Convicted or JuvenileSustained
	status    casefold.DispositionStatus
	day       casefold.Day // of the outcome; 0 where there is none
	offense   casefold.Day
	sentence  []sentence
	later     []later
	quantity  float64 // grams, or plants for HS 11358
	measured  bool    // the file tells the quantity
	truth     *conviction
	origin    *conviction // in a copy that knows less: what it is a copy of
}

// weighed reports whether the file tells a quantity of cannabis: that of the
// charge, so not where the plea was to another.
func (k *count) weighed() bool {
	return k.measured && k.filed.isCannabis() && (k.truth == nil && k.origin == nil || k.convicted.offense == k.filed.offense)
}

// A sentence is a part of a sentence.
type sentence struct {
	kind   casefold.SentenceKind
	length int
	unit   byte // D, M, Y; 0 for dollars
}

// A later event changes a conviction or its supervision.
type later struct {
	kind  casefold.ReliefKind
	day   casefold.Day
	level casefold.Level // after it, "" unchanged
	told  bool           // a row tells it truly
	// stated: the state wrote it over the disposition, where a step of its own
	// would have said it.
	stated bool
}

// end is the day on which the part ends if nothing changes it.
func (s sentence) end(from casefold.Day) casefold.Day {
	switch s.unit {
	case 'D':
		return from.AddDays(s.length)
	case 'M':
		return from.AddMonths(s.length)
	case 'Y':
		return from.AddYears(s.length)
	}
	return from
}

// sentenceEnd is the end of the longest part; served the end of custody.
func (k *count) sentenceEnd(from casefold.Day) (end, served casefold.Day) {
	end, served = from, from
	for _, s := range k.sentence {
		e := s.end(from)
		end = max(end, e)
		if s.kind == casefold.Jail || s.kind == casefold.PrisonTerm || s.kind == casefold.CountyPrison {
			served = max(served, from.AddDays((e.Serial()-from.Serial())/2))
		} else if s.kind == casefold.Life {
			served = max(served, from.AddYears(25))
		}
	}
	return end, served
}

// levelNow is the level as it now stands.
func (k *count) levelNow() casefold.Level {
	l := k.convicted.level
	for _, e := range k.later {
		if e.level != "" {
			l = e.level
		}
	}
	return l
}

// isCannabis reports whether the section is one of HS 11357 to 11360.
func (o *offense) isCannabis() bool {
	switch o.section {
	case "11357", "11358", "11359", "11360":
		return o.code == "HS"
	}
	return false
}

// lesser are the offences to which a charge is bargained down, by section.
var lesser = map[string][]string{
	"11359": {"35374", "35375", "35417", "35376", "35125"},
	"11360": {"35376", "35127", "35375", "35417", "35374"},
	"11358": {"35374", "35375", "35417", "35127"},
	"11378": {"35353", "35172"},
	"11379": {"35138", "35353"},
	"11351": {"35152", "35422", "35212"},
	"11352": {"35276", "35152"},
	"11350": {"35212", "35133", "35423"},
	"11377": {"35212", "35133", "35423"},
	"459":   {"22133", "23087", "28024"},
	"211":   {"23133", "13045"},
	"245":   {"13045", "13180"},
	"243":   {"13045"},
	"273.5": {"13174", "13045"},
	"23152": {"54005"},
	"187":   {"9146", "9147"},
	"288":   {"36150", "36018", "38059"},
	"261":   {"11049", "11073"},
	"487":   {"23157", "23087"},
	"10851": {"24067", "28024"},
	"484":   {"23024"},
	"236.1": {"40030"},
}

// companions are the classes from which a second charge comes.
var companions = map[string][]string{
	"cannabis":      {"cannabis", "drug", "order", "driving", "weapon"},
	"cannabis-new":  {"cannabis-new", "drug", "weapon"},
	"cannabis-side": {"cannabis", "cannabis-side", "order"},
	"drug":          {"drug", "order", "weapon", "theft"},
	"theft":         {"theft", "burglary", "drug"},
	"burglary":      {"theft", "burglary"},
	"fraud":         {"fraud", "theft"},
	"violence":      {"violence", "weapon", "order"},
	"domestic":      {"domestic", "violence"},
	"sex":           {"sex", "violence"},
	"homicide":      {"violence", "weapon"},
	"weapon":        {"weapon", "drug", "order"},
	"driving":       {"driving", "order"},
	"order":         {"order"},
	"court":         {"court", "driving"},
	"violation":     {"drug", "order"},
	"registration":  {"drug"},
}

// mainClass draws the class of an arrest's main charge.
func (w *world) mainClass(r *stream, d casefold.Day) string {
	rates := w.opts.Rates
	x := r.float()
	rest := weigh(r, 17, 16, 8, 4, 14, 9, 6, 18, 12, 6, 5)
	cannabis := "cannabis"
	if d >= newLaw {
		cannabis = "cannabis-new"
		x *= 3 // after the initiative such arrests are a third
	} else if d < casefold.MakeDay(1973, 1, 1) {
		cannabis = "cannabis-side"
	}
	if x < rates.CannabisShare {
		return cannabis
	}
	x = (x - rates.CannabisShare) / (1 - rates.CannabisShare)
	if x < .015 {
		return "cannabis-side"
	}
	if x -= .015; x < rates.SeriousShare {
		if x < rates.SeriousShare*.7 {
			return "sex"
		}
		return "homicide"
	}
	return [...]string{"drug", "theft", "burglary", "fraud", "violence", "domestic", "weapon", "driving", "order", "court", "violation"}[rest]
}

// newLaw is the first day of Proposition 64.
const newLaw casefold.Day = 20161109

// chargesFor draws the charges of an arrest, the main one first. The few
// sections of other codes stand for those codes in all years.
func (w *world) chargesFor(r *stream, a *arrest, minor bool) []charge {
	offense := a.offense
	who := offender{a.who.woman, minor, offense < a.who.birth.AddYears(21)}
	var main *offenseDrawn
	for main == nil {
		class := w.mainClass(r, offense)
		switch a.venue {
		case federalCourt:
			class, offense = "federal", max(offense, 19800101)
		case otherState:
			class, offense = a.state, max(offense, 19950101)
		}
		if o := w.t.drawOffense(r, class, offense, who); o != nil {
			main = &offenseDrawn{o, class}
		}
	}
	out := []charge{w.chargeOf(r, main.offense)}
	for n := weigh(r, 55, 28, 11, 6); n > 0; n-- {
		if r.chance(.12) { // the same again: two sales, two victims
			out = append(out, out[0])
			continue
		}
		classes := companions[main.class]
		if classes == nil {
			classes = []string{main.class}
		}
		if o := w.t.drawOffense(r, pick(r, classes), offense, who); o != nil {
			out = append(out, w.chargeOf(r, o))
		}
	}
	return out
}

type offenseDrawn struct {
	*offense
	class string
}

// chargeOf charges an offence: a cannabis felony sometimes as an attempt, a
// conspiracy or as an accessory.
func (w *world) chargeOf(r *stream, o *offense) charge {
	c := charge{offense: o, level: o.level}
	inchoate, kind := r.chance(w.opts.Rates.Inchoate), weigh(r, 60, 25, 15)
	switch {
	case o.isCannabis() && o.level == casefold.Felony && inchoate:
		c.inchoate = [...]string{"664", "182(a)(1)", "32"}[kind]
	case o.section == "187" && r.chance(.3):
		c.inchoate = "664"
	}
	return c
}

// bargain is what a charge is pleaded down to; the charge itself where nothing
// lesser was in force.
func (w *world) bargain(r *stream, c charge, offense casefold.Day) charge {
	if c.wobble != "" && r.chance(.5) {
		if o := w.t.byCJIS[c.wobble]; o != nil && o.inForce(offense) {
			return charge{offense: o, level: o.level}
		}
	}
	codes := lesser[c.section]
	start := r.below(max(len(codes), 1))
	for i := range codes {
		if o := w.t.byCJIS[codes[(start+i)%len(codes)]]; o.inForce(offense) && o != c.offense {
			return charge{offense: o, level: o.level}
		}
	}
	return c
}
