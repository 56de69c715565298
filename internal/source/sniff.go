package source

import (
	"fmt"
	"math"
	"path"
	"slices"
	"strings"

	"github.com/casefold/casefold"
)

// sampleRows is how many rows at a file's start are looked at.
const sampleRows = 300

// candidates are the delimiters that are tried, likely ones first.
var candidates = []string{",", "\t", "|", ";", "^", "~", "¦", "\x1f", "\x01", ":"}

// planDelimited finds out how a file is written. Text is the file's start and
// whole tells that it is all of it.
func planDelimited(src *casefold.Source, name, text string, whole bool) (*delimitedPlan, error) {
	enc, err := parseEncoding(src.Read.Encoding)
	if err != nil {
		return nil, err
	}
	text = strings.TrimPrefix(text, bom)
	d, err := sniffDialect(src, name, text, whole)
	if err != nil {
		return nil, err
	}
	p := &delimitedPlan{dialect: d, enc: enc}
	rows := sampleOf(d, text, whole)
	if len(rows) == 0 {
		if src.Format == CADOJ {
			p.setNames(dojColumns, len(dojColumns), nil)
		}
		return p, nil
	}
	p.shown = enc
	if enc == undecided {
		p.shown = detect([]byte(text))
	}
	p.setColumns(src, rows, p.shown)
	p.learn(rows)
	return p, nil
}

// setColumns finds the header and the width.
func (p *delimitedPlan) setColumns(src *casefold.Source, rows [][]string, enc encoding) {
	given := givenNames(src)
	at := headerRow(src, rows, given)
	if at < 0 {
		width, trailing := widthOf(rows, len(given))
		if len(given) == 0 {
			p.setNames(make([]string, width), width, nil)
			return
		}
		p.setNames(given, len(given), nil)
		if trailing && width == len(given)+1 {
			p.width, p.trailing = width, true
		}
		return
	}
	header := rows[at]
	for i, h := range header {
		header[i] = enc.decode(h)
	}
	folded := foldHeader(header)
	width, trailing := widthOf(rows[at+1:], len(folded))
	names := header[:len(folded)]
	if n := len(src.Read.Columns); n > 0 && n == len(folded) {
		names = given // the project file's names, in the place of the header's
	}
	switch {
	case len(rows) == at+1, width < len(folded), width == len(folded):
		width = len(folded)
	case trailing && width == len(folded)+1:
		p.trailing = true
	default:
		names = append(slices.Clone(names), make([]string, width-len(folded))...)
	}
	p.setNames(names, width, folded)
}

func (p *delimitedPlan) setNames(names []string, width int, folded []string) {
	p.names, p.width = uniqueNames(names), width
	if len(folded) > 0 {
		p.headers = [][]string{folded}
	}
}

// learn takes in how rows look. Rows of several lines are left out: what looks
// like one may be several that a bad quote ran together.
func (p *delimitedPlan) learn(rows [][]string) {
	p.looks = &looks{}
	for _, r := range rows {
		oneLine := !slices.ContainsFunc(r, func(v string) bool { return strings.IndexByte(v, p.eol) >= 0 })
		if len(r) == p.width && oneLine && !p.isHeader(r) {
			p.looks.add(r)
		}
	}
}

// givenNames are the column names known without a header line.
func givenNames(src *casefold.Source) []string {
	if len(src.Read.Columns) == 0 {
		if src.Format == CADOJ {
			return dojColumns
		}
		return nil
	}
	names := make([]string, len(src.Read.Columns))
	for i, c := range src.Read.Columns {
		names[i] = c.Name
	}
	return names
}

// widthOf is the commonest number of values, and whether that is one more than
// the names given because all such rows end with a delimiter. Among equally
// common numbers the number of names wins, then the smaller.
func widthOf(rows [][]string, names int) (width int, trailing bool) {
	count, empty := map[int]int{}, map[int]int{}
	for _, r := range rows {
		count[len(r)]++
		if r[len(r)-1] == "" {
			empty[len(r)]++
		}
	}
	for _, n := range sortedKeys(count) {
		if width == 0 || count[n] > count[width] || count[n] == count[width] && n == names {
			width = n
		}
	}
	return width, width > 1 && width == names+1 && empty[width] == count[width]
}

