package synth

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// memory keeps the files of a county.
type memory map[string]*bytes.Buffer

func (m memory) Create(name string) (io.WriteCloser, error) {
	m[name] = &bytes.Buffer{}
	return memoryFile{m[name]}, nil
}

type memoryFile struct{ *bytes.Buffer }

func (memoryFile) Close() error { return nil }

func county(t *testing.T, o Options) memory {
	t.Helper()
	m := memory{}
	if err := Generate(o, m); err != nil {
		t.Fatal(err)
	}
	return m
}

func (m memory) lines(name string) []string {
	return strings.Split(strings.TrimRight(m[name].String(), "\n"), "\n")[1:]
}

func TestSameSeedSameBytes(t *testing.T) {
	a, b := county(t, Defaults(300, 5)), county(t, Defaults(300, 5))
	other := county(t, Defaults(300, 6))
	for name := range a {
		if !bytes.Equal(a[name].Bytes(), b[name].Bytes()) {
			t.Errorf("%s differs", name)
		}
		if bytes.Equal(a[name].Bytes(), other[name].Bytes()) {
			t.Errorf("%s does not depend on the seed", name)
		}
	}
	// A change of these bytes is a change of every golden figure: say so in the
	// changelog.
	sum := sha256.Sum256(a["truth_convictions.csv"].Bytes())
	t.Logf("truth_convictions.csv of 300 people, seed 5: %s", hex.EncodeToString(sum[:8]))
}

func TestPeopleStayWhenRatesAndSizeChange(t *testing.T) {
	small, large := county(t, Defaults(hundred*4, 5)), county(t, Defaults(hundred*8, 5))
	for _, name := range []string{"truth_convictions.csv", "truth_lookalikes.csv"} {
		if s, l := small.lines(name), large.lines(name); !slices.Equal(s, l[:len(s)]) {
			t.Errorf("%s: the larger county does not begin with the smaller one", name)
		}
	}
	o := Defaults(hundred*4, 5)
	o.Rates.NameTypo, o.Rates.BirthError, o.Rates.Duplicate = .2, .2, .2
	if messy := county(t, o); !slices.Equal(small.lines("truth_convictions.csv"), messy.lines("truth_convictions.csv")) {
		t.Error("typing errors changed what people did")
	}
}

func TestRatesAreMet(t *testing.T) {
	o := Defaults(6000, 2)
	m := county(t, o)
	kin := map[string]int{}
	for _, l := range m.lines("truth_lookalikes.csv") {
		kin[strings.Split(l, ",")[0]]++
	}
	within := func(name string, got, want, tolerance float64) {
		t.Helper()
		if got < want-tolerance || got > want+tolerance {
			t.Errorf("%s: %.4f, want %.4f", name, got, want)
		}
	}
	people := float64(o.People)
	within("twins", 2*float64(kin["twins"])/people, o.Rates.Twins, .003)
	within("father and son", 2*float64(kin["father_son"])/people, o.Rates.FatherSon, .004)
	within("namesakes", 2*float64(kin["namesakes"])/people, o.Rates.Namesakes, .004)
	rows := m.lines("truth_persons.csv")
	within("rows of impersonators", float64(len(m.lines("truth_impersonations.csv")))/float64(len(rows)), o.Rates.Impersonation, .002)

	cannabis := 0
	for _, l := range m.lines("truth_convictions.csv") {
		if completed(strings.Split(l, ",")[6]) {
			cannabis++
		}
	}
	if cannabis < 1200 {
		t.Errorf("%d convictions under HS 11357-11360 among 6,000 people; a county of 20,000 should have some thousands", cannabis)
	}
	within("cycles of the state without an outcome", undisposed(m.lines("state/doj_history_1.csv")), .30, .06)
}

// undisposed is the share of the state's arrest cycles in which no row tells
// an outcome.
func undisposed(rows []string) float64 {
	type cycle struct{ subject, number string }
	told := map[cycle]bool{}
	for _, row := range rows {
		v := splitCSV(row)
		if len(v) != 95 || v[42] != "ARREST/DETAINED/CITED" && v[42] != "COURT ACTION" {
			continue
		}
		c := cycle{v[2], v[36]}
		told[c] = told[c] || strings.TrimSpace(v[80]) != ""
	}
	n := 0
	for _, t := range told {
		if !t {
			n++
		}
	}
	return float64(n) / float64(len(told))
}

// splitCSV splits a line without caring about broken ones.
func splitCSV(line string) []string {
	var out []string
	var field strings.Builder
	quoted := false
	for _, r := range line {
		switch {
		case r == '"':
			quoted = !quoted
		case r == ',' && !quoted:
			out = append(out, field.String())
			field.Reset()
		default:
			field.WriteRune(r)
		}
	}
	return append(out, field.String())
}

func TestRatesByName(t *testing.T) {
	o := Defaults(10, 1)
	if err := o.Rates.Set("twins=0.25"); err != nil || o.Rates.Twins != .25 {
		t.Errorf("twins %v, %v", o.Rates.Twins, err)
	}
	for _, bad := range []string{"twins", "twins=2", "twins=x", "triplets=0.1"} {
		if err := o.Rates.Set(bad); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
	names := map[string]bool{}
	for _, r := range o.Rates.List() {
		if r.Name == "" || r.Doc == "" || names[r.Name] {
			t.Errorf("rate %q is not documented or stands twice", r.Name)
		}
		names[r.Name] = true
	}
}

// TestDump writes a county for a person to look at: SYNTH_DUMP=folder.
func TestDump(t *testing.T) {
	dir := os.Getenv("SYNTH_DUMP")
	if dir == "" {
		t.Skip("SYNTH_DUMP names no folder")
	}
	people := 2000
	if n, err := strconv.Atoi(os.Getenv("SYNTH_PEOPLE")); err == nil {
		people = n
	}
	if err := Generate(Defaults(people, 1), Dir(dir)); err != nil {
		t.Fatal(err)
	}
}
