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
	if named := titled(it.before) || titled(it.after); it.title != "" && !named || named && strings.HasSuffix(it.number, " 1/2") {
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
