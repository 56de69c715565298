package main

import (
	"encoding/json"
	"io"
	"os"
	"path/filepath"

	"github.com/casefold/casefold/internal/disk"
	"github.com/casefold/casefold/internal/engine"
	pages "github.com/casefold/casefold/internal/report"
)

// reportCmd writes what the last run did as files that open from a disk.
type reportCmd struct {
	Output string `short:"o" placeholder:"DIR" help:"Folder for run.html, run.json and model.html (default: reports beside the project file)."`
	Quick  bool   `help:"Leave out what pairs weigh and how right the links are: quicker, for it does not link again."`
}

func (c *reportCmd) Run(a *app) (err error) {
	e, err := a.open()
	if err != nil {
		return err
	}
	defer closing(e, &err)
	s, err := e.Summary()
	if err != nil {
		return err
	}
	var accuracy *engine.AccuracyReport
	if !c.Quick && s.Model != nil {
		if s.Matching, err = e.SummaryOfMatching(a.ctx); err != nil {
			return err
		}
		if accuracy, err = e.Accuracy(a.ctx, engine.AccuracyOptions{Seed: 1}); err != nil {
			return err
		}
	}
	dir := c.Output
	if dir == "" {
		dir = filepath.Join(e.Project().Dir, "reports")
	}
	if err := writeReport(a, filepath.Join(dir, "run.html"), func(w io.Writer) error { return pages.Run(w, s, accuracy) }); err != nil {
		return err
	}
	if err := writeReport(a, filepath.Join(dir, "run.json"), func(w io.Writer) error {
		enc := json.NewEncoder(w)
		enc.SetIndent("", "  ")
		return enc.Encode(struct {
			*engine.Summary
			Accuracy *engine.AccuracyReport `json:"accuracy,omitempty"`
		}{s, accuracy})
	}); err != nil || s.Model == nil {
		return err
	}
	return writeReport(a, filepath.Join(dir, "model.html"), func(w io.Writer) error { return pages.Model(w, nil, s.Model) })
}

// writeReport writes one file, whole or not at all, and says where it is.
func writeReport(a *app, name string, fill func(io.Writer) error) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return err
	}
	if err := disk.WriteWhole(disk.OS{}, name, fill); err != nil {
		return err
	}
	a.say("wrote %s", name)
	return nil
}

// chartsOfTraining draws what training learned beside the model before.
func chartsOfTraining(a *app, e *engine.Engine, t *engine.Training, name string) error {
	if name == "" {
		name = filepath.Join(e.Project().Dir, "reports", "model.html")
	}
	return writeReport(a, name, func(w io.Writer) error { return pages.Model(w, t.Before, t.After) })
}
