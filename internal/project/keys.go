package project

import (
	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/source"
)

// A key is a word of the project file. The tables below are the one truth from
// which the file is checked, the documentation is written and the JSON Schema
// is made.
type key struct {
	name     string
	doc      string
	value    value
	required bool
	// otherwise is what holds when the key is missing, in words.
	otherwise string
	example   string // as YAML
}

// A value is what may stand behind a key.
type value struct {
	kind  valueKind
	words []string // allowed words
	what  string   // what such a word is called in a problem: "field", "teller"
	keys  keys     // of a table
	of    *value   // of a list's elements, or of a table's values where any key may stand
	also  *value   // another form that may stand instead
}

type valueKind uint8

const (
	textValue   valueKind = iota // any text
	wordValue                    // one of words
	yesNoValue                   // true, false
	dayValue                     // YYYY-MM-DD
	numberValue                  // a number
	countValue                   // a whole number from 1
	listValue                    // a list of "of"; a single one may stand without the list
	tableValue                   // a table of keys
	mapValue                     // a table whose keys are words (if given) and whose values are "of"
)

type keys []key

func (k keys) value() value { return value{kind: tableValue, keys: k} }

func (k keys) names() []string {
	out := make([]string, len(k))
	for i, x := range k {
		out[i] = x.name
	}
	return out
}

func (k keys) find(name string) *key {
	for i := range k {
		if k[i].name == name {
			return &k[i]
		}
	}
	return nil
}

var (
	anyText = value{kind: textValue}
	yesNo   = value{kind: yesNoValue}
	day     = value{kind: dayValue}
	number  = value{kind: numberValue}
	whole   = value{kind: countValue}
	texts   = listOf(anyText)
	columns = value{kind: listValue, of: &anyText, what: "column"}
)

func listOf(v value) value { return value{kind: listValue, of: &v} }

func words[T ~string](what string, all ...T) value {
	v := value{kind: wordValue, what: what}
	for _, w := range all {
		v.words = append(v.words, string(w))
	}
	return v
}

var (
	tellers = words("teller", casefold.TellerState, casefold.TellerCourt, casefold.TellerDA, casefold.TellerPolice,
		casefold.TellerJail, casefold.TellerProbation, casefold.TellerOther)
	agencyKinds = words("kind of agency", casefold.Police, casefold.Sheriff, casefold.SuperiorCourt, casefold.MunicipalCourt,
		casefold.JusticeCourt, casefold.JuvenileCourt, casefold.FederalCourt, casefold.OtherCourt, casefold.Prosecutor,
		casefold.CityAttorney, casefold.Probation, casefold.Prison, casefold.StateBureau, casefold.OtherAgency)
	identifierKinds = words("kind of identifier", casefold.CII, casefold.FBI, casefold.SSN, casefold.License, casefold.IDCard,
		casefold.Inmate, casefold.Local, casefold.Passport, casefold.Other)
	hows      = words("how", casefold.Print, casefold.Document, casefold.LookUp, casefold.SelfReport)
	questions = words("question", casefold.AboutConvictions, casefold.AboutRelief, casefold.AboutListing, casefold.AboutSupervision)
	levels    = words("level", casefold.Felony, casefold.Misdemeanor, casefold.Infraction)
	formats   = words("format", source.Formats...)
	encodings = words("encoding", source.Encodings...)
)

// fieldWords are the fields of the groups named; all of them without a name.
func fieldWords(groups ...casefold.FieldGroup) []string {
	var out []string
	for _, info := range casefold.Fields {
		if len(groups) == 0 {
			out = append(out, string(info.Field))
		}
		for _, g := range groups {
			if info.Group == g {
				out = append(out, string(info.Field))
			}
		}
	}
	return out
}

func fieldMap(groups ...casefold.FieldGroup) value {
	return value{kind: mapValue, what: "field", words: fieldWords(groups...), of: &columns}
}

