package caseno

import (
	"github.com/casefold/casefold/normalize/text"
)

// A group is a run of letters or of digits, with what stands before it.
type group struct {
	text  string
	digit bool
	def   bool // the word DEF or DEFENDANT: what follows is the mark
	sep   byte // 0 none, ' ' blank, '-' dash or point, '/' slash, '(' parenthesis
}

// maxGroups bounds what is read as one number, maxKeyGroups the runs of letters
// and of digits in a key: what has more is free text and no number.
const (
	maxGroups    = 12
	maxKeyGroups = 8
)

// A number is the groups of one case number.
type number struct {
	groups [maxGroups]group
	n      int
	over   bool // more groups than a number has
	start  int  // bytes of the folded field
	end    int
}

func (c *number) add(g group, start, end int) bool {
	if c.n == maxGroups {
		c.over = true
		return false
	}
	if c.n == 0 {
		g.sep, c.start = 0, start
	}
	c.groups[c.n] = g
	c.n++
	c.end = end
	return true
}

// complete reports whether the groups read so far can be a whole number: a run
// of three digits or more, a bare year excepted.
func (c *number) complete() bool {
	for i := 0; i < c.n; i++ {
		g := c.groups[i]
		if g.digit && len(g.text) >= 3 && !(isYear4(g.text) && i == c.n-1 && yearPlace(c, i)) {
			return true
		}
	}
	return false
}

// yearPlace reports whether group i stands where a year may: first, or after
// the letters of a case type.
func yearPlace(c *number, i int) bool {
	return i == 0 || i == 1 && !c.groups[0].digit
}

func isYear4(s string) bool {
	return len(s) == 4 && (s[:2] == "19" || s[:2] == "20" && s[2] <= '4')
}

// A splitter cuts a field into numbers. It is reused from value to value.
type splitter struct {
	src     string
	numbers []number
	cur     number
	def     string // a mark told by a word: DEF 2
	buf     [1]number
}

// split finds the numbers of a folded field.
func (s *splitter) split(src string) []number {
	s.src, s.numbers, s.cur, s.def = src, s.numbers[:0], number{}, ""
	sep := byte(0)
	for i := 0; i < len(src); {
		c := src[i]
		if !isDigit(c) && !isLetter(c) {
			sep = s.mark(c, sep)
			i++
			continue
		}
		j := i + 1
		for j < len(src) && isDigit(src[j]) == isDigit(c) && (isDigit(src[j]) || isLetter(src[j])) {
			j++
		}
		if s.group(group{text: src[i:j], digit: isDigit(c), sep: sep}, i, j) {
			sep = 0
		} else {
			sep = ' ' // a word that was left out still divides
		}
		i = j
	}
	s.flush()
	return s.numbers
}

// mark folds a run of separators into one; a hard one ends the number.
func (s *splitter) mark(c, sep byte) byte {
	switch c {
	case ' ', '\t':
		if sep == 0 {
			return ' '
		}
		return sep
	case ',', ';', '|', '&', '+':
		s.flush()
		return 0
	case '/', '\\':
		return '/'
	case '(', '[':
		return '('
	case '#', ':':
		if s.cur.complete() {
			s.flush()
			return 0
		}
	}
	return '-'
}

// group takes the next run of letters or digits: it belongs to the current
// number, or begins the next. It is false for a word that is no part of any.
func (s *splitter) group(g group, start, end int) bool {
	if !g.digit && (g.sep != '-' || g.text == "D") && s.word(g.text, start, end) {
		return false
	}
	if s.cur.n > 0 && s.beginsNew(g, end) {
		s.flush()
	}
	s.cur.add(g, start, end)
	return true
}

