package outcome

import (
	_ "embed"
	"strings"
	"sync"

	"github.com/casefold/casefold/normalize/text"
)

//go:embed phrases.txt
var phraseTable string

// Classes of atoms.
const (
	cStatus  = "status"
	cEvent   = "event"
	cLaw     = "law"
	cDeny    = "deny"
	cNot     = "not"
	cLevel   = "level"
	cNeutral = "neutral"
)

// An atom is a phrase found in a text.
type atom struct {
	class, value string
	from, to     int // words
}

// A lexicon finds the longest phrases of a table in a run of words.
type lexicon struct {
	words map[string]int32 // word -> number, from 1
	next  map[int64]int32  // node<<32 | word -> node
	atoms []atom           // by node; class "" where no phrase ends
	long  []string         // words of eight letters or more, for slips of the pen
}

// phrases is the table of dispositions and later events.
var phrases = sync.OnceValue(func() *lexicon { return newLexicon(phraseTable, false) })

// newLexicon reads a table. Where split is set, letters and digits are words
// apart (90 D for 90D).
func newLexicon(table string, split bool) *lexicon {
	x := &lexicon{words: map[string]int32{}, next: map[int64]int32{}, atoms: make([]atom, 1)}
	for line := range strings.Lines(table) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		head, forms, ok := strings.Cut(line, ": ")
		if !ok {
			panic("outcome: a phrase table is damaged: " + line)
		}
		class, value, _ := strings.Cut(head, " ")
		for form := range strings.SplitSeq(forms, "|") {
			x.add(class, value, form, split)
		}
	}
	return x
}

func (x *lexicon) add(class, value, form string, split bool) {
	s := scanner{split: split}
	s.scan(strings.TrimSpace(form))
	node := int32(0)
	for i := 0; i < s.n; i++ {
		w := s.word(i)
		id, ok := x.words[w]
		if !ok {
			id = int32(len(x.words) + 1)
			x.words[w] = id
			if len(w) >= longWord {
				x.long = append(x.long, w)
			}
		}
		key := int64(node)<<32 | int64(id)
		child, ok := x.next[key]
		if !ok {
			child = int32(len(x.atoms))
			x.atoms = append(x.atoms, atom{})
			x.next[key] = child
		}
		node = child
	}
	if have := x.atoms[node]; have.class != "" && (have.class != class || have.value != value) {
		panic("outcome: a phrase has two meanings: " + form)
	}
	x.atoms[node] = atom{class: class, value: value}
}

// match is the longest phrase that begins at word i.
func (x *lexicon) match(s *scanner, i int) (a atom, ok bool) {
	node := int32(0)
	for j := i; j < s.n; j++ {
		child, found := x.next[int64(node)<<32|int64(s.ids[j])]
		if !found || s.ids[j] == 0 {
			break
		}
		node = child
		if x.atoms[node].class != "" {
			a, ok = x.atoms[node], true
			a.from, a.to = i, j+1
		}
	}
	return a, ok
}

// longWord is the length from which a word with one wrong letter is still
// taken for the table's: DISMISSSED, CONVICETD.
const longWord = 8

const maxWords = 48

// A scanner cuts a text into words: runs of letters and digits, a point between
// digits included (1203.4A). AND and THE are dropped, as is all punctuation.
type scanner struct {
	src   string
	start [maxWords]int32
	end   [maxWords]int32
	ids   [maxWords]int32
	mark  [maxWords]byte // the last of , ; / $ and newline before the word, 0 none
	n     int
	split bool // letters and digits are words apart
}

func (s *scanner) word(i int) string { return s.src[s.start[i]:s.end[i]] }

func (s *scanner) scan(folded string) {
	s.src, s.n = folded, 0
	mark := byte(0)
	for i := 0; i < len(folded) && s.n < maxWords; {
		if !isAlnum(folded[i]) {
			switch c := folded[i]; c {
			case ',', ';', '/', '$', '+':
				mark = c
			}
			i++
			continue
		}
		j := i + 1
		for j < len(folded) && s.joins(j) {
			j++
		}
		if w := folded[i:j]; w != "AND" && w != "THE" {
			s.start[s.n], s.end[s.n], s.mark[s.n] = int32(i), int32(j), mark
			s.n++
			mark = 0
		} else if s.split {
			mark = ','
		}
		i = j
	}
}

// joins reports whether the byte at j goes on the word before it.
func (s *scanner) joins(j int) bool {
	c, before := s.src[j], s.src[j-1]
	switch {
	case isAlnum(c) && s.split:
		return isDigit(c) == isDigit(before) || !isAlnum(before)
	case isAlnum(c):
		return !s.codeAt(j)
	case c == '.' || c == ',' && s.split:
		// 1203.4; and in sums of money 1,000
		if j+1 >= len(s.src) || !isDigit(before) || !isDigit(s.src[j+1]) {
			return false
		}
		return c == '.' || j+3 < len(s.src) && isDigit(s.src[j+2]) && isDigit(s.src[j+3]) && (j+4 >= len(s.src) || !isDigit(s.src[j+4]))
	}
	return false
}

// codeAt reports whether a code's letters begin or end at byte j, written
// together with its section: 1203.4PC, PC1203.9.
func (s *scanner) codeAt(j int) bool {
	if isDigit(s.src[j]) == isDigit(s.src[j-1]) {
		return false
	}
	from, to := j, j+2
	if isDigit(s.src[j]) {
		from, to = j-2, j
		if from > 0 && isAlnum(s.src[from-1]) {
			return false
		}
	} else if to < len(s.src) && isAlnum(s.src[to]) {
		return false
	}
	if from < 0 || to > len(s.src) {
		return false
	}
	switch s.src[from:to] {
	case "PC", "HS", "WI":
		return true
	}
	return false
}

// look finds the words' numbers in a lexicon.
func (s *scanner) look(x *lexicon) {
	for i := 0; i < s.n; i++ {
		s.ids[i] = x.words[s.word(i)]
	}
}

// mend gives word i the number of the one table word that differs from it in a
// single letter, if it is long enough and only one does.
func (s *scanner) mend(x *lexicon, i int) bool {
	w := s.word(i)
	if len(w) < longWord || s.ids[i] != 0 || isDigit(w[0]) {
		return false
	}
	found := ""
	for _, v := range x.long {
		if v[0] == w[0] && oneSlip(v, w) {
			if found != "" {
				return false
			}
			found = v
		}
	}
	if found == "" {
		return false
	}
	s.ids[i] = x.words[found]
	return true
}

// oneSlip reports whether two words differ by one letter changed, added, left
// out, or by two neighbours that changed places.
func oneSlip(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return a[i:] == b[i+1:]
	}
	if i == len(a) {
		return false
	}
	return a[i+1:] == b[i+1:] || i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
func isAlnum(c byte) bool { return isDigit(c) || 'A' <= c && c <= 'Z' }

// fold is the text in capitals; "" for fillers.
func fold(s string) string {
	if text.IsFiller(s) {
		return ""
	}
	return text.Upper(s)
}
