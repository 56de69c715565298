package engine

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/source"
)

// A ColumnValue is one column of a row as it came, and what the mapping takes
// it for: fields by name, "" where it is not mapped.
type ColumnValue struct {
	Column string `json:"column"`
	Means  string `json:"means,omitempty"`
	Value  string `json:"value"`
}

// RowColumns takes verbatim rows apart into the columns of their sources. The
// element of a row is nil where that cannot be done: the source is no longer
// in the project, its files are gone or have changed.
func (e *Engine) RowColumns(ctx context.Context, rows []VerbatimRow) [][]ColumnValue {
	type opened struct {
		reader *source.Reader
		means  map[string]string
	}
	sources := map[string]*opened{}
	out := make([][]ColumnValue, len(rows))
	for i := range rows {
		name := rows[i].Teller.Source
		o, tried := sources[name]
		if !tried {
			at := slices.IndexFunc(e.project.Sources, func(s casefold.Source) bool { return s.Name == name })
			if at >= 0 {
				if r, err := source.Open(ctx, &e.project.Sources[at], e.project.Dir); err == nil {
					o = &opened{r, meanings(&e.project.Sources[at])}
				}
			}
			sources[name] = o
		}
		if o == nil {
			continue
		}
		if row, ok := o.reader.Split(ctx, rows[i].File, rows[i].Bytes); ok {
			out[i] = named(o.reader.Layout(), &row, o.means)
		}
	}
	return out
}

// named puts names to the values of a row. Cuts of columns are left out: the
// whole column says the same.
func named(l casefold.Layout, row *casefold.Row, means map[string]string) []ColumnValue {
	var out []ColumnValue
	for i, v := range row.Values {
		if i < len(l.Columns) && source.ParseCut(l.Columns[i]).From == 0 {
			out = append(out, ColumnValue{l.Columns[i], means[l.Columns[i]], v})
		}
	}
	for _, g := range row.Groups {
		for i, v := range g {
			if i < len(l.Groups) && v != "" {
				out = append(out, ColumnValue{l.Groups[i], means[l.Groups[i]], v})
			}
		}
	}
	return out
}

// meanings turns a source's mapping round: what each column is taken for.
func meanings(src *casefold.Source) map[string]string {
	all := map[string][]string{}
	add := func(column, means string) {
		whole := cmp.Or(source.ParseCut(column).Column, column)
		if !slices.Contains(all[whole], means) {
			all[whole] = append(all[whole], means)
		}
	}
	fields := func(m map[casefold.Field][]string, path string) {
		for _, f := range slices.Sorted(maps.Keys(m)) {
			for _, c := range m[f] {
				add(path+c, string(f))
			}
		}
	}
	numbers := func(list []casefold.IdentifierColumn, path string) {
		for _, id := range list {
			add(path+id.Column, string(id.Kind)+" ("+string(id.How)+")")
		}
	}
	path := func(each string) string {
		if each == "" {
			return ""
		}
		return each + "."
	}
	m := &src.Mapping
	fields(m.Fields, "")
	numbers(m.Identifiers, "")
	for _, g := range m.Counts {
		fields(g, path(m.CountsEach))
	}
	for _, g := range m.People {
		fields(g.Fields, path(m.PeopleEach))
		numbers(g.Identifiers, path(m.PeopleEach))
	}
	for _, a := range m.Attributes {
		add(a.Column, a.Name)
	}
	if src.RowKey != "" {
		add(src.RowKey, "row key")
	}
	if src.PersonKey != "" {
		add(src.PersonKey, "person key")
	}
	out := make(map[string]string, len(all))
	for c, list := range all {
		out[c] = strings.Join(list, ", ")
	}
	return out
}
