package engine

import (
	"cmp"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/index/search"
	"github.com/casefold/casefold/internal/disclosure"
)

// A finder keeps the search index open from one question to the next. The
// index is a cache of the histories of one generation, named by their hash:
// when a run has made others, the next question opens, or builds, theirs.
type finder struct {
	mu    sync.RWMutex // held for reading while a question is asked
	dir   string
	index *search.Index
}

func (f *finder) close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.drop()
}

// drop closes the index. The lock is held.
func (f *finder) drop() error {
	x := f.index
	f.dir, f.index = "", nil
	if x == nil {
		return nil
	}
	return x.Close()
}

// finder is the one of who asks.
func (e *Engine) finder() *finder { return e.finders[e.purpose] }

func (e *Engine) closeFinders() error {
	return errors.Join(e.finders[disclosure.Inquiry].close(), e.finders[disclosure.Relief].close())
}

// PrepareSearch opens the search index, building it if it is not there, so
// that the first question need not wait.
func (e *Engine) PrepareSearch(ctx context.Context) error {
	dir, err := e.indexDir()
	if err != nil {
		return err
	}
	return e.openIndex(ctx, dir, false)
}

// find asks the index; a damaged one is built anew and asked again.
func (e *Engine) find(ctx context.Context, typed []string, limit int) ([]search.Candidate, error) {
	dir, err := e.indexDir()
	if err != nil {
		return nil, err
	}
	found, ok, err := e.finder().ask(ctx, dir, typed, limit)
	for try := 0; !ok && try < 2; try++ {
		if err := e.openIndex(ctx, dir, errors.Is(err, search.ErrDamaged)); err != nil {
			return nil, err
		}
		found, ok, err = e.finder().ask(ctx, dir, typed, limit)
	}
	return found, err
}

// ask puts a question to the open index. It is not ok where the index of dir
// is not open or is damaged.
func (f *finder) ask(ctx context.Context, dir string, typed []string, limit int) ([]search.Candidate, bool, error) {
	f.mu.RLock()
	defer f.mu.RUnlock()
	if f.index == nil || f.dir != dir {
		return nil, false, nil
	}
	found, err := f.index.Find(ctx, typed, limit)
	return found, !errors.Is(err, search.ErrDamaged), err
}

// openIndex makes the index of dir the open one. Others who come meanwhile
// wait for it rather than build it too.
func (e *Engine) openIndex(ctx context.Context, dir string, damaged bool) error {
	f := e.finder()
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.index != nil && f.dir == dir && !damaged {
		return nil
	}
	if err := f.drop(); err != nil && !damaged {
		return err
	}
	if _, err := os.Stat(dir); err == nil && !damaged {
		if x, err := search.Open(dir); err == nil {
			f.dir, f.index = dir, x
			return nil
		}
	}
	x, err := e.buildIndex(ctx, dir)
	if err == nil {
		f.dir, f.index = dir, x
	}
	return err
}

// indexDir names the index by what it was built from, and for which purpose.
func (e *Engine) indexDir() (string, error) {
	s, err := e.segment(segHistories)
	if err != nil {
		return "", err
	}
	return e.store.Path(filepath.Join("search", indexPrefix(s.Hash)+string(cmp.Or(e.purpose, "inquiry")))), nil
}

func indexPrefix(hash string) string { return hash[:16] + "-" }

// dropIndexes removes the index that is to be made, and those of earlier
// generations; that of another purpose stays.
func dropIndexes(dir string) error {
	parent, name := filepath.Split(dir)
	entries, err := os.ReadDir(parent)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	for _, d := range entries {
		if strings.HasPrefix(d.Name(), name[:17]) && d.Name() != name && d.Name() != name+".new" {
			continue
		}
		if err := os.RemoveAll(filepath.Join(parent, d.Name())); err != nil {
			return err
		}
	}
	return nil
}

