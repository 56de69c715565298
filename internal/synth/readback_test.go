package synth

import (
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/project"
	"github.com/casefold/casefold/internal/source"
)

// TestProjectFileHolds reads the county back with casefold's own project file
// and readers: the rows of the truth are the rows that can be read, under the
// keys that the contract gives them.
func TestProjectFileHolds(t *testing.T) {
	dir := t.TempDir()
	o := Defaults(1500, 7)
	o.Rates.Corrupt, o.Rates.Interruptions, o.Rates.Duplicate = .004, .001, .02
	if err := Generate(o, Dir(dir)); err != nil {
		t.Fatal(err)
	}
	p, problems := project.Load(filepath.Join(dir, "casefold.yaml"))
	if len(problems) == 0 {
		problems = project.Check(context.Background(), p)
	}
	for _, x := range problems {
		t.Errorf("project file: %v", x)
	}
	truth, faults := keysBySource(t, dir), map[string]int{}
	for _, r := range readCSV(t, filepath.Join(dir, "truth_faults.csv")) {
		if n, _ := strconv.Atoi(r[2]); r[1] != "rows" {
			faults[r[0]] += n
		}
	}
	for i := range p.Sources {
		src := &p.Sources[i]
		read, bad := readKeys(t, src, dir)
		n := 0
		for _, k := range bad {
			n += k
		}
		t.Logf("%s: %d keys, unreadable: %v", src.Name, len(read), bad)
		if n != faults[src.Name] {
			t.Errorf("%s: %d unreadable pieces, %d were made", src.Name, n, faults[src.Name])
		}
		for k := range read {
			if !truth[src.Name][k] {
				t.Errorf("%s: a row is read that the truth does not hold", src.Name)
			}
		}
		for k := range truth[src.Name] {
			if !read[k] {
				t.Errorf("%s: row %s of the truth is not read", src.Name, k)
			}
		}
	}
}

// readKeys reads a source and gives its rows the contract's keys.
func readKeys(t *testing.T, src *casefold.Source, dir string) (map[string]bool, map[source.Reason]int) {
	t.Helper()
	r, err := source.Open(context.Background(), src, dir)
	if err != nil {
		t.Fatalf("%s: %v", src.Name, err)
	}
	at := source.MatchColumn(r.Layout().Columns, src.RowKey)
	keys, seen, bad := map[string]bool{}, map[string]int{}, map[source.Reason]int{}
	two := map[string]bool{} // rows that speak of two persons
	bodies := map[string][][32]byte{}
	_, err = r.Read(context.Background(), func(row *casefold.Row) error {
		sum := sha256.Sum256(row.Raw)
		if src.RowKey != "" && row.Values[at] != "" {
			k := string([]byte(row.Values[at]))
			for _, b := range bodies[k] {
				if b == sum {
					return nil
				}
			}
			bodies[k] = append(bodies[k], sum)
			if people := strings.Count(string(row.Raw), `"name":{`); people > 1 {
				two[k] = true
			}
			return nil
		}
		k := "h:" + hex.EncodeToString(sum[:8])
		if seen[k]++; seen[k] > 1 {
			k += fmt.Sprintf(".%d", seen[k])
		}
		keys[k] = true
		return nil
	}, func(b source.Bad) error { bad[b.Reason]++; return nil }, nil)
	if err != nil {
		t.Fatalf("%s: %v", src.Name, err)
	}
	for k, b := range bodies {
		if two[k] {
			keys[k+"/1"], keys[k+"/2"] = true, true
			continue
		}
		keys[k] = true
		for n := 2; n <= len(b); n++ {
			keys[fmt.Sprintf("%s.%d", k, n)] = true
		}
	}
	return keys, bad
}

func keysBySource(t *testing.T, dir string) map[string]map[string]bool {
	t.Helper()
	f, err := os.Open(filepath.Join(dir, "truth_persons.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]map[string]bool{}
	for _, r := range rows[1:] {
		if out[r[0]] == nil {
			out[r[0]] = map[string]bool{}
		}
		if out[r[0]][r[1]] {
			t.Errorf("%s: the truth has two rows of one key", r[0])
		}
		out[r[0]][r[1]] = true
	}
	return out
}
