package statute

import (
	"strings"

	"github.com/casefold/casefold"
)

// An element is one step of a subdivision path as written: "A", "2", "III".
type element struct {
	text  string
	paren bool // in parentheses, so never a part of the section's own number
	apart bool // a blank or dash stands before it
	blank bool // a letter with only a blank before it: it may be of the number
	point bool // a point stands before it: the 1 of 337A.1
}

const (
	maxItems    = 8
	maxElements = 8
)

// An item is a section as written, before the table is asked.
type item struct {
	before string // code word in front
	after  string // code word behind
	title  string // title of a federal or state regulation: "21" of 21 USC 844
	number string // "11357", "12022.53", "622 1/2"; "" if only a path is written: (A)/(B)
	elems  [maxElements]element
	n      int // elements in use
	sep    byte
	first  int  // first token
	end    int  // token after the last
	bare   bool // nothing but the section stands in the text (set by the reader)

	// What the table made of it.
	code, section, path string
	grade               int
}

// inchoate reports whether an item, as written, names an inchoate crime.
func (it *item) inchoate() bool {
	return inchoateNumber(it.number) || it.number == "653" && it.n > 0 && it.elems[0].text == "F" && !it.elems[0].paren
}

// explicit reports whether a code word stands at the item.
func (it *item) explicit() bool { return it.before != "" || it.after != "" }

// A reader takes one text apart. It is reused from value to value.
type reader struct {
	lexer
	items [maxItems]item
	n     int
	level casefold.Level // told in the text: "459 PC (F)"
	lead  string         // inchoate word before the section: ATTEMPTED, CONSPIRACY
	junk  int            // words before the section that are not understood
	stop  int            // first token of the literal
	buf   []byte
}

// read finds the sections of a folded text. The literal is what follows
// token r.stop.
func (r *reader) read(src string) {
	r.scan(src)
	r.n, r.level, r.lead, r.junk, r.stop = 0, casefold.LevelUnknown, "", 0, 0
	i := 0
	for i < len(r.toks) {
		if r.n == 0 {
			next, ok := r.head(i)
			if !ok {
				i = next
				continue
			}
			i = next
			continue
		}
		next, ok := r.follow(i)
		if !ok {
			break
		}
		i = next
	}
	r.stop = i
	if r.n == 1 {
		r.items[0].bare = r.junk == 0 && r.stop >= len(r.toks)
	}
}

// head looks for the first section at token i. It returns the token to go on
// from, and whether an item was read.
func (r *reader) head(i int) (next int, ok bool) {
	if code, n := r.codeWord(i); n > 0 {
		j := r.skipSection(i + n)
		if r.kind(j) == tNum {
			if end, ok := r.item(j, code, 0); ok {
				it := &r.items[r.n-1]
				it.first = i
				if r.junk == 0 || r.sure(i, n) || offences().section(code, it.number) != nil && r.kind(j-1) != tDash {
					return r.tail(end), true
				}
				r.n--
			}
		}
	}
	switch r.kind(i) {
	case tNum:
		if end, ok := r.item(i, "", 0); ok {
			if r.plausible(&r.items[r.n-1], end) {
				return r.tail(end), true
			}
			r.n--
		}
		r.junk++
		return i + 1, false
	case tWord:
		return r.headWord(i), false
	}
	return i + 1, false
}

// headWord passes a word in front of the section.
func (r *reader) headWord(i int) int {
	w := r.text(i)
	if layer := inchoateWord(w); layer != "" {
		r.lead = layer
		return i + 1
	}
	switch w {
	case "COUNT", "COUNTS", "CT", "CTS", "CNT", "CNTS":
		if j := r.skipCount(i); j > i && r.kind(i-1) != tNum {
			return j
		}
		return i + 1
	case "SEC", "SECTION", "SECTIONS", "SECS", "SS", "S", "VIOL", "VIO", "VIOLATION", "VIOLATE", "VIOLATING", "OF", "CHRG", "CHARGE", "CHG", "CHRGS", "THE", "WARRANT", "WARR", "TITLE", "CALIFORNIA", "CAL", "CODE", "TO", "COM":
		return i + 1
	case "F", "M", "I", "FEL", "MISD", "INF", "FELONY", "MISDEMEANOR", "INFRACTION":
		if r.level == casefold.LevelUnknown {
			r.level = levelOf(w)
		}
		return i + 1
	}
	r.junk++
	return i + 1
}

