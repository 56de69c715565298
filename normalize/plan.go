package normalize

import (
	"fmt"
	"slices"
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/normalize/text"
)

// A cell is one column of one field.
type cell struct {
	column int               // place in Row.Values, or in a slice of Row.Groups
	group  bool              // of Row.Groups
	from   int               // the characters from..to of the value only, to 0: all
	to     int               //
	values map[string]string // the field's translation, nil for none
	// agencyFile: where no court acts, this column holds the acting agency's own
	// file number (OFN of the state extract).
	agencyFile bool
}

// A plan says where each field of one person or one event stands.
type plan struct {
	cells [fieldCount][]cell
	ids   []idCell
	attrs []attrCell
	// makes are the cells that make an event of their own: those of the count
	// group, or of the row if it has no groups.
	makes []cell
	// sentence are the cells that tell of a sentence.
	sentence []cell
}

type idCell struct {
	cell
	kind casefold.IdentifierKind
	memo *memo[readID]
}

type attrCell struct {
	cell
	name string
}

func (p *plan) has(f fieldID) bool { return len(p.cells[f]) > 0 }

// compiler turns a mapping into plans.
type compiler struct {
	src    *casefold.Source
	layout casefold.Layout
	err    error
}

// fail keeps the first error.
func (c *compiler) fail(format string, args ...any) {
	if c.err == nil {
		c.err = fmt.Errorf(format, args...)
	}
}

// column finds a column of the layout, or of the repeated groups under a path.
func (c *compiler) column(name, each string) cell {
	if each != "" {
		if i := slices.Index(c.layout.Groups, each+"."+name); i >= 0 {
			return cell{column: i, group: true}
		}
	}
	i := c.layout.Index(name)
	if i < 0 {
		c.fail("the rows have no column %q", name)
	}
	return cell{column: i}
}

// fill puts the columns of a mapping into a plan. Only fields that take wants
// are taken; a field that is there already is replaced.
func (c *compiler) fill(p *plan, fields map[casefold.Field][]string, each string, take func(fieldID) bool) {
	for i, name := range fieldNames {
		f := fieldID(i)
		columns := fields[name]
		if len(columns) == 0 || !take(f) {
			continue
		}
		cells := make([]cell, 0, len(columns))
		for _, col := range columns {
			k := c.column(col, each)
			k.values = c.src.Mapping.Values[name]
			c.cutOrder(&k, f, col)
			k.agencyFile = c.src.Format == caDOJ && f == fCaseNumber && col == "OFN"
			cells = append(cells, k)
		}
		p.cells[f] = cells
	}
	for name := range fields {
		if _, ok := fieldByName(name); !ok {
			c.fail("there is no field %q", name)
		}
	}
}

// cutOrder takes the state extract's CNT_ORDER apart where the mapping names it
// whole: three digits each for cycle, step and count.
func (c *compiler) cutOrder(k *cell, f fieldID, column string) {
	if c.src.Format != caDOJ || column != "CNT_ORDER" {
		return
	}
	switch f {
	case fCycle:
		k.from, k.to = 0, 3
	case fStep:
		k.from, k.to = 3, 6
	case fCount:
		k.from, k.to = 6, 9
	}
}

func eventField(f fieldID) bool  { return f.isEvent() }
func personField(f fieldID) bool { return !f.isEvent() }

func (c *compiler) ids(p *plan, columns []casefold.IdentifierColumn, each string) {
	for _, id := range columns {
		p.ids = append(p.ids, idCell{c.column(id.Column, each), id.Kind, nearMemo(readIdentifier(id))})
	}
}

// persons makes one plan for each person a row may tell of, the row's own first.
func (c *compiler) persons() (own *plan, others []*plan) {
	m := &c.src.Mapping
	own = &plan{}
	c.fill(own, m.Fields, "", personField)
	c.ids(own, m.Identifiers, "")
	for _, a := range m.Attributes {
		own.attrs = append(own.attrs, attrCell{c.column(a.Column, ""), a.Name})
	}
	for _, g := range m.People {
		p := &plan{}
		c.fill(p, g.Fields, m.PeopleEach, personField)
		c.ids(p, g.Identifiers, m.PeopleEach)
		others = append(others, p)
	}
	return own, others
}

// events makes the plan of the row's own event, and one for each count group,
// in which the group's fields replace the row's.
func (c *compiler) events() (own *plan, counts []*plan) {
	m := &c.src.Mapping
	own = &plan{}
	c.fill(own, m.Fields, "", eventField)
	own.finish(func(fieldID) bool { return true })
	for _, g := range m.Counts {
		p := &plan{}
		c.fill(p, m.Fields, "", eventField)
		c.fill(p, g, m.CountsEach, eventField)
		p.finish(func(f fieldID) bool { return len(g[fieldNames[f]]) > 0 })
		counts = append(counts, p)
	}
	return own, counts
}

// finish gathers the cells of the given fields that make an event, and those
// that tell of a sentence.
func (p *plan) finish(of func(fieldID) bool) {
	for f := range fieldCount {
		if f.makesEvent() && of(f) {
			p.makes = append(p.makes, p.cells[f]...)
		}
		if f >= fSentence && f <= fFine && f != fSentenceUnit {
			p.sentence = append(p.sentence, p.cells[f]...)
		}
	}
}

// value is what a row holds in a cell: trimmed, translated, "" for fillers. It
// aliases the row.
func (k *cell) value(values, group []string) string {
	from := values
	if k.group {
		from = group
	}
	if k.column < 0 || k.column >= len(from) {
		return "" // a row cut short tells less, and that is all
	}
	s := from[k.column]
	if s == "" {
		return ""
	}
	if c := s[len(s)-1]; s[0] <= ' ' || s[0] >= 0x7f || c <= ' ' || c >= 0x7f {
		s = text.Trim(s)
	}
	if k.to > 0 {
		s = cut(s, k.from, k.to)
	}
	if k.values != nil {
		if to, ok := k.values[s]; ok {
			return to
		}
		if to, ok := k.values[strings.ToUpper(s)]; ok {
			return to
		}
	}
	if text.IsFiller(s) {
		return ""
	}
	return s
}

func cut(s string, from, to int) string {
	if from >= len(s) {
		return ""
	}
	return s[from:min(to, len(s))]
}
