package main

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/engine"
)

type runCmd struct {
	AsOf          string   `placeholder:"DATE" help:"Decide as of this day (YYYY-MM-DD); else as_of of the project file, else today."`
	Until         string   `placeholder:"STAGE" help:"Stop after a stage: ingest, normalize, mention, block, match, history, relief."`
	AcceptColumns []string `placeholder:"SOURCE" help:"Columns of this source changed, and that is right."`
}

func (c *runCmd) Run(a *app) (err error) {
	holdMemory()
	o := engine.RunOptions{Until: engine.Stage(c.Until), AcceptColumns: c.AcceptColumns}
	if c.AsOf != "" {
		if o.AsOf, err = casefold.ParseDay(c.AsOf); err != nil {
			return engine.Usage("--as-of: "+err.Error(), "")
		}
	}
	e, err := a.open()
	if err != nil {
		return err
	}
	defer closing(e, &err)
	report, err := e.Run(a.ctx, o)
	if err != nil {
		return err
	}
	a.tellRun(report)
	if !report.Unchanged {
		if err := a.tellCoverage(e); err != nil {
			return err
		}
		a.say("\nnext: casefold search NAME; casefold export determinations -o FILE; casefold file prepare --by NAME")
	}
	for _, s := range report.Sources {
		if s.Quarantined > 0 {
			return exitCode(exitQuarantined)
		}
	}
	return nil
}

// tellRun prints the reconciliation and what to do next.
func (a *app) tellRun(r *engine.RunReport) {
	if r.Unchanged {
		a.say("nothing changed since generation %d; as of %s", r.Generation, r.AsOf)
		return
	}
	a.say("\n%-16s %10s %10s %8s %9s %12s   %s", "source", "read", "accepted", "merged", "excluded", "quarantined", "against the delivery before")
	for _, s := range r.Sources {
		d := s.Delivery
		against := "first delivery"
		if !s.First {
			against = fmt.Sprintf("%d new, %d changed, %d gone, %d unchanged", d.New, d.Changed, d.Gone, d.Unchanged)
		}
		a.say("%-16s %10d %10d %8d %9d %12d   %s", s.Name, s.Read, s.Accepted, s.Merged, s.Excluded, s.Quarantined, against)
	}
	a.say("")
	for _, k := range []string{"records", "mentions", "pairs", "pairs uncompared", "persons", "possible links", "convictions"} {
		if n, ok := r.Counts[k]; ok {
			a.say("%-24s %10d", k, n)
		}
	}
	for _, k := range slices.Sorted(maps.Keys(r.Counts)) {
		if law, outcome, ok := strings.Cut(k, " "); ok && strings.HasPrefix(law, "prop") {
			a.say("%-24s %10d", law+" "+outcome, r.Counts[k])
		}
	}
	if len(r.Findings) > 0 {
		a.say("\nfindings (casefold export findings):")
		codes := slices.SortedFunc(maps.Keys(r.Findings), func(x, y string) int {
			return cmp.Or(cmp.Compare(r.Findings[y], r.Findings[x]), cmp.Compare(x, y))
		})
		for _, code := range codes {
			a.say("  %-28s %8d", code, r.Findings[code])
		}
	}
	a.say("\ngeneration %d, as of %s (%s)", r.Generation, r.AsOf, r.AsOfFrom)
}

// tellCoverage prints what each source is worth: how many of its arrests no
// source disposes of, and how many convictions it alone tells.
func (a *app) tellCoverage(e *engine.Engine) error {
	cells, err := e.Coverage()
	if errors.Is(err, engine.ErrNotRun) {
		return nil // the run stopped before the histories
	}
	if err != nil || len(cells) == 0 {
		return err
	}
	a.say("\n%-16s %10s %22s %12s %14s   (casefold export coverage: by county and year)", "coverage", "arrests", "without disposition", "convictions", "told by it alone")
	for i := 0; i < len(cells); {
		sum := cells[i]
		for i++; i < len(cells) && cells[i].Source == sum.Source; i++ {
			sum.Arrests += cells[i].Arrests
			sum.Disposed += cells[i].Disposed
			sum.Convictions += cells[i].Convictions
			sum.Alone += cells[i].Alone
		}
		share := ""
		if sum.Arrests > 0 {
			share = fmt.Sprintf("%d (%.0f %%)", sum.Arrests-sum.Disposed, 100*float64(sum.Arrests-sum.Disposed)/float64(sum.Arrests))
		}
		a.say("%-16s %10d %22s %12d %14d", sum.Source, sum.Arrests, share, sum.Convictions, sum.Alone)
	}
	return nil
}

// closing closes the engine and keeps the first error.
func closing(e *engine.Engine, err *error) {
	if cerr := e.Close(); *err == nil {
		*err = cerr
	}
}
