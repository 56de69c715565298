package text

// maxFiller is the longest filler word, in bytes.
const maxFiller = 28

// IsFiller reports whether a value stands for nothing: blank, only
// punctuation, only X, or one of the words that systems write where a person
// left a field empty. Digits are never fillers here, because "0" is an age and
// "99" a count; the normalizers of dates and identifiers know their own.
//
// The words were met in public extracts and court exports; a surname NULL or NA
// is lost to them, which costs evidence and never invents any.
func IsFiller(s string) bool {
	s = Trim(s)
	if s == "" {
		return true
	}
	if !beginsFiller[s[0]] {
		return false
	}
	if onlyMarks(s) {
		return true
	}
	if len(s) > maxFiller {
		return false
	}
	var buf [maxFiller]byte
	for i := 0; i < len(s); i++ {
		c := s[i]
		if 'a' <= c && c <= 'z' {
			c -= 'a' - 'A'
		}
		if c == '_' {
			c = ' '
		}
		buf[i] = c
	}
	switch string(buf[:len(s)]) {
	case "NULL", "(NULL)", "<NULL>", "[NULL]", "NIL", "NONE", "(NONE)", "NONE GIVEN", "NONE LISTED",
		"NONE REPORTED", "NONE PROVIDED", "N/A", "N/A.", "N\\A", "N.A.", "NA", "#N/A", "#NULL!", "#VALUE!", "#REF!", "NAN", "\\N",
		"UNKNOWN", "UNKN", "UNK", "UKN", "UNKNWN", "UNKOWN", "(UNKNOWN)", "UNSPECIFIED", "UNDEFINED", "UNAVAILABLE",
		"NOT AVAILABLE", "NOT APPLICABLE", "NOT GIVEN", "NOT KNOWN", "NOT LISTED", "NOT PROVIDED",
		"NOT REPORTED", "NOT STATED", "NOT SPECIFIED", "NOT ENTERED", "NO DATA", "NO ENTRY", "NO INFO",
		"NO INFORMATION", "NO RECORD", "INFORMATION NOT AVAILABLE", "BLANK", "(BLANK)", "EMPTY", "MISSING",
		"TBD", "TBA", "REFUSED", "DECLINED TO STATE", "PENDING ENTRY", "SEE COMMENT", "SEE COMMENTS", "DESCONOCIDO", "DESCONOCIDA":
		return true
	}
	return false
}

// beginsFiller tells the first bytes of fillers, so that most values need one
// look: punctuation, X, and the first letters of the words above.
var beginsFiller = func() (table [256]bool) {
	for c := range 0x80 {
		table[c] = !(c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z')
	}
	for _, c := range []byte("XNUIBEMTRDPS") {
		table[c], table[c|0x20] = true, true
	}
	return table
}()

// onlyMarks reports whether a value has nothing but punctuation, blanks and the
// letter X (one sort of letter only: "XOX" is no filler).
func onlyMarks(s string) bool {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == 'x' || c == 'X' || c <= ' ' || c == 0x7f:
		case c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= 0x80:
			return false
		}
	}
	return true
}

// SameDigit reports whether a string of two digits or more repeats one digit:
// 000000000, 9999. Such numbers identify nothing.
func SameDigit(digits string) bool {
	if len(digits) < 2 {
		return digits == "0"
	}
	for i := 1; i < len(digits); i++ {
		if digits[i] != digits[0] {
			return false
		}
	}
	return true
}

// Digits returns the ASCII digits of a string, in order.
func Digits(s string) string {
	n := 0
	for i := 0; i < len(s); i++ {
		if s[i] >= '0' && s[i] <= '9' {
			n++
		}
	}
	if n == len(s) {
		return s
	}
	out := make([]byte, 0, n)
	for i := 0; i < len(s); i++ {
		if s[i] >= '0' && s[i] <= '9' {
			out = append(out, s[i])
		}
	}
	return string(out)
}
