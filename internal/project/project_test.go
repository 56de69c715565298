package project

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/casefold/casefold"
	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite goldens and generated documents")

// golden compares with a file, or rewrites it.
func golden(t *testing.T, path string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is not up to date (run go test -update and look at the change):\n%s", path, cmp.Diff(string(want), string(got)))
	}
}

// The documents are what the key tables say.
func TestDocuments(t *testing.T) {
	golden(t, filepath.Join("..", "..", "docs", "project-file.md"), Markdown())
	schema := Schema()
	golden(t, filepath.Join("..", "..", "docs", "casefold.schema.json"), schema)
	if !json.Valid(schema) {
		t.Error("the schema is not JSON")
	}
}

// The example of the documentation is a project.
func TestDocumentedExample(t *testing.T) {
	_, rest, _ := strings.Cut(docHead, "```yaml\n")
	example, _, _ := strings.Cut(rest, "```")
	p, problems := Parse("casefold.yaml", []byte(example))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	court, state := p.Sources[0], p.Sources[1]
	if got := court.Mapping.Fields["last_name"]; len(got) != 2 || court.Mapping.Counts[1]["charge"][0] != "CHG2" || court.Mapping.Identifiers[0].Issuer != "CA-DOJ" {
		t.Errorf("court: %+v", court)
	}
	if state.PersonKey != "SUBJECT_ID" || state.Teller != casefold.TellerState || state.RowKey != "" {
		t.Errorf("state: %+v", state)
	}
}

// Every key has a meaning, and every word of a field, format and kind is
// documented.
func TestEveryKeyIsDocumented(t *testing.T) {
	var walk func(ks keys, path string)
	walk = func(ks keys, path string) {
		for _, k := range ks {
			if k.doc == "" {
				t.Errorf("%s%s says nothing", path, k.name)
			}
			if k.value.kind == tableValue {
				walk(k.value.keys, path+k.name+".")
			}
			if k.value.of != nil && k.value.of.kind == tableValue {
				walk(k.value.of.keys, path+k.name+".")
			}
		}
	}
	walk(projectKeys, "")
	text := string(Markdown())
	for _, f := range fieldWords() {
		if !strings.Contains(text, "`"+f+"`") {
			t.Errorf("field %s is not documented", f)
		}
	}
}

