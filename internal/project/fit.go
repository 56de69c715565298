package project

import (
	"slices"
	"strings"

	"github.com/casefold/casefold"
)

// fit is how well a column's values go with a target, in [0, 1]: 0.6 where
// values cannot tell.
func (c *Column) fit(t string) float64 {
	s := func(k lookKind) float64 { return c.looks.share[k] }
	letters := s(onlyLetters)
	switch {
	case t == "birth_date", t == "alias_birth_date":
		return c.fitBirth()
	case isDateField(t):
		return max(s(aDate), s(aSerialDay), 0.7*s(aYear))
	}
	switch t {
	case "name", "alias", "maiden_name":
		return max(letters, s(withComma))
	case "last_name", "first_name", "middle_name":
		return letters
	case "suffix":
		return yes(c.MeanLength <= 4)
	case "age":
		return s(anInteger) * yes(c.MaxLength <= 3)
	case "sex":
		return max(s(aSex), 0.9*s(anInteger)*yes(c.MaxLength == 1 && c.Distinct <= 4)) // the digits of ISO/IEC 5218
	case "race":
		return max(s(aRace), letters*yes(c.Distinct <= 60), 0.5*yes(c.MaxLength <= 3))
	case "phone":
		return max(s(aPhone), s(hasDigit)*yes(c.MeanLength >= 6 && c.MeanLength <= 18))
	case "email":
		return s(anEmail)
	case "postal":
		return max(s(aZIP), s(hasDigit)*yes(c.MeanLength >= 3 && c.MeanLength <= 10))
	case "state":
		return max(s(aState), letters*yes(c.MeanLength <= 3.5), 0.6*letters)
	case "city", "court":
		return max(letters, 0.4)
	case "street_number":
		return s(hasDigit) * yes(c.MeanLength <= 8)
	case "street", "address":
		return max(s(anAddress), 0.8*(1-s(anInteger))*yes(c.MeanLength >= 4))
	case "county":
		return max(s(aCounty), 0.5*letters, 0.5*s(anInteger)*yes(c.MaxLength <= 3))
	case "agency_ori":
		return max(s(anORI), 0.5*yes(c.MeanLength >= 7 && c.MeanLength <= 9))
	}
	return c.fitCase(t, s)
}

// fitCase is fit for what is told of cases.
func (c *Column) fitCase(t string, s func(lookKind) float64) float64 {
	switch t {
	case "case_number", "booking_number", "arrest_number", "related_case":
		return s(hasDigit) * (1 - s(aDate)*yes(s(anInteger) < 0.5))
	case "count", "step", "cycle", "plants":
		return s(anInteger) * yes(c.MaxLength <= 6)
	case "charge", "arrest_charge", "convicted_charge", "disposed_charge":
		return max(s(aStatute), 0.7*s(hasDigit)*yes(c.MaxLength > 2), 0.4)
	case "charge_code", "arrest_charge_code", "convicted_charge_code", "disposed_charge_code":
		return max(s(aCode5), s(anInteger))
	case "charge_level", "arrest_charge_level", "convicted_charge_level", "disposed_charge_level", "convicted_level":
		return max(s(aLevel), 0.5*yes(c.Distinct <= 12 && c.MeanLength <= 12))
	case "disposition":
		return max(s(aDisposition), 0.6*yes(c.MeanLength > 1))
	case "plea":
		return max(s(aPlea), 0.6*yes(c.Distinct <= 60))
	case "jail_days", "jail_months", "prison_months", "prison_years", "probation_months", "probation_years", "sentence_length":
		return max(s(anInteger)*yes(c.MaxLength <= 5), 0.9*s(hasDigit)*yes(c.MaxLength <= 4))
	case "fine", "grams":
		return max(s(anInteger), 0.9*s(hasDigit)*yes(c.MeanLength < 8))
	case "code":
		return s(onlyLetters) * yes(c.MeanLength <= 8)
	case "sentence_unit":
		return yes(c.MeanLength <= 8)
	case "charge_text":
		return max(s(onlyLetters), 0.6)
	case "relief":
		return max(s(aRelief), 0.4)
	case "listing":
		return max(s(aListing), 0.4)
	}
	if strings.HasPrefix(t, "id:") {
		return s(hasDigit)
	}
	if t == "key:person" {
		return max(s(hasDigit), 0.4)
	}
	return 0.6
}

