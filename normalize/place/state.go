package place

import (
	"strings"

	"github.com/casefold/casefold/normalize/text"
)

// stateNames maps names of US states and territories to their USPS
// abbreviations (Publication 28, appendix B), joined words without blanks.
var stateNames = map[string]string{
	"ALABAMA": "AL", "ALASKA": "AK", "ARIZONA": "AZ", "ARKANSAS": "AR", "CALIFORNIA": "CA", "COLORADO": "CO", "CONNECTICUT": "CT", "DELAWARE": "DE",
	"DISTRICTOFCOLUMBIA": "DC", "FLORIDA": "FL", "GEORGIA": "GA", "HAWAII": "HI", "IDAHO": "ID", "ILLINOIS": "IL", "INDIANA": "IN", "IOWA": "IA",
	"KANSAS": "KS", "KENTUCKY": "KY", "LOUISIANA": "LA", "MAINE": "ME", "MARYLAND": "MD", "MASSACHUSETTS": "MA", "MICHIGAN": "MI", "MINNESOTA": "MN",
	"MISSISSIPPI": "MS", "MISSOURI": "MO", "MONTANA": "MT", "NEBRASKA": "NE", "NEVADA": "NV", "NEWHAMPSHIRE": "NH", "NEWJERSEY": "NJ", "NEWMEXICO": "NM",
	"NEWYORK": "NY", "NORTHCAROLINA": "NC", "NORTHDAKOTA": "ND", "OHIO": "OH", "OKLAHOMA": "OK", "OREGON": "OR", "PENNSYLVANIA": "PA", "RHODEISLAND": "RI",
	"SOUTHCAROLINA": "SC", "SOUTHDAKOTA": "SD", "TENNESSEE": "TN", "TEXAS": "TX", "UTAH": "UT", "VERMONT": "VT", "VIRGINIA": "VA", "WASHINGTON": "WA",
	"WESTVIRGINIA": "WV", "WISCONSIN": "WI", "WYOMING": "WY", "PUERTORICO": "PR", "GUAM": "GU", "VIRGINISLANDS": "VI", "AMERICANSAMOA": "AS", "CALIF": "CA", "CAL": "CA", "CALIFORNI": "CA", "CALI": "CA", "ARIZ": "AZ", "NEV": "NV", "ORE": "OR", "WASH": "WA", "TEX": "TX",
}

var stateCodes = func() map[string]bool {
	m := map[string]bool{"MP": true}
	for _, code := range stateNames {
		m[code] = true
	}
	return m
}()

// State is the two-letter code of a US state for its code or name; another
// country's state or province is folded and kept ("NSW").
func State(value string) string {
	if text.IsFiller(value) {
		return ""
	}
	var buf [4]string
	ws := tokens(text.Upper(value), buf[:0])
	joined := strings.Join(ws, "")
	if code, ok := stateNames[joined]; ok {
		return code
	}
	if stateCodes[joined] {
		return joined
	}
	return strings.Join(ws, " ")
}

// Postal folds a postal code: the five digits of a US ZIP code (what stands
// behind the hyphen changes within a street), or the letters and digits of
// another country's. 00000 and 99999 say nothing.
func Postal(value string) string {
	if text.IsFiller(value) {
		return ""
	}
	s := text.Upper(value)
	out := make([]byte, 0, len(s))
	digits := true
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case '0' <= c && c <= '9':
			out = append(out, c)
		case 'A' <= c && c <= 'Z':
			out, digits = append(out, c), false
		case c == '.' && digits && len(out) >= 3 && strings.Trim(s[i+1:], "0") == "": // 95814.0, from a spreadsheet
			i = len(s)
		}
	}
	if digits {
		switch {
		case len(out) == 9:
			out = out[:5]
		case len(out) == 8: // a ZIP+4 that lost its leading zero
			out = append([]byte{'0'}, out[:4]...)
		case len(out) == 4 && strings.HasPrefix(s, "0"): // kept: four-digit codes of other countries
		}
	}
	if z := string(out); z != "" && !(len(z) > 3 && text.SameDigit(z) && (z[0] == '0' || z[0] == '9')) && !text.IsFiller(z) {
		return z
	}
	return ""
}
