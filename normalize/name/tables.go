package name

import (
	_ "embed"
	"math"
	"strconv"
	"strings"
	"sync"
)

//go:embed surnames.txt
var surnameTable string

//go:embed given.txt
var givenTable string

// A frequency is what the tables know of one name: four times the log2 of its
// bearers in a million people, and its marks.
type frequency struct {
	quarterBits int8
	spanish     bool  // on the Census Bureau's list of Spanish surnames
	group       byte  // see Group; 0 none
	female      uint8 // percent of bearers who are women, given names only
}

// unknownBits is taken for a name that no table knows: rarer than all in them.
const unknownBits = -2

var surnames = sync.OnceValue(func() map[string]frequency { return readFrequencies(surnameTable) })
var givens = sync.OnceValue(func() map[string]frequency { return readFrequencies(givenTable) })

// readFrequencies reads lines of `quarter-bits NAME NAME ...`; lower-case
// letters and digits behind a name are its marks.
func readFrequencies(table string) map[string]frequency {
	m := make(map[string]frequency, strings.Count(table, " "))
	for line := range strings.Lines(table) {
		if line[0] == '#' || line[0] == '\n' {
			continue
		}
		head, rest, _ := strings.Cut(line, " ")
		q, _ := strconv.Atoi(head)
		for w := range strings.FieldsSeq(rest) {
			f := frequency{quarterBits: int8(q)}
			end := len(w)
			for end > 0 && !isLetter(w[end-1]) {
				end--
			}
			for _, c := range []byte(w[end:]) {
				switch {
				case c == '*':
					f.spanish = true
				case isDigit(c):
					f.female = f.female*10 + c - '0'
				default:
					f.group = c
				}
			}
			m[w[:end]] = f
		}
	}
	return m
}

func (f frequency) perMillion() float64 { return math.Exp2(float64(f.quarterBits) / 4) }

// SurnameFrequency is how many of a million people in the United States bore a
// surname in 2010, to a quarter of a bit; a compound surname is looked up
// without its blanks. ok is false for a name that is not among the 20,000 most
// frequent: it is rarer than about 5 in a million.
func SurnameFrequency(surname string) (perMillion float64, ok bool) {
	return lookup(surnames(), surname)
}

// GivenFrequency is how many of a million people born in the United States
// from 1930 to 2012 were given a name, to a quarter of a bit. ok is false for a name
// that is not among the 12,000 most frequent: it is rarer than about 3 in a
// million.
func GivenFrequency(given string) (perMillion float64, ok bool) {
	return lookup(givens(), given)
}

func lookup(m map[string]frequency, name string) (float64, bool) {
	f, ok := m[name]
	if !ok && strings.IndexByte(name, ' ') >= 0 {
		f, ok = m[strings.ReplaceAll(name, " ", "")]
	}
	if !ok {
		return 0, false
	}
	return f.perMillion(), true
}

// Sex is the share of women, in [0, 1] to a hundredth, among those given a
// name; ok is false for a name the table does not know.
func Sex(given string) (female float64, ok bool) {
	f, ok := givens()[given]
	return float64(f.female) / 100, ok
}

// Group is the group that most bearers of a surname chose in the 2010 census:
// "asian", "black", "hispanic", "white", "mixed" where none has half, "" for a
// surname the table does not know. It serves to report errors by subgroup and
// must never reach a comparison.
func Group(surname string) string {
	f, ok := surnames()[surname]
	if !ok && strings.IndexByte(surname, ' ') >= 0 {
		f, ok = surnames()[strings.ReplaceAll(surname, " ", "")]
		if first, _, _ := strings.Cut(surname, " "); !ok {
			f, ok = surnames()[first]
		}
	}
	switch {
	case !ok:
		return ""
	case f.group == 'a':
		return "asian"
	case f.group == 'b':
		return "black"
	case f.group == 'h':
		return "hispanic"
	case f.group == 'w':
		return "white"
	}
	return "mixed"
}

func knownSurname(w string) bool { _, ok := surnames()[w]; return ok }
func knownGiven(w string) bool   { _, ok := givens()[w]; return ok }
func spanishSurname(w string) bool {
	return surnames()[w].spanish
}

// surnameBits and givenBits are the log2 of a name's bearers in a million.
func surnameBits(w string) float64 { return bits(surnames(), w) }
func givenBits(w string) float64   { return bits(givens(), w) }

func bits(m map[string]frequency, w string) float64 {
	if f, ok := m[w]; ok {
		return float64(f.quarterBits) / 4
	}
	return unknownBits
}

// mostlyGiven reports a word that is more usual as a given name.
func mostlyGiven(w string) bool { return givenBits(w) > surnameBits(w) }
