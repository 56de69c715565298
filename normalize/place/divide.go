package place

import (
	"strings"

	"github.com/casefold/casefold/normalize/text"
)

// divide tells the street from the city in what is left of an address when
// country, postal code and state are gone.
func (w *wholeAddress) divide(segs [][]string, city, zip string) (street, town []string) {
	if len(segs) == 1 {
		if city != "" {
			return dropCity(segs[0], city), nil
		}
		return w.divideOne(segs[0], zip)
	}
	at := streetSegment(segs)
	street = segs[at]
	if at > 0 && isUnitWord(segs[0][0]) { // FLAT 3, 10 HIGH STREET
		street = append(segs[0][:len(segs[0]):len(segs[0])], street...)
	}
	rest := segs[at+1:]
	for len(rest) > 0 && (isUnitWord(rest[0][0]) || houseNumber(rest[0][0]) || isFloor(rest[0])) {
		street = append(street[:len(street):len(street)], rest[0]...) // SUITE 296
		rest = rest[1:]
	}
	if len(rest) > 0 {
		return street, rest[0]
	}
	return w.divideOne(street, zip)
}

// streetSegment is the first segment with a house number in front, else the
// first.
func streetSegment(segs [][]string) int {
	for i, s := range segs {
		if len(s) > 1 && houseNumber(s[0]) || len(s) > 1 && s[0] == "PO" {
			return i
		}
	}
	return 0
}

// dropCity cuts a city that stands in a column of its own off the end.
func dropCity(ws []string, city string) []string {
	for n := 1; n < len(ws); n++ {
		if cityOf(strings.Join(ws[len(ws)-n:], " ")) == city {
			return ws[:len(ws)-n]
		}
	}
	return ws
}

// divideOne divides street and city without a comma between them: by the
// cities of the ZIP code, by what follows the street's suffix, by the list of
// California's cities.
func (w *wholeAddress) divideOne(ws []string, zip string) (street, town []string) {
	for i := 1; i < len(ws); i++ { // MAIL CODE 5021 PO BOX 660367 DALLAS
		var l streetLine
		if l.takeBox(ws[i:]) == nil && l.street != "" {
			ws = ws[i:]
			break
		}
	}
	for n := min(4, len(ws)); n > 0; n-- {
		if isCityOfZIP(cityOf(strings.Join(ws[len(ws)-n:], " ")), zip) {
			return ws[:len(ws)-n], ws[len(ws)-n:]
		}
	}
	if len(ws) > 0 && !houseNumber(ws[0]) && ws[0] != "PO" && (w.postal != "" || w.state != "") && !hasSuffix(ws) {
		return nil, ws // SACRAMENTO CA 95814
	}
	if end := boxEnd(ws); end > 0 {
		return ws[:end], ws[end:]
	}
	if end := suffixEnd(ws); end > 0 && end < len(ws) {
		return ws[:end], ws[end:]
	}
	if w.state != "" && w.state != "CA" {
		return ws, nil
	}
	for n := min(4, len(ws)-2); n > 0; n-- {
		if _, ok := cityCounty()[cityOf(strings.Join(ws[len(ws)-n:], " "))]; ok && (w.state == "CA" || w.postal != "") {
			return ws[:len(ws)-n], ws[len(ws)-n:]
		}
	}
	return ws, nil
}

// boxEnd is where a post-office box at the front ends, 0 if there is none.
func boxEnd(ws []string) int {
	for i := 1; i < len(ws) && i < 5; i++ {
		var l streetLine
		if l.takeBox(ws[:i+1]); l.street != "" {
			return i + 1
		}
	}
	return 0
}

func hasSuffix(ws []string) bool {
	for _, w := range ws[min(1, len(ws)):] {
		if strongSuffix(streetSuffixes()[w]) {
			return true
		}
	}
	return false
}

// suffixEnd is where a street line ends: behind its first strong suffix or the
// number of a highway, with the direction and units that follow; 0 if it has
// neither.
func suffixEnd(ws []string) int {
	suffixes := streetSuffixes()
	for i := 1; i < len(ws); i++ {
		short := suffixes[ws[i]]
		if numbered(ws, i) {
			return lineEnd(ws, i+2)
		}
		if !strongSuffix(short) || i == 1 && houseNumber(ws[0]) {
			continue
		}
		if i+1 < len(ws) && strongSuffix(suffixes[ws[i+1]]) && !(ws[i+1] == "ST" && i+2 < len(ws)) {
			continue // COURT ST; but PL ST LOUIS
		}
		return lineEnd(ws, i+1)
	}
	return 0
}

// numbered reports a road that is called by its number: HIGHWAY 50, ROUTE 690,
// COUNTY ROAD 12, US 101, FM 544.
func numbered(ws []string, i int) bool {
	if i+1 >= len(ws) || text.Digits(ws[i+1]) == "" || len(text.Digits(ws[i+1])) > 4 {
		return false
	}
	switch ws[i] {
	case "HIGHWAY", "HWY", "ROUTE", "RTE", "RT", "SR", "FM", "US", "INTERSTATE", "HGWY":
		return true
	case "ROAD", "RD":
		return i > 0 && (ws[i-1] == "COUNTY" || ws[i-1] == "COUNTRY" || ws[i-1] == "STATE" || ws[i-1] == "RANCH")
	}
	return false
}

// lineEnd moves an end behind a direction and units, unless the direction
// begins a city.
func lineEnd(ws []string, end int) int {
	if end < len(ws) && len(ws[end]) <= 2 && direction(ws[end]) != "" && !knownCity(ws[end:]) {
		end++
	}
	for end+1 < len(ws) && (isUnitWord(ws[end]) || isFloor(ws[end:])) {
		for end+1 < len(ws) && isUnitWord(ws[end]) {
			end++
		}
		if end < len(ws) && isFloor(ws[end:]) {
			end++
		}
		end++
	}
	return min(end, len(ws))
}

func knownCity(ws []string) bool {
	_, ok := cityCounty()[City(strings.Join(ws, " "))]
	return ok
}

// isFloor reports 3RD FLOOR, 2ND FL.
func isFloor(ws []string) bool {
	if len(ws) < 2 || len(ws[0]) < 3 || !isDigitByte(ws[0][0]) || isDigitByte(ws[0][len(ws[0])-1]) {
		return false
	}
	switch ws[1] {
	case "FLOOR", "FL", "FLR":
		return true
	}
	return false
}