// skipCount passes the number of a count: CT 2:, COUNT NO. 3 -.
func (r *reader) skipCount(i int) int {
	switch r.text(i) {
	case "COUNT", "COUNTS", "CT", "CTS", "CNT", "CNTS":
	default:
		return i
	}
	j := i + 1
	for r.kind(j) == tDot || r.kind(j) == tOther || r.kind(j) == tDash || r.text(j) == "NO" {
		j++
	}
	if r.kind(j) != tNum || len(r.text(j)) > 3 {
		return i
	}
	if _, n := r.codeWord(j + 1); n > 0 && len(r.text(j)) == 3 {
		return i // COUNTS 459 PC
	}
	for j++; r.kind(j) == tOther || r.kind(j) == tDash || r.kind(j) == tComma; j++ {
	}
	return j
}

// plausible judges a first number that no code word introduces: 28.5 in "28.5
// GRAMS OR LESS" is no section.
func (r *reader) plausible(it *item, end int) bool {
	if it.explicit() {
		return r.junk == 0 || it.before != "" || !r.joined(it.first) || r.kind(it.first-1) == tOpen
	}
	known := len(it.number) >= 2 && (len(offences().sections[it.number]) > 0 || r.letterSection(it) || paragraphs["PC "+it.number])
	switch {
	case r.junk > 0:
		return known && r.vouched(it)
	case r.kind(end) == tWord && r.joined(end) && len(it.number) < 4 && !inchoateNumber(it.number):
		return false // 300DYS
	case end >= len(r.toks), known, inchoateNumber(it.number), it.subdivided():
		return true
	}
	// 99999/11359: what follows is a section for sure.
	return len(it.number) >= 4 && (r.kind(end) == tSlash || r.kind(end) == tDash) && r.kind(end+1) == tNum && len(offences().sections[r.text(end+1)]) > 0
}

// subdivided reports whether a number is written as only sections are: three
// digits or more and a letter in parentheses. "481.121(B)(1) POSS MARIJ" is
// another state's, and its code is not told.
func (it *item) subdivided() bool {
	point := strings.IndexByte(it.number, '.')
	if point < 0 {
		point = len(it.number)
	}
	return point >= 3 && it.n > 0 && it.elems[0].paren && len(it.elems[0].text) == 1 && isLetter(it.elems[0].text[0])
}

// vouched judges a number behind words and without a code, which may be a year,
// an amount or a file number: the table must know its path exactly and either
// the path stands in parentheses or the words in front speak of that crime.
func (r *reader) vouched(it *item) bool {
	if len(it.number) < 4 || r.joined(it.first) && r.kind(it.first-1) != tOpen {
		return false
	}
	path := r.pathOf(it, 0)
	words := r.src[:r.toks[it.first].start]
	for _, s := range offences().sections[it.number] {
		if s.fit(path) >= knownPrefix && (it.n > 0 && it.elems[0].paren || s.words(path, words) > 0) {
			return true
		}
	}
	return false
}

// letterSection reports whether number and first bare letter are a section of
// the table: 288A, 653F.
func (r *reader) letterSection(it *item) bool {
	if it.n == 0 || it.elems[0].paren {
		return false
	}
	return r.knows(it.number, it.elems[0].text)
}

