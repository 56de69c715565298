package name

import "github.com/casefold/casefold"

// free reads a whole name without a comma.
func (p *parser) free(ws []string, order string) casefold.Name {
	known := len(ws)
	if ws = dropNobody(ws); len(ws) < known && onlyLooks(ws) || onlySex(ws) {
		ws = nil // UNKNOWN MALE
	}
	suffix := ""
	for len(ws) > 1 && isDegree(ws[len(ws)-1]) {
		ws = ws[:len(ws)-1]
	}
	for len(ws) > 1 && isTitle(ws[0]) {
		ws = ws[1:]
	}
	if n := len(ws); n > 1 {
		if s := suffixOf(ws[n-1]); s != "" && (s != "V" || n > 2) {
			suffix, ws = s, ws[:n-1]
		}
	}
	form := "free order, surname last"
	switch {
	case order != "":
	case len(ws) > 2 && len(ws[len(ws)-1]) == 1:
		order, form = LastFirst, "free order, surname first: an initial stands last"
	case reversed(ws):
		order, form = LastFirst, "free order, surname first: the usual names say so"
	}
	var lw, gw [maxWords]string
	lasts, givens := lw[:0], gw[:0]
	switch {
	case len(ws) == 1 && order != LastFirst && mostlyGiven(ws[0]):
		givens = append(givens, ws[0])
		form = "one word, a given name"
	case len(ws) == 1:
		lasts = append(lasts, ws[0])
		form = "one word, a surname"
	case len(ws) == 3 && order == LastFirst && vietnamese(ws[0]) && (ws[1] == "VAN" || ws[1] == "THI"):
		lasts, givens = append(lasts, ws[0]), append(givens, ws[2], ws[1]) // the given name stands last
	case len(ws) > 1 && order == LastFirst:
		k := surnameEnd(ws)
		lasts, givens = append(lasts, ws[:k]...), append(givens, ws[k:]...)
	case len(ws) > 1:
		k := surnameStart(ws)
		lasts, givens = append(lasts, ws[k:]...), append(givens, ws[:k]...)
	}
	var lp, gp [maxWords]string
	lasts, givens = parted(lasts, lp[:0]), parted(givens, gp[:0])
	n := p.build(lasts, givens, len(givens), suffix)
	if p.trace != nil {
		p.trace.Add(form+": surname | first | middle | suffix", show(n))
	}
	return n
}

// surnameStart is where the surname begins in a name with the surname last:
// its last word, the particles before it, and before those another surname if
// both are Spanish ones (father's and mother's). At least one word stays given.
func surnameStart(ws []string) int {
	head := len(ws) - 1
	k := withParticles(ws, head)
	if k > 2 && (ws[k-1] == "Y" || ws[k-1] == "E") { // ORTEGA Y GASSET
		return withParticles(ws, k-2)
	}
	if k > 1 && spanishSurname(ws[head]) && spanishSurname(ws[k-1]) && !mostlyGiven(ws[k-1]) {
		return withParticles(ws, k-1)
	}
	return k
}

// withParticles moves the start of a surname at place k before its particles.
func withParticles(ws []string, k int) int {
	for k > 1 && isParticle(ws[k-1], ws[k]) {
		k--
	}
	return k
}

// isParticle reports a word that belongs to the surname behind it. A single
// letter is an initial unless the two make a known surname (O BRIEN); VAN and LE
// before a Vietnamese surname are names of their own.
func isParticle(w, next string) bool {
	switch {
	case !isSurnamePart(w):
		return false
	case len(w) == 1:
		return knownSurname(w + next)
	case w == "VAN" || w == "LE" || w == "DO" || w == "DI" || w == "AL":
		return !vietnamese(next) && next != "" && len(next) > 1
	}
	return true
}

// surnameEnd is where the surname ends in a name with the surname first: its
// particles, the first other word, and a second one if both are Spanish
// surnames. At least one word stays given.
func surnameEnd(ws []string) int {
	k := 0
	for k < len(ws)-2 && isSurnamePart(ws[k]) && len(ws[k]) > 1 {
		k++
	}
	head := k
	k++
	if k < len(ws)-1 && spanishSurname(ws[head]) && spanishSurname(ws[k]) && !mostlyGiven(ws[k]) {
		k++
	}
	return k
}

// reversedBits is by how many bits the reading with the surname first must
// beat the other; chosen so that no pair of the 300 most frequent US surnames
// with the 300 most frequent given names is turned wrongly (tables_test.go).
const reversedBits = 10

// reversed reports a name that by its words stands with the surname first:
// NGUYEN VAN ANH, GARCIA MARIA.
func reversed(ws []string) bool {
	n := len(ws)
	if n < 2 || n > 4 || isSurnamePart(ws[0]) && n > 2 && !vietnamese(ws[0]) {
		return false
	}
	front, back := ws[0], ws[n-1]
	if len(front) < 2 || len(back) < 2 {
		return false
	}
	return surnameBits(front)+givenBits(back)-givenBits(front)-surnameBits(back) > reversedBits
}

// vietnamese reports the surnames that nine in ten Vietnamese bear; with them
// the order is surname, middle, given at home and the reverse in US records.
func vietnamese(w string) bool {
	switch w {
	case "NGUYEN", "TRAN", "LE", "PHAM", "HUYNH", "HOANG", "PHAN", "VU", "VO", "DANG", "BUI", "DO", "HO", "NGO", "DUONG", "LY", "TRINH", "DINH", "TRUONG", "LAM", "MAI", "CAO", "LUONG", "LUU":
		return true
	}
	return false
}

// onlySex reports words that say nothing but a person's sex or age.
func onlySex(ws []string) bool {
	for _, w := range ws {
		if !isInfant(w) {
			return false
		}
	}
	return len(ws) > 0
}

// onlyLooks reports words that describe a person nobody could name.
func onlyLooks(ws []string) bool {
	for _, w := range ws {
		switch w {
		case "BLACK", "WHITE", "HISPANIC", "ASIAN", "ADULT", "JUVENILE", "SUBJECT", "SUSPECT", "PERSON", "MAN", "WOMAN", "VICTIM", "NAME", "OTHER":
		default:
			if !isInfant(w) {
				return false
			}
		}
	}
	return true
}
