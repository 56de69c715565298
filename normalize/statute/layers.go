package statute

import (
	"strings"

	"github.com/casefold/casefold"
)

// inchoateNumber reports whether a number names an inchoate or accessory crime
// of the Penal Code: 664 attempt, 182 conspiracy, 32 accessory, 653 (f)
// solicitation is found by its letter.
func inchoateNumber(number string) bool {
	return number == "664" || number == "182" || number == "32"
}

// inchoateWord is the layer that a word names: ATT, ATTEMPTED, CONSP,
// CONSPIRACY, ACCESSORY, SOLICIT; "" for other words.
func inchoateWord(w string) string {
	switch w {
	case "ATT", "ATTEMPT", "ATTEMPTED", "ATTEMPTING", "ATTMPT", "ATMPT", "ATTEMP", "ATTEMPTS", "ATTPT", "ATTEMPTD":
		return "664"
	case "CONSP", "CONSPIRACY", "CONSPIRE", "CONSPIRED", "CONSPIRING", "CNSP", "CONSPR", "CONSPRCY":
		return "182"
	case "ACCESSORY", "ACCESS", "ACCSRY":
		return "32"
	case "SOLICIT", "SOLICITATION", "SOLICITING":
		return "653f"
	}
	return ""
}

// layerOf is the inchoate layer that a resolved item stands for, "" if it is a
// crime of its own kind.
func layerOf(s casefold.Statute) string {
	switch {
	case s.Code == "US" && (s.Section == "21 846" || s.Section == "21 963" || s.Section == "18 371"):
		return strings.Replace(s.Section, " ", " USC ", 1)
	case s.Code != "PC":
		return ""
	case s.Section == "664":
		return "664"
	case s.Section == "182" || s.Section == "32":
		return s.Section + s.Path
	case s.Section == "653F":
		return "653f" + s.Path
	}
	return ""
}

// strength orders layers for a charge that carries two: conspiracy decides most.
func strength(layer string) int {
	switch {
	case strings.HasPrefix(layer, "182"), strings.Contains(layer, "USC"):
		return 4
	case strings.HasPrefix(layer, "32"):
		return 3
	case strings.HasPrefix(layer, "653f"):
		return 2
	case layer != "":
		return 1
	}
	return 0
}

// isEnhancement reports whether a section only adds to another crime, so that
// it is never the main section of a compound charge.
func isEnhancement(s casefold.Statute) bool {
	switch s.Code {
	case "PC":
		switch s.Section {
		case "667", "667.5", "667.6", "667.61", "667.7", "667.71", "667.75", "667.9", "668", "1170.12", "12022", "12022.1", "12022.3", "12022.5", "12022.53",
			"12022.55", "12022.6", "12022.7", "12022.75", "12022.8", "12022.85", "12022.9", "186.22", "451.1", "422.75":
			return true
		}
	case "HS":
		return s.Section == "11370.2" || s.Section == "11370.4" || s.Section == "11353.6" || s.Section == "11356.5"
	}
	return false
}

// assemble sorts the resolved items into main section, inchoate layer and
// further sections.
func (r *reader) assemble(o *casefold.Offense) {
	main := -1
	for pass := 0; pass < 2 && main < 0; pass++ {
		for i := 0; i < r.n; i++ {
			s := r.items[i].statute()
			if layerOf(s) != "" || pass == 0 && isEnhancement(s) {
				continue
			}
			main = i
			break
		}
	}
	if main < 0 {
		// Layers only: attempt to conspire is an attempt, the conspiracy its target.
		main = r.n - 1
		for i := r.n - 2; i >= 0; i-- {
			if strength(layerOf(r.items[i].statute())) > strength(layerOf(r.items[main].statute())) {
				main = i
			}
		}
	}
	o.Statute = r.items[main].statute()
	for i := 0; i < r.n; i++ {
		if i == main {
			continue
		}
		s := r.items[i].statute()
		if layer := layerOf(s); layer != "" && (!federal(layer) || o.Code == "US") {
			if o.Inchoate != "" && strength(layer) <= strength(o.Inchoate) {
				continue
			}
			o.Inchoate = layer
			continue
		}
		if s != (casefold.Statute{Code: o.Code, Section: o.Section, Path: o.Path}) {
			o.Also = append(o.Also, s)
		}
	}
}

func federal(layer string) bool { return strings.Contains(layer, "USC") }

// layerInWords finds the inchoate layer that words tell: ATTEMPTED 459 PC, 11359
// HS-ATTEMPT, 459 PC-BURGLARY -ATTEMPTED. Words of a section whose own
// definition speaks of attempts tell nothing.
func layerInWords(o *casefold.Offense, lead, literal string) string {
	if layerOf(o.Statute) != "" {
		return ""
	}
	if s := offences().section(o.Code, o.Section); s != nil && s.OwnAttempt {
		return ""
	}
	if lead != "" {
		return lead
	}
	first, last, dashed := ends(literal)
	if layer := inchoateWord(first); layer != "" && !ambiguousWord(first) {
		return layer
	}
	if layer := inchoateWord(last); layer != "" && (dashed || !ambiguousWord(last)) && !ambiguousWord(last) {
		return layer
	}
	return ""
}

// ambiguousWord are words that name a layer only in front of a section: a
// literal SOLICIT or ACCESS says what the crime is.
func ambiguousWord(w string) bool {
	return w == "ACCESS" || strings.HasPrefix(w, "SOLICIT")
}

// ends are the first and last word of a literal, and whether a dash or an
// opening parenthesis stands before the last.
func ends(s string) (first, last string, dashed bool) {
	i := 0
	for i < len(s) && !isLetter(s[i]) {
		if isDigit(s[i]) {
			break
		}
		i++
	}
	j := i
	for j < len(s) && isLetter(s[j]) {
		j++
	}
	first = s[i:j]
	k := len(s)
	for k > 0 && !isLetter(s[k-1]) {
		k--
	}
	m := k
	for m > 0 && isLetter(s[m-1]) {
		m--
	}
	last = s[m:k]
	for m > 0 && s[m-1] == ' ' {
		m--
	}
	return first, last, m > 0 && (s[m-1] == '-' || s[m-1] == '(' || s[m-1] == '/')
}
