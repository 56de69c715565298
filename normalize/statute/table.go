package statute

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"github.com/casefold/casefold"
)

//go:embed offenses.tsv
var offenseTable string

// An entry is one five-digit code of the state's offence table.
type entry struct {
	Statute casefold.Statute
	Also    string // further section of a compound charge, with its path
	Level   casefold.Level
	InForce casefold.Date
	Literal string
}

// A sectionInfo is what the table knows of one section of one code.
type sectionInfo struct {
	Code     string
	Paths    []string // known subdivision paths, sorted, "" if the bare section is known
	Literals []string // the table's wordings, one per path entry, for ties between readings
	LitPaths []string // path of each wording
	// OwnAttempt: the crime is by its own definition an attempt or a
	// conspiracy, so that the words in its literal say nothing of PC 664.
	OwnAttempt bool
}

// A table is the offence table in the form the parser asks it: by section, and
// by CJIS code.
type table struct {
	sections map[string][]*sectionInfo // by section, sorted by code
	byCJIS   map[string]*entry
}

// offences is read on first use and never changed afterwards.
var offences = sync.OnceValue(func() *table {
	t := &table{sections: make(map[string][]*sectionInfo, 4096), byCJIS: make(map[string]*entry, 8192)}
	for line := range strings.Lines(offenseTable) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(f) != 9 {
			panic("statute: offenses.tsv is damaged")
		}
		from, _ := casefold.ParseDay(f[6])
		to, _ := casefold.ParseDay(f[7])
		e := &entry{
			Statute: casefold.Statute{Code: f[1], Section: f[2], Path: f[3]},
			Also:    f[4], Level: levelOf(f[5]), InForce: casefold.Between(from, to), Literal: f[8],
		}
		t.byCJIS[f[0]] = e
		if e.Statute.Section != "" {
			t.learn(e)
		}
	}
	for _, name := range moreSections {
		code, section, _ := strings.Cut(name, " ")
		if t.section(code, section) == nil {
			t.sections[section] = append(t.sections[section], &sectionInfo{Code: code})
		}
	}
	for _, name := range ownAttempts {
		code, section, _ := strings.Cut(name, " ")
		if s := t.section(code, section); s != nil {
			s.OwnAttempt = true
		}
	}
	for section, infos := range t.sections {
		slices.SortFunc(infos, func(a, b *sectionInfo) int { return strings.Compare(a.Code, b.Code) })
		for _, s := range infos {
			slices.Sort(s.Paths)
			s.Paths = slices.Compact(s.Paths)
		}
		t.sections[section] = infos
	}
	return t
})

func (t *table) learn(e *entry) {
	s := t.section(e.Statute.Code, e.Statute.Section)
	if s == nil {
		s = &sectionInfo{Code: e.Statute.Code}
		t.sections[e.Statute.Section] = append(t.sections[e.Statute.Section], s)
	}
	s.Paths = append(s.Paths, e.Statute.Path)
	s.Literals = append(s.Literals, e.Literal)
	s.LitPaths = append(s.LitPaths, e.Statute.Path)
	if strings.Contains(e.Literal, "ATT") || strings.Contains(e.Literal, "CONSP") {
		s.OwnAttempt = true
	}
}

// section is what the table knows of a section, nil if nothing.
func (t *table) section(code, section string) *sectionInfo {
	for _, s := range t.sections[section] {
		if s.Code == code {
			return s
		}
	}
	return nil
}

// How well a path agrees with the known paths of its section.
const (
	unknownSection = 0 // the section is not in the table
	knownSection   = 1 // the section is, the path is not
	knownPrefix    = 2 // a part of the path is known, or longer ones are
	knownPath      = 3 // exactly this path is known
)

// fit grades a path against the section's known ones.
func (s *sectionInfo) fit(path string) int {
	if s == nil {
		return unknownSection
	}
	if _, ok := slices.BinarySearch(s.Paths, path); ok {
		return knownPath
	}
	for _, p := range s.Paths {
		if p != "" && strings.HasPrefix(path, p) || path != "" && strings.HasPrefix(p, path) || path == "" {
			return knownPrefix
		}
	}
	return knownSection
}

// CJISCode writes a CJIS offence code in its five digits: blanks and a
// spreadsheet's ".0" are cut, leading zeros put back. It returns "" for what is
// no such code, for zeros, and for 99999 and 99990, which mean "not in the
// table".
func CJISCode(s string) string {
	s = strings.TrimSpace(s)
	s = strings.TrimSuffix(s, ".0")
	if len(s) == 0 || len(s) > 5 {
		return ""
	}
	n := 0
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return ""
		}
		n = n*10 + int(s[i]-'0')
	}
	if n == 0 || n == 99999 || n == 99990 {
		return ""
	}
	return "00000"[:5-len(s)] + s
}

// Literal is the offence table's wording for a five-digit code, "" if it has
// none.
func Literal(cjis string) string {
	if e := offences().byCJIS[cjis]; e != nil {
		return e.Literal
	}
	return ""
}
