package engine

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"runtime"
	"time"

	"github.com/casefold/casefold/internal/disclosure"
	"github.com/casefold/casefold/internal/disk"
	"github.com/casefold/casefold/internal/journal"
	"github.com/casefold/casefold/internal/project"
	"github.com/casefold/casefold/internal/store"
)

// Options of an engine. Zero values mean the defaults.
type Options struct {
	Workers  int       // 0: one per core; results do not depend on it
	Progress Progress  // nil: none
	Version  string    // of the program, recorded with each run
	Holder   string    // what others are told who find the store held
	Random   io.Reader // nil: the system's
	Clock    func() time.Time
	// MustExist refuses to make a store where there is none.
	MustExist bool
}

// An Engine runs one project over its store. It is for one process; its
// asking methods are safe for concurrent use, its acts are not.
type Engine struct {
	project *project.Project
	store   *store.Store
	disk    disk.FS
	audit   *journal.Journal
	options Options
	purpose disclosure.Purpose // of who asks; the zero value hides
	finders map[disclosure.Purpose]*finder
}

// Open opens the project's store. Who holds it already is named in the error.
func Open(p *project.Project, o Options) (*Engine, error) {
	if o.Progress == nil {
		o.Progress = NoProgress{}
	}
	if o.Random == nil {
		o.Random = rand.Reader
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Holder == "" {
		o.Holder = "casefold"
	}
	st, err := store.Open(p.Store, store.Options{Holder: o.Holder, Random: o.Random, MustExist: o.MustExist})
	if err != nil {
		if errors.Is(err, store.ErrHeld) || errors.Is(err, store.ErrNewer) {
			return nil, fmt.Errorf("%w: %w", ErrHeld, err)
		}
		return nil, fmt.Errorf("opening the store: %w", err)
	}
	e := &Engine{project: p, store: st, disk: disk.OS{}, options: o,
		finders: map[disclosure.Purpose]*finder{disclosure.Inquiry: {}, disclosure.Relief: {}}}
	if e.audit, err = e.openJournal("audit"); err != nil {
		return nil, errors.Join(fmt.Errorf("opening the audit trail: %w", err), st.Close())
	}
	return e, nil
}

// openJournal opens one of the store's logs.
func (e *Engine) openJournal(name string) (*journal.Journal, error) {
	return journal.Open(e.store.Path(name), journal.Options{Name: name, Secret: e.store.Secret(name), Anchor: e.store})
}

// Close lets the store go.
func (e *Engine) Close() error {
	return errors.Join(e.closeFinders(), e.audit.Close(), e.store.Close())
}

// Project is the project the engine runs.
func (e *Engine) Project() *project.Project { return e.project }

func (e *Engine) workers() int {
	if e.options.Workers > 0 {
		return e.options.Workers
	}
	return runtime.GOMAXPROCS(0)
}

// now is the instant for the journal, RFC 3339 in UTC.
func (e *Engine) now() string { return e.options.Clock().UTC().Format(time.RFC3339Nano) }
