package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"

	"github.com/casefold/casefold/internal/disk"
	"github.com/casefold/casefold/internal/engine"
)

type evalCmd struct {
	Dir      string    `arg:"" help:"Folder with records.csv and truth.csv, or pairs.csv (each also .gz or .zst); mapping.yaml if the mapping is not to be guessed."`
	Clusters string    `placeholder:"FILE" help:"Write rec_id,person_id."`
	Memory   byteCount `placeholder:"SIZE" help:"Memory that may be taken, as 12GB (default: three quarters of the machine's). A corpus that needs more is worked on in files."`
	Work     string    `placeholder:"FOLDER" help:"Keep those files here: a later call goes on where this one ended."`
}

// A byteCount is a number of bytes as people write it.
type byteCount int64

// UnmarshalText reads 12GB.
func (n *byteCount) UnmarshalText(text []byte) error {
	v, err := engine.ParseBytes(string(text))
	*n = byteCount(v)
	return err
}

// How much measuring a corpus may allocate between two collections, in percent
// of what lives. What lives are columns without pointers, which are collected in
// no time: at 20, ten million rows take a third less memory than at 100, for a
// twentieth more of CPU time. Small files are not worth that.
const (
	smallGCPercent = 100
	largeGCPercent = 20
	largeCorpus    = 200 << 20 // bytes of the folder's records
)

// holdEvalMemory chooses by the size of the records, unless GOGC says otherwise,
// and has more collected when the memory allowed is nearly used.
func holdEvalMemory(dir string, memory int64) {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memory / 8 * 7)
	}
	if os.Getenv("GOGC") != "" {
		return
	}
	percent := smallGCPercent
	for _, name := range []string{"records.csv", "records.csv.gz", "records.csv.zst"} {
		if st, err := os.Stat(filepath.Join(dir, name)); err == nil && (st.Size() >= largeCorpus || name != "records.csv" && 4*st.Size() >= largeCorpus) {
			percent = largeGCPercent
		}
	}
	debug.SetGCPercent(percent)
}

func (c *evalCmd) Run(a *app) (err error) {
	o := engine.EvalOptions{Workers: a.cli.Workers, Progress: newProgress(a.stderr, a.cli.Quiet), Memory: int64(c.Memory), Work: c.Work}
	if o.Memory == 0 {
		o.Memory = engine.DefaultMemory()
	}
	holdEvalMemory(c.Dir, o.Memory)
	enc := json.NewEncoder(a.stdout)
	if engine.HasPairs(c.Dir) {
		report, err := engine.EvaluatePairs(a.ctx, c.Dir, o.Workers, o.Progress)
		if err != nil {
			return err
		}
		return enc.Encode(report)
	}
	var report *engine.Evaluation
	if c.Clusters == "" {
		report, err = engine.Evaluate(a.ctx, c.Dir, o)
	} else {
		err = disk.WriteWhole(disk.OS{}, c.Clusters, func(w io.Writer) (err error) {
			o.Clusters = w
			report, err = engine.Evaluate(a.ctx, c.Dir, o)
			return err
		})
	}
	if err != nil {
		return err
	}
	return enc.Encode(report)
}

type auditCmd struct{}

func (c *auditCmd) Run(a *app) (err error) {
	e, err := a.open()
	if err != nil {
		return err
	}
	defer closing(e, &err)
	checks, err := e.Audit(a.ctx)
	for _, k := range checks {
		mark := "holds "
		if !k.OK() {
			mark = "BROKEN"
		}
		fmt.Fprintf(a.stdout, "%s  %s (%s)\n", mark, k.Promise, k.Found)
		for _, b := range k.Broken {
			fmt.Fprintf(a.stdout, "        %s\n", b)
		}
	}
	return err
}

type trainCmd struct {
	By     string `placeholder:"NAME" help:"Who has it trained."`
	Charts string `placeholder:"FILE" help:"Where the charts go (default: reports/model.html beside the project file)."`
}

func (c *trainCmd) Run(a *app) (err error) {
	e, err := a.open()
	if err != nil {
		return err
	}
	defer closing(e, &err)
	t, err := e.Train(a.ctx, c.By)
	if err != nil {
		return err
	}
	if err := t.WriteText(a.stdout); err != nil {
		return err
	}
	if err := chartsOfTraining(a, e, t, c.Charts); err != nil {
		return err
	}
	a.say("next: casefold run -c %s", a.cli.Project)
	return nil
}
