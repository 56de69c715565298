package project

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/source"
)

// Check looks at the files that a project names: are they there, can they be
// read, do they have the columns that the mapping names. Problems stand at the
// word of the project file that is wrong.
func Check(ctx context.Context, p *Project) []casefold.Problem {
	c := &checker{file: p.Path}
	for i := range p.Sources {
		c.checkFiles(ctx, &p.Sources[i], &p.refs[i], p.Dir)
	}
	return c.sorted()
}

func (c *checker) checkFiles(ctx context.Context, src *casefold.Source, refs *sourceRefs, dir string) {
	r, err := source.Open(ctx, src, dir)
	var none *source.NoFilesError
	var lacking *source.ColumnsError
	switch {
	case err == nil:
		c.unseen(r, refs)
	case errors.As(err, &none):
		c.problem(refs.fileAt(none.Pattern), "no file matches %q", none.Pattern)
	case errors.As(err, &lacking):
		for _, name := range lacking.Missing {
			c.problem(refs.columnAt(name), "%s has no column %q%s", lacking.File, name, hint(name, lacking.Have))
		}
	default:
		c.problem(refs.at, "%s", err)
	}
}

// unseen reports paths of JSON lines that look misspelled: no file's start has
// them, and has one much like them.
func (c *checker) unseen(r *source.Reader, refs *sourceRefs) {
	have := slices.Concat(r.Layout().Columns, r.Layout().Groups)
	missing := r.Unseen()
	have = slices.DeleteFunc(have, func(h string) bool { return slices.Contains(missing, h) })
	for _, path := range missing {
		if near := nearest(path, have); near != "" {
			c.problem(refs.columnAt(path), "no row at the start of the files has the path %q; did you mean %q?", path, near)
		}
	}
}

// hint names the nearest columns, or all if they are few.
func hint(name string, have []string) string {
	if near := nearest(name, have); near != "" {
		return fmt.Sprintf("; did you mean %q?", near)
	}
	if len(have) == 0 {
		return "; it has none"
	}
	if len(have) > 40 {
		return fmt.Sprintf("; it has %d others, the first of them %q", len(have), have[0])
	}
	return fmt.Sprintf("; it has %q", have)
}

func (r *sourceRefs) fileAt(pattern string) spot {
	for _, f := range r.files {
		if f.word == pattern {
			return f.at
		}
	}
	return r.at
}

func (r *sourceRefs) columnAt(name string) spot {
	for _, f := range r.columns {
		if f.word == name || source.ParseCut(f.word).Column == name {
			return f.at
		}
	}
	return r.at
}
