package main

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A rapsheet is a case of testdata/rapsheets.txt: a person's rows in a state
// extract and what a law answers to some of them.
type rapsheet struct {
	id, facts, born string
	steps           []goldenStep
	cells           []map[string]string
	law             string
	asOf, complete  string
	want            map[int]string // by place of the row
}

// TestRapsheets decides the cases of testdata/rapsheets.txt through the binary:
// from a state extract to the determinations export, a run for each day in
// question and each set of questions that are declared complete.
func TestRapsheets(t *testing.T) {
	src, err := os.ReadFile(filepath.Join("testdata", "rapsheets.txt"))
	if err != nil {
		t.Fatal(err)
	}
	groups := map[string][]rapsheet{}
	for _, c := range parseRapsheets(t, string(src)) {
		groups[c.asOf+" "+c.complete] = append(groups[c.asOf+" "+c.complete], c)
	}
	for name, cases := range groups {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			writeRapsheets(t, dir, cases)
			casefoldDoes(t, dir, "run", "-q")
			decided := map[string][]map[string]string{} // by law and case number
			for _, row := range tableOf(t, casefoldDoes(t, dir, "export", "determinations")) {
				key := row["law"] + " " + row["case_number"]
				decided[key] = append(decided[key], row)
			}
			for _, c := range cases {
				c.compare(t, decided)
			}
		})
	}
}

// compare finds the determination of each row that the case asks about: of its
// case number, and where that has several, of its section.
func (c *rapsheet) compare(t *testing.T, decided map[string][]map[string]string) {
	for at, want := range c.want {
		of := decided[c.law+" "+c.steps[at].number]
		if len(of) > 1 {
			digits := strings.FieldsFunc(c.steps[at].charge, func(r rune) bool { return (r < '0' || r > '9') && r != '.' })[0]
			of = slices.DeleteFunc(slices.Clone(of), func(d map[string]string) bool { return !strings.Contains(d["section"], digits) })
		}
		got := map[string]string{"outcome": "none"}
		if len(of) > 0 {
			got = of[0]
		}
		for i, part := range strings.Split(want, ", ") {
			key, words, _ := strings.Cut(part, " ")
			if i == 0 {
				key, words = "outcome", part
			}
			found := false
			for _, w := range strings.Split(words, "|") {
				found = found || got[key] == w || (key == "reason" || key == "needs") && strings.Contains(got[key], w)
			}
			if !found {
				t.Errorf("%s %s: want %s, got %s (%s %s, level %s, route %s: %s; needs %q, ours %s)",
					c.id, c.facts, want, got["outcome"], got["section"], got["conviction_date"], got["level"], got["route"], got["reason"], got["needs"], got["ours"])
				break
			}
		}
	}
}

// parseRapsheets reads rapsheets.txt, whose form stands in its head.
func parseRapsheets(t *testing.T, src string) (out []rapsheet) {
	t.Helper()
	for n, line := range strings.Split(src, "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		if line[0] != ' ' {
			id, facts, ok := strings.Cut(line, ": ")
			if !ok {
				t.Fatalf("rapsheets.txt:%d: no case: %s", n+1, line)
			}
			out = append(out, rapsheet{id: id, facts: facts, law: "prop64", asOf: "20261124", complete: "convictions, relief, list-11361.9, supervision", want: map[int]string{}})
			continue
		}
		c := &out[len(out)-1]
		word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch {
		case word == "born":
			c.born = rest
		case word == "law":
			c.law = rest
		case word == "as":
			c.asOf = strings.TrimPrefix(rest, "of ")
		case word == "complete":
			c.complete = strings.TrimPrefix(rest, "for ")
		case word[0] == '=':
			at := 1
			if len(word) > 1 {
				if _, err := fmt.Sscan(word[1:], &at); err != nil {
					t.Fatalf("rapsheets.txt:%d: %v", n+1, err)
				}
			}
			c.want[at-1] = rest
		default:
			step, cells := parseRapsheetRow(t, n+1, len(out), len(c.steps), word, rest)
			c.steps, c.cells = append(c.steps, step), append(c.cells, cells)
		}
	}
	return out
}

