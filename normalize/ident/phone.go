package ident

import (
	"strings"

	"github.com/casefold/casefold/normalize/text"
)

// Phone returns the digits of a telephone number: ten for one of North America
// (without the country's 1), more or fewer for others, "" for none. An
// extension is cut.
func Phone(value string) (string, Verdict) { return PhoneTraced(value, nil) }

// PhoneTraced is Phone with its steps.
func PhoneTraced(value string, t *text.Trace) (string, Verdict) {
	if text.IsFiller(value) {
		t.Add("filler: missing", "")
		return "", Missing
	}
	s := text.Upper(value)
	if i := extension(s); i > 0 {
		s = s[:i]
		t.Add("extension cut", s)
	}
	d := text.Digits(s)
	t.Change("digits", s, d)
	for {
		cut := countryCut(d)
		if cut == d {
			break
		}
		d = cut
		t.Add("dialing prefix cut", d)
	}
	switch {
	case len(d) == 0 || text.SameDigit(d):
		return "", Missing
	case len(d) > 15:
		return "", Invalid // ITU-T E.164 allows 15 digits
	case fakePhone(d):
		t.Add("placeholder number: missing", "")
		return "", Missing
	case len(d) < 7:
		return "", Invalid
	}
	return d, OK
}

// extension is where an extension begins, 0 if there is none.
func extension(s string) int {
	for _, mark := range []string{" EXT", "EXT.", " X", "#", ";"} {
		if i := strings.Index(s, mark); i > 6 {
			return i
		}
	}
	if i := strings.IndexByte(s, 'X'); i > 6 && isDigit(s[i-1]) {
		return i
	}
	return 0
}

// countryCut drops what a caller dials before the number proper: 011 (abroad
// from North America), leading zeros of a longer number, the 1 of North America.
func countryCut(d string) string {
	switch {
	case len(d) > 11 && strings.HasPrefix(d, "011"):
		return d[3:]
	case len(d) > 10 && d[0] == '0', len(d) == 11 && d[0] == '1':
		return d[1:]
	}
	return d
}

// fakePhone reports numbers that reach nobody: seven equal digits behind an
// area code, the counting sequence, directory information.
func fakePhone(d string) bool {
	if len(d) != 7 && len(d) != 10 {
		return false
	}
	local := d[len(d)-7:]
	return text.SameDigit(local) || local == "5551212" || d == "1234567890" || d == "0123456789" || d == "1234567"
}

// Email returns an address in lower case without what stands around it, ""
// for none. The part behind a plus sign stays: it may tell people apart.
func Email(value string) (string, Verdict) { return EmailTraced(value, nil) }

// EmailTraced is Email with its steps.
func EmailTraced(value string, t *text.Trace) (string, Verdict) {
	if text.IsFiller(value) {
		return "", Missing
	}
	s := strings.ToLower(text.Upper(value))
	if i, j := strings.IndexByte(s, '<'), strings.IndexByte(s, '>'); i >= 0 && j > i {
		s = s[i+1 : j]
		t.Add("inside the angle brackets", s)
	}
	for before := ""; before != s; {
		before = s
		s = strings.Trim(strings.TrimPrefix(s, "mailto:"), " \"'<>(),;.")
	}
	at := strings.LastIndexByte(s, '@')
	if at <= 0 || at == len(s)-1 || strings.ContainsAny(s, " \t,;") {
		t.Add(string(NoEmail), "")
		return "", NoEmail
	}
	if text.IsFiller(s) {
		return "", Missing
	}
	switch s[:at] {
	case "none", "na", "n/a", "noemail", "no", "unknown", "test", "x", "xx", "xxx", "null", "noreply", "no-reply", "refused", "declined":
		t.Add("filler: missing", "")
		return "", Missing
	}
	t.Change("lower case", value, s)
	return s, OK
}
