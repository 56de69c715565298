package project

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/casefold/casefold"
)

// Markdown is the documentation of the project file, made of the key tables:
// docs/project-file.md.
func Markdown() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s", docHead)
	section(&b, "The file", "", projectKeys)
	section(&b, "office", "The prosecutor's office whose convictions are ours.", officeKeys)
	section(&b, "office.city_attorney", "Convictions of these levels in these cities are a city attorney's, not ours.", cityKeys)
	section(&b, "matching", "", matchingKeys)
	section(&b, "sources", "One entry for each agency's database.", sourceKeys)
	section(&b, "sources.agency", "", agencyKeys)
	section(&b, "sources.authoritative_for", "A list. What a source is not declared complete for may be so though the source does not show it.", coverageKeys)
	section(&b, "sources.identifiers", "A list.", identifierKeys)
	section(&b, "sources.exclude", "A list. A row that a rule leaves out is counted as excluded, under the rule's name.", excludeKeys)
	section(&b, "sources.read", "", readKeys)
	section(&b, "sources.read.columns", "For fixed width; a plain list of names elsewhere.", columnKeys)
	fields(&b)
	return b.Bytes()
}

const docHead = `# The project file

<!-- Made from internal/project/keys.go by its test (go test ./internal/project -update); do not edit. -->

` + "`casefold.yaml`" + ` names the office and its sources, and says which column holds what. ` + "`casefold init FILE...`" + `
writes a first one from a look at the files, ` + "`casefold check`" + ` finds mistakes. An unknown key is an error. Where a
list is wanted, a single word may stand. Editors that know JSON Schema can use ` + "`casefold.schema.json`" + ` beside this file.

` + "```yaml" + `
office: {county: Example}
as_of: 2026-05-01
sources:
  - name: court
    files: [court/*.csv]
    teller: court
    agency: {name: Example Superior Court, county: Example, kind: superior_court}
    extract_date: 2026-04-30
    row_key: CASE_ROW
    person_key: PARTY_ID
    authoritative_for:
      - {question: convictions, from: 1990-01-01}
    mapping:
      last_name: [LNAME, LNAME_2]
      first_name: FNAME
      birth_date: DOB
      case_number: CASE_NO
    identifiers:
      - {column: CII, kind: cii, how: look-up}
    counts:
      - {charge: CHG1, disposition: DSP1}
      - {charge: CHG2, disposition: DSP2}
    values: {disposition: {"21": CONVICTED}}
    exclude:
      - {name: non_person, column: LNAME, contains: [IN RE, AFFIDAVIT]}
  - name: state
    format: ca-doj
    files: [doj/*.csv.gz]
` + "```" + `

**Columns** are matched by their exact name, or else without regard to case and outer blanks. A part of a column is a
cut: ` + "`CNT_ORDER[1:3]`" + ` is its first three characters, ` + "`OFN[4:]`" + ` all from the fourth. A header's empty name is
` + "`column_7`" + ` by its place, a repeated one ` + "`NAME#2`" + `. Columns of JSON lines are paths (` + "`person.name.last`" + `); a path through
an array takes the values of all its elements, joined by ` + "`;`" + `.

**Formats**: ` + "`delimited`" + ` (any delimiter and quoting; line breaks inside quotes), ` + "`fixed`" + ` (columns by position), ` + "`jsonl`" + `
(an object a line), ` + "`ca-doj`" + ` (the state's 95-column extract: mapping, identifiers and person key are built in, and keys of
the file replace them). Each also packed with gzip or zstd.
`

// section writes a table of keys.
func section(b *bytes.Buffer, title, intro string, keys keys) {
	fmt.Fprintf(b, "\n## %s\n\n", title)
	if intro != "" {
		fmt.Fprintf(b, "%s\n\n", intro)
	}
	fmt.Fprintf(b, "| key | what | default |\n|---|---|---|\n")
	for _, k := range keys {
		what := k.doc
		if w := wordsOf(k.value); len(w) > 0 && len(w) < 20 {
			what += ": `" + strings.Join(w, "`, `") + "`"
		}
		if k.example != "" {
			what += ". Example: `" + k.example + "`"
		}
		otherwise := k.otherwise
		if k.required {
			otherwise = "**needed**"
		}
		fmt.Fprintf(b, "| `%s` | %s | %s |\n", k.name, cell(what), cell(otherwise))
	}
}

