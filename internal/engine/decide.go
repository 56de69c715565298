package engine

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/history"
	"github.com/casefold/casefold/internal/identity"
	"github.com/casefold/casefold/internal/segment"
	"github.com/casefold/casefold/internal/store"
	"github.com/casefold/casefold/relief"
)

// A decision stage builds every history for good, decides its convictions and
// keeps both.
type decisionStage struct {
	persons *persons
	builder *history.Builder
	laws    []*relief.Law // empty: histories only
	context relief.Context
	links   []linkText
	before  *identity.Convictions
	ids     [][]identity.ID // of convictions, by person; nil: as the registry before expects them

	captionFrom []casefold.TellerKind
}

// A decidedPerson is what the stage keeps of one person.
type decidedPerson struct {
	history        []byte
	findings       []casefold.Finding
	convictions    []keyed
	determinations []keyed
	owed           []keyed           // of the determinations
	digests        []identity.Digest // of the history's convictions, for the registry
	named          []identity.ID     // the IDs they stand under here
	counts         map[string]int64  // outcomes, by law
}

// A keyed is a record of a sorted segment.
type keyed struct{ key, value []byte }

// A deciderState is one worker's own.
type deciderState struct {
	trial    *trial
	coverage *history.Coverage
	shared   *history.Shared
	coder    *coder
	memory   *history.Memory
}

func (s *decisionStage) state(keep func(*deciderState)) (*deciderState, error) {
	reader, err := s.persons.pop.reader()
	if err != nil {
		return nil, err
	}
	t := &trial{persons: s.persons, links: s.links, builder: s.builder, reader: reader}
	for _, l := range s.laws {
		t.deciders = append(t.deciders, l.Decider(s.context))
	}
	st := &deciderState{t, &history.Coverage{}, &history.Shared{}, newCoder(), &history.Memory{}}
	keep(st)
	return st, nil
}

// one decides one person.
func (s *decisionStage) one(st *deciderState, person int32) decidedPerson {
	p := s.persons
	h := s.builder.BuildIn(st.memory, p.ids[person], st.trial.reader.read(p.records(person)))
	out := decidedPerson{findings: h.Findings, counts: map[string]int64{}, digests: digestsOf(&h)}
	if s.ids != nil {
		out.named = s.ids[person]
	} else {
		for _, d := range out.digests {
			out.named = append(out.named, s.before.Expect(d))
		}
	}
	nameConvictions(&h, out.named)
	s.captions(&h)
	st.coverage.Add(&h)
	st.shared.Add(person, &h)
	out.history = bytes.Clone(st.coder.encode(&h))
	for i := range h.Convictions {
		// What only a prior marker proves has no row of its own: it stays in
		// the history, as a gap, and in no table.
		if c := &h.Convictions[i]; c.Kind != casefold.InferredByMarker {
			out.convictions = append(out.convictions, keyed{[]byte(c.ID), fields(convictionRow(c))})
		}
	}
	byLaw := make([][]relief.Determination, len(s.laws))
	for l, d := range st.trial.deciders {
		byLaw[l] = d.Decide(&h)
	}
	st.trial.doubt(person, byLaw)
	byID := map[string]*casefold.Conviction{}
	for i := range h.Convictions {
		byID[h.Convictions[i].ID] = &h.Convictions[i]
	}
	for _, ds := range byLaw {
		for i := range ds {
			r := ruling{about(byID[ds[i].ConvictionID]), ds[i]}
			out.determinations = append(out.determinations, keyed{[]byte(rulingKey(r.ConvictionID, r.Law)), bytes.Clone(st.coder.encodeRuling(&r))})
			if r.Outcome.Owed() {
				out.owed = append(out.owed, out.determinations[len(out.determinations)-1])
			}
			out.counts[r.Law+" "+string(r.Outcome)]++
		}
	}
	st.trial.reader.reuse()
	return out
}

// captions drops those of tellers that the project file does not let speak.
func (s *decisionStage) captions(h *casefold.History) {
	for i := range h.Convictions {
		if c := &h.Convictions[i].Caption; !slices.Contains(s.captionFrom, c.From) {
			*c = casefold.Caption{}
		}
	}
}

// fields encodes columns as one record.
func fields(columns []string) []byte {
	var e encoder
	for _, c := range columns {
		e.text(c)
	}
	return e.buf
}

