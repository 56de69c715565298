package statute

import "strings"

// item reads one section at the number token i: title, number, path elements,
// and the code word behind them. It returns the token after it.
func (r *reader) item(i int, before string, sep byte) (next int, ok bool) {
	if r.n == maxItems {
		return i, false
	}
	it := &r.items[r.n]
	*it = item{before: before, sep: sep, first: i}
	i, ok = r.number(it, i)
	if !ok {
		return i, false
	}
	i = r.elements(it, i)
	it.end = r.codeAfter(it, i)
	if it.title != "" && !titled(it.before) && !titled(it.after) {
		return i, false
	}
	r.n++
	return it.end, true
}

// titled reports whether a code's sections stand under a title: 21 USC 844, 14
// CCR 4302.
func titled(code string) bool { return code == "US" || code == "CA" }

// number reads the section's number, and a title before it.
func (r *reader) number(it *item, i int) (next int, ok bool) {
	hasTitle := false
	if code, n := r.codeWord(i + 1); n > 0 && titled(code) && it.before == "" {
		if j := r.skipSection(i + 1 + n); r.kind(j) == tNum && r.text(i+1) != "CA" {
			it.title, it.before, hasTitle = r.text(i), code, true
			i = j
		}
	} else if r.kind(i+1) == tNum && r.toks[i+1].blank && (titled(it.before) || r.titleAhead(i+1)) {
		it.title, hasTitle = r.text(i), true
		i++
	}
	if it.title = strings.TrimLeft(it.title, "0"); hasTitle && it.title == "" {
		return i, false
	}
	s := strings.TrimLeft(r.text(i), "0")
	if len(s) > 6 || s == "" {
		return i, false // no section is numbered zero: 0.5 GRAMS
	}
	i++
	// 622 1/2 PC, which the state's table writes 6221/2.
	if r.kind(i) == tNum && r.text(i) == "1" && r.kind(i+1) == tSlash && r.text(i+2) == "2" {
		it.number = s + " 1/2"
		return i + 3, true
	}
	if s == "6221" && r.kind(i) == tSlash && r.text(i+1) == "2" {
		it.number = "622 1/2"
		return i + 2, true
	}
	if it.before == "ARS" && r.kind(i) == tDash && r.kind(i+1) == tNum { // title and section: 13-3405
		it.number = s + "-" + r.text(i+1)
		return i + 2, true
	}
	start := r.toks[i-1].start
	for r.kind(i+1) == tNum && r.joined(i) && r.joined(i+1) && r.decimal(it, s, i) {
		i += 2
		s = r.src[start:r.toks[i-1].end]
	}
	if strings.IndexByte(s, ',') >= 0 {
		s = strings.ReplaceAll(s, ",", ".")
	}
	s = strings.TrimLeft(s, "0")
	if s == "" || !isDigit(s[0]) {
		return i, false // no section is numbered zero: 0.5 GRAMS
	}
	it.number = s
	return i, true
}

// titleAhead looks for US or CA behind a number and its path, as the state's
// table writes federal charges: "18 2113(A) US".
func (r *reader) titleAhead(i int) bool {
	for j := i + 1; j < len(r.toks) && j < i+24; j++ {
		switch r.kind(j) {
		case tWord:
			if len(r.text(j)) > 3 {
				return false
			}
			if code, n := r.codeWord(j); n > 0 {
				return titled(code) && r.text(j) != "CFR"
			}
		case tOpen, tClose, tNum, tDot:
		default:
			return false
		}
	}
	return false
}

// decimal decides whether a point or comma at token i joins two numbers to one
// section. 664.11359 is attempt and target; 12022,5 is 12022.5 if the table
// says so.
func (r *reader) decimal(it *item, s string, i int) bool {
	after := r.text(i + 1)
	switch r.kind(i) {
	case tDot:
		if inchoateNumber(s) && len(after) >= 2 {
			return false
		}
		return len(after) <= 4
	case tComma:
		if r.src[r.toks[i].start] != ',' || len(after) > 2 {
			return false
		}
		r.buf = append(append(append(r.buf[:0], s...), '.'), after...)
		return len(offences().sections[string(r.buf)]) > 0
	}
	return false
}

