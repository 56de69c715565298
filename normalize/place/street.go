package place

import (
	_ "embed"
	"strings"
	"sync"

	"github.com/casefold/casefold/normalize/text"
)

//go:embed suffixes.txt
var suffixTable string

// streetSuffixes maps every spelling of a street suffix to its abbreviation.
var streetSuffixes = sync.OnceValue(func() map[string]string {
	m := make(map[string]string, 512)
	for short, rest := range lines(suffixTable) {
		m[short] = short
		for w := range strings.FieldsSeq(rest) {
			m[w] = short
		}
	}
	return m
})

// strongSuffix reports suffixes that seldom stand inside a street's name, so
// that what follows one is no longer the street.
func strongSuffix(short string) bool {
	switch short {
	case "ST", "AVE", "RD", "DR", "LN", "BLVD", "CT", "WAY", "PL", "CIR", "TER", "PKWY", "HWY", "TRL", "LOOP", "ALY", "SQ", "EXPY", "PKY", "CRES":
		return true
	}
	return false
}

// direction is the abbreviation of a compass direction, "" for another word.
func direction(w string) string {
	switch w {
	case "N", "NORTH", "NO":
		return "N"
	case "S", "SOUTH", "SO":
		return "S"
	case "E", "EAST":
		return "E"
	case "W", "WEST":
		return "W"
	case "NE", "NORTHEAST":
		return "NE"
	case "NW", "NORTHWEST":
		return "NW"
	case "SE", "SOUTHEAST":
		return "SE"
	case "SW", "SOUTHWEST":
		return "SW"
	}
	return ""
}

// ordinals writes the words of numbered streets as numbers.
var ordinals = map[string]string{
	"FIRST": "1ST", "SECOND": "2ND", "THIRD": "3RD", "FOURTH": "4TH", "FIFTH": "5TH", "SIXTH": "6TH", "SEVENTH": "7TH", "EIGHTH": "8TH", "NINTH": "9TH", "TENTH": "10TH",
	"ELEVENTH": "11TH", "TWELFTH": "12TH", "THIRTEENTH": "13TH", "FOURTEENTH": "14TH", "FIFTEENTH": "15TH", "SIXTEENTH": "16TH", "SEVENTEENTH": "17TH", "EIGHTEENTH": "18TH", "NINETEENTH": "19TH", "TWENTIETH": "20TH",
}

// isUnitWord reports words before the number of an apartment or the like.
func isUnitWord(w string) bool {
	switch w {
	case "#", "APT", "APARTMENT", "APTS", "UNIT", "STE", "SUITE", "SPC", "SPACE", "SP", "LOT", "RM", "ROOM", "BLDG", "BUILDING", "FL", "FLOOR", "FLR", "TRLR", "TRAILER", "FLAT", "NUM", "NBR", "DEPT", "SLIP", "CONDO", "TOWER":
		return true
	}
	return false
}

// isUnitAlone reports words that are a unit without a number.
func isUnitAlone(w string) bool {
	switch w {
	case "REAR", "FRNT", "FRONT", "UPPR", "UPPER", "LOWR", "LOWER", "BSMT", "BASEMENT", "PH", "PENTHOUSE":
		return true
	}
	return false
}

// A streetLine is the part of an address from the house number to the unit.
type streetLine struct{ number, street, unit string }

// addressTokens splits folded text at blanks; periods vanish, a # stands alone,
// commas are left out. P O BOX and the like become PO BOX.
func addressTokens(s string, dst []string) []string {
	for i := 0; i < len(s); {
		for i < len(s) && (s[i] == ' ' || s[i] == ',' || s[i] == ';') {
			i++
		}
		start := i
		for i < len(s) && s[i] != ' ' && s[i] != ',' && s[i] != ';' {
			i++
		}
		if i > start {
			dst = appendAddressWord(dst, s[start:i])
		}
	}
	return dst
}

func appendAddressWord(dst []string, w string) []string {
	if w[0] == '#' {
		dst = append(dst, "#")
		w = w[1:]
	} else if i := strings.IndexByte(w, '#'); i > 0 { // APT#4
		dst = appendAddressWord(dst, w[:i])
		dst = append(dst, "#")
		w = w[i+1:]
	}
	clean := true
	for i := 0; i < len(w) && clean; i++ {
		clean = isAlnum(w[i])
	}
	if !clean {
		out := make([]byte, 0, len(w))
		for i := 0; i < len(w); i++ {
			if c := w[i]; isAlnum(c) || (c == '-' || c == '/') && i > 0 && i < len(w)-1 {
				out = append(out, c)
			}
		}
		w = strings.Trim(string(out), "-/")
		if i := strings.IndexByte(w, '-'); i > 0 && !isDigitByte(w[i-1]) { // CARMEL-BY-THE-SEA
			return append(dst, strings.FieldsFunc(w, func(r rune) bool { return r == '-' })...)
		}
	}
	if w == "" {
		return dst
	}
	return append(dst, w)
}

