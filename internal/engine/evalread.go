package engine

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/source"
	"github.com/casefold/casefold/mention"
	"github.com/casefold/casefold/normalize"
)

// A corpus is linked and measured, never asked for a row again. So its rows are
// not kept: one goroutine splits the file into batches, several normalize them,
// and one puts the records, in the file's order, to the mentions.

// errOdd says that a file holds what only all of it can settle: a row key that
// is missing or told twice, or dates whose order the file itself decides. It is
// then read the way a run reads.
var errOdd = errors.New("the rows need a look at the whole file")

// A stream reads one source straight into mentions.
type stream struct {
	src     *casefold.Source
	reader  *source.Reader
	layout  casefold.Layout // the columns that the mapping names
	keep    []int           // their places in the file
	keyAt   int
	builder *mention.Builder
	keys    texts           // of the records
	spare   chan *rowsBatch // used batches, to be filled again
	expect  atomic.Int64    // records of the whole file by what its start holds; 0: not known yet
}

// streamed are a source's mentions and its records' keys, in the records'
// order. It fails with errOdd where the file has to be read whole.
func streamed(ctx context.Context, src *casefold.Source, reader *source.Reader, workers int, task Task) (*mention.Set, *texts, error) {
	s, err := readStream(ctx, src, reader, workers, task)
	if err != nil {
		return nil, nil, err
	}
	return s.builder.Build(), &s.keys, nil
}

// streamedInto puts what streamed gives, and lets go of it as it goes.
func streamedInto(ctx context.Context, src *casefold.Source, reader *source.Reader, workers int, task Task, put mention.Put) error {
	s, err := readStream(ctx, src, reader, workers, task)
	if err != nil {
		return err
	}
	if err := s.keys.put(put); err != nil {
		return err
	}
	s.keys, s.spare = texts{}, nil
	return s.builder.BuildInto(put)
}

// readStream reads a source to its end.
func readStream(ctx context.Context, src *casefold.Source, reader *source.Reader, workers int, task Task) (*stream, error) {
	layout := reader.Layout()
	s := &stream{src: src, reader: reader, keyAt: source.MatchColumn(layout.Columns, src.RowKey), builder: mention.NewBuilder([]casefold.Source{*src})}
	if len(layout.Groups) > 0 || s.keyAt < 0 || src.Format != source.Delimited && src.Format != "" {
		return nil, errOdd
	}
	for i, used := range usedColumns(src, layout) {
		if used {
			s.keep = append(s.keep, i)
			s.layout.Columns = append(s.layout.Columns, layout.Columns[i])
		}
	}
	return s, s.run(ctx, workers, task)
}

// streamRows is how many rows travel together: few enough that a batch is still
// in a core's cache when the next stage takes it.
const streamRows = 128

// A rowsBatch is some rows that follow one another, then their records.
type rowsBatch struct {
	keys    []string
	values  []string // of the columns kept, row behind row
	records []casefold.Record
	done    chan struct{} // closed once records is filled
}

func (s *stream) run(ctx context.Context, workers int, task Task) error {
	group, ctx := errgroup.WithContext(ctx)
	// What is split waits for a normalizer, and in the file's order for the
	// builder. The capacity bounds what is under way.
	split, inOrder := make(chan *rowsBatch, 2*workers), make(chan *rowsBatch, 4*workers)
	s.spare = make(chan *rowsBatch, 8*workers)
	group.Go(func() error {
		defer close(split)
		defer close(inOrder)
		return s.split(ctx, task, func(b *rowsBatch) error {
			for _, to := range [...]chan<- *rowsBatch{inOrder, split} {
				select {
				case to <- b:
				case <-ctx.Done():
					return ctx.Err()
				}
			}
			return nil
		})
	})
	surveys := make([]*normalize.Survey, workers)
	for i := range surveys {
		n, err := normalize.New(s.src, s.layout)
		if err != nil {
			return err
		}
		if surveys[i], err = normalize.NewSurvey(s.src, s.layout); err != nil {
			return err
		}
		group.Go(func() error {
			for b := range split {
				s.normalize(n, surveys[i], b)
			}
			return nil
		})
	}
	group.Go(func() error {
		for b := range inOrder {
			select {
			case <-b.done:
			case <-ctx.Done():
				return ctx.Err()
			}
			if err := s.take(b); err != nil {
				return err
			}
		}
		return nil
	})
	if err := group.Wait(); err != nil {
		return err
	}
	// The rows were read with the month first. Where some date says otherwise,
	// all have to be counted before any is read.
	for _, survey := range surveys {
		if s.src.Mapping.DateOrder == "" && !survey.MonthFirst() {
			return errOdd
		}
	}
	return nil
}

// split cuts the file into batches. The values of delimited text are parts of a
// string that nothing writes to; only the slice that holds them is used again.
func (s *stream) split(ctx context.Context, task Task, send func(*rowsBatch) error) error {
	b, told, rows, all := s.fresh(), int64(0), int64(0), int64(0)
	for _, f := range s.reader.Files() {
		all += f.Bytes
	}
	_, err := s.reader.Read(ctx, func(row *casefold.Row) error {
		key := strings.TrimSpace(row.Values[s.keyAt])
		if key == "" {
			return errOdd
		}
		rows++
		b.keys = append(b.keys, key)
		for _, i := range s.keep {
			b.values = append(b.values, row.Values[i])
		}
		if len(b.keys) < streamRows {
			return nil
		}
		full := b
		b = s.fresh()
		return send(full)
	}, func(source.Bad) error { return nil }, func(n int64) {
		task.Add(n - told)
		if told = n; n >= enoughBytes && s.expect.Load() == 0 {
			s.expect.Store(int64(1.05 * float64(rows) * float64(all) / float64(n)))
		}
	})
	if err != nil || len(b.keys) == 0 {
		return err
	}
	return send(b)
}

// enoughBytes is what tells how many rows the whole file holds.
const enoughBytes = 8 << 20

// fresh is an empty batch.
func (s *stream) fresh() *rowsBatch {
	var b *rowsBatch
	select {
	case b = <-s.spare:
		b.keys, b.values, b.records = b.keys[:0], b.values[:0], b.records[:0]
	default:
		b = &rowsBatch{keys: make([]string, 0, streamRows), values: make([]string, 0, streamRows*len(s.keep)), records: make([]casefold.Record, 0, streamRows)}
	}
	b.done = make(chan struct{})
	return b
}

func (s *stream) normalize(n *normalize.Normalizer, survey *normalize.Survey, b *rowsBatch) {
	var row casefold.Row
	width := len(s.keep)
	for i, key := range b.keys {
		row.Values = b.values[i*width : (i+1)*width : (i+1)*width]
		if survey != nil {
			survey.Add(&row)
		}
		b.records, _ = n.Records(&row, key, b.records)
	}
	close(b.done)
}

func (s *stream) take(b *rowsBatch) error {
	if n := s.expect.Load(); n > 0 {
		s.expect.Store(-1)
		s.builder.Expect(int(n))
		s.keys.expect(int(n))
	}
	s.builder.AddAll(b.records)
	for i := range b.records {
		if _, isNew := s.keys.add(b.records[i].Teller.RowKey); !isNew {
			return errOdd
		}
	}
	select {
	case s.spare <- b:
	default:
	}
	return nil
}
