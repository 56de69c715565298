package mention

import (
	"encoding/json"
	"errors"
	"fmt"
	"unsafe"

	"github.com/casefold/casefold"
)

// A file of fifty million records does not fit into memory with all that is
// worked out of it. What is bulky lies in flat columns, and those may lie
// anywhere where bytes can be read: a shelf is such a place. What comes back from
// a shelf reads as it read before.

// Columns gives bytes by name, nil where nothing was put under it. They must not
// be written to.
type Columns func(name string) []byte

// Put takes a column; the bytes are used within the call.
type Put func(name string, column []byte) error

// A Shelf keeps columns outside of memory. It is safe for concurrent use.
type Shelf interface {
	// Find gives what was put under a name; nil if nothing was, or if it is no
	// longer whole.
	Find(name string) Columns
	// Put keeps what write puts, and gives it back from where it lies.
	Put(name string, write func(Put) error) (Columns, error)
}

// ErrColumns tells that columns are not those of a set.
var ErrColumns = errors.New("mentions: the columns are not those of a set, or of another version")

// AsBytes is the memory of a slice of plain values, which hold no pointers.
func AsBytes[T any](s []T) []byte {
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(s))), len(s)*int(unsafe.Sizeof(*new(T))))
}

// FromBytes is the reverse of AsBytes: the same memory.
func FromBytes[T any](b []byte) []T {
	if len(b) == 0 {
		return nil
	}
	return unsafe.Slice((*T)(unsafe.Pointer(unsafe.SliceData(b))), len(b)/int(unsafe.Sizeof(*new(T))))
}

// A flat walks over the columns of a set and either puts each (and lets go of
// it, where they are put one after the other as they are made), or takes each
// from where it lies. One walk serves both. The first error sticks.
type flat struct {
	put     Put
	columns Columns
	letGo   bool
	err     error
}

func flatSlice[T any](f *flat, name string, s *[]T) {
	switch {
	case f.err != nil:
	case f.columns != nil:
		b := f.columns(name)
		if len(b)%int(unsafe.Sizeof(*new(T))) != 0 {
			f.err = fmt.Errorf("%w: %s", ErrColumns, name)
			return
		}
		*s = FromBytes[T](b)
	default:
		if len(*s) > 0 {
			f.err = f.put(name, AsBytes(*s))
		}
		if f.letGo {
			*s = nil
		}
	}
}

func flatList[T any](f *flat, name string, l *List[T], n int) {
	flatSlice(f, name+".start", &l.start)
	flatSlice(f, name+".values", &l.values)
	if f.columns == nil || f.err != nil {
		return
	}
	if l.start == nil && l.values != nil || l.start != nil && (len(l.start) != n+1 || int(l.start[n]) != len(l.values)) {
		f.err = fmt.Errorf("%w: %s", ErrColumns, name)
	}
}

func flatDictionary(f *flat, name string, d **Dictionary) {
	if f.columns != nil {
		*d = &Dictionary{}
	}
	x := *d
	flatSlice(f, name+".text", &x.text)
	flatSlice(f, name+".end", &x.end)
	flatSlice(f, name+".hash", &x.hash)
	flatSlice(f, name+".count", &x.count)
	if f.columns == nil || f.err != nil {
		return
	}
	if n := len(x.end); n == 0 || len(x.hash) != n || len(x.count) != n || int(x.end[n-1]) != len(x.text) {
		f.err = fmt.Errorf("%w: %s", ErrColumns, name)
	}
}

// A flatHead is what of a set stands in no column.
type flatHead struct {
	Version    int
	Mentions   int
	Sources    []string
	Issuers    []flatIssuer
	Attributes []string
}

type flatIssuer struct {
	Kind casefold.IdentifierKind
	Name string
}

// flatVersion changes whenever columns of an older program would be read wrongly.
const flatVersion = 1

const flatHeadName = "head"

// Put puts the whole set on a shelf; OpenSet gives it back.
func (s *Set) Put(put Put) error {
	f := &flat{put: put}
	for _, part := range s.flatParts() {
		part(f)
	}
	return s.putHead(f)
}

func (s *Set) putHead(f *flat) error {
	head := flatHead{Version: flatVersion, Mentions: s.n, Sources: s.sources}
	for _, x := range s.Issuers {
		head.Issuers = append(head.Issuers, flatIssuer{x.Kind, x.Name})
	}
	for _, a := range s.Attributes {
		head.Attributes = append(head.Attributes, a.Name)
	}
	b, err := json.Marshal(head)
	if err == nil && f.err == nil {
		f.err = f.put(flatHeadName, b)
	}
	return errors.Join(f.err, err)
}