func cell(text string) string { return strings.ReplaceAll(text, "|", "\\|") }

// wordsOf are the words that a value, or a list's elements, may be.
func wordsOf(v value) []string {
	switch {
	case v.kind == wordValue:
		return v.words
	case v.kind == listValue:
		return wordsOf(*v.of)
	case v.kind == yesNoValue:
		return []string{"true", "false"}
	}
	return nil
}

// fields writes the fields of a mapping.
func fields(b *bytes.Buffer) {
	fmt.Fprintf(b, "\n## Fields\n\nThe keys of `mapping`. Those of a person may also stand under `people`, those of an event or a count under `counts`.\n\n")
	fmt.Fprintf(b, "| field | of a | what |\n|---|---|---|\n")
	for _, info := range casefold.Fields {
		doc := info.Doc
		if doc == "" {
			doc = strings.ReplaceAll(string(info.Field), "_", " ")
		}
		fmt.Fprintf(b, "| `%s` | %s | %s |\n", info.Field, info.Group, cell(doc))
	}
}

// Schema is the JSON Schema (draft 2020-12) of the project file:
// docs/casefold.schema.json.
func Schema() []byte {
	root := object(projectKeys)
	root = append(ordered{
		{"$schema", "https://json-schema.org/draft/2020-12/schema"},
		{"title", "casefold.yaml"},
		{"description", "The project file of casefold: the office, the sources and what their columns hold."},
	}, root...)
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	if err := enc.Encode(root); err != nil {
		panic("project: the schema cannot be written: " + err.Error())
	}
	return b.Bytes()
}

// ordered is a JSON object whose keys keep their order.
type ordered []member

type member struct {
	key   string
	value any
}

// MarshalJSON writes the members in order.
func (o ordered) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		k, err := json.Marshal(m.key)
		if err != nil {
			return nil, err
		}
		v, err := json.Marshal(m.value)
		if err != nil {
			return nil, err
		}
		b.Write(k)
		b.WriteByte(':')
		b.Write(v)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// object is the schema of a table of keys.
func object(ks keys) ordered {
	var properties ordered
	var required []string
	for _, k := range ks {
		properties = append(properties, member{k.name, described(k)})
		if k.required {
			required = append(required, k.name)
		}
	}
	out := ordered{{"type", "object"}, {"properties", properties}, {"additionalProperties", false}}
	if required != nil {
		out = append(out, member{"required", required})
	}
	return out
}

func described(k key) ordered {
	doc := k.doc
	if k.otherwise != "" {
		doc += " (default: " + strings.ReplaceAll(k.otherwise, "`", "") + ")"
	}
	return append(ordered{{"description", doc}}, schemaOf(k.value)...)
}

// schemaOf is the schema of a value.
func schemaOf(v value) ordered {
	if v.also != nil {
		first := v
		first.also = nil
		return ordered{{"anyOf", []any{schemaOf(first), schemaOf(*v.also)}}}
	}
	switch v.kind {
	case wordValue:
		return ordered{{"enum", v.words}}
	case yesNoValue:
		return ordered{{"type", "boolean"}}
	case dayValue:
		return ordered{{"type", "string"}, {"pattern", `^\d{4}-\d{2}-\d{2}$`}}
	case numberValue:
		return ordered{{"type", "number"}}
	case countValue:
		return ordered{{"type", "integer"}, {"minimum", 1}}
	case listValue:
		list := ordered{{"type", "array"}, {"items", schemaOf(*v.of)}}
		if v.of.kind <= countValue {
			return ordered{{"anyOf", []any{list, schemaOf(*v.of)}}}
		}
		return list
	case tableValue:
		return object(v.keys)
	case mapValue:
		return schemaOfMap(v)
	}
	return ordered{{"type", []string{"string", "number", "boolean"}}}
}

func schemaOfMap(v value) ordered {
	if len(v.words) == 0 {
		return ordered{{"type", "object"}, {"additionalProperties", schemaOf(*v.of)}}
	}
	var properties ordered
	for _, k := range v.keys {
		properties = append(properties, member{k.name, described(k)})
	}
	out := ordered{{"type", "object"}}
	if properties != nil {
		out = append(out, member{"properties", properties})
	}
	pattern := "^(" + strings.Join(v.words, "|") + ")$"
	return append(out, member{"patternProperties", ordered{{pattern, schemaOf(*v.of)}}}, member{"additionalProperties", false})
}
