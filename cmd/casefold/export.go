package main

import (
	"io"
	"os"

	"github.com/casefold/casefold/internal/disk"
)

type exportCmd struct {
	Name   string `arg:"" help:"rows, clusters, possible-links, convictions, determinations, filings, worklist, coverage, findings."`
	Output string `short:"o" placeholder:"FILE" help:"Where to; stdout if left out."`
}

func (c *exportCmd) Run(a *app) (err error) {
	e, err := a.open()
	if err != nil {
		return err
	}
	defer closing(e, &err)
	if c.Output == "" || c.Output == "-" {
		return e.Export(c.Name, a.stdout)
	}
	// Written whole or not at all: a script never reads half a table.
	if err := disk.WriteWhole(disk.OS{}, c.Output, func(w io.Writer) error { return e.Export(c.Name, w) }); err != nil {
		return err
	}
	if info, err := os.Stat(c.Output); err == nil {
		a.say("%s: %d bytes", c.Output, info.Size())
	}
	return nil
}