// OpenSet is the set that was put: its columns are read where they lie.
func OpenSet(columns Columns) (*Set, error) {
	var head flatHead
	if err := json.Unmarshal(columns(flatHeadName), &head); err != nil || head.Version != flatVersion || head.Mentions < 0 {
		return nil, ErrColumns
	}
	s := &Set{n: head.Mentions, sources: head.Sources, Issuers: make([]Issuer, len(head.Issuers)), Attributes: make([]Attribute, len(head.Attributes))}
	for i, x := range head.Issuers {
		s.Issuers[i].Kind, s.Issuers[i].Name = x.Kind, x.Name
	}
	for i, name := range head.Attributes {
		s.Attributes[i].Name = name
	}
	f := &flat{columns: columns}
	for _, part := range s.flatParts() {
		part(f)
	}
	if f.err == nil && (len(s.Sex) != s.n || len(s.mentionOf) != len(s.sourceOf) || len(s.recordOf.values) != len(s.sourceOf)) {
		f.err = ErrColumns
	}
	return s, f.err
}

// flatParts are the columns in parts that Build makes one by one.
func (s *Set) flatParts() []func(*flat) {
	return []func(*flat){s.flatRecords, s.flatPerson, s.flatIdentifiers, s.flatNames, s.flatValues, s.flatAddresses, s.flatEvents}
}

func (s *Set) flatRecords(f *flat) {
	flatList(f, "record", &s.recordOf, s.n)
	flatSlice(f, "mention", &s.mentionOf)
	flatSlice(f, "source", &s.sourceOf)
}

func (s *Set) flatPerson(f *flat) {
	flatList(f, "births", &s.Births, s.n)
	flatList(f, "written", &s.Written, s.n)
	flatList(f, "ages", &s.Ages, s.n)
	flatSlice(f, "sex", &s.Sex)
}

func (s *Set) flatIdentifiers(f *flat) {
	for i := range s.Issuers {
		flatDictionary(f, fmt.Sprintf("issuer%d", i), &s.Issuers[i].Values)
	}
	flatList(f, "identifiers", &s.Identifiers, s.n)
}

func (s *Set) flatNames(f *flat) {
	flatDictionary(f, "name", &s.Name)
	n := s.Name.Len() // of the lists per value
	flatList(f, "names", &s.Names, s.n)
	x := &s.Feature
	flatSlice(f, "feature.given", &x.Given)
	flatSlice(f, "feature.middle", &x.Middle)
	flatSlice(f, "feature.surname", &x.Surname)
	flatSlice(f, "feature.sound", &x.Sound)
	flatList(f, "feature.tokens", &x.Tokens, n)
	flatList(f, "feature.nicknames", &x.Nicknames, n)
	if f.columns != nil && f.err == nil && (len(x.Given) != n || len(x.Middle) != n || len(x.Surname) != n || len(x.Sound) != n) {
		f.err = fmt.Errorf("%w: feature", ErrColumns)
	}
}

func (s *Set) flatValues(f *flat) {
	flatDictionary(f, "phone", &s.Phone)
	flatList(f, "phones", &s.Phones, s.n)
	flatDictionary(f, "email", &s.Email)
	flatList(f, "emails", &s.Emails, s.n)
	for i := range s.Attributes {
		flatDictionary(f, fmt.Sprintf("attribute%d", i), &s.Attributes[i].Values)
		flatList(f, fmt.Sprintf("attribute%d", i), &s.Attributes[i].List, s.n)
	}
}

func (s *Set) flatAddresses(f *flat) {
	for _, d := range []struct {
		name string
		d    **Dictionary
	}{{"house", &s.House}, {"number", &s.Number}, {"street", &s.Street}, {"unit", &s.Unit}, {"city", &s.City}, {"state", &s.State}, {"postal", &s.Postal}} {
		flatDictionary(f, d.name, d.d)
	}
	flatList(f, "addresses", &s.Addresses, s.n)
}

func (s *Set) flatEvents(f *flat) {
	for _, d := range []struct {
		name string
		d    **Dictionary
	}{{"case", &s.Case}, {"defendant", &s.Defendant}, {"booking", &s.Booking}, {"arrest", &s.Arrest}, {"place", &s.Place}, {"person", &s.PersonKey}} {
		flatDictionary(f, d.name, d.d)
	}
	flatList(f, "cases", &s.Cases, s.n)
	flatList(f, "bookings", &s.Bookings, s.n)
	flatList(f, "arrests", &s.Arrests, s.n)
	flatList(f, "arrestdays", &s.ArrestDays, s.n)
	flatList(f, "courtdays", &s.CourtDays, s.n)
	flatList(f, "custody", &s.Custody, s.n)
	flatList(f, "deaths", &s.Deaths, s.n)
	flatList(f, "present", &s.Present, s.n)
	flatList(f, "sourcekeys", &s.SourceKeys, s.n)
}
