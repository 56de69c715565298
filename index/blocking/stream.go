package blocking

import (
	"context"

	"github.com/casefold/casefold/mention"
)

// batchPairs is how many pairs a call of emit gets at most.
const batchPairs = 1024

// chunkPairs is the work that a worker takes at a time.
const chunkPairs = 1 << 15

// A chunk is a run of blocks of one rule.
type chunk struct{ rule, from, to int }

// Each streams every candidate pair once. emit is called from several
// goroutines, each with a worker number of its own below workers; the slice is
// reused after the call. The pairs are a sample at the given rate: a member of
// a block is chosen by hash, with all pairs it begins. At 1 all pairs come, and
// the reports are complete afterwards.
func (x *Index) Each(ctx context.Context, workers int, rate float64, emit func(worker int, pairs []mention.Pair)) error {
	return x.stream(ctx, workers, rate, x.chunks(rate, 0, len(x.rules)), emit)
}

// Parts is the number of parts that EachOf divides the candidates into.
func (x *Index) Parts() int { return len(x.rules) }

// EachOf streams the candidate pairs of one part, as Each streams all: no pair
// is in two parts.
func (x *Index) EachOf(ctx context.Context, part, workers int, emit func(worker int, pairs []mention.Pair)) error {
	return x.stream(ctx, workers, 1, x.chunks(1, part, part+1), emit)
}

func (x *Index) stream(ctx context.Context, workers int, rate float64, chunks []chunk, emit func(worker int, pairs []mention.Pair)) error {
	workers = Options{Workers: workers}.workers()
	owned := make([]int, len(chunks))
	buffers := make([][]mention.Pair, workers)
	err := parallel(ctx, workers, len(chunks), func(w, i int) {
		c := chunks[i]
		buf := buffers[w]
		for b := c.from; b < c.to; b++ {
			if (b-c.from)%fetched == 0 {
				x.fetch(c.rule, b, min(b+fetched, c.to))
			}
			n := 0
			buf, n = x.pairs(c.rule, b, rate, buf, func(p []mention.Pair) { emit(w, p) })
			owned[i] += n
		}
		if len(buf) > 0 {
			emit(w, buf)
		}
		buffers[w] = buf[:0]
	})
	if rate >= 1 && err == nil {
		for _, c := range chunks {
			x.reports[c.rule].Owned = 0
		}
		for i, c := range chunks {
			x.reports[c.rule].Owned += owned[i]
		}
	}
	return err
}

// fetched is for how many blocks at once the members' own blocks are brought
// near.
const fetched = 16

// fetch brings the blocks of the members of some blocks near: they lie anywhere
// in memory, and here a processor waits for all of them at once. The result is
// of no use but that it keeps the looks from being left out.
//
//go:noinline
func (x *Index) fetch(rule, from, to int) (sum uint32) {
	b, width := &x.blocks[rule], len(x.rules)
	for _, m := range b.members[b.start[from]:min(b.start[to], b.start[from]+8*fetched)] {
		sum += x.member[int(m)*width] + x.member[int(m)*width+rule]
	}
	return sum
}

func sampled(key uint64, member uint32, rate float64) bool {
	return rate >= 1 || float64(mention.Mix(key, uint64(member))>>11) < rate*(1<<53)
}

// pairs appends the pairs of a block that no earlier rule and no earlier block
// of the rule emits, flushing when the buffer is full.
func (x *Index) pairs(rule, block int, rate float64, buf []mention.Pair, flush func([]mention.Pair)) ([]mention.Pair, int) {
	b := &x.blocks[rule]
	members := b.members[b.start[block]:b.start[block+1]]
	width, owned := len(x.rules), 0
	for i, p := range members {
		if !sampled(b.key[block], p, rate) {
			continue
		}
		rowP := x.member[int(p)*width : int(p)*width+rule+1]
	next:
		for _, q := range members[i+1:] {
			rowQ := x.member[int(q)*width : int(q)*width+rule+1]
			for r, v := range rowP[:rule] {
				w := rowQ[r]
				if (v|w)&inSeveral == 0 {
					if v == w && v != 0 {
						continue next
					}
				} else if x.sharedOfSeveral(r, v, w) != 0 {
					continue next
				}
			}
			if v, w := rowP[rule], rowQ[rule]; v&w&inSeveral != 0 && x.sharedOfSeveral(rule, v, w) != uint32(block+1) {
				continue
			}
			owned++
			if buf = append(buf, mention.Pair{A: min(p, q), B: max(p, q)}); len(buf) >= batchPairs {
				flush(buf)
				buf = buf[:0]
			}
		}
	}
	return buf, owned
}

// chunks divides the blocks of some rules into runs of about equal work.
func (x *Index) chunks(rate float64, first, end int) []chunk {
	var out []chunk
	for r := first; r < end; r++ {
		b := &x.blocks[r]
		from, work := 0, 0
		for i := range len(b.key) {
			n := int(b.start[i+1] - b.start[i])
			if work += n * n / 2; float64(work)*min(rate, 1) >= chunkPairs {
				out = append(out, chunk{r, from, i + 1})
				from, work = i+1, 0
			}
		}
		if from < len(b.key) {
			out = append(out, chunk{r, from, len(b.key)})
		}
	}
	return out
}
