package mention

import "github.com/casefold/casefold"

// A List is a column that holds any number of values per mention. A column
// nobody tells anything in takes no memory.
type List[T any] struct {
	start  []uint32 // per mention, into values; one more at the end
	values []T
}

// Of is what mention m tells, in a fixed order; nil if nothing. The slice is
// the column's own memory.
func (l *List[T]) Of(m uint32) []T {
	if l.start == nil {
		return nil
	}
	return l.values[l.start[m]:l.start[m+1]]
}

// Told reports whether any mention tells anything.
func (l *List[T]) Told() bool { return len(l.values) > 0 }

// Len is the number of values over all mentions.
func (l *List[T]) Len() int { return len(l.values) }

// A Name is one name of a mention. Given, Middle and Surname are values of
// Set.Name; a middle name keeps all further given names in one value.
type Name struct {
	Given, Middle, Surname Value
	Suffix                 Suffix
	Kind                   NameKind
}

// A Suffix is a generation mark.
type Suffix uint8

// Suffixes; II is also what some sources write for JR.
const (
	NoSuffix Suffix = iota
	Senior
	Junior
	Second
	Third
	Fourth
	Fifth
)

// A NameKind is casefold.NameKind as a small number.
type NameKind uint8

// Name kinds.
const (
	Primary NameKind = iota
	Alias
	Maiden
)

// A Birth is a told birth date: a day (First == Last) or an interval.
type Birth struct{ First, Last casefold.Day }

// Exact reports whether the birth is one day.
func (b Birth) Exact() bool { return b.First == b.Last }

// How orders the ways a number came into a row by what they prove.
type How uint8

// Ways, weakest first. Asserted is a print whose number the row's own source
// issues: there alone an equal number is a must-link.
const (
	NotTold How = iota
	SelfReport
	LookUp
	Document
	Print
	Asserted
)

// An Identifier is a number told of a mention; Issuer indexes Set.Issuers and
// Value is a value of that issuer's dictionary.
type Identifier struct {
	Value  Value
	Issuer uint16
	How    How
}

// An Issuer is one kind of number of one issuer: only within it do numbers
// compare.
type Issuer struct {
	Kind   casefold.IdentifierKind
	Name   string
	Values *Dictionary
}

// An Address is a place of living. House is number and street together, a
// value of Set.House; the other parts are values of the dictionary of that name.
type Address struct {
	House, Number, Street, Unit, City, State, Postal Value
}

// A Case is a case number with the mark that tells its defendants apart; Key
// holds court family and number. Marks are ordinals: A, a, 1 and 01 are the
// first defendant.
type Case struct {
	Key, Defendant Value
	Mark           MarkKind
}

// A MarkKind says how a defendant's mark was written and by whom: two marks
// that differ tell two defendants apart for certain only where the court itself
// wrote both, in one way of writing.
type MarkKind uint8

// Kinds of marks; Copied is any mark that the court's own file does not tell.
const (
	Copied MarkKind = iota
	CourtDigits
	CourtLetter
)

// A Stay is a span in custody; an open end is 0. Place is a value of Set.Place.
type Stay struct {
	From, To casefold.Day
	Place    Value
}

// An Attribute is a further column that may tell people apart.
type Attribute struct {
	Name   string
	Values *Dictionary
	List   List[Value]
}

// A SourceKey is a person key of a source that swears two keys are two persons.
type SourceKey struct {
	Source uint16
	Key    Value // value of Set.PersonKey
}

// A Set is all mentions of a project, in columns. Mentions count from 0.
type Set struct {
	n int

	Name    *Dictionary // given names, middle names, surnames and their tokens
	Names   List[Name]
	Feature Features // what comparisons need of each value of Name

	Births List[Birth]
	// Written are birth dates that are no days, digit by digit (0x19756329).
	Written List[uint32]
	Ages    List[Birth] // birth intervals that follow from a told age
	Sex     []Sex

	Issuers     []Issuer
	Identifiers List[Identifier]

	House, Number, Street, Unit, City, State, Postal *Dictionary
	Addresses                                        List[Address]

	Phone, Email   *Dictionary
	Phones, Emails List[Value]

	Attributes []Attribute

	Case, Defendant *Dictionary
	Cases           List[Case]
	Booking, Arrest *Dictionary
	Bookings        List[Value]
	Arrests         List[Value] // arrest, incident and report numbers
	ArrestDays      List[casefold.Day]
	CourtDays       List[casefold.Day] // plea, conviction, disposition and sentence days

	Place   *Dictionary
	Custody List[Stay]
	Deaths  List[casefold.Day]
	Present List[casefold.Day] // first and last day on which the person was bodily dealt with

	PersonKey  *Dictionary
	SourceKeys List[SourceKey]

	sources   []string
	recordOf  List[uint32] // mention -> records
	mentionOf []uint32     // record -> mention
	sourceOf  []uint16     // record -> source
}

// Len is the number of mentions.
func (s *Set) Len() int { return s.n }

// RecordCount is the number of records that were added.
func (s *Set) RecordCount() int { return len(s.mentionOf) }

// MentionOf is the mention of a record, by the record's index in the order of
// Builder.Add.
func (s *Set) MentionOf(record int) uint32 { return s.mentionOf[record] }

// Records are the indexes of a mention's records, the first being the one that
// orders the mention.
func (s *Set) Records(m uint32) []uint32 { return s.recordOf.Of(m) }

// SourceOf is the name of a record's source.
func (s *Set) SourceOf(record int) string { return s.sources[s.sourceOf[record]] }

// A Sex is 'M', 'F', 'X' or 0: not told, or told in two ways.
type Sex = byte

// A Pair is two mentions, A < B: what blocking proposes and the matcher scores.
type Pair struct{ A, B uint32 }
