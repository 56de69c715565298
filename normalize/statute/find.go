package statute

import (
	"iter"
	"strings"
)

// A Finder looks for any of a list of words in one pass over a folded text.
type Finder struct{ byFirst [128][]string }

// NewFinder takes the words, in capitals. Where two begin at the same place, the
// one given first is found.
func NewFinder(words ...string) *Finder {
	var f Finder
	for _, w := range words {
		f.byFirst[w[0]] = append(f.byFirst[w[0]], w)
	}
	return &f
}

// Find is the first place at or after from where one of the words begins a word
// of the text, and that word; -1 if there is none.
func (f *Finder) Find(s string, from int) (at int, word string) {
	for i := from; i < len(s); i++ {
		list := f.byFirst[s[i]&127]
		if list == nil || i > 0 && isLetter(s[i-1]) && isLetter(s[i]) {
			continue
		}
		for _, w := range list {
			if strings.HasPrefix(s[i:], w) {
				return i, w
			}
		}
	}
	return -1, ""
}

// commentMarks begin a new part of a comment on printed rap sheets.
var commentMarks = NewFinder("COM:", "CHRG-", "CHRG:", "SEN-", "SEN:", "XSEN:", "XSEN-", "ADR-", "SCN-", "DCN-", "ATI-", "WARRANT NBR", "CRT #", "CRT#", "CASE #")

// CommentParts yields the parts of a folded comment: it is cut at semicolons and
// where a mark begins.
func CommentParts(folded string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for folded != "" {
			end := len(folded)
			if at, _ := commentMarks.Find(folded, 1); at >= 0 {
				end = at
			}
			if i := strings.IndexByte(folded[:end], ';'); i >= 0 {
				end = i
			}
			part := strings.Trim(folded[:end], " ;,")
			if end == 0 {
				end = 1
			}
			folded = strings.TrimLeft(folded[end:], " ;,")
			if part != "" && !yield(part) {
				return
			}
		}
	}
}
