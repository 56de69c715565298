package statute

import "strings"

// lookalike is what a scanner or a tired hand writes for a digit.
func lookalike(c byte) byte {
	switch c {
	case 'I', 'L':
		return '1'
	case 'O':
		return '0'
	case 'S':
		return '5'
	case 'B':
		return '8'
	case 'Z':
		return '2'
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

// mendDigits rewrites the runs of a folded text that are a section of the table
// once letters are read as the digits they look like (113S9, I1359, 1136O), or
// once a blank inside is taken away (11 359). ok is false if there is none.
func mendDigits(src string) (mended string, ok bool) {
	out := []byte(src)
	for i := 0; i < len(src); {
		j := i
		for j < len(src) && (isDigit(src[j]) || isLetter(src[j])) {
			j++
		}
		if j == i {
			i++
			continue
		}
		if from, d := misreadIn(src[i:j]); d != nil {
			copy(out[i+from:], d)
			ok = true
		} else if k := j + 1; j < len(src) && src[j] == ' ' && allDigits(src[i:j]) && j-i <= 3 {
			for k < len(src) && isDigit(src[k]) {
				k++
			}
			if joined := src[i:j] + src[j+1:k]; k > j+1 && len(joined) == 5 && len(offences().sections[joined]) > 0 {
				return src[:i] + joined + src[k:], true
			}
		}
		i = j
	}
	return string(out), ok
}

// misreadIn finds a misread section in a run of letters and digits: the whole run,
// or what is left without a code in front (HS1136O) and the letter of a
// subdivision behind (1136OA). It returns where the section begins.
func misreadIn(run string) (from int, section []byte) {
	if d, found := asSection(run); found {
		return 0, d
	}
	if len(run) > 5 && isLetter(run[0]) && isLetter(run[1]) && isDigit(run[2]) {
		switch run[:2] {
		case "HS", "PC", "VC", "BP", "WI":
			from = 2
			if d, found := asSection(run[from:]); found {
				return from, d
			}
		}
	}
	if last := len(run) - 1; last-from == 5 && isLetter(run[last]) && run[last] <= 'H' {
		if d, found := asSection(run[from:last]); found {
			return from, d
		}
	}
	return 0, nil
}

func allDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if !isDigit(s[i]) {
			return false
		}
	}
	return s != ""
}

// asSection reads a run of digits and look-alike letters as a section number
// that the table knows. Leading zeros stay.
func asSection(run string) ([]byte, bool) {
	out, letters, zeros := make([]byte, len(run)), 0, 0
	if len(run) < 3 {
		return nil, false
	}
	for zeros < len(run) && run[zeros] == '0' {
		zeros++
	}
	for i := 0; i < len(run); i++ {
		out[i] = run[i]
		if isLetter(run[i]) {
			if out[i] = lookalike(run[i]); out[i] == 0 {
				return nil, false
			}
			letters++
		}
	}
	digits := len(run) - zeros
	if isLetter(run[len(run)-1]) && digits < 5 {
		return nil, false // 11B is a section with its letter as likely as 118
	}
	if digits < 3 || digits > 5 || letters == 0 || letters*2 > digits || len(offences().sections[string(out[zeros:])]) == 0 {
		return nil, false
	}
	return out, true
}

// digitsBehindLookalike reports whether a letter that looks like a digit stands
// between digits, without parentheses.
func (it *item) digitsBehindLookalike() bool {
	return it.n >= 2 && !it.elems[0].paren && !it.elems[1].paren && len(it.elems[0].text) == 1 && lookalike(it.elems[0].text[0]) != 0 && isDigit(it.elems[1].text[0])
}

// repaired looks for a digit that stands for a letter in the path, where the
// table knows the section and not the path, and knows it so mended.
func (r *reader) repaired(it *item, best reading, literal string) reading {
	if best.grade == knownSection && it.n > 0 {
		if p := mendPath(best.path); p != "" {
			if c := r.choose(it.code, best.section, p, literal); c.grade == knownPath {
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
