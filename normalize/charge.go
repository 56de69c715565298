package normalize

import (
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/normalize/outcome"
)

// A chargeFields is where one stage's charge stands.
type chargeFields struct{ text, code, level, qualifiers fieldID }

var (
	arrestedFields  = chargeFields{fArrestCharge, fArrestChargeCode, fArrestChargeLevel, fieldCount}
	filedFields     = chargeFields{fCharge, fChargeCode, fChargeLevel, fChargeQualifiers}
	disposedFields  = chargeFields{fDisposedCharge, fDisposedChargeCode, fDisposedChargeLevel, fDisposedChargeQualifiers}
	convictedFields = chargeFields{fConvictedCharge, fConvictedChargeCode, fConvictedChargeLevel, fConvictedChargeQualifiers}
)

// stages are the charges as their columns tell them.
type stages struct{ arrested, charge, disposed, convicted *casefold.Offense }

// charges reads the charge at each stage.
func (n *Normalizer) charges(v view) (s stages) {
	s.arrested = n.charge(v, arrestedFields, false)
	s.charge = n.charge(v, filedFields, true)
	s.disposed = n.charge(v, disposedFields, false)
	s.convicted = n.charge(v, convictedFields, false)
	return s
}

// place gives an event its charges. A source's only charge column is what an
// arrest or booking arrested for, and else what was filed; that it was convicted
// of is not told by it.
func (n *Normalizer) place(e *casefold.Event, s stages) {
	e.Arrested, e.Disposed, e.Convicted = s.arrested, s.disposed, s.convicted
	if n.bookedFor(e) && e.Arrested == nil {
		e.Arrested = s.charge
	} else {
		e.Filed = s.charge
	}
}

// bookedFor reports events whose charge is what somebody was arrested for: an
// arrest, and a stay in a jail (not in a prison, where it is the conviction's).
func (n *Normalizer) bookedFor(e *casefold.Event) bool {
	return e.Kind == casefold.ArrestEvent || e.Kind == casefold.CustodyEvent && n.src.Teller == casefold.TellerJail
}

// charge reads one stage; main is the stage to which the wording, the code
// column and the comment belong.
func (n *Normalizer) charge(v view, f chargeFields, main bool) *casefold.Offense {
	if !main && !v.has(f.text) && !v.has(f.code) {
		return nil
	}
	words, code, level, qualifiers := v.first(f.text), v.first(f.code), v.first(f.level), ""
	if f.qualifiers < fieldCount {
		qualifiers = v.first(f.qualifiers)
	}
	codeWord, literal, comment := "", "", ""
	if main {
		codeWord, literal, comment = v.first(fCode), v.first(fChargeText), v.first(fComment)
	} else if f.text == arrestedFields.text && !v.has(fCharge) {
		codeWord = v.first(fCode)
	}
	if words == "" && code == "" && literal == "" && comment == "" {
		return nil
	}
	key := n.key[:0]
	for _, part := range [...]string{words, code, level, qualifiers, codeWord, literal, comment} {
		key = appendPart(key, part)
	}
	n.key = key
	read := n.m.offense.getKey(key)
	o := read.Offense
	if read.contradicts {
		n.note("code_contradicts_text", f.code)
	}
	if o != nil && !o.Parsed && words != "" {
		n.note("unread_statute", f.text)
	}
	return o
}

// outcomes reads what became of the count, and returns the later events that the
// disposition tells, for relief.
func (n *Normalizer) outcomes(v view, e *casefold.Event) (later []casefold.Relief) {
	words, code := v.first(fDisposition), v.first(fDispositionCode)
	if words != "" || code != "" {
		key := appendPart(appendPart(n.key[:0], words), code)
		n.key = key
		d := n.m.disposition.getKey(key)
		e.Disposition, later = d.Disposition, d.relief
		e.Related = appendCases(e.Related, d.related)
		if d.Status == casefold.Unrecognized {
			n.note("unrecognized_disposition", fDisposition)
		}
	}
	if s := v.first(fConvictedLevel); s != "" {
		e.ConvictedLevel = n.m.level.get(s)
	}
	if s := v.first(fPlea); s != "" {
		e.Plea = n.m.plea.get(s)
	}
	if s := v.first(fListing); s != "" {
		e.Listing = n.m.listing.get(s)
	}
	e.Grams, e.Plants = n.told(v, fGrams), n.told(v, fPlants)
	e.Sentence = n.sentences(v)
	return later
}

