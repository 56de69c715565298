package name

// The words below are of our own gathering, met in US court and arrest data and
// in the public name corpora; each list is closed, and a word that is a common
// name of somebody is left out of it.

// isSurnamePart reports words that begin a surname and belong to what follows.
func isSurnamePart(w string) bool {
	switch w {
	case "DE", "LA", "LAS", "LOS", "DEL", "DELA", "DELAS", "DELOS", "DELLA", "DEGLI", "DA", "DAS", "DO", "DOS", "DI", "DU", "DES",
		"VAN", "VON", "VOM", "ZU", "ZUM", "DER", "DEN", "TEN", "TER", "TE", "VANDER", "VANDEN", "VONDER", "AF", "AV",
		"AL", "EL", "BIN", "IBN", "BINT", "ABU", "ABDEL", "ABDUL", "MC", "MAC", "O", "D", "L", "ST", "STE", "SAN", "SANTA", "SANTO", "LE", "LO", "FITZ":
		return true
	}
	return false
}

// glued are surname beginnings that are written together with what follows.
func glued(w string) bool {
	switch w {
	case "MC", "MAC", "O", "D", "FITZ":
		return true
	}
	return false
}

// isTitle reports words that stand before a name and are no part of it. Titles
// that are also common names (MAJOR, JUDGE, EARL, KING, BARON) are not here.
func isTitle(w string) bool {
	switch w {
	case "MR", "MRS", "MS", "MISS", "MX", "DR", "REV", "REVEREND", "HON", "HONORABLE", "PROF", "PROFESSOR",
		"SGT", "CPL", "PVT", "CPT", "CAPT", "LT", "LTC", "OFC", "OFFICER", "DEP", "DEPUTY", "DET", "DETECTIVE",
		"SRA", "SRTA", "SENOR", "SENORA", "SENORITA", "MME", "MLLE", "HERR", "FRAU":
		return true
	}
	return false
}

// isDegree reports words that follow a name and are no part of it.
func isDegree(w string) bool {
	switch w {
	case "MD", "PHD", "ESQ", "ESQUIRE", "DDS", "DMD", "DVM", "RN", "LVN", "CPA", "JD", "MBA", "OD", "DC", "PE", "RET", "DECEASED", "DECD", "AIA", "CSI", "CLU", "CFA":
		return true
	}
	return false
}

// suffixOf is the suffix that a word writes, "" for none. V is also an initial
// and I a pronoun of numbering; who calls decides by place.
func suffixOf(w string) string {
	switch w {
	case "JR", "JNR", "JUNIOR":
		return "JR"
	case "SR", "SNR", "SENIOR":
		return "SR"
	case "II", "III", "IV", "V":
		return w
	}
	return ""
}

// isNobody reports words that say that a part of the name is not known.
func isNobody(w string) bool {
	switch w {
	case "FNU", "LNU", "MNU", "NFN", "NLN", "NMN", "NMI", "NMU", "NFI", "UNK", "UNKN", "UNKNOWN", "UNKNWN", "NULL", "XX", "XXX", "XXXX", "XXXXX",
		"UNIDENTIFIED", "NONAME", "ANONYMOUS", "REFUSED", "DESCONOCIDO", "DESCONOCIDA":
		return true
	}
	return false
}

// isInfant reports words that stand for the given name of a newborn, or for a
// person known by sex only.
func isInfant(w string) bool {
	switch w {
	case "BABY", "BOY", "GIRL", "BABYBOY", "BABYGIRL", "INFANT", "NEWBORN", "MALE", "FEMALE", "BB", "BG", "TWIN":
		return true
	}
	return false
}

// isDoeGiven are given names that with DOE or ROE make a placeholder.
func isDoeGiven(w string) bool {
	switch w {
	case "", "JOHN", "JANE", "JOHNNY", "JON", "JUAN", "JUANA", "BABY", "RICHARD", "MARY", "X", "UNK":
		return true
	}
	return isNobody(w) || isInfant(w)
}