// convictionRow is a line of the convictions table.
func convictionRow(c *casefold.Conviction) []string {
	columns := about(c)
	return append(append([]string{c.ID, c.PersonID}, columns[:]...), tellers(c.Tellers), strings.Join(c.PossiblySame, ";"))
}

// list joins texts; a semicolon inside one becomes a comma.
func list(texts []string) string {
	out := make([]string, len(texts))
	for i, t := range texts {
		out[i] = strings.ReplaceAll(t, ";", ",")
	}
	return strings.Join(out, ";")
}

func tellers(ts []casefold.Teller) string {
	out := make([]string, len(ts))
	for i, t := range ts {
		out[i] = t.String()
	}
	return strings.Join(out, " ")
}

// A decided is the result of deciding everybody.
type decided struct {
	convictions, determinations *segment.Sorter     // records of the sorted segments
	owed                        *segment.Sorter     // those of the determinations that are owed
	digests                     [][]identity.Digest // by person
	named                       [][]identity.ID
	counts                      map[string]int64
	findings                    []casefold.Finding
	coverages                   []*history.Coverage
	shared                      []*history.Shared
}

// sorterBytes is what of convictions or determinations is held in memory; the
// rest waits on disk for its turn.
const sorterBytes = 32 << 20

func newDecided(g *generation) *decided {
	sorter := func(name string) *segment.Sorter {
		return segment.NewSorter(g.disk, g.store.SegmentPath(store.SegmentFile(g.number, name)), sorterBytes)
	}
	return &decided{counts: map[string]int64{}, convictions: sorter(segConvictions), determinations: sorter(segDeterminations), owed: sorter(segOwed)}
}

func (d *decided) close() error {
	return errors.Join(d.convictions.Close(), d.determinations.Close(), d.owed.Close())
}

// prove holds what was written against what was decided.
func (d *decided) prove(g *generation) error {
	want := map[string]int64{segConvictions: d.counts["convictions"], segDeterminations: -d.counts["convictions"]}
	for _, n := range d.counts {
		want[segDeterminations] += n
	}
	for _, s := range g.segments {
		if n, ok := want[s.Name]; ok && n != s.Records {
			return fmt.Errorf("%w: %d %s decided, %d written", ErrCounts, n, s.Name, s.Records)
		}
	}
	return nil
}

// take adds what was decided of a person.
func (d *decided) take(p *decidedPerson) error {
	d.digests = append(d.digests, p.digests)
	d.named = append(d.named, p.named)
	d.findings = append(d.findings, p.findings...)
	for k, n := range p.counts {
		d.counts[k] += n
	}
	d.counts["convictions"] += int64(len(p.convictions))
	for _, r := range p.convictions {
		if err := d.convictions.Add(r.key, r.value); err != nil {
			return err
		}
	}
	for _, r := range p.determinations {
		if err := d.determinations.Add(r.key, r.value); err != nil {
			return err
		}
	}
	for _, r := range p.owed {
		if err := d.owed.Add(r.key, r.value); err != nil {
			return err
		}
	}
	return nil
}

// all decides everybody and writes the histories.
func (s *decisionStage) all(ctx context.Context, w *segment.SortedWriter, out *decided, workers int, task Task) error {
	var lock sync.Mutex
	return eachPerson(ctx, len(s.persons.ids), workers,
		func() (*deciderState, error) {
			return s.state(func(st *deciderState) {
				lock.Lock()
				defer lock.Unlock()
				out.coverages = append(out.coverages, st.coverage)
				out.shared = append(out.shared, st.shared)
			})
		},
		func(st *deciderState) { s.persons.pop.release(st.trial.reader) },
		s.one,
		func(first int32, results []decidedPerson) error {
			for i := range results {
				if err := w.Append([]byte(s.persons.ids[int(first)+i]), results[i].history); err != nil {
					return err
				}
				if err := out.take(&results[i]); err != nil {
					return err
				}
			}
			task.Add(int64(len(results)))
			return nil
		})
}

// register asks the registry for the IDs of all convictions. agreed reports
// whether they are those under which everybody was decided.
func (s *decisionStage) register(d *decided, generation int64) (next *identity.Convictions, agreed bool) {
	next, ids, _ := s.before.Next(generation, slices.Concat(d.digests...))
	agreed = true
	s.ids = make([][]identity.ID, len(d.named))
	for i, named := range d.named {
		s.ids[i] = ids[:len(named)]
		ids = ids[len(named):]
		agreed = agreed && slices.Equal(s.ids[i], named)
	}
	return next, agreed
}