// elements reads the subdivision path from token i on.
func (r *reader) elements(it *item, i int) int {
	for it.n < maxElements {
		next := r.element(it, i)
		if next == i {
			break
		}
		i = next
	}
	return i
}

func (it *item) add(e element) {
	if it.n < maxElements {
		it.elems[it.n] = e
		it.n++
	}
}

// element reads one step of the path at token i and returns the token after it,
// or i if there is none.
func (r *reader) element(it *item, i int) int {
	switch r.kind(i) {
	case tOpen:
		return r.parenthesized(it, i)
	case tWord:
		if j := r.subdivisionWord(i); j > i {
			if next := r.element(it, j); next != j {
				return next
			}
			if r.kind(j) == tWord && len(r.text(j)) == 1 {
				it.add(element{text: r.text(j), apart: true})
				return j + 1
			}
			return i
		}
		return r.bareWord(it, i)
	case tNum: // the 2 of 11357B2, the 1 of 424(A)1
		if it.n > 0 && len(r.text(i)) <= 2 && (r.joined(i) || it.elems[it.n-1].apart && r.codeFollows(i+1)) {
			it.add(element{text: r.text(i), apart: !r.joined(i)})
			return i + 1
		}
	case tDot: // 337A.1; 11357.B, 11357.(A)
		if it.n == 1 && it.bareLetter() && r.joined(i) && r.joined(i+1) && r.kind(i+1) == tNum && len(r.text(i+1)) <= 2 {
			it.add(element{text: r.text(i + 1), point: true})
			return i + 2
		}
		if r.joined(i) && r.joined(i+1) && (r.kind(i+1) == tOpen || r.kind(i+1) == tWord && len(r.text(i+1)) == 1) {
			n := it.n
			if next := r.element(it, i+1); next != i+1 {
				it.elems[n].apart = true // a point divides: the letter is the path's
				return next
			}
		}
	case tDash, tSlash, tComma: // 11357-A HS; section 11357, subd. (b)
		if j := r.subdivisionWord(i + 1); j > i+1 {
			return max(i, r.element(it, i+1))
		}
		if r.kind(i+1) == tWord && len(r.text(i+1)) == 1 && r.endsPath(i+2) {
			it.add(element{text: r.text(i + 1), apart: true})
			return i + 2
		}
	}
	return i
}

// parenthesized reads "(A)", "(A1)", "[2]"; a missing closing mark is forgiven.
// Words that are no path, and a code in parentheses, are left alone.
func (r *reader) parenthesized(it *item, i int) int {
	j := i + 1
	if r.kind(j) == tOpen {
		j++
	}
	first := j
	if code, n := r.codeWord(j); n > 0 && r.kind(j+n) == tClose && (r.sure(j, n) || offences().section(code, it.number) != nil) {
		return i
	}
	count := 0
	for ; r.kind(j) == tNum || r.kind(j) == tWord; j++ {
		long := len(r.text(j))
		if r.kind(j) == tWord && (long > 4 || long > 1 && !isPathWord(r.text(j))) || r.kind(j) == tNum && long > 3 {
			if count == 1 && !r.joined(j) {
				break // 11357(B HS: the closing mark is missing
			}
			return i
		}
		if count++; count > 3 {
			return i
		}
	}
	if count == 0 || r.kind(j) != tClose && r.joined(j) && r.kind(j) != tOpen {
		return i
	}
	for k := first; k < j; k++ {
		it.add(element{text: r.text(k), paren: true, apart: k == first && !r.joined(i)})
	}
	for k := i; k < first && r.kind(j) == tClose; k++ {
		j++
	}
	return j
}