// TestProblems runs testdata/problems/*.txtar: a project file (and perhaps its
// data files), and the exact problems told.
func TestProblems(t *testing.T) {
	names, err := filepath.Glob("testdata/problems/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal("no cases", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			var want *txtar.File
			for i, f := range ar.Files {
				if f.Name == "want" {
					want = &ar.Files[i]
					continue
				}
				path := filepath.Join(dir, f.Name)
				if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, f.Data, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			p, problems := Load(filepath.Join(dir, FileName))
			if p != nil {
				problems = append(problems, Check(context.Background(), p)...)
			}
			var b strings.Builder
			for _, pr := range problems {
				pr.File = filepath.Base(pr.File)
				fmt.Fprintln(&b, pr)
			}
			if len(problems) == 0 {
				b.WriteString("no problems\n")
			}
			if *update {
				want.Data = []byte(b.String())
				if err := os.WriteFile(name, txtar.Format(ar), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(string(want.Data), b.String()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A built-in format's mapping gives way to the file's, key by key.
func TestOverridesOfTheStateExtract(t *testing.T) {
	p, problems := Parse("casefold.yaml", []byte(`
sources:
  - name: doj
    format: ca-doj
    files: [a.csv]
    teller: other
    row_key: RECORD_ID
    person_key:
    mapping: {alias: REQ_NAME, comment: , sex: [GENDER]}
    attributes: {height: , weight: WEIGHT}
`))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	s := p.Sources[0]
	if s.RowKey != "RECORD_ID" || s.PersonKey != "" || s.Teller != casefold.TellerOther {
		t.Errorf("keys: %q %q %q", s.RowKey, s.PersonKey, s.Teller)
	}
	if f := s.Mapping.Fields; f["alias"][0] != "REQ_NAME" || f["comment"] != nil || f["name"][0] != "PRI_NAME" || f["cycle"][0] != "CNT_ORDER[1:3]" {
		t.Errorf("fields: %v", f)
	}
	var names []string
	for _, a := range s.Mapping.Attributes {
		names = append(names, a.Name)
	}
	if got := strings.Join(names, " "); got != "birth_place eye_color hair_color weight" {
		t.Errorf("attributes: %s", got)
	}
}

// Values are words as written: no octal, no true, no trimmed zeros.
func TestWordsAsWritten(t *testing.T) {
	src, problems := ParseSourceEntry("mapping.yaml", []byte(`
# comment
- mapping: &m
    last_name: no
    case_number: 007
    birth_date: "2020"
  values: {disposition: {021: "yes", 1e3: off, ~: x}}
  read: {quote: "'", delimiter: ";", header: yes}
`))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if f := src.Mapping.Fields; f["last_name"][0] != "no" || f["case_number"][0] != "007" || f["birth_date"][0] != "2020" {
		t.Errorf("%v", f)
	}
	if v := src.Mapping.Values["disposition"]; v["021"] != "yes" || v["1e3"] != "off" {
		t.Errorf("%v", v)
	}
	if src.Read.Quote != "'" || src.Read.Header != "yes" || src.Format != "delimited" {
		t.Errorf("%+v", src.Read)
	}
}

func TestSourceEntryForms(t *testing.T) {
	for _, text := range []string{
		"name: x\nmapping: {name: A}",
		"- name: x\n  mapping: {name: A}",
		"sources:\n  - name: x\n    mapping: {name: A}",
	} {
		src, problems := ParseSourceEntry("mapping.yaml", []byte(text))
		if len(problems) > 0 || src.Name != "x" || src.Mapping.Fields["name"][0] != "A" {
			t.Errorf("%q: %v %v", text, src, problems)
		}
	}
	if _, problems := ParseSourceEntry("mapping.yaml", []byte("- name: x\n- name: y")); len(problems) != 1 {
		t.Errorf("%v", problems)
	}
}

// No text makes the parser fail.
func FuzzParse(f *testing.F) {
	f.Add("sources: [{name: a, files: [x], mapping: {name: N}}]")
	f.Add("a: &x [*x]\nb: *y\n<<: {c: d}")
	f.Add("sources:\n- counts: {each: a, charge: b}\n  read: {columns: [a, {name: b}]}\n")
	f.Fuzz(func(t *testing.T, text string) {
		p, problems := Parse("casefold.yaml", []byte(text))
		if (p == nil) != (len(problems) > 0) {
			t.Errorf("project %v with problems %v", p, problems)
		}
		for _, pr := range problems {
			if pr.Text == "" {
				t.Error("a problem without text")
			}
		}
		ParseSourceEntry("mapping.yaml", []byte(text))
	})
}

// What a column's name alone says.
func TestNames(t *testing.T) {
	data, err := os.ReadFile("testdata/names.txt")
	if err != nil {
		t.Fatal(err)
	}
	lex := readLexicon()
	for _, line := range tableLines(string(data)) {
		name, want, _ := strings.Cut(line, "\t")
		got := "-"
		if all := lex.matchPath(name); len(all) > 0 && all[0].score >= 0.6 {
			got, _, _ = strings.Cut(all[0].target, " ")
		}
		if got != want {
			t.Errorf("%s: %s, want %s (%v)", name, got, want, lex.tokens(name))
		}
	}
}

// TestGuesses writes a project file for each file of testdata/guess and
// compares it with its golden; what is written is a project without problems.
func TestGuesses(t *testing.T) {
	files, err := filepath.Glob("testdata/guess/*.*")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, ".yaml") {
			continue
		}
		t.Run(filepath.Base(file), func(t *testing.T) {
			profiles, err := ProfileFiles(context.Background(), []string{filepath.Base(file)}, filepath.Dir(file))
			if err != nil {
				t.Fatal(err)
			}
			var b bytes.Buffer
			if err := WriteYAML(&b, []*Guessed{Guess(profiles[0])}); err != nil {
				t.Fatal(err)
			}
			golden(t, file+".yaml", b.Bytes())
			p, problems := Parse(filepath.Join(filepath.Dir(file), FileName), b.Bytes())
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			if problems := Check(context.Background(), p); len(problems) > 0 {
				t.Error(problems)
			}
		})
	}
}

// The state extract is known by its header and without it.
func TestGuessOfTheStateExtract(t *testing.T) {
	dir := t.TempDir()
	names := strings.Join(dojNames(), ",")
	row := func(id, subject string) string {
		values := make([]string, 95)
		values[0], values[2], values[12], values[50], values[48] = id, subject, `"SMITH,JOHN"`, "101001001000", "FRESNO"
		return strings.Join(values, ",") + "\n"
	}
	same, apart := "", ""
	for i := range 40 {
		same += row("x", fmt.Sprint(1000+i/4))
		apart += row(fmt.Sprint(500+i), fmt.Sprint(1000+i/4))
	}
	for _, c := range []struct{ name, text, rowKey string }{
		{"with.csv", names + "\n" + same, ""},
		{"without.dat", same, ""},
		{"keyed.dat", apart, "RECORD_ID"},
	} {
		if err := os.WriteFile(filepath.Join(dir, c.name), []byte(c.text), 0o644); err != nil {
			t.Fatal(err)
		}
		profiles, err := ProfileFiles(context.Background(), []string{c.name}, dir)
		if err != nil {
			t.Fatal(err)
		}
		g := Guess(profiles[0])
		if g.Source.Format != "ca-doj" || g.Source.RowKey != c.rowKey || g.Source.PersonKey != "SUBJECT_ID" || g.County != "FRESNO" || profiles[0].Rows != 40 {
			t.Errorf("%s: %s, row key %q, person key %q, county %q, %d rows", c.name, g.Source.Format, g.Source.RowKey, g.Source.PersonKey, g.County, profiles[0].Rows)
		}
	}
}

// What init prints for machines is JSON, and holds no value of a row.
func TestGuessAsJSON(t *testing.T) {
	g, err := GuessFile(context.Background(), "jail_jms.txt", "testdata/guess")
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(g)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range g.Profile.sample {
		for _, i := range []int{0, 2, 5, 10, 12} { // person number, surname, birth date, SSN, CII
			if bytes.Contains(data, []byte(`"`+row[i]+`"`)) {
				t.Fatalf("column %s: a value is printed", g.Profile.Columns[i].Name)
			}
		}
	}
	var back map[string]any
	if err := json.Unmarshal(data, &back); err != nil || back["person_key"] != "PFN" || back["teller"] != "jail" {
		t.Errorf("%v %v", back["person_key"], err)
	}
}

// Files of one layout are one source, unless they are of different counties or
// lie apart.
func TestSourcesAreToldApart(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"court/2019/cases.csv", "court/2020/cases.csv", "fresno/court.csv", "kings/court.csv", "other/people.csv"} {
		text := "case_no,last_name,dob\nA1,SMITH,1970-01-01\n"
		if strings.HasPrefix(name, "other") {
			text = "id,name\n1,SMITH\n"
		}
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	profiles, err := ProfileFiles(context.Background(), []string{"court/*/*.csv", "fresno/*", "kings/*", "other/*"}, dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range profiles {
		got = append(got, p.Name+": "+strings.Join(p.Files, " "))
	}
	want := []string{"cases: court/2019/cases.csv court/2020/cases.csv", "fresno-court: fresno/court.csv", "kings-court: kings/court.csv", "other: other/people.csv"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
