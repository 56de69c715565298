package main

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite golden parts of the scripts")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"casefold": main})
}

// TestScripts runs the binary as scripts do: one behaviour per file of
// testdata/script, with stdout, stderr and exit code.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "header": header, "waitfor": waitfor, "idof": idof},
	})
}

// exits runs a command and wants its exit code: exits 3 casefold run.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND...")
	}
	err := ts.Exec(args[1], args[2:]...)
	code := "0"
	if err != nil {
		var ok bool
		if code, ok = exitStatus(err); !ok {
			ts.Fatalf("%v", err)
		}
	}
	if code != args[0] {
		ts.Fatalf("exit code %s, want %s", code, args[0])
	}
}

// header wants the first line of a file: header FILE LINE.
func header(ts *testscript.TestScript, neg bool, args []string) {
	b, err := os.ReadFile(ts.MkAbs(args[0]))
	ts.Check(err)
	want := args[1] + "\n"
	if len(b) < len(want) || string(b[:len(want)]) != want {
		ts.Fatalf("%s does not begin with %q", args[0], args[1])
	}
}

// exitStatus is the exit code inside an error of a command.
func exitStatus(err error) (string, bool) {
	var e *exec.ExitError
	if !errors.As(err, &e) {
		return "", false
	}
	return strconv.Itoa(e.ExitCode()), true
}

// waitfor waits until a file says who holds the store, at most five seconds.
func waitfor(ts *testscript.TestScript, neg bool, args []string) {
	for range 100 {
		if b, err := os.ReadFile(ts.MkAbs(args[0])); err == nil && bytes.Contains(b, []byte("serve")) {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	ts.Fatalf("%s does not name a server", args[0])
}

// idof keeps the ID at the start of the first line that matches, as a variable:
// idof FILE REGEXP NAME. FILE may be stdout.
func idof(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: idof FILE REGEXP NAME")
	}
	wanted, err := regexp.Compile(args[1])
	ts.Check(err)
	for line := range strings.Lines(ts.ReadFile(args[0])) {
		if wanted.MatchString(line) {
			id, _, _ := strings.Cut(line, ",")
			ts.Setenv(args[2], id)
			return
		}
	}
	ts.Fatalf("no line of %s matches %s", args[0], args[1])
}
