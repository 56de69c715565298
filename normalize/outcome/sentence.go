package outcome

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/normalize/text"
)

//go:embed sentences.txt
var sentenceTable string

var sentenceWords = sync.OnceValue(func() *lexicon { return newLexicon(sentenceTable, true) })

// Sentence reads the parts of a sentence told as text, in order: "PROB 3Y, JAIL
// 120D, FINE $300", "012 MONTHS PROBATION, 045 DAYS JAIL, FINE SS", "16 MOS
// CDC". Years and months of one part are joined to months. A text that names no
// known kind gives one part of kind OtherSentence.
func Sentence(s string) []casefold.SentencePart { return sentence(s, nil) }

// ExplainSentence is Sentence with the rules that fired.
func ExplainSentence(s string) ([]casefold.SentencePart, []text.Step) {
	var t text.Trace
	parts := sentence(s, &t)
	return parts, t.Steps
}

func sentence(s string, t *text.Trace) []casefold.SentencePart {
	folded := fold(s)
	if folded == "" {
		return nil
	}
	r := sentenceReader{scanner: scanner{split: true}, t: t, from: -1}
	r.scan(folded)
	r.look(sentenceWords())
	for i := 0; i < r.n; {
		i = r.step(i)
	}
	r.close(r.n)
	if len(r.parts) == 0 {
		t.Add("no known kind of sentence", folded)
		return []casefold.SentencePart{{Kind: casefold.OtherSentence, Verbatim: folded}}
	}
	return r.parts
}

// A sentenceReader walks over the words of a sentence. A part is a kind and a
// length in either order; what is open when the next one begins is closed.
type sentenceReader struct {
	scanner
	t     *text.Trace
	parts []casefold.SentencePart

	kind   casefold.SentenceKind // kind waiting for its length, "" none
	length span                  // length waiting for its kind
	number int                   // number waiting for its unit, -1 none
	from   int                   // first word of the open part, -1 none
}

// A span is a length as told so far.
type span struct {
	told   bool
	days   int
	months int
	years  int
	dollar bool
	money  int
	vague  bool // a unit that has no days: hours, weekends
}

// step reads the word or phrase at i and returns the place after it.
func (r *sentenceReader) step(i int) int {
	if r.mark[i] == ',' || r.mark[i] == ';' || r.mark[i] == '+' || r.mark[i] == '/' {
		r.comma(i)
	}
	w := r.word(i)
	if isDigit(w[0]) {
		if m, ok := sentenceWords().match(&r.scanner, i); ok && m.class == "kind" {
			return r.phrase(m)
		}
		return r.digits(i, w)
	}
	m, ok := sentenceWords().match(&r.scanner, i)
	if !ok {
		return i + 1
	}
	return r.phrase(m)
}

// phrase acts on a known phrase.
func (r *sentenceReader) phrase(m atom) int {
	switch m.class {
	case "kind":
		r.named(casefold.SentenceKind(m.value), m.from)
		r.upTo(m.to)
	case "number":
		n, _ := strconv.Atoi(m.value)
		r.open(m.from)
		r.length.told = true
		r.measure(n, m.to)
		return r.unit(n, m.to)
	case "money":
		r.length.dollar = true
	}
	return m.to
}

// digits reads a number and the unit behind it.
func (r *sentenceReader) digits(i int, w string) int {
	n, cents := 0, strings.IndexByte(w, '.')
	if cents >= 0 {
		w = w[:cents]
	}
	n, err := strconv.Atoi(strings.ReplaceAll(w, ",", ""))
	if err != nil || n > 10_000_000 {
		return i + 1
	}
	dollar := r.mark[i] == '$'
	if r.kind != "" && r.kind != casefold.Fine && dollar {
		r.close(i) // PROBATION $300 FINE
	}
	r.open(i)
	if dollar || r.kind == casefold.Fine && !r.hasUnit(i+1) {
		r.length.told, r.length.dollar, r.length.money = true, true, n
		return r.settle(i + 1)
	}
	return r.unit(n, i+1)
}