func isAlnum(c byte) bool     { return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' }
func isDigitByte(c byte) bool { return c >= '0' && c <= '9' }

// readStreet reads a street line. like is a text that the street's name may
// turn out to be, "" if none is known.
func readStreet(ws []string, like string) streetLine {
	var l streetLine
	ws = l.takeBox(ws)
	if l.street != "" {
		return l
	}
	ws = l.takeUnits(ws)
	if len(ws) > 1 && houseNumber(ws[0]) {
		l.number = trimZeros(ws[0])
		if unit, number, ok := strings.Cut(l.number, "/"); ok && l.unit == "" { // 5/12: flat 5 of number 12
			l.unit, l.number = unit, number
		}
		ws = ws[1:]
		if len(ws) > 1 && ws[0] == "1/2" {
			l.number, ws = l.number+" 1/2", ws[1:]
		}
	}
	l.street = streetName(ws, like)
	return l
}

// takeBox reads a post-office box: PO BOX 12, POB 12, P O BOX 12, BOX 12.
func (l *streetLine) takeBox(ws []string) []string {
	i := 0
	switch {
	case len(ws) > 2 && ws[0] == "P" && ws[1] == "O":
		i = 2
	case len(ws) > 1 && (ws[0] == "PO" || ws[0] == "POBOX" || ws[0] == "POB"):
		i = 1
	}
	if i < len(ws) && ws[i] == "BOX" {
		i++
	}
	for i > 0 && i < len(ws) && (ws[i] == "#" || ws[i] == "NO") {
		i++
	}
	if i == 0 || i >= len(ws) || text.Digits(ws[i]) == "" {
		return ws
	}
	l.street, l.number = "PO BOX", trimZeros(ws[i])
	return nil // what follows a box is its city
}

// takeUnits takes the units out of a street line: APT 4, # 12, UNIT B at the
// end or (FLAT 3, 10 HIGH ST) in front.
func (l *streetLine) takeUnits(ws []string) []string {
	if len(ws) > 3 && isUnitWord(ws[0]) && houseNumber(ws[2]) {
		l.unit = trimZeros(ws[1])
		ws = ws[2:]
	}
	for i := 1; i < len(ws); i++ {
		switch {
		case isUnitWord(ws[i]) && i+1 < len(ws) && (ws[i] == "#" || i >= 2 || !houseNumber(ws[0])):
			l.unit = unitValue(l.unit, ws[i+1:])
			return ws[:i]
		case i >= 2 && isFloor(ws[i:]):
			l.unit = unitValue(l.unit, ws[i:])
			return ws[:i]
		case ws[i] == "#" && i+1 == len(ws):
			return ws[:i]
		case isUnitAlone(ws[i]) && i+1 == len(ws) && i >= 2:
			l.unit = unitValue(l.unit, ws[i:])
			return ws[:i]
		}
	}
	return ws
}

// unitValue joins what stands behind unit words: 4, 4B (from 4 B), 3 12.
func unitValue(unit string, ws []string) string {
	for _, w := range ws {
		switch {
		case isUnitWord(w):
		case unit != "" && len(w) == 1 && !isDigitByte(w[0]) && isDigitByte(unit[len(unit)-1]):
			unit += w
		case unit == "":
			unit = trimZeros(w)
		default:
			unit += " " + trimZeros(w)
		}
	}
	return unit
}

// houseNumber reports digits, perhaps with a letter, a range or a fraction
// behind them: 12, 12B, 12-14, 5/12. 1ST is a street.
func houseNumber(w string) bool {
	if w == "" || !isDigitByte(w[0]) {
		return false
	}
	letters := 0
	for i := 0; i < len(w); i++ {
		switch {
		case isDigitByte(w[i]):
			if letters > 0 {
				return false
			}
		case w[i] == '-' || w[i] == '/':
		default:
			letters++
		}
	}
	return letters <= 1
}

func trimZeros(s string) string {
	for len(s) > 1 && s[0] == '0' && isDigitByte(s[1]) {
		s = s[1:]
	}
	return s
}

// streetName abbreviates the words of a street: a direction in front or behind,
// the suffix, numbers in words.
func streetName(ws []string, like string) string {
	var buf [12]string
	out := buf[:0]
	for _, w := range ws {
		if w != "#" {
			out = append(out, w)
		}
	}
	n := len(out)
	suffixes := streetSuffixes()
	last := n - 1
	if last >= 2 && direction(out[last]) != "" {
		out[last] = direction(out[last])
		last--
	}
	if last >= 1 {
		if short, ok := suffixes[out[last]]; ok {
			out[last] = short
		}
	}
	if n > 1 && direction(out[0]) != "" && !(n == 2 && suffixes[out[1]] != "") {
		out[0] = direction(out[0])
	}
	if n == 2 && strongSuffix(suffixes[out[0]]) && suffixes[out[1]] == "" { // AVENUE D, HIGHWAY 50
		out[0] = suffixes[out[0]]
	}
	for i, w := range out {
		if o, ok := ordinals[w]; ok && n > 1 {
			out[i] = o
		}
	}
	return joined(out, like)
}
