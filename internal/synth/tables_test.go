package synth

import (
	"compress/gzip"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/casefold/casefold"
)

// shared is the folder of the reference data; the test skips where it is not.
func shared(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("CASEFOLD_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	if _, err := os.Stat(filepath.Join(dir, "laws")); err != nil {
		t.Skip("no reference data beside the repository")
	}
	return dir
}

// TestOffensesAreTheStates holds the embedded offences to the state's table:
// code, section and level of every CJIS code.
func TestOffensesAreTheStates(t *testing.T) {
	dir := shared(t)
	type entry struct{ code, statute, level string }
	state := map[string]entry{}
	f, err := os.Open(filepath.Join(dir, "data/ref/offenses/ca_doj_offense_codes.csv.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(z).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows[1:] {
		state[r[0]] = entry{r[4], r[3], r[7]}
	}
	for _, r := range readCSV(t, filepath.Join(dir, "laws/tables/cannabis_offense_codes.csv")) {
		if _, ok := state[r[0]]; !ok {
			state[r[0]] = entry{r[1], r[2], r[3]}
		}
	}
	for _, o := range loadTables().offenses {
		if o.cjis == "" || o.section == "314" {
			continue // other codes; and 314(1), which the state writes 314.1
		}
		s, ok := state[o.cjis]
		level := levelLetter(o.level)
		if level == "" {
			level = "X"
		}
		if !ok || s.code != o.code || s.statute != o.sectionText() || s.level != level {
			t.Errorf("%s: %s %s %s; the state's table has %v", o.cjis, o.code, o.sectionText(), level, s)
		}
	}
}

// TestBarsAreTheLaws holds the marks of offences that bar relief to the
// project's crosswalk.
func TestBarsAreTheLaws(t *testing.T) {
	rows := readCSV(t, filepath.Join(shared(t), "laws/tables/offense_code_flags.csv"))
	flags := map[string][2]string{}
	for _, r := range rows {
		flags[r[0]] = [2]string{r[6], r[7]}
	}
	for _, o := range loadTables().offenses {
		f := flags[o.cjis]
		if o.cjis == "" {
			continue
		}
		grave := f[0] == "yes" || f[1] == "yes"
		if o.superStrike != (f[0] == "yes") || o.registers != (f[1] == "yes" && !strings.HasPrefix(f[0], "maybe_sub")) {
			t.Errorf("%s %s: super strike %v, registers %v; the crosswalk says %v", o.cjis, o.section, o.superStrike, o.registers, f)
		}
		if maybe := strings.HasPrefix(f[0]+f[1], "maybe") && !grave || strings.HasPrefix(f[0], "maybe_sub"); maybe != o.maybeBar {
			t.Errorf("%s %s: maybe %v; the crosswalk says %v", o.cjis, o.section, o.maybeBar, f)
		}
	}
}

func TestEveryYearHasOffenses(t *testing.T) {
	w := newWorld(Defaults(1, 1))
	r := newStream(1, topicLife, 0)
	for year := firstYear; year <= 2026; year++ {
		for _, class := range []string{"drug", "theft", "burglary", "violence", "weapon", "driving", "order", "court"} {
			day := casefold.MakeDay(year, 6, 1)
			if o := w.t.drawOffense(&r, class, day, offender{}); o != nil && !o.inForce(day) {
				t.Errorf("%s of %d was not in force", o.section, year)
			} else if o == nil && year >= 1982 {
				t.Errorf("no %s offence in %d", class, year)
			}
		}
	}
}