var projectKeys = keys{
	{name: "office", value: officeKeys.value(), doc: "the prosecutor's office whose convictions are ours",
		otherwise: "whose a conviction is stays unknown, and nothing can be filed"},
	{name: "as_of", value: day, doc: "the day for which the law is asked", otherwise: "the flag `--as-of`, or today", example: "2026-05-01"},
	{name: "store", value: anyText, doc: "folder of the store, from the project file's folder", otherwise: "`.casefold`"},
	{name: "caption_from", value: listOf(tellers), doc: "tellers that may speak for the caption of a motion, the best first",
		otherwise: "`[court, state]`"},
	{name: "policy", value: anyText, doc: "a county policy beside the law: its name, or its file", otherwise: "none: the law alone"},
	{name: "case_numbers", value: listOf(numberKeys.value()), doc: "what the parts of case numbers mean where their writing leaves it open; `casefold profile` shows the shapes and asks",
		otherwise: "the writing alone"},
	{name: "matching", value: matchingKeys.value(), doc: "overrides of the model's thresholds", otherwise: "the model's own"},
	{name: "sources", value: listOf(sourceKeys.value()), required: true, doc: "the agencies' databases, one entry each"},
}

var officeKeys = keys{
	{name: "name", value: anyText, doc: "name of the office as it signs"},
	{name: "county", value: anyText, required: true, doc: "its county, without the word County", example: "Sacramento"},
	{name: "agency", value: anyText, doc: "name of the office in the files, where it is told as an agency"},
	{name: "courts", value: texts, doc: "names of its courts", otherwise: "every court of the county"},
	{name: "city_attorney", value: cityKeys.value(), doc: "what a city attorney files instead of this office", otherwise: "nothing"},
}

var cityKeys = keys{
	{name: "cities", value: texts, required: true, doc: "the cities"},
	{name: "levels", value: listOf(levels), doc: "the levels that the city attorney files", otherwise: "`[misdemeanor, infraction]`"},
}

var numberKeys = keys{
	{name: "shape", value: anyText, required: true, doc: "the number with A for a letter and 9 for a digit, separators as they stand", example: "999999-9"},
	{name: "year", value: words("place", "none", "apart", "first2", "first4"), doc: "where the year is: in no part, in a part of its own, in the first two or four digits", otherwise: "as the writing shows"},
	{name: "defendant", value: words("mark", "letter", "digits", "none"), doc: "whether the last part, a letter or digits, marks the defendant", otherwise: "as the writing shows"},
}

var matchingKeys = keys{
	{name: "false_link_cost", value: number, doc: "cost of joining two persons wrongly; only its ratio to the next matters"},
	{name: "missed_link_cost", value: number, doc: "cost of leaving one person in two"},
	{name: "link_bits", value: number, doc: "weight from which records are one person, in bits"},
	{name: "possible_bits", value: number, doc: "weight from which two persons are a possible link, in bits"},
}

var sourceKeys = keys{
	{name: "name", value: anyText, required: true, doc: "name of the source, unique; tellers are named by it", example: "court"},
	{name: "format", value: formats, doc: "how the files are written; `ca-doj` is the state's 95-column extract, its mapping built in",
		otherwise: "`delimited`"},
	{name: "files", value: texts, required: true, doc: "files from the project file's folder; `*` and `?` stand for any characters, .gz and .zst are unpacked",
		example: "[court/*.csv]"},
	{name: "teller", value: tellers, doc: "what sort of agency keeps it: it decides who prevails for which fact", otherwise: "`other`; `state` for ca-doj"},
	{name: "agency", value: agencyKeys.value(), doc: "the agency of rows that name none"},
	{name: "extract_date", value: day, doc: "the day on which the files were drawn", otherwise: "not known: nothing rests on what the files do not show"},
	{name: "row_key", value: anyText, doc: "column that names the row", otherwise: "rows are named by their content"},
	{name: "person_key", value: anyText, doc: "column that names the person within this source", otherwise: "none; SUBJECT_ID for ca-doj"},
	{name: "person_key_exclusive", value: yesNo, doc: "two different person keys are two different persons, for sure", otherwise: "`false`"},
	{name: "authoritative_for", value: listOf(coverageKeys.value()), doc: "what the source is complete for", otherwise: "nothing: what it does not show may still be so"},
	{name: "mapping", value: fieldMap(), doc: "fields and the columns that hold them; several columns of a name are joined, of other fields each is a value"},
	{name: "identifiers", value: listOf(identifierKeys.value()), doc: "columns of numbers that identify a person"},
	{name: "attributes", value: value{kind: mapValue, what: "attribute", of: &anyText}, doc: "further facts that may tell people apart: a name for the fact, and its column"},
	{name: "counts", value: repeated(casefold.EventFields, casefold.CountFields), doc: "where a row tells of several counts: one table of fields for each, or `each:` with the path of a JSON array"},
	{name: "people", value: people(), doc: "where a row tells of several persons: one table of fields for each, or `each:` with the path of a JSON array"},
	{name: "values", value: value{kind: mapValue, what: "field", words: fieldWords(), of: &value{kind: mapValue, what: "code", of: &anyText}},
		doc: "codes and what they mean, by field", example: `{disposition: {"21": CONVICTED}}`},
	{name: "date_order", value: words("order", "mdy", "dmy", "ymd", "excel"), doc: "how dates are read that could be read in two ways; `excel`: five digits are a spreadsheet's days", otherwise: "the column's own values decide, else `mdy`"},
	{name: "name_order", value: words("order", "last_first", "first_last"), doc: "how whole names without a comma are read", otherwise: "the comma decides"},
	{name: "exclude", value: listOf(excludeKeys.value()), doc: "rows that are left out, each under the rule's name"},
	{name: "read", value: readKeys.value(), doc: "how the bytes are read", otherwise: "found out by looking"},
}

