package statute

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the offence table from the shared reference data")

// shared is the folder of reference data, which does not lie in this
// repository. Tests that want it skip where it is absent.
func shared(t testing.TB, elem ...string) string {
	t.Helper()
	root := os.Getenv("CASEFOLD_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared")
	}
	file := filepath.Join(append([]string{root}, elem...)...)
	if _, err := os.Stat(file); err != nil {
		t.Skip("no reference data here")
	}
	return file
}

func readCSV(t testing.TB, file string) []map[string]string {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(file, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			t.Fatal(err)
		}
	}
	rows, err := csv.NewReader(r).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	out := make([]map[string]string, 0, len(rows))
	for _, row := range rows[1:] {
		m := map[string]string{}
		for i, name := range rows[0] {
			m[name] = strings.TrimSpace(row[i])
		}
		out = append(out, m)
	}
	return out
}

const tableHead = `# California offence codes: the five-digit CJIS code, the statute it stands for, and its level.
# Source: the state's CJIS offence code table as published in SanDiegoCountySheriff/Cal-RIPA
#   (UI/src/stories/data/statutes.js, commit 721be605a7c9463e0a15e5e05fb1fdae44ca738f), a public
#   record of the state; codes that only the older list (to 2014, vdorie/dojr) knows are added from
#   our own tables offense_code_flags and cannabis_offense_codes. Retrieved 2026-11.
# Licence: the facts are public; this arrangement is GPL-3.0-or-later like the program.
# Made by: go test ./normalize/statute -run TestTableIsMadeFromItsSource -update
# Columns, divided by tabs: code, kind of code, section, subdivision path, further section of a
#   compound charge, level (F M I; X is no offence), in force from, to, literal.
# In force is filled only for cannabis offences, where the dates tell the old law from the new. A
#   retired code is not a repealed crime, so the table's other dates are left out on purpose.
`

// TestTableIsMadeFromItsSource rebuilds offenses.tsv from the reference data
// and wants every byte equal.
func TestTableIsMadeFromItsSource(t *testing.T) {
	doj := readCSV(t, shared(t, "data", "ref", "offenses", "ca_doj_offense_codes.csv.gz"))
	flags := readCSV(t, shared(t, "laws", "tables", "offense_code_flags.csv"))
	cannabis := readCSV(t, shared(t, "laws", "tables", "cannabis_offense_codes.csv"))
	lines := map[string]string{}
	add := func(cjis, code, statute, level, from, to, literal string) {
		cjis = fmt.Sprintf("%05s", cjis)
		if _, ok := lines[cjis]; ok {
			return
		}
		section, path, also := structure(code, strings.ReplaceAll(statute, " (", "("))
		if section == "" {
			code = ""
		}
		lines[cjis] = strings.Join([]string{cjis, code, section, path, also, level, from, to, literal}, "\t")
	}
	literals := map[string]string{}
	for _, r := range doj {
		literals[fmt.Sprintf("%05s", r["offenseCode"])] = r["statuteLiteral"]
	}
	for _, r := range cannabis {
		from, to := inForce(r)
		id := fmt.Sprintf("%05s", r["doj_offense_code"])
		literal := literals[id]
		if literal == "" {
			literal = strings.ToUpper(strings.SplitN(r["literal_in_short"], " (", 2)[0])
		}
		add(id, r["code"], r["statute"], r["type_of_charge"], from, to, literal)
	}
	for _, r := range doj {
		add(r["offenseCode"], r["offenseTypeOfStatuteCD"], r["offenseStatute"], r["offenseTypeOfCharge"], "", "", r["statuteLiteral"])
	}
	for _, r := range flags {
		statute, literal := reLetterApart.ReplaceAllString(r["statute"], "$1$2"), ""
		if strings.HasPrefix(statute, "647A") {
			literal = "ANNOY/MOLEST CHILDREN" // what the section was, before it became 647.6
		}
		add(r["doj_offense_code"], r["code"], statute, r["type_of_charge"], "", "", literal)
	}
	var out bytes.Buffer
	out.WriteString(tableHead)
	keys := make([]string, 0, len(lines))
	for k := range lines {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	for _, k := range keys {
		out.WriteString(lines[k] + "\n")
	}
	if *update {
		if err := os.WriteFile("offenses.tsv", out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	have, err := os.ReadFile("offenses.tsv")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(have, out.Bytes()) {
		t.Error("offenses.tsv differs from what its sources give; run with -update and look at the diff")
	}
}

// inForce is the interval in which a cannabis code could be charged. Codes of
// the old law that carry no end get the day before Proposition 64, which
// replaced every one of these sections whole; an open beginning is the state's
// founding, an open end the last day a date can hold.
func inForce(r map[string]string) (from, to string) {
	from, to = r["from"], r["to"]
	family := r["family"]
	if to == "" && (strings.Contains(family, " old") || family == "mislabelled" || strings.Contains(family, "pre-1976")) {
		to = "2016-11-08"
	}
	switch {
	case from == "" && to == "":
		return "", ""
	case from == "":
		from = "1850-01-01"
	case to == "":
		to = "9999-12-31"
	}
	return from, to
}

var (
	reStatute = regexp.MustCompile(`^((?:\d+ )?\d+(?:\.\d+)*[A-Z]{0,2}(?:\.\d+)?)((?:\([A-Z0-9]+\)|\d+)*)(?:/(.*))?$`)
	// The older list parts a section's letter from its number: 647 A, 266 H(B).
	reLetterApart = regexp.MustCompile(`^(\d+) ([A-Z])\b`)
	reElement     = regexp.MustCompile(`[A-Z0-9]+`)
)

// structure takes the state's own notation apart, which is regular; what is not
// is spelled out here.
func structure(code, statute string) (section, path, also string) {
	switch {
	case statute == "6221/2":
		return "622 1/2", "", ""
	case statute == "18 248US":
		return "18 248", "", ""
	case code == "AA" || statute == "":
		return "", "", ""
	}
	m := reStatute.FindStringSubmatch(statute)
	if m == nil {
		return "", "", ""
	}
	section = m[1]
	for _, e := range reElement.FindAllString(m[2], -1) {
		path += "(" + strings.ToLower(e) + ")"
	}
	// In the state's notation a point may stand for the parentheses of a
	// numbered paragraph. The sections of which that is true are a closed list.
	if i := strings.LastIndexByte(section, '.'); i > 0 && paragraphs[code+" "+section] {
		section, path = section[:i], "("+section[i+1:]+")"+path
	}
	if m[3] != "" {
		s, p, _ := structure(code, m[3])
		also = s + p
	}
	return section, path, also
}
