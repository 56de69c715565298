package history

import (
	"sync"

	"github.com/casefold/casefold"
)

// Options change what a history says. The zero value means the embedded data
// files.
type Options struct {
	Weights    *Weights    // nil: weights.yaml
	Precedence *Precedence // nil: precedence.yaml
}

// A Builder makes histories. It is immutable and may be used by several
// goroutines at once.
type Builder struct {
	sources  []casefold.Source
	byName   map[string]int
	outcomes []bool // by source: it has a column for how a count ended
	office   casefold.Office
	weights  *Weights
	prec     *Precedence
	spare    sync.Pool // *work
}

// NewBuilder prepares for the sources of a project. A row of a source that is
// not among them is heard as that of an agency of unknown kind.
func NewBuilder(sources []casefold.Source, office casefold.Office, opts Options) *Builder {
	b := &Builder{sources: sources, office: office, weights: opts.Weights, prec: opts.Precedence}
	if b.weights == nil {
		b.weights = DefaultWeights()
	}
	if b.prec == nil {
		b.prec = DefaultPrecedence()
	}
	b.byName = make(map[string]int, len(sources))
	for i, s := range sources {
		b.byName[s.Name] = i
		b.outcomes = append(b.outcomes, mapsOutcomes(&sources[i].Mapping))
	}
	b.spare.New = func() any { return new(work) }
	return b
}

// Build returns the history of one person from its records. The order of the
// records does not matter. The records are read, never changed.
func (b *Builder) Build(personID string, records []casefold.Record) casefold.History {
	return b.build(&Memory{}, personID, records)
}

// BuildIn is Build in used memory: the history, but for its texts, lasts until
// the memory is used again.
func (b *Builder) BuildIn(m *Memory, personID string, records []casefold.Record) casefold.History {
	m.reuse()
	return b.build(m, personID, records)
}

func (b *Builder) build(m *Memory, personID string, records []casefold.Record) casefold.History {
	w := b.spare.Get().(*work)
	defer func() { w.reset(); b.spare.Put(w) }()

	w.b, w.mem = b, m
	w.scratch.reuse()
	w.link(records)

	h := casefold.History{PersonID: personID}
	w.personFacts(&h)
	w.cycles(&h)
	w.hear()
	w.fileCases(&h)
	w.convictions(&h)
	w.inferPriors(&h)
	w.chronology(&h)
	w.markPossiblySame(&h)
	w.gaps(&h)
	w.tellTooMany(&h)
	return h
}

// link does the two linkages: rows to tellings, tellings to files and counts.
func (w *work) link(records []casefold.Record) {
	w.sortRecords(records)
	w.collectTellings()
	w.collectDockets()
	w.joinCases()
	w.joinCounts()
	w.orderFiles()
}
