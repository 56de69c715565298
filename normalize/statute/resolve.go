package statute

import (
	"strings"

	"github.com/casefold/casefold"
)

// assignCodes gives every item the code its text tells: a code in front holds
// for what follows until another stands, a code behind holds for the items
// before it that have none.
func (r *reader) assignCodes(told string) {
	code := ""
	for i := 0; i < r.n; i++ {
		it := &r.items[i]
		switch {
		case it.title != "" && it.after != "":
			it.code = it.after
		case it.before == "PC" && it.inchoate() && r.n > 1:
			code, it.code = "", "PC" // says nothing of the target's code
		case it.before != "":
			code, it.code = it.before, it.before
		case it.after != "":
			it.code, code = it.after, ""
		default:
			it.code = code
		}
	}
	code = ""
	for i := r.n - 1; i >= 0; i-- {
		it := &r.items[i]
		switch {
		case it.after != "":
			code = it.after
		case it.before != "":
			code = ""
		case it.code == "":
			it.code = code
		}
		switch {
		case !it.inchoate() || it.title != "":
		case it.before == "" && r.n > 1, it.explicitCode() == "HS" && offences().section("HS", it.number) == nil:
			it.code = "PC" // HS 664/11359: the code in front is the target's
		}
		if it.code == "" {
			it.code = told
		}
	}
	r.inheritTitles()
}

// inheritTitles gives the title of a federal or regulatory section to those that
// follow it without one of their own (21 USC 841/846); the half sections of the
// Penal Code have none.
func (r *reader) inheritTitles() {
	title := ""
	for i := 0; i < r.n; i++ {
		it := &r.items[i]
		switch {
		case it.title != "":
			title = it.title
		case !titled(it.code) || it.explicit():
		case strings.HasSuffix(it.number, " 1/2"):
			it.code = ""
		default:
			it.title = title
		}
	}
}

// A reading is one way to understand an item.
type reading struct {
	code, section, path string
	grade               int
	words               int // words shared with the table's literal
}

// resolve asks the table how an item is to be read. The literal breaks ties
// between readings that the table knows equally well, and decides nothing else.
func (r *reader) resolve(it *item, literal string) {
	if it.code != "" && !it.bareLetter() && !it.letterBehindBlank() {
		literal = "" // nothing to break a tie between
	}
	best := r.choose(it.code, it.number, r.pathOf(it, 0), literal)
	switch {
	case it.title != "":
	case it.bareLetter():
		best = r.lettered(it, best, literal)
	case it.letterBehindBlank():
		best = r.letteredApart(it, best, literal)
	}
	if best.grade <= knownSection {
		best = r.repaired(it, best, literal)
	}
	if it.title != "" {
		best.section = it.title + " " + it.number
		best.grade = offences().section(best.code, best.section).fit(best.path)
	}
	it.code, it.section, it.path, it.grade = best.code, best.section, best.path, best.grade
	r.levelInPath(it)
}

// lettered weighs the reading in which the letters behind the number belong to
// it (288A) against the one in which they begin the path (11357A).
func (r *reader) lettered(it *item, best reading, literal string) reading {
	section, rest := it.number+it.elems[0].text, 1
	if it.n > 1 && it.elems[1].point {
		if pointed := section + "." + it.elems[1].text; len(offences().sections[pointed]) > 0 {
			section, rest = pointed, 2
		}
	}
	other := r.choose(it.code, section, r.pathOf(it, rest), literal)
	switch {
	case other.grade > best.grade, other.grade == best.grade && other.grade > unknownSection && other.words >= best.words:
		return other
	case best.grade <= knownSection && other.grade == unknownSection && it.n > 1 && it.elems[1].paren && isLetter(it.elems[1].text[0]):
		return other // 653Q(A): two letters in a row are never a path
	}
	return best
}

// letteredApart weighs the same where a blank stands before the letter: 266 H,
// as the state's older list writes 266H. It is the path's letter, unless the
// table does not know that path, or the literal speaks for the section.
func (r *reader) letteredApart(it *item, best reading, literal string) reading {
	other := r.choose(it.code, it.number+it.elems[0].text, r.pathOf(it, 1), literal)
	if other.grade > best.grade || other.grade == best.grade && other.words > best.words {
		return other
	}
	return best
}

