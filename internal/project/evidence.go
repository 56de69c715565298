package project

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/normalize/date"
	"github.com/casefold/casefold/normalize/ident"
	"github.com/casefold/casefold/normalize/name"
	"github.com/casefold/casefold/normalize/outcome"
	"github.com/casefold/casefold/normalize/place"
	"github.com/casefold/casefold/normalize/statute"
)

// An evidence holds, for a column's values, the share that can be read as each
// of the things below. Values weigh as often as they stand in the sample.
type evidence struct {
	n        int // distinct values looked at
	share    [lookCount]float64
	years    [2]int
	order    string       // of its dates, "" none
	latest   casefold.Day // last day that more than a stray row tells
	median   int          // year in the middle
	counties map[string]int
}

type lookKind int

const (
	aDate      lookKind = iota
	aSerialDay          // a spreadsheet's number of a day
	aYear
	anInteger
	hasDigit
	onlyLetters // letters, blanks, - ' . ,
	withComma   // WORD, WORD
	severalWords
	aGiven   // its first word is a given name, and rather one than a surname
	aSurname // its first word is a surname, and rather one than a given name
	aSex
	aState
	aCounty
	aCity
	aZIP
	aPhone
	anEmail
	anSSN
	aCDL
	aCII
	aStatute
	aDisposition
	aPlea
	aLevel
	anEvent
	aSentence
	anORI
	anAddress
	aCode5
	aRace
	aListing
	aRelief
	short // three characters or fewer
	aWholeName
	lookCount
)

var lookNames = [lookCount]string{"date", "serial_day", "year", "integer", "has_digit", "letters", "last_comma_first", "several_words",
	"given_name", "surname", "sex", "state", "county", "city", "zip", "phone", "email", "ssn", "driver_license", "cii", "statute",
	"disposition", "plea", "level", "event", "sentence", "ori", "street_address", "five_digits", "race", "listing", "relief", "short", "whole_name"}

// valuesLooked bounds how many distinct values of a column are looked at.
const valuesLooked = 600

// look reads a column's values in every way.
func look(values []string, weight []int) *evidence {
	e := &evidence{counties: map[string]int{}}
	order := date.Order(values)
	var total float64
	var days []casefold.Day
	for i, v := range values {
		if i == valuesLooked {
			break
		}
		e.n++
		w := float64(weight[i])
		total += w
		day := e.lookAt(v, w, order)
		if day != 0 {
			days = append(days, day)
		}
	}
	if total == 0 {
		return e
	}
	for k := range e.share {
		e.share[k] /= total
	}
	if e.share[aDate] >= 0.5 && len(days) > 0 {
		slices.Sort(days)
		e.years = [2]int{days[0].Year(), days[len(days)-1].Year()}
		e.median = days[len(days)/2].Year()
		e.order = order
	}
	return e
}

// lastDay is the last day of a column of dates that more than a stray row in
// five hundred tells.
func lastDay(values []string, weight []int, order string) casefold.Day {
	type told struct {
		day  casefold.Day
		rows int
	}
	var all []told
	total := 0
	for i, v := range values {
		if d, verdict := date.Parse(v, date.Options{Order: order}); verdict == date.OK && d.Exact() {
			all = append(all, told{d.First, weight[i]})
			total += weight[i]
		}
	}
	slices.SortFunc(all, func(a, b told) int { return cmp.Compare(b.day, a.day) })
	seen := 0
	for _, t := range all {
		if seen += t.rows; seen > total/500 {
			return t.day
		}
	}
	return 0
}

