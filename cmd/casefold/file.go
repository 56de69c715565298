package main

import (
	"fmt"

	"github.com/casefold/casefold/filing"
)

type fileCmd struct {
	Prepare  prepareCmd  `cmd:"" help:"Make filings of everything owed, ours and fileable."`
	Approve  approveCmd  `cmd:"" help:"Approve a batch."`
	Send     sendCmd     `cmd:"" help:"Write a manifest per court, and record it. Transmits nothing."`
	Record   recordCmd   `cmd:"" help:"Write down what became of a filing."`
	Again    againCmd    `cmd:"" help:"File anew what was rejected, denied or withdrawn."`
	Distinct distinctCmd `cmd:"" help:"Say that a conviction is not the one of a filing it resembles."`
	List     listCmd     `cmd:"" help:"The batches and where they stand."`
}

type prepareCmd struct {
	By string `placeholder:"NAME" help:"Who prepares."`
}

func (c *prepareCmd) Run(a *app) (err error) {
	e, err := a.open()
	if err != nil {
		return err
	}
	defer closing(e, &err)
	p, err := e.FilePrepare(c.By)
	if err != nil {
		return err
	}
	a.say("%d filings made; %d convictions already filed, %d closed before, %d possibly filed, %d owed but not fileable",
		p.Filed, p.Already, p.Closed, p.Possible, p.Hindered)
	for _, b := range p.Batches {
		fmt.Fprintf(a.stdout, "%s\t%s\t%s\t%d\n", b.ID, b.Law, b.Basis, b.Filings)
	}
	if len(p.Batches) > 0 {
		a.say("next: casefold file approve %s --by NAME; casefold export worklist -o FILE", p.Batches[0].ID)
	}
	return nil
}

type approveCmd struct {
	Batch string `arg:"" help:"The batch's ID."`
	By    string `placeholder:"NAME" required:"" help:"Who approves."`
}

func (c *approveCmd) Run(a *app) (err error) {
	e, err := a.open()
	if err != nil {
		return err
	}
	defer closing(e, &err)
	p, err := e.FileApprove(c.Batch, c.By)
	if err != nil {
		return err
	}
	a.tellProgress("approved", p)
	a.say("next: casefold file send %s -o DIR", c.Batch)
	return nil
}

func (a *app) tellProgress(word string, p filing.Progress) {
	a.say("%d filings %s", p.Moved, word)
	if len(p.Held) > 0 {
		a.say("%d held back, because what they rest on has changed; see casefold export worklist:", len(p.Held))
		for _, id := range p.Held {
			a.say("  %s", id)
		}
	}
}

type sendCmd struct {
	Batch  string `arg:"" help:"The batch's ID."`
	Output string `short:"o" required:"" placeholder:"DIR" help:"Folder for the manifests."`
	By     string `placeholder:"NAME" help:"Who sends."`
}

func (c *sendCmd) Run(a *app) (err error) {
	e, err := a.open()
	if err != nil {
		return err
	}
	defer closing(e, &err)
	s, err := e.FileSend(c.Batch, c.Output, c.By)
	if err != nil {
		return err
	}
	a.tellProgress("sent", s.Progress)
	for _, m := range s.Manifests {
		fmt.Fprintf(a.stdout, "%s\t%d\t%s\n", m.File, m.Lines, m.SHA256)
	}
	return nil
}

type recordCmd struct {
	Filing string `arg:"" help:"The filing's ID."`
	Status string `arg:"" help:"granted, denied, rejected or withdrawn."`
	By     string `placeholder:"NAME" required:"" help:"Who records."`
	Note   string `placeholder:"TEXT" required:"" help:"Why, or on what paper."`
}

func (c *recordCmd) Run(a *app) (err error) {
	e, err := a.open()
	if err != nil {
		return err
	}
	defer closing(e, &err)
	return e.FileRecord(c.Filing, c.Status, c.By, c.Note)
}

type againCmd struct {
	Filing string `arg:"" help:"The filing's ID."`
	By     string `placeholder:"NAME" required:"" help:"Who files again."`
	Note   string `placeholder:"TEXT" required:"" help:"Why."`
}

func (c *againCmd) Run(a *app) (err error) {
	e, err := a.open()
	if err != nil {
		return err
	}
	defer closing(e, &err)
	f, err := e.FileAgain(c.Filing, c.By, c.Note)
	if err != nil {
		return err
	}
	fmt.Fprintf(a.stdout, "%s\t%s\n", f.ID, f.Batch)
	a.say("next: casefold file approve %s --by NAME", f.Batch)
	return nil
}

type distinctCmd struct {
	Conviction string `arg:"" help:"The conviction's ID."`
	Filing     string `arg:"" help:"The filing's ID, as the worklist names it."`
	By         string `placeholder:"NAME" required:"" help:"Who looked."`
	Note       string `placeholder:"TEXT" required:"" help:"What tells them apart."`
}

func (c *distinctCmd) Run(a *app) (err error) {
	e, err := a.open()
	if err != nil {
		return err
	}
	defer closing(e, &err)
	if err := e.FileDistinct(c.Conviction, c.Filing, c.By, c.Note); err != nil {
		return err
	}
	a.say("noted; next: casefold file prepare --by NAME")
	return nil
}

type listCmd struct{}

func (c *listCmd) Run(a *app) (err error) {
	e, err := a.open()
	if err != nil {
		return err
	}
	defer closing(e, &err)
	batches, err := e.Batches()
	if err != nil {
		return err
	}
	for _, b := range batches {
		fmt.Fprintf(a.stdout, "%s\t%s\t%s\t%d", b.ID, b.Law, b.Basis, b.Filings)
		for _, s := range filing.Statuses {
			if n := b.Statuses[s]; n > 0 {
				fmt.Fprintf(a.stdout, "\t%s %d", s, n)
			}
		}
		fmt.Fprintln(a.stdout)
	}
	return nil
}
