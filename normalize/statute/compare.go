package statute

import (
	_ "embed"
	"strings"
	"sync"

	"github.com/casefold/casefold"
)

// A Relation is how two statutes stand to each other. Code words that one side
// does not tell contradict nothing.
type Relation uint8

const (
	NotTold     Relation = iota // one side names no section
	Different                   // another section, or a sister subdivision of no common head
	Sisters                     // same section, different subdivisions: 11357(b), 11357(c)
	Broader                     // a is the head of b: 11357, 11357(b)
	Narrower                    // b is the head of a
	Equal                       // same section and path
	Predecessor                 // a was renumbered to b: 288A, 287
	Successor                   // b was renumbered to a
)

// String names the relation as reports print it.
func (r Relation) String() string {
	return [...]string{"not told", "different", "same section", "broader", "narrower", "equal", "predecessor", "successor"}[r]
}

// Compatible reports whether two statutes may be the same charge written with
// more or less care, or under its old and new number.
func (r Relation) Compatible() bool {
	switch r {
	case Broader, Narrower, Equal, Predecessor, Successor:
		return true
	}
	return false
}

// Compare relates two statutes by code, section and path. The inchoate layer is
// a question of its own: SameLayer.
func Compare(a, b casefold.Statute) Relation {
	if a.Section == "" || b.Section == "" {
		return NotTold
	}
	rest := Different
	if a.Section == b.Section && (a.Code == b.Code || a.Code == "" || b.Code == "") {
		if rest = comparePaths(a.Path, b.Path); rest != Sisters {
			return rest
		}
	}
	table := renumberings()
	if table.follows(a, b) {
		return Predecessor
	}
	if table.follows(b, a) {
		return Successor
	}
	return rest
}

// SameLayer reports whether two statutes have the same inchoate layer, or one
// layer is told more finely than the other: 182, 182(a)(1).
func SameLayer(a, b casefold.Statute) bool {
	return strings.HasPrefix(a.Inchoate, b.Inchoate) && b.Inchoate != "" ||
		strings.HasPrefix(b.Inchoate, a.Inchoate) && a.Inchoate != "" || a.Inchoate == b.Inchoate
}

func comparePaths(a, b string) Relation {
	switch {
	case a == b:
		return Equal
	case strings.HasPrefix(b, a):
		return Broader
	case strings.HasPrefix(a, b):
		return Narrower
	}
	return Sisters
}

//go:embed renumbered.tsv
var renumberedTable string

// A renumbering says that a section's law moved. Paths are heads: PC 12021(a)(1)
// to PC 29800(a)(1) covers what lies below.
type renumbering struct{ from, to Key }

type renumberingTable map[string][]renumbering // by code and section of from

var renumberings = sync.OnceValue(func() renumberingTable {
	t := renumberingTable{}
	for line := range strings.Lines(renumberedTable) {
		line = strings.TrimRight(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) < 3 {
			panic("statute: renumbered.tsv is damaged")
		}
		from, err1 := ParseKey(f[0])
		to, err2 := ParseKey(f[1])
		if err1 != nil || err2 != nil {
			panic("statute: renumbered.tsv is damaged")
		}
		t[from.Code+" "+from.Section] = append(t[from.Code+" "+from.Section], renumbering{from, to})
	}
	return t
})

// moved are the numbers of sections that a renumbering took away or gave.
var moved = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for _, list := range renumberings() {
		for _, r := range list {
			m[r.from.Section], m[r.to.Section] = true, true
		}
	}
	return m
})

// Renumbered reports whether one of two statutes is the other under its number
// of before or after a renumbering.
func Renumbered(a, b casefold.Statute) bool {
	if a.Section == b.Section || a.Code == "" || !moved()[a.Section] || !moved()[b.Section] {
		return false
	}
	t := renumberings()
	return t.follows(a, b) || t.follows(b, a)
}

// follows reports whether b can be what a became: the heads agree, or one side
// is told more broadly than the table.
func (t renumberingTable) follows(a, b casefold.Statute) bool {
	if a.Code == "" || b.Code == "" {
		return false
	}
	for _, r := range t[a.Code+" "+a.Section] {
		if r.to.Code == b.Code && r.to.Section == b.Section && comparePaths(a.Path, r.from.Path) != Sisters && comparePaths(b.Path, r.to.Path) != Sisters {
			return true
		}
	}
	return false
}
