package name

import (
	"strings"

	"github.com/casefold/casefold"
)

// build makes a name of surname words and given words, of which the first
// nFirst stood in the column of the first name. It is where every form of name
// meets. What one rule takes away may lay bare what another takes, so it
// repeats until words and letters stay; most names need one round.
func (p *parser) build(lasts, givens []string, nFirst int, suffix string) casefold.Name {
	suffix = orElse(suffix, p.suffix)
	var lw, gw [maxWords]string
	for {
		wordsBefore, lettersBefore := size(lasts, givens)
		n := p.buildOnce(lasts, givens, nFirst, suffix)
		lasts = words(n.Last, lw[:0])
		givens = words(n.First, gw[:0])
		nFirst = len(givens)
		givens = words(n.Middle, givens)
		suffix = n.Suffix
		if w, l := size(lasts, givens); w == wordsBefore && l == lettersBefore || w == 0 {
			return n
		}
	}
}

func size(lasts, givens []string) (words, letters int) {
	for _, w := range lasts {
		letters += len(w)
	}
	for _, w := range givens {
		letters += len(w)
	}
	return len(lasts) + len(givens), letters
}

func (p *parser) buildOnce(lasts, givens []string, nFirst int, suffix string) casefold.Name {
	lasts = dropNobody(lasts)
	givens, nFirst = dropNobodyFirst(givens, nFirst)
	lasts, suffix = cleanLast(lasts, suffix)
	givens, nFirst, suffix = cleanGiven(givens, nFirst, suffix)
	givens, nFirst = dropInfant(givens, nFirst)
	givens, nFirst = glueGiven(givens, nFirst)
	n := casefold.Name{Verbatim: p.verbatim, Last: told(surname(lasts)), Suffix: suffix}
	if nFirst > 0 {
		n.First, n.Middle = told(givens[0]), told(join(givens[1:]))
	} else {
		n.Middle = told(join(givens))
	}
	if isPlaceholder(n) {
		return casefold.Name{Verbatim: p.verbatim}
	}
	return n
}

func dropNobody(ws []string) []string {
	kept := ws[:0]
	for _, w := range ws {
		if !isNobody(w) {
			kept = append(kept, w)
		}
	}
	return kept
}

func dropNobodyFirst(ws []string, nFirst int) ([]string, int) {
	kept, n := ws[:0], 0
	for i, w := range ws {
		if isNobody(w) {
			continue
		}
		if i < nFirst {
			n++
		}
		kept = append(kept, w)
	}
	return kept, n
}

// cleanLast takes degrees from the end and suffixes from anywhere, leaving at
// least one word. V is a suffix only at the end.
func cleanLast(ws []string, suffix string) ([]string, string) {
	for len(ws) > 1 && isDegree(ws[len(ws)-1]) {
		ws = ws[:len(ws)-1]
	}
	for i := 0; i < len(ws) && len(ws) > 1; {
		if s := suffixOf(ws[i]); s != "" && ws[i] != "V" {
			suffix = orElse(suffix, s)
			ws = append(ws[:i], ws[i+1:]...)
		} else {
			i++
		}
	}
	if len(ws) > 1 && suffix == "" && ws[len(ws)-1] == "V" {
		suffix, ws = "V", ws[:len(ws)-1]
	}
	return ws, suffix
}

func orElse(s, t string) string {
	if s != "" {
		return s
	}
	return t
}

// cleanGiven takes titles and misplaced suffixes from the front of the first
// name's words, degrees from the end, suffixes from behind the first word. V is
// a suffix only at the end behind two words or more; elsewhere it is an initial.
func cleanGiven(ws []string, nFirst int, suffix string) ([]string, int, string) {
	for len(ws) > 1 && isDegree(ws[len(ws)-1]) {
		ws = ws[:len(ws)-1]
		nFirst = min(nFirst, len(ws))
	}
	for nFirst > 1 {
		s := suffixOf(ws[0])
		front := s != "" && ws[0] != "V" && ws[0] != "JUNIOR"
		if !isTitle(ws[0]) && !front {
			break
		}
		if front {
			suffix = orElse(suffix, s)
		}
		ws, nFirst = ws[1:], nFirst-1
	}
	for i := 1; i < len(ws); {
		s := suffixOf(ws[i])
		if s == "" || ws[i] == "V" && (i < 2 || i < len(ws)-1 || suffix != "") {
			i++
			continue
		}
		suffix = orElse(suffix, s)
		ws = append(ws[:i], ws[i+1:]...)
		if i < nFirst {
			nFirst--
		}
	}
	return ws, nFirst, suffix
}

// dropInfant empties the given name of a newborn (BABY BOY, INFANT, BG) or of a
// person known by sex only.
func dropInfant(ws []string, nFirst int) ([]string, int) {
	if len(ws) == 0 {
		return ws, nFirst
	}
	lead := 0
	for lead < len(ws) && isInfant(ws[lead]) {
		lead++
	}
	if lead == 0 {
		return ws, nFirst
	}
	rest := ws[lead:]
	letters := true
	for _, w := range rest {
		letters = letters && len(w) == 1
	}
	switch ws[0] {
	case "BABY", "BABYBOY", "BABYGIRL", "INFANT", "NEWBORN", "BB", "BG":
		if letters {
			return ws[:0], 0
		}
		return rest, max(nFirst-lead, 0)
	}
	if letters && len(rest) == 0 {
		return ws[:0], 0
	}
	return ws, nFirst
}

