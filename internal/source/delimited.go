package source

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/casefold/casefold"
)

// A delimitedPlan reads one file of delimited text.
type delimitedPlan struct {
	dialect
	shown encoding // what the file's start looks like, where enc is not told
	enc   encoding
	names []string // of the file's columns
	width int      // values of a row as written
	// trailing: rows end with a delimiter, and width counts the empty value
	// behind it, which is none of names.
	trailing bool
	headers  [][]string // folded names of header lines that may stand anywhere in the file
	looks    *looks
	rows     assembly
}

func (p *delimitedPlan) columns() []string { return p.names }

// An assembly turns a file's values into the layout's.
type assembly struct {
	take    []int // for each column of the layout the file's column, -1 none; nil: as they come
	derived []derived
	width   int // columns of the layout
	out     []string
}

func newAssembly(layout casefold.Layout, extra []derived, columns []string) assembly {
	base := layout.Columns[:len(layout.Columns)-len(extra)]
	a := assembly{derived: extra, width: len(layout.Columns), take: make([]int, len(base))}
	same := len(extra) == 0
	for i, c := range base {
		a.take[i] = MatchColumn(columns, c)
		same = same && a.take[i] == i
	}
	if same && len(base) <= len(columns) {
		a.take = nil
	}
	return a
}

// values arranges the values of a row. The result is reused.
func (a *assembly) values(in []string) []string {
	if a.take == nil {
		return in[:a.width]
	}
	out := a.out[:0]
	for _, i := range a.take {
		if i < 0 {
			out = append(out, "")
		} else {
			out = append(out, in[i])
		}
	}
	for _, d := range a.derived {
		out = append(out, d.cut.Of(out[d.from]))
	}
	a.out = out
	return out
}

// isHeader reports whether values are a header line of this source.
func (p *delimitedPlan) isHeader(values []string) bool {
	for _, names := range p.headers {
		if isHeaderOf(names, values) {
			return true
		}
	}
	return false
}

func isHeaderOf(folded, values []string) bool {
	if len(values) < len(folded) || FoldColumn(values[0]) != folded[0] {
		return false
	}
	for i, v := range values {
		name := FoldColumn(v)
		if i < len(folded) && name != folded[i] || i >= len(folded) && name != "" {
			return false
		}
	}
	return true
}

// foldHeader is a header line in the form of headers, nil if it is empty.
func foldHeader(values []string) []string {
	n := len(values)
	for n > 0 && FoldColumn(values[n-1]) == "" {
		n--
	}
	folded := make([]string, n)
	for i := range folded {
		folded[i] = FoldColumn(values[i])
	}
	return folded
}

// read hands out the pieces of the file.
func (p *delimitedPlan) read(w *window, out *sink) error {
	if err := w.fill(readSize); err != nil {
		return err
	}
	if strings.HasPrefix(w.text, bom) {
		w.lo = len(bom)
	}
	s := newSplitter(p.dialect, p.width)
	s.trailing = p.trailing
	r := &resolver{splitter: s, header: p.isHeader, looks: p.looks}
	d := &delivery{plan: p, out: out, w: w, rows: p.rows, enc: p.enc}
	d.rows.out = nil
	if err := d.look(); err != nil {
		return err
	}
	for {
		if w.lo == len(w.buf) {
			if w.eof {
				return out.finish(w)
			}
			if err := d.fill(readSize); err != nil {
				return err
			}
			continue
		}
		if s.masks.fast {
			if next, ok := s.fast(w.buf, w.text, w.lo); ok {
				if err := d.fastRow(s.values, next); err != nil {
					return err
				}
				continue
			}
		}
		if !w.eof && len(w.buf)-w.lo < maxRow {
			if err := d.fill(d.more()); err != nil {
				return err
			}
			continue
		}
		r.text, r.eof, r.enc = w.text, w.eof, d.enc
		if err := d.piece(r.resolve(w.lo), s.values); err != nil {
			return err
		}
	}
}

// A delivery passes the pieces of a window on.
type delivery struct {
	plan  *delimitedPlan
	out   *sink
	w     *window
	rows  assembly
	enc   encoding
	valid bool // every byte of the window is fine in the encoding
}

func (d *delivery) fill(size int) error {
	if err := d.w.fill(size); err != nil {
		return err
	}
	return d.look()
}

