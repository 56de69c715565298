package matcher

// A Kind is a sort of comparison. What its levels mean stands in kinds.
type Kind string

// Kinds of comparison.
const (
	Given     Kind = "given name"
	Surname   Kind = "surname"
	Middle    Kind = "middle name"
	Suffix    Kind = "suffix"
	Order     Kind = "name order"
	Birth     Kind = "birth date"
	Sex       Kind = "sex"
	Address   Kind = "address"
	Unit      Kind = "unit"
	Area      Kind = "area"
	Phone     Kind = "phone"
	Email     Kind = "email"
	Number    Kind = "number"
	CaseNo    Kind = "case"
	Booking   Kind = "booking"
	ArrestNo  Kind = "arrest report"
	ArrestDay Kind = "arrest day"
	CourtDay  Kind = "court day"
	Attribute Kind = "attribute"
)

// A levelSpec is one outcome of a comparison: prior is the share expected among
// pairs of one person before any data are seen; equal marks the levels that
// stand for equal values of falling frequency, which share one prior.
type levelSpec struct {
	name  string
	prior float64
	equal bool
}

// most is the largest share that a disagreement may have among pairs of one
// person, whatever a file seems to say.
var most = map[Kind][maxLevel + 1]float64{
	Given:   {different: .15, alike: .15},
	Surname: {different: .20, alike: .15},
	Birth:   {otherGeneration: .06, otherDate: .25, sameYear: .25},
	Number:  {different: .25, printsDiffer: .05},
	Sex:     {different: .06},
	CaseNo:  {2: .005},
}

// firstEqual is the first of the levels for equal values where a kind has
// eight of them; frequencies are halved twice from each to the next.
const firstEqual = 8

// equals fills a table with the eight levels of equal values.
func equals(prior float64, names map[int]levelSpec) [maxLevel + 1]levelSpec {
	var out [maxLevel + 1]levelSpec
	for at, l := range names {
		out[at] = l
	}
	for i, odds := range [...]string{"8", "32", "130", "500", "2,000", "8,000", "33,000", "more"} {
		out[firstEqual+i] = levelSpec{"equal, 1 in " + odds, prior, true}
	}
	out[firstEqual].name = "equal, very common"
	out[maxLevel].name = "equal, rare"
	return out
}

// Levels of names.
const (
	different = 1
	alike     = 2 // Jaro-Winkler of .80 or more, two edits, the same letters or the same sound
	initial   = 3
	nickname  = 4
	onePart   = 4 // surnames: one word in common
	near      = 5 // one edit, or the beginning of the other
	closer    = 6 // two edits in a long name, Jaro-Winkler of .92
	crossed   = 7 // given names: equals the other's middle name
)

// copied is an equal number that at least one side copied from another system:
// somebody searched by name and birth date and took the number of whom he found,
// so it is no evidence apart from these. Nor is a number read from a document
// where the names agree and birth dates are told: the document told all together,
// whoever showed it, and with another birth date it was looked up by name.
const copied = 4

// printsDiffer is two numbers of one issuer of which both came from prints of
// the event at hand, though not in the issuer's own file.
const printsDiffer = 5

// otherDefendant is a shared case in which two mentions are two defendants.
const otherDefendant = 2

// Levels of birth dates.
const (
	otherGeneration = 1
	otherDate       = 2
	sameYear        = 3
	twoOfThree      = 4
	twoDigits       = 5
	oneDigit        = 6
	dayMonth        = 7
	compatible      = 8
	sameDay         = 9 // and on to 15, by frequency
)

