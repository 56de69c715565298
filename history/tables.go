package history

import (
	_ "embed"
	"strings"
	"sync"

	"github.com/casefold/casefold"
)

//go:embed procedure.csv
var procedureFile string

//go:embed markers.csv
var markersFile string

// A meaning is what a marker or a procedural section says about a row.
type meaning string

const (
	meansReentry  meaning = "reentry"
	meansTransfer meaning = "transfer"
	meansWarrant  meaning = "warrant"
	meansJuvenile meaning = "juvenile"

	priorFelony  meaning = "prior_felony"
	priorDrug    meaning = "prior_drug"
	priorSex     meaning = "prior_sex"
	priorForeign meaning = "prior_foreign"
	meansRevoked meaning = "revocation"
	meansRelief  meaning = "relief"
)

type marker struct {
	means meaning
	tells string
}

var markers = sync.OnceValue(func() map[string]marker {
	m := make(map[string]marker)
	for _, f := range tableRows(markersFile) {
		m[f[0]] = marker{meaning(f[1]), f[2]}
	}
	return m
})

// procedures maps "PC 1203.2" to its meaning.
var procedures = sync.OnceValue(func() map[string]meaning {
	m := make(map[string]meaning)
	for _, f := range tableRows(procedureFile) {
		m[f[0]+" "+f[1]] = meaning(f[2])
	}
	return m
})

//go:embed lessers.csv
var lessersFile string

// A bargain holds, by code and section, the sets of lessers.csv that a section
// stands in, a bit each.
type bargain map[casefold.Statute]uint32

var lessers = sync.OnceValue(func() bargain {
	t := bargain{}
	for n, f := range tableRows(lessersFile) {
		for section := range strings.FieldsSeq(f[1]) {
			t[casefold.Statute{Code: f[0], Section: section}] |= 1 << n
		}
	}
	return t
})

// related reports whether pleas lead between the sections of two offenses.
func (t bargain) related(a, b *casefold.Offense) bool {
	if a.Code != b.Code || a.Section == b.Section {
		return false
	}
	x := t[casefold.Statute{Code: a.Code, Section: a.Section}]
	return x != 0 && x&t[casefold.Statute{Code: b.Code, Section: b.Section}] != 0
}

// tableRows are the lines of an embedded table in three cells, without its
// head and column line. The last cell may hold commas.
func tableRows(file string) [][]string {
	var rows [][]string
	head := true
	for line := range strings.Lines(file) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		if head {
			head = false
			continue
		}
		if f := strings.SplitN(line, ",", 3); len(f) == 3 {
			rows = append(rows, f)
		}
	}
	return rows
}

// procedure tells whether an offense is a procedural section and what it means.
func procedure(o *casefold.Offense) meaning {
	if o == nil || len(o.Section) < 2 || o.Code != "PC" && o.Code != "HS" && o.Code != "" {
		return ""
	}
	switch o.Section[0] {
	case '1', '3': // every section of the table begins so
	default:
		return ""
	}
	code := o.Code
	if code == "" {
		code = "PC"
	}
	var key [24]byte
	b := append(key[:0], code...)
	b = append(b, ' ')
	b = append(b, o.Section...)
	return procedures()[string(b)]
}