// more is how much the window must hold for the row at hand: a row that the
// read's end cut needs little more, an odd one all that the slow way may look
// at.
func (d *delivery) more() int {
	if strings.IndexByte(d.w.text[d.w.lo:], d.plan.eol) < 0 {
		return readSize
	}
	return windowSize
}

// look decides the encoding, if it is still open, and whether the window needs
// looking at row by row.
func (d *delivery) look() error {
	if !d.w.ascii && d.enc == undecided {
		// Decide on all that may be looked at, not on what one read brought.
		if err := d.w.fill(windowSize); err != nil {
			return err
		}
		d.enc = detect(d.w.buf)
	}
	d.valid = d.w.ascii || d.enc == utf8Text && utf8.Valid(d.w.buf)
	return nil
}

// fastRow delivers what the fast way read: one line, written properly.
func (d *delivery) fastRow(values []string, next int) error {
	w := d.w
	end := next - 1
	if end > w.lo && w.buf[end-1] == '\r' {
		end--
	}
	raw := w.buf[w.lo:end]
	switch {
	case d.isHeader(values), isRuler(values):
		w.lo = next
		return d.out.header(raw, 1, !isRuler(values))
	case len(raw) <= 3*len(values) && allBlank(values):
		d.out.blank()
		w.lo = next
		return nil
	case !d.valid && !isASCII(raw) && !d.enc.fits(raw):
		w.lo = next
		reason := BadUTF8
		if d.enc == windows1252 {
			reason = BadByte
		}
		column := 1 + slices.IndexFunc(values, func(v string) bool { return !d.enc.fits([]byte(v)) })
		return d.out.emitBad(Bad{Lines: 1, Column: column, Reason: reason, Raw: raw})
	}
	w.lo = next
	return d.out.emitRow(raw, d.arranged(values, raw), nil, 1)
}

// isHeader is quick to say no.
func (d *delivery) isHeader(values []string) bool {
	for _, names := range d.plan.headers {
		if len(names[0]) <= len(values[0]) && isHeaderOf(names, values) {
			return true
		}
	}
	return false
}

// isRuler reports the line of dashes that database tools print below a header.
func isRuler(values []string) bool {
	if len(values[0]) == 0 || values[0][0] != '-' && values[0][0] != '=' {
		return false
	}
	for _, v := range values {
		if v = strings.TrimSpace(v); len(v) < 2 || strings.Trim(v, "-=") != "" {
			return false
		}
	}
	return true
}

func allBlank(values []string) bool {
	for _, v := range values {
		if strings.TrimSpace(v) != "" {
			return false
		}
	}
	return true
}

// arranged are a row's values decoded and in the layout's order.
func (d *delivery) arranged(values []string, raw []byte) []string {
	if !d.w.ascii && (d.enc == windows1252 || d.enc == latin1) && !isASCII(raw) {
		for i, v := range values {
			values[i] = d.enc.decode(v)
		}
	}
	return d.rows.values(values)
}

// piece delivers what the slow way found.
func (d *delivery) piece(p piece, values []string) error {
	w := d.w
	raw := w.buf[w.lo:p.end]
	last := w.eof && w.broken != nil && p.next == len(w.buf) && p.end == p.next
	w.lo = p.next
	switch {
	case last:
		return d.out.emitBad(Bad{Lines: 1, Reason: BrokenArchive, Detail: w.broken.Error(), Raw: raw})
	case p.kind == rowPiece && p.lines == 1 && allBlank(values), p.kind == blankPiece:
		d.out.blank()
		return nil
	case p.kind == headerPiece, p.kind == rowPiece && p.lines == 1 && isRuler(values):
		return d.out.header(raw, p.lines, p.kind == headerPiece && d.isHeader(values))
	case p.reason == TooLong:
		w.lo -= len(raw)
		return d.overlong()
	case p.kind == rowPiece:
		return d.out.emitRow(raw, d.arranged(values, raw), nil, p.lines)
	}
	return d.out.emitBad(Bad{Lines: p.lines, Column: p.column, Reason: p.reason, Detail: p.detail, Raw: raw})
}

// overlong takes a line beyond maxRow bytes whole.
func (d *delivery) overlong() error { return d.w.overlong(d.out, d.plan.eol, d.fill) }

// finish reports a damaged archive whose text ends with a line break.
func (s *sink) finish(w *window) error {
	if w.broken != nil && (len(w.buf) == 0 || w.buf[len(w.buf)-1] == '\n') {
		return s.emitBad(Bad{Reason: BrokenArchive, Detail: w.broken.Error()})
	}
	return nil
}