// lookAt adds one value's weight to all that it can be, and returns its day.
func (e *evidence) lookAt(v string, w float64, order string) (day casefold.Day) {
	is := func(k lookKind, yes bool) {
		if yes {
			e.share[k] += w
		}
	}
	upper := strings.ToUpper(v)
	digits, letters, others := census(v)
	d, verdict := date.Parse(v, date.Options{Order: order})
	likeDate := verdict == date.OK && d.Known() && digits >= 4 && (others > 0 || letters > 0 || digits == 6 || digits == 8)
	if likeDate {
		day = d.First
	}
	year, err := strconv.Atoi(v)
	isYear := err == nil && len(v) == 4 && year >= 1850 && year <= 2100
	if order == date.Excel && digits == 5 && len(v) == 5 && verdict == date.OK {
		day = d.First
		is(aSerialDay, true)
	}
	is(aDate, likeDate)
	is(aYear, isYear)
	is(anInteger, digits == len(v) && digits > 0)
	is(hasDigit, digits > 0)
	is(onlyLetters, digits == 0 && letters > 0)
	is(short, len(v) <= 3)
	is(anORI, len(v) >= 7 && len(v) <= 9 && strings.HasPrefix(upper, "CA") && digits >= 5)
	is(anEmail, strings.Contains(v, "@"))
	is(aCode5, digits == 5 && len(v) == 5)
	is(anSSN, looksSSN(v, digits))
	is(aCDL, len(v) == 8 && digits == 7 && upper[0] >= 'A' && upper[0] <= 'Z')
	is(aCII, looksCII(upper, digits))
	is(aZIP, digits == 5 && len(v) == 5 || digits == 9 && len(v) == 10 && v[5] == '-')
	is(aPhone, looksPhone(v, digits, letters))
	is(anAddress, looksAddress(v, digits, letters))
	e.lookWords(v, upper, digits, letters, is)
	return day
}

// lookWords adds what a value's words can be.
func (e *evidence) lookWords(v, upper string, digits, letters int, is func(lookKind, bool)) {
	words := strings.FieldsFunc(upper, func(r rune) bool { return strings.ContainsRune(" ,/-.*", r) })
	is(severalWords, len(words) > 1)
	comma := strings.IndexAny(v, ",/")
	is(withComma, digits == 0 && comma > 1 && strings.TrimSpace(v[comma+1:]) != "" && len(words) <= 6)
	if digits == 0 && len(words) > 0 && len(words) <= 4 {
		given, _ := name.GivenFrequency(words[0])
		sur, _ := name.SurnameFrequency(words[0])
		is(aGiven, given > sur)
		is(aSurname, sur > given)
		is(aWholeName, len(words) > 1 && comma < 0 && wholeName(words[0], words[len(words)-1]))
	}
	if letters == 0 && digits > 2 || len(v) > 60 {
		return
	}
	is(aSex, sexWords[upper])
	is(aRace, raceWords[upper])
	is(aState, len(v) >= 2 && len(place.State(v)) == 2 && digits == 0 && len(v) <= 20 && isState(place.State(v)))
	if county, ok := place.County(v); ok && digits == 0 && len(v) > 3 {
		is(aCounty, true)
		e.counties[county]++
	}
	if digits == 0 && len(v) > 3 {
		_, ok := place.CountyOfCity(v)
		is(aCity, ok)
	}
	if digits > 0 && letters > 0 || strings.Contains(v, "(") || digits >= 3 && digits <= 7 && strings.Contains(v, ".") {
		o, _ := statute.Parse(v)
		is(aStatute, o.Parsed && o.Code != "" && others(v) < len(v)/2)
	}
	disposition, relief := outcome.Disposition(v, "")
	is(aDisposition, len(v) > 2 && (disposition.Status != casefold.NoDisposition && disposition.Status != casefold.Unrecognized || len(relief) > 0))
	is(aListing, outcome.Listing(v) != casefold.ListingNotTold)
	is(aRelief, len(relief) > 0 || len(outcome.Relief(v, casefold.Date{})) > 0)
	is(aPlea, outcome.Plea(v) != "" && (len(v) > 2 || v == "G" || v == "NG" || v == "NC"))
	is(aLevel, outcome.Level(v) != casefold.LevelUnknown && len(words) == 1)
	kind := outcome.EventKind(v)
	is(anEvent, kind != "" && kind != casefold.OtherEvent)
	is(aSentence, len(outcome.Sentence(v)) > 0 && len(v) > 2 && digits > 0)
}

// wholeName reports whether two words are a given name and a surname, in either
// order, as people bear them.
func wholeName(front, back string) bool {
	named := func(given, surname string) bool {
		_, ok := name.GivenFrequency(given)
		_, both := name.SurnameFrequency(surname)
		return ok && both && len(given) > 1 && len(surname) > 1
	}
	return named(front, back) || named(back, front)
}

// shares are what holds for at least one value in twenty, most first.
func (e *evidence) shares() []Share {
	var out []Share
	for k, s := range e.share {
		if s >= 0.05 {
			out = append(out, Share{lookNames[k], round3(s)})
		}
	}
	slices.SortStableFunc(out, func(a, b Share) int { return cmp.Compare(b.Share, a.Share) })
	return out
}

