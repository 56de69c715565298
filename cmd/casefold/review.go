package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/casefold/casefold/internal/engine"
	"github.com/casefold/casefold/relief"
)

type reviewCmd struct {
	Queue queueCmd `cmd:"" help:"Doubtful links and missing facts, ordered by what they would change."`
}

type queueCmd struct {
	jsonFlag
	Law   string `placeholder:"NAME" help:"Of one law only."`
	Fact  string `placeholder:"KIND" help:"Only one kind of thing: link, birth_date, relief_prop64, confirm_denial ..."`
	Limit int    `default:"20" help:"How many things to print; 0: all. JSON holds all."`
	All   bool   `help:"Also convictions of other offices."`
}

func (c *queueCmd) Run(a *app) (err error) {
	e, err := a.open()
	if err != nil {
		return err
	}
	defer closing(e, &err)
	q, err := e.ReviewQueue(engine.ReviewOptions{Law: c.Law, Fact: c.Fact, All: c.All})
	if err != nil {
		return err
	}
	return c.answer(a.stdout, q, func(w io.Writer) error { return writeQueue(w, q, c.Limit) })
}

func writeQueue(w io.Writer, q *engine.ReviewQueue, limit int) error {
	fmt.Fprintf(w, "as of %s: %d reviews among %d determinations", q.AsOf, q.Reviews, q.Decided)
	if q.Elsewhere > 0 {
		fmt.Fprintf(w, "; %d more are of other offices (--all)", q.Elsewhere)
	}
	fmt.Fprintln(w)
	if q.Answered > 0 {
		fmt.Fprintf(w, "%d things have been answered since; the next run takes them up\n", q.Answered)
	}
	fmt.Fprintf(w, "\nwhat they wait for (convictions: for this alone / in all)\n")
	for _, c := range q.Causes {
		fmt.Fprintf(w, "  %6d /%6d  %-18s %s\n", c.Alone, c.All, c.Fact, engine.CauseWords(c.Fact))
	}
	writeRate(w, &q.Rate)
	fmt.Fprintf(w, "\nto answer, what decides most first (%d)\n", len(q.Waiting))
	for i, item := range q.Waiting {
		if limit > 0 && i == limit {
			fmt.Fprintf(w, "  and %d more (--limit 0, --fact KIND, --json)\n", len(q.Waiting)-limit)
			break
		}
		fmt.Fprintf(w, "  %s: %s\n", item.Fact, item.Text)
		fmt.Fprintf(w, "      decides %s\n", decides(&item))
		if item.Answer != "" {
			fmt.Fprintf(w, "      %s\n", item.Answer)
		}
	}
	fmt.Fprintf(w, "\ndenials to confirm (%d; they are decided, and no part of the reviews)\n", len(q.Denials))
	for i, d := range q.Denials {
		if limit > 0 && i == limit {
			fmt.Fprintf(w, "  and %d more (--fact confirm_denial --limit 0)\n", len(q.Denials)-limit)
			break
		}
		fmt.Fprintf(w, "  %s under %s: %s: %s\n", d.Conviction, d.Law, d.Outcome, d.Reason)
	}
	return nil
}

// writeRate prints how many convictions of the four sections wait, and what the
// rate would be without each cause.
func writeRate(w io.Writer, r *relief.ReviewRate) {
	if r.Of == 0 {
		return
	}
	fmt.Fprintf(w, "\nprop64 over convictions of HS 11357 to 11360, inchoate forms left out: %d of %d in review, %.2f %%\n", r.Reviews, r.Of, 100*r.Rate)
	for _, c := range r.Causes {
		fmt.Fprintf(w, "  %6d /%6d  %-18s %.2f %% without it\n", c.Only, c.All, c.Fact, 100*c.Without)
	}
}

// decides says which convictions hang on an item.
func decides(item *engine.ReviewItem) string {
	var parts []string
	add := func(ids []string, word string) {
		switch n := len(ids); {
		case n == 1:
			parts = append(parts, ids[0]+word)
		case n > 1 && n <= maxTellers:
			parts = append(parts, strings.Join(ids, ", ")+word)
		case n > maxTellers:
			parts = append(parts, fmt.Sprintf("%d convictions%s", n, word))
		}
	}
	add(item.Alone, "")
	add(item.With, " with other answers")
	if item.Owed > 0 {
		parts = append(parts, fmt.Sprintf("relief may be owed on %d", item.Owed))
	}
	return strings.Join(parts, "; ")
}
