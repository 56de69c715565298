package statute

import "strings"

// lookalike is what a scanner or a tired hand writes for a digit.
func lookalike(c byte) byte {
	switch c {
	case 'I', 'L', '|':
		return '1'
	case 'O', 'Q', 'D':
		return '0'
	case 'S':
		return '5'
	case 'B':
		return '8'
	case 'Z':
		return '2'
	case 'G':
		return '6'
	}
	return 0
}

// lookalikeLetter is what is written for a subdivision letter.
func lookalikeLetter(c byte) byte {
	switch c {
	case '8':
		return 'b'
	case '0':
		return 'd'
	case '1':
		return 'i'
	case '6':
		return 'g'
	}
	return 0
}

// misread reports whether an item's number, with letters inside or behind it
// read as digits, is a section of the table: 113S9, 1I357, 1136O.
func (r *reader) misread(it *item) bool {
	_, ok := r.unmisread(it)
	return ok
}

// unmisread mends the run of letters and digits in which the item's number
// stands. It answers only where the table knows the result.
func (r *reader) unmisread(it *item) (string, bool) {
	i := it.first
	if r.kind(i) != tNum {
		return "", false
	}
	b := append(r.buf[:0], r.text(i)...)
	changed := false
	for j := i + 1; r.joined(j) && (r.kind(j) == tNum || r.kind(j) == tWord) && len(b) < 6; j++ {
		for k := 0; k < len(r.text(j)); k++ {
			c := r.text(j)[k]
			if isLetter(c) {
				d := lookalike(c)
				if d == 0 {
					r.buf = b
					return "", false
				}
				c, changed = d, true
			}
			b = append(b, c)
		}
	}
	r.buf = b
	if !changed || len(b) < 3 || len(offences().sections[string(b)]) == 0 {
		return "", false
	}
	return string(b), true
}

// misspelled reports whether a missing point makes the number a section.
func (r *reader) misspelled(it *item) bool { return false }

// repaired looks for a reading that explains the item as a misread one: a digit
// for a letter in the path, letters for digits in the number. Only what the
// table confirms exactly is taken.
func (r *reader) repaired(it *item, best reading, literal string) reading {
	if best.grade == knownSection && it.n > 0 {
		if p := mendPath(best.path); p != "" {
			if c := r.choose(it.code, best.section, p, literal); c.grade == knownPath {
				return c
			}
		}
	}
	if best.grade == unknownSection && it.n > 0 {
		if number, ok := r.unmisread(it); ok {
			skip := 0
			for skip < it.n && !it.elems[skip].paren {
				skip++
			}
			if c := r.choose(it.code, number, r.pathOf(it, skip), literal); c.grade >= knownPrefix {
				return c
			}
		}
	}
	return best
}

// mendPath writes the first element of a path as the letter it may have been:
// "(8)" as "(b)". "" if there is nothing to mend.
func mendPath(path string) string {
	if len(path) < 3 || path[2] != ')' {
		return ""
	}
	c := lookalikeLetter(path[1])
	if c == 0 {
		return ""
	}
	return "(" + string(c) + ")" + strings.Clone(path[3:])
}
