package engine

import (
	"cmp"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/filing"
	"github.com/casefold/casefold/history"
	"github.com/casefold/casefold/internal/store"
	"github.com/casefold/casefold/matcher"
	"github.com/casefold/casefold/relief"
)

// A Summary is a generation in figures: what a report draws. It counts and
// names nobody; slices stand in an order of content.
type Summary struct {
	Office     string           `json:"office"`
	County     string           `json:"county"`
	Generation int64            `json:"generation"`
	AsOf       casefold.Day     `json:"as_of"`
	At         string           `json:"at"` // when the run ended
	Program    string           `json:"program"`
	Until      string           `json:"until"`
	Counts     map[string]int64 `json:"counts"`

	Sources  []SourceFates  `json:"sources"`
	Findings []FindingCount `json:"findings"`

	RowsPerPerson []SizeCount   `json:"rows_per_person"`
	Links         []ReasonCount `json:"possible_links"`

	Laws     []string       `json:"laws"`
	Outcomes []OutcomeCount `json:"outcomes"`
	Reviews  []CauseCount   `json:"reviews"`
	Filings  []FilingCount  `json:"filings"`
	Work     []WorkCount    `json:"worklist"`

	Coverage []history.CoverageCell `json:"coverage"`

	Model    *matcher.Model `json:"-"`
	Trained  string         `json:"model_trained,omitempty"` // when, and by whom
	Matching *Matching      `json:"matching,omitempty"`      // nil: not asked for
}

// SourceFates reconcile a source: the fates add up to the rows read.
type SourceFates struct {
	Source      string           `json:"source"`
	Read        int64            `json:"read"`
	Accepted    int64            `json:"accepted"`
	Merged      int64            `json:"merged"`
	Excluded    int64            `json:"excluded"`
	Quarantined int64            `json:"quarantined"`
	Reasons     []ReasonCount    `json:"reasons,omitempty"` // of what is excluded or quarantined
	Delivery    *store.Delivery  `json:"-"`
	Extract     casefold.Day     `json:"extract_date,omitzero"`
	Against     map[string]int64 `json:"against_last,omitempty"` // new, changed, gone, unchanged
}

// A ReasonCount is how often a reason was given.
type ReasonCount struct {
	Reason string `json:"reason"`
	Count  int64  `json:"count"`
}

// A FindingCount is how often something odd was met in a source's field.
type FindingCount struct {
	Code   string `json:"code"`
	Source string `json:"source"`
	Field  string `json:"field,omitempty"`
	Count  int64  `json:"count"`
}

// A SizeCount is how many persons have this many rows.
type SizeCount struct {
	Rows    int   `json:"rows"`
	Persons int64 `json:"persons"`
}

// An OutcomeCount is how many convictions a law answers with an outcome.
type OutcomeCount struct {
	Law      string `json:"law"`
	Outcome  string `json:"outcome"`
	Ours     string `json:"ours"`
	Fileable string `json:"fileable"`
	Count    int64  `json:"count"`
	Persons  int64  `json:"persons"`
}

// A CauseCount is what reviews of a law wait for: a kind of fact, a doubtful
// link, an open question.
type CauseCount struct {
	Law string `json:"law"`
	relief.Cause
	Words string `json:"words"`
}

// A FilingCount is how many filings of a law stand where.
type FilingCount struct {
	Law    string `json:"law"`
	Basis  string `json:"basis"`
	Status string `json:"status"`
	Count  int64  `json:"count"`
}

// A WorkCount is how much of a kind waits for whom.
type WorkCount struct {
	Kind  string `json:"kind"`
	Who   string `json:"who"`
	Count int64  `json:"count"`
}

// Summary counts the current generation. It reads; it changes and journals
// nothing, for it shows nobody.
func (e *Engine) Summary() (*Summary, error) {
	s := &Summary{County: e.project.Office.County}
	steps := []func(*Summary) error{e.sumRun, e.sumRows, e.sumFindings, e.sumPersons, e.sumLinks, e.sumOutcomes, e.sumDesk, e.sumCoverage, e.sumModel}
	for i, step := range steps {
		// A run that stopped early leaves later segments out; a run there must be.
		if err := step(s); err != nil && (i == 0 || !errors.Is(err, ErrNotRun)) {
			return nil, err
		}
	}
	return s, nil
}

