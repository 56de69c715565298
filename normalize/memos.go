package normalize

import (
	"github.com/casefold/casefold"
	"github.com/casefold/casefold/normalize/caseno"
	"github.com/casefold/casefold/normalize/date"
	"github.com/casefold/casefold/normalize/ident"
	"github.com/casefold/casefold/normalize/name"
	"github.com/casefold/casefold/normalize/outcome"
	"github.com/casefold/casefold/normalize/place"
	"github.com/casefold/casefold/normalize/statute"
	"github.com/casefold/casefold/normalize/text"
)

// memos are what a normalizer remembers, one for each way of reading.
type memos struct {
	whole, alias, parts, maiden *memo[readNames]
	suffix                      *memo[string]
	birth                       *memo[readBirth]
	sex                         *memo[casefold.Sex]
	race, attr, phone, email    *memo[string]
	address                     *memo[[]casefold.Address]

	verbatim    *memo[string] // small vocabularies kept as told
	kind        *memo[casefold.EventKind]
	agency      *memo[casefold.Agency]
	court       *memo[casefold.Agency]
	numbers     *memo[[]casefold.CaseNumber]
	bookings    *memo[[]string]
	offense     *memo[readCharge]
	disposition *memo[readDisposition]
	level       *memo[casefold.Level]
	plea        *memo[string]
	sentence    *memo[[]casefold.SentencePart]
	relief      *memo[readRelief]
	listing     *memo[casefold.Listing]
	comment     *memo[readComment]
}

func (n *Normalizer) newMemos() memos {
	order := n.src.Mapping.NameOrder
	return memos{
		whole: nearMemo(func(s string) readNames { return names(name.Parse(s, order)) }),
		alias: nearMemo(func(s string) readNames { return readNames{list: aliases(s, order)} }),
		parts: nearMemo(func(key string) readNames {
			last, key := cutPart(key)
			first, key := cutPart(key)
			middle, key := cutPart(key)
			suffix, _ := cutPart(key)
			return names(name.ParseParts(last, first, middle, suffix))
		}),
		maiden: nearMemo(func(s string) readNames { return readNames{list: maidenNames(s)} }),
		suffix: newMemo(name.Suffix),
		birth: newMemo(func(s string) readBirth {
			d, v := date.Parse(s, n.births)
			return readBirth{d, []casefold.Date{d}, v, s}
		}),
		sex:     newMemo(sexOf),
		race:    newMemo(raceOf),
		attr:    newMemo(attributeOf),
		phone:   nearMemo(func(s string) string { p, _ := ident.Phone(s); return p }),
		email:   nearMemo(func(s string) string { e, _ := ident.Email(s); return e }),
		address: nearMemo(addressesOf),

		verbatim:    newMemo(func(s string) string { return s }),
		kind:        newMemo(outcome.EventKind),
		agency:      newMemo(n.readAgency),
		court:       newMemo(readCourt),
		numbers:     nearMemo(n.readNumbers),
		bookings:    nearMemo(caseno.Booking),
		offense:     newMemo(n.readOffense),
		disposition: newMemo(readDispositionOf),
		level:       newMemo(outcome.Level),
		plea:        newMemo(outcome.Plea),
		sentence:    newMemo(readSentence),
		relief:      newMemo(func(s string) readRelief { return readRelief{outcome.Relief(s, casefold.Date{}), outcome.Related(s)} }),
		listing:     newMemo(outcome.Listing),
		comment:     newMemo(func(s string) readComment { return readComment{s, outcome.Comment(s)} }),
	}
}

type readDisposition struct {
	casefold.Disposition
	relief  []casefold.Relief
	related []casefold.CaseNumber
}

type readRelief struct {
	events  []casefold.Relief
	related []casefold.CaseNumber
}

type readComment struct {
	verbatim string
	outcome.CommentFacts
}

func readDispositionOf(key string) readDisposition {
	words, key := cutPart(key)
	code, _ := cutPart(key)
	d, relief := outcome.Disposition(words, code)
	return readDisposition{d, relief, outcome.Related(words)}
}

