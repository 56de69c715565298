package engine

import (
	"context"
	"fmt"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/index/blocking"
	"github.com/casefold/casefold/matcher"
	"github.com/casefold/casefold/mention"
	"github.com/casefold/casefold/normalize"
)

// A recordRef is where a record comes from: a row of a source, and which of
// the row's persons.
type recordRef struct {
	source uint16
	part   uint8 // 0: the row's only person; else 1, 2 ...
	row    int32 // number in the source's rowSet
}

// A population is all records of a run as mentions.
type population struct {
	sources  []*sourceRows
	records  []recordRef // in the order of the mention builder
	set      *mention.Set
	findings []casefold.Finding

	mu    sync.Mutex
	spare []*recordReader
	edit  func(*casefold.Record) // nil: none
}

// teller is the identity of record i.
func (p *population) teller(i uint32) casefold.Teller {
	ref := p.records[i]
	s := p.sources[ref.source]
	key := s.rows[s.accepted[ref.row]].key
	if ref.part > 0 {
		key = fmt.Sprintf("%s/%d", key, ref.part)
	}
	return casefold.Teller{Source: s.src.Name, RowKey: key}
}

// normalizers makes a fresh set of normalizers, one per source: each worker
// has its own, for they remember values.
func normalizers(sources []*sourceRows) ([]*normalize.Normalizer, error) {
	out := make([]*normalize.Normalizer, len(sources))
	for i, s := range sources {
		n, err := normalize.New(s.src, s.set.layout)
		if err != nil {
			return nil, fmt.Errorf("source %s: %w", s.src.Name, err)
		}
		if len(s.set.layout.Groups) == 0 {
			n.Columns(s.set.values())
		}
		out[i] = n
	}
	return out, nil
}

// batchRows is how many rows travel together from one stage to the next.
const batchRows = 128

// A recordBatch is rows of a source on their way to become mentions.
type recordBatch struct {
	source   uint16
	from, to int // rows of the source's rowSet
	rows     []int32
	records  []casefold.Record
	events   []casefold.Event // of the records
	counts   []uint8          // records of each row
	findings []casefold.Finding
	done     chan struct{} // closed when normalized
}

// populateWorkers normalize beside the one that builds, which takes a third of
// their time.
const populateWorkers = 2

// populate normalizes every accepted row and builds the mentions. Several
// goroutines normalize while another builds, in the order of the rows, and the
// records need not be kept.
func populate(ctx context.Context, sources []*sourceRows, list []casefold.Source, task Task) (*population, error) {
	return populateEdited(ctx, sources, list, task, nil)
}

// populateEdited is populate with each record changed, or looked at, before it
// becomes part of a mention; in the order of the records.
func populateEdited(ctx context.Context, sources []*sourceRows, list []casefold.Source, task Task, edit func(*casefold.Record)) (*population, error) {
	p := &population{sources: sources, edit: edit}
	var readers [populateWorkers]*recordReader
	for i := range readers {
		var err error
		if readers[i], err = p.reader(); err != nil {
			return nil, err
		}
	}
	builder := mention.NewBuilder(list)
	work, order := make(chan *recordBatch, populateWorkers), make(chan *recordBatch, 2*populateWorkers)
	free := make(chan *recordBatch, 2*populateWorkers)
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		defer close(work)
		defer close(order)
		return p.batches(ctx, work, order, free)
	})
	for _, reader := range readers {
		group.Go(func() error {
			defer p.release(reader)
			for b := range work {
				p.normalize(reader, b)
				close(b.done)
			}
			return nil
		})
	}
	group.Go(func() error {
		for b := range order {
			select {
			case <-b.done:
			case <-ctx.Done():
				return ctx.Err()
			}
			p.take(builder, b)
			task.Add(int64(len(b.rows)))
			select {
			case free <- b:
			default:
			}
		}
		return nil
	})
	if err := group.Wait(); err != nil {
		return nil, err
	}
	p.set = builder.Build()
	return p, nil
}

// batches hands the rows of all sources out, to be normalized in any order and
// taken in theirs.
func (p *population) batches(ctx context.Context, work, order chan<- *recordBatch, free <-chan *recordBatch) error {
	for i, s := range p.sources {
		for from := 0; from < s.set.rows; from += batchRows {
			b := &recordBatch{}
			select {
			case b = <-free:
			default:
			}
			b.source, b.from, b.to, b.done = uint16(i), from, min(from+batchRows, s.set.rows), make(chan struct{})
			for _, to := range []chan<- *recordBatch{order, work} {
				select {
				case to <- b:
				case <-ctx.Done():
					return ctx.Err()
				}
			}
		}
	}
	return nil
}

// normalize fills a batch with the records of its rows.
func (p *population) normalize(r *recordReader, b *recordBatch) {
	s, n := p.sources[b.source], r.norms[b.source]
	b.rows, b.records, b.counts, b.findings = b.rows[:0], b.records[:0], b.counts[:0], b.findings[:0]
	n.Into(b.events)
	defer func() { b.events = n.Into(nil) }()
	for row := b.from; row < b.to; row++ {
		if s.accepted[row] < 0 { // merged into another
			continue
		}
		before := len(b.records)
		var found []casefold.Finding
		b.records, found = r.records(b.source, row, b.records)
		b.findings = append(b.findings, found...)
		b.rows = append(b.rows, int32(row))
		b.counts = append(b.counts, uint8(len(b.records)-before))
	}
}

// take adds a batch to the mentions and notes where each record came from.
func (p *population) take(builder *mention.Builder, b *recordBatch) {
	for i, row := range b.rows {
		for k := uint8(0); k < b.counts[i]; k++ {
			ref := recordRef{source: b.source, row: row}
			if b.counts[i] > 1 {
				ref.part = k + 1
			}
			p.records = append(p.records, ref)
		}
	}
	if p.edit != nil {
		for i := range b.records {
			p.edit(&b.records[i])
		}
	}
	builder.AddAll(b.records)
	p.findings = append(p.findings, b.findings...)
}

// candidates blocks the mentions under the default rules.
func (p *population) candidates(ctx context.Context, workers int) (*blocking.Index, error) {
	return blocking.Build(ctx, p.set, blocking.Default(p.set), blocking.Options{Workers: workers})
}

// pairCount is about how many candidate pairs the rules propose.
func pairCount(index *blocking.Index) int {
	n := 0
	for _, r := range index.Reports() {
		n += r.Pairs
	}
	return n
}

// verdicts turns people's decisions on rows into decisions on mentions. Rows
// that are not, or no longer, among the data are left out.
func (p *population) verdicts(decisions []casefold.Decision) []matcher.Decision {
	if len(decisions) == 0 {
		return nil
	}
	want := map[casefold.Teller]uint32{}
	for _, d := range decisions {
		want[d.A], want[d.B] = ^uint32(0), ^uint32(0)
	}
	for i := range p.records {
		t := p.teller(uint32(i))
		if _, ok := want[t]; ok {
			want[t] = p.set.MentionOf(i)
		}
	}
	var out []matcher.Decision
	for _, d := range decisions {
		if a, b := want[d.A], want[d.B]; a != ^uint32(0) && b != ^uint32(0) {
			out = append(out, matcher.Decision{A: a, B: b, Same: d.Same})
		}
	}
	return out
}
