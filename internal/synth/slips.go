package synth

import (
	"strings"

	"github.com/casefold/casefold"
)

// typo mistypes a word once: a key beside, a letter left out, doubled or
// swapped, misread, or spelled as it sounds.
func (w *world) typo(r *stream, s string) string {
	if len(s) < 3 {
		r.next()
		return s
	}
	kind, i, x := weigh(r, 24, 16, 10, 16, 14, 20), r.below(len(s)-1), int(r.next()>>33)
	c := s[i] & 127
	switch kind {
	case 0:
		if near := w.t.near[c]; near != "" {
			return s[:i] + string(near[x%len(near)]) + s[i+1:]
		}
	case 1:
		return s[:i] + s[i+1:]
	case 2:
		return s[:i+1] + s[i:]
	case 3:
		return s[:i] + string(s[i+1]) + string(s[i]) + s[i+2:]
	case 4:
		if ocr := w.t.ocr[c]; ocr != "" {
			return s[:i] + string(ocr[x%len(ocr)]) + s[i+1:]
		}
		return s[:i] + s[i+1:]
	}
	return w.bySound(s, x)
}

// bySound respells a part of a word by the first rule that fits from a random
// one on.
func (w *world) bySound(s string, x int) string {
	for n := range w.t.sounds {
		rule := w.t.sounds[(x+n)%len(w.t.sounds)]
		at := -1
		switch rule.where {
		case "all":
			at = strings.Index(s[1:], rule.from) + 1
		case "start":
			if strings.HasPrefix(s, rule.from) {
				at = 0
			}
		case "end":
			if strings.HasSuffix(s, rule.from) {
				at = len(s) - len(rule.from)
			}
		}
		if at > 0 || at == 0 && rule.where == "start" {
			if t := s[:at] + rule.to + s[at+len(rule.from):]; len(t) > 1 && t != s {
				return t
			}
		}
	}
	return s
}

// nameAsTyped copies a name with the slips of one clerk.
func (w *world) nameAsTyped(r *stream, s string) string {
	slip := r.chance(w.opts.Rates.NameTypo)
	f := r.fork(1)
	if !slip || s == "" {
		return s
	}
	words := strings.Fields(s)
	i := f.below(len(words))
	words[i] = w.typo(&f, words[i])
	return strings.Join(words, " ")
}

// birthAsTold is a birth date with the errors of one record: 0 is missing;
// yearOnly asks for the year alone.
func (w *world) birthAsTold(r *stream, d casefold.Day) (told casefold.Day, yearOnly bool) {
	rates := w.opts.Rates
	missing, wrong, year, kind, x := r.chance(rates.BirthMissing), r.chance(rates.BirthError), r.chance(rates.BirthYearOnly), weigh(r, 25, 30, 20, 15, 10), r.between(1, 9)
	switch {
	case missing:
		return 0, false
	case year:
		return d, true
	case !wrong:
		return d, false
	}
	y, m, day := d.Year(), d.Month(), d.DayOfMonth()
	switch kind {
	case 0: // day and month swapped
		if m, day = day, m; m > 12 {
			m, day = day, (m+9)%28+1
		}
	case 1: // a digit of the day
		day = day/10*10 + (day%10+x)%10
	case 2:
		y += []int{-1, 1, -10, 10}[x%4]
	case 3:
		m = (m+x)%12 + 1
	case 4: // the date that a form puts in by itself
		return []casefold.Day{19000101, casefold.MakeDay(y, 1, 1), casefold.MakeDay(y, 1, 1)}[x%3], false
	}
	day = min(max(day, 1), casefold.DaysIn(y, m))
	return casefold.MakeDay(y, m, day), false
}

// A numeral is a kind of number that identifies a person.
type numeral int

const (
	ciiNumber numeral = iota
	fbiNumber
	ssnNumber
	cdlNumber
	xrefNumber
)

func (p *identity) number(k numeral) string {
	switch k {
	case ciiNumber:
		return p.cii
	case fbiNumber:
		return p.fbi
	case ssnNumber:
		return p.ssn
	case cdlNumber:
		return p.cdl
	}
	return p.xref()
}

// numberAsTold copies an identifier into a record about p: missing at the rate
// given, a digit wrong, or that of another person: of anybody, or of the one
// whom a search by name brought up instead.
func (w *world) numberAsTold(r *stream, p *identity, k numeral, own string, missing float64) string {
	rates := w.opts.Rates
	gone, wrong, copied, mistaken := r.chance(missing), r.chance(rates.IDWrong), r.chance(rates.IDCopied), r.chance(rates.IDMistaken)
	i, by, far := r.below(max(len(own), 1)), r.between(1, 9), r.below(hundred)
	if own == "" || gone {
		return ""
	}
	from := -1
	if copied {
		from = min(p.index/hundred*hundred+far, w.opts.People-1)
	}
	if alike := w.lookAlike(p); mistaken && alike >= 0 {
		from = alike
	}
	if from >= 0 && from != p.index {
		if v := w.identity(from).number(k); v != "" {
			return v
		}
	}
	if wrong && own[i] >= '0' && own[i] <= '9' {
		return own[:i] + string('0'+(own[i]-'0'+byte(by))%10) + own[i+1:]
	}
	return own
}

// numberFromPrints is an identifier that a comparison of fingerprints put into
// the record: missing at the rate given, never wrong.
func numberFromPrints(r *stream, own string, missing float64) string {
	if r.chance(missing) {
		return ""
	}
	return own
}

// lookAlike is the person whom a search by name would bring up as well, -1 if
// there is none.
func (w *world) lookAlike(p *identity) int {
	if p.kin == fatherAndSon || p.kin == namesake {
		return p.other
	}
	if k := w.resembles(p.index); k == fatherAndSon || k == namesake {
		return p.index + 1
	}
	return -1
}

// dayAsTold copies the date of an event with the slips of a clerk; right
// reports whether it is still the true one.
func (w *world) dayAsTold(r *stream, d casefold.Day) (told casefold.Day, right bool) {
	wrong, kind, x := r.chance(w.opts.Rates.DateError), r.below(3), r.between(1, 9)
	if !wrong || d == 0 {
		return d, true
	}
	y, m, day := d.Year(), d.Month(), d.DayOfMonth()
	switch {
	case kind == 0 && day <= 12 && day != m:
		m, day = day, m
	case kind == 1:
		y += []int{-1, 1}[x%2]
	default:
		day = day/10*10 + (day%10+x)%10
	}
	day = min(max(day, 1), casefold.DaysIn(y, m))
	told = casefold.MakeDay(y, m, day)
	return told, told == d
}

// tellsBirth reports whether the date told is the true one, whole.
func tellsBirth(p *identity, told casefold.Day, yearOnly bool) bool {
	return told == p.birth && !yearOnly
}