// word takes the words that stand around a number and are no part of it.
func (s *splitter) word(w string, start, end int) bool {
	switch {
	case stopWord(w):
		apart := start == 0 || !isDigit(s.src[start-1])
		if apart && (w == "AND" || w == "SEE" || w == "ALSO") && s.cur.complete() {
			s.flush()
		}
		return apart
	case w == "DEF" || w == "DEFT" || w == "DEFENDANT" || w == "DFT" || w == "DEFN", w == "D" && s.numberOfTwo(end):
		if s.cur.complete() {
			s.cur.add(group{text: w, sep: ' ', def: true}, start, end)
			return true
		}
	}
	return false
}

// stopWord reports whether letters are a word around a number and no prefix.
func stopWord(w string) bool {
	switch w {
	case "CASE", "NO", "NOS", "NUM", "NUMBER", "NUMBERS", "NBR", "CRT", "COURT", "DOCKET", "DKT", "FILE", "CASENO", "AND", "SEE", "ALSO", "REF":
		return true
	}
	return false
}

// beginsNew reports whether a group after a blank or slash starts another
// number.
func (s *splitter) beginsNew(g group, end int) bool {
	if g.sep != ' ' && g.sep != '/' || !s.cur.complete() {
		return false
	}
	if s.cur.groups[s.cur.n-1].def {
		return false
	}
	if g.digit {
		// A year may begin a number: CR94-1234/94CR01235.
		return len(g.text) >= 3 || s.digitsFollow(end) || len(g.text) == 2 && end < len(s.src) && isLetter(s.src[end]) && s.anyDigit(end)
	}
	if len(g.text) >= 2 {
		return s.anyDigit(end)
	}
	return s.digitsFollow(end)
}

// digitsFollow reports whether at most one separator and then three digits or
// more stand at a place.
func (s *splitter) digitsFollow(i int) bool {
	if i < len(s.src) && !isDigit(s.src[i]) && !isLetter(s.src[i]) && s.src[i] != ',' && s.src[i] != ';' {
		i++
	}
	n := 0
	for ; i < len(s.src) && isDigit(s.src[i]); i++ {
		n++
	}
	return n >= 3
}

// numberOfTwo reports whether one or two digits stand right at a place and end
// there: the 02 of D02.
func (s *splitter) numberOfTwo(i int) bool {
	n := 0
	for ; i < len(s.src) && isDigit(s.src[i]); i++ {
		n++
	}
	return n > 0 && n <= 2 && (i == len(s.src) || !isLetter(s.src[i]))
}

func (s *splitter) anyDigit(i int) bool {
	for ; i < len(s.src); i++ {
		if isDigit(s.src[i]) {
			return true
		}
		if s.src[i] == ',' || s.src[i] == ';' {
			return false
		}
	}
	return false
}

func (s *splitter) flush() {
	if s.cur.n > 0 {
		s.numbers = append(s.numbers, s.cur)
	}
	s.cur = number{}
}

func isDigit(c byte) bool  { return '0' <= c && c <= '9' }
func isLetter(c byte) bool { return 'A' <= c && c <= 'Z' }

// fold is the field in capitals; "" if it tells no number.
func fold(s string) string {
	if text.IsFiller(s) {
		return ""
	}
	return text.Upper(s)
}

// filler reports whether a number stands for none: no digit at all, or only
// zeros, or only nines, or too many parts.
func (c *number) filler() bool {
	zeros, nines, digits := true, true, 0
	if c.over {
		return true
	}
	for i := 0; i < c.n; i++ {
		if !c.groups[i].digit {
			nines = false
			continue
		}
		nines = nines && c.n == 1
		for k := 0; k < len(c.groups[i].text); k++ {
			digits++
			zeros = zeros && c.groups[i].text[k] == '0'
			nines = nines && c.groups[i].text[k] == '9'
		}
	}
	return digits == 0 || zeros || nines && digits >= 4
}

// keyGroups counts the runs of letters and of digits in a key.
func keyGroups(key string) int {
	n := 0
	for i := 0; i < len(key); i++ {
		if key[i] != '-' && (i == 0 || key[i-1] == '-' || isDigit(key[i]) != isDigit(key[i-1])) {
			n++
		}
	}
	return n
}
