package casefold

// A Record is what one row says about one person, normalized. A row that
// speaks of several persons gives several records (Part 1, 2 ...). Records are
// immutable once made; the values they point to are shared among records.
type Record struct {
	Teller Teller // row key includes "/1", "/2" where the row yields two persons or more
	Person PersonFacts
	Events []Event // none for a row that tells only of a person
}

// PersonFacts are the things told about who a person is. Slices hold every
// variant told, the primary one first.
type PersonFacts struct {
	Names         []Name
	Births        []Date // intervals; impossible ones are left out
	BirthVerbatim string // the primary birth date as the row tells it; captions quote it
	Sex           Sex
	Race          string // kept to audit errors by subgroup; never match evidence
	Identifiers   []Identifier
	Addresses     []Address
	Phones        []string // digits only
	Emails        []string // lower case
	Attributes    []Attribute
	PersonKey     string // the source's own person key, "" if none
	Age           int16  // completed years as told, with AgeOn; -1 unknown
	AgeOn         Date
	Deceased      Date // told date of death, if any
	IsDeceased    bool // told to be dead, dated or not
}

// A Sex is as told: M, F, X or "" for unknown.
type Sex string

// NameKind tells how a name was told.
type NameKind string

const (
	PrimaryName NameKind = "primary"
	AliasName   NameKind = "alias"
	MaidenName  NameKind = "maiden"
)

// A Name is a person's name in comparable form: letters folded to A-Z, tokens
// separated by one blank. Placeholders (UNKNOWN, DOE as John Doe, FNU, LNU) are
// left empty. Verbatim is the value of the one column it came from, or the
// parts as told joined by a blank; captions quote it.
type Name struct {
	Verbatim string   `json:"verbatim"`
	Last     string   `json:"last,omitempty"`   // all surname tokens: "DE LA CRUZ", "GARCIA LOPEZ"
	First    string   `json:"first,omitempty"`  // first given name, may be an initial
	Middle   string   `json:"middle,omitempty"` // further given names or initials
	Suffix   string   `json:"suffix,omitempty"` // JR, SR, II, III, IV, V
	Kind     NameKind `json:"kind,omitempty"`
}

// IdentifierKind names what a number identifies.
type IdentifierKind string

const (
	CII      IdentifierKind = "cii" // state criminal identification number
	FBI      IdentifierKind = "fbi"
	SSN      IdentifierKind = "ssn"
	License  IdentifierKind = "license" // driver licence
	IDCard   IdentifierKind = "id_card"
	Inmate   IdentifierKind = "inmate" // institution or jail person number
	Local    IdentifierKind = "local"  // an agency's own person number
	Passport IdentifierKind = "passport"
	Other    IdentifierKind = "other"
)

// How tells how a number came into the row, which decides what it proves.
type How string

const (
	Print      How = "print"       // backed by fingerprints of this very event
	Document   How = "document"    // read from a document shown
	LookUp     How = "look-up"     // copied from another system after a name search
	SelfReport How = "self-report" // said by the person
)

// An Identifier is a number with who issued it and how it was obtained. Two
// identifiers compare only where kind and issuer are equal.
type Identifier struct {
	Kind     IdentifierKind `json:"kind"`
	Issuer   string         `json:"issuer"` // "CA-DOJ", "US-SSA", "CA-DMV", an agency
	How      How            `json:"how"`
	Value    string         `json:"value"` // normalized; fillers are not identifiers
	Verbatim string         `json:"verbatim,omitempty"`
}

// An Address is a place of living taken apart. Any part may be empty.
type Address struct {
	Number string `json:"number,omitempty"`
	Street string `json:"street,omitempty"` // folded, street words abbreviated
	Unit   string `json:"unit,omitempty"`
	City   string `json:"city,omitempty"`
	State  string `json:"state,omitempty"`
	Postal string `json:"postal,omitempty"`
}

// An Attribute is a further fact that may tell people apart: birth place,
// occupation, mother's maiden name, height.
type Attribute struct{ Name, Value string }
