package engine

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/history"
	"github.com/casefold/casefold/internal/identity"
	"github.com/casefold/casefold/internal/segment"
	"github.com/casefold/casefold/normalize"
)

// chunkPersons is how many persons a worker takes at a time.
const chunkPersons = 256

// A reader turns records back from encoded rows. Each worker has its own.
type recordReader struct {
	pop     *population
	norms   []*normalize.Normalizer
	row     casefold.Row
	numbers []uint32
	buf     []casefold.Record
	given   []casefold.Record // by read, since reuse
}

// reader lends a reader; give it back with release, so that what its
// normalizers remember serves the next stage too.
func (p *population) reader() (*recordReader, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if n := len(p.spare); n > 0 {
		r := p.spare[n-1]
		p.spare = p.spare[:n-1]
		return r, nil
	}
	norms, err := normalizers(p.sources)
	if err != nil {
		return nil, err
	}
	return &recordReader{pop: p, norms: norms}, nil
}

func (p *population) release(r *recordReader) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.spare = append(p.spare, r)
}

// read returns the records of the numbers given. The slice is the caller's until
// reuse.
func (r *recordReader) read(numbers []uint32) []casefold.Record {
	if cap(r.given)-len(r.given) < len(numbers) {
		r.given = make([]casefold.Record, 0, max(len(numbers), min(2*cap(r.given), mostGiven)))
	}
	from := len(r.given)
	out := r.given[from:from]
	for _, i := range numbers {
		ref := r.pop.records[i]
		r.buf, _ = r.records(ref.source, int(ref.row), r.buf[:0])
		if ref.part == 0 {
			out = append(out, r.buf[0])
		} else {
			out = append(out, r.buf[ref.part-1])
		}
	}
	r.given = r.given[:from+len(out)]
	return out[:len(out):len(out)]
}

// mostGiven bounds the records for which a reader keeps room.
const mostGiven = 1 << 12

// records appends the records of a row, and returns its findings.
func (r *recordReader) records(source uint16, row int, dst []casefold.Record) ([]casefold.Record, []casefold.Finding) {
	s, n := r.pop.sources[source], r.norms[source]
	e := &s.rows[s.accepted[row]]
	if len(s.set.layout.Groups) == 0 {
		r.numbers = s.set.numbers(row, r.numbers)
		return n.Coded(r.numbers, e.key, dst)
	}
	s.set.row(row, &r.row)
	r.row.File, r.row.Line = s.files[e.file].Name, int(e.line)
	return n.Records(&r.row, e.key, dst)
}

// reuse gives the memory of all records and events read so far to those that
// follow.
func (r *recordReader) reuse() {
	clear(r.given)
	r.given = r.given[:0]
	for _, n := range r.norms {
		n.Into(n.Into(nil))
	}
}

// eachPerson calls fn for every person, chunk by chunk in parallel, and done
// for every chunk in order. A worker's own state is made by state and ended by
// end.
func eachPerson[S, R any](ctx context.Context, count, workers int, state func() (S, error), end func(S), fn func(s S, person int32) R, done func(first int32, results []R) error) error {
	chunks := (count + chunkPersons - 1) / chunkPersons
	ready := make([]chan []R, chunks)
	for i := range ready {
		ready[i] = make(chan []R, 1)
	}
	ahead := make(chan struct{}, 4*workers) // bounds the results that wait for their turn
	var next atomic.Int64
	group, ctx := errgroup.WithContext(ctx)
	for range workers {
		group.Go(func() error {
			s, err := state()
			if err != nil {
				return err
			}
			defer end(s)
			for {
				select {
				case ahead <- struct{}{}:
				case <-ctx.Done():
					return ctx.Err()
				}
				c := int(next.Add(1)) - 1
				if c >= chunks {
					<-ahead
					return nil
				}
				var out []R
				for p := c * chunkPersons; p < min((c+1)*chunkPersons, count); p++ {
					out = append(out, fn(s, int32(p)))
				}
				ready[c] <- out
			}
		})
	}
	group.Go(func() error {
		for c := range chunks {
			select {
			case out := <-ready[c]:
				if err := done(int32(c*chunkPersons), out); err != nil {
					return err
				}
				<-ahead
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	return group.Wait()
}

// digestsOf is what the registry wants to know of a history's convictions.
func digestsOf(h *casefold.History) []identity.Digest {
	out := make([]identity.Digest, 0, len(h.Convictions))
	for i := range h.Convictions {
		c := &h.Convictions[i]
		told := identity.Told{Content: c.ID, Tellers: c.Tellers}
		for _, k := range history.Keys(c) {
			// Dates stay out: where another teller prevails they move, and the
			// conviction would look like another one. Without a number they are
			// all there is.
			key := k.Family + "|" + k.Key + "|" + k.Defendant + "|" + k.Count + "|" + k.Section
			if k.Key == "" {
				key = "|" + k.Section + "|" + cmp.Or(k.ConvictionDate, k.SentenceDate).String()
			}
			told.Keys = append(told.Keys, key)
		}
		out = append(out, told.Digest())
	}
	return out
}

// nameConvictions gives a history's convictions their registered IDs.
func nameConvictions(h *casefold.History, ids []identity.ID) {
	now := make(map[string]string, len(ids))
	for i := range h.Convictions {
		now[h.Convictions[i].ID] = ids[i].Conviction()
	}
	for i := range h.Convictions {
		c := &h.Convictions[i]
		c.ID = ids[i].Conviction()
		for j, other := range c.PossiblySame {
			if id, ok := now[other]; ok {
				c.PossiblySame[j] = id
			}
		}
		slices.Sort(c.PossiblySame)
	}
}

// readRegistry reads the conviction registry of the current generation.
func (e *Engine) readRegistry() (*identity.Convictions, error) {
	r, err := e.openSegment(segRegistry)
	if err != nil {
		return &identity.Convictions{}, ignoreNotRun(err)
	}
	defer r.Close()
	c, err := identity.DecodeConvictions(func(put func([]byte) error) error {
		return r.Scan(func(_ segment.Ref, record []byte) error { return put(record) })
	})
	if err != nil {
		return nil, fmt.Errorf("reading the conviction registry: %w", err)
	}
	return c, nil
}

// findings collects what a run found odd.
type findings struct{ list []casefold.Finding }