// knows reports whether number and letters are a section of the table: 273AB.
func (r *reader) knows(number, letters string) bool {
	r.buf = append(append(r.buf[:0], number...), letters...)
	return len(offences().sections[string(r.buf)]) > 0
}

// bareLetter reports whether the first element may belong to the section's own
// number: letters joined to it, without parentheses.
func (it *item) bareLetter() bool {
	return it.n > 0 && !it.elems[0].paren && !it.elems[0].apart && isLetter(it.elems[0].text[0])
}

// isPathWord tells the letters that name subdivisions from words: a letter, a
// doubled letter (AA), a Roman numeral.
func isPathWord(w string) bool {
	if len(w) == 2 && w[0] == w[1] {
		return true
	}
	for i := 0; i < len(w); i++ {
		if w[i] != 'I' && w[i] != 'V' && w[i] != 'X' {
			return false
		}
	}
	return true
}

// bareWord reads letters without parentheses: the A of 11357A, the B of "11357 B
// HS". Words that are letters and a code (AHS) or two letters of a path (146AB)
// are cut in two.
func (r *reader) bareWord(it *item, i int) int {
	w := r.text(i)
	if !r.joined(i) {
		if len(w) == 1 && r.endsPath(i+1) && !r.beginsCode(i) {
			it.add(element{text: w, apart: true})
			return i + 1
		}
		return i
	}
	switch {
	case w == "X" && inchoateNumber(it.number) && r.kind(i+1) == tNum:
		return i
	case len(w) == 1:
		if r.joined(i+1) && r.beginsCode(i) {
			return i // 459P.C., 11357H&S
		}
		it.add(element{text: w})
		return i + 1
	case len(w) == 2 && it.n == 0 && r.knows(it.number, w):
		it.add(element{text: w})
		return i + 1
	case len(w) == 3 && it.n == 0 && r.knows(it.number, w[:2]) && r.cut(i, 2):
		it.add(element{text: r.text(i)})
		return i + 1
	case r.lettersAndCode(it, i) || len(w) == 2 && it.n == 0 && r.knows(it.number, w[:1]) && !r.codeKnows(it, i):
		if !r.cut(i, 1) {
			return i
		}
		it.add(element{text: r.text(i)})
		return i + 1
	}
	return i
}

// lettersAndCode decides whether a joined word is a letter of the section and a
// code (the BPC of 266BPC) and not a code alone (the CVC of 23152CVC): the table
// knows the section with the letter, or knows the number under one code only.
func (r *reader) lettersAndCode(it *item, i int) bool {
	w := r.text(i)
	if len(w) < 3 {
		return false
	}
	_, whole := r.codeWord(i)
	code := codeSpellings()[w[1:]]
	if code == "" || titled(code) {
		return false
	}
	if whole == 0 {
		return true
	}
	return r.knows(it.number, w[:1]) || !r.codeKnows(it, i) && offences().section(code, it.number) != nil
}

// codeKnows reports whether the word at i is a code under which the table knows
// the item's number.
func (r *reader) codeKnows(it *item, i int) bool {
	code, n := r.codeWord(i)
	return n > 0 && offences().section(code, it.number) != nil
}

// beginsCode reports whether a single letter begins a spelled code: P of P.C.,
// H of H&S.
func (r *reader) beginsCode(i int) bool {
	_, n := r.codeWord(i)
	return n > 1
}

// endsPath reports whether what stands at token i may follow a bare subdivision
// letter: the end, a code, a further step of the path, a dash.
func (r *reader) endsPath(i int) bool {
	switch r.kind(i) {
	case 0, tOpen, tDash, tSlash, tComma:
		return true
	case tNum:
		return len(r.text(i)) <= 2 && (r.joined(i) || r.codeFollows(i+1))
	case tWord:
		return r.codeFollows(i)
	}
	return false
}

func (r *reader) codeFollows(i int) bool {
	_, n := r.codeWord(i)
	return n > 0 && r.sure(i, n)
}

