package ident

import (
	"cmp"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/normalize/text"
)

// A Verdict says how a value was read. The non-empty ones but Missing and
// Partial are finding codes.
type Verdict string

const (
	OK      Verdict = ""
	Missing Verdict = "missing"           // blank, filler
	Invalid Verdict = "invalid_number"    // a number that was never issued to anybody
	Odd     Verdict = "malformed_number"  // kept as told; not the usual shape of its kind
	Partial Verdict = "partial_number"    // only the last four digits of an SSN
	NoEmail Verdict = "malformed_address" // no e-mail address
)

// maxNumber is the longest number that is kept, in characters; longer values
// are text that strayed into the column.
const maxNumber = 40

// SSNLast4 is the kind under which the last four digits of a social security
// number are kept: an attribute-like number that never compares with a whole
// one.
const SSNLast4 casefold.IdentifierKind = "ssn_last4"

// Normalize brings a number of the given kind to comparable form. The kind
// returned is the one asked for, but for SSNLast4.
func Normalize(kind casefold.IdentifierKind, value string) (string, casefold.IdentifierKind, Verdict) {
	return NormalizeTraced(kind, value, nil)
}

// NormalizeTraced is Normalize with its steps.
func NormalizeTraced(kind casefold.IdentifierKind, value string, t *text.Trace) (string, casefold.IdentifierKind, Verdict) {
	if text.IsFiller(value) {
		t.Add("filler: missing", "")
		return "", kind, Missing
	}
	s := compact(text.Upper(value))
	t.Change("upper case, without punctuation", value, s)
	if saysNothing(s) {
		t.Add("filler or one digit repeated: missing", "")
		return "", kind, Missing
	}
	if len(s) > maxNumber {
		t.Add("longer than any number: missing", "")
		return "", kind, Invalid
	}
	var v Verdict
	switch kind {
	case casefold.CII:
		s, v = cii(s)
		t.Add("CII: the last eight digits count", s)
	case casefold.FBI:
		s, v = fbi(s)
		t.Add("FBI number", s)
	case casefold.SSN:
		s, kind, v = ssn(s)
		t.Add("social security number", s)
	case casefold.License, casefold.IDCard:
		s, v = license(s)
		t.Add("driver licence or identification card", s)
	default:
		if advertised(s) {
			s, v = "", Invalid
		}
		t.Add("number as told", s)
	}
	switch {
	case s == "":
		return "", kind, cmp.Or(v, Missing)
	case saysNothing(s):
		return "", kind, Missing
	}
	return s, kind, v
}

// saysNothing reports a number that is blank, a filler word, a single
// character, or one digit repeated.
func saysNothing(s string) bool {
	return len(s) < 2 || text.IsFiller(s) || isDigit(s[0]) && text.SameDigit(s)
}

// compact keeps letters and digits.
func compact(s string) string {
	clean := true
	for i := 0; i < len(s) && clean; i++ {
		clean = isAlnum(s[i])
	}
	if clean {
		return s
	}
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if isAlnum(s[i]) {
			out = append(out, s[i])
		}
	}
	return string(out)
}

func isAlnum(c byte) bool { return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' }
func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// digitsAfter splits a prefix of letters from a number that is otherwise
// digits; ok is false for any other mix.
func digitsAfter(s string) (letters, digits string, ok bool) {
	i := 0
	for i < len(s) && !isDigit(s[i]) {
		i++
	}
	for j := i; j < len(s); j++ {
		if !isDigit(s[j]) {
			return "", "", false
		}
	}
	return s[:i], s[i:], i < len(s)
}

// cii reads a California state identification number. Only its last eight
// digits tell subjects apart: the letter before them (A, H, M ...) says how the
// record is held, and widths from eight to ten digits are met for one number
// (A12345678, 0012345678, 12345678). A checked width of fewer than eight digits
// is a number that lost its zeros.
func cii(s string) (string, Verdict) {
	letters, digits, ok := digitsAfter(s)
	if !ok || len(letters) > 3 {
		return s, Odd
	}
	if text.SameDigit(digits) {
		return "", Missing
	}
	v := OK
	switch {
	case len(digits) > 8:
		if len(digits) > 10 {
			v = Odd
		}
		digits = digits[len(digits)-8:]
		if text.SameDigit(digits) {
			return "", Missing
		}
	case len(digits) < 8:
		if len(digits) < 5 {
			return s, Odd
		}
		digits = "00000000"[len(digits):] + digits
	}
	return digits, v
}

// fbi reads an FBI number or universal control number: up to nine characters,
// letters and digits, leading zeros without meaning.
func fbi(s string) (string, Verdict) {
	for len(s) > 1 && s[0] == '0' {
		s = s[1:]
	}
	digits := 0
	for i := 0; i < len(s); i++ {
		if isDigit(s[i]) {
			digits++
		}
	}
	switch {
	case digits == 0:
		return "", Invalid // a word, not a number
	case len(s) > 10 || len(s) < 3:
		return s, Odd
	case advertised(s):
		return "", Invalid
	}
	return s, OK
}

// license reads a driver licence or ID card. California's are a letter and
// seven digits, sometimes with the state written behind; others are kept as
// told without the name of the state.
func license(s string) (string, Verdict) {
	if len(s) == 10 && isCA(s[:8]) && !isDigit(s[8]) && !isDigit(s[9]) {
		s = s[:8]
	}
	if len(s) == 10 && s[:2] == "CA" && isCA(s[2:]) {
		s = s[2:]
	}
	digits := text.Digits(s)
	switch {
	case digits == "":
		return "", Invalid
	case len(digits) > 3 && text.SameDigit(digits) || advertised(digits):
		return "", Invalid
	case len(s) < 4:
		return s, Odd
	}
	return s, OK
}

// isCA reports the form of a California licence: a letter and seven digits.
func isCA(s string) bool {
	letters, digits, ok := digitsAfter(s)
	return ok && len(letters) == 1 && len(digits) == 7
}

// advertised are numbers that people type to fill a field: the digits counted
// up or down.
func advertised(s string) bool {
	switch s {
	case "12345", "123456", "1234567", "12345678", "123456789", "1234567890", "0123456789", "01234567",
		"987654321", "9876543210", "87654321", "A1234567":
		return true
	}
	return false
}
