package source

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// How a bad quote is kept from swallowing rows.
//
// A line whose last opening quote does not close may be a row that goes on in
// the next lines (a comment with line breaks), or a row with a bad quote. The
// splitter tries the first: it reads on to the line break that ends the row by
// the rules of quoting. That is believed only if the row then has the right
// number of columns and no line within it is a sane row by itself: one with the
// right number of columns whose values look like those of the columns they
// would stand in. If it is not believed, the line is bad, and reading goes on
// with the next line that looks like a row, sane or not.

const (
	// maxLines bounds how many lines one row may span.
	maxLines = 500
	// saneShare is the share of a line's values that must look like their
	// columns for the line to be taken for a row; chosen by experiment on the
	// synthetic corruptions of TestBadQuotesSwallowNothing.
	saneShare = 0.75
)

// A piece is what became of the lines at a place of the window.
type piece struct {
	kind   pieceKind
	end    int // end of its bytes, last line break excluded
	next   int // where the next piece begins
	lines  int
	reason Reason
	detail string
	column int
}

type pieceKind uint8

const (
	rowPiece pieceKind = iota
	headerPiece
	blankPiece
	badPiece
)

// A resolver tells what stands at a place where the fast way failed.
type resolver struct {
	*splitter
	text   string
	eof    bool // text ends where the file does
	enc    encoding
	header func(values []string) bool
	looks  *looks
	scrap  []string // values kept while other manners are tried
}

// resolve tells what begins at lo. If it is a row, its values are in s.values.
func (r *resolver) resolve(lo int) piece {
	limit := min(lo+maxRow, len(r.text))
	eol := lineEnd(r.text, lo, limit, r.eol)
	if r.text[lo:eol] == "\x1a" || isBlank(r.text[lo:eol]) {
		return r.line(blankPiece, lo, eol)
	}
	if eol == limit && limit-lo >= maxRow {
		return piece{kind: badPiece, end: limit, next: limit, reason: TooLong}
	}
	bare := r.line(rowPiece, lo, eol).end
	line := r.slow(r.text, lo, bare, strict, false)
	if !line.open && r.header(r.values) || lo <= len(bom) && isSeparatorLine(r.text[lo:bare]) {
		return r.line(headerPiece, lo, eol)
	}
	escaped := r.escape != 0 && strings.HasSuffix(r.text[lo:bare], string(r.escape))
	if !line.open && !line.broken && !escaped && r.fits() {
		return r.checked(r.line(rowPiece, lo, eol), lo)
	}
	if line.open || line.broken || escaped {
		if p, ok := r.goesOn(lo, eol, limit); ok {
			return r.checked(p, lo)
		}
	}
	for _, how := range []manner{strict, inner, spaced, loose} {
		if line := r.slow(r.text, lo, bare, how, false); !line.open && !(line.broken && how == strict) && r.fits() {
			return r.checked(r.line(rowPiece, lo, eol), lo)
		}
	}
	return r.badLine(lo, eol, limit)
}

// line is a piece of the one line from lo to eol.
func (r *resolver) line(kind pieceKind, lo, eol int) piece {
	p := piece{kind: kind, end: eol, next: eol, lines: 1}
	if eol < len(r.text) && r.text[eol] == r.eol {
		p.next++
	}
	if r.eol == '\n' && p.end > lo && r.text[p.end-1] == '\r' {
		p.end--
	}
	return p
}

// goesOn tries to read a row that spans several lines.
func (r *resolver) goesOn(lo, eol, limit int) (piece, bool) {
	if eol >= limit {
		return piece{}, false
	}
	for _, how := range []manner{strict, inner} {
		row := r.slow(r.text, lo, limit, how, true)
		if row.open || row.broken || !r.fits() || row.lines > maxLines || row.lines < 2 {
			continue
		}
		if !row.ended && !(r.eof && limit == len(r.text)) {
			continue
		}
		r.scrap = append(r.scrap[:0], r.values...)
		if r.rowsWithin(eol+1, row.end) {
			return piece{}, false
		}
		r.values = append(r.values[:0], r.scrap...)
		return piece{kind: rowPiece, end: row.end, next: row.next, lines: r.linesIn(lo, row.next)}, true
	}
	return piece{}, false
}

// linesIn is how many lines a piece spans; the file's last may lack its break.
func (r *resolver) linesIn(lo, next int) int {
	n := strings.Count(r.text[lo:next], string(r.eol))
	if next > lo && r.text[next-1] != r.eol {
		n++
	}
	return n
}

// rowsWithin reports whether a line between lo and end, the end of a row of
// several lines, is a sane row by itself.
func (r *resolver) rowsWithin(lo, end int) bool {
	for lo < end {
		eol := lineEnd(r.text, lo, end, r.eol)
		sane := r.sane(lo, eol)
		if eol >= end && sane && r.quote != 0 && r.text[lo] != r.quote && strings.IndexByte(r.values[0], r.quote) >= 0 {
			// The last line's first value holds the quote that closes the row.
			sane = false
		}
		if sane {
			return true
		}
		lo = eol + 1
	}
	return false
}

