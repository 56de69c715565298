package name

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

//go:embed nicknames.txt
var nicknameTable string

//go:embed nicknames_own.txt
var ownNicknameTable string

// A Class is a set of given names that may be one person's: a full name with
// its short forms (ROBERT BOB ROB BOBBY). The number has no meaning but
// equality, and may change when the tables do.
type Class uint16

var nicknames = sync.OnceValue(func() map[string][]Class {
	m := map[string][]Class{}
	next := Class(0)
	for _, table := range []string{nicknameTable, ownNicknameTable} {
		for line := range strings.Lines(table) {
			if line[0] == '#' || line[0] == '\n' {
				continue
			}
			for w := range strings.FieldsSeq(line) {
				w = strings.TrimSuffix(w, ":")
				if cs := m[w]; len(cs) == 0 || cs[len(cs)-1] != next {
					m[w] = append(cs, next)
				}
			}
			next++
		}
	}
	return m
})

// Nicknames are the classes of a given name, ascending; nil for a name without
// short or full forms. Two names can be one person's if they share a class. The
// slice is shared: do not change it.
func Nicknames(given string) []Class { return nicknames()[given] }

// Related reports whether two different given names share a class.
func Related(a, b string) bool {
	if a == b {
		return false
	}
	as, bs := Nicknames(a), Nicknames(b)
	for i, j := 0, 0; i < len(as) && j < len(bs); {
		switch {
		case as[i] == bs[j]:
			return true
		case as[i] < bs[j]:
			i++
		default:
			j++
		}
	}
	return false
}

// FullForms are the full names that a given name may be short for, in
// alphabetical order, itself left out.
func FullForms(given string) []string {
	var out []string
	for _, table := range []string{nicknameTable, ownNicknameTable} {
		for line := range strings.Lines(table) {
			full, rest, ok := strings.Cut(line, ":")
			if ok && line[0] != '#' && slices.Contains(strings.Fields(rest), given) && !slices.Contains(out, full) {
				out = append(out, full)
			}
		}
	}
	slices.Sort(out)
	return out
}
