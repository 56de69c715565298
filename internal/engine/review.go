package engine

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/store"
	"github.com/casefold/casefold/relief"
	"github.com/casefold/casefold/relief/laws"
)

// A ReviewQueue is what people are to answer, first what decides most.
type ReviewQueue struct {
	AsOf casefold.Day `json:"as_of"`
	// Reviews and Decided are determinations of the office's convictions, or of
	// all; Elsewhere are reviews that another office has to see to.
	Reviews   int64 `json:"reviews"`
	Decided   int64 `json:"determinations"`
	Elsewhere int64 `json:"reviews_elsewhere"`
	// Answered counts things that people have answered since the run: the next
	// run takes them up.
	Answered int `json:"answered"`

	// Rate is over convictions of HS 11357 to 11360 themselves, under prop64.
	Rate    relief.ReviewRate `json:"review_rate"`
	Causes  []relief.Cause    `json:"causes"`
	Waiting []ReviewItem      `json:"waiting"`
	Denials []relief.Denied   `json:"confirm_denial"`
}

// A ReviewItem is one thing to answer, and how.
type ReviewItem struct {
	relief.Waiting
	Answer string `json:"answer"` // the command that answers it; "" where a court or a lawyer must
}

// ReviewOptions narrow the queue.
type ReviewOptions struct {
	Law  string // "": all
	Fact string // a kind of thing, as in Causes; "": all
	All  bool   // also convictions that are known not to be the office's
}

// ReviewQueue gathers what the reviews of the last run wait for.
func (e *Engine) ReviewQueue(o ReviewOptions) (*ReviewQueue, error) {
	run, err := e.lastRun()
	if err != nil {
		return nil, err
	}
	out := &ReviewQueue{AsOf: run.AsOf, Waiting: []ReviewItem{}, Denials: []relief.Denied{}}
	q, rate := relief.NewQueue(), relief.NewRateCounter()
	err = e.eachRuling(func(d *ruling) error {
		switch {
		case o.Law != "" && d.Law != o.Law:
			return nil
		case d.Ours == casefold.False && !o.All:
			if d.Outcome == relief.Review {
				out.Elsewhere++
			}
			return nil
		}
		out.Decided++
		if d.Law == laws.Prop64 {
			rate.Add(d.about[aboutSection], &d.Determination)
		}
		if d.Outcome != relief.Review && !d.Outcome.Denial() {
			return nil
		}
		if d.Outcome == relief.Review {
			out.Reviews++
		}
		q.Add(&d.Determination)
		return nil
	})
	if err != nil {
		return nil, err
	}
	answered, err := e.answeredSince(run.At)
	if err != nil {
		return nil, err
	}
	out.Causes, out.Rate = q.Causes(), rate.Rate()
	for _, w := range q.Waiting() {
		switch {
		case answered(&w):
			out.Answered++
		case o.Fact == "" || o.Fact == w.Fact:
			out.Waiting = append(out.Waiting, ReviewItem{w, answerTo(&w)})
		}
	}
	if o.Fact == "" || o.Fact == "confirm_denial" {
		out.Denials = append(out.Denials, q.Denials()...)
	}
	return out, nil
}

// answerTo is the command by which a person answers.
func answerTo(w *relief.Waiting) string {
	switch {
	case w.Fact == "link":
		return fmt.Sprintf("casefold decide same|different %s %s --by NAME --note TEXT", w.A, w.B)
	case relief.Entered(w.Fact):
		return fmt.Sprintf("casefold fact %s %s VALUE --by NAME --document TEXT", w.Conviction, w.Fact)
	}
	return ""
}

// answeredSince tells what people have answered since the last run.
func (e *Engine) answeredSince(run string) (func(*relief.Waiting) bool, error) {
	since, err := time.Parse(time.RFC3339, run)
	if err != nil {
		return nil, fmt.Errorf("reading when the last run was: %w", err)
	}
	later := func(at string) bool {
		t, err := time.Parse(time.RFC3339, at)
		return err == nil && t.After(since)
	}
	facts := map[[2]string]bool{}
	all, err := e.storedFacts()
	if err != nil {
		return nil, err
	}
	for _, f := range all {
		if later(f.At) {
			facts[[2]string{f.Conviction, f.Name}] = f.Value != withdrawn
		}
	}
	links := map[[2]casefold.Teller]bool{}
	err = e.store.View(func(tx *store.Tx) error {
		return store.Decisions.Scan(tx, "", func(_ string, d casefold.Decision) error {
			if later(d.At) {
				links[rowPair(d.A, d.B)] = true
			}
			return nil
		})
	})
	return func(w *relief.Waiting) bool {
		return facts[[2]string{w.Conviction, w.Fact}] || links[rowPair(w.A, w.B)]
	}, err
}

func rowPair(a, b casefold.Teller) [2]casefold.Teller {
	pair := []casefold.Teller{a, b}
	slices.SortFunc(pair, casefold.CompareTellers)
	return [2]casefold.Teller{pair[0], pair[1]}
}

// CauseWords says for a kind of missing thing what is to be done about it.
func CauseWords(fact string) string {
	switch {
	case fact == "link":
		return "doubtful links: is it one person? (casefold explain ROW ROW shows why)"
	case strings.HasPrefix(fact, "relief_"):
		return "no court or state row tells of the conviction itself: the court's docket, or an index of it as a source, says whether relief was granted"
	case fact == "complete_source":
		return "an absence that nobody vouches for: a source declared authoritative_for the question"
	case fact == "identity":
		return "rows that hang on a weak link: is it one person?"
	case fact == "same_conviction":
		return "two convictions that may be one: the court's dockets of both numbers"
	case fact == "prior":
		return "an earlier conviction: which one a marker or a registration speaks of, or whether it stood when the charge was brought"
	case fact == "decision":
		return "an open question of law, for an attorney"
	}
	for _, k := range relief.EnteredKinds {
		if k.Name == fact {
			return k.Doc
		}
	}
	return strings.ReplaceAll(fact, "_", " ")
}
