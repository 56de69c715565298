package project

import (
	_ "embed"
	"slices"
	"strings"
	"unicode"
)

//go:embed tables/words.txt
var wordsText string

//go:embed tables/columns.txt
var columnsText string

// A lexicon knows how column names are written and what they mean.
type lexicon struct {
	words   map[string][]string // written form -> the words it stands for
	targets []target            // in the table's order
}

// A target is something that a column may be, with the names it goes by.
type target struct {
	name  string
	names []knownName
}

// A knownName is a set of words that name a target.
type knownName struct {
	words []string
	weak  bool // values must speak too
}

// noise are words of a column name that tell nothing of what it holds in a
// table of people and cases.
var noise = wordSet("primary main defendant party person subject inmate offender suspect arrestee client the of legal true current " +
	"value field column info data detail patient individual registrant request at in on and de del la")

// foreign are words that make a column tell of somebody else, unless the known
// name has them too.
var foreign = wordSet("victim officer judge attorney mother father guardian spouse witness emergency contact doctor employer reporter " +
	"deputy clerk parent wife husband child bail surety complainant prosecutor counsel user")

func readLexicon() *lexicon {
	l := &lexicon{words: map[string][]string{}}
	for _, line := range tableLines(wordsText) {
		canonical, forms, _ := strings.Cut(line, ":")
		words := strings.Fields(canonical)
		if len(words) == 1 {
			l.words[words[0]] = words
		}
		for _, form := range strings.Fields(forms) {
			l.words[form] = words
		}
	}
	for _, line := range tableLines(columnsText) {
		name, names, _ := strings.Cut(line, ":")
		if strings.HasPrefix(line, "id:") || strings.HasPrefix(line, "attr:") || strings.HasPrefix(line, "key:") {
			kind, rest, _ := strings.Cut(names, ":")
			name, names = name+":"+kind, rest
		}
		t := target{name: name}
		for n := range strings.SplitSeq(names, ";") {
			n = strings.TrimSpace(n)
			weak := strings.HasPrefix(n, "(")
			words := l.tokens(strings.Trim(n, "()"))
			t.names = append(t.names, knownName{unique(words), weak})
			for _, w := range words {
				if l.words[w] == nil {
					l.words[w] = []string{w}
				}
			}
		}
		l.targets = append(l.targets, t)
	}
	return l
}

// tableLines are the lines of an embedded table that are no remarks.
func tableLines(table string) []string {
	var out []string
	for line := range strings.Lines(table) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			out = append(out, line)
		}
	}
	return out
}

func unique(words []string) []string {
	var out []string
	for _, w := range words {
		if !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out
}

// tokens are the words of a column name: cut at signs, at digits and where an
// upper-case letter begins, written out, run-together ones taken apart.
func (l *lexicon) tokens(name string) []string {
	var out []string
	for _, piece := range cutName(name) {
		switch words, ok := l.words[piece]; {
		case ok:
			out = append(out, words...)
		default:
			out = append(out, l.segments(piece)...)
		}
	}
	return out
}

// cutName cuts a name into lower-case pieces of letters or digits.
func cutName(name string) []string {
	var out []string
	var piece []rune
	flush := func() {
		if len(piece) > 0 {
			out = append(out, strings.ToLower(string(piece)))
			piece = piece[:0]
		}
	}
	runes := []rune(strings.ReplaceAll(name, "#", " number "))
	for i, r := range runes {
		switch {
		case unicode.IsDigit(r):
			if len(piece) > 0 && !unicode.IsDigit(piece[len(piece)-1]) {
				flush()
			}
		case unicode.IsLetter(r):
			last := rune(0)
			if len(piece) > 0 {
				last = piece[len(piece)-1]
			}
			nextLower := i+1 < len(runes) && unicode.IsLower(runes[i+1])
			if unicode.IsDigit(last) || unicode.IsUpper(r) && (unicode.IsLower(last) || unicode.IsUpper(last) && nextLower) {
				flush()
			}
		default:
			flush()
			continue
		}
		piece = append(piece, r)
	}
	flush()
	return ordinals(out)
}

// ordinals turns "1", "st" into "1".
func ordinals(pieces []string) []string {
	var out []string
	for i, p := range pieces {
		if i > 0 && pieces[i-1] != "" && unicode.IsDigit(rune(pieces[i-1][0])) && (p == "st" || p == "nd" || p == "rd" || p == "th") {
			continue
		}
		out = append(out, p)
	}
	return out
}

// segments takes a run-together name apart (courtnumber), if it is made of
// known words of three letters or more; else it is a word of its own.
func (l *lexicon) segments(piece string) []string {
	if len(piece) < 5 {
		return []string{piece}
	}
	best := make([][]string, len(piece)+1)
	best[0] = []string{}
	for end := 1; end <= len(piece); end++ {
		for start := max(0, end-14); start <= end-2; start++ {
			words, ok := l.words[piece[start:end]]
			if !ok || best[start] == nil || end-start < 3 && piece[start:end] != "no" && piece[start:end] != "dt" && piece[start:end] != "cd" && piece[start:end] != "nm" && piece[start:end] != "id" && piece[start:end] != "of" {
				continue
			}
			if best[end] == nil || len(best[start])+len(words) < len(best[end]) {
				best[end] = append(slices.Clone(best[start]), words...)
			}
		}
	}
	if best[len(piece)] == nil {
		return []string{piece}
	}
	return best[len(piece)]
}

// A naming is how well a column's name fits a target, in [0, 1].
type naming struct {
	target string
	score  float64
}

// match scores a column's name against every target, best first. What scores
// below minNaming is left out.
func (l *lexicon) match(name string) []naming {
	tokens := unique(l.tokens(name))
	bare := slices.DeleteFunc(slices.Clone(tokens), func(t string) bool { return noise[t] })
	var out []naming
	for _, t := range l.targets {
		best := 0.0
		for _, n := range t.names {
			s := max(fitness(n.words, tokens), 0.97*fitness(n.words, bare))
			if n.weak {
				s *= 0.6
			}
			best = max(best, s)
		}
		if best >= minNaming {
			out = append(out, naming{t.name, best})
		}
	}
	slices.SortStableFunc(out, func(a, b naming) int {
		switch {
		case a.score > b.score:
			return -1
		case a.score < b.score:
			return 1
		}
		return 0
	})
	return out
}

const minNaming = 0.45

// fitness is 1 if the column's words are the known name's, less for each word
// more, 0 if one is missing or the column tells of somebody else.
func fitness(known, words []string) float64 {
	if len(words) == 0 {
		return 0
	}
	missing := 0
	for _, k := range known {
		if !slices.Contains(words, k) {
			missing++
		}
	}
	if missing > 0 {
		return 0
	}
	extra := 0.0
	for _, w := range words {
		switch {
		case slices.Contains(known, w):
		case foreign[w]:
			return 0
		case lightWords[w] || len(w) == 1:
			extra += 0.2
		default:
			extra++
		}
	}
	return float64(len(known)) / (float64(len(known)) + extra)
}

// lightWords hardly change what a name means.
var lightWords = wordSet("description code number id type text final time label year c")

// hasWord reports whether a column's name has a word.
func (l *lexicon) hasWord(name string, words ...string) bool {
	for _, t := range l.tokens(name) {
		if slices.Contains(words, t) {
			return true
		}
	}
	return false
}
