package place

import "strings"

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
	for len(rest) > 0 && (isUnitWord(rest[0][0]) || houseNumber(rest[0][0])) {
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
	for n := min(4, len(ws)); n > 0; n-- {
		if isCityOfZIP(cityOf(strings.Join(ws[len(ws)-n:], " ")), zip) {
			return ws[:len(ws)-n], ws[len(ws)-n:]
		}
	}
	if len(ws) > 0 && !houseNumber(ws[0]) && ws[0] != "PO" && (w.postal != "" || w.state != "") && !hasSuffix(ws) {
		return nil, ws // SACRAMENTO CA 95814
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

func hasSuffix(ws []string) bool {
	for _, w := range ws[min(1, len(ws)):] {
		if streetSuffixes()[w] != "" {
			return true
		}
	}
	return false
}

// suffixEnd is where a street line ends: behind its first strong suffix, with
// the direction and units that follow; 0 if it has none.
func suffixEnd(ws []string) int {
	suffixes := streetSuffixes()
	for i := 1; i < len(ws); i++ {
		if !strongSuffix(suffixes[ws[i]]) || i == 1 && houseNumber(ws[0]) {
			continue
		}
		if i+1 < len(ws) && strongSuffix(suffixes[ws[i+1]]) {
			continue // COURT ST
		}
		end := i + 1
		if end < len(ws) && len(ws[end]) <= 2 && direction(ws[end]) != "" {
			end++
		}
		for end+1 < len(ws) && isUnitWord(ws[end]) {
			end += 2
		}
		return end
	}
	return 0
}
