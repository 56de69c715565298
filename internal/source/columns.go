package source

import (
	"slices"
	"strconv"
	"strings"

	"github.com/casefold/casefold"
)

// FoldColumn is the form in which column names are compared when they are not
// equal: without outer blanks and quotes, in lower case.
func FoldColumn(name string) string {
	return strings.ToLower(strings.Trim(name, " \t\u00a0\ufeff\"'"))
}

// A Cut is a part of a column's characters: From and To count from 1 and are
// both within; To 0 means "to the end". From 0 is the whole column.
type Cut struct {
	Column   string
	From, To int
}

// ParseCut takes "CNT_ORDER[1:3]", "OFN[4:]" or "OFN[:4]" apart. Anything else
// is the name of a whole column.
func ParseCut(ref string) Cut {
	whole := Cut{Column: ref}
	open := strings.LastIndexByte(ref, '[')
	if open <= 0 || !strings.HasSuffix(ref, "]") {
		return whole
	}
	from, to, ok := strings.Cut(ref[open+1:len(ref)-1], ":")
	if !ok {
		return whole
	}
	c := Cut{Column: ref[:open], From: 1}
	for _, end := range []struct {
		text string
		into *int
	}{{from, &c.From}, {to, &c.To}} {
		if end.text == "" {
			continue
		}
		n, err := strconv.Atoi(end.text)
		if err != nil || n < 1 {
			return whole
		}
		*end.into = n
	}
	if c.To != 0 && c.To < c.From || from == "" && to == "" {
		return whole
	}
	return c
}

// Of is the cut's part of a value; what the value is too short for is "".
func (c Cut) Of(value string) string {
	if c.From == 0 {
		return value
	}
	start, n := len(value), 0
	for i := range value {
		n++
		if n == c.From {
			start = i
		}
		if c.To != 0 && n == c.To+1 {
			return value[start:i]
		}
	}
	return value[start:]
}

// References are the columns that a source names outside its groups: mapping,
// keys, identifiers, attributes, people, exclude rules; each once, in order of
// fields, then of the description.
func References(src *casefold.Source) []string {
	var refs []string
	seen := map[string]bool{}
	add := func(columns ...string) {
		for _, c := range columns {
			if c != "" && !seen[c] {
				seen[c] = true
				refs = append(refs, c)
			}
		}
	}
	add(src.RowKey, src.PersonKey)
	m := &src.Mapping
	addFields := func(fields map[casefold.Field][]string) {
		for _, info := range casefold.Fields {
			add(fields[info.Field]...)
		}
	}
	addFields(m.Fields)
	for _, id := range m.Identifiers {
		add(id.Column)
	}
	for _, a := range m.Attributes {
		add(a.Column)
	}
	if m.CountsEach == "" {
		for _, group := range m.Counts {
			addFields(group)
		}
	}
	if m.PeopleEach == "" {
		for _, group := range m.People {
			addFields(group.Fields)
			for _, id := range group.Identifiers {
				add(id.Column)
			}
		}
	}
	for _, rule := range src.Exclude {
		add(rule.Column)
	}
	return refs
}

// groupReferences are the full paths that a source names inside its repeated
// JSON arrays.
func groupReferences(src *casefold.Source) []string {
	var refs []string
	add := func(each string, columns []string) {
		for _, c := range columns {
			if path := each + "." + c; c != "" && !slices.Contains(refs, path) {
				refs = append(refs, path)
			}
		}
	}
	m := &src.Mapping
	for _, info := range casefold.Fields {
		if m.CountsEach != "" {
			for _, group := range m.Counts {
				add(m.CountsEach, group[info.Field])
			}
		}
	}
	for _, info := range casefold.Fields {
		if m.PeopleEach != "" {
			for _, group := range m.People {
				add(m.PeopleEach, group.Fields[info.Field])
			}
		}
	}
	if m.PeopleEach != "" {
		for _, group := range m.People {
			for _, id := range group.Identifiers {
				add(m.PeopleEach, []string{id.Column})
			}
		}
	}
	return refs
}

// MatchColumn is the place in columns that a reference means: the exact name,
// or else the only one that is equal when folded. -1 if there is none or the
// folded name is not unique.
func MatchColumn(columns []string, name string) int {
	if i := slices.Index(columns, name); i >= 0 {
		return i
	}
	found, folded := -1, FoldColumn(name)
	for i, c := range columns {
		if FoldColumn(c) == folded {
			if found >= 0 {
				return -1
			}
			found = i
		}
	}
	return found
}

// uniqueNames makes a header's names usable: outer blanks gone, an empty one
// named by its place ("column_7"), a repeated one by its turn ("NAME#2").
func uniqueNames(header []string) []string {
	names := make([]string, len(header))
	seen := map[string]bool{}
	for i, h := range header {
		name := strings.Trim(h, " \t\u00a0\ufeff\r\n")
		if name == "" {
			name = "column_" + strconv.Itoa(i+1)
		}
		for turn := 2; seen[name]; turn++ {
			if next := strings.TrimSpace(h) + "#" + strconv.Itoa(turn); !seen[next] {
				name = next
			}
		}
		seen[name] = true
		names[i] = name
	}
	return names
}

// A derived is a value of the layout behind the files' own columns: a cut of a
// column, or a second name for one.
type derived struct {
	name string
	from int // place in the layout
	cut  Cut
}

// makeLayout unites the files' columns under the names that the source uses.
// A column that the mapping names must be in every file.
func makeLayout(src *casefold.Source, files []File, plans []plan) (casefold.Layout, []derived, error) {
	var columns []string
	for _, p := range plans {
		for _, c := range p.columns() {
			if MatchColumn(columns, c) < 0 && !slices.Contains(columns, c) {
				columns = append(columns, c)
			}
		}
	}
	var extra []derived
	renamed := make([]bool, len(columns))
	var missing []string
	for _, ref := range References(src) {
		cut := Cut{Column: ref}
		i := MatchColumn(columns, ref)
		if i < 0 {
			cut = ParseCut(ref)
			i = MatchColumn(columns, cut.Column)
		}
		switch {
		case i < 0:
			missing = append(missing, cut.Column)
		case cut.From == 0 && columns[i] == ref:
		case cut.From == 0 && !renamed[i]:
			columns[i], renamed[i] = ref, true
		default:
			extra = append(extra, derived{name: ref, from: i, cut: cut})
		}
	}
	for f, p := range plans {
		if lacks := lacking(p.columns(), src); len(lacks) > 0 && len(p.columns()) > 0 {
			return casefold.Layout{}, nil, &ColumnsError{File: files[f].Name, Missing: lacks, Have: p.columns()}
		}
	}
	if len(missing) > 0 && len(columns) > 0 {
		return casefold.Layout{}, nil, &ColumnsError{File: files[0].Name, Missing: missing, Have: columns}
	}
	for _, d := range extra {
		columns = append(columns, d.name)
	}
	return casefold.Layout{Columns: columns, Groups: groupReferences(src)}, extra, nil
}

// lacking are the references that a file's columns do not satisfy.
func lacking(columns []string, src *casefold.Source) []string {
	var out []string
	for _, ref := range References(src) {
		if MatchColumn(columns, ref) >= 0 {
			continue
		}
		name := ParseCut(ref).Column
		if MatchColumn(columns, name) < 0 && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}
