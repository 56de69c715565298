package engine

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/mention"
	"github.com/casefold/casefold/normalize"
)

// A NewRecord is a record as a person or a program gives it: values by the
// field names of a mapping ("first_name", "birth_date", "case_number"), by the
// kind of an identifier ("ssn", or "local@JAIL" where a kind has several
// issuers), or by an attribute ("attribute:birth_place").
type NewRecord map[string][]string

// ParseNewRecord reads a JSON object; a value is a text, a number, or a list of
// such.
func ParseNewRecord(text []byte) (NewRecord, error) {
	var object map[string]any
	d := json.NewDecoder(strings.NewReader(string(text)))
	d.UseNumber()
	if err := d.Decode(&object); err != nil {
		return nil, Usage("the record is no JSON object: "+err.Error(), newRecordHint)
	}
	out := NewRecord{}
	for key, value := range object {
		list, ok := value.([]any)
		if !ok {
			list = []any{value}
		}
		for _, v := range list {
			switch v := v.(type) {
			case string:
				out[key] = append(out[key], v)
			case json.Number:
				out[key] = append(out[key], v.String())
			case nil:
			default:
				return nil, Usage(fmt.Sprintf("%s: a value is a text, a number, or a list of them", key), newRecordHint)
			}
		}
	}
	return out, nil
}

const newRecordHint = `as in {"first_name": "MARIA", "last_name": "GARCIA LOPEZ", "birth_date": "1980-05-01", "ssn": "123-45-6789"}`

// ParseNewRecordWords reads key=value words.
func ParseNewRecordWords(words []string) (NewRecord, error) {
	out := NewRecord{}
	for _, w := range words {
		key, value, ok := strings.Cut(w, "=")
		if !ok {
			return nil, Usage(fmt.Sprintf("%q is not of the form field=value", w), "as in first_name=MARIA last_name='GARCIA LOPEZ' birth_date=1980-05-01")
		}
		out[key] = append(out[key], value)
	}
	return out, nil
}

// identifierKinds are the kinds that a new record may tell numbers of.
var identifierKinds = []casefold.IdentifierKind{casefold.CII, casefold.FBI, casefold.SSN, casefold.License, casefold.IDCard, casefold.Inmate,
	casefold.Local, casefold.Passport, casefold.Other}

// newSource is the name under which new records stand.
const newSource = "new record"

// normalized makes the new record comparable, by the normalizers that every
// source's rows go through.
func (n NewRecord) normalized(set *mention.Set) (casefold.Record, []casefold.Finding, error) {
	if len(n) == 0 {
		return casefold.Record{}, nil, Usage("the record tells nothing", newRecordHint)
	}
	src := &casefold.Source{Name: newSource, Teller: casefold.TellerOther, Mapping: casefold.Mapping{Fields: map[casefold.Field][]string{}}}
	var layout casefold.Layout
	row := casefold.Row{File: newSource, Line: 1}
	keys := make([]string, 0, len(n))
	for k := range n {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for _, key := range keys {
		for i, value := range n[key] {
			column := fmt.Sprintf("%s %d", key, i+1)
			if err := mapColumn(&src.Mapping, key, column, set); err != nil {
				return casefold.Record{}, nil, err
			}
			layout.Columns, row.Values = append(layout.Columns, column), append(row.Values, value)
		}
	}
	norm, err := normalize.New(src, layout)
	if err != nil {
		return casefold.Record{}, nil, err
	}
	records, findings := norm.Records(&row, "1", nil)
	if len(records) != 1 {
		return casefold.Record{}, findings, Usage(fmt.Sprintf("the record tells of %d persons, not of one", len(records)), newRecordHint)
	}
	return records[0], findings, nil
}

// mapColumn maps a column of the new record by its key.
func mapColumn(m *casefold.Mapping, key, column string, set *mention.Set) error {
	if slices.ContainsFunc(casefold.Fields, func(f casefold.FieldInfo) bool { return string(f.Field) == key }) {
		m.Fields[casefold.Field(key)] = append(m.Fields[casefold.Field(key)], column)
		return nil
	}
	if name, ok := strings.CutPrefix(key, "attribute:"); ok && name != "" {
		m.Attributes = append(m.Attributes, casefold.AttributeColumn{Name: name, Column: column})
		return nil
	}
	kind, issuer, named := strings.Cut(key, "@")
	if !slices.Contains(identifierKinds, casefold.IdentifierKind(kind)) {
		return Usage(fmt.Sprintf("unknown field %q", key), "fields are those of a mapping (docs/project-file.md), kinds of identifiers such as ssn, and attribute:NAME")
	}
	if !named {
		var err error
		if issuer, err = onlyIssuer(casefold.IdentifierKind(kind), set); err != nil {
			return err
		}
	}
	m.Identifiers = append(m.Identifiers, casefold.IdentifierColumn{Column: column, Kind: casefold.IdentifierKind(kind), Issuer: issuer})
	return nil
}

// onlyIssuer is who issued all numbers of a kind that the data hold.
func onlyIssuer(kind casefold.IdentifierKind, set *mention.Set) (string, error) {
	var issuers []string
	for _, x := range set.Issuers {
		if x.Kind == kind {
			issuers = append(issuers, x.Name)
		}
	}
	switch len(issuers) {
	case 0:
		return "", Usage(fmt.Sprintf("the data hold no numbers of the kind %q to compare with", kind), "leave it out")
	case 1:
		return issuers[0], nil
	}
	return "", Usage(fmt.Sprintf("numbers of the kind %q have several issuers: %s", kind, strings.Join(issuers, ", ")), fmt.Sprintf("name one, as in %s@%s", kind, issuers[0]))
}