// choose finds the code for a section and path: the told one if the table knows
// the section there, else the only or best one.
func (r *reader) choose(told, number, path, literal string) reading {
	best := reading{code: told, section: number, path: path}
	if told != "" {
		if i := strings.LastIndexByte(number, '.'); i > 0 && paragraphs[told+" "+number] {
			return r.choose(told, number[:i], capped("("+number[i+1:]+")"+path), literal)
		}
	} else if i := strings.LastIndexByte(number, '.'); i > 0 && paragraphs["PC "+number] {
		return r.choose("PC", number[:i], capped("("+number[i+1:]+")"+path), literal)
	}
	infos := offences().sections[number]
	if told != "" {
		for _, s := range infos {
			if s.Code == told {
				best.grade, best.words = s.fit(path), s.words(path, literal)
				return best
			}
		}
		// "11359 PC": the Penal Code is typed out of habit, CP is PC turned round.
		// Corrected only where the table knows the number in one code alone.
		if (told == "PC" || told == "CP") && len(infos) == 1 && len(number) >= 3 {
			s := infos[0]
			return reading{s.Code, number, path, s.fit(path), s.words(path, literal)}
		}
		return best
	}
	ties := 0
	for _, s := range infos {
		c := reading{s.Code, number, path, s.fit(path), s.words(path, literal)}
		switch {
		case c.grade > best.grade || c.grade == best.grade && c.words > best.words:
			best, ties = c, 0
		case c.grade == best.grade && c.words == best.words:
			ties++
		}
	}
	if ties > 0 {
		best.code = "" // known in several codes: which one is not told
	}
	return best
}

// capped cuts a path to as many steps as are read.
func capped(path string) string {
	steps := 0
	for i := 0; i < len(path); i++ {
		if path[i] == '(' {
			if steps++; steps > maxElements {
				return path[:i]
			}
		}
	}
	return path
}

// pathOf writes the elements from the given one on as a path.
func (r *reader) pathOf(it *item, from int) string {
	if it.n <= from {
		return ""
	}
	b := r.buf[:0]
	steps := 0
	for _, e := range it.elems[from:it.n] {
		if steps++; steps > maxElements {
			break
		}
		b = append(b, '(')
		for i := 0; i < len(e.text); i++ {
			c := e.text[i]
			if isLetter(c) {
				if i > 0 && !e.paren { // the AB of 273AB, read as a path
					if steps++; steps > maxElements {
						break
					}
					b = append(b, ')', '(')
				}
				c += 'a' - 'A'
			}
			b = append(b, c)
		}
		b = append(b, ')')
	}
	r.buf = b
	return string(b)
}

// levelInPath takes a last element F, M or I for the level where the table
// knows the path without it and not with it: "459(F)", "11357(B)(M)".
func (r *reader) levelInPath(it *item) {
	if it.n == 0 || it.grade == knownPath || it.grade == unknownSection {
		return
	}
	last := it.elems[it.n-1]
	level := levelOf(last.text)
	if level == "" || len(last.text) != 1 || !strings.HasSuffix(it.path, "("+strings.ToLower(last.text)+")") {
		return
	}
	short := it.path[:len(it.path)-3]
	s := offences().section(it.code, it.section)
	if s == nil || s.fit(short) != knownPath || s.fit(it.path) == knownPath {
		return
	}
	if short == "" && !last.apart && last.paren && len(s.Paths) > 1 {
		return // 594(F) of a section that has subdivisions: keep it
	}
	it.path, it.grade = short, knownPath
	if r.level == "" {
		r.level = level
	}
}

// words counts the words that a literal shares with the table's wordings of a
// section and path.
func (s *sectionInfo) words(path, literal string) int {
	if literal == "" {
		return 0
	}
	most := 0
	for i, have := range s.Literals {
		if s.LitPaths[i] != path && !strings.HasPrefix(s.LitPaths[i], path) {
			continue
		}
		n := 0
		for start := 0; start < len(literal); {
			for start < len(literal) && !isLetter(literal[start]) {
				start++
			}
			end := start
			for end < len(literal) && isLetter(literal[end]) {
				end++
			}
			if end-start >= 4 && strings.Contains(have, literal[start:start+4]) {
				n++
			}
			start = end
		}
		most = max(most, n)
	}
	return most
}

func (it *item) statute() casefold.Statute {
	return casefold.Statute{Code: it.code, Section: it.section, Path: it.path}
}