// relief gathers later events: those that the disposition tells happened on its
// date, those of the relief columns on theirs, which is own.
func (n *Normalizer) relief(v view, e *casefold.Event, later []casefold.Relief, own casefold.Date) {
	e.Relief = dated(later, firstKnown(own, e.DispositionDate, e.Date))
	for i := range v.cells[fRelief] {
		if s := v.cells[fRelief][i].value(v.values, v.group); s != "" {
			told := n.m.relief.get(s)
			e.Relief = append(e.Relief[:len(e.Relief):len(e.Relief)], dated(told.events, own)...)
			e.Related = appendCases(e.Related, told.related)
		}
	}
}

// dated gives reliefs that tell no date of their own the given one. The list is
// copied only if something changes.
func dated(list []casefold.Relief, d casefold.Date) []casefold.Relief {
	if len(list) == 0 {
		return nil
	}
	out := list[:len(list):len(list)]
	for i, r := range list {
		if r.Date.Known() || !d.Known() {
			continue
		}
		if &out[0] == &list[0] {
			out = append([]casefold.Relief(nil), list...)
		}
		out[i].Date = d
	}
	return out
}

// The columns that hold one kind of sentence in one unit.
var sentenceColumns = [...]struct {
	field      fieldID
	kind, unit string
}{
	{fJailDays, "JAIL", "DAYS"}, {fJailMonths, "JAIL", "MONTHS"}, {fPrisonMonths, "PRISON", "MONTHS"}, {fPrisonYears, "PRISON", "YEARS"},
	{fProbationMonths, "PROBATION", "MONTHS"}, {fProbationYears, "PROBATION", "YEARS"}, {fFine, "FINE", ""},
}

// sentences reads the parts of the sentence from all its columns.
func (n *Normalizer) sentences(v view) []casefold.SentencePart {
	if !tells(v.sentence, v.values, v.group) {
		return nil
	}
	key := appendPart(n.key[:0], v.joined(fSentence))
	for _, c := range sentenceColumns {
		key = appendPart(key, v.first(c.field))
	}
	kinds, lengths, units := v.cells[fSentenceKind], v.cells[fSentenceLength], v.cells[fSentenceUnit]
	for i := range max(len(kinds), len(lengths)) {
		key = appendPart(key, at(v, kinds, i))
		key = appendPart(key, at(v, lengths, i))
		key = appendPart(key, at(v, units, i))
	}
	n.key = key
	list := n.m.sentence.getKey(key)
	return list[:len(list):len(list)]
}

// at is the value of cell i of several columns that belong together by order.
func at(v view, cells []cell, i int) string {
	if i >= len(cells) {
		return ""
	}
	return cells[i].value(v.values, v.group)
}

func readSentence(key string) []casefold.SentencePart {
	whole, key := cutPart(key)
	var out []casefold.SentencePart
	if whole != "" {
		out = append(out, outcome.Sentence(whole)...)
	}
	for _, c := range sentenceColumns {
		var s string
		s, key = cutPart(key)
		if strings.Trim(s, "0.") == "" {
			continue // none, or a length of nothing
		}
		if p, ok := outcome.SentencePart(c.kind, s, c.unit); ok {
			out = append(out, p)
		}
	}
	for key != "" {
		var kind, length, unit string
		kind, key = cutPart(key)
		length, key = cutPart(key)
		unit, key = cutPart(key)
		if p, ok := outcome.SentencePart(kind, length, unit); ok {
			out = append(out, p)
		}
	}
	return out
}

// comment adds what the free text tells beside the columns: other cases,
// bookings, later events of this count, a sentence where no column has one.
func (n *Normalizer) comment(v view, e *casefold.Event) {
	s := v.joined(fComment)
	if s == "" {
		return
	}
	c := n.m.comment.get(s)
	e.Comment = c.verbatim
	e.Related = appendCases(e.Related, c.Related)
	e.Bookings = appendNew(e.Bookings, c.Bookings)
	if !speaksOf(c.Counts, e.Count) {
		return
	}
	if len(c.Relief) > 0 {
		e.Relief = append(e.Relief[:len(e.Relief):len(e.Relief)], c.Relief...)
	}
	if len(e.Sentence) == 0 {
		e.Sentence = c.Sentence[:len(c.Sentence):len(c.Sentence)]
	}
}

// speaksOf reports whether a comment that names counts ("1", "1-3", "BOTH") speaks
// of a count; one that names none speaks of its row's own.
func speaksOf(counts []string, count string) bool {
	if len(counts) == 0 || count == "" {
		return true
	}
	own, ok := countNumber(count)
	if !ok {
		return true
	}
	for _, c := range counts {
		from, to, isRange := strings.Cut(c, "-")
		a, okA := countNumber(from)
		b, okB := countNumber(to)
		switch {
		case !okA: // BOTH, ALL
			return true
		case !isRange && a == own, isRange && okB && a <= own && own <= b:
			return true
		}
	}
	return false
}

func countNumber(s string) (int, bool) {
	n := 0
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' || i > 5 {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, s != ""
}
