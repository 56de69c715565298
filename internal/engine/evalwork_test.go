package engine

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/casefold/casefold/mention"
)

// evaluated is what an evaluation gives but for seconds and memory: its report
// and its clusters, as text.
func evaluated(t *testing.T, dir string, o EvalOptions) (report, clusters string, resumed []string) {
	t.Helper()
	report, clusters, resumed, err := tryEvaluate(context.Background(), dir, o)
	if err != nil {
		t.Fatal(err)
	}
	return report, clusters, resumed
}

func tryEvaluate(ctx context.Context, dir string, o EvalOptions) (report, clusters string, resumed []string, err error) {
	var out strings.Builder
	o.Clusters = &out
	e, err := Evaluate(ctx, dir, o)
	if err != nil {
		return "", "", nil, err
	}
	resumed = e.Resumed
	e.Seconds, e.CPUSeconds, e.PeakBytes, e.Resumed = nil, nil, 0, nil
	b, err := json.Marshal(e)
	return string(b), out.String(), resumed, err
}

// people is a corpus of persons with errors; where odd, one key is told twice,
// so that the file has to be read whole.
func people(t *testing.T, rows int, odd bool) string {
	t.Helper()
	rng := rand.New(rand.NewPCG(5, uint64(rows)))
	var records, truth strings.Builder
	given, surname := []string{"ANA", "MARIA ELENA", "ROBERT", "BOB", "JOSE", "LI", "KATHERINE", "KATE", "JOHN", "JUAN"}, []string{"GARCIA", "O'NEIL", "NGUYEN", "SMITH", "LOPEZ GARCIA", "LEE", "JOHNSON", "HERNANDEZ"}
	for i, person := 0, 0; i < rows; person++ {
		first, last := given[rng.IntN(len(given))], surname[rng.IntN(len(surname))]+string(rune('A'+rng.IntN(26)))
		date, ssn, zip := fmt.Sprintf("19%02d-%02d-%02d", 40+rng.IntN(60), 1+rng.IntN(12), 1+rng.IntN(28)), fmt.Sprintf("%09d", 100_000_000+person*13), fmt.Sprintf("9%04d", rng.IntN(300))
		for range 1 + rng.IntN(3) {
			l, d, s := last, date, ssn
			switch rng.IntN(8) {
			case 0:
				l = l[:len(l)-1] + "X"
			case 1:
				d = d[:9] + fmt.Sprint(rng.IntN(9))
			case 2, 3:
				s = ""
			}
			fmt.Fprintf(&records, "r%d,%s,%s,%s,%s,%s,\n", i, l, first, d, s, zip)
			fmt.Fprintf(&truth, "r%d,p%d\n", i, person)
			i++
		}
	}
	if odd {
		records.WriteString("r7,SMITHX,ANA,1970-01-02,,90001,\n")
	}
	return corpusOf(t, records.String(), truth.String())
}

// TestSpilledIsInMemory: with a work folder and without, for any number of
// workers, the same report and the same clusters, to the byte.
func TestSpilledIsInMemory(t *testing.T) {
	for _, odd := range []bool{false, true} {
		dir := people(t, 2600, odd)
		report, clusters, _ := evaluated(t, dir, EvalOptions{Workers: 2})
		if strings.Count(clusters, "\n") < 2600 || !strings.Contains(report, `"records":26`) {
			t.Fatalf("not much of a corpus: %s", report)
		}
		for _, workers := range []int{1, 3} {
			work := filepath.Join(t.TempDir(), "work")
			r, c, _ := evaluated(t, dir, EvalOptions{Workers: workers, Work: work})
			if r != report || c != clusters {
				t.Errorf("odd %v, %d workers: spilled, another result:\n%s\n%s", odd, workers, r, report)
			}
			r, c, resumed := evaluated(t, dir, EvalOptions{Workers: workers, Work: work})
			if r != report || c != clusters {
				t.Errorf("odd %v, %d workers: found again, another result:\n%s\n%s", odd, workers, r, report)
			}
			if !slices.Contains(resumed, "records") || !slices.Contains(resumed, "model") || !slices.Contains(resumed, "edges00") {
				t.Errorf("not much was found again: %v", resumed)
			}
		}
	}
}

