package main

import (
	"encoding/json"
	"fmt"

	"github.com/casefold/casefold/internal/engine"
	"github.com/casefold/casefold/internal/synth"
)

type synthCmd struct {
	People int      `default:"20000" help:"How many people."`
	Seed   uint64   `default:"1" help:"Same seed, same bytes."`
	Output string   `short:"o" placeholder:"DIR" help:"Folder for the files."`
	Rate   []string `placeholder:"NAME=VALUE" help:"Change a rate."`
	Rates  bool     `help:"List the rates and their defaults, and stop."`
	Score  string   `placeholder:"EXPORTS" help:"Score the exports in this folder against the truth in the -o folder, and stop."`
}

func (c *synthCmd) Run(a *app) error {
	o := synth.Defaults(c.People, c.Seed)
	for _, r := range c.Rate {
		if err := o.Rates.Set(r); err != nil {
			return engine.Usage("--rate "+r+": "+err.Error(), "casefold synth --rates lists them")
		}
	}
	switch {
	case c.Rates:
		for _, r := range o.Rates.List() {
			fmt.Fprintf(a.stdout, "%-20s %7g  %s\n", r.Name, r.Value, r.Doc)
		}
		return nil
	case c.Output == "":
		return engine.Usage("casefold synth needs a folder", "casefold synth -o DIR")
	case c.Score != "":
		q, err := synth.Score(c.Output, c.Score)
		if err != nil {
			return err
		}
		enc := json.NewEncoder(a.stdout)
		enc.SetIndent("", "  ")
		return enc.Encode(q)
	}
	if err := o.Validate(); err != nil {
		return engine.Usage(err.Error(), "")
	}
	task := newProgress(a.stderr, a.cli.Quiet).Start("make the county", 0, "files")
	if err := synth.Generate(o, synth.Dir(c.Output)); err != nil {
		return err
	}
	task.Done(fmt.Sprintf("%d people in %s", c.People, c.Output))
	a.say("next: casefold run -c %s/casefold.yaml", c.Output)
	return nil
}
