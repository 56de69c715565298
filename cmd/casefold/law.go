package main

import (
	"fmt"
	"io"
	"path/filepath"

	"github.com/casefold/casefold/internal/engine"
	"github.com/casefold/casefold/relief/laws"
)

type lawCmd struct {
	Check   lawCheckCmd   `cmd:"" help:"Prove laws and policies: every fault at its line and column."`
	Test    lawTestCmd    `cmd:"" help:"Decide a law's cases and hold them to what they state."`
	Explain lawExplainCmd `cmd:"" help:"A law or a policy as English sentences."`
	Diff    lawDiffCmd    `cmd:"" help:"Which determinations change between two versions of a law, or two days."`
}

// policyFile reports whether a word names a policy: by its ending, or because
// it comes with the program.
func policyFile(word string) bool {
	switch filepath.Ext(word) {
	case ".yaml", ".yml", ".json":
		return true
	}
	for _, name := range engine.PolicyNames() {
		if name == word {
			return true
		}
	}
	return false
}

type lawCheckCmd struct {
	Laws []string `arg:"" optional:"" placeholder:"LAW" help:"Names, folders that hold law.yaml, or policy files; all that come with the program if left out."`
}

func (c *lawCheckCmd) Run(a *app) error {
	words := c.Laws
	if len(words) == 0 {
		words = append(append(words, laws.Names...), engine.PolicyNames()...)
	}
	for _, word := range words {
		if policyFile(word) {
			p, err := engine.LoadPolicy(word)
			if err != nil {
				return err
			}
			fmt.Fprintf(a.stdout, "policy %s %s over %s: no fault found\n", p.Name, p.Version, p.Law)
			continue
		}
		f, err := engine.FindLaw(word)
		if err != nil {
			return err
		}
		if err := f.Check(); err != nil {
			return err
		}
		l, err := f.Load()
		if err != nil {
			return err
		}
		fmt.Fprintf(a.stdout, "%s %s: proved; every rule and outcome is reached, every clause seen true, false and unknown\n", l.Name, l.Version)
	}
	return nil
}

type lawTestCmd struct {
	Laws []string `arg:"" optional:"" placeholder:"LAW" help:"Names or folders; all that come with the program if left out."`
}

func (c *lawTestCmd) Run(a *app) error {
	words := c.Laws
	if len(words) == 0 {
		words = laws.Names
	}
	failed := 0
	for _, word := range words {
		f, err := engine.FindLaw(word)
		if err != nil {
			return err
		}
		n, failures, err := f.Test()
		if err != nil {
			return err
		}
		for _, p := range failures {
			a.say("%s", p)
		}
		failed += len(failures)
		fmt.Fprintf(a.stdout, "%s: %d cases, %d not as stated\n", word, n, len(failures))
	}
	if failed > 0 {
		return exitCode(exitFailed)
	}
	return nil
}

type lawExplainCmd struct {
	Law string `arg:"" help:"A law's name or folder, or a policy's name or file."`
}

func (c *lawExplainCmd) Run(a *app) error {
	if policyFile(c.Law) {
		p, err := engine.LoadPolicy(c.Law)
		if err != nil {
			return err
		}
		return p.Explain(a.stdout)
	}
	f, err := engine.FindLaw(c.Law)
	if err != nil {
		return err
	}
	l, err := f.Load()
	if err != nil {
		return err
	}
	return l.ExplainLaw(a.stdout)
}

type lawDiffCmd struct {
	jsonFlag
	A     string `arg:"" help:"A law's name or folder, or a day."`
	B     string `arg:"" help:"Another version of the law, or another day."`
	Limit int    `default:"20" help:"How many convictions to name for each change; 0: all."`
}

func (c *lawDiffCmd) Run(a *app) (err error) {
	e, err := a.open()
	if err != nil {
		return err
	}
	defer closing(e, &err)
	d, err := e.LawDiff(a.ctx, c.A, c.B)
	if err != nil {
		return err
	}
	return c.answer(a.stdout, d, func(w io.Writer) error { return writeLawDiff(w, d, c.Limit) })
}

func writeLawDiff(w io.Writer, d *engine.LawDiff, limit int) error {
	fmt.Fprintf(w, "%d of %d determinations change from %s to %s (%d persons)\n", len(d.Changes), d.Decided, d.A, d.B, d.Persons)
	at := 0
	for _, k := range d.Kinds {
		fmt.Fprintf(w, "\n%s: %s (route %s) -> %s (route %s): %d", k.Law, k.From, k.FromRoute, k.To, k.ToRoute, k.Count)
		if k.InDoubt > 0 {
			fmt.Fprintf(w, " (%d of them stay in review: doubt about who is one person)", k.InDoubt)
		}
		fmt.Fprintln(w)
		for i := range k.Count {
			if limit > 0 && i == limit {
				fmt.Fprintf(w, "  and %d more (--limit 0 names all)\n", k.Count-limit)
				break
			}
			x := &d.Changes[at+i]
			fmt.Fprintf(w, "  %s of %s\n    was: %s\n    now: %s\n", x.ConvictionID, x.PersonID, x.BaseReason, x.OtherReason)
		}
		at += k.Count
	}
	return nil
}