// TestTheLeastMemorySpills: a corpus that fits into a memory only with files is
// worked on in files, which are gone afterwards; one that does not fit even so
// is refused.
func TestTheLeastMemorySpills(t *testing.T) {
	dir := people(t, 2600, false)
	want, clusters, _ := evaluated(t, dir, EvalOptions{})
	n, err := recordBytes(dir)
	if err != nil {
		t.Fatal(err)
	}
	least := memoryBase + int64(leastShare*float64(n))
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	spilled := false
	got, c, _ := evaluated(t, dir, EvalOptions{Memory: least, put: func(string) { spilled = true }})
	if !spilled || got != want || c != clusters {
		t.Errorf("spilled %v:\n%s\n%s", spilled, got, want)
	}
	if left, _ := os.ReadDir(temp); len(left) > 0 {
		t.Errorf("left over: %v", left)
	}
	if _, _, _, err := tryEvaluate(context.Background(), dir, EvalOptions{Memory: least - 1}); !errors.Is(err, ErrUsage) {
		t.Errorf("too little memory: %v", err)
	}
}

// stop ends an evaluation right behind a file; the folder is as a crash leaves
// it, for nothing is written on the way out.
func stop(t *testing.T, dir, work, behind string) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	hit := false
	_, _, _, err := tryEvaluate(ctx, dir, EvalOptions{Workers: 2, Work: work, put: func(name string) {
		if name == behind {
			hit = true
			cancel()
		}
	}})
	if !hit || err == nil {
		t.Fatalf("stopped behind %s: hit %v, %v", behind, hit, err)
	}
}

// TestAnEvaluationGoesOn: stopped behind a file of each stage, it is called
// again, finds that file, and gives what it would have given.
func TestAnEvaluationGoesOn(t *testing.T) {
	dir := people(t, 2600, false)
	want, clusters, _ := evaluated(t, dir, EvalOptions{})
	for _, behind := range []string{"records", "truth", "blocks00", "blocks11", "model", "edges00", "edges11"} {
		work := filepath.Join(t.TempDir(), "work")
		stop(t, dir, work, behind)
		half := filepath.Join(work, "blocks77.part")
		if err := os.WriteFile(half, []byte("half a file"), 0o600); err != nil {
			t.Fatal(err)
		}
		got, c, resumed := evaluated(t, dir, EvalOptions{Work: work})
		if got != want || c != clusters {
			t.Errorf("stopped behind %s, another result:\n%s\n%s", behind, got, want)
		}
		if !slices.Contains(resumed, behind) {
			t.Errorf("%s was not found again: %v", behind, resumed)
		}
		if _, err := os.Stat(half); err == nil {
			t.Error("a half file of the crash is still there")
		}
	}
}

// workFiles are the flat files of a folder, sorted.
func workFiles(t *testing.T, work string) (out []string) {
	t.Helper()
	entries, err := os.ReadDir(work)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() != workNoteName && e.Name() != workLockName {
			out = append(out, e.Name())
		}
	}
	return out
}

