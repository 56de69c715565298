// Command casefold turns messy arrest and conviction records from many
// agencies into one history per person, decides every conviction under the
// relief laws, and files each eligible one exactly once.
//
// This folder holds flags, files and exit codes, a file per command. What the
// commands do stands in internal/engine.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/engine"
)

// The exit codes of the contract.
const (
	exitDone        = 0
	exitFailed      = 1
	exitUsage       = 2
	exitQuarantined = 3
	exitCounts      = 4
	exitHeld        = 5
)

// cli is the grammar of the command line. Every command is named in the
// contract or added to it.
type cli struct {
	Project    string           `short:"c" name:"config" default:"casefold.yaml" placeholder:"FILE" help:"Project file (default casefold.yaml)."`
	Workers    int              `default:"0" help:"Parallel workers; 0 takes one per core. Results do not depend on it."`
	Quiet      bool             `short:"q" help:"No progress on stderr."`
	CPUProfile string           `name:"cpuprofile" hidden:"" placeholder:"FILE" help:"Write a CPU profile."`
	MemProfile string           `name:"memprofile" hidden:"" placeholder:"FILE" help:"Write a heap profile at the end."`
	Version    kong.VersionFlag `help:"Print the version and stop."`

	Init      initCmd      `cmd:"" group:"set up" help:"Profile files and write a commented casefold.yaml."`
	Profile   profileCmd   `cmd:"" group:"set up" help:"What the columns of files hold; the shapes of their case numbers."`
	Check     checkCmd     `cmd:"" group:"set up" help:"Validate the project file."`
	Run       runCmd       `cmd:"" group:"run" help:"Read the sources, link persons, decide convictions."`
	Train     trainCmd     `cmd:"" group:"run" help:"Learn a new matching model from the data and show what changed."`
	Blocking  blockingCmd  `cmd:"" group:"run" help:"Blocking rules: what they cost and find; rules that would find more."`
	Export    exportCmd    `cmd:"" group:"run" help:"Write one of the contract's tables."`
	Report    reportCmd    `cmd:"" group:"run" help:"Write the last run and the model as HTML with charts."`
	Audit     auditCmd     `cmd:"" group:"run" help:"Add everything up again; verify journal and segments."`
	Search    searchCmd    `cmd:"" group:"ask" help:"Find persons by name, birth date, any number."`
	History   historyCmd   `cmd:"" group:"ask" help:"One person's full history."`
	Why       whyCmd       `cmd:"" group:"ask" help:"A conviction's determination with its proof."`
	Resolve   resolveCmd   `cmd:"" group:"ask" help:"Whom a new record is of, in bits."`
	Explain   explainCmd   `cmd:"" group:"ask" help:"Why two rows are, or are not, one person, in bits."`
	Normalize normalizeCmd `cmd:"" group:"ask" help:"How a text is read, step by step: name, date, statute, case-number, disposition ..."`
	Show      showCmd      `cmd:"" group:"ask" help:"A source row, verbatim."`
	Decide    decideCmd    `cmd:"" group:"answer" help:"Say that two rows are the same person, or different ones."`
	Fact      factCmd      `cmd:"" group:"answer" help:"Enter a fact from a file about a conviction; shows what it changes first."`
	Review    reviewCmd    `cmd:"" group:"answer" help:"What waits for a person's answer, what decides most first."`
	Law       lawCmd       `cmd:"" group:"law" help:"Prove, test, read and compare laws and policies."`
	Relief    reliefCmd    `cmd:"" group:"law" help:"What if: whom another policy would help."`
	File      fileCmd      `cmd:"" group:"file" help:"Prepare, approve, send and follow filings."`
	Eval      evalCmd      `cmd:"" group:"measure" help:"Link a labelled corpus and score the result."`
	Accuracy  accuracyCmd  `cmd:"" group:"measure" help:"How right the links are, without labels: expected, and from hidden persons."`
	Synth     synthCmd     `cmd:"" group:"measure" help:"Make a county that does not exist, with its truth."`
	Serve     serveCmd     `cmd:"" group:"ask" help:"Pages and API on this machine."`
}

// app is what every command gets: where to read and write, and how to open
// the engine the flags describe.
type app struct {
	ctx    context.Context
	cli    *cli
	stdout io.Writer
	stderr *os.File
}

// open loads the project file and opens the engine over its store.
func (a *app) open() (*engine.Engine, error) {
	p, err := a.project()
	if err != nil {
		return nil, err
	}
	return engine.Open(p, engine.Options{Workers: a.cli.Workers, Progress: newProgress(a.stderr, a.cli.Quiet), Version: version})
}

// say writes words for the person, on stderr.
func (a *app) say(format string, args ...any) { fmt.Fprintf(a.stderr, format+"\n", args...) }

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run is the program without the process around it.
func run(ctx context.Context, args []string, stdout io.Writer, stderr *os.File) int {
	c := &cli{}
	exited := -1
	parser, err := kong.New(c, kong.Name("casefold"), kong.Description(about), kong.UsageOnError(),
		kong.Writers(stdout, stderr), kong.Exit(func(code int) { exited = code }), kong.Vars{"version": version},
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}))
	if err != nil {
		fmt.Fprintln(stderr, "casefold:", err)
		return exitFailed
	}
	k, err := parser.Parse(args)
	if exited >= 0 {
		return exited
	}
	if err != nil {
		fmt.Fprintf(stderr, "casefold: %v\nhint: casefold --help lists the commands\n", err)
		return exitUsage
	}
	stop, err := profile(c)
	if err != nil {
		return report(stderr, err)
	}
	defer stop()
	return report(stderr, k.Run(&app{ctx, c, stdout, stderr}))
}

// report prints an error the way a person can act on it and picks its code.
func report(stderr io.Writer, err error) int {
	var code exitCode
	var problems casefold.Problems
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &code):
		return int(code)
	case errors.As(err, &problems):
		fmt.Fprintln(stderr, strings.TrimRight(problems.Error(), "\n"))
		return exitUsage
	}
	fmt.Fprintln(stderr, "casefold:", err)
	if hint := engine.Hint(err); hint != "" {
		fmt.Fprintln(stderr, "hint:", hint)
	}
	switch {
	case errors.Is(err, engine.ErrUsage):
		return exitUsage
	case errors.Is(err, engine.ErrCounts):
		return exitCounts
	case errors.Is(err, engine.ErrHeld):
		return exitHeld
	}
	return exitFailed
}

// exitCode ends a command that has already said everything.
type exitCode int

func (c exitCode) Error() string { return fmt.Sprintf("exit %d", int(c)) }
