package engine

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/history"
	"github.com/casefold/casefold/internal/segment"
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
	ids     [][]string // of convictions, by person

	captionFrom []casefold.TellerKind
}

// A decidedPerson is what the stage keeps of one person.
type decidedPerson struct {
	history        []byte
	findings       []casefold.Finding
	convictions    []keyed
	determinations []keyed
	counts         map[string]int64 // outcomes, by law
	err            error
}

// A keyed is a record of a sorted segment.
type keyed struct{ key, value []byte }

// A deciderState is one worker's own.
type deciderState struct {
	trial    *trial
	coverage *history.Coverage
}

func (s *decisionStage) state(coverages *[]*history.Coverage, lock func(func())) (*deciderState, error) {
	reader, err := newRecordReader(s.persons.pop)
	if err != nil {
		return nil, err
	}
	t := &trial{persons: s.persons, links: s.links, builder: s.builder, reader: reader}
	for _, l := range s.laws {
		t.deciders = append(t.deciders, l.Decider(s.context))
	}
	st := &deciderState{t, &history.Coverage{}}
	lock(func() { *coverages = append(*coverages, st.coverage) })
	return st, nil
}

// one decides one person.
func (s *decisionStage) one(st *deciderState, person int32) decidedPerson {
	p := s.persons
	h := s.builder.Build(p.ids[person], st.trial.reader.read(p.records(person)))
	name(&h, s.ids[person])
	s.captions(&h)
	st.coverage.Add(&h)
	out := decidedPerson{findings: h.Findings, counts: map[string]int64{}}
	out.history, out.err = json.Marshal(&h)
	for i := range h.Convictions {
		c := &h.Convictions[i]
		out.convictions = append(out.convictions, keyed{[]byte(c.ID), fields(convictionRow(c))})
	}
	byLaw := make([][]relief.Determination, len(s.laws))
	for l, d := range st.trial.deciders {
		byLaw[l] = d.Decide(&h)
	}
	st.trial.doubt(person, &h, byLaw)
	byID := map[string]*casefold.Conviction{}
	for i := range h.Convictions {
		byID[h.Convictions[i].ID] = &h.Convictions[i]
	}
	for _, ds := range byLaw {
		for i := range ds {
			d := &ds[i]
			more, err := json.Marshal(d)
			if err != nil {
				out.err = err
			}
			value := fields(append(determinationRow(byID[d.ConvictionID], d), string(more)))
			out.determinations = append(out.determinations, keyed{[]byte(d.ConvictionID + "\x00" + d.Law), value})
			out.counts[d.Law+" "+string(d.Outcome)]++
		}
	}
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
	return append(append([]string{c.ID, c.PersonID}, about(c)...), tellers(c.Tellers), strings.Join(c.PossiblySame, ";"))
}

// about are the columns that convictions and determinations share.
func about(c *casefold.Conviction) []string {
	return []string{c.Court.Value.County, c.Court.Value.Name, c.CaseNumber.Value, c.Count.Value,
		c.Offense.Value.Statute.String(), c.Level.Value.String(), c.OffenseDate.Value.String(), c.ConvictionDate.Value.String()}
}

// determinationRow is a line of the determinations table.
func determinationRow(c *casefold.Conviction, d *relief.Determination) []string {
	return append(append([]string{c.ID, c.PersonID}, about(c)...), d.Law, d.Route, string(d.Outcome), d.Ours.String(),
		d.Fileable.String(), d.Reason, d.Citation, list(d.Needs), tellers(d.Tellers))
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

// run decides everybody and writes histories, convictions, determinations.
func (s *decisionStage) run(ctx context.Context, g *generation, fromHistory, fromRelief string, workers int, found *findings, task Task) (map[string]int64, error) {
	var convictions, determinations []keyed
	var coverages []*history.Coverage
	counts := map[string]int64{}
	err := g.writeSorted(segHistories, fromHistory, func(w *segment.SortedWriter) error {
		return eachPerson(ctx, len(s.persons.ids), workers,
			func() (*deciderState, error) { return s.state(&coverages, found.locked) },
			s.one,
			func(first int32, results []decidedPerson) error {
				for i, r := range results {
					if r.err != nil {
						return r.err
					}
					if err := w.Append([]byte(s.persons.ids[int(first)+i]), r.history); err != nil {
						return err
					}
					found.list = append(found.list, r.findings...)
					convictions = append(convictions, r.convictions...)
					determinations = append(determinations, r.determinations...)
					for k, n := range r.counts {
						counts[k] += n
					}
				}
				task.Add(int64(len(results)))
				return nil
			})
	})
	if err != nil {
		return nil, err
	}
	counts["convictions"] = int64(len(convictions))
	if err := writeKeyed(g, segConvictions, fromHistory, convictions); err != nil {
		return nil, err
	}
	if len(s.laws) > 0 {
		if err := writeKeyed(g, segDeterminations, fromRelief, determinations); err != nil {
			return nil, err
		}
	}
	return counts, writeCoverage(g, fromHistory, coverages)
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

func (f *findings) locked(fn func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	fn()
}
