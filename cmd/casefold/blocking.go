package main

import "github.com/casefold/casefold/internal/engine"

// blockingCmd looks at how candidate pairs are found.
type blockingCmd struct {
	Report  blockingReportCmd  `cmd:"" help:"What the rules in use cost and find."`
	Suggest blockingSuggestCmd `cmd:"" help:"Search for rules that find the pairs within a budget."`
}

type blockingReportCmd struct{ jsonFlag }

func (c *blockingReportCmd) Run(a *app) error {
	return blockingReport(a, c.jsonFlag, engine.BlockingOptions{})
}

type blockingSuggestCmd struct {
	jsonFlag
	Pairs int `placeholder:"N" help:"Candidate pairs that all rules together may propose; about what the rules in use may, if not told."`
}

func (c *blockingSuggestCmd) Run(a *app) error {
	return blockingReport(a, c.jsonFlag, engine.BlockingOptions{Suggest: true, Pairs: c.Pairs})
}

func blockingReport(a *app, j jsonFlag, o engine.BlockingOptions) (err error) {
	e, err := a.open()
	if err != nil {
		return err
	}
	defer closing(e, &err)
	r, err := e.Blocking(a.ctx, o)
	if err != nil {
		return err
	}
	return j.answer(a.stdout, r, r.WriteText)
}
