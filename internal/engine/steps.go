package engine

import (
	"context"
	"fmt"
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/history"
	"github.com/casefold/casefold/internal/segment"
	"github.com/casefold/casefold/matcher"
	"github.com/casefold/casefold/relief"
)

// ingest reads every source, reconciles, and compares with the delivery before.
func (r *runner) ingest(ctx context.Context) error {
	for i, reader := range r.readers {
		src := &r.e.project.Sources[i]
		if err := r.e.checkColumns(src, reader.Layout(), r.options.AcceptColumns); err != nil {
			return err
		}
		var total int64
		for _, f := range reader.Files() {
			total += f.Bytes
		}
		task := r.e.options.Progress.Start("read "+src.Name, total, "bytes")
		from := digest(formatVersion, jsonText(src), strings.Join(r.hashes[i], ","))
		var rows *sourceRows
		err := r.g.write(rawSegment(src.Name), from, func(w *segment.Writer) (err error) {
			rows, err = ingest(ctx, src, reader, w, task)
			return err
		})
		if err != nil {
			return err
		}
		r.sources = append(r.sources, rows)
		r.found.list = append(r.found.list, rows.findings...)
		rep, err := r.reconcile(rows)
		if err != nil {
			return err
		}
		task.Done(rep.summary())
		r.report.Sources = append(r.report.Sources, rep)
	}
	return r.writeRows()
}

// reconcile adds up the fates of a source.
func (r *runner) reconcile(s *sourceRows) (SourceReport, error) {
	rep := SourceReport{Name: s.src.Name, Read: int64(s.stats.Rows + s.stats.Bad + s.stats.HeadersAgain)}
	for i := range s.rows {
		switch s.rows[i].fate {
		case accepted:
			rep.Accepted++
		case merged:
			rep.Merged++
		case excluded:
			rep.Excluded++
		case quarantined:
			rep.Quarantined++
		}
	}
	if sum := rep.Accepted + rep.Merged + rep.Excluded + rep.Quarantined; sum != rep.Read || s.stats.Bad != int(rep.Quarantined) {
		return rep, fmt.Errorf("%w: source %s: %d rows read, %d have a fate", ErrCounts, s.src.Name, rep.Read, sum)
	}
	return rep, nil
}

func (s SourceReport) summary() string {
	out := fmt.Sprintf("%d rows", s.Read)
	for _, part := range []struct {
		n    int64
		word string
	}{{s.Merged, "merged"}, {s.Excluded, "excluded"}, {s.Quarantined, "quarantined"}} {
		if part.n > 0 {
			out += fmt.Sprintf(", %d %s", part.n, part.word)
		}
	}
	return out
}

// mentions normalizes the rows and collapses them.
func (r *runner) mentions(ctx context.Context) (err error) {
	var rows int64
	for _, s := range r.sources {
		rows += int64(s.set.rows)
	}
	task := r.e.options.Progress.Start("normalize", rows, "rows")
	if r.pop, err = populate(ctx, r.sources, r.e.project.Sources, task); err != nil {
		return err
	}
	r.found.list = append(r.found.list, r.pop.findings...)
	r.report.Counts["records"] = int64(len(r.pop.records))
	r.report.Counts["mentions"] = int64(r.pop.set.Len())
	task.Done(fmt.Sprintf("%d records, %d mentions", len(r.pop.records), r.pop.set.Len()))
	return nil
}

// match blocks, trains where the store holds no model, links and names persons.
func (r *runner) match(ctx context.Context) error {
	task := r.e.options.Progress.Start("block", 0, "pairs")
	index, err := r.pop.candidates(ctx, r.e.workers())
	if err != nil {
		return err
	}
	task.Done(fmt.Sprintf("%d rules, %d candidate pairs", len(index.Rules()), pairCount(index)))
	if !r.options.Until.reaches("match") {
		return nil
	}
	if r.model == nil {
		task = r.e.options.Progress.Start("train", 0, "rounds")
		if r.model, err = matcher.Train(ctx, r.pop.set, index, pairCount(index), matcher.TrainOptions{Workers: r.e.workers(), Costs: costs(r.e.project.Matching)}); err != nil {
			return fmt.Errorf("training the model: %w", err)
		}
		r.report.Trained = true
		r.fingerprint()
		task.Done(fmt.Sprintf("%d comparisons, threshold %s bits", len(r.model.Comparisons), casefold.Bits(r.model.Link)))
	}
	task = r.e.options.Progress.Start("link", 0, "pairs")
	if r.links, err = matcher.Link(ctx, r.pop.set, r.model, index, r.e.linkOptions(r.pop.verdicts(r.decided))); err != nil {
		return err
	}
	for _, rep := range index.Reports() {
		r.report.Rules = append(r.report.Rules, RuleLine{rep.Rule.String(), rep.Pairs, rep.Owned, rep.Uncompared})
		r.report.Counts["pairs uncompared"] += int64(rep.Uncompared)
	}
	before, err := r.e.readMemory()
	if err != nil {
		return err
	}
	if r.persons, err = assemble(r.pop, r.links, r.e.threshold(r.model), r.model.Possible, before, r.g.number); err != nil {
		return err
	}
	r.report.Counts["pairs"] = int64(r.links.Stats.Pairs)
	r.report.Counts["persons"] = int64(len(r.persons.ids))
	r.report.Counts["possible links"] = int64(len(r.links.Possible))
	if err := r.persons.write(r.g, r.fpMatch, r.links); err != nil {
		return err
	}
	if err := r.persons.writeMentions(r.g, r.fpMatch); err != nil {
		return err
	}
	task.Done(fmt.Sprintf("%d persons, %d possible links", len(r.persons.ids), len(r.links.Possible)))
	return nil
}

// decide builds histories and, unless the run stops before, determinations.
func (r *runner) decide(ctx context.Context) error {
	p := r.e.project
	b := history.NewBuilder(p.Sources, p.Office, history.Options{})
	before, err := r.e.readRegistry()
	if err != nil {
		return err
	}
	s := &decisionStage{persons: r.persons, builder: b, before: before, captionFrom: p.CaptionFrom}
	for _, l := range r.links.Possible {
		a, b := r.persons.rowOf(l.MentionA), r.persons.rowOf(l.MentionB)
		s.links = append(s.links, linkText{casefold.Bits(l.Weight), string(l.Reason), a, b})
	}
	word := "histories"
	if r.options.Until.reaches("relief") {
		word = "decide"
		s.laws = r.book.laws
		s.context = relief.Context{AsOf: r.report.AsOf, Office: p.Office, Sources: p.Sources, Policy: r.book.policy, Facts: r.facts, Weak: r.persons.weak()}
	}
	r.pop.set, r.links, r.persons.memory = nil, nil, nil // written, and not looked at any more
	task := r.e.options.Progress.Start(word, int64(len(r.persons.ids)), "persons")
	counts, err := s.run(ctx, r.g, r.fpHistory, r.fpRelief, &r.found, task)
	if err != nil {
		return err
	}
	for k, n := range counts {
		r.report.Counts[k] += n
	}
	task.Done(fmt.Sprintf("%d convictions", counts["convictions"]))
	return nil
}
