package main

import (
	"fmt"
	"io"

	"github.com/casefold/casefold/internal/engine"
)

type factCmd struct {
	jsonFlag
	Conviction string `arg:"" help:"The conviction's ID (C-...)."`
	Name       string `arg:"" help:"What the file tells: plants, birth_date, offense_date, relief_prop64 ..."`
	Value      string `arg:"" help:"A date, a number, yes or no, a section, a level; unknown withdraws an earlier entry."`
	By         string `required:"" placeholder:"NAME" help:"Who enters it."`
	Document   string `required:"" placeholder:"TEXT" help:"The paper it was taken from."`
	Page       string `placeholder:"P" help:"The page."`
	DryRun     bool   `help:"Only show what it would change."`
}

func (c *factCmd) Run(a *app) (err error) {
	e, err := a.open()
	if err != nil {
		return err
	}
	defer closing(e, &err)
	f := engine.FactEntry{Conviction: c.Conviction, Name: c.Name, Value: c.Value, By: c.By, Document: c.Document, Page: c.Page}
	effect, err := e.TryFact(f)
	if err != nil {
		return err
	}
	// The change is shown before anything is saved.
	if err := c.answer(a.stdout, effect, func(w io.Writer) error { return writeEffect(w, effect) }); err != nil {
		return err
	}
	if c.DryRun {
		a.say("nothing is saved (--dry-run)")
		return nil
	}
	if err := e.EnterFact(f); err != nil {
		return err
	}
	a.say("noted; the next run obeys it: casefold run -c %s", a.cli.Project)
	return nil
}

func writeEffect(w io.Writer, x *engine.FactEffect) error {
	was := ""
	if x.Was != "" {
		was = fmt.Sprintf(" (was %s)", x.Was)
	}
	fmt.Fprintf(w, "%s of %s: %s%s\n", x.Name, x.Conviction, x.Value, was)
	for _, c := range x.Changes {
		word := fmt.Sprintf("%s instead of %s", c.Outcome, c.Before)
		if c.Outcome == c.Before {
			word = "still " + string(c.Outcome)
		}
		fmt.Fprintf(w, "  %s under %s: %s\n    %s\n", c.ConvictionID, c.Law, word, c.Reason)
		writeOpen(w, &c.FactOutcome)
	}
	for _, c := range x.Same {
		fmt.Fprintf(w, "  %s under %s: unchanged, %s\n", c.ConvictionID, c.Law, c.Outcome)
		writeOpen(w, &c)
	}
	return nil
}

func writeOpen(w io.Writer, c *engine.FactOutcome) {
	for _, need := range c.Needs {
		fmt.Fprintf(w, "    needs %s\n", need)
	}
	if c.InDoubt != "" {
		fmt.Fprintf(w, "    stays in review: %s\n", c.InDoubt)
	}
}