// rekey puts facts that people entered under the IDs that the registry now
// gives, and reports whether one moved: two convictions may just have become one.
func (s *decisionStage) rekey(registry *identity.Convictions) (moved bool) {
	if len(s.context.Facts) == 0 {
		return false
	}
	out := make(map[string][]relief.EnteredFact, len(s.context.Facts))
	ready := registry.Prepare()
	for _, id := range slices.Sorted(maps.Keys(s.context.Facts)) {
		now, ok := ready.Current(id)
		if !ok {
			now = id
		}
		moved = moved || now != id
		out[now] = append(out[now], s.context.Facts[id]...)
	}
	s.context.Facts = out
	return moved
}

// run decides everybody and keeps histories, convictions, determinations and
// the registry. Convictions are named as the registry is expected to name them;
// where it turns out to see it otherwise (two became one, one became two),
// everybody is decided once more under the right names.
func (s *decisionStage) run(ctx context.Context, g *generation, fromHistory, fromRelief string, found *findings, task Task) (counts map[string]int64, err error) {
	var d *decided
	var registry *identity.Convictions
	defer func() {
		if d != nil {
			err = errors.Join(err, d.close())
		}
	}()
	for agreed := false; !agreed; {
		if d != nil {
			if err := d.close(); err != nil {
				return nil, err
			}
		}
		d = newDecided(g)
		err := g.writeSorted(segToldHistories, fromHistory, func(w *segment.SortedWriter) error {
			if err := s.all(ctx, w, d, g.workers, task); err != nil {
				return err
			}
			registry, agreed = s.register(d, g.number)
			agreed = !s.rekey(registry) && agreed
			return nil
		})
		if err != nil {
			return nil, err
		}
		if !agreed {
			g.drop(segToldHistories)
		}
	}
	revised := newRevision(s.laws, s.context)
	same, err := s.settle(ctx, g, fromHistory, d, revised)
	if err != nil {
		return nil, err
	}
	found.list = append(found.list, d.findings...)
	err = g.writeSorted(segConvictions, fromHistory, func(w *segment.SortedWriter) error {
		return d.convictions.Each(func(key, value []byte) error {
			value, err := amendRow(key, value, same)
			if err != nil {
				return err
			}
			return w.Append(key, value)
		})
	})
	if err != nil {
		return nil, err
	}
	if len(s.laws) > 0 {
		if err := g.writeSorted(segDeterminations, fromRelief, func(w *segment.SortedWriter) error { return revised.determinations(d, w) }); err != nil {
			return nil, err
		}
		if err := g.writeSorted(segOwed, fromRelief, func(w *segment.SortedWriter) error { return revised.owed(d, w) }); err != nil {
			return nil, err
		}
	}
	if err := d.prove(g); err != nil {
		return nil, err
	}
	err = g.write(segRegistry, fromHistory, func(w *segment.Writer) error {
		return registry.Encode(func(record []byte) error { _, err := w.Append(record); return err })
	})
	if err != nil {
		return nil, err
	}
	return d.counts, writeCoverage(g, fromHistory, d.coverages)
}

// writeKeyed sorts records by key and writes them.
func writeKeyed(g *generation, name, from string, records []keyed) error {
	slices.SortFunc(records, func(a, b keyed) int {
		return cmp.Or(bytes.Compare(a.key, b.key), bytes.Compare(a.value, b.value))
	})
	return g.writeSorted(name, from, func(w *segment.SortedWriter) error {
		for _, r := range records {
			if err := w.Append(r.key, r.value); err != nil {
				return err
			}
		}
		return nil
	})
}

// writeCoverage keeps what each source tells per county and year.
func writeCoverage(g *generation, from string, parts []*history.Coverage) error {
	var all history.Coverage
	for _, p := range parts {
		all.Merge(p)
	}
	rows := [][]string{}
	for _, c := range all.Cells() {
		rows = append(rows, coverageRow(c))
	}
	sortRows(rows)
	return g.write(segCoverage, from, func(w *segment.Writer) error { return writeTable(w, rows) })
}
