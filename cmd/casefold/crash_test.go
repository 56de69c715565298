package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/crash"
)

// long asks for the long form of the crash tests: 50 kills instead of 5.
var long = os.Getenv("CASEFOLD_LONG") != ""

// TestCrash kills casefold with SIGKILL at moments all over `run` and `file`.
// Afterwards the next command opens the old generation or the new one, every
// promise of the audit holds, and nothing is filed twice.
func TestCrash(t *testing.T) {
	if testing.Short() {
		t.Skip("kills take time")
	}
	kills := 5
	if long {
		kills = 50
	}
	c := &killed{t: t, dir: t.TempDir(), rand: rand.New(rand.NewPCG(1, 2))}
	c.must("synth", "--people", "60", "--seed", "5", "-o", c.dir)
	start := time.Now()
	c.must("run", "--as-of", "2026-01-01")
	whole := time.Since(start)
	for i := range kills {
		day := casefold.Day(20260101).AddDays(i + 1).String()
		c.kill(whole, "run", "--as-of", day)
		c.audit()
	}
	c.must("run", "--as-of", "2026-12-31")
	for i := range kills {
		c.life(i)
		c.audit()
	}
	c.must("file", "prepare", "--by", "Ann")
	c.audit()
	c.onceEach()
}

type killed struct {
	t    *testing.T
	dir  string
	rand *rand.Rand
	hits int
}

func (c *killed) command(args ...string) *exec.Cmd {
	self, err := exec.LookPath("casefold")
	if err != nil {
		c.t.Fatal(err)
	}
	return exec.Command(self, append([]string{"-q", "-c", filepath.Join(c.dir, "casefold.yaml")}, args...)...)
}

// must runs a command to its end; quarantined rows are ordinary here.
func (c *killed) must(args ...string) string {
	c.t.Helper()
	var out, words bytes.Buffer
	cmd := c.command(args...)
	cmd.Stdout, cmd.Stderr = &out, &words
	if err := cmd.Run(); err != nil && cmd.ProcessState.ExitCode() != exitQuarantined {
		c.t.Fatalf("casefold %s: %v\n%s", strings.Join(args, " "), err, words.String())
	}
	return out.String()
}

// kill starts a command and kills it at a random moment of the time it takes.
func (c *killed) kill(whole time.Duration, args ...string) {
	c.t.Helper()
	hit, err := crash.KillAfter(c.command(args...), time.Duration(c.rand.Float64()*float64(whole)))
	if hit {
		c.hits++
	} else if err != nil && !strings.Contains(err.Error(), "exit status 3") {
		c.t.Fatalf("casefold %s ended by itself: %v", strings.Join(args, " "), err)
	}
}

func (c *killed) audit() {
	c.t.Helper()
	if out := c.must("audit"); strings.Contains(out, "BROKEN") {
		c.t.Fatalf("after %d kills:\n%s", c.hits, out)
	}
}

// life kills the three acts of a filing's life, each at a random moment.
func (c *killed) life(i int) {
	const act = 250 * time.Millisecond
	c.kill(act, "file", "prepare", "--by", "Ann")
	batches := c.must("file", "list")
	if batch, _, ok := strings.Cut(batches, "\t"); ok {
		c.kill(act, "file", "approve", batch, "--by", "Bo")
		if strings.Contains(c.must("file", "list"), "prepared") {
			c.must("file", "approve", batch, "--by", "Bo") // only what is approved is sent
		}
		out := filepath.Join(c.dir, "sent")
		c.kill(act, "file", "send", batch, "-o", out, "--by", "Bo")
	}
	if i%2 == 1 {
		c.must("file", "prepare", "--by", "Ann")
	}
}

// onceEach wants every owed, fileable conviction of ours filed exactly once.
func (c *killed) onceEach() {
	owed := map[string]bool{}
	for _, row := range c.table("determinations") {
		if row["fileable"] == "yes" {
			owed[row["conviction_id"]] = true
		}
	}
	filed := map[string]int{}
	for _, row := range c.table("filings") {
		filed[row["conviction_id"]]++
	}
	for id, n := range filed {
		if n != 1 || !owed[id] {
			c.t.Errorf("conviction %s has %d filings, owed %v", id, n, owed[id])
		}
	}
	work := map[string]bool{}
	for _, row := range c.table("worklist") {
		work[row["conviction_id"]] = true
	}
	for id := range owed {
		if filed[id] == 0 && !work[id] {
			c.t.Errorf("conviction %s is owed, fileable, neither filed nor on the worklist", id)
		}
	}
	if len(filed) == 0 {
		c.t.Error("nothing was filed: the test proves nothing")
	}
	c.t.Logf("%d kills hit; %d filings", c.hits, len(filed))
}

func (c *killed) table(name string) []map[string]string {
	path := filepath.Join(c.dir, name+".csv")
	c.must("export", name, "-o", path)
	f, err := os.Open(path)
	if err != nil {
		c.t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		c.t.Fatal(fmt.Errorf("reading %s: %w", name, err))
	}
	var out []map[string]string
	for _, row := range rows[1:] {
		m := map[string]string{}
		for i, v := range row {
			m[rows[0][i]] = v
		}
		out = append(out, m)
	}
	return out
}