func (r *sentenceReader) hasUnit(i int) bool {
	if i >= r.n {
		return false
	}
	m, ok := sentenceWords().match(&r.scanner, i)
	return ok && m.class == "unit"
}

// unit reads the unit at i of a number.
func (r *sentenceReader) unit(n, i int) int {
	if i < r.n {
		if m, ok := sentenceWords().match(&r.scanner, i); ok && m.class == "unit" {
			r.length.told = true
			switch m.value {
			case "D":
				r.length.days += n
			case "W":
				r.length.days += 7 * n
			case "M":
				r.length.months += n
			case "Y":
				r.length.years += n
			default:
				r.length.vague = true
			}
			// 3 YRS 8 MOS: the kind waits for all of it.
			if !r.moreLength(m.to) {
				return r.settle(m.to)
			}
			return m.to
		} else if ok && m.class == "money" {
			r.length.told, r.length.dollar, r.length.money = true, true, n
			return r.settle(m.to)
		}
	}
	return i
}

// measure is kept for numbers told in words that no unit follows.
func (r *sentenceReader) measure(n, i int) {
	if !r.hasUnit(i) {
		r.length.told = r.length.days+r.length.months+r.length.years > 0 || r.length.vague
	}
}

// moreLength reports whether a further number with a unit follows at once.
func (r *sentenceReader) moreLength(i int) bool {
	return i+1 < r.n && isDigit(r.word(i)[0]) && r.mark[i] == 0 && r.hasUnit(i+1)
}

func (r *sentenceReader) open(i int) {
	if r.from < 0 {
		r.from = i
	}
}

// named takes a kind: it closes the open length, or waits for one.
func (r *sentenceReader) named(k casefold.SentenceKind, i int) {
	switch {
	case k == casefold.Suspended || k == casefold.Death:
		r.close(i)
		r.from = i
		r.kind = k
		r.close(i + 1)
	case r.length.told && r.kind == "":
		r.open(i)
		r.kind = k
		r.close(i + 1)
	case k == casefold.CountyPrison && (r.kind == casefold.Jail || r.kind == casefold.PrisonTerm):
		r.kind = k
	case k == casefold.Jail && r.kind == "" && r.mark[i] == 0 && r.lastIs(casefold.CountyPrison):
		// 1170(H) 2 YRS CO JAIL: where a county term is served
	default:
		r.close(i)
		r.from, r.kind = i, k
	}
}

func (r *sentenceReader) lastIs(k casefold.SentenceKind) bool {
	return len(r.parts) > 0 && r.parts[len(r.parts)-1].Kind == k
}

// upTo widens the last part's words over a phrase of several words.
func (r *sentenceReader) upTo(end int) {
	if r.kind == "" && len(r.parts) > 0 && end > 0 {
		p := &r.parts[len(r.parts)-1]
		if start := strings.LastIndex(r.src[:r.end[end-1]], p.Verbatim); start >= 0 {
			p.Verbatim = r.src[start:r.end[end-1]]
		}
	}
}

// settle closes a part whose kind stood in front of its length. LIFE may still
// follow: PRISON 25 YEARS TO LIFE.
func (r *sentenceReader) settle(i int) int {
	if r.kind == "" {
		return i
	}
	if i < r.n {
		if m, ok := sentenceWords().match(&r.scanner, i); ok && m.class == "kind" && m.value == string(casefold.Life) {
			r.kind = casefold.Life
			i = m.to
		}
	}
	r.close(i)
	return i
}

// comma ends a part; a length without a kind waits on (3 YEARS, PRISON).
func (r *sentenceReader) comma(i int) {
	if r.kind != "" {
		r.close(i)
	}
}

