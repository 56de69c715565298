package ident

import (
	"github.com/casefold/casefold"
	"github.com/casefold/casefold/normalize/text"
)

// ssn reads a social security number. Four digits alone are the last four of
// one, however the rest is masked. Eight digits have lost a leading zero to a
// spreadsheet. Other widths are kept as told: registries of other countries
// number their own way.
func ssn(s string) (string, casefold.IdentifierKind, Verdict) {
	for len(s) > 0 && (s[0] == 'X') { // XXX-XX-1234, masked
		s = s[1:]
	}
	if s == "" {
		return "", casefold.SSN, Missing
	}
	for i := 0; i < len(s); i++ {
		if !isDigit(s[i]) {
			return s, casefold.SSN, Odd
		}
	}
	switch n := len(s); {
	case n == 4 && !text.SameDigit(s):
		return s, SSNLast4, Partial
	case n <= 4:
		return "", casefold.SSN, Missing
	case n > 9:
		if text.SameDigit(s) {
			return "", casefold.SSN, Missing
		}
		return s, casefold.SSN, Odd
	case n < 8:
		return s, casefold.SSN, Odd
	case n == 8:
		s = "0" + s
	}
	if text.SameDigit(s) || neverIssued(s) || publicSSN(s) {
		return "", casefold.SSN, Invalid
	}
	return s, casefold.SSN, OK
}

// neverIssued reports areas, groups and serials that the Social Security
// Administration does not assign (20 CFR 422.103; SSA, "Social Security Number
// Randomization", 2011): area 000, 666 and 900 to 999, group 00, serial 0000.
// Numbers from 900 on are taxpayer numbers (ITIN), which identify a person as
// well and are kept.
func neverIssued(s string) bool {
	return s[:3] == "000" || s[:3] == "666" || s[3:5] == "00" || s[5:] == "0000"
}

// publicSSN are numbers that were printed in advertisements and pamphlets and
// used by thousands (SSA history office, "The Story of the Social Security
// Card"; 078-05-1120 came with wallets, 219-09-9999 stood in a pamphlet, 987-65-4320 to
// -4329 are set aside for advertisements), and sequences typed to fill a field.
func publicSSN(s string) bool {
	switch s {
	case "078051120", "219099999", "111111112", "123456789", "012345678", "987654321", "457555462", "123121234",
		"042103580", "062360749", "095073645", "128036045", "135016629", "141186941", "165167999",
		"165187999", "165207999", "165227999", "165247999", "189092294", "212097694", "212099999",
		"306302348", "308125070", "468288779", "549241889":
		return true
	}
	return s[:8] == "98765432"
}
