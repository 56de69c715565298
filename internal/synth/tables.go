package synth

import (
	"bytes"
	"compress/gzip"
	"embed"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"

	"github.com/casefold/casefold"
)

//go:embed tables/*.tsv tables/*.tsv.gz
var tableFiles embed.FS

// readTable is the rows of an embedded table, split at tabs; comment lines are
// left out. The tables are part of the program: a broken one is a panic.
func readTable(name string) [][]string {
	b, err := tableFiles.ReadFile("tables/" + name)
	if err != nil {
		panic(err)
	}
	if strings.HasSuffix(name, ".gz") {
		z, err := gzip.NewReader(bytes.NewReader(b))
		if err != nil {
			panic(err)
		}
		if b, err = io.ReadAll(z); err != nil {
			panic(err)
		}
	}
	var rows [][]string
	for line := range strings.Lines(string(b)) {
		line = strings.TrimRight(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		rows = append(rows, strings.Split(line, "\t"))
	}
	return rows
}

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		panic(fmt.Sprintf("synth: table holds %q where a number should be", s))
	}
	return n
}

// A people is a group with names of its own. It decides names and the race
// told, nothing else.
type people int

const (
	white people = iota
	black
	hispanic
	asian
	peoples
)

// A place is a ZIP area.
type place struct{ zip, city, county string }

// tables are the embedded tables in the form in which they are drawn from.
type tables struct {
	surnames  [peoples]lottery[string]
	given     [peoples][2][8]lottery[string] // by sex (0 male) and decade from the 1930s
	viet      [2]lottery[string]             // Vietnamese given names, by sex
	nicknames map[string]lottery[string]
	places    map[string]*lottery[place] // by county
	offenses  []offense
	byCJIS    map[string]*offense
	classes   map[string][]*offense
	agencies  lottery[agency]
	near      [128]string // keys beside a key
	ocr       [128]string // misread as
	sounds    []soundRule
}

// A soundRule spells part of a word as it sounds.
type soundRule struct{ where, from, to string }

// An agency arrests.
type agency struct{ ori, stateName, name, city string }

// loadTables reads the embedded tables once.
var loadTables = sync.OnceValue(func() *tables {
	t := &tables{nicknames: map[string]lottery[string]{}, places: map[string]*lottery[place]{}, byCJIS: map[string]*offense{}, classes: map[string][]*offense{}}
	t.loadSurnames()
	t.loadGiven()
	for _, r := range readTable("places.tsv") {
		if t.places[r[2]] == nil {
			t.places[r[2]] = &lottery[place]{}
		}
		t.places[r[2]].add(place{r[0], r[1], r[2]}, number(r[3]))
	}
	for _, r := range readTable("agencies.tsv") {
		t.agencies.add(agency{r[0], r[1], r[2], r[4]}, number(r[5]))
	}
	t.loadOffenses()
	for _, r := range readTable("slips.tsv") {
		switch r[0] {
		case "key":
			t.near[r[1][0]] += r[2]
		case "ocr":
			if len(r[1]) == 1 {
				t.ocr[r[1][0]] += r[2][:1]
			}
		default:
			t.sounds = append(t.sounds, soundRule{r[0], r[1], r[2]})
		}
	}
	return t
})

func (t *tables) loadSurnames() {
	for _, r := range readTable("surnames.tsv.gz") {
		n := number(r[1])
		for p := range peoples {
			t.surnames[p].add(r[0], n/100*number(r[2+p])/100)
		}
	}
}

func (t *tables) loadGiven() {
	births := map[string]int{}
	rows := readTable("given.tsv.gz")
	for _, r := range rows {
		sex := 0
		if strings.HasSuffix(r[1], "F") {
			sex = 1
		}
		if r[1][0] == 'V' {
			t.viet[sex].add(r[0], 1)
			continue
		}
		for p := range peoples {
			share := number(r[2+p])
			for d := range 8 {
				n := number(r[6+d])
				births[r[0]] += n
				t.given[p][sex][d].add(r[0], n*share/20)
			}
		}
	}
	for _, r := range readTable("nicknames.tsv.gz") {
		var l lottery[string]
		for _, nick := range strings.Fields(r[1]) {
			// Short forms that nobody was christened with in California are mostly
			// of an older age; they stay possible.
			l.add(nick, 20+births[nick]/50)
		}
		t.nicknames[r[0]] = l
	}
}

// An offense is a row of offenses.tsv.
type offense struct {
	cjis, code, section, path string
	level                     casefold.Level // "" for what is no offence (X)
	from, to                  casefold.Day   // offence date; 0 no bound
	class                     string
	weight                    int
	superStrike, registers    bool // PC 667(e)(2)(C)(iv); PC 290(c)
	maybeBar                  bool // one of both, if facts of the file say so
	prop47                    bool
	juvenile, women, young    bool
	wobble                    string // CJIS code of the misdemeanor side
	literal                   string
}

func (t *tables) loadOffenses() {
	rows := readTable("offenses.tsv")
	t.offenses = make([]offense, len(rows))
	for i, r := range rows {
		o := &t.offenses[i]
		*o = offense{cjis: r[0], code: r[1], section: r[2], path: r[3], class: r[7], weight: number(r[8]), literal: r[10]}
		o.level = map[string]casefold.Level{"F": casefold.Felony, "M": casefold.Misdemeanor, "I": casefold.Infraction}[r[4]]
		o.from, o.to = tableDay(r[5]), tableDay(r[6])
		for _, f := range strings.Fields(r[9]) {
			switch {
			case f == "ss":
				o.superStrike = true
			case f == "rc":
				o.registers = true
			case f == "maybe":
				o.maybeBar = true
			case f == "p47":
				o.prop47 = true
			case f == "juv":
				o.juvenile = true
			case f == "young":
				o.young = true
			case f == "fem":
				o.women = true
			case strings.HasPrefix(f, "w:"):
				o.wobble = f[2:]
			}
		}
		if o.cjis != "" {
			t.byCJIS[o.cjis] = o
		}
		t.classes[o.class] = append(t.classes[o.class], o)
	}
}

func tableDay(s string) casefold.Day {
	if s == "" {
		return 0
	}
	d, err := casefold.ParseDay(s)
	if err != nil {
		panic(err)
	}
	return d
}

// inForce reports whether the offence could be committed on that day.
func (o *offense) inForce(d casefold.Day) bool {
	return (o.from == 0 || o.from <= d) && (o.to == 0 || d <= o.to)
}

// An offender is what decides which offences a person can commit.
type offender struct{ woman, minor, under21 bool }

// fits reports whether the offence was in force and such a person can commit it.
func (o *offense) fits(d casefold.Day, who offender) bool {
	return o.inForce(d) && (!o.juvenile || who.minor) && (!o.women || who.woman) && (!o.young || who.under21)
}

// drawOffense draws an offence of the class that fits; nil if none does.
func (t *tables) drawOffense(r *stream, class string, d casefold.Day, who offender) *offense {
	total := 0
	for _, o := range t.classes[class] {
		if o.fits(d, who) {
			total += o.weight
		}
	}
	at := r.below(total)
	for _, o := range t.classes[class] {
		if o.fits(d, who) {
			if at -= o.weight; at < 0 {
				return o
			}
		}
	}
	return nil
}
