package synth

import (
	"strings"

	"github.com/casefold/casefold"
)

// surnameAs writes a surname of one or several words as one agency does.
func surnameAs(r *stream, words []string, parted int) string {
	how, particle := weigh(r, 50, 14, 22, 6, 8), weigh(r, 55, 45)
	if parted > 0 {
		paternal, maternal := joinWords(words[:parted], particle), joinWords(words[parted:], particle)
		switch how {
		case 0:
			return paternal + " " + maternal
		case 1:
			return paternal + "-" + maternal
		case 2:
			return paternal
		case 3:
			return maternal
		}
		return paternal + " " + maternal
	}
	if len(words) == 2 && !isParticle(words[0]) { // a name joined at marriage
		switch how {
		case 0, 1:
			return words[0] + "-" + words[1]
		case 2:
			return words[0] + " " + words[1]
		}
		return words[1]
	}
	return joinWords(words, particle)
}

// joinWords writes particles apart or together: DE LA CRUZ, DELACRUZ.
func joinWords(words []string, together int) string {
	if together == 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words, " ")
}

func isParticle(s string) bool {
	switch s {
	case "DE", "DEL", "DELA", "LA", "LOS", "VAN", "VON", "DER", "ST", "MC", "O", "DI", "SAN", "PONCE":
		return true
	}
	return false
}

// compact writes a day as YYYYMMDD, "" for none.
func compact(d casefold.Day) string {
	if d == 0 {
		return ""
	}
	return digits(uint64(d), 8)
}

// shortDate writes a day as M/D/YY.
func shortDate(d casefold.Day) string {
	if d == 0 {
		return ""
	}
	return itoa(d.Month()) + "/" + itoa(d.DayOfMonth()) + "/" + yearDigits(d)
}

// monthFirst writes a day as MMDDYYYY.
func monthFirst(d casefold.Day) string {
	if d == 0 {
		return ""
	}
	return digits(uint64(d.Month()), 2) + digits(uint64(d.DayOfMonth()), 2) + digits(uint64(d.Year()), 4)
}

// levelLetter is F, M or I; "" unknown.
func levelLetter(l casefold.Level) string {
	if l == "" {
		return ""
	}
	return upper(string(l[:1]))
}

// sectionText is the section with its subdivision in capitals: 11357(B).
func (o *offense) sectionText() string { return upper(o.section) + upper(o.path) }

// bareSection is the section with its subdivision without parentheses: 11357B.
func (o *offense) bareSection() string {
	return upper(o.section) + upper(strings.NewReplacer("(", "", ")", "").Replace(o.path))
}

// csvLine writes values as a line of CSV.
func csvLine(values []string) []byte {
	b := make([]byte, 0, 480)
	for i, v := range values {
		if i > 0 {
			b = append(b, ',')
		}
		b = quoteInto(b, v)
	}
	return b
}
