package source

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/casefold/casefold"
)

// The formats that a source may have.
const (
	Delimited = "delimited"
	Fixed     = "fixed"
	JSONL     = "jsonl"
	CADOJ     = "ca-doj"
)

// Formats are all formats, in the order in which they are documented.
var Formats = []string{Delimited, Fixed, JSONL, CADOJ}

// A Bad is a piece of a file that is not a row, kept verbatim.
type Bad struct {
	File   string
	Line   int    // first line, from 1
	Column int    // column of the layout at which reading failed, from 1; 0: the row as a whole
	Lines  int    // lines it spans, at least 1
	Reason Reason // stable word
	Detail string // for people: "94 columns instead of 95"; never a value
	// Raw is the piece's bytes, last line break excluded. It lies in a buffer
	// that the reader reuses: keep a copy.
	Raw []byte
}

// A Reason is the stable word for why a piece is not a row.
type Reason string

const (
	TooFewColumns  Reason = "too_few_columns"
	TooManyColumns Reason = "too_many_columns"
	UnclosedQuote  Reason = "unclosed_quote" // an opening quote that no sane row closes
	CutShort       Reason = "cut_short"      // the file's last line, without its line break and its last columns
	NulByte        Reason = "nul_byte"
	ControlByte    Reason = "control_byte" // a byte below 0x20 that is no tab or line break, or 0x7F
	BadUTF8        Reason = "bad_utf8"
	BadByte        Reason = "bad_byte"      // a byte that the declared encoding does not have
	LineLength     Reason = "line_length"   // fixed width: not the length of the other lines
	NotARow        Reason = "not_a_row"     // fixed width: a page header or message by its look
	BadJSON        Reason = "bad_json"      // not a JSON value
	NotAnObject    Reason = "not_an_object" // JSON, but no object
	TooLong        Reason = "too_long"      // a line beyond maxRow bytes
	BrokenArchive  Reason = "broken_archive"

	// HeaderAgain is no reason of a bad piece: a header line, or the line of
	// dashes below one, stands again among the rows (see TellHeaders).
	HeaderAgain Reason = "header_repeated"
)

// Reasons are all reasons, for documentation and tests.
var Reasons = []Reason{TooFewColumns, TooManyColumns, UnclosedQuote, CutShort, NulByte, ControlByte,
	BadUTF8, BadByte, LineLength, NotARow, BadJSON, NotAnObject, TooLong, BrokenArchive}

// Stats account for what was read. Lines = RowLines + HeaderLines + BlankLines
// + BadLines.
type Stats struct {
	Rows, Bad                                          int
	Lines, RowLines, BadLines, HeaderLines, BlankLines int
	HeadersAgain                                       int   // pieces that are a header among the rows
	Bytes                                              int64 // unpacked
}

// Add adds another file's counts.
func (s *Stats) Add(t Stats) {
	s.Rows += t.Rows
	s.Bad += t.Bad
	s.Lines += t.Lines
	s.RowLines += t.RowLines
	s.BadLines += t.BadLines
	s.HeaderLines += t.HeaderLines
	s.BlankLines += t.BlankLines
	s.HeadersAgain += t.HeadersAgain
	s.Bytes += t.Bytes
}

// A File is one file of a source.
type File struct {
	Name  string // as the project file names it, slashes forward
	Path  string // where it is opened
	Bytes int64  // on disk, packed
}

// A Reader reads the files of one source. It is immutable after Open and may
// be used from several goroutines, one Read or ReadFile each.
type Reader struct {
	layout casefold.Layout
	files  []File
	plans  []plan
	again  func(Bad) error
}

// TellHeaders is the reader, handing out every header line that stands again
// among the rows, in its place among them, as a piece with the reason
// HeaderAgain.
func (r *Reader) TellHeaders(again func(Bad) error) *Reader {
	out := *r
	out.again = again
	return &out
}

// A plan is how one file is read: made by Open from the file's start.
type plan interface {
	// read hands out the pieces of the file in order.
	read(w *window, out *sink) error
	// columns are the file's own columns, in its order.
	columns() []string
}

// Layout names the values of the rows.
func (r *Reader) Layout() casefold.Layout { return r.layout }

// Files are the source's files, in the order in which they are read.
func (r *Reader) Files() []File { return slices.Clone(r.files) }

// Read hands out every row and every bad piece of all files, in order. An
// error of row or bad ends it and is returned. Progress, if not nil, is told
// the bytes of files (packed) read so far, about once per megabyte.
func (r *Reader) Read(ctx context.Context, row func(*casefold.Row) error, bad func(Bad) error, progress func(int64)) (Stats, error) {
	var total Stats
	var before int64
	for i := range r.files {
		st, err := r.ReadFile(ctx, i, row, bad, func(n int64) {
			if progress != nil {
				progress(before + n)
			}
		})
		total.Add(st)
		if err != nil {
			return total, err
		}
		before += r.files[i].Bytes
	}
	return total, nil
}

