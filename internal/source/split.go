package source

import (
	"encoding/binary"
	"math/bits"
	"strings"
)

// A dialect is how delimited text is written.
type dialect struct {
	delim  string // one byte mostly; several are read by the slow way
	quote  byte   // 0: none
	escape byte   // 0: none
	eol    byte   // '\n' (also for CRLF), or '\r' for files that know only that
}

// A splitter cuts one row at a time out of a window. Its two ways give the same
// columns for a row that is written properly (TestFastWayEqualsSlowWay); only
// the slow way copes with the others.
type splitter struct {
	dialect
	width int // columns of a row; 0: not known, any number will do
	// trailing: rows end with a delimiter, so their last value is always empty.
	trailing bool
	values   []string
	quoted   bool // the value read last was in quotes
	masks    masks
}

// masks are the dialect's special bytes, each eight times.
type masks struct {
	delim, quote uint64
	fast         bool // the fast way applies
}

func newSplitter(d dialect, width int) *splitter {
	s := &splitter{dialect: d, width: width, values: make([]string, 0, width+1)}
	s.masks.fast = len(d.delim) == 1 && d.escape == 0 && d.eol == '\n' && (d.delim[0] >= 0x20 || d.delim[0] == '\t') && d.delim[0] < 0x80
	if s.masks.fast {
		s.masks.delim = ones * uint64(d.delim[0])
		s.masks.quote = ones * uint64(d.quote)
		if d.quote == 0 {
			s.masks.quote = s.masks.delim
		}
	}
	return s
}

const (
	ones  = 0x0101010101010101
	low7  = 0x7f7f7f7f7f7f7f7f
	upper = 0xe0e0e0e0e0e0e0e0
)

// zeros has the top bit of every byte that is zero in v, exactly.
func zeros(v uint64) uint64 { return ^((v&low7 + low7) | v | low7) }

// special has the top bit of every byte of a word that may matter: delimiter,
// quote, or below 0x20 (line breaks and everything that must not be there).
func (m *masks) special(v uint64) uint64 {
	return zeros(v^m.delim) | zeros(v^m.quote) | zeros(v&upper)
}

// fast splits the row that begins at lo, eight bytes at a time. It reports
// where the next row begins, and false for everything that is not a properly
// written row of the right width on one line, complete with its line break: the
// caller then takes the slow way. Values are in s.values.
//
// Working on words rather than bytes is what BenchmarkSplit measures: three
// times the speed of a byte loop with a class table on a state extract.
func (s *splitter) fast(buf []byte, text string, lo int) (next int, ok bool) {
	var (
		values  = s.values[:cap(s.values)] // written by place: an append costs twice the store
		n       = 0
		start   = lo    // of the current value
		open    = -1    // opening quote of the current value
		doubled = false // it holds doubled quotes
		closed  = -1    // its closing quote
		skip    = -1    // second quote of a doubled one
		delim   = s.delim[0]
	)
	for at := lo; at+8 <= len(buf); at += 8 {
		m := s.masks.special(binary.LittleEndian.Uint64(buf[at:]))
		for ; m != 0; m &= m - 1 {
			i := at + bits.TrailingZeros64(m)>>3
			c := buf[i]
			if open >= 0 && closed < 0 { // inside quotes
				switch {
				case c != s.quote:
					if c == '\n' || c < 0x20 && !isText(c) {
						return 0, false
					}
				case i == skip:
				case i+1 < len(buf) && buf[i+1] == s.quote:
					doubled, skip = true, i+1
				case i+1 >= len(buf):
					return 0, false
				default:
					if n := buf[i+1]; n != delim && n != '\n' && n != '\r' {
						return 0, false
					}
					closed = i
				}
				continue
			}
			switch {
			case c == delim:
				if n >= len(values) {
					return 0, false
				}
				if open < 0 {
					values[n] = text[start:i]
				} else {
					values[n] = unquoted(text[open+1:closed], doubled, s.quote)
					open, closed, doubled = -1, -1, false
				}
				n++
				start = i + 1
			case c == '\n':
				end := i
				if end > start && buf[end-1] == '\r' {
					end--
				}
				if n >= len(values) {
					return 0, false
				}
				values[n] = text[start:end]
				if open >= 0 {
					values[n] = unquoted(text[open+1:closed], doubled, s.quote)
				}
				s.values = values[:n+1]
				return i + 1, s.fits()
			case c < 0x20 && !isText(c):
				return 0, false
			case c == s.quote && i == start:
				open = i
			case c == '\r' && closed >= 0 && (i+1 >= len(buf) || buf[i+1] != '\n'):
				return 0, false
			}
		}
	}
	return 0, false
}

// fits reports whether the values just read are as many as a row has.
func (s *splitter) fits() bool {
	return s.width == 0 || len(s.values) == s.width && (!s.trailing || s.values[s.width-1] == "")
}

