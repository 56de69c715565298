package project

import (
	"fmt"
	"strings"

	"github.com/casefold/casefold"
)

// GuessPairs maps a file of pairs: each row holds two records, the columns of
// the one named a_..., of the other b_.... Both halves are guessed together, as
// they hold the same kind of values, and get the same mapping.
func GuessPairs(p *Profile) (a, b casefold.Source, err error) {
	both := &Profile{Name: p.Name, Files: p.Files, Format: p.Format, Encoding: p.Encoding, Delimiter: p.Delimiter,
		Quote: p.Quote, Escape: p.Escape, Header: p.Header}
	var inA, inB []int
	for i, c := range p.Columns {
		name, ok := strings.CutPrefix(c.Name, "a_")
		if !ok {
			continue
		}
		inA = append(inA, i)
		inB = append(inB, columnOf(p, "b_"+name))
		both.Columns = append(both.Columns, Column{Name: name})
	}
	if len(inA) == 0 {
		return a, b, fmt.Errorf("no column of %s begins with a_", strings.Join(p.Files, ", "))
	}
	both.lengths = make([]lengths, len(inA))
	for range inA {
		both.counts = append(both.counts, newDistinct())
	}
	for _, half := range [][]int{inA, inB} {
		for _, row := range p.sample {
			values := make([]string, len(half))
			for i, column := range half {
				if column >= 0 {
					values[i] = row[column]
				}
			}
			both.add(values)
		}
	}
	for i := range both.Columns {
		both.Columns[i] = both.column(i, both.Columns[i].Name)
	}
	guess := Guess(both)
	return half(guess.Source, "a_", p), half(guess.Source, "b_", p), nil
}

func columnOf(p *Profile, name string) int {
	for i, c := range p.Columns {
		if c.Name == name {
			return i
		}
	}
	return -1
}

// half is the source with every column of the mapping under a prefix; columns
// that the file does not have are left out. A pair's halves have no row key:
// the pair is the row.
func half(src casefold.Source, prefix string, p *Profile) casefold.Source {
	src.Name += "-" + strings.TrimSuffix(prefix, "_")
	src.RowKey, src.PersonKey = "", ""
	m := src.Mapping
	out := casefold.Mapping{DateOrder: m.DateOrder, NameOrder: m.NameOrder, Fields: map[casefold.Field][]string{}}
	for _, info := range casefold.Fields {
		for _, c := range m.Fields[info.Field] {
			if columnOf(p, prefix+c) >= 0 {
				out.Fields[info.Field] = append(out.Fields[info.Field], prefix+c)
			}
		}
	}
	for _, id := range m.Identifiers {
		if id.Column = prefix + id.Column; columnOf(p, id.Column) >= 0 {
			out.Identifiers = append(out.Identifiers, id)
		}
	}
	for _, at := range m.Attributes {
		if at.Column = prefix + at.Column; columnOf(p, at.Column) >= 0 {
			out.Attributes = append(out.Attributes, at)
		}
	}
	src.Mapping = out
	return src
}