// parseRapsheetRow reads the row at a place of a person's rapsheet.
func parseRapsheetRow(t *testing.T, line, person, at int, day, rest string) (goldenStep, map[string]string) {
	t.Helper()
	parts := strings.Split(rest, "; ")
	charge := strings.TrimSpace(strings.TrimSuffix(parts[0], ";"))
	s := goldenStep{day: day, charge: charge, cycle: at + 1, step: 2, number: fmt.Sprintf("%sF%03d%02d", day[2:4], person, at)}
	cells := map[string]string{"SENT_ORDER": "001", "SENT_LOC_CODE": "P", "SENT_LOC_DESCR": "PROBATION", "SENT_LENGTH": "36", "SENT_TIME_CODE": "M", "SENT_TIME_DESCR": "MONTHS"}
	if charge == "" {
		s.number = ""
	}
	for _, p := range parts[1:] {
		key, value, _ := strings.Cut(p, " ")
		text := map[string]*string{"level": &s.toc, "code": &s.code, "disp": &s.disposition, "arrest": &s.arrest, "number": &s.number,
			"court": &s.court, "ori": &s.ori, "county": &s.county, "kind": &s.kind, "comment": &s.comment}[key]
		switch {
		case text != nil:
			*text = value
		case key == "case":
			s.number, s.step = fmt.Sprintf("99F%03d9%s", person, value), 2+at
			_, _ = fmt.Sscan(value, &s.cycle)
			s.cycle += 50
		case key == "convicted":
			cells["CONV_OFFENSE_ORDER"], cells["CONV_OFFENSE_DESCR"] = "001", strings.TrimPrefix(value, "of ")
		case key == "listed":
			cells["listed"] = value
		case key == "qual":
			cells["OFFENSE_QUAL_LST"] = value
		case key == "born":
			cells["PRI_DOB"] = value
		case key == "prison", key == "jail":
			length, unit, _ := strings.Cut(value, " ")
			cells["SENT_LOC_CODE"], cells["SENT_LOC_DESCR"] = strings.ToUpper(key[:1]), strings.ToUpper(key)
			cells["SENT_LENGTH"], cells["SENT_TIME_CODE"], cells["SENT_TIME_DESCR"] = length, unit[:1], unit
		default:
			t.Fatalf("rapsheets.txt:%d: no cell %q", line, key)
		}
	}
	if s.number == "-" {
		s.number = ""
	}
	if s.disposition != "" && !strings.HasPrefix(s.disposition, "CONVICTED") {
		for k := range cells {
			if strings.HasPrefix(k, "SENT_") {
				delete(cells, k)
			}
		}
	}
	return s, cells
}

// writeRapsheets writes the extract and the project of a group of cases. Each
// case is a person of a name, a number and a birth date of its own.
func writeRapsheets(t *testing.T, dir string, cases []rapsheet) {
	t.Helper()
	file, err := os.Create(filepath.Join(dir, "state.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	w := csv.NewWriter(file)
	_ = w.Write(stateColumns)
	var list strings.Builder
	list.WriteString("CII,NAME,DOB,COURT,CASE,SECTION,LEVEL,DATE,STATUS\n")
	for i, c := range cases {
		last, _, _ := strings.Cut(goldenNames[i%len(goldenNames)], ",")
		_, first, _ := strings.Cut(goldenNames[(i+1+i/len(goldenNames))%len(goldenNames)], ",")
		born := c.born
		if born == "" {
			earliest := c.steps[0].day
			for _, s := range c.steps {
				if s.charge != "" {
					earliest = min(earliest, s.day)
				}
			}
			born = fmt.Sprintf("%04d%02d%02d", yearOf(earliest)-31, 1+i%12, 1+(7*i)%28)
		}
		counts := map[[2]int]int{}
		for k, s := range c.steps {
			if status := c.cells[k]["listed"]; status != "" {
				delete(c.cells[k], "listed")
				section, _, _ := strings.Cut(s.charge, "-")
				fmt.Fprintf(&list, "A%08d,\"%s,%s\",%s,CASCSACRAMENTO,%s,%s,F,%s,%s\n", 11000000+7919*i, last, first, strings.TrimPrefix(born, "-"), s.number, section, s.day, strings.ToUpper(status))
			}
			at := [2]int{s.cycle, s.step}
			counts[at]++
			row := s.row(i, counts[at], last+","+first, strings.TrimPrefix(born, "-"))
			for column, value := range c.cells[k] {
				row[slices.Index(stateColumns, column)] = value
			}
			_ = w.Write(row)
		}
	}
	w.Flush()
	if err := w.Error(); err != nil {
		t.Fatal(err)
	}
	project := strings.Replace(goldenProject, "as_of: 2026-11-24\n", "as_of: "+cases[0].asOf[:4]+"-"+cases[0].asOf[4:6]+"-"+cases[0].asOf[6:]+"\n", 1)
	head, _, _ := strings.Cut(project, "    authoritative_for:")
	if cases[0].complete != "nothing" {
		head += "    authoritative_for:\n"
		for _, q := range strings.Split(cases[0].complete, ", ") {
			head += "      - {question: " + q + "}\n"
		}
	}
	head += rapsheetsList
	if err := os.WriteFile(filepath.Join(dir, "list.csv"), []byte(list.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "casefold.yaml"), []byte(head), 0o600); err != nil {
		t.Fatal(err)
	}
}

// rapsheetsList is the state's list under HS 11361.9, with challenges.
const rapsheetsList = `  - name: list
    files: [list.csv]
    teller: other
    agency: {name: Sacramento Superior Court, county: Sacramento, kind: superior_court}
    extract_date: 2026-11-24
    date_order: ymd
    read: {header: true}
    mapping: {name: NAME, birth_date: DOB, court: COURT, case_number: CASE, convicted_charge: SECTION, convicted_level: LEVEL, conviction_date: DATE, listing: STATUS}
    identifiers:
      - {column: CII, kind: cii, how: look-up}
`

// yearOf is the year of a day YYYYMMDD.
func yearOf(day string) int {
	year := 0
	_, _ = fmt.Sscan(day[:4], &year)
	return year
}
