package history

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/casefold/casefold"
)

// TestEmbeddedFiles: the data files read, and a damaged one is refused with a
// sentence that names what is wrong.
func TestEmbeddedFiles(t *testing.T) {
	if _, err := ParseWeights(weightsFile); err != nil {
		t.Error(err)
	}
	if _, err := ParsePrecedence(precedenceFile); err != nil {
		t.Error(err)
	}
	for _, c := range []struct{ name, from, to, want string }{
		{"a weight that is not its logarithm", "bits: 12053", "bits: 12054", "log2(m/u) is 12053"},
		{"a level renamed", "name: respelled", "name: spelled", "must be respelled"},
		{"a probability above one", "m: 0.97, u: 0.55", "m: 1.97, u: 0.55", "above 0, up to 1"},
		{"an unknown key", "version: 1", "versoin: 1", "versoin"},
		{"thresholds crossed", "possible: -3000", "possible: 9000", "possible lies above same"},
	} {
		broken := bytes.Replace(weightsFile, []byte(c.from), []byte(c.to), 1)
		if bytes.Equal(broken, weightsFile) {
			t.Fatalf("%s: %q does not stand in the file", c.name, c.from)
		}
		if _, err := ParseWeights(broken); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
	for _, c := range []struct{ name, from, to, want string }{
		{"an unknown class", "[other_court],", "[tribal_court],", "not a class"},
		{"a class in two ranks", "- [other_court]\n", "- [other_court, state_court]\n", "two ranks"},
		{"an unknown fact", "  sentence:\n", "  sentance:\n", "not a fact"},
		{"a figure left out", "before_arrest_days: 30", "before_arrest_days: 0", "must be given"},
	} {
		broken := bytes.Replace(precedenceFile, []byte(c.from), []byte(c.to), 1)
		if bytes.Equal(broken, precedenceFile) {
			t.Fatalf("%s: %q does not stand in the file", c.name, c.from)
		}
		if _, err := ParsePrecedence(broken); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
}

// TestPrecedenceIsData: another order of standing, another prevailing teller.
func TestPrecedenceIsData(t *testing.T) {
	data, err := os.ReadFile("testdata/situations/equals-contradict.txtar")
	if err != nil {
		t.Fatal(err)
	}
	c := parseCase(t, data)
	file := strings.Replace(string(precedenceFile), "facts:\n", "facts:\n  level:\n    why: this county's court does not keep levels\n    standing: [[state_court], [court_of_record]]\n", 1)
	p, err := ParsePrecedence([]byte(file))
	if err != nil {
		t.Fatal(err)
	}
	byState := NewBuilder(c.sources, casefold.Office{}, Options{Precedence: p}).Build("p", c.records).Convictions[0].Level
	byCourt := NewBuilder(c.sources, casefold.Office{}, Options{}).Build("p", c.records).Convictions[0].Level
	if byCourt.Value != casefold.Misdemeanor || byState.Value != casefold.Felony || !byState.Known() {
		t.Errorf("by the court %s, by the state %s (%s)", byCourt.Value, byState.Value, byState.Status)
	}
	if len(byState.Others) != 1 || byState.Others[0].Value != casefold.Misdemeanor {
		t.Errorf("the court's word is not beside it: %+v", byState.Others)
	}
}

// TestMarkersAgreeWithTheStatesTable holds our markers against the table of
// qualifiers that the project was given.
func TestMarkersAgreeWithTheStatesTable(t *testing.T) {
	shared := os.Getenv("CASEFOLD_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "shared")
	}
	data, err := os.ReadFile(filepath.Join(shared, "laws", "tables", "offense_qualifier_codes.csv"))
	if err != nil {
		t.Skip("the shared tables are not here")
	}
	class := map[string]string{}
	for line := range strings.Lines(string(data)) {
		if f := strings.Split(line, ","); len(f) >= 3 {
			class[f[0]] = f[len(f)-2]
			for _, c := range []string{"supervision_event", "supervision_transfer", "warrant", "booking", "juvenile", "prior", "prior_life", "prior_sex", "prior_drug"} {
				if strings.Contains(line, ","+c+",") {
					class[f[0]] = c
				}
			}
		}
	}
	want := map[string][]meaning{
		"supervision_event": {meansReentry}, "supervision_transfer": {meansTransfer}, "warrant": {meansWarrant},
		"juvenile": {meansJuvenile}, "prior": {priorFelony, priorDrug, priorForeign}, "prior_life": {priorFelony},
		"prior_sex": {priorSex}, "prior_drug": {priorDrug},
	}
	for code, c := range class {
		if means, ok := want[c]; ok && !slices.Contains(means, markers()[code].means) {
			t.Errorf("%s is of class %s in the state's table and %q in ours", code, c, markers()[code].means)
		}
	}
}

// TestCoverage counts arrests and convictions by source, county and year.
func TestCoverage(t *testing.T) {
	var c, part Coverage
	for _, name := range []string{"filed-for-sale-pleaded-to-simple-possession", "arrest-without-disposition"} {
		h := build(t, name)
		part.Add(&h)
	}
	h := build(t, "two-state-numbers-of-one-person")
	c.Add(&h)
	c.Merge(&part)
	var out []string
	for _, cell := range c.Cells() {
		out = append(out, cell.String())
	}
	want := []string{
		"court SACRAMENTO 1998: 0 arrests, 0 disposed, 1 convictions, 0 told by no other",
		"da SACRAMENTO 1998: 0 arrests, 0 disposed, 1 convictions, 0 told by no other",
		"state SACRAMENTO 1998: 2 arrests, 1 disposed, 2 convictions, 1 told by no other",
		"state SACRAMENTO 1999: 1 arrests, 1 disposed, 0 convictions, 0 told by no other",
		"state SACRAMENTO 2001: 0 arrests, 0 disposed, 1 convictions, 1 told by no other",
	}
	if !slices.Equal(out, want) {
		t.Errorf("coverage:\n%s\nwant:\n%s", strings.Join(out, "\n"), strings.Join(want, "\n"))
	}
}