func (n *Normalizer) readAgency(key string) casefold.Agency {
	agency, key := cutPart(key)
	ori, key := cutPart(key)
	county, _ := cutPart(key)
	return place.Agency(agency, ori, county)
}

func readCourt(key string) casefold.Agency {
	court, key := cutPart(key)
	county, _ := cutPart(key)
	return place.Court(court, county)
}

func (n *Normalizer) readNumbers(key string) []casefold.CaseNumber {
	raw, key := cutPart(key)
	defendant, key := cutPart(key)
	kind, key := cutPart(key)
	county, key := cutPart(key)
	state, key := cutPart(key)
	court, _ := cutPart(key)
	return n.numberScheme.Parse(raw, casefold.Agency{Kind: casefold.AgencyKind(kind), County: county, State: state, Name: court}, defendant)
}

// A readCharge is an offense, and whether its code and its text name different
// sections.
type readCharge struct {
	*casefold.Offense
	contradicts bool
}

func (n *Normalizer) readOffense(key string) readCharge {
	var in statute.Input
	for _, p := range [...]*string{&in.Text, &in.CJIS, &in.Level, &in.Qualifiers, &in.Code, &in.Literal, &in.Comment} {
		*p, key = cutPart(key)
	}
	o := n.statutes.Offense(in)
	return readCharge{o, statute.Contradicts(o)}
}

func addressesOf(key string) []casefold.Address {
	var in place.AddressInput
	for _, p := range [...]*string{&in.Number, &in.Street, &in.Unit, &in.City, &in.State, &in.Postal} {
		*p, key = cutPart(key)
	}
	var out []casefold.Address
	for first := true; first || key != ""; first = false {
		if key != "" {
			in.Whole, key = cutPart(key)
		}
		a, _ := place.Address(in)
		if a != (casefold.Address{}) && (len(out) == 0 || out[len(out)-1] != a) {
			out = append(out, a)
		}
		in.Number, in.Street, in.Unit = "", "", "" // further columns are further addresses of the same city
	}
	return out
}

// aliases reads a column of one alias or several, divided by ; or |.
func aliases(s, order string) []casefold.Name {
	list, _ := name.Parse(s, order)
	for i := range list {
		if list[i].Kind == casefold.PrimaryName {
			list[i].Kind = casefold.AliasName
		}
	}
	return list
}

func maidenNames(s string) []casefold.Name {
	list, _ := name.ParseParts(s, "", "", "")
	for i := range list {
		list[i].Kind = casefold.MaidenName
	}
	return list
}

// sexOf reads a mark of sex: letters, words, and the digits of ISO/IEC 5218.
func sexOf(s string) casefold.Sex {
	switch text.Upper(s) {
	case "M", "MALE", "MAN", "BOY", "1", "MASC", "MASCULINO", "HOMBRE":
		return "M"
	case "F", "FEMALE", "WOMAN", "GIRL", "2", "FEM", "FEMENINO", "MUJER":
		return "F"
	case "X", "NB", "NONBINARY", "NON-BINARY", "NON BINARY":
		return "X"
	}
	return ""
}

// raceOf unites the state DOJ's race codes with their words, as far as the code
// is one; others stay as told.
func raceOf(s string) string {
	u := text.Upper(s)
	switch u {
	case "W":
		return "WHITE"
	case "B", "AFRICAN AMERICAN", "BLACK OR AFRICAN AMERICAN":
		return "BLACK"
	case "H", "LATINO", "HISPANIC OR LATINO", "HISPANIC/LATINO", "MEXICAN":
		return "HISPANIC"
	case "A", "OTHER ASIAN":
		return "ASIAN"
	case "I", "AMERICAN INDIAN OR ALASKA NATIVE", "NATIVE AMERICAN":
		return "AMERICAN INDIAN"
	case "P":
		return "PACIFIC ISLANDER"
	case "O":
		return "OTHER"
	case "U":
		return ""
	}
	return u
}

func attributeOf(s string) string {
	if u := text.Upper(s); !text.IsFiller(u) {
		return u
	}
	return ""
}