// glueGiven joins a prefix to the given name it belongs to, where the whole is
// a known given name: DE ANDRE, LA TOYA, D ANGELO.
func glueGiven(ws []string, nFirst int) ([]string, int) {
	if nFirst < 2 {
		return ws, nFirst
	}
	switch ws[0] {
	case "LA", "LE", "DE", "DA", "D", "TA", "SHA", "JA", "MC", "O":
		if whole := ws[0] + ws[1]; knownGiven(whole) {
			ws[1] = whole
			return ws[1:], nFirst - 1
		}
	}
	return ws, nFirst
}

// surname joins surname words: MC, MAC and O go with what follows, joined
// Spanish articles are taken apart (DELACRUZ is DE LA CRUZ), SAINT is ST.
func surname(ws []string) string {
	if len(ws) == 1 && len(ws[0]) < 5 {
		return ws[0]
	}
	var buf [maxWords]string
	out := buf[:0]
	for i := 0; i < len(ws); i++ {
		w := ws[i]
		if i+1 < len(ws) && glued(w) && (len(w) > 1 || knownSurname(w+ws[i+1])) && !(i > 0 && isArticle(ws[i-1])) {
			i++
			w += ws[i]
		}
		switch {
		case w == "SAINT" && i+1 < len(ws):
			w = "ST"
		case w == "DELA" && i+1 < len(ws):
			out, w = append(out, "DE"), "LA"
		case w == "DELOS" && i+1 < len(ws):
			out, w = append(out, "DE"), "LOS"
		case w == "DELAS" && i+1 < len(ws):
			out, w = append(out, "DE"), "LAS"
		default:
			if head, noun := splitArticle(w); noun != "" {
				out, w = append(out, head), noun
			}
		}
		out = append(out, w)
	}
	return join(out)
}

func isArticle(w string) bool { return w == "LA" || w == "LAS" || w == "LOS" }

// splitArticle takes apart a Spanish surname that is written with its article:
// DELACRUZ is DE LA and CRUZ. Only nouns that form such surnames are taken
// apart, so that DELGADO and DELANEY stay whole. Table of our own: the joined
// forms among the Census Bureau's Spanish surnames.
func splitArticle(w string) (head, noun string) {
	if len(w) < 5 || w[:2] != "DE" {
		return "", ""
	}
	for _, a := range [...]struct{ joined, apart string }{{"DELOS", "DE LOS"}, {"DELAS", "DE LAS"}, {"DELA", "DE LA"}, {"DEL", "DEL"}, {"DE", "DE"}} {
		if rest, ok := strings.CutPrefix(w, a.joined); ok && articleNoun(a.joined, rest) {
			return a.apart, rest
		}
	}
	return "", ""
}

func articleNoun(article, noun string) bool {
	switch article {
	case "DELOS":
		switch noun {
		case "SANTOS", "REYES", "RIOS", "ANGELES", "COBOS", "MONTEROS", "PRADOS":
			return true
		}
	case "DELAS":
		switch noun {
		case "CASAS", "ALAS", "HERAS", "PENAS":
			return true
		}
	case "DELA":
		switch noun {
		case "CRUZ", "ROSA", "TORRE", "GARZA", "PENA", "FUENTE", "PAZ", "MORA", "RIVA", "VEGA", "CERDA", "HOYA", "O",
			"PORTILLA", "HUERTA", "LUZ", "SANCHA", "CUESTA", "TORRES", "ROCHA", "TRINIDAD", "LASTRA", "VARA", "CUEVA",
			"FUENTES", "PUENTE", "BARRERA", "CANAL", "TEJERA", "GUARDIA", "PARRA", "ROCA", "CONCHA", "RIVERA", "MONTE":
			return true
		}
	case "DEL":
		switch noun {
		case "RIO", "TORO", "VALLE", "BOSQUE", "CAMPO", "MORAL", "REAL", "CASTILLO", "ANGEL", "ROSARIO", "CARMEN", "CID", "CAMPILLO", "PINO", "MONTE", "SOL", "POZO", "PILAR", "PRADO", "HOYO", "ARROYO":
			return true
		}
	case "DE":
		switch noun {
		case "LEON", "JESUS", "ANDA", "HARO", "ALBA", "ARMAS", "AVILA", "LUNA", "PAZ", "HOYOS", "LARA", "SANTIAGO", "GUZMAN":
			return true
		}
	}
	return false
}

// isPlaceholder reports names that stand for somebody unknown.
func isPlaceholder(n casefold.Name) bool {
	short := n.Middle == "" || len(n.Middle) == 1
	switch n.Last {
	case "DOE", "ROE", "DOES":
		return short && isDoeGiven(n.First)
	case "TEST", "TESTER", "TESTING":
		return short && (n.First == "" || n.First == "TEST" || n.First == "PATIENT" || n.First == "CASE" || n.First == "JOHN")
	case "":
		return n.First == "" && n.Middle == "" || n.First == "DOE" && n.Middle == ""
	}
	return n.First == "DOE" && short && (n.Last == "JOHN" || n.Last == "JANE")
}

// suffixField reads the column of the suffix, where numbers stand too.
func suffixField(folded string) string {
	var buf [4]string
	for _, w := range words(folded, buf[:0]) {
		if s := suffixOf(w); s != "" {
			return s
		}
	}
	switch folded {
	case "2":
		return "II"
	case "3":
		return "III"
	case "4":
		return "IV"
	}
	return ""
}