// close ends the open part before word i.
func (r *sentenceReader) close(i int) {
	if r.kind == "" && !r.length.told {
		r.from = -1
		return
	}
	p := casefold.SentencePart{Kind: r.kind, Verbatim: r.words(i)}
	if p.Kind == "" {
		if r.length.dollar {
			p.Kind = casefold.Fine
		} else if n := len(r.parts); n > 0 && r.parts[n-1].Length == 0 && takesTime(r.parts[n-1].Kind) && !r.length.vague {
			r.length.fill(&r.parts[n-1]) // JAIL, 30 DAYS
			r.reset()
			return
		} else {
			p.Kind = casefold.OtherSentence
		}
	}
	r.length.fill(&p)
	r.parts = append(r.parts, p)
	r.t.Add(string(p.Kind), p.Verbatim)
	r.reset()
}

func (r *sentenceReader) reset() { r.kind, r.length, r.from = "", span{}, -1 }

func (r *sentenceReader) words(i int) string {
	if r.from < 0 || i == 0 {
		return ""
	}
	from, end := int(r.start[r.from]), int(r.end[min(i, r.n)-1])
	if from > 0 && r.src[from-1] == '$' {
		from--
	}
	if end < len(r.src) && r.src[end] == ')' {
		end++
	}
	return r.src[from:end]
}

func takesTime(k casefold.SentenceKind) bool {
	switch k {
	case casefold.Fine, casefold.Suspended, casefold.Death, casefold.Life:
		return false
	}
	return true
}

// fill writes the length into a part in the unit told. Years and months become
// months; where days stand beside them, a month is taken as 30 days and a year
// as 365.
func (l span) fill(p *casefold.SentencePart) {
	switch {
	case p.Kind == casefold.Fine:
		p.Length = l.money
	case l.dollar || l.vague:
	case l.days > 0:
		p.Length, p.Unit = l.years*365+l.months*30+l.days, "D"
	case l.months > 0:
		p.Length, p.Unit = l.years*12+l.months, "M"
	case l.years > 0:
		p.Length, p.Unit = l.years, "Y"
	}
}

// SentencePart reads a sentence told in columns: kind, length, unit. Its second
// result is false if none is told.
func SentencePart(kind, length, unit string) (casefold.SentencePart, bool) {
	k, n, u := fold(kind), fold(length), fold(unit)
	if k == "" && n == "" {
		return casefold.SentencePart{}, false
	}
	p := casefold.SentencePart{Kind: kindOf(k), Verbatim: strings.Join(strings.Fields(k+" "+n+" "+u), " ")}
	if k == "" {
		p.Kind = casefold.OtherSentence
	}
	r := sentenceReader{scanner: scanner{split: true}, from: -1}
	r.scan(strings.TrimSpace(n + " " + u))
	r.look(sentenceWords())
	if r.n > 0 && isDigit(r.word(0)[0]) {
		value := strings.ReplaceAll(r.word(0), ",", "")
		if i := strings.IndexByte(value, '.'); i >= 0 {
			value = value[:i]
		}
		count, err := strconv.Atoi(value)
		if err == nil && count <= 10_000_000 {
			if p.Kind == casefold.Fine {
				p.Length = count
				return p, true
			}
			r.unit(count, 1)
			r.length.fill(&p)
		}
	}
	if p.Length == 0 && p.Unit == "" && k == "" {
		return casefold.SentencePart{}, false
	}
	return p, true
}

// kindOf reads a kind told in a column of its own. A letter is not read: P is
// probation in one system and prison in the next.
func kindOf(folded string) casefold.SentenceKind {
	if len(folded) > 1 {
		s := scanner{split: true}
		s.scan(folded)
		s.look(sentenceWords())
		for i := 0; i < s.n; i++ {
			if m, ok := sentenceWords().match(&s, i); ok && m.class == "kind" {
				return casefold.SentenceKind(m.value)
			}
		}
	}
	return casefold.OtherSentence
}
