package name

import (
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/normalize/text"
)

// Most rows tell plain names: a surname of one word of letters, a given name of
// one, perhaps a middle name of one, none of which is a word that any rule
// knows. Nothing changes such a name, so there is nothing to try.

// Plain reads a name of plain parts as ParseParts does, in a twentieth of the
// time; ok is false for every other. The parts are trimmed and no fillers; the
// name shares no memory with them.
func Plain(last, first, middle string) (n casefold.Name, ok bool) {
	if !inert(last) || !inert(first) || middle != "" && !inert(middle) {
		return n, false
	}
	size := len(first) + 1 + len(last)
	if middle != "" {
		size += 1 + len(middle)
	}
	var b strings.Builder
	b.Grow(size)
	b.WriteString(first)
	b.WriteByte(' ')
	if middle != "" {
		b.WriteString(middle)
		b.WriteByte(' ')
	}
	b.WriteString(last)
	whole := b.String()
	n = casefold.Name{Verbatim: whole, First: whole[:len(first)], Last: whole[size-len(last):], Kind: casefold.PrimaryName}
	if middle != "" {
		n.Middle = whole[len(first)+1 : len(first)+1+len(middle)]
	}
	return n, true
}

// inert reports a word of capital letters that no rule looks at.
func inert(w string) bool {
	if w == "" || !plain(w) {
		return false
	}
	switch w {
	case "V", "DOE", "DOES", "ROE", "TEST", "TESTER", "TESTING":
		return false
	}
	if head, _ := splitArticle(w); head != "" {
		return false
	}
	return !text.IsFiller(w) && !isNobody(w) && !isInfant(w) && !isDegree(w) && !isTitle(w) && suffixOf(w) == ""
}