// kinds holds the levels of every kind. Priors are rounded from the published
// parameters of the HMPPS person-match model (model_2026_02_23) and from
// Splink's notebooks, for records that a person's name, birth date and place
// were keyed into by hand.
var kinds = map[Kind][maxLevel + 1]levelSpec{
	Given: equals(.78, map[int]levelSpec{
		different: {"different", .035, false}, alike: {"alike", .02, false}, initial: {"initial", .03, false}, nickname: {"nickname", .04, false},
		near: {"one edit or cut off", .06, false}, closer: {"two edits", .025, false}, crossed: {"the other's middle name", .01, false}}),
	Surname: equals(.82, map[int]levelSpec{
		different: {"different", .055, false}, alike: {"alike", .02, false}, onePart: {"one of two", .02, false},
		near: {"one edit or cut off", .06, false}, closer: {"two edits", .025, false}}),
	Middle: equals(.65, map[int]levelSpec{
		different: {"different", .06, false}, alike: {"alike", .01, false}, initial: {"initial", .23, false}, onePart: {"one of two", .02, false},
		near: {"one edit or cut off", .04, false}, closer: {"two edits", .01, false}}),
	Suffix: {1: {"conflict", .02, false}, 2: {"equal", .98, false}},
	Order:  {1: {"straight", .98, false}, 2: {"swapped", .02, false}},
	Birth: {otherGeneration: {"14 years or more apart", .004, false}, otherDate: {"different", .016, false}, sameYear: {"same year or month, or years alike", .015, false},
		twoOfThree: {"two of three parts", .03, false}, twoDigits: {"two digits", .015, false}, oneDigit: {"one digit or swap", .05, false},
		dayMonth: {"day and month swapped", .01, false}, compatible: {"compatible", .03, false},
		9: {"equal, one of 100", .83, true}, 10: {"equal, one of 400", .83, true}, 11: {"equal, one of 1,600", .83, true}, 12: {"equal, one of 6,500", .83, true},
		13: {"equal, one of 26,000", .83, true}, 14: {"equal, one of 100,000", .83, true}, 15: {"equal, rare", .83, true}},
	Sex: {1: {"different", .01, false}, 2: {"equal, M", .99, true}, 3: {"equal, F", .99, true}},
	Address: equals(.45, map[int]levelSpec{
		1: {"different", .41, false}, 2: {"same number", .01, false}, 3: {"street alike", .02, false}, 4: {"same street", .04, false},
		6: {"number near", .03, false}, 7: {"street near", .05, false}}),
	Unit: equals(.60, map[int]levelSpec{
		1: {"different", .32, false}, 2: {"alike", .03, false}, 3: {"one edit", .05, false}}),
	Area: {1: {"different", .20, false}, 2: {"city alike", .03, false}, 3: {"postal begins alike", .05, false}, 4: {"postal near", .04, false},
		5: {"same city, 1 in 8", .2, true}, 6: {"same city, 1 in 60", .2, true}, 7: {"same city, 1 in 500", .2, true}, 8: {"same city, rare", .2, true},
		9: {"same postal, 1 in 8", .5, true}, 10: {"same postal, 1 in 32", .5, true}, 11: {"same postal, 1 in 130", .5, true}, 12: {"same postal, 1 in 500", .5, true},
		13: {"same postal, 1 in 2,000", .5, true}, 14: {"same postal, 1 in 8,000", .5, true}, 15: {"same postal, rare", .5, true}},
	Phone: equals(.60, map[int]levelSpec{
		1: {"different", .33, false}, 2: {"two digits", .02, false}, 3: {"one digit or swap", .05, false}}),
	Email: equals(.70, map[int]levelSpec{
		1: {"different", .18, false}, 2: {"alike", .04, false}, 3: {"same name, other host", .03, false}, 4: {"one edit", .05, false}}),
	Number: equals(.88, map[int]levelSpec{
		1: {"different", .06, false}, 2: {"two digits", .02, false}, 3: {"one digit or swap", .04, false}, copied: {"equal, copied", .15, false}, printsDiffer: {"different, both by prints", .01, false}}),
	CaseNo:    {1: {"none in common", .90, false}, 2: {"same case, other defendant", .002, false}, 3: {"same case", .05, false}, 4: {"same case and defendant", .048, false}},
	ArrestNo:  {1: {"none in common", .85, false}, 2: {"same report", .15, false}},
	Booking:   {1: {"none in common", .90, false}, 2: {"same booking", .10, false}},
	ArrestDay: {1: {"none in common", .85, false}, 2: {"one in common", .12, false}, 3: {"two or more", .03, false}},
	CourtDay:  {1: {"none in common", .85, false}, 2: {"one in common", .12, false}, 3: {"two or more", .03, false}},
	Attribute: equals(.70, map[int]levelSpec{
		1: {"different", .21, false}, 2: {"alike", .04, false}, 3: {"one edit", .05, false}}),
}

// A Comparison is one aspect in which pairs are compared: a kind, and which
// number or attribute where there are several.
type Comparison struct {
	Kind Kind   `json:"kind"`
	Arg  string `json:"of,omitempty"`
}

// String names the comparison: "surname", "number ssn".
func (c Comparison) String() string {
	if c.Arg == "" {
		return string(c.Kind)
	}
	if c.Kind == Attribute {
		return c.Arg
	}
	return string(c.Kind) + " " + c.Arg
}

// LevelName says in words what a level of the comparison means.
func (c Comparison) LevelName(level uint8) string {
	if level == 0 {
		return "missing"
	}
	return kinds[c.Kind][level].name
}
