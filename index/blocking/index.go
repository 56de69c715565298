package blocking

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/casefold/casefold/mention"
)

// Options bound the work. The zero value means the defaults.
type Options struct {
	// Workers is the number of goroutines; 0: one per processor. It changes no
	// result.
	Workers int
	// PairsPerMention is the cost that one rule may have, in pairs per mention;
	// 0: chosen by the number of mentions (see budget).
	PairsPerMention float64
	// Shelf, if set, takes each rule's blocks as soon as they are found, and is
	// asked for them first. It changes no result.
	Shelf mention.Shelf
}

// budget is the number of pairs that one rule may propose: an eighth of what
// all may. Small files can pay for wide blocks, and need them: they hold too few
// records for narrow ones. 2 million pairs are a second's work on one core; a
// large file may cost three pairs per mention beyond that, and six per mention
// in all: with less, a file of ten million loses one pair in a hundred.
func (o Options) budget(n int) int {
	if o.PairsPerMention != 0 {
		return int(o.PairsPerMention * float64(n))
	}
	return max(2_000_000, min(40*n, max(4_000_000+3*n, 6*n))) / 8
}

// An Index holds the blocks of every rule. It is immutable once built, apart
// from the counts of its reports, which Each sets when it has streamed all.
type Index struct {
	set    *mention.Set
	rules  []Rule
	blocks []blocks
	// member is, mention by mention, the block of each rule, 0 for none; with
	// the top bit set, the rest is a place in the rule's several.
	member  []uint32
	reports []RuleReport
}

// blocks are those of one rule: block i+1 is members[start[i]:start[i+1]].
type blocks struct {
	members []uint32
	start   []uint32
	key     []uint64
	several []uint32 // per mention in several blocks: their number, then each, ascending
}

const inSeveral = 1 << 31

// A RuleReport says what a rule did.
type RuleReport struct {
	Rule  Rule
	Pairs int // proposed by the rule, also by earlier ones
	// Owned are the pairs no earlier rule proposed; known once Each has
	// streamed everything.
	Owned      int
	Blocks     int
	Largest    int // mentions in the largest block kept
	Refined    int // blocks too large to pay for, divided further
	Uncompared int // pairs that agree in the key and that this rule left out
	// Thinned are pairs left out because others with the same names and birth
	// date stand for them; clustering weighs them all the same.
	Thinned int
}

// Build finds the blocks of all rules.
func Build(ctx context.Context, set *mention.Set, rules []Rule, o Options) (*Index, error) {
	x := &Index{set: set, rules: rules, blocks: make([]blocks, len(rules)),
		member: make([]uint32, set.Len()*len(rules)), reports: make([]RuleReport, len(rules))}
	todo := x.find(o.Shelf)
	rd := newReaders(set)
	keyers, refiners := make([]*keyer, len(rules)), make([][]*reader, len(rules))
	for _, r := range todo {
		keyers[r] = newKeyer(rd, rules[r])
		for _, t := range rules[r].Refine {
			refiners[r] = append(refiners[r], rd.reader(t))
		}
		rd.use(rules[r], 1)
	}
	var same []uint64
	if len(todo) > 0 {
		same = profiles(set)
	}
	failed := make([]error, len(rules))
	err := parallel(ctx, o.workers(), len(todo), func(_, i int) {
		r := todo[i]
		b := o.builder(rules[r], set.Len(), refiners[r], same)
		b.columns = set.Len()
		b.build(keyers[r].allKeys())
		rd.use(rules[r], -1)
		x.blocks[r], x.reports[r] = b.out, b.report
		x.reports[r].Rule = rules[r]
		failed[r] = x.put(o.Shelf, r)
	})
	if err = errors.Join(append(failed, err)...); err != nil {
		return nil, err
	}
	return x, parallel(ctx, o.workers(), len(rules), func(_, r int) { x.enter(r) })
}

func (o Options) workers() int {
	if o.Workers > 0 {
		return o.Workers
	}
	return runtime.GOMAXPROCS(0)
}

// builder of a rule's blocks. A rule that pairs everyone with everyone was chosen
// because that is affordable.
func (o Options) builder(r Rule, n int, refine []*reader, same []uint64) *builder {
	if len(r.Key) == 1 && r.Key[0].Field == Everyone {
		return &builder{budget: 1 << 62}
	}
	return &builder{refine: refine, budget: o.budget(n), profiles: same}
}

// enter notes the blocks of each mention: first how many, then which.
func (x *Index) enter(r int) {
	b, width := &x.blocks[r], len(x.rules)
	count := make([]uint8, x.set.Len()) // up to three
	for _, m := range b.members {
		count[m] = min(count[m]+1, 3)
	}
	full := map[uint32]uint32{} // blocks of mentions in three or more
	for _, m := range b.members {
		if count[m] == 3 {
			full[m]++
		}
	}
	for i := range len(b.start) - 1 {
		number := uint32(i + 1)
		for _, m := range b.members[b.start[i]:b.start[i+1]] {
			at := &x.member[int(m)*width+r]
			if count[m] == 1 {
				*at = number
				continue
			}
			if *at == 0 {
				n := uint32(2)
				if count[m] == 3 {
					n = full[m]
				}
				*at = inSeveral | uint32(len(b.several))
				b.several = append(b.several, 0)
				b.several = append(b.several, make([]uint32, n)...)
			}
			list := b.several[*at&^inSeveral:]
			list[0]++
			list[list[0]] = number
		}
	}
}

// Reports are the rules' reports, in rule order.
func (x *Index) Reports() []RuleReport { return x.reports }

// Rules are the index's rules.
func (x *Index) Rules() []Rule { return x.rules }

// Holds is the number of rules under which the two mentions share a block: 0
// means that the pair is no candidate.
func (x *Index) Holds(a, b uint32) int {
	n := 0
	for r := range x.rules {
		if x.shared(r, a, b) != 0 {
			n++
		}
	}
	return n
}

// shared is the first block of a rule that holds both mentions, 0 if none.
func (x *Index) shared(r int, a, b uint32) uint32 {
	width := len(x.rules)
	p, q := x.member[int(a)*width+r], x.member[int(b)*width+r]
	if (p|q)&inSeveral == 0 {
		if p == q {
			return p
		}
		return 0
	}
	return x.sharedOfSeveral(r, p, q)
}

// sharedOfSeveral is shared where one or both are in several blocks.
func (x *Index) sharedOfSeveral(r int, p, q uint32) uint32 {
	if p == 0 || q == 0 {
		return 0
	}
	lists := x.blocks[r].several
	if p&inSeveral == 0 {
		p, q = q, p
	}
	at := p &^ inSeveral
	ps := lists[at+1 : at+1+lists[at]]
	if q&inSeveral == 0 {
		for _, v := range ps {
			if v >= q {
				if v == q {
					return q
				}
				return 0
			}
		}
		return 0
	}
	at = q &^ inSeveral
	qs := lists[at+1 : at+1+lists[at]]
	for i, j := 0, 0; i < len(ps) && j < len(qs); {
		switch a, b := ps[i], qs[j]; {
		case a == b:
			return a
		case a < b:
			i++
		default:
			j++
		}
	}
	return 0
}

// parallel runs work(worker, i) for i in [0, n) on several goroutines, until
// the context ends.
func parallel(ctx context.Context, workers, n int, work func(worker, i int)) error {
	var next atomic.Int64
	var wg sync.WaitGroup
	for w := range min(workers, max(n, 1)) {
		wg.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				work(w, i)
			}
		})
	}
	wg.Wait()
	return ctx.Err()
}
