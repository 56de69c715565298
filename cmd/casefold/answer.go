package main

import (
	"github.com/casefold/casefold/internal/engine"
)

type decideCmd struct {
	Verdict string `arg:"" enum:"same,different" help:"same or different."`
	A       string `arg:"" help:"A row, as source:row_key."`
	B       string `arg:"" help:"Another row."`
	By      string `required:"" placeholder:"NAME" help:"Who decides."`
	Note    string `required:"" placeholder:"TEXT" help:"Why."`
}

func (c *decideCmd) Run(a *app) (err error) {
	x, err := engine.ParseTeller(c.A)
	if err != nil {
		return err
	}
	y, err := engine.ParseTeller(c.B)
	if err != nil {
		return err
	}
	e, err := a.open()
	if err != nil {
		return err
	}
	defer closing(e, &err)
	if err := e.Decide(x, y, c.Verdict == "same", c.By, c.Note); err != nil {
		return err
	}
	a.say("noted; the next run obeys it: casefold run -c %s", a.cli.Project)
	return nil
}
