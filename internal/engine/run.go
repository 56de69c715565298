package engine

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/source"
	"github.com/casefold/casefold/internal/store"
	"github.com/casefold/casefold/matcher"
	"github.com/casefold/casefold/relief"
)

// A Stage of a run, in order.
type Stage string

// Stages are all stages in order; a run may stop after any of them.
var Stages = []Stage{"ingest", "normalize", "mention", "block", "match", "history", "relief"}

// reaches reports whether a run that stops after s gets to t.
func (s Stage) reaches(t Stage) bool { return slices.Index(Stages, t) <= slices.Index(Stages, s) }

// RunOptions of one run.
type RunOptions struct {
	AsOf  casefold.Day // 0: the project file's, else today
	Until Stage        // "": all
	// AcceptColumns names sources whose changed columns a person has looked at.
	AcceptColumns []string
}

// A RunReport says what a run did.
type RunReport struct {
	Generation int64
	AsOf       casefold.Day
	AsOfFrom   string // flag, project file, today
	Unchanged  bool   // nothing to do: the store holds this very result
	Sources    []SourceReport
	Counts     map[string]int64
	Trained    bool
	Findings   map[string]int // by code
	Rules      []RuleLine
	Seconds    map[Stage]float64
}

// A SourceReport reconciles one source: the fates add up to the rows read.
type SourceReport struct {
	Name                                          string
	Read, Accepted, Merged, Excluded, Quarantined int64
	Delivery                                      store.Delivery
	First                                         bool // no earlier delivery
}

// A RuleLine is what one blocking rule did.
type RuleLine struct {
	Rule                     string
	Pairs, Owned, Uncompared int
}

// Run reads the sources and writes a new generation.
func (e *Engine) Run(ctx context.Context, o RunOptions) (*RunReport, error) {
	r := &runner{e: e, options: o, report: &RunReport{Counts: map[string]int64{}, Findings: map[string]int{}, Seconds: map[Stage]float64{}}}
	if o.Until == "" {
		r.options.Until = Stages[len(Stages)-1]
	} else if !slices.Contains(Stages, o.Until) {
		return nil, Usage(fmt.Sprintf("unknown stage %q", o.Until), "stages are "+stageNames())
	}
	if err := e.store.Room(); err != nil {
		return nil, err
	}
	r.chooseDate()
	err := r.run(ctx)
	return r.report, err
}

func stageNames() string {
	var out []string
	for _, s := range Stages {
		out = append(out, string(s))
	}
	return strings.Join(out, ", ")
}

// A runner is one run in progress.
type runner struct {
	e       *Engine
	options RunOptions
	report  *RunReport
	g       *generation
	found   findings

	readers []*source.Reader
	hashes  [][]string // SHA-256 of each source's files
	book    *lawbook
	facts   map[string][]relief.EnteredFact
	model   *matcher.Model // the pinned one, nil if none yet
	decided []casefold.Decision

	fpIngest, fpMatch, fpHistory, fpRelief string

	sources []*sourceRows
	pop     *population
	links   *matcher.Links
	persons *persons
}

func (r *runner) chooseDate() {
	switch {
	case r.options.AsOf != 0:
		r.report.AsOf, r.report.AsOfFrom = r.options.AsOf, "flag"
	case r.e.project.AsOf != 0:
		r.report.AsOf, r.report.AsOfFrom = r.e.project.AsOf, "project file"
	default:
		now := r.e.options.Clock()
		r.report.AsOf, r.report.AsOfFrom = casefold.MakeDay(now.Year(), int(now.Month()), now.Day()), "today"
	}
}

func (r *runner) run(ctx context.Context) error {
	if err := r.prepare(ctx); err != nil {
		return err
	}
	if r.upToDate() {
		r.report.Unchanged = true
		r.report.Generation = r.g.previous.Generation
		return r.recall()
	}
	steps := []struct {
		stage Stage
		do    func(context.Context) error
	}{{"ingest", r.ingest}, {"mention", r.mentions}, {"match", r.match}, {"history", r.decide}}
	for _, s := range steps {
		if !r.options.Until.reaches(s.stage) && !(s.stage == "mention" && r.options.Until == "normalize") {
			break
		}
		start := time.Now()
		if err := s.do(ctx); err != nil {
			return err
		}
		r.report.Seconds[s.stage] = time.Since(start).Seconds()
	}
	return r.commit()
}

// prepare opens everything a run depends on and works out its fingerprints.
func (r *runner) prepare(ctx context.Context) (err error) {
	if r.g, err = r.e.nextGeneration(); err != nil {
		return err
	}
	for i := range r.e.project.Sources {
		src := &r.e.project.Sources[i]
		reader, err := openSource(ctx, src, r.e.project.Dir)
		if err != nil {
			return err
		}
		r.readers = append(r.readers, reader)
	}
	if r.hashes, err = r.e.hashFiles(ctx, r.readers); err != nil {
		return err
	}
	if err := r.load(); err != nil {
		return err
	}
	r.fingerprint()
	return nil
}

// openSource opens a source; files or columns that are not there are faults of
// the project file or the delivery, not of this program.
func openSource(ctx context.Context, src *casefold.Source, dir string) (*source.Reader, error) {
	reader, err := source.Open(ctx, src, dir)
	var columns *source.ColumnsError
	var files *source.NoFilesError
	var unreadable *source.UnreadableError
	switch {
	case errors.As(err, &columns):
		return nil, &usageError{err.Error(), "name the column as the file does, or take it out of the mapping"}
	case errors.As(err, &files), errors.As(err, &unreadable):
		return nil, &usageError{err.Error(), "casefold check looks at every file that the project names"}
	}
	return reader, err
}

