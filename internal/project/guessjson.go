package project

import (
	"encoding/json"

	"github.com/casefold/casefold"
)

// MarshalJSON writes the guess in the words of the project file, beside the
// profile that it was made from: what `casefold init --json` prints.
func (g *Guessed) MarshalJSON() ([]byte, error) {
	src := &g.Source
	m := &src.Mapping
	out := ordered{{"name", src.Name}, {"format", src.Format}, {"files", src.Files}, {"teller", src.Teller}}
	add := func(key string, value any, there bool) {
		if there {
			out = append(out, member{key, value})
		}
	}
	add("row_key", src.RowKey, src.RowKey != "")
	add("person_key", src.PersonKey, src.PersonKey != "")
	add("extract_date", src.ExtractDate, src.ExtractDate != 0)
	add("date_order", m.DateOrder, m.DateOrder != "")
	add("name_order", m.NameOrder, m.NameOrder != "")
	add("mapping", fieldsInOrder(m.Fields), true)
	var ids []ordered
	for _, id := range m.Identifiers {
		ids = append(ids, ordered{{"column", id.Column}, {"kind", id.Kind}, {"issuer", id.Issuer}, {"how", id.How}})
	}
	add("identifiers", ids, ids != nil)
	var attributes ordered
	for _, a := range m.Attributes {
		attributes = append(attributes, member{a.Name, a.Column})
	}
	add("attributes", attributes, attributes != nil)
	var counts []ordered
	for _, c := range m.Counts {
		counts = append(counts, fieldsInOrder(c))
	}
	add("counts_each", m.CountsEach, m.CountsEach != "")
	add("counts", counts, counts != nil)
	add("source_column", g.SourceColumn, g.SourceColumn != "")
	add("county", g.County, g.County != "")
	var notes, left ordered
	for _, c := range g.Profile.Columns {
		if note := g.Notes[c.Name]; note != "" {
			notes = append(notes, member{c.Name, note})
		}
	}
	for _, l := range g.Left {
		left = append(left, member{l.Column, l.Why})
	}
	add("notes", notes, notes != nil)
	add("not_mapped", left, left != nil)
	add("profile", g.Profile, true)
	return json.Marshal(out)
}

func fieldsInOrder(fields map[casefold.Field][]string) ordered {
	out := ordered{}
	for _, info := range casefold.Fields {
		if columns := fields[info.Field]; len(columns) > 0 {
			out = append(out, member{string(info.Field), columns})
		}
	}
	return out
}