// sane reports whether the line from lo to eol is a row by itself, or with the
// lines that follow it.
func (r *resolver) sane(lo, eol int) bool {
	end := eol
	if end > lo && r.text[end-1] == '\r' {
		end--
	}
	line := r.slow(r.text, lo, end, strict, false)
	switch {
	case line.broken:
		line = r.slow(r.text, lo, end, inner, false)
	case line.open:
		line = r.slow(r.text, lo, min(lo+maxRow, len(r.text)), strict, true)
		if line.broken || line.lines > maxLines {
			return false
		}
	}
	if line.open || !r.fits() {
		return false
	}
	if r.header(r.values) {
		return true
	}
	if r.width < 3 {
		// Many a line of a text has as few columns by accident.
		return r.looks.prove(r.values)
	}
	return r.looks.share(r.values) >= saneShare
}

// checked turns a row into a bad piece if its bytes are not text.
func (r *resolver) checked(p piece, lo int) piece {
	if reason, at := r.badBytes(lo, p.end); reason != "" {
		p.kind, p.reason, p.column = badPiece, reason, r.columnOf(at)
	}
	return p
}

// badBytes finds a byte that no text holds, and the offset of it.
func (r *resolver) badBytes(lo, end int) (Reason, int) {
	control := -1
	for i := lo; i < end; i++ {
		switch c := r.text[i]; {
		case c == 0:
			return NulByte, i
		case c < 0x20 && control < 0 && !isText(c) && c != r.delim[0] && c != r.quote && c != r.escape:
			control = i
		}
	}
	if control >= 0 {
		return ControlByte, control
	}
	if r.enc == utf8Text && !utf8.ValidString(r.text[lo:end]) {
		return BadUTF8, lo + firstInvalid(r.text[lo:end])
	}
	if r.enc == windows1252 {
		if at := slices.IndexFunc([]byte(r.text[lo:end]), undefined1252); at >= 0 {
			return BadByte, lo + at
		}
	}
	return "", 0
}

func firstInvalid(s string) int {
	for i, c := range s {
		if c == utf8.RuneError {
			if _, n := utf8.DecodeRuneInString(s[i:]); n == 1 {
				return i
			}
		}
	}
	return 0
}

// columnOf is the column of the values just read in which the byte at an
// offset lies; 0 if it cannot be told.
func (r *resolver) columnOf(at int) int {
	bad := r.text[at : at+1]
	found := 0
	for i, v := range r.values {
		if strings.Contains(v, bad) {
			if found != 0 {
				return 0
			}
			found = i + 1
		}
	}
	return found
}

// badLine is the bad piece that begins at lo: its line, and after an unclosed
// quote the lines behind it that do not look like rows either.
func (r *resolver) badLine(lo, eol, limit int) piece {
	p := r.line(badPiece, lo, eol)
	line := r.slow(r.text, lo, p.end, strict, false)
	got := len(r.values)
	unclosed, broken := line.open, line.broken
	if broken && !unclosed {
		unclosed = r.slow(r.text, lo, p.end, inner, false).open
	}
	if reason, at := r.badBytes(lo, p.end); reason != "" {
		p.reason, p.column = reason, r.columnOf(at)
		return p
	}
	if unclosed {
		p.reason, p.column = UnclosedQuote, got
		p.detail = fmt.Sprintf("the quote that opens column %d is not closed", got)
		return r.withRest(p, limit)
	}
	p.detail = fmt.Sprintf("%d columns instead of %d", got, r.width)
	switch atEnd := r.eof && p.next == len(r.text) && p.next == eol; {
	case got >= r.width:
		p.reason = TooManyColumns
	case atEnd:
		p.reason = CutShort
	default:
		p.reason = TooFewColumns
	}
	return p
}

// withRest adds the lines of text that follow an unclosed quote: all up to the
// first line that looks like a row, or like a broken one.
func (r *resolver) withRest(p piece, limit int) piece {
	for next := p.next; next < limit && p.lines < maxLines; {
		eol := lineEnd(r.text, next, limit, r.eol)
		if eol == limit && !(r.eof && limit == len(r.text)) {
			break
		}
		line := r.text[next:eol]
		broken := r.width >= 3 && 2*strings.Count(line, r.delim) >= r.width-1
		if broken || isBlank(line) || r.width < 3 && !r.looks.telling() || r.sane(next, eol) {
			break
		}
		q := r.line(badPiece, next, eol)
		p.end, p.next, next = q.end, q.next, q.next
		p.lines++
	}
	return p
}

// lineEnd is the place of the next line break, or limit.
func lineEnd(text string, lo, limit int, eol byte) int {
	if i := strings.IndexByte(text[lo:limit], eol); i >= 0 {
		return lo + i
	}
	return limit
}

func isBlank(line string) bool { return strings.Trim(line, " \t\r\f\v") == "" }
