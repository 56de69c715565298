package engine

import (
	"context"

	"golang.org/x/sync/errgroup"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/segment"
)

// readHistory reads a history as it is kept.
func readHistory(value []byte) (*casefold.History, error) {
	return (&coder{}).decode(value)
}

// batchHistories is how many histories a worker reads at a time.
const batchHistories = 64

// A historyBatch is histories on their way through a worker, as they are kept.
type historyBatch[R any] struct {
	values []string
	out    chan []R // one slice, when done
}

// overHistories reads all stored histories, in the order of person IDs: workers
// call fn, each with a state of its own; done gets every answer in order. What
// fn is given it may not keep, but for its texts.
func overHistories[S, R any](ctx context.Context, e *Engine, state func() S, fn func(S, *casefold.History) (R, error), done func(R) error) error {
	r, err := e.openSorted(segHistories)
	if err != nil {
		return err
	}
	defer r.Close()
	return overAll(ctx, r, e.workers(), state, fn, done)
}

// overAll is overHistories of any segment of histories.
func overAll[S, R any](ctx context.Context, r *segment.SortedReader, workers int, state func() S, fn func(S, *casefold.History) (R, error), done func(R) error) error {
	group, ctx := errgroup.WithContext(ctx)
	work, order := make(chan historyBatch[R], workers), make(chan historyBatch[R], 4*workers)
	group.Go(func() error {
		defer close(work)
		defer close(order)
		return sendHistories(ctx, r.ScanFrom, work, order)
	})
	for range workers {
		group.Go(func() error {
			s, borrowed := state(), newBorrower()
			for b := range work {
				out := make([]R, 0, len(b.values))
				for _, v := range b.values {
					h, err := borrowed.read(v)
					if err != nil {
						return err
					}
					answer, err := fn(s, h)
					if err != nil {
						return err
					}
					out = append(out, answer)
				}
				b.out <- out
			}
			return nil
		})
	}
	group.Go(func() error {
		for b := range order {
			select {
			case out := <-b.out:
				for _, answer := range out {
					if err := done(answer); err != nil {
						return err
					}
				}
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	return group.Wait()
}

// sendHistories hands batches of histories out, to be read in any order and
// taken up in theirs.
func sendHistories[R any](ctx context.Context, scan func([]byte, func(key, value []byte) error) error, work, order chan<- historyBatch[R]) error {
	var text []byte // of a batch, one history behind the other: one text, and not one for each
	var ends []int
	send := func() error {
		b := historyBatch[R]{make([]string, len(ends)), make(chan []R, 1)}
		all, from := string(text), 0
		for i, to := range ends {
			b.values[i], from = all[from:to], to
		}
		text, ends = text[:0], ends[:0]
		for _, to := range []chan<- historyBatch[R]{order, work} {
			select {
			case to <- b:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	}
	err := scan(nil, func(_, value []byte) error {
		text = append(text, value...)
		if ends = append(ends, len(text)); len(ends) < batchHistories {
			return nil
		}
		return send()
	})
	if err != nil || len(ends) == 0 {
		return err
	}
	return send()
}