var agencyKeys = keys{
	{name: "name", value: anyText, doc: "its name"},
	{name: "ori", value: anyText, doc: "its nine-character ORI"},
	{name: "county", value: anyText, doc: "its county"},
	{name: "state", value: anyText, doc: "its state, two letters", otherwise: "`CA`"},
	{name: "kind", value: agencyKinds, doc: "what it is"},
}

var coverageKeys = keys{
	{name: "question", value: questions, required: true, doc: "what it answers completely"},
	{name: "from", value: day, doc: "first day", otherwise: "no bound"},
	{name: "to", value: day, doc: "last day", otherwise: "the extract date"},
	{name: "county", value: anyText, doc: "county", otherwise: "everywhere the source speaks of"},
}

var identifierKeys = keys{
	{name: "column", value: anyText, required: true, doc: "the column"},
	{name: "kind", value: identifierKinds, required: true, doc: "what the number is"},
	{name: "issuer", value: anyText, doc: "who gave it; numbers compare only within one issuer", otherwise: "CA-DOJ for cii, FBI for fbi, US-SSA for ssn, CA-DMV for license and id_card; else the source's name"},
	{name: "how", value: hows, doc: "how it came into the row: backed by this event's fingerprints, read from a document, copied from another system, said by the person", otherwise: "`look-up`, which proves least"},
}

var excludeKeys = keys{
	{name: "name", value: anyText, required: true, doc: "name of the rule, shown with each row"},
	{name: "column", value: anyText, required: true, doc: "the column that is looked at, in upper case and trimmed"},
	{name: "equals", value: texts, doc: "values that leave the row out"},
	{name: "contains", value: texts, doc: "parts of values that leave the row out"},
	{name: "empty", value: yesNo, doc: "an empty value leaves the row out", otherwise: "`false`"},
}

var readKeys = keys{
	{name: "encoding", value: encodings, doc: "how letters beyond ASCII are written"},
	{name: "delimiter", value: anyText, doc: "what stands between values: the character, or `tab`"},
	{name: "quote", value: anyText, doc: "what values are wrapped in: a character, or `none`"},
	{name: "escape", value: anyText, doc: "what takes the next character's meaning away: a character, or `none`"},
	{name: "header", value: yesNo, doc: "whether the first line names the columns"},
	{name: "columns", value: listOf(value{kind: tableValue, keys: columnKeys, also: &anyText}), doc: "the columns, where no header names them: names, or for fixed width name, start and length"},
}

var columnKeys = keys{
	{name: "name", value: anyText, required: true, doc: "the column's name"},
	{name: "start", value: whole, doc: "its first character, from 1"},
	{name: "length", value: whole, doc: "how many characters it has"},
}

// eachKey heads a table that describes the elements of a JSON array.
var eachKey = key{name: "each", value: anyText, doc: "path of the JSON array whose elements repeat the fields"}

// repeated is a list of tables of fields, or one such table with "each".
func repeated(groups ...casefold.FieldGroup) value {
	fields := fieldMap(groups...)
	list := listOf(fields)
	list.also = &value{kind: mapValue, what: "field", words: fields.words, of: &columns, keys: keys{eachKey}}
	return list
}

// people is repeated for persons, who have identifiers too.
func people() value {
	ids := key{name: "identifiers", value: listOf(identifierKeys.value()), doc: "this person's numbers"}
	v := repeated(casefold.PersonFields)
	one, each := *v.of, *v.also
	one.keys, each.keys = keys{ids}, keys{eachKey, ids}
	return value{kind: listValue, of: &one, also: &each}
}
