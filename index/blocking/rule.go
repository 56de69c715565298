package blocking

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A Rule proposes pairs of mentions that agree in every term of Key. Blocks
// too large to pay for are divided by the terms of Refine, in order.
type Rule struct {
	Key    []Term
	Refine []Term
}

// A Term is a field in some form: "surname", "surname.4" (its first four
// letters), "surname.sound", "birth.year", "id:ssn.last4", "attribute:city".
// A mention that tells several values has each of them.
type Term struct {
	Field Field
	Arg   string // kind of identifier, name of attribute
	Form  Form
	N     int // letters, for First and Last
}

// A Field is what a term reads.
type Field string

// Fields of a term.
const (
	Given     Field = "given"
	Middle    Field = "middle"
	Surname   Field = "surname"
	AnyName   Field = "name"  // each word of given names and surnames, for itself
	BothNames Field = "names" // given name and surname in either order
	Birth     Field = "birth"
	Sex       Field = "sex"
	House     Field = "house" // number and street
	Street    Field = "street"
	Number    Field = "number"
	Unit      Field = "unit"
	City      Field = "city"
	Postal    Field = "postal"
	Phone     Field = "phone"
	Email     Field = "email"
	ID        Field = "id"
	Attribute Field = "attribute"
	Case      Field = "case"
	Booking   Field = "booking"
	Arrest    Field = "arrest"
	ArrestDay Field = "arrest_day"
	CourtDay  Field = "court_day"
	Everyone  Field = "everyone" // the same for all: every pair
)

// A Form is how a term's value is taken.
type Form string

// Forms of a value.
const (
	Whole Form = ""
	First Form = "first" // written as the number of letters alone
	Last  Form = "last"
	Sound Form = "sound"
	Word  Form = "word"  // each word of several
	Year  Form = "year"  // of a birth date
	Month Form = "month" // year and month
	Day   Form = "day"   // month and day, whatever the year
	Local Form = "local" // an email's part before the @
)

var fields = []Field{Given, Middle, Surname, AnyName, BothNames, Birth, Sex, House, Street, Number, Unit, City, Postal,
	Phone, Email, ID, Attribute, Case, Booking, Arrest, ArrestDay, CourtDay, Everyone}

// String is the rule as text: "surname + birth.year / given.1 + postal".
func (r Rule) String() string {
	out := join(r.Key)
	if len(r.Refine) > 0 {
		out += " / " + join(r.Refine)
	}
	return out
}

// MarshalText and UnmarshalText use the form of String, also in JSON.
func (r Rule) MarshalText() ([]byte, error) { return []byte(r.String()), nil }
func (r *Rule) UnmarshalText(b []byte) (err error) {
	*r, err = ParseRule(string(b))
	return err
}

// Rules reads rules from text; it is for rules that stand in the program, and
// panics on one that does not parse.
func Rules(texts ...string) []Rule {
	out := make([]Rule, len(texts))
	for i, t := range texts {
		r, err := ParseRule(t)
		if err != nil {
			panic(err)
		}
		out[i] = r
	}
	return out
}

func join(terms []Term) string {
	out := make([]string, len(terms))
	for i, t := range terms {
		out[i] = t.String()
	}
	return strings.Join(out, " + ")
}

// String is the term as text.
func (t Term) String() string {
	out := string(t.Field)
	if t.Arg != "" {
		out += ":" + t.Arg
	}
	switch t.Form {
	case Whole:
	case First:
		out += "." + strconv.Itoa(t.N)
	case Last:
		out += ".last" + strconv.Itoa(t.N)
	default:
		out += "." + string(t.Form)
	}
	return out
}

// ParseRule reads what String writes.
func ParseRule(text string) (Rule, error) {
	var r Rule
	key, refine, refined := strings.Cut(text, "/")
	var err error
	if r.Key, err = parseTerms(key); err != nil {
		return Rule{}, fmt.Errorf("blocking rule %q: %w", text, err)
	}
	if refined {
		if r.Refine, err = parseTerms(refine); err != nil {
			return Rule{}, fmt.Errorf("blocking rule %q: %w", text, err)
		}
	}
	return r, nil
}

func parseTerms(text string) ([]Term, error) {
	var out []Term
	for part := range strings.SplitSeq(text, "+") {
		t, err := parseTerm(strings.TrimSpace(part))
		if err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	return out, nil
}

func parseTerm(text string) (Term, error) {
	var t Term
	name, form := text, ""
	if dot := strings.LastIndexByte(text, '.'); dot >= 0 && !(strings.Contains(text[dot:], ":")) {
		name, form = text[:dot], text[dot+1:]
	}
	field, arg, _ := strings.Cut(name, ":")
	t.Field, t.Arg = Field(field), arg
	if !slices.Contains(fields, t.Field) {
		return t, fmt.Errorf("unknown field %q; the fields are %v", field, fields)
	}
	if needsArg := t.Field == ID || t.Field == Attribute; needsArg != (arg != "") {
		return t, fmt.Errorf("field %q in %q: a name after the colon belongs to id and attribute, and only to them", field, text)
	}
	if n, err := strconv.Atoi(form); err == nil && n > 0 {
		t.Form, t.N = First, n
		return t, nil
	}
	if rest, ok := strings.CutPrefix(form, string(Last)); ok {
		n, err := strconv.Atoi(rest)
		if err != nil || n < 1 {
			return t, fmt.Errorf("form %q in %q: write last and a number of letters", form, text)
		}
		t.Form, t.N = Last, n
		return t, nil
	}
	t.Form = Form(form)
	if !slices.Contains([]Form{Whole, Sound, Word, Year, Month, Day, Local}, t.Form) {
		return t, fmt.Errorf("unknown form %q in %q", form, text)
	}
	return t, nil
}
