package engine

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/project"
	"github.com/casefold/casefold/internal/synth"
)

// county writes a small county and returns its folder.
func county(t testing.TB, people int) string {
	t.Helper()
	dir := t.TempDir()
	if err := synth.Generate(synth.Defaults(people, 3), synth.Dir(dir)); err != nil {
		t.Fatal(err)
	}
	return dir
}

// openCounty opens an engine over a county's project, with its store elsewhere.
func openCounty(t testing.TB, dir, storeDir string, workers int) *Engine {
	t.Helper()
	p, problems := project.Load(filepath.Join(dir, project.FileName))
	if p == nil {
		t.Fatal(casefold.Problems(problems))
	}
	p.Store = storeDir
	e, err := Open(p, Options{Workers: workers, Random: &counter{}, Clock: func() time.Time { return time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return e
}

// counter is a random source that is none.
type counter struct{ n byte }

func (c *counter) Read(p []byte) (int, error) {
	for i := range p {
		c.n++
		p[i] = c.n
	}
	return len(p), nil
}

func exports(t testing.TB, e *Engine, names ...string) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	for _, name := range names {
		var b bytes.Buffer
		if err := e.Export(name, &b); err != nil {
			t.Fatal(err)
		}
		out[name] = b.Bytes()
	}
	return out
}

// TestSameInputSameBytes runs a county with one worker and with four, and
// wants every export to the byte (invariant 9).
func TestSameInputSameBytes(t *testing.T) {
	dir := county(t, 120)
	tables := []string{"rows", "clusters", "possible-links", "convictions", "determinations", "coverage"}
	var want map[string][]byte
	for _, workers := range []int{1, 4} {
		e := openCounty(t, dir, t.TempDir(), workers)
		if _, err := e.Run(context.Background(), RunOptions{}); err != nil {
			t.Fatal(err)
		}
		got := exports(t, e, tables...)
		for name := range want {
			if !bytes.Equal(want[name], got[name]) {
				t.Errorf("%s differs between 1 and %d workers", name, workers)
			}
		}
		want = got
	}
}

func BenchmarkRun(b *testing.B) {
	dir := county(b, 2000)
	for b.Loop() {
		e := openCounty(b, dir, b.TempDir(), 0)
		if _, err := e.Run(context.Background(), RunOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}

// TestRowOrderIsWithoutEffect shuffles the lines of the court's file and the
// state's and wants the same persons, convictions and determinations: a row is
// known by its key or its bytes, never by its line.
func TestRowOrderIsWithoutEffect(t *testing.T) {
	dir := county(t, 100)
	tables := []string{"clusters", "possible-links", "convictions", "determinations", "coverage"}
	run := func() map[string][]byte {
		e := openCounty(t, dir, t.TempDir(), 2)
		if _, err := e.Run(context.Background(), RunOptions{}); err != nil {
			t.Fatal(err)
		}
		return exports(t, e, tables...)
	}
	want := run()
	for _, pattern := range []string{"court/*.txt", "state/*.csv"} {
		files, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil || len(files) == 0 {
			t.Fatalf("the county has no %s: %v", pattern, err)
		}
		for _, f := range files {
			shuffleLines(t, f)
		}
	}
	got := run()
	for _, name := range tables {
		if !bytes.Equal(want[name], got[name]) {
			t.Errorf("%s depends on the order of rows:\n%s", name, firstDifference(want[name], got[name]))
		}
	}
}

// shuffleLines keeps the first line and shuffles the rest.
func shuffleLines(t *testing.T, file string) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.Split(bytes.TrimSuffix(b, []byte("\n")), []byte("\n"))
	rest := lines[1:]
	rand.New(rand.NewPCG(7, 7)).Shuffle(len(rest), func(i, j int) { rest[i], rest[j] = rest[j], rest[i] })
	if err := os.WriteFile(file, append(bytes.Join(lines, []byte("\n")), '\n'), 0o600); err != nil {
		t.Fatal(err)
	}
}

func firstDifference(a, b []byte) string {
	x, y := bytes.Split(a, []byte("\n")), bytes.Split(b, []byte("\n"))
	for i := 0; i < len(x) && i < len(y); i++ {
		if !bytes.Equal(x[i], y[i]) {
			return fmt.Sprintf("line %d\n- %s\n+ %s", i+1, x[i], y[i])
		}
	}
	return fmt.Sprintf("%d lines, then %d", len(x), len(y))
}