// TestTornFilesAreMadeAgain: a file that lost its end, one with a changed byte
// and one that is whole but another's are not used, and the result stays.
func TestTornFilesAreMadeAgain(t *testing.T) {
	dir := people(t, 2600, false)
	work := filepath.Join(t.TempDir(), "work")
	want, clusters, _ := evaluated(t, dir, EvalOptions{Work: work})
	all := len(workFiles(t, work))
	for i, name := range []string{"records", "truth", "blocks00", "records", "model", "edges00", "blocks03", "edges01", "records"} {
		path := filepath.Join(work, name)
		torn, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		switch i % 3 {
		case 0:
			torn = torn[:len(torn)-5]
		case 1:
			torn[0] ^= 1 // of a column's values
		case 2:
			if torn, err = os.ReadFile(filepath.Join(work, "blocks05")); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.WriteFile(path, torn, 0o600); err != nil {
			t.Fatal(err)
		}
		got, c, resumed := evaluated(t, dir, EvalOptions{Work: work})
		if got != want || c != clusters {
			t.Errorf("%s torn, another result:\n%s\n%s", name, got, want)
		}
		if slices.Contains(resumed, name) || len(resumed) != all-1 {
			t.Errorf("%s torn: %d of %d files found again, it among them: %v", name, len(resumed), all, slices.Contains(resumed, name))
		}
	}
}

// TestForeignWorkIsRefused: another corpus, other labels, another mapping,
// another program, a folder of something else, a folder in use.
func TestForeignWorkIsRefused(t *testing.T) {
	dir := people(t, 600, false)
	work := filepath.Join(t.TempDir(), "work")
	want, _, _ := evaluated(t, dir, EvalOptions{Work: work})
	refused := func(what string, is error) {
		t.Helper()
		if _, _, _, err := tryEvaluate(context.Background(), dir, EvalOptions{Work: work}); !errors.Is(err, is) {
			t.Errorf("%s: %v", what, err)
		}
	}
	spoil := func(path, old, new string) (mend func()) {
		b, err := os.ReadFile(path)
		if err != nil || !strings.Contains(string(b), old) {
			t.Fatal(path, err)
		}
		write := func(s string) {
			if err := os.WriteFile(path, []byte(s), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		write(strings.Replace(string(b), old, new, 1))
		return func() { write(string(b)) }
	}
	for _, x := range [][3]string{{"other records", filepath.Join(dir, "records.csv"), "r7,"}, {"other labels", filepath.Join(dir, "truth.csv"), "r7,"}, {"another program", filepath.Join(work, workNoteName), `"program": "`}} {
		mend := spoil(x[1], x[2], x[2]+"f")
		refused(x[0], ErrUsage)
		mend()
	}
	mapping := filepath.Join(dir, "mapping.yaml")
	if err := os.WriteFile(mapping, []byte("files: [records.csv]\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	refused("a mapping", ErrUsage)
	if err := os.Remove(mapping); err != nil {
		t.Fatal(err)
	}
	held, err := openWork(work, dir)
	if err != nil {
		t.Fatal(err)
	}
	refused("a folder in use", ErrHeld)
	if err := held.close(); err != nil {
		t.Fatal(err)
	}
	if got, _, _ := evaluated(t, dir, EvalOptions{Work: work}); got != want {
		t.Error("the folder itself is no longer good")
	}
	work = t.TempDir()
	if err := os.WriteFile(filepath.Join(work, "letter.txt"), []byte("dear"), 0o600); err != nil {
		t.Fatal(err)
	}
	refused("a folder of something else", ErrUsage)
}

// TestAModelOfOtherWorkIsNotUsed: pairs scored by one model are not taken for
// those of another, though both files are whole.
func TestAModelOfOtherWorkIsNotUsed(t *testing.T) {
	dir := people(t, 2600, false)
	work := filepath.Join(t.TempDir(), "work")
	want, clusters, _ := evaluated(t, dir, EvalOptions{Work: work})
	w, err := openWork(work, dir)
	if err != nil {
		t.Fatal(err)
	}
	c := &corpus{work: w, shelf: w}
	columns := w.Find("model")
	text := strings.Replace(string(columns("json")), `"prior": -`, `"prior": -9`, 1)
	if text == string(columns("json")) {
		t.Fatal("no prior in the model")
	}
	if _, err := c.shelf.Put("model", func(put mention.Put) error { return put("json", []byte(text)) }); err != nil {
		t.Fatal(err)
	}
	if err := w.close(); err != nil {
		t.Fatal(err)
	}
	other, _, resumed := evaluated(t, dir, EvalOptions{Work: work})
	if other == want || slices.Contains(resumed, "edges00") {
		t.Errorf("scores of another model were used: %v", resumed)
	}
	if err := os.Remove(filepath.Join(work, "model")); err != nil {
		t.Fatal(err)
	}
	if got, c, _ := evaluated(t, dir, EvalOptions{Work: work}); got != want || c != clusters {
		t.Error("the model's own scores were not made again")
	}
}

func TestSizesInWords(t *testing.T) {
	for text, want := range map[string]int64{"12GB": 12 << 30, "900MB": 900 << 20, " 1.5gb ": 3 << 29, "64 kb": 64 << 10} {
		if got, err := ParseBytes(text); err != nil || got != want {
			t.Errorf("%q: %d, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "12", "GB", "-1GB", "0MB", "many", "NaNGB", "1e99GB"} {
		if got, err := ParseBytes(text); err == nil {
			t.Errorf("%q: %d", text, got)
		}
	}
}