// census counts a value's digits, letters and other signs (blanks are none).
func census(v string) (digits, letters, signs int) {
	for i := 0; i < len(v); i++ {
		switch c := v[i]; {
		case c >= '0' && c <= '9':
			digits++
		case c|0x20 >= 'a' && c|0x20 <= 'z', c >= 0x80:
			letters++
		case c != ' ':
			signs++
		}
	}
	return digits, letters, signs
}

func others(v string) int {
	_, _, signs := census(v)
	return signs
}

func looksSSN(v string, digits int) bool {
	if digits != 9 {
		return false
	}
	return len(v) == 9 || len(v) == 11 && v[3] == v[6] && (v[3] == '-' || v[3] == ' ')
}

func looksCII(upper string, digits int) bool {
	_, _, verdict := ident.Normalize(casefold.CII, upper)
	return verdict == "" && len(upper) >= 8 && len(upper) <= 11 && (upper[0] == 'A' || upper[0] == 'H' || upper[0] == 'M') && digits >= 7
}

// looksPhone wants the groups of a number as people write it here: 3-3-4 or
// 3-4 digits, a 1 before them or not.
func looksPhone(v string, digits, letters int) bool {
	if letters > 0 || strings.Contains(v, "/") {
		return false
	}
	if len(v) == digits {
		return digits == 10
	}
	var groups []string
	for _, g := range strings.FieldsFunc(v, func(r rune) bool { return r < '0' || r > '9' }) {
		groups = append(groups, strconv.Itoa(len(g)))
	}
	switch strings.Join(groups, "-") {
	case "3-3-4", "1-3-3-4", "3-4", "3-7", "1-10", "6-4":
		return true
	}
	return false
}

func looksAddress(v string, digits, letters int) bool {
	first, rest, _ := strings.Cut(v, " ")
	return digits > 0 && letters >= 3 && len(first) <= 7 && first[0] >= '0' && first[0] <= '9' && len(strings.TrimSpace(rest)) >= 4
}

// isState tells the states, where any two letters would do.
func isState(code string) bool {
	const codes = " AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY PR GU VI "
	return strings.Contains(codes, " "+code+" ")
}

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[strings.ReplaceAll(w, "_", " ")] = true
	}
	return set
}

var (
	sexWords  = wordSet("M F X U N MALE FEMALE MAN WOMAN NONBINARY NON-BINARY")
	raceWords = wordSet(`W B H A I O U X F J K C D G L P S V Z T WHITE BLACK HISPANIC ASIAN INDIAN OTHER UNKNOWN LATINO FILIPINO
		CHINESE JAPANESE KOREAN VIETNAMESE SAMOAN HAWAIIAN GUAMANIAN LAOTIAN CAMBODIAN ASIAN_INDIAN AMERICAN_INDIAN
		PACIFIC_ISLANDER AIAN NHOPI MULTIRACIAL`)
)

// shapesOf are the commonest shapes of values with their shares.
func shapesOf(values []string, weight []int) []Share {
	count, total := map[string]int{}, 0
	for i, v := range values {
		count[shape(v)] += weight[i]
		total += weight[i]
	}
	var out []Share
	for s, n := range count {
		if s != "" {
			out = append(out, Share{s, round3(float64(n) / float64(total))})
		}
	}
	slices.SortFunc(out, func(a, b Share) int { return cmp.Or(cmp.Compare(b.Share, a.Share), cmp.Compare(a.What, b.What)) })
	return out[:min(len(out), 4)]
}

// shape writes 9 for a digit and A for a letter; a run of more than three of
// one kind is written once with a +. Text of many words has no shape.
func shape(v string) string {
	var b strings.Builder
	last, run, words := byte(0), 0, 0
	flush := func() {
		if last == 0 {
			return
		}
		if run > 3 && (last == 'A') {
			b.WriteString("A+")
			return
		}
		for range min(run, 12) {
			b.WriteByte(last)
		}
	}
	for i := 0; i < len(v); i++ {
		c := v[i]
		k := c
		switch {
		case c >= '0' && c <= '9':
			k = '9'
		case c|0x20 >= 'a' && c|0x20 <= 'z', c >= 0x80:
			k = 'A'
		case c == ' ':
			words++
		}
		if k == last {
			run++
			continue
		}
		flush()
		last, run = k, 1
	}
	flush()
	if words > 3 || b.Len() > 24 {
		return ""
	}
	return b.String()
}
