package main

import "github.com/casefold/casefold/internal/engine"

type accuracyCmd struct {
	jsonFlag
	Share float64 `default:"0.2" help:"Share of the fingerprinted persons who lose their numbers for the estimate."`
	Seed  uint64  `default:"1" help:"Seed of the draws."`
}

func (c *accuracyCmd) Run(a *app) (err error) {
	if c.Share <= 0 || c.Share > 1 {
		return engine.Usage("--share lies above 0, and at most at 1", "")
	}
	e, err := a.open()
	if err != nil {
		return err
	}
	defer closing(e, &err)
	r, err := e.Accuracy(a.ctx, engine.AccuracyOptions{Seed: c.Seed, Share: c.Share})
	if err != nil {
		return err
	}
	return c.answer(a.stdout, r, r.WriteText)
}