// isText reports whether a byte below 0x20 may stand in a text.
func isText(c byte) bool { return c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v' }

// unquoted undoes doubled quotes.
func unquoted(v string, doubled bool, quote byte) string {
	if !doubled {
		return v
	}
	q := string(quote)
	return strings.ReplaceAll(v, q+q, q)
}

// A manner is how the slow way takes quotes.
type manner uint8

const (
	// strict: a value that opens with a quote ends at the next single quote,
	// which must stand before a delimiter or the line's end.
	strict manner = iota
	// inner: quotes within a quoted value need not be doubled: it ends at a
	// quote before a delimiter or the line's end.
	inner
	// spaced is inner, and blanks may stand around the quotes.
	spaced
	// loose: a value whose closing quote is followed by something else is taken
	// as it stands, up to the next delimiter.
	loose
)

// A split is what the slow way made of a row.
type split struct {
	next   int  // where the next row begins
	end    int  // end of the row's bytes, line break excluded
	lines  int  // lines it spans
	open   bool // it ended inside quotes, or its last escape took the line break
	broken bool // a closing quote was followed by something else (strict only)
	ended  bool // it ended with a line break, not with the window
}

// slow splits the row that begins at lo. It ends at the first line break that
// is outside quotes, or inside them too if multi is false, or at limit.
func (s *splitter) slow(text string, lo, limit int, how manner, multi bool) split {
	s.values = s.values[:0]
	i, out := lo, split{lines: 1}
	for {
		v, at, st := s.slowValue(text, i, limit, how, multi, &out)
		s.values = append(s.values, v)
		i = at
		if st != atDelim {
			out.open = out.open || st == inQuotes
			break
		}
		i += len(s.delim)
	}
	out.end, out.next = i, i
	if i < limit && text[i] == s.eol {
		out.next, out.ended = i+1, true
		if s.eol == '\n' && i > lo && text[i-1] == '\r' {
			out.end--
			if last := len(s.values) - 1; !s.quoted {
				s.values[last] = strings.TrimSuffix(s.values[last], "\r")
			}
		}
	}
	return out
}

// ending tells at what a value ended.
type ending uint8

const (
	atDelim  ending = iota
	atEOL           // a line break or the limit
	inQuotes        // a line break or the limit inside quotes
)

// slowValue reads one value and reports what it ended at.
func (s *splitter) slowValue(text string, i, limit int, how manner, multi bool, out *split) (string, int, ending) {
	start := i
	s.quoted = false
	if how == spaced {
		for i < limit && text[i] == ' ' {
			i++
		}
	}
	if s.quote != 0 && i < limit && text[i] == s.quote {
		v, at, st, ok := s.quotedValue(text, i, limit, how, multi, out)
		if ok {
			s.quoted = true
			return v, at, st
		}
		out.broken = true
	}
	return s.plainValue(text, start, limit, multi, out)
}

// plainValue reads a value without quotes.
func (s *splitter) plainValue(text string, i, limit int, multi bool, out *split) (string, int, ending) {
	start, escaped := i, false
	for i < limit {
		c := text[i]
		switch {
		case s.escape != 0 && c == s.escape && i+1 < limit && (multi || text[i+1] != s.eol):
			escaped = true
			i++
			if text[i] == '\r' && i+1 < limit && text[i+1] == '\n' {
				if !multi {
					return s.unescape(text[start:i], escaped), i + 1, atEOL
				}
				i++
			}
			if text[i] == s.eol {
				out.lines++
			}
		case c == s.eol:
			return s.unescape(text[start:i], escaped), i, atEOL
		case c == s.delim[0] && strings.HasPrefix(text[i:limit], s.delim):
			return s.unescape(text[start:i], escaped), i, atDelim
		}
		i++
	}
	return s.unescape(text[start:limit], escaped), limit, atEOL
}

// unescape takes the escape characters out of a value.
func (s *splitter) unescape(v string, escaped bool) string {
	if !escaped {
		return v
	}
	out := make([]byte, 0, len(v))
	for i := 0; i < len(v); i++ {
		if v[i] == s.escape && i+1 < len(v) {
			i++
		}
		out = append(out, v[i])
	}
	return string(out)
}

// quotedValue reads a value that opens with a quote at i. It fails if the
// value's closing quote is not followed by a delimiter or the row's end, in a
// manner that demands it.
func (s *splitter) quotedValue(text string, i, limit int, how manner, multi bool, out *split) (v string, at int, st ending, ok bool) {
	lines, doubled, start := 0, false, i+1
	for i++; i < limit; i++ {
		switch c := text[i]; {
		case s.escape != 0 && c == s.escape && s.escape != s.quote && i+1 < limit:
			doubled = true
			if i++; text[i] == s.eol {
				if !multi {
					return s.unquote(text[start:i], doubled), i, inQuotes, true
				}
				lines++
			}
		case c == s.eol && !multi:
			return s.unquote(text[start:i], doubled), i, inQuotes, true
		case c == s.eol:
			lines++
		case c == s.quote && how == strict && i+1 < limit && text[i+1] == s.quote:
			doubled = true
			i++
		case c == s.quote:
			end := s.closes(text, i, limit, how)
			if end == 0 && (how == inner || how == spaced) {
				doubled = true
				continue
			}
			if end == 0 {
				return "", 0, 0, false
			}
			out.lines += lines
			v = s.unquote(text[start:i], doubled)
			if end < limit && text[end] != s.eol && text[end] != '\r' {
				return v, end, atDelim, true
			}
			if end < limit && text[end] == '\r' && s.eol == '\n' {
				end++
			}
			return v, end, atEOL, true
		}
	}
	out.lines += lines
	return s.unquote(text[start:limit], doubled), limit, inQuotes, true
}

// closes is the place of the delimiter or line end that follows the quote at i,
// 0 if something else follows. The window's end counts as a line end.
func (s *splitter) closes(text string, i, limit int, how manner) int {
	i++
	if how == spaced {
		for i < limit && text[i] == ' ' {
			i++
		}
	}
	switch {
	case i >= limit:
		return limit
	case text[i] == s.eol, strings.HasPrefix(text[i:limit], s.delim):
		return i
	case text[i] == '\r' && s.eol == '\n' && i+1 < limit && text[i+1] == '\n':
		return i
	}
	return 0
}

// unquote undoes doubled and escaped quotes.
func (s *splitter) unquote(v string, doubled bool) string {
	if !doubled {
		return v
	}
	if s.escape != 0 && s.escape != s.quote {
		v = s.unescape(v, true)
	}
	return unquoted(v, doubled, s.quote)
}