func sortedKeys(m map[int]int) []int {
	keys := make([]int, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// sampleOf splits the first rows of a text. What does not split is left out.
func sampleOf(d dialect, text string, whole bool) [][]string {
	s := newSplitter(d, 0)
	var rows [][]string
	for lo := 0; lo < len(text) && len(rows) < sampleRows; {
		eol := lineEnd(text, lo, len(text), d.eol)
		if eol == len(text) && !whole {
			break
		}
		if isBlank(text[lo:eol]) {
			lo = eol + 1
			continue
		}
		row := s.slow(text, lo, min(lo+maxRow, len(text)), strict, true)
		if row.open || row.broken || row.lines > 20 {
			row = s.slow(text, lo, eol, inner, false)
			row.next = eol + 1
		}
		if !row.open {
			rows = append(rows, slices.Clone(s.values))
		}
		lo = row.next
	}
	return rows
}

// sniffDialect takes what the read options say and looks for the rest.
func sniffDialect(src *casefold.Source, name, text string, whole bool) (dialect, error) {
	d := dialect{eol: '\n', quote: '"'}
	if !strings.Contains(text, "\n") && strings.Contains(text, "\r") {
		d.eol = '\r'
	}
	unload := src.Read.Quote == "" && strings.HasSuffix(unpackedName(name), ".unl")
	var err error
	if d.quote, err = oneByte("quote", src.Read.Quote, '"'); err != nil {
		return d, err
	}
	if d.escape, err = oneByte("escape", src.Read.Escape, 0); err != nil {
		return d, err
	}
	if unload {
		// Informix writes no quotes and escapes delimiters with a backslash.
		d.quote = 0
		if src.Read.Escape == "" {
			d.escape = '\\'
		}
	}
	d.delim = delimiterOf(src.Read.Delimiter)
	if line, _, _ := strings.Cut(text, "\n"); d.delim == "" && isSeparatorLine(strings.TrimSuffix(line, "\r")) {
		d.delim = line[len("sep="):][:1]
	}
	if d.delim == "" && src.Format == CADOJ {
		d.delim = ","
	}
	if d.delim == "" {
		d.delim = sniffDelimiter(d, name, text, whole)
	}
	if d.delim == string(rune(d.quote)) {
		return d, fmt.Errorf("delimiter and quote are both %q", d.delim)
	}
	if src.Read.Quote == "" && !unload && src.Format != CADOJ {
		d.quote = sniffQuote(d, text)
	}
	if src.Read.Escape == "" && d.quote == '"' && d.escape == 0 && escapesQuotes(d, text) {
		d.escape = '\\'
	}
	return d, nil
}

// isSeparatorLine reports the line by which Excel is told the delimiter.
func isSeparatorLine(line string) bool { return len(line) == 5 && strings.HasPrefix(line, "sep=") }

// escapesQuotes reports whether quotes within values are written with a
// backslash rather than doubled.
func escapesQuotes(d dialect, text string) bool {
	head := text[:min(len(text), 256<<10)]
	escaped := 0
	for i := 0; ; {
		at := strings.Index(head[i:], `\"`)
		if at < 0 {
			break
		}
		i += at + 2
		if i < len(head) && head[i] != '\r' && head[i] != '\n' && !strings.HasPrefix(head[i:], d.delim) {
			escaped++
		}
	}
	if escaped < 2 {
		return false
	}
	for i := 0; ; {
		at := strings.Index(head[i:], `""`)
		if at < 0 {
			return true
		}
		i += at + 2
		before := head[:i-2]
		if i < len(head) && !strings.HasSuffix(before, d.delim) && !strings.HasSuffix(before, "\n") && !strings.HasSuffix(before, `\`) {
			return false // a doubled quote within a value
		}
	}
}

// oneByte reads an option that is one character of ASCII, or "none".
func oneByte(option, word string, otherwise byte) (byte, error) {
	switch {
	case word == "":
		return otherwise, nil
	case word == "none":
		return 0, nil
	case len(word) == 1 && word[0] >= 0x20 && word[0] < 0x7f:
		return word[0], nil
	}
	return 0, fmt.Errorf("%s %q is not one character, nor \"none\"", option, word)
}

// delimiterOf reads the option: the characters themselves, or a word for those
// that are hard to write.
func delimiterOf(word string) string {
	switch strings.ToLower(word) {
	case "tab", `\t`:
		return "\t"
	case "comma":
		return ","
	case "pipe":
		return "|"
	case "semicolon":
		return ";"
	case "blank", "space":
		return " "
	}
	return word
}

// unpackedName is a file name in lower case without .gz and .zst.
func unpackedName(name string) string {
	name = strings.ToLower(name)
	return strings.TrimSuffix(strings.TrimSuffix(name, ".gz"), ".zst")
}

// sniffDelimiter tries every candidate and takes the one that cuts the rows
// most evenly into most columns. A name's own hint counts a little.
func sniffDelimiter(d dialect, name, text string, whole bool) string {
	hint := map[string]string{".csv": ",", ".tsv": "\t", ".tab": "\t", ".psv": "|", ".unl": "|"}[path.Ext(unpackedName(name))]
	best, bestScore := ",", 0.0
	if hint != "" {
		best = hint
	}
	head := text[:min(len(text), 256<<10)]
	for _, c := range candidates {
		if !strings.Contains(head, c) {
			continue
		}
		d.delim = c
		rows := sampleOf(d, head, whole && len(head) == len(text))
		if len(rows) == 0 {
			continue
		}
		width, _ := widthOf(rows, 0)
		same := 0
		for _, r := range rows {
			if len(r) == width {
				same++
			}
		}
		if width < 2 {
			continue
		}
		share := float64(same) / float64(len(rows))
		score := share * share * math.Log2(float64(width))
		if c == hint {
			score *= 1.5
		}
		if score > bestScore {
			best, bestScore = c, score
		}
	}
	return best
}

// sniffQuote decides between double quotes, single quotes and none: a file
// without quoting has values that open with a quote and never close.
func sniffQuote(d dialect, text string) byte {
	head := text[:min(len(text), 256<<10)]
	double, single, odd := 0, 0, 0
	for _, line := range strings.Split(head, string(d.eol)) {
		open := 0
		for _, v := range strings.Split(strings.TrimSuffix(line, "\r"), d.delim) {
			v = strings.TrimSpace(v)
			switch {
			case len(v) >= 2 && v[0] == '"' && v[len(v)-1] == '"':
				double++
			case len(v) >= 2 && v[0] == '\'' && v[len(v)-1] == '\'':
				single++
			case v != "" && v[0] == '"':
				open++
			case v != "" && v[len(v)-1] == '"' && open > 0:
				open--
				double++
			}
		}
		odd += open
	}
	switch {
	case single > 0 && double == 0 && single >= strings.Count(head, "'")/3:
		return '\''
	case odd > 2 && double == 0:
		return 0
	}
	return '"'
}
