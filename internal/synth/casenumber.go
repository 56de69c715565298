package synth

import "strings"

// numberAsWritten copies a case number as an agency other than the court
// writes it: in another form, or with a digit wrong.
func (w *world) numberAsWritten(r *stream, c *courtCase, number string) string {
	vary, wrong, how, at, by := r.chance(w.opts.Rates.NumberVariants), r.chance(w.opts.Rates.NumberWrong), r.below(8), r.below(3), r.between(1, 9)
	if c.defendants > 1 {
		number = withDefendant(number, c.defendant, r.below(3))
	}
	if wrong {
		b := []byte(number)
		for i := len(b) - 1 - at; i >= 0; i-- {
			if b[i] >= '0' && b[i] <= '9' {
				b[i] = '0' + (b[i]-'0'+byte(by))%10
				break
			}
		}
		return string(b)
	}
	if !vary {
		return number
	}
	i := strings.IndexAny(number, "FMCJ")
	switch {
	case how == 0 && i > 0:
		return number[:i] + "-" + number[i:i+1] + "-" + number[i+1:]
	case how == 1 && i > 0:
		return number[:i] + " " + number[i:]
	case how == 2:
		return strings.ToLower(number)
	case how == 3:
		return strings.ReplaceAll(number, "-", "")
	case how == 4:
		return "0" + number
	case how == 5:
		return number + " "
	case how == 6 && i > 0: // the year in full
		if number[:2] < "30" {
			return "20" + number
		}
		return "19" + number
	}
	return "#" + number
}

// withDefendant adds the mark that tells co-defendants apart.
func withDefendant(number string, n, how int) string {
	switch how {
	case 0:
		return number + string(rune('A'+n-1))
	case 1:
		return number + "-" + digits(uint64(n), 2)
	}
	return number + "-" + itoa(n)
}
