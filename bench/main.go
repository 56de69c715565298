// Command bench measures linking from a CSV file to clusters. It writes files
// of persons (internal/synth), has the casefold program link and score each,
// and sets Splink from PyPI beside it: the same files, the same machine, the
// same run. It prints a table in Markdown.
//
//	go run ./bench -sizes 10000,100000,1000000
//
// It also has casefold decide a state extract of half a million rows, from file
// to determinations (-sizes "" for that alone).
//
// Splink is installed into a virtual environment below the work folder; where
// that cannot be done, its rows are left out with a word.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"

	"github.com/casefold/casefold/internal/synth"
)

type options struct {
	bin     string
	dir     string
	sizes   []int
	seed    uint64
	splink  int // rows up to which Splink runs
	rounds  int
	extract int // rows of the state extract; 0 none
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, out, log io.Writer) error {
	o, err := parse(args, log)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(o.dir, 0o755); err != nil {
		return err
	}
	peer := ""
	if o.splink > 0 {
		if peer, err = installSplink(ctx, o.dir, log); err != nil {
			fmt.Fprintln(log, "Splink is left out:", err)
		}
	}
	fmt.Fprintf(out, "%d processors, %s/%s, %s\n\n", runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version())
	fmt.Fprintln(out, head)
	for _, rows := range o.sizes {
		dir, err := people(o, rows, log)
		if err != nil {
			return err
		}
		for range o.rounds {
			if err := measure(ctx, o, dir, rows, peer, out, log); err != nil {
				return err
			}
		}
	}
	if o.extract == 0 {
		return nil
	}
	fmt.Fprintf(out, "\n%s\n", extractHead)
	for range o.rounds {
		if err := measureExtract(ctx, o, o.extract, out, log); err != nil {
			return err
		}
	}
	return nil
}

// measure runs casefold, and Splink right behind it.
func measure(ctx context.Context, o options, dir string, rows int, peer string, out, log io.Writer) error {
	fmt.Fprintf(log, "casefold links %d rows\n", rows)
	m, err := casefold(ctx, o.bin, dir)
	if err != nil {
		return err
	}
	fmt.Fprintln(out, m)
	if peer == "" || rows > o.splink {
		return nil
	}
	fmt.Fprintf(log, "Splink links %d rows\n", rows)
	if m, err = splink(ctx, peer, dir, rows); err != nil {
		fmt.Fprintln(log, "Splink is left out:", err)
		return nil
	}
	fmt.Fprintln(out, m)
	return nil
}

func parse(args []string, log io.Writer) (options, error) {
	var o options
	var sizes string
	var large bool
	f := flag.NewFlagSet("bench", flag.ContinueOnError)
	f.SetOutput(log)
	f.StringVar(&o.bin, "bin", "bin/casefold", "the casefold program")
	f.StringVar(&o.dir, "dir", filepath.Join(os.TempDir(), "casefold-bench"), "work folder; files that are there already are used again")
	f.StringVar(&sizes, "sizes", "10000,100000,1000000", "rows of the files")
	f.BoolVar(&large, "large", false, "10,000,000 rows besides")
	f.Uint64Var(&o.seed, "seed", 1, "seed of the files")
	f.IntVar(&o.splink, "splink", 2_000_000, "rows up to which Splink runs; 0 never")
	f.IntVar(&o.extract, "extract", 500_000, "rows of a state extract that is decided whole; 0 none")
	f.IntVar(&o.rounds, "rounds", 1, "how often each file is measured")
	if err := f.Parse(args); err != nil {
		return o, err
	}
	for s := range strings.SplitSeq(sizes, ",") {
		if sizes == "" {
			break
		}
		n, err := strconv.Atoi(strings.TrimSpace(s))
		if err != nil || n < 1 {
			return o, fmt.Errorf("%q is no number of rows", s)
		}
		o.sizes = append(o.sizes, n)
	}
	if large {
		o.sizes = append(o.sizes, 10_000_000)
	}
	return o, nil
}

// people is the folder of a file of so many rows, written if it is not there.
func people(o options, rows int, log io.Writer) (dir string, err error) {
	dir = filepath.Join(o.dir, fmt.Sprintf("people-%d-%d", rows, o.seed))
	if _, err := os.Stat(dir); err == nil {
		return dir, nil
	}
	fmt.Fprintf(log, "writing %d rows\n", rows)
	part := dir + ".part"
	if err := os.MkdirAll(part, 0o755); err != nil {
		return "", err
	}
	var files [2]*os.File
	for i, name := range [...]string{"records.csv", "truth.csv"} {
		if files[i], err = os.Create(filepath.Join(part, name)); err != nil {
			return "", err
		}
	}
	err = synth.People{Rows: rows, Seed: o.seed}.Write(files[0], files[1])
	if err = errors.Join(err, files[0].Close(), files[1].Close()); err != nil {
		return "", err
	}
	return dir, os.Rename(part, dir)
}