// fitBirth wants dates, or years, that people who meet a court are born in.
func (c *Column) fitBirth() float64 {
	dates := max(c.looks.share[aDate], c.looks.share[aSerialDay])
	switch {
	case dates >= 0.5:
		return dates
	case c.looks.share[aYear] >= 0.8:
		return 0.9
	}
	return dates
}

func yes(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func isDateField(t string) bool {
	return strings.HasSuffix(t, "_date") || t == "custody_from" || t == "custody_to"
}

// dateOf is the day of what a column is named after, where its values are dates.
var dateOf = map[string]string{"arrest_number": "arrest_date", "booking_number": "custody_from", "charge": "offense_date", "plea": "plea_date",
	"disposition": "disposition_date", "sentence": "sentence_date", "convicted_charge": "conviction_date", "relief": "relief_date", "arrest_charge": "arrest_date"}

// adjust moves a column to the neighboring target that its values speak for:
// codes from the text's place to the code's, and the reverse.
func (c *Column) adjust(t string) string {
	if c.empty() {
		return t
	}
	s := func(k lookKind) float64 { return c.looks.share[k] }
	words := s(aDisposition) >= 0.4 && c.MeanLength > 3
	if on := dateOf[t]; on != "" && (s(aDate) >= 0.85 || c.recentSerialDays()) {
		return on
	}
	switch {
	case t == "defendant" && (s(withComma) > 0.5 || s(onlyLetters) > 0.8 && s(severalWords) > 0.5):
		return "name"
	case t == "disposed_charge" && s(aStatute) < 0.3:
		return c.adjust("disposition")
	case t == "disposition" && s(aStatute) > 0.5 && s(aDisposition) < 0.3:
		return "disposed_charge"
	case t == "event_type" && s(aRelief) >= 0.5 && s(aRelief) >= s(anEvent):
		return "relief"
	case strings.HasPrefix(t, "skip it tells how the row is kept") && s(aListing) >= 0.5 && s(hasDigit) < 0.5 && c.MeanLength > 3:
		return "listing"
	case t == "disposition" && !words && (s(anInteger) > 0.7 || c.MaxLength <= 3 && s(aDisposition) < 0.3):
		return "disposition_code"
	case t == "disposition_code" && words:
		return "disposition"
	case strings.HasSuffix(t, "charge") && s(anInteger) > 0.9 && s(aCode5) > 0.8:
		return t + "_code"
	case t == "charge" && s(hasDigit) < 0.3 && s(severalWords) > 0.4:
		return "charge_text"
	case strings.HasSuffix(t, "charge_code") && s(aStatute) > 0.5 && s(aCode5) < 0.3:
		return strings.TrimSuffix(t, "_code")
	case t == "charge_text" && s(aStatute) > 0.7:
		return "charge"
	case t == "address" && s(severalWords) < 0.2 && s(anInteger) > 0.8:
		return "street_number"
	case t == "id:ssn" && s(anSSN) < 0.4 && c.MeanLength != 4:
		return "id:other"
	case t == "sentence" && s(anInteger) > 0.9:
		return "sentence_length"
	case t == "first_name" && s(withComma) > 0.8:
		return "name"
	case t == "last_name" && s(withComma) > 0.8 && s(severalWords) > 0.9:
		return "name"
	case (t == "court" || t == "case_number" || strings.HasSuffix(t, "charge")) && c.numbersCounts():
		return "count"
	case t == "court" && s(anInteger) > 0.9, t == "agency" && s(anORI) > 0.8:
		return map[string]string{"court": "skip it is a code without words", "agency": "agency_ori"}[t]
	}
	return t
}

// numbersCounts reports whether values look like the counts of cases: small
// numbers, a first one in nearly every other row.
func (c *Column) numbersCounts() bool {
	first, all := 0, 0
	for i, v := range c.values {
		all += c.weight[i]
		if strings.TrimLeft(v, "0") == "1" {
			first += c.weight[i]
		}
	}
	return c.looks.share[anInteger] > 0.99 && c.MaxLength <= 3 && c.Distinct > 1 && c.Distinct < 100 && first*5 >= all*2
}

// recentSerialDays reports whether values are a spreadsheet's days, many of them
// and mostly since 1955: sections of codes have five digits too.
func (c *Column) recentSerialDays() bool {
	recent, all := 0, 0
	for i, v := range c.values {
		all += c.weight[i]
		if n := atoi(v); n >= 20_000 && n < 60_000 {
			recent += c.weight[i]
		}
	}
	return c.looks.share[aSerialDay] >= 0.95 && c.Distinct > 100 && 10*recent >= 9*all
}

func (c *Column) empty() bool { return len(c.values) == 0 }

// byValues are the targets that values alone give away, best first.
func (c *Column) byValues() []naming {
	var out []naming
	s := func(k lookKind) float64 { return c.looks.share[k] }
	add := func(t string, share, least float64) {
		if share >= least {
			out = append(out, naming{t, share})
		}
	}
	add("sex", s(aSex)*yes(c.Distinct >= 2 && c.Distinct <= 6), 0.95)
	add("charge_level", 0.9*s(aLevel)*yes(c.Distinct >= 2 && c.Distinct <= 8), 0.8)
	add("relief", 0.9*s(aRelief)*yes(c.MeanLength > 4), 0.8)
	if c.looks.n < 3 {
		return out
	}
	span := c.Years[1] - c.Years[0]
	add("email", s(anEmail), 0.7)
	add("name", s(withComma), 0.8)
	add("name", s(aWholeName)*yes(c.Distinct > 10), 0.4)
	add("id:ssn", s(anSSN)*yes(c.Distinct > 5 && hasShape(c, "999-99-9999")), 0.8)
	add("id:license", s(aCDL)*yes(c.Distinct > 5), 0.8)
	add("id:cii", s(aCII)*yes(c.Distinct > 5 && s(aCDL) < 0.5), 0.8)
	add("phone", s(aPhone)*yes(s(anInteger) < 0.5), 0.8)
	add("agency_ori", s(anORI), 0.8)
	add("charge", s(aStatute)*yes(s(aDate) < 0.2), 0.7)
	add("disposition", s(aDisposition)*yes(c.MeanLength > 4), 0.7)
	add("birth_date", s(aDate)*yes(span >= 25 && c.looks.median <= 1995 && c.Distinct > 10), 0.85)
	add("street", s(anAddress)*yes(s(severalWords) > 0.8 && c.Distinct > 3), 0.6)
	add("postal", s(aZIP)*yes(s(anInteger) > 0.5 || hasShape(c, "99999-9999")), 0.9)
	add("state", s(aState)*yes(c.MaxLength == 2), 0.95)
	add("last_name", s(aSurname)*yes(c.Distinct > 10 && s(aWholeName) < 0.4 && s(aGiven) < s(aSurname) && c.MeanLength < 12), 0.55)
	add("first_name", s(aGiven)*yes(c.Distinct > 10 && s(aWholeName) < 0.4 && s(aSurname) < s(aGiven) && c.MeanLength < 14), 0.5)
	add("city", s(aCity), 0.6)
	add("case_number", 0.5*s(hasDigit)*yes(c.mixedNumber()), 0.45)
	slices.SortStableFunc(out, func(a, b naming) int { return -sign(a.score - b.score) })
	return out
}

// mixedNumber reports whether values look like numbers of cases: letters and
// digits of one length or nearly, mostly different, and nothing better known.
func (c *Column) mixedNumber() bool {
	s := c.looks.share
	return s[anInteger] < 0.1 && s[severalWords] < 0.5 && s[aDate] < 0.1 && s[aStatute] < 0.6 && s[aCDL] < 0.3 && s[aCII] < 0.3 &&
		s[anSSN] < 0.3 && s[anORI] < 0.3 && s[aPhone] < 0.3 && c.MinLength >= 6 && c.MaxLength <= 16 && c.Distinct > 10 && c.Once > 0.3 && !c.countsUp()
}

// countsUp reports whether values follow one another as numbers of rows do.
func (c *Column) countsUp() bool {
	up, last := 0, -1
	for _, v := range c.values {
		n := atoi(strings.TrimLeft(v, "ABCDEFGHIJKLMNOPQRSTUVWXYZ-"))
		if n == last+1 || n > last && n-last < 10 {
			up++
		}
		last = n
	}
	return 10*up >= 9*len(c.values)
}

func sign(x float64) int {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return 0
}

func hasShape(c *Column, shape string) bool {
	return slices.ContainsFunc(c.Shapes, func(s Share) bool { return s.What == shape && s.Share > 0.3 })
}

// isCountField reports whether a target may be repeated in a group of counts.
func isCountField(t string) bool {
	for _, info := range casefold.Fields {
		if string(info.Field) == t {
			return info.Group == casefold.CountFields
		}
	}
	return false
}

// isField reports whether a target is a field of the mapping.
func isField(t string) bool {
	return slices.ContainsFunc(casefold.Fields, func(i casefold.FieldInfo) bool { return string(i.Field) == t })
}
