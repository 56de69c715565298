package source

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/casefold/casefold"
)

// A fixedPlan reads one file of lines whose columns stand at fixed places.
// Places count characters, which in single-byte encodings are bytes.
type fixedPlan struct {
	enc    encoding
	eol    byte
	cols   []casefold.FixedColumn
	length int  // of every line, in characters; 0: lines are of different lengths
	header bool // the first line is one
	title  string
	looks  *looks
	rows   assembly
	values []string
}

func (p *fixedPlan) columns() []string {
	names := make([]string, len(p.cols))
	for i, c := range p.cols {
		names[i] = c.Name
	}
	return names
}

// rowShare is the share of a line's values that must look like their columns;
// lower than saneShare, because here no other reading competes.
const rowShare = 0.5

// planFixed looks at the start of a file.
func planFixed(src *casefold.Source, text string, whole bool) (*fixedPlan, error) {
	if len(src.Read.Columns) == 0 {
		return nil, fmt.Errorf("format fixed needs the columns (name, start, length) under read")
	}
	enc, err := parseEncoding(src.Read.Encoding)
	if err != nil {
		return nil, err
	}
	p := &fixedPlan{enc: enc, eol: '\n', cols: src.Read.Columns, looks: &looks{}}
	text = strings.TrimPrefix(text, bom)
	if !strings.Contains(text, "\n") && strings.Contains(text, "\r") {
		p.eol = '\r'
	}
	if enc == undecided {
		enc = detect([]byte(text))
	}
	lines := strings.Split(text, string(p.eol))
	if !whole {
		lines = lines[:len(lines)-1]
	}
	lengths, n := map[int]int{}, 0
	for i, line := range lines[:min(len(lines), 2*sampleRows)] {
		line = strings.TrimSuffix(line, "\r")
		if isBlank(line) {
			continue
		}
		line = enc.decode(line)
		p.cut(line)
		if i == 0 && p.isTitle(src) {
			p.header, p.title = true, line
			continue
		}
		p.looks.add(p.values)
		lengths[utf8.RuneCountInString(line)]++
		n++
	}
	for l, count := range lengths {
		if 10*count >= 9*n {
			p.length = l
		}
	}
	return p, nil
}

// isTitle reports whether the line just cut is a header line.
func (p *fixedPlan) isTitle(src *casefold.Source) bool {
	if src.Read.Header != "" {
		return src.Read.Header == "yes"
	}
	known := map[string]bool{}
	for _, c := range p.cols {
		known[FoldColumn(c.Name)] = true
	}
	return knownShare(p.values, known) >= 0.5
}

// cut takes the columns out of a decoded line, blanks and all.
func (p *fixedPlan) cut(line string) {
	p.values = p.values[:0]
	ascii := isASCII(line)
	for _, c := range p.cols {
		if !ascii {
			p.values = append(p.values, Cut{From: c.Start, To: c.Start + c.Len - 1}.Of(line))
			continue
		}
		from := min(c.Start-1, len(line))
		p.values = append(p.values, line[from:min(from+c.Len, len(line))])
	}
}

// read hands out the pieces of the file.
func (p *fixedPlan) read(w *window, out *sink) error {
	reader := *p // buffers and encoding of this read alone
	reader.values, reader.rows.out = nil, nil
	first := true
	return eachLine(w, out, p.eol, func(raw []byte, line string) error {
		wasFirst := first
		first = false
		if reader.enc == undecided && !w.ascii {
			reader.enc = detect(w.buf)
		}
		return reader.line(raw, line, wasFirst, out)
	})
}

// line delivers one line that is not blank.
func (p *fixedPlan) line(raw []byte, line string, first bool, out *sink) error {
	if reason := badText(line, p.enc); reason != "" {
		return out.emitBad(Bad{Lines: 1, Reason: reason, Raw: raw})
	}
	line = p.enc.decode(line)
	if p.header && (first || line == p.title) {
		return out.header(raw, 1, true)
	}
	p.cut(line)
	if strings.HasPrefix(line, "--") && strings.Trim(line, "-= ") == "" {
		return out.header(raw, 1, false)
	}
	length := utf8.RuneCountInString(line)
	switch {
	case p.length != 0 && length != p.length:
		return out.emitBad(Bad{Lines: 1, Reason: LineLength, Raw: raw,
			Detail: fmt.Sprintf("%d characters instead of %d", length, p.length)})
	case p.length == 0 && length < p.cols[0].Start:
		return out.emitBad(Bad{Lines: 1, Reason: LineLength, Raw: raw,
			Detail: fmt.Sprintf("%d characters; the first column starts at %d", length, p.cols[0].Start)})
	case p.looks.share(p.values) < rowShare:
		return out.emitBad(Bad{Lines: 1, Reason: NotARow, Raw: raw, Detail: "its values do not look like those of the columns"})
	}
	return out.emitRow(raw, p.rows.values(p.values), nil, 1)
}

// badText is the reason why a line is not text, "" if it is.
func badText(line string, enc encoding) Reason {
	control := false
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == 0:
			return NulByte
		case c < 0x20 && !isText(c):
			control = true
		}
	}
	switch {
	case control:
		return ControlByte
	case enc == windows1252 && !enc.fits([]byte(line)):
		return BadByte
	case enc != windows1252 && enc != latin1 && !utf8.ValidString(line):
		return BadUTF8
	}
	return ""
}

// eachLine hands out the lines of a file, blank ones counted and left out, with
// what the archive's damage left at the end reported as bad.
func eachLine(w *window, out *sink, eol byte, line func(raw []byte, text string) error) error {
	if err := w.fill(readSize); err != nil {
		return err
	}
	if strings.HasPrefix(w.text, bom) {
		w.lo = len(bom)
	}
	for {
		rest := len(w.buf) - w.lo
		if rest == 0 && w.eof {
			return out.finish(w)
		}
		limit := min(w.lo+maxRow, len(w.buf))
		end := lineEnd(w.text, w.lo, limit, eol)
		complete := end < limit
		if !complete && !w.eof && rest < maxRow {
			if err := w.fill(readSize); err != nil {
				return err
			}
			continue
		}
		if !complete && rest >= maxRow {
			if err := w.overlong(out, eol, w.fill); err != nil {
				return err
			}
			continue
		}
		lo := w.lo
		w.lo = end
		if complete {
			w.lo++
		}
		if end > lo && w.buf[end-1] == '\r' && eol == '\n' {
			end--
		}
		raw, text := w.buf[lo:end], w.text[lo:end]
		var err error
		switch {
		case isBlank(text) || text == "\x1a":
			out.blank()
		case !complete && w.broken != nil:
			err = out.emitBad(Bad{Lines: 1, Reason: BrokenArchive, Detail: w.broken.Error(), Raw: raw})
		default:
			err = line(raw, text)
		}
		if err != nil {
			return err
		}
	}
}