func (e *Engine) sumRun(s *Summary) error {
	o, err := e.Overview()
	if err != nil {
		return err
	}
	s.Office, s.Generation = o.Office, o.Generation
	return e.store.View(func(tx *store.Tx) error {
		run, err := store.Runs.Get(tx, store.Number(o.Generation))
		if err != nil {
			return err
		}
		s.AsOf, s.At, s.Program, s.Until, s.Counts = run.AsOf, run.At, run.Program, run.Until, run.Counts
		return nil
	})
}

// sumRows counts fates by source, sources in the order of the project file.
func (e *Engine) sumRows(s *Summary) error {
	bySource := map[string]*SourceFates{}
	reasons := map[[2]string]int64{}
	r, err := e.openSegment(segRows)
	if err != nil {
		return err
	}
	defer r.Close()
	err = scanTable(r, func(row []string) error {
		f := bySource[row[0]]
		if f == nil {
			f = &SourceFates{Source: strings.Clone(row[0])}
			bySource[f.Source] = f
		}
		f.Read++
		switch casefold.Fate(row[4]) {
		case casefold.Accepted:
			f.Accepted++
		case casefold.Merged:
			f.Merged++
		case casefold.Excluded:
			f.Excluded++
			reasons[[2]string{f.Source, strings.Clone(row[5])}]++
		case casefold.Quarantined:
			f.Quarantined++
			reasons[[2]string{f.Source, reasonWord(row[5])}]++
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, k := range slices.SortedFunc(maps.Keys(reasons), comparePairs) {
		f := bySource[k[0]]
		f.Reasons = append(f.Reasons, ReasonCount{k[1], reasons[k]})
	}
	for i := range e.project.Sources {
		name := e.project.Sources[i].Name
		f := cmp.Or(bySource[name], &SourceFates{Source: name})
		if d, ok, err := e.lastDelivery(name); err != nil {
			return err
		} else if ok {
			f.Extract = d.ExtractDate
			f.Against = map[string]int64{"new": d.New, "changed": d.Changed, "gone": d.Gone, "unchanged": d.Unchanged}
		}
		s.Sources = append(s.Sources, *f)
	}
	return nil
}

func comparePairs(a, b [2]string) int {
	return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1]))
}

// reasonWord is the stable word at the front of a reason.
func reasonWord(reason string) string {
	word, _, _ := strings.Cut(reason, ":")
	return strings.Clone(word)
}

func (e *Engine) sumFindings(s *Summary) error {
	counts := map[FindingCount]int64{}
	err := e.scanFindings(func(f casefold.Finding) error {
		counts[FindingCount{Code: f.Code, Source: f.Teller.Source, Field: f.Field}]++
		return nil
	})
	for f, n := range counts {
		f.Count = n
		s.Findings = append(s.Findings, f)
	}
	slices.SortFunc(s.Findings, func(a, b FindingCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Source, b.Source), cmp.Compare(a.Field, b.Field))
	})
	return err
}

// sumPersons counts persons by their rows.
func (e *Engine) sumPersons(s *Summary) error {
	sizes := map[int]int64{}
	err := e.scanSorted(segPersons, func(_ string, row []string) error {
		sizes[len(row)/2]++
		return nil
	})
	for _, n := range slices.Sorted(maps.Keys(sizes)) {
		s.RowsPerPerson = append(s.RowsPerPerson, SizeCount{n, sizes[n]})
	}
	return err
}

func (e *Engine) sumLinks(s *Summary) error {
	r, err := e.openSegment(segLinks)
	if err != nil {
		return err
	}
	defer r.Close()
	reasons := map[string]int64{}
	err = scanTable(r, func(row []string) error { reasons[row[3]]++; return nil })
	s.Links = reasonCounts(reasons)
	return err
}

// reasonCounts puts the most frequent first.
func reasonCounts(m map[string]int64) []ReasonCount {
	out := make([]ReasonCount, 0, len(m))
	for k, n := range m {
		out = append(out, ReasonCount{k, n})
	}
	slices.SortFunc(out, func(a, b ReasonCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Reason, b.Reason))
	})
	return out
}

