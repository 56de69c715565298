package project

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/source"
	"github.com/goccy/go-yaml"
)

// WriteYAML writes a commented project file for guessed sources. It holds names
// of files and columns, and no value of any row but the county's name and the
// extract date.
func WriteYAML(w io.Writer, guesses []*Guessed) error {
	y := &writer{}
	y.line(0, "# casefold.yaml: written by `casefold init` from a look at the files. Read it")
	y.line(0, "# through: lines marked `check` are guesses from little. docs/project-file.md")
	y.line(0, "# lists every key; `casefold check` finds mistakes.")
	y.line(0, "")
	county := y.office(guesses)
	y.line(0, "")
	y.line(0, "# as_of: 2026-01-31        # the day for which the law is asked; else the day of the run")
	y.line(0, "caption_from: [court, state] # who may speak for the caption of a motion, the best first")
	y.line(0, "# policy: NAME             # a county policy beside the law")
	y.numbers(guesses)
	y.line(0, "")
	y.line(0, "sources:")
	for i, g := range guesses {
		if i > 0 {
			y.line(0, "")
		}
		if g.TellsOfNobody() {
			y.line(1, "# %s: left out, for no column of it is seen to tell who a person is", strings.Trim(scalars(g.Source.Files), "[]"))
			continue
		}
		y.source(g, county)
	}
	_, err := w.Write(y.b.Bytes())
	return err
}

// A writer writes lines of YAML.
type writer struct{ b bytes.Buffer }

func (y *writer) line(indent int, format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if text != "" {
		y.b.WriteString(strings.Repeat("  ", indent))
	}
	y.b.WriteString(strings.TrimRight(text, " "))
	y.b.WriteByte('\n')
}

// scalar writes a word so that it reads back as itself.
func scalar(v string) string {
	plain := v != "" && strings.Trim(v, " ") == v && !strings.ContainsAny(v, ":#{}[],&*!|>'\"%@`\n\t?")
	if plain && v[0] != '-' && v[0] != '=' {
		var back any
		if yaml.Unmarshal([]byte(v), &back) == nil {
			if s, ok := back.(string); ok && s == v {
				return v
			}
		}
	}
	return strconv.Quote(v)
}

func scalars(list []string) string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = scalar(v)
	}
	if len(out) == 1 {
		return out[0]
	}
	return "[" + strings.Join(out, ", ") + "]"
}

// noted is a line's end with a remark.
func noted(note string) string {
	if note == "" {
		return ""
	}
	return " # " + note
}

// office writes the office of the county that the files speak of most: the
// state extract before the prosecutor before the court before the others.
func (y *writer) office(guesses []*Guessed) (county string) {
	rank := 9
	for _, g := range guesses {
		r := slices.Index([]casefold.TellerKind{casefold.TellerState, casefold.TellerDA, casefold.TellerCourt, casefold.TellerJail}, g.Source.Teller)
		if r < 0 {
			r = 8
		}
		if g.County != "" && r < rank {
			county, rank = g.County, r
		}
	}
	y.line(0, "# Whose convictions are ours. Without the right county nothing is fileable.")
	y.line(0, "office:")
	if county == "" {
		y.line(1, "county: UNKNOWN # put the county's name here: the files do not tell it")
	} else {
		y.line(1, "county: %s # the county that the files name most: check", scalar(title(county)))
	}
	y.line(1, "# name: Office of the District Attorney")
	y.line(1, "# courts: [...]          # only if not every court of the county is meant")
	y.line(1, "# city_attorney: {cities: [...], levels: [misdemeanor, infraction]}")
	return county
}

func title(county string) string {
	words := strings.Fields(strings.ToLower(county))
	for i, w := range words {
		words[i] = strings.ToUpper(w[:1]) + w[1:]
	}
	return strings.Join(words, " ")
}

// source writes one entry of sources. An agency without a county of its own is
// taken for one of the office's.
func (y *writer) source(g *Guessed, county string) {
	src, p := &g.Source, g.Profile
	y.line(1, "# %s: %d rows, %d columns%s%s", p.Format, p.Rows, len(p.Columns), badRows(p), encodingNote(p))
	y.line(1, "- name: %s", scalar(src.Name))
	y.line(2, "format: %s", src.Format)
	y.line(2, "files: [%s]", strings.Trim(scalars(src.Files), "[]"))
	y.line(2, "teller: %s # who keeps these files: check", src.Teller)
	if src.Format != source.CADOJ {
		agency := src.Agency
		if agency.County == "" && len(src.Mapping.Fields["county"]) == 0 {
			agency.County = county
		}
		y.agency(agency)
	}
	if src.ExtractDate != 0 {
		y.line(2, "extract_date: %s # the last day in the files; put the day of the extract: check", src.ExtractDate)
	} else {
		y.line(2, "# extract_date: YYYY-MM-DD # the day of the extract")
	}
	y.keys(g)
	y.line(2, "# authoritative_for:      # what these files show completely, so that absence counts")
	y.line(2, "#   - {question: convictions, from: 1980-01-01}")
	y.read(src.Read, src.Format)
	if src.Format == source.CADOJ {
		y.line(2, "# The mapping is built in; keys given here replace its own.")
		return
	}
	y.mapping(g)
	y.left(g)
}

func badRows(p *Profile) string {
	if p.Bad == 0 {
		return ""
	}
	return fmt.Sprintf(", %d unreadable", p.Bad)
}

