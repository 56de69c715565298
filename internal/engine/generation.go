package engine

import (
	"errors"
	"fmt"
	"slices"

	"github.com/casefold/casefold/internal/disk"
	"github.com/casefold/casefold/internal/segment"
	"github.com/casefold/casefold/internal/store"
)

// Names of a generation's segments.
const (
	segRows           = "rows"           // table rows, with hash and ref
	segTellers        = "tellers"        // sorted: source, row key -> place of the row
	segClusters       = "clusters"       // table clusters
	segPersonOf       = "person-of"      // sorted: source, row key -> person
	segPersons        = "persons"        // sorted: person -> its rows
	segPersonMemory   = "person-memory"  // identity: IDs over time
	segLinks          = "possible-links" // table, with the rows of the strongest pair
	segLinksOf        = "links-of"       // sorted: person -> its possible links, as rows of the table from its end
	segWeak           = "weak-rows"      // sorted: source, row key of rows that a weak join attaches
	segHistories      = "histories"      // sorted: person -> history, as coder keeps it
	segConvictions    = "convictions"    // sorted: conviction -> columns of the table
	segRegistry       = "registry"       // identity: convictions over time
	segDeterminations = "determinations" // sorted: conviction, law -> columns of the table
	segOwed           = "owed"           // sorted: the determinations of segDeterminations that are owed
	segFindings       = "findings"       // findings in JSON
	segCoverage       = "coverage"       // table coverage
)

// rawSegment holds the verbatim rows of a source.
func rawSegment(sourceName string) string { return "raw/" + sourceName }

// A generation is a set of segments in the making. Its files are leftovers
// until commit switches the manifest.
type generation struct {
	store    *store.Store
	disk     disk.FS
	workers  int
	number   int64
	previous store.Manifest
	segments []store.Segment
}

func (e *Engine) nextGeneration() (*generation, error) {
	m, err := e.store.Manifest()
	if err != nil {
		return nil, err
	}
	return &generation{store: e.store, disk: e.disk, workers: e.workers(), number: m.Generation + 1, previous: m}, nil
}

// take keeps a segment of the previous generation if it was made from the
// same things, and reports whether it did.
func (g *generation) take(name, from string) bool {
	old, ok := g.previous.Find(name)
	if !ok || old.From != from || from == "" {
		return false
	}
	g.segments = append(g.segments, old)
	return true
}

// write makes a segment of records.
func (g *generation) write(name, from string, fill func(*segment.Writer) error) error {
	file := store.SegmentFile(g.number, name)
	w, err := segment.Create(g.disk, g.store.SegmentPath(file), segment.Options{Workers: g.workers})
	if err != nil {
		return err
	}
	if err := fill(w); err != nil {
		return errors.Join(fmt.Errorf("writing %s: %w", name, err), w.Abort())
	}
	return g.add(name, file, from, w.Close)
}

// writeSorted makes a segment of keys and values; fill appends in order.
func (g *generation) writeSorted(name, from string, fill func(*segment.SortedWriter) error) error {
	file := store.SegmentFile(g.number, name)
	w, err := segment.CreateSorted(g.disk, g.store.SegmentPath(file), segment.Options{Workers: g.workers})
	if err != nil {
		return err
	}
	if err := fill(w); err != nil {
		return errors.Join(fmt.Errorf("writing %s: %w", name, err), w.Abort())
	}
	return g.add(name, file, from, w.Close)
}

func (g *generation) add(name, file, from string, end func() (segment.Info, error)) error {
	info, err := end()
	if err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	g.segments = append(g.segments, store.Segment{Name: name, File: file, Hash: info.Hash,
		Records: info.Records, Raw: info.Raw, Bytes: info.Bytes, From: from})
	return nil
}

// drop forgets a segment that is to be written again.
func (g *generation) drop(name string) {
	g.segments = slices.DeleteFunc(g.segments, func(s store.Segment) bool { return s.Name == name })
}

// manifest is what the generation becomes.
func (g *generation) manifest(fingerprint string) store.Manifest {
	slices.SortFunc(g.segments, func(a, b store.Segment) int {
		if a.Name < b.Name {
			return -1
		}
		return 1
	})
	return store.Manifest{Generation: g.number, Segments: g.segments, Fingerprint: fingerprint}
}

// openSegment opens a segment of the current generation by name.
func (e *Engine) openSegment(name string) (*segment.Reader, error) {
	s, err := e.segment(name)
	if err != nil {
		return nil, err
	}
	return segment.OpenKnown(e.disk, e.store.SegmentPath(s.File), s.Hash)
}

// openSorted opens a sorted segment of the current generation by name.
func (e *Engine) openSorted(name string) (*segment.SortedReader, error) {
	s, err := e.segment(name)
	if err != nil {
		return nil, err
	}
	return segment.OpenSorted(e.disk, e.store.SegmentPath(s.File), s.Hash)
}

func (e *Engine) segment(name string) (store.Segment, error) {
	m, err := e.store.Manifest()
	if err != nil {
		return store.Segment{}, err
	}
	s, ok := m.Find(name)
	if !ok {
		return store.Segment{}, fmt.Errorf("%w: the store holds no %s", ErrNotRun, name)
	}
	return s, nil
}