// ReadFile is Read for the i-th file alone.
func (r *Reader) ReadFile(ctx context.Context, i int, row func(*casefold.Row) error, bad func(Bad) error, progress func(int64)) (Stats, error) {
	out := &sink{file: r.files[i].Name, row: row, bad: bad, again: r.again, line: 1}
	in, err := openPacked(r.files[i].Path)
	if err != nil {
		return out.stats, fmt.Errorf("reading %s: %w", r.files[i].Name, err)
	}
	defer in.Close()
	w := newWindow(ctx, in, func() {
		if progress != nil {
			progress(in.consumed())
		}
	})
	err = r.plans[i].read(w, out)
	out.stats.Bytes = w.total
	if err != nil {
		return out.stats, fmt.Errorf("reading %s: %w", r.files[i].Name, err)
	}
	if progress != nil {
		progress(r.files[i].Bytes)
	}
	return out.stats, nil
}

// A sink counts and passes on the pieces of one file.
type sink struct {
	file  string
	line  int // line of the next piece
	row   func(*casefold.Row) error
	bad   func(Bad) error
	again func(Bad) error // nil: nobody asks
	named bool            // the file's header has been seen
	stats Stats
	out   casefold.Row
}

func (s *sink) emitRow(raw []byte, values []string, groups [][]string, lines int) error {
	s.out = casefold.Row{File: s.file, Line: s.line, Raw: raw, Values: values, Groups: groups}
	s.stats.Rows++
	s.stats.RowLines += lines
	s.advance(lines)
	return s.row(&s.out)
}

func (s *sink) emitBad(b Bad) error {
	b.File, b.Line = s.file, s.line
	s.stats.Bad++
	s.stats.BadLines += b.Lines
	s.advance(b.Lines)
	return s.bad(b)
}

// header takes a header line (names), or a ruler or separator line. The first
// of a file is the file's; what comes behind it is a piece among the rows.
func (s *sink) header(raw []byte, lines int, names bool) error {
	repeated := s.stats.Rows+s.stats.Bad > 0 || names && s.named
	s.named = s.named || names
	line := s.line
	s.stats.HeaderLines += lines
	s.advance(lines)
	if !repeated {
		return nil
	}
	s.stats.HeadersAgain++
	if s.again == nil {
		return nil
	}
	return s.again(Bad{File: s.file, Line: line, Lines: lines, Reason: HeaderAgain, Raw: raw})
}

func (s *sink) blank() {
	s.stats.BlankLines++
	s.advance(1)
}

func (s *sink) advance(lines int) {
	s.line += lines
	s.stats.Lines += lines
}

// Expand finds the files that patterns name, relative to dir: each pattern's
// matches sorted, patterns in their order, no file twice. A pattern that
// matches nothing is a NoFilesError.
func Expand(patterns []string, dir string) ([]File, error) {
	var files []File
	seen := map[string]bool{}
	for _, pattern := range patterns {
		full := filepath.FromSlash(pattern)
		if !filepath.IsAbs(full) {
			full = filepath.Join(dir, full)
		}
		matches := []string{full}
		if _, err := os.Stat(full); err != nil {
			if matches, err = filepath.Glob(full); err != nil {
				return nil, fmt.Errorf("pattern %q: %w", pattern, err)
			}
		}
		slices.Sort(matches)
		found := false
		for _, path := range matches {
			st, err := os.Stat(path)
			if err != nil || st.IsDir() {
				continue
			}
			found = true
			if !seen[path] {
				seen[path] = true
				files = append(files, File{Name: nameOf(path, pattern, dir), Path: path, Bytes: st.Size()})
			}
		}
		if !found {
			return nil, &NoFilesError{Pattern: pattern}
		}
	}
	return files, nil
}

// nameOf is the path as the project file would write it.
func nameOf(path, pattern, dir string) string {
	if !filepath.IsAbs(filepath.FromSlash(pattern)) {
		if rel, err := filepath.Rel(dir, path); err == nil {
			path = rel
		}
	}
	return filepath.ToSlash(path)
}

// A NoFilesError tells that a pattern of a source's files matches no file.
type NoFilesError struct{ Pattern string }

func (e *NoFilesError) Error() string { return fmt.Sprintf("no file matches %q", e.Pattern) }

// A ColumnsError tells that a file lacks columns which the mapping names.
type ColumnsError struct {
	File    string
	Missing []string // as the mapping writes them
	Have    []string // the file's own columns
}

func (e *ColumnsError) Error() string {
	quoted := make([]string, len(e.Missing))
	for i, m := range e.Missing {
		quoted[i] = fmt.Sprintf("%q", m)
	}
	what := "column"
	if len(quoted) > 1 {
		what = "columns"
	}
	return fmt.Sprintf("%s has no %s %s; it has %s", e.File, what, strings.Join(quoted, ", "), listed(e.Have, 12))
}

// An UnreadableError tells that a file is of a kind that no source is read from.
type UnreadableError struct {
	File string
	What string // what it is, and what to do
}

func (e *UnreadableError) Error() string { return fmt.Sprintf("reading %s: %s", e.File, e.What) }

// listed joins the first n names and says how many more there are.
func listed(names []string, n int) string {
	if len(names) == 0 {
		return "none"
	}
	if len(names) <= n {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:n], ", "), len(names)-n)
}

var _ io.Closer = (*packed)(nil)
