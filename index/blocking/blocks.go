package blocking

import (
	"slices"

	"github.com/casefold/casefold/mention"
)

// A builder turns the sorted keys of a rule into blocks whose pairs stay
// within a budget.
type builder struct {
	refine   []*reader
	columns  int // mentions for which refining terms make columns; 0: they make none
	budget   int
	profiles []uint64 // see profiles; nil: blocks are not thinned
	out      blocks
	report   RuleReport
	limits   []int // largest block kept, by level of refinement
	thinned  []int // size above which blocks were thinned, by level
}

// build thins blocks by their repeated profiles, keeps the blocks that are
// small enough, smallest sizes first, as far as half the budget goes, and
// divides the others by the next refining term; the last term may use what is
// left. Blocks that are still too large are left out and counted.
func (b *builder) build(keys keyed) {
	left := b.budget
	for level := 0; ; level++ {
		keys = b.thin(level, keys, left)
		share := left / 2
		last := level == len(b.refine)
		if last {
			share = left
		}
		largest := largestAffordable(keys, share)
		b.limits = append(b.limits, largest)
		var next keyed
		var buf []uint64
		each(keys, func(key uint64, members []uint32) {
			pairs := countOf(members)
			counted := level > 0 && key&exactly != 0
			switch {
			case len(members) <= largest:
				b.keep(key, members)
				left -= pairs
				if counted {
					b.report.Uncompared -= pairs
				}
			case last:
				if !counted {
					b.report.Uncompared += pairs
				}
			default:
				if b.columns > 0 {
					b.refine[level].fill(b.columns)
				}
				b.refineBlock(level, key, members, counted, &next, buf)
			}
		})
		if last || len(next.key) == 0 {
			break
		}
		keys = next.sorted()
	}
	b.out.start = append(b.out.start, uint32(len(b.out.members)))
}

func countOf(members []uint32) int { return len(members) * (len(members) - 1) / 2 }

// refineBlock divides a block that is too large. Its pairs count as not
// compared until a sub-block is kept; where sub-blocks overlap, those that no
// sub-block holds are counted at once. counted: they are counted already.
func (b *builder) refineBlock(level int, key uint64, members []uint32, counted bool, next *keyed, buf []uint64) {
	b.report.Refined++
	from := len(next.key)
	*next = divide(b.refine[level], key, members, *next, buf)
	if next.key[from]&exactly != 0 {
		if !counted {
			b.report.Uncompared += countOf(members)
		}
		return
	}
	held := countPairs(b.refine[level], key, members)
	if counted {
		b.report.Uncompared -= held
	} else {
		b.report.Uncompared += countOf(members) - held
	}
}

func (b *builder) keep(key uint64, members []uint32) {
	b.out.start = append(b.out.start, uint32(len(b.out.members)))
	b.out.members = append(b.out.members, members...)
	b.out.key = append(b.out.key, key)
	b.report.Blocks++
	b.report.Largest = max(b.report.Largest, len(members))
	b.report.Pairs += len(members) * (len(members) - 1) / 2
}

// each calls f for each run of equal keys with two members or more.
func each(k keyed, f func(key uint64, members []uint32)) {
	eachRun(k, func(key uint64, members []uint32) {
		if len(members) > 1 {
			f(key, members)
		}
	})
}

// largestAffordable is the largest block size such that all blocks up to it
// cost no more than the budget; 1 if not even the blocks of two do.
func largestAffordable(k keyed, budget int) int {
	count := map[int]int{} // block size -> blocks
	each(k, func(_ uint64, members []uint32) { count[len(members)]++ })
	sizes := make([]int, 0, len(count))
	for s := range count {
		sizes = append(sizes, s)
	}
	slices.Sort(sizes)
	largest := 1
	for _, s := range sizes {
		if budget -= count[s] * (s * (s - 1) / 2); budget < 0 {
			break
		}
		largest = s
	}
	return largest
}

// countPairs is the number of pairs of members that share a value of the
// refining term, a pair that shares two values counted twice at most up to the
// members' own pairs.
func countPairs(t *reader, key uint64, members []uint32) int {
	k := divide(t, key, members, keyed{}, nil)
	mention.SortHashed(k.key, k.mention)
	n := 0
	each(k, func(_ uint64, m []uint32) { n += len(m) * (len(m) - 1) / 2 })
	return min(n, len(members)*(len(members)-1)/2)
}
