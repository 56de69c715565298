package casefold

// An Office is the prosecutor's office whose convictions are "ours".
type Office struct {
	Name   string
	County string   // place-table form: "SACRAMENTO"
	Agency string   // name of the office itself
	Courts []string // names or families of its courts; empty: every court of the county
	// CityAttorneyLevels are the levels that a city attorney, not this office,
	// files in the cities named; such convictions are not ours.
	CityAttorneyCities []string
	CityAttorneyLevels []Level
}

// A TellerKind is what sort of agency keeps a source: it decides which teller
// prevails for which fact.
type TellerKind string

const (
	TellerState     TellerKind = "state"
	TellerCourt     TellerKind = "court"
	TellerDA        TellerKind = "da"
	TellerPolice    TellerKind = "police"
	TellerJail      TellerKind = "jail"
	TellerProbation TellerKind = "probation"
	TellerOther     TellerKind = "other"
)

// A Question is something a source may be declared complete for.
type Question string

const (
	AboutConvictions Question = "convictions"
	AboutRelief      Question = "relief"
	AboutListing     Question = "list-11361.9"
	AboutSupervision Question = "supervision"
)

// Coverage says that a source is complete for a question over a period and
// county. An empty county means everywhere the source speaks of.
type Coverage struct {
	Question Question
	From, To Day // 0: no bound; To is also bounded by the source's extract date
	County   string
}

// A Source is one agency's database as the project file describes it. Its name
// is unique within a project.
type Source struct {
	Name        string
	Format      string // delimited, fixed, jsonl, ca-doj
	Files       []string
	Teller      TellerKind
	Agency      Agency // default agency of its rows: a court's own system, a police force
	ExtractDate Day
	// RowKey and PersonKey are the columns mapped as keys, "" if none.
	RowKey, PersonKey string
	// PersonKeyExclusive: two different keys are two different persons, sworn.
	PersonKeyExclusive bool
	AuthoritativeFor   []Coverage
	Mapping            Mapping
	Exclude            []ExcludeRule
	Read               ReadOptions
	// NumberShapes say what the parts of case numbers mean where their writing
	// leaves it open. All sources of a project have the same, so that one number
	// has one key.
	NumberShapes []NumberShape
	// IssuesPrints names the identifier kind whose number this source's own
	// fingerprint match asserts: only there is an equal number a must-link.
	IssuesPrints IdentifierKind
}

// A NumberShape says what the parts of case numbers of one shape mean. Pattern is
// the number with A for letters and 9 for digits, separators as they stand. Year
// is none, apart, first2 or first4 (the first two or four digits tell it);
// Defendant is letter, digits (the last part marks the defendant) or none. ""
// leaves it to the writing.
type NumberShape struct{ Pattern, Year, Defendant string }

// A Mapping says which columns hold which field. Several columns of one field
// are joined (names of people: in order; other fields: each a value). A column
// may be cut: "CNT_ORDER[1:3]" is its first three characters, and "OFN[4:]"
// all from the fourth on. The reader's Layout holds such cuts as columns.
type Mapping struct {
	Fields      map[Field][]string
	Identifiers []IdentifierColumn
	// Counts repeat the event fields: one event per group that holds a value.
	// With CountsEach, the columns are paths inside each element of that JSON
	// array and Counts has one member.
	Counts     []map[Field][]string
	CountsEach string
	// People repeat the person fields: one record per group that holds a name.
	People     []PersonGroup
	PeopleEach string
	Attributes []AttributeColumn
	// DateOrder is mdy, dmy or ymd where a date could be read in two ways;
	// "" lets the source's own values decide, mdy if they do not.
	DateOrder string
	// NameOrder is last_first, first_last or "" for "decide by the comma".
	NameOrder string
	// Values translate a field's codes before normalization: DISP "21" -> "CONVICTED".
	Values map[Field]map[string]string
}

// An IdentifierColumn maps a column to an identifier.
type IdentifierColumn struct {
	Column string
	Kind   IdentifierKind
	Issuer string
	How    How
}

// An AttributeColumn maps a column to an attribute of that name.
type AttributeColumn struct{ Name, Column string }

// A PersonGroup is one of several persons a row tells of.
type PersonGroup struct {
	Fields      map[Field][]string
	Identifiers []IdentifierColumn
}

// An ExcludeRule leaves rows out by name. The row matches if the column's
// value, trimmed and upper-cased, is one of Equals, contains one of Contains,
// or is empty where Empty is set.
type ExcludeRule struct {
	Name     string
	Column   string
	Equals   []string
	Contains []string
	Empty    bool
}

// ReadOptions say how the bytes of a source's files are to be read. Zero
// values mean: found out by looking.
type ReadOptions struct {
	Encoding  string // utf-8, windows-1252, iso-8859-1
	Delimiter string // one character, or "tab"
	Quote     string // one character, or "none"
	Escape    string // one character that takes the next one's meaning away, or "none" (Informix unload: \)
	Header    string // "yes", "no"
	Columns   []FixedColumn
}

// A FixedColumn is a column of a fixed-width file; Start counts from 1. In a
// headerless delimited file only the names are used.
type FixedColumn struct {
	Name       string
	Start, Len int
}