// follow reads what stands after an item: a separator and a further section,
// else the literal begins.
func (r *reader) follow(i int) (next int, ok bool) {
	if r.n == maxItems {
		return i, false
	}
	last := &r.items[r.n-1]
	sep, j := r.kind(i), i+1
	switch sep {
	case tSlash, tAmp, tComma, tDot:
	case tDash:
		if last.after != "" && !inchoateNumber(r.text(j)) && !last.inchoate() {
			return i, false // the literal: 11359 HS-POSSESS FOR SALE
		}
	case tWord:
		switch w := r.text(i); {
		case w == "AND" || w == "WITH" || w == "OR":
		case w == "W" && r.kind(j) == tSlash:
			j++
		case w == "X" && inchoateNumber(last.number):
		default:
			sep, j = ' ', i
		}
	case tNum:
		sep, j = ' ', i
	default:
		return i, false
	}
	return r.further(i, j, sep)
}

// further reads a section at token j behind a separator at token i.
func (r *reader) further(i, j int, sep byte) (next int, ok bool) {
	j = r.skipCount(j)
	code, n := r.codeWord(j)
	k := r.skipSection(j + n)
	if n > 0 && r.kind(k) == tNum {
		if end, ok := r.item(k, code, sep); ok {
			return r.tail(end), true
		}
	}
	if r.kind(j) == tOpen && sep != ' ' {
		return r.samePath(i, j, sep)
	}
	if r.kind(j) != tNum {
		return i, false
	}
	end, ok := r.item(j, "", sep)
	if !ok {
		return i, false
	}
	it := &r.items[r.n-1]
	if !r.accepts(it) {
		r.n--
		return i, false
	}
	return r.tail(end), true
}

// accepts judges a further number: it needs a code of its own, or to be a
// section that the table knows.
func (r *reader) accepts(it *item) bool {
	if it.after != "" || inchoateNumber(it.number) {
		return true
	}
	if title := r.items[r.n-2].title; title != "" && len(offences().sections[title+" "+it.number]) > 0 {
		return true
	}
	if it.sep == tSlash && r.items[r.n-2].inchoate() && len(it.number) >= 2 { // and of PC 653f/1090
		return true
	}
	if len(offences().sections[it.number]) == 0 && !r.letterSection(it) {
		return false
	}
	return len(it.number) >= 3 || it.sep == tSlash && len(it.number) >= 2
}

// samePath reads (B) of "11360(A)/(B)": the same section with another path.
func (r *reader) samePath(i, j int, sep byte) (next int, ok bool) {
	prev := r.items[r.n-1]
	if prev.n == 0 || prev.after != "" {
		return i, false
	}
	it := &r.items[r.n]
	*it = item{sep: sep, first: j, before: prev.before, number: prev.number, title: prev.title}
	end := r.elements(it, j)
	if it.n == 0 {
		return i, false
	}
	fresh, n := it.elems, it.n
	// 245(A)(1)/(2) repeats the (A): keep what stands before the last element of
	// the same sort, letter or digit.
	keep := 0
	for k := 0; k < prev.n; k++ {
		if isDigit(prev.elems[k].text[0]) == isDigit(fresh[0].text[0]) {
			keep = k
		}
	}
	it.elems, it.n = prev.elems, keep
	for k := 0; k < n && it.n < maxElements; k++ {
		it.elems[it.n] = fresh[k]
		it.n++
	}
	r.n++
	it.end = r.codeAfter(it, end)
	return r.tail(it.end), true
}

// skipSection passes the word SECTION, marks and points between a code word and
// its number.
func (r *reader) skipSection(i int) int {
	for {
		switch r.kind(i) {
		case tDot, tDash, tComma, tSlash:
			i++
			continue
		case tOther:
			switch r.src[r.toks[i].start] {
			case '#', ':', '*', '\'', '"':
				i++
				continue
			}
		case tWord:
			switch r.text(i) {
			case "SECTION", "SECTIONS", "SEC", "SECS", "SS", "S", "CODE":
				i++
				continue
			}
		}
		return i
	}
}