// load reads what people and earlier runs have put into the store.
func (r *runner) load() (err error) {
	if r.book, err = r.e.loadLaws(); err != nil {
		return err
	}
	if r.facts, err = r.e.enteredFacts(); err != nil {
		return err
	}
	if r.model, err = r.e.currentModel(); err != nil {
		return err
	}
	return r.e.store.View(func(tx *store.Tx) error {
		r.decided, err = store.Decisions.All(tx, "")
		return err
	})
}

// fingerprint names, per stage, everything that its result depends on.
func (r *runner) fingerprint() {
	p := r.e.project
	parts := []string{formatVersion}
	for i := range p.Sources {
		src := p.Sources[i]
		parts = append(parts, jsonText(&src), strings.Join(r.hashes[i], ","))
	}
	r.fpIngest = digest(parts...)
	model := ""
	if r.model != nil {
		model = r.model.Fingerprint()
	}
	r.fpMatch = digest(r.fpIngest, model, jsonText(r.decided), jsonText(p.Matching))
	r.fpHistory = digest(r.fpMatch, jsonText(p.Office), jsonText(p.CaptionFrom))
	r.fpRelief = digest(r.fpHistory, r.report.AsOf.String(), r.book.print, jsonText(r.facts))
}

// formatVersion changes whenever this program would make other bytes of the
// same input.
const formatVersion = "casefold generation 6"

func (r *runner) target() string {
	switch {
	case r.options.Until.reaches("relief"):
		return r.fpRelief
	case r.options.Until.reaches("history"):
		return r.fpHistory
	case r.options.Until.reaches("match"):
		return r.fpMatch
	}
	return r.fpIngest
}

// upToDate reports whether the current generation already is what this run
// would make, or more. A model must exist: only then is the fingerprint whole.
func (r *runner) upToDate() bool {
	m := r.g.previous
	if m.Generation == 0 || r.model == nil && r.options.Until.reaches("match") {
		return false
	}
	last := map[Stage]string{"relief": segDeterminations, "history": segHistories, "match": segClusters, "ingest": segRows}
	want := map[Stage]string{"relief": r.fpRelief, "history": r.fpHistory, "match": r.fpMatch, "ingest": r.fpIngest}
	for _, s := range []Stage{"relief", "history", "match", "ingest"} {
		if r.options.Until.reaches(s) {
			seg, ok := m.Find(last[s])
			return ok && seg.From == want[s]
		}
	}
	return false
}

func digest(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d:", len(p))
		h.Write([]byte(p))
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

func jsonText(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return "unprintable: " + err.Error()
	}
	return string(b)
}

// commit proves the counts and switches the manifest.
func (r *runner) commit() error {
	if err := r.writeFindings(); err != nil {
		return err
	}
	if err := r.proveCounts(); err != nil {
		return err
	}
	r.report.Generation = r.g.number
	var blob string
	if r.report.Trained {
		text, err := r.model.MarshalIndent()
		if err != nil {
			return err
		}
		if blob, err = r.e.store.PutBlob(text); err != nil {
			return err
		}
	}
	err := r.e.store.Switch(r.g.manifest(r.target()), func(tx *store.Tx) error {
		if r.report.Trained {
			m := store.Model{Blob: blob, Fingerprint: r.model.Fingerprint(), Generation: r.g.number, At: r.e.now(), By: "run"}
			if err := store.Models.Put(tx, "current", m); err != nil {
				return err
			}
		}
		for _, s := range r.report.Sources {
			if err := store.Deliveries.Put(tx, s.Name+"/"+store.Number(r.g.number), s.Delivery); err != nil {
				return err
			}
		}
		return store.Runs.Put(tx, store.Number(r.g.number), r.record())
	})
	if err != nil {
		return fmt.Errorf("switching to the new generation: %w", err)
	}
	if err := r.e.journalRun(r.record()); err != nil {
		return err
	}
	_, _, err = r.e.store.Sweep()
	return err
}

func (r *runner) record() store.Run {
	return store.Run{Generation: r.g.number, AsOf: r.report.AsOf, At: r.e.now(), Program: r.e.options.Version,
		Fingerprint: r.target(), Until: string(r.options.Until), Counts: r.report.Counts}
}

// proveCounts holds the stages' counts against each other (invariants 1, 5).
func (r *runner) proveCounts() error {
	var accepted int64
	for _, s := range r.report.Sources {
		accepted += s.Accepted
	}
	if n, ok := r.report.Counts["records"]; ok && n < accepted {
		return fmt.Errorf("%w: %d rows accepted, but only %d records", ErrCounts, accepted, n)
	}
	var errs []error
	for _, l := range r.book.laws {
		if _, ok := r.g.manifest("").Find(segDeterminations); !ok {
			break
		}
		var decided int64
		for k, n := range r.report.Counts {
			if strings.HasPrefix(k, l.Name+" ") {
				decided += n
			}
		}
		if decided > r.report.Counts["convictions"] {
			errs = append(errs, fmt.Errorf("%w: %s: %d determinations of %d convictions", ErrCounts, l.Name, decided, r.report.Counts["convictions"]))
		}
	}
	return errors.Join(errs...)
}