// subdivisionWord passes SUBD, SUBSECTION or PARAGRAPH and the marks behind it.
func (r *reader) subdivisionWord(i int) int {
	switch r.text(i) {
	case "SUBD", "SUBDIV", "SUBDIVISION", "SUB", "SUBS", "SUBSEC", "SUBSECTION", "PAR", "PARA", "PARAGRAPH":
		i++
		for r.kind(i) == tDot || r.kind(i) == tDash || r.kind(i) == tOther {
			i++
		}
	}
	return i
}

// cut splits a word token after n letters.
func (l *lexer) cut(i, n int) bool {
	t := l.toks[i]
	if int(t.end-t.start) <= n || len(l.toks) >= maxTokens {
		return false
	}
	l.toks = append(l.toks, token{})
	copy(l.toks[i+2:], l.toks[i+1:])
	l.toks[i].end = t.start + int32(n)
	l.toks[i+1] = token{kind: t.kind, start: t.start + int32(n), end: t.end}
	return true
}

// codeAfter reads the code word behind a section, if one stands there.
func (r *reader) codeAfter(it *item, i int) int {
	j := i
	switch {
	case r.kind(j) == tWord && (r.text(j) == "OF" || r.text(j) == "CALIFORNIA" || r.text(j) == "CAL"):
		for k := 0; k < 3 && r.kind(j) == tWord && (r.text(j) == "OF" || r.text(j) == "THE" || r.text(j) == "CALIFORNIA" || r.text(j) == "CAL"); k++ {
			j++
		}
	case r.kind(j) == tOpen || r.kind(j) == tDash || r.kind(j) == tComma || r.kind(j) == tDot || r.kind(j) == tOther:
		j++
	}
	code, n := r.codeWord(j)
	if n == 0 || it.title != "" && !titled(code) {
		return i
	}
	end := j + n
	switch r.kind(i) {
	case tOpen:
		if r.kind(end) != tClose {
			return i
		}
		end++
	case tDash, tComma, tDot, tOther:
		if !r.sure(j, n) || !r.closesCode(end) || r.leadsNumber(end) {
			return i
		}
	}
	if it.before != "" && r.leadsNumber(end) {
		return i // HS 11357/PC 459: the word belongs to what follows
	}
	if !r.sure(j, n) && it.title == "" && offences().section(code, it.number) == nil && (!r.closesCode(end) || len(offences().sections[it.number]) > 0 && !inchoateNumber(it.number)) {
		return i
	}
	if it.before == "" || it.title != "" {
		it.after = code
	}
	if r.kind(end) == tWord && r.text(end) == "CODE" {
		end++
	}
	return end
}

// closesCode reports whether token i may stand behind a code word.
func (r *reader) closesCode(i int) bool {
	switch r.kind(i) {
	case tWord:
		return r.text(i) == "CODE" || levelOf(r.text(i)) != ""
	case tNum:
		return false
	}
	return true
}

// leadsNumber reports whether a section follows at once, so that the code word
// before it is its own.
func (r *reader) leadsNumber(i int) bool { return r.kind(i) == tNum }

// tail reads the level that may stand behind a section and its code.
func (r *reader) tail(i int) int {
	j := i
	if k := r.kind(j); k == tOpen || k == tSlash || k == tDash || k == tComma {
		j++
	}
	if r.kind(j) != tWord {
		return i
	}
	level := levelOf(r.text(j))
	if level == "" || r.text(j) == "IN" || r.text(j) == "MI" || r.text(j) == "FE" {
		return i
	}
	end := j + 1
	if r.kind(end) == tClose {
		end++
	} else if r.kind(end) == tDot {
		end++
	}
	switch r.kind(end) {
	case 0, tDash, tSlash, tComma, tOpen, tAmp:
	default:
		return i
	}
	if r.level == "" {
		r.level = level
	}
	return end
}
