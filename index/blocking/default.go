package blocking

import (
	"slices"

	"github.com/casefold/casefold/mention"
)

// everyPairUpTo is the number of pairs up to which blocking is not worth its
// risk: a second's work on one core.
const everyPairUpTo = 2_000_000

// Default is the rules for a set: those whose fields the set tells. They are
// chosen by what people's errors leave intact: an identifier; birth date with
// either name; both names, in either order; the sound of a name with part of
// the birth date; an address, phone or email with part of a name. A file of up
// to 2,000 mentions is compared whole.
func Default(s *mention.Set) []Rule {
	if n := s.Len(); n*(n-1)/2 <= everyPairUpTo {
		return Rules("everyone")
	}
	if s.Len() > wideUpTo {
		return told(s, slices.Concat(identifierRules(s), events, narrow, attributeRules(s)))
	}
	var last []string
	if s.Len() <= widestUpTo {
		last = widest
	}
	return told(s, slices.Concat(identifierRules(s), events, anyName, narrow[2:], attributeRules(s), wide, wideIdentifierRules(s), wideAttributeRules(s), last))
}

// wideUpTo is the number of mentions up to which the rules for badly mistaken
// values are worth their cost.
const wideUpTo = 300_000

// events are the rules for what two agencies tell of one event.
var events = []string{"booking / name.1", "arrest / name.1 + birth.year", "case / name.1 + birth.year"}

// narrow are the rules for any file: two strong values agree, or the sound of
// the names with part of the birth date. Each mention has one key under each,
// which is what makes them quick.
var narrow = []string{
	"surname + birth / postal + given",
	"given + birth / postal + surname.1",
	"names / birth.year + postal + birth.month + middle.1 + birth.day",
	"email / name.1", "phone / name.1", "house / given.1 + birth.year",
	"postal + surname / given.1 + birth.year",
	"postal + given / surname.1 + birth.year",
	"birth + postal / given.1",
	"surname.sound + given.1 + birth.year / birth.day + postal + sex",
	"given + birth.month / surname.1",
	"surname.sound + birth.month / given.1",
}

// anyName takes the place of the first two narrow rules where wider ones can be
// paid for: each word of a name for itself, wherever it stands.
var anyName = []string{"name + birth / postal + names", "postal + name / given.1 + birth.year + names"}

// wide are the rules for dirty files: what is left of a value after one error
// or two. Half of a value survives an error in the other half.
var wide = []string{
	"surname.sound + given.sound / birth.year + postal + birth.day",
	"surname.3 + given.2 / birth.year + birth.day + city",
	"birth / given.1 + surname.1 + sex",
	"given.3 + birth.year / surname.2 + birth.day + city",
	"given.3 + birth.day / surname.1 + birth.year",
	"surname.3 + birth.day / given.1 + birth.year",
	"surname.3 + birth.year / given.1 + birth.day",
	"phone.5 / name.1 + birth.year", "phone.last5 / name.1 + birth.year",
	"email.local / name.1", "email.5 / name.1 + birth.year",
	"city + name / given.1 + birth.year + birth.month + names",
	"city + birth / name.1",
	"postal + birth.year / given.1 + sex",
	"house / surname.1 + sex", "house + birth.year / sex",
	"street + given / surname.1 + birth.year",
	"street + birth.year / sex + given.1",
	"unit + name / given.1 + birth.year", "unit + birth.year / name.1",
	"surname + number / given.1 + city", "given + number / surname.1 + city",
	"surname.last4 + given.1 / birth.year + birth.day + city",
}

// widestUpTo is the number of mentions up to which one value that agrees is
// reason enough to look, as far as the budget goes.
const widestUpTo = 100_000