// buildIndex makes the index anew beside its place and moves it there whole.
func (e *Engine) buildIndex(ctx context.Context, dir string) (*search.Index, error) {
	if err := dropIndexes(dir); err != nil {
		return nil, err
	}
	b, err := search.Create(dir + ".new")
	if err != nil {
		return nil, err
	}
	if err := errors.Join(e.fillIndex(ctx, b), b.Close()); err != nil {
		return nil, err
	}
	if err := os.Rename(dir+".new", dir); err != nil {
		return nil, err
	}
	return search.Open(dir)
}

// An indexBatch is stretches of histories on their way into the index.
type indexBatch struct {
	histories [][]byte
	persons   chan []search.Person // one slice, when read
}

// batchPersons is how many histories a worker reads at a time.
const batchPersons = 64

// fillIndex reads all histories and adds what they can be found by. Several
// workers read; one adds, in the order of the histories.
func (e *Engine) fillIndex(ctx context.Context, b *search.Builder) error {
	r, err := e.openSorted(segHistories)
	if err != nil {
		return err
	}
	defer r.Close()
	limit, err := e.limit()
	if err != nil {
		return err
	}
	task := e.options.Progress.Start("search index", r.Info().Records, "persons")
	group, ctx := errgroup.WithContext(ctx)
	work, order := make(chan *indexBatch, e.workers()), make(chan *indexBatch, 4*e.workers())
	group.Go(func() error {
		defer close(work)
		defer close(order)
		return scanBatches(ctx, r.ScanFrom, work, order)
	})
	for range e.workers() {
		group.Go(func() error {
			for batch := range work {
				persons := make([]search.Person, 0, len(batch.histories))
				for _, h := range batch.histories {
					p, ok, err := e.findable(h, limit)
					if err != nil {
						return err
					}
					if ok {
						persons = append(persons, p)
					}
				}
				batch.persons <- persons
			}
			return nil
		})
	}
	group.Go(func() error {
		for batch := range order {
			select {
			case persons := <-batch.persons:
				for _, p := range persons {
					if err := b.Add(p); err != nil {
						return err
					}
				}
				task.Add(int64(len(persons)))
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	if err := group.Wait(); err != nil {
		return err
	}
	task.Done("built; it serves until the next run")
	return nil
}

// scanBatches hands the histories out, to be read in any order and added in
// theirs.
func scanBatches(ctx context.Context, scan func([]byte, func(key, value []byte) error) error, work, order chan<- *indexBatch) error {
	batch := &indexBatch{persons: make(chan []search.Person, 1)}
	send := func() error {
		for _, to := range []chan<- *indexBatch{order, work} {
			select {
			case to <- batch:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		batch = &indexBatch{persons: make(chan []search.Person, 1)}
		return nil
	}
	err := scan(nil, func(_, value []byte) error {
		batch.histories = append(batch.histories, slices.Clone(value))
		if len(batch.histories) < batchPersons {
			return nil
		}
		return send()
	})
	if err != nil {
		return err
	}
	return send()
}

// findable is what a person can be found by, for the purpose of who asks; false
// where nothing may be shown.
func (e *Engine) findable(history []byte, limit disclosure.Limit) (search.Person, bool, error) {
	whole, err := readHistory(history)
	if err != nil {
		return search.Person{}, false, err
	}
	if e.purpose == disclosure.Relief || !mayHide(history) {
		return foundBy(whole), true, nil
	}
	v := limit.Of(whole, e.purpose)
	if v.History == nil {
		return search.Person{}, false, nil
	}
	return foundBy(v.History), true, nil
}

// foundBy is a history as the index takes it.
func foundBy(h *casefold.History) search.Person {
	p := search.Person{ID: h.PersonID}
	for _, n := range h.Names {
		p.Names = append(p.Names, n.Value)
	}
	for _, b := range h.Births {
		p.Births = append(p.Births, b.Value)
	}
	for _, id := range h.Identifiers {
		p.Numbers = append(p.Numbers, id.Value.Value, id.Value.Verbatim)
	}
	for i := range h.Cases {
		for _, n := range h.Cases[i].Numbers {
			p.Numbers = append(p.Numbers, n.Key, n.Verbatim)
		}
	}
	return p
}