func encodingNote(p *Profile) string {
	if p.Encoding == "" || p.Encoding == "utf-8" {
		return ""
	}
	return ", " + p.Encoding
}

func (y *writer) agency(a casefold.Agency) {
	if a.Kind == "" {
		y.line(2, "# agency: {name: ..., county: ..., kind: ...} # of rows that name none")
		return
	}
	parts := []string{"kind: " + string(a.Kind)}
	if a.County != "" {
		parts = append([]string{"county: " + scalar(title(a.County))}, parts...)
	}
	y.line(2, "agency: {%s} # of rows that name none: check", strings.Join(parts, ", "))
}

func (y *writer) keys(g *Guessed) {
	src := &g.Source
	if src.RowKey != "" {
		y.line(2, "row_key: %s%s", scalar(src.RowKey), noted("its values are nearly all different"))
	} else {
		y.line(2, "# row_key: COLUMN        # no column names the rows; they are named by their content")
	}
	if src.PersonKey != "" {
		y.line(2, "person_key: %s # rows with the same value are one person: check", scalar(src.PersonKey))
		y.line(2, "# person_key_exclusive: true # only if two numbers are never one person")
	}
}

func (y *writer) read(o casefold.ReadOptions, format string) {
	if o.Encoding == "" && o.Delimiter == "" && o.Quote == "" && o.Escape == "" && o.Header == "" && len(o.Columns) == 0 {
		return
	}
	y.line(2, "read:")
	for _, kv := range [][2]string{{"encoding", o.Encoding}, {"delimiter", o.Delimiter}, {"quote", o.Quote}, {"escape", o.Escape}} {
		if kv[1] != "" {
			y.line(3, "%s: %s", kv[0], scalar(kv[1]))
		}
	}
	if o.Header != "" {
		y.line(3, "header: %v", o.Header == "yes")
	}
	if len(o.Columns) == 0 {
		return
	}
	if format != source.Fixed {
		names := make([]string, len(o.Columns))
		for i, c := range o.Columns {
			names[i] = c.Name
		}
		y.line(3, "columns: %s # no header line names them", "["+strings.Trim(scalars(names), "[]")+"]")
		return
	}
	y.line(3, "columns: # found by looking: check against the agency's layout")
	for _, c := range o.Columns {
		y.line(4, "- {name: %s, start: %d, length: %d}", scalar(c.Name), c.Start, c.Len)
	}
}

// mapping writes fields in the order of the documentation.
func (y *writer) mapping(g *Guessed) {
	m := &g.Source.Mapping
	if m.DateOrder != "" {
		y.line(2, "date_order: %s", m.DateOrder)
	}
	if m.NameOrder != "" {
		y.line(2, "name_order: %s", m.NameOrder)
	}
	y.line(2, "mapping:")
	y.fields(3, m.Fields, g.Notes)
	if len(m.Identifiers) > 0 {
		y.line(2, "identifiers: # how: print, document, look-up or self-report, decides what a number proves")
		for _, id := range m.Identifiers {
			y.line(3, "- {column: %s, kind: %s, issuer: %s, how: %s}%s", scalar(id.Column), id.Kind, scalar(id.Issuer), id.How, noted(g.Notes[id.Column]))
		}
	}
	if len(m.Attributes) > 0 {
		y.line(2, "attributes:")
		for _, a := range m.Attributes {
			y.line(3, "%s: %s%s", a.Name, scalar(a.Column), noted(g.Notes[a.Column]))
		}
	}
	y.counts(g)
}

func (y *writer) fields(indent int, fields map[casefold.Field][]string, notes map[string]string) {
	if len(fields) == 0 {
		y.line(indent, "{}")
	}
	for _, info := range casefold.Fields {
		columns := fields[info.Field]
		if len(columns) == 0 {
			continue
		}
		note := ""
		for _, c := range columns {
			if note == "" {
				note = notes[c]
			}
		}
		y.line(indent, "%s: %s%s", info.Field, scalars(columns), noted(note))
	}
}

func (y *writer) counts(g *Guessed) {
	m := &g.Source.Mapping
	switch {
	case m.CountsEach != "" && len(m.Counts) > 0:
		y.line(2, "counts:")
		y.line(3, "each: %s", scalar(m.CountsEach))
		y.fields(3, m.Counts[0], g.Notes)
	case len(m.Counts) > 0:
		y.line(2, "counts: # one for each group of numbered columns")
		for _, group := range m.Counts {
			var parts []string
			for _, info := range casefold.Fields {
				if columns := group[info.Field]; len(columns) > 0 {
					parts = append(parts, string(info.Field)+": "+scalars(columns))
				}
			}
			y.line(3, "- {%s}", strings.Join(parts, ", "))
		}
	}
}

// left lists the columns that are not mapped, with why.
func (y *writer) left(g *Guessed) {
	if g.SourceColumn != "" {
		y.line(2, "# %s tells which file or system each row came from; rows are matched within and across.", remark(g.SourceColumn))
	}
	if len(g.Left) == 0 {
		return
	}
	y.line(2, "# Not mapped:")
	for _, l := range g.Left {
		y.line(2, "#   %s: %s", remark(l.Column), l.Why)
	}
}

// remark keeps a column's name on one line.
func remark(name string) string { return strings.Join(strings.Fields(name), " ") }