// widest are the rules for records of which most values are mistaken: a place
// or two parts of a birth date, with as much of the rest as their cost asks for.
var widest = []string{
	"street / given.1 + surname.1 + birth.year",
	"postal / given.1 + surname.1 + birth.year",
	"city / surname.1 + given.1 + birth.year",
	"birth.year + birth.month / surname.1 + given.1",
	"birth.year + birth.day / surname.1 + given.1",
	"birth.month + birth.day / surname.1 + given.1",
	"given.sound + birth.year / surname.1",
	"surname.sound / given.1 + birth.year + birth.day",
}

// identifierRules: an equal number, whoever tells it.
func identifierRules(s *mention.Set) (out []string) {
	for _, k := range kinds(s) {
		out = append(out, "id:"+k+" / name.1 + birth.year")
	}
	return out
}

// wideIdentifierRules: half of a number.
func wideIdentifierRules(s *mention.Set) (out []string) {
	for _, k := range kinds(s) {
		out = append(out, "id:"+k+".4 / name.1 + birth.year + birth.day", "id:"+k+".last4 / name.1 + birth.year + birth.day")
	}
	return out
}

// attributeRules: a further column with a name or a birth date.
func attributeRules(s *mention.Set) (out []string) {
	for _, a := range attributes(s) {
		out = append(out, "attribute:"+a+" + name / given.1 + birth.year + birth.month", "attribute:"+a+" + birth / name.1")
	}
	return out
}

// wideAttributeRules: a further column alone, as far as its values are rare,
// and with part of a birth date.
func wideAttributeRules(s *mention.Set) (out []string) {
	for _, a := range attributes(s) {
		out = append(out, "attribute:"+a+" / given.1 + birth.year + surname.1", "attribute:"+a+".5 + given.1 / birth.year + surname.1")
	}
	return out
}

// told keeps the rules all of whose key fields the set tells, and drops the
// refining terms it does not tell.
func told(s *mention.Set, texts []string) []Rule {
	var out []Rule
	for _, r := range Rules(texts...) {
		if slices.ContainsFunc(r.Key, func(t Term) bool { return !tells(s, t) }) {
			continue
		}
		r.Refine = slices.DeleteFunc(r.Refine, func(t Term) bool { return !tells(s, t) })
		out = append(out, r)
	}
	return out
}

// namesOfUnits is the number of distinct units from which on they are names of
// buildings or farms, and not the numbers of apartments.
const namesOfUnits = 200

// tells reports whether any mention has a value of the field.
func tells(s *mention.Set, t Term) bool {
	switch t.Field {
	case Given, Middle, Surname, AnyName, BothNames:
		return s.Names.Told()
	case Birth:
		return s.Births.Told()
	case Sex:
		return slices.ContainsFunc(s.Sex, func(x mention.Sex) bool { return x != 0 })
	case House:
		return s.House.Len() > 1
	case Street:
		return s.Street.Len() > 1
	case Number:
		return s.Number.Len() > 1
	case Unit:
		return s.Unit.Len() > namesOfUnits
	case City:
		return s.City.Len() > 1
	case Postal:
		return s.Postal.Len() > 1
	case Phone:
		return s.Phones.Told()
	case Email:
		return s.Emails.Told()
	case ID:
		return slices.Contains(kinds(s), t.Arg)
	case Attribute:
		return slices.Contains(attributes(s), t.Arg)
	case Case:
		return s.Cases.Told()
	case Booking:
		return s.Bookings.Told()
	case Arrest:
		return s.Arrests.Told()
	case ArrestDay:
		return s.ArrestDays.Told()
	case CourtDay:
		return s.CourtDays.Told()
	}
	return true
}

// kinds are the kinds of identifiers told, sorted.
func kinds(s *mention.Set) []string {
	var out []string
	for _, i := range s.Issuers {
		if k := string(i.Kind); !slices.Contains(out, k) {
			out = append(out, k)
		}
	}
	return out
}

// attributes are the names of attributes with enough distinct values to divide
// people by, sorted.
func attributes(s *mention.Set) []string {
	var out []string
	for i := range s.Attributes {
		if s.Attributes[i].Values.Len() > 20 {
			out = append(out, s.Attributes[i].Name)
		}
	}
	return out
}
