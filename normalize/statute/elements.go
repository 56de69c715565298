package statute

import "strings"

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

// letterBehindBlank reports whether the first element is one letter with only a
// blank before it, which may belong to the section's number as well: 266 H.
func (it *item) letterBehindBlank() bool {
	return it.n > 0 && it.elems[0].blank
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
			it.add(element{text: w, apart: true, blank: it.n == 0})
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
	case len(w) == 4 && it.n == 0 && codeSpellings()[w[2:]] != "" && r.cutSection(it, i):
		it.add(element{text: r.text(i)}) // 273ABPC, 484EDPC
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

// cutSection cuts the letters that the table knows as a part of the section's
// number from a joined word.
func (r *reader) cutSection(it *item, i int) bool {
	w := r.text(i)
	return r.knows(it.number, w[:1]) && r.cut(i, 1) || r.knows(it.number, w[:2]) && r.cut(i, 2)
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
	if it.n == 0 && r.knows(it.number, w[:1]) {
		return true
	}
	section := offences().section(code, it.number)
	if section == nil {
		return false
	}
	path := r.pathOf(it, 0) + "(" + strings.ToLower(w[:1]) + ")"
	return section.fit(path) == knownPath || !r.codeKnows(it, i)
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
