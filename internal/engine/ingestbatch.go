package engine

import (
	"context"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/source"
)

// Splitting a file and taking its rows up (their digest, their bytes, their
// values' numbers) take about the same time, so one goroutine does each.

// readRows is how many pieces of a file travel together.
const readRows = 128

// A pieceBatch is pieces of a file on their way from the splitter.
type pieceBatch struct {
	pieces []readPiece
	raw    []byte   // their bytes, one behind the other
	values []string // of rows: those of the columns looked at
}

// A readPiece is a row, or what is none.
type readPiece struct {
	end  int // of its bytes in the batch
	file string
	line int
	bad  source.Reason // "": a row
}

// read reads all files of the source.
func (in *ingestor) read(ctx context.Context, r *source.Reader, task Task) (source.Stats, error) {
	// The values of delimited text are parts of a text that nothing writes to:
	// only they may be looked at while the next row is being read.
	src := in.out.src
	if len(r.Layout().Groups) > 0 || src.Format != source.Delimited && src.Format != source.CADOJ && src.Format != "" {
		return r.Read(ctx, in.row, in.bad, task.Add)
	}
	looked := in.lookedAt()
	group, ctx := errgroup.WithContext(ctx)
	full, spare := make(chan *pieceBatch, 2), make(chan *pieceBatch, 4)
	var stats source.Stats
	group.Go(func() (err error) {
		defer close(full)
		stats, err = cutPieces(ctx, r, looked, full, spare, task)
		return err
	})
	group.Go(func() error {
		for b := range full {
			if err := in.take(b, len(looked)); err != nil {
				return err
			}
			select {
			case spare <- b:
			default:
			}
		}
		return nil
	})
	err := group.Wait()
	return stats, err
}

// lookedAt are the places of the columns that the ingestor looks at. From now
// on its own places are places among these.
func (in *ingestor) lookedAt() []int {
	looked := slices.Clone(in.out.set.keep)
	place := func(column *int) {
		if *column < 0 {
			return
		}
		at := slices.Index(looked, *column)
		if at < 0 {
			at = len(looked)
			looked = append(looked, *column)
		}
		*column = at
	}
	place(&in.keyAt)
	for i := range in.excludes {
		place(&in.excludes[i].at)
	}
	for i := range in.out.set.keep {
		in.out.set.keep[i] = i
	}
	return looked
}

// cutPieces reads the files and sends their pieces.
func cutPieces(ctx context.Context, r *source.Reader, looked []int, full chan<- *pieceBatch, spare <-chan *pieceBatch, task Task) (source.Stats, error) {
	b := &pieceBatch{}
	send := func() error {
		select {
		case full <- b:
		case <-ctx.Done():
			return ctx.Err()
		}
		select {
		case b = <-spare:
			b.pieces, b.raw, b.values = b.pieces[:0], b.raw[:0], b.values[:0]
		default:
			b = &pieceBatch{}
		}
		return nil
	}
	add := func(raw []byte, file string, line int, bad source.Reason) error {
		b.raw = append(b.raw, raw...)
		b.pieces = append(b.pieces, readPiece{len(b.raw), file, line, bad})
		if len(b.pieces) < readRows {
			return nil
		}
		return send()
	}
	piece := func(piece source.Bad) error { return add(piece.Raw, piece.File, piece.Line, piece.Reason) }
	stats, err := r.TellHeaders(piece).Read(ctx, func(row *casefold.Row) error {
		for _, i := range looked {
			b.values = append(b.values, row.Values[i])
		}
		return add(row.Raw, row.File, row.Line, "")
	}, piece, task.Add)
	if err != nil || len(b.pieces) == 0 {
		return stats, err
	}
	return stats, send()
}

// take takes a batch up; a row has width values.
func (in *ingestor) take(b *pieceBatch, width int) error {
	from, values := 0, b.values
	var row casefold.Row
	for _, p := range b.pieces {
		raw := b.raw[from:p.end]
		from = p.end
		if p.bad != "" {
			if err := in.bad(source.Bad{File: p.file, Line: p.line, Reason: p.bad, Raw: raw}); err != nil {
				return err
			}
			continue
		}
		row = casefold.Row{File: p.file, Line: p.line, Raw: raw, Values: values[:width:width]}
		values = values[width:]
		if err := in.row(&row); err != nil {
			return err
		}
	}
	return nil
}
