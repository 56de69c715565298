package source

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/casefold/casefold"
)

// Open finds a source's files, looks at the start of each and settles the
// layout. Dir is the folder that relative file names start from. It fails with
// a NoFilesError, or with a ColumnsError if a file lacks a mapped column.
func Open(ctx context.Context, src *casefold.Source, dir string) (*Reader, error) {
	files, err := Expand(src.Files, dir)
	if err != nil {
		return nil, fmt.Errorf("source %s: %w", src.Name, err)
	}
	r := &Reader{files: files}
	for _, f := range files {
		p, err := planFile(ctx, src, f)
		if unreadable, ok := errors.AsType[*UnreadableError](err); ok {
			return nil, fmt.Errorf("source %s: %w", src.Name, unreadable)
		}
		if err != nil {
			return nil, fmt.Errorf("source %s: reading %s: %w", src.Name, f.Name, err)
		}
		r.plans = append(r.plans, p)
	}
	adoptHeaderless(src, r.plans)
	if f := onlyEmpty(src, files, r.plans); f != "" {
		return nil, fmt.Errorf("source %s: %w", src.Name, &UnreadableError{f, "the file is empty, without even a header"})
	}
	layout, extra, err := makeLayout(src, files, r.plans)
	if err != nil {
		return nil, fmt.Errorf("source %s: %w", src.Name, err)
	}
	r.layout = layout
	r.settle(extra)
	return r, nil
}

// onlyEmpty names the first file of a delimited source whose files are all empty
// and whose columns nothing else tells: a delivery of nobody has a header.
func onlyEmpty(src *casefold.Source, files []File, plans []plan) string {
	for _, p := range plans {
		if d, ok := p.(*delimitedPlan); !ok || len(d.columns()) > 0 {
			return ""
		}
	}
	if len(files) == 0 || len(src.Read.Columns) > 0 || len(References(src)) == 0 {
		return "" // nobody asks for a column: a file is being looked at
	}
	return files[0].Name
}

// planFile looks at the start of a file.
func planFile(ctx context.Context, src *casefold.Source, f File) (plan, error) {
	in, err := openPacked(f.Path)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	w := newWindow(ctx, in, nil)
	if err := w.fill(windowSize); err != nil {
		return nil, err
	}
	switch {
	case utf16(w.buf):
		return nil, &UnreadableError{f.Name, "the file is UTF-16; save it as UTF-8"}
	case bytes.HasPrefix(w.buf, zipMagic):
		return nil, &UnreadableError{f.Name, "the file is a zip archive or a spreadsheet; unpack it, or save it as CSV"}
	}
	switch src.Format {
	case Delimited, CADOJ, "":
		return planDelimited(src, f.Name, w.text, w.eof)
	case Fixed:
		return planFixed(src, w.text, w.eof)
	case JSONL:
		return planJSON(src, w.text, w.eof)
	}
	return nil, fmt.Errorf("format %q is not known; allowed: %v", src.Format, Formats)
}

// adoptHeaderless gives a delimited file without a header line the columns of
// the first one that has it, if it is as wide: a large export cut into pieces.
func adoptHeaderless(src *casefold.Source, plans []plan) {
	if src.Read.Header == "yes" || len(src.Read.Columns) > 0 {
		return
	}
	var model *delimitedPlan
	for _, p := range plans {
		if d, ok := p.(*delimitedPlan); ok && len(d.headers) > 0 {
			model = d
			break
		}
	}
	if model == nil {
		return
	}
	for _, p := range plans {
		if d, ok := p.(*delimitedPlan); ok && len(d.headers) == 0 && d.width == model.width {
			d.names, d.trailing = slices.Clone(model.names), model.trailing
		}
	}
}

// settle tells every plan the layout, and the headers of all files.
func (r *Reader) settle(extra []derived) {
	var headers [][]string
	for _, p := range r.plans {
		if d, ok := p.(*delimitedPlan); ok {
			for _, h := range d.headers {
				if !slices.ContainsFunc(headers, func(g []string) bool { return slices.Equal(g, h) }) {
					headers = append(headers, h)
				}
			}
		}
	}
	for _, p := range r.plans {
		switch p := p.(type) {
		case *delimitedPlan:
			p.headers = headers
			p.rows = newAssembly(r.layout, extra, p.names)
		case *fixedPlan:
			p.rows = newAssembly(r.layout, extra, p.columns())
		case *jsonPlan:
			p.settle(r.layout, extra)
		}
	}
}

// Found tells how the first file is read, in the words of the options, for those
// who profile a file. Encoding is what the file's start looks like.
func (r *Reader) Found() casefold.ReadOptions {
	if len(r.plans) == 0 {
		return casefold.ReadOptions{}
	}
	switch p := r.plans[0].(type) {
	case *delimitedPlan:
		return p.found()
	case *fixedPlan:
		return casefold.ReadOptions{Encoding: p.enc.String(), Header: yesNo(p.header), Columns: p.cols}
	}
	return casefold.ReadOptions{Encoding: "utf-8"}
}

func (p *delimitedPlan) found() casefold.ReadOptions {
	o := casefold.ReadOptions{Encoding: p.shown.String(), Delimiter: p.delim, Quote: "none", Header: yesNo(len(p.headers) > 0)}
	if p.delim == "\t" {
		o.Delimiter = "tab"
	}
	if p.quote != 0 {
		o.Quote = string(rune(p.quote))
	}
	if p.escape != 0 {
		o.Escape = string(rune(p.escape))
	}
	return o
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// Unseen are the mapped paths of JSON lines that the start of no file holds:
// rare ones, or misspelled ones.
func (r *Reader) Unseen() []string {
	var out []string
	for i, p := range r.plans {
		j, ok := p.(*jsonPlan)
		if !ok {
			return nil
		}
		if i == 0 {
			out = slices.Clone(j.unseen)
			continue
		}
		out = slices.DeleteFunc(out, func(c string) bool { return !slices.Contains(j.unseen, c) })
	}
	return out
}

// Arrays are the paths of the repeated parts (arrays of objects) that the start
// of the files of JSON lines holds.
func (r *Reader) Arrays() []string {
	var out []string
	for _, p := range r.plans {
		if j, ok := p.(*jsonPlan); ok {
			for _, a := range j.arrays {
				if !slices.Contains(out, a) {
					out = append(out, a)
				}
			}
		}
	}
	return out
}

// Head is the unpacked start of a file, at most a megabyte or two, and whether
// that is all of it.
func Head(ctx context.Context, path string) (text string, whole bool, err error) {
	in, err := openPacked(path)
	if err != nil {
		return "", false, err
	}
	defer in.Close()
	w := newWindow(ctx, in, nil)
	if err := w.fill(windowSize); err != nil {
		return "", false, err
	}
	return w.text, w.eof, nil
}