// sumOutcomes counts determinations, and what reviews wait for.
func (e *Engine) sumOutcomes(s *Summary) error {
	counts, persons := map[OutcomeCount]int64{}, map[OutcomeCount]map[string]bool{}
	queues := map[string]*relief.Queue{}
	err := e.eachRuling(func(r *ruling) error {
		d := &r.Determination
		k := OutcomeCount{Law: d.Law, Outcome: string(d.Outcome), Ours: d.Ours.String(), Fileable: d.Fileable.String()}
		counts[k]++
		if persons[k] == nil {
			persons[k] = map[string]bool{}
		}
		persons[k][d.PersonID] = true
		if queues[d.Law] == nil {
			queues[d.Law] = relief.NewQueue()
		}
		if d.Outcome == relief.Review {
			queues[d.Law].Add(d)
		}
		return nil
	})
	for k, n := range counts {
		whole := k
		whole.Count, whole.Persons = n, int64(len(persons[k]))
		s.Outcomes = append(s.Outcomes, whole)
	}
	slices.SortFunc(s.Outcomes, func(a, b OutcomeCount) int {
		rank := func(o OutcomeCount) int { return slices.Index(relief.Outcomes, relief.Outcome(o.Outcome)) }
		return cmp.Or(cmp.Compare(a.Law, b.Law), cmp.Compare(rank(a), rank(b)), cmp.Compare(b.Ours, a.Ours), cmp.Compare(b.Fileable, a.Fileable))
	})
	for _, law := range slices.Sorted(maps.Keys(queues)) {
		s.Laws = append(s.Laws, law)
		for _, c := range queues[law].Causes() {
			s.Reviews = append(s.Reviews, CauseCount{law, c, CauseWords(c.Fact)})
		}
	}
	return err
}

// sumDesk counts filings and what waits.
func (e *Engine) sumDesk(s *Summary) error {
	return e.withDesk("", "", nil, func(d *desk) error {
		filings := map[FilingCount]int64{}
		for _, f := range d.Filings() {
			filings[FilingCount{Law: f.Law, Basis: string(f.Basis), Status: string(f.Status)}]++
		}
		for f, n := range filings {
			f.Count = n
			s.Filings = append(s.Filings, f)
		}
		slices.SortFunc(s.Filings, func(a, b FilingCount) int {
			rank := func(f FilingCount) int { return slices.Index(filing.Statuses, filing.Status(f.Status)) }
			return cmp.Or(cmp.Compare(a.Law, b.Law), cmp.Compare(a.Basis, b.Basis), cmp.Compare(rank(a), rank(b)))
		})
		list, err := d.Worklist(d.candidates, d.register)
		if err != nil {
			return err
		}
		work := map[WorkCount]int64{}
		for _, w := range list {
			work[WorkCount{Kind: string(w.Kind), Who: w.Who}]++
		}
		for w, n := range work {
			w.Count = n
			s.Work = append(s.Work, w)
		}
		slices.SortFunc(s.Work, func(a, b WorkCount) int {
			return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Who, b.Who))
		})
		return nil
	})
}

func (e *Engine) sumCoverage(s *Summary) (err error) {
	s.Coverage, err = e.Coverage()
	return err
}

// Coverage is what each source tells, by county and year.
func (e *Engine) Coverage() (out []history.CoverageCell, err error) {
	r, err := e.openSegment(segCoverage)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	err = scanTable(r, func(row []string) error {
		c := history.CoverageCell{Source: strings.Clone(row[0]), County: strings.Clone(row[1])}
		var errs [5]error
		c.Year, errs[0] = strconv.Atoi(row[2])
		c.Arrests, errs[1] = strconv.Atoi(row[3])
		c.Disposed, errs[2] = strconv.Atoi(row[4])
		c.Convictions, errs[3] = strconv.Atoi(row[5])
		c.Alone, errs[4] = strconv.Atoi(row[6])
		out = append(out, c)
		return errors.Join(errs[:]...)
	})
	return out, err
}

func (e *Engine) sumModel(s *Summary) (err error) {
	if s.Model, err = e.currentModel(); err != nil || s.Model == nil {
		return err
	}
	return e.store.View(func(tx *store.Tx) error {
		m, err := store.Models.Get(tx, "current")
		if err != nil {
			return err
		}
		s.Trained = strings.TrimSuffix(m.At+" by "+m.By, " by ")
		return nil
	})
}
