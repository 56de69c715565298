package engine

import (
	"fmt"

	"github.com/casefold/casefold"
)

// A million histories that are read one behind the other, each for a moment,
// would be made of a hundred million small slices. A borrower takes them from
// the memory of the history before.

// A pool hands out pieces of one slice. What it handed out is used again after
// reset. A nil pool allocates.
type pool[T any] struct {
	all  []T
	used int
}

// take is n zero values.
func (p *pool[T]) take(n int) []T {
	if p == nil {
		return make([]T, n)
	}
	if len(p.all)-p.used < n {
		p.all, p.used = make([]T, max(2*len(p.all), n, 16)), 0
	}
	out := p.all[p.used : p.used+n : p.used+n]
	clear(out)
	p.used += n
	return out
}

func (p *pool[T]) reset() { p.used = 0 }

// pools are where the slices of a history come from.
type pools struct {
	names       *pool[casefold.Told[casefold.Name]]
	dates       *pool[casefold.Told[casefold.Date]]
	identifiers *pool[casefold.Told[casefold.Identifier]]
	cycles      *pool[casefold.Cycle]
	cases       *pool[casefold.Case]
	counts      *pool[casefold.Count]
	convictions *pool[casefold.Conviction]
	stays       *pool[casefold.Stay]
	gaps        *pool[casefold.Gap]
	findings    *pool[casefold.Finding]
	caseNumbers *pool[casefold.CaseNumber]
	sentences   *pool[casefold.SentencePart]
	later       *pool[casefold.LaterEvent]
	statutes    *pool[casefold.Statute]
	qualifiers  *pool[string]
	offenses    *pool[casefold.Offense]
	tellers     *pool[casefold.Teller]
	words       *pool[string]
	numbers     *pool[int]
}

func newPools() pools {
	return pools{new(pool[casefold.Told[casefold.Name]]), new(pool[casefold.Told[casefold.Date]]), new(pool[casefold.Told[casefold.Identifier]]),
		new(pool[casefold.Cycle]), new(pool[casefold.Case]), new(pool[casefold.Count]), new(pool[casefold.Conviction]), new(pool[casefold.Stay]),
		new(pool[casefold.Gap]), new(pool[casefold.Finding]), new(pool[casefold.CaseNumber]), new(pool[casefold.SentencePart]), new(pool[casefold.LaterEvent]),
		new(pool[casefold.Statute]), new(pool[string]), new(pool[casefold.Offense]), new(pool[casefold.Teller]), new(pool[string]), new(pool[int])}
}

func (p *pools) reset() {
	for _, each := range [...]interface{ reset() }{p.names, p.dates, p.identifiers, p.cycles, p.cases, p.counts, p.convictions, p.stays, p.gaps,
		p.findings, p.caseNumbers, p.sentences, p.later, p.statutes, p.qualifiers, p.offenses, p.tellers, p.words, p.numbers} {
		each.reset()
	}
}

// A borrower reads one history after the other into the same memory. It is for
// one goroutine.
type borrower struct {
	coder   coder
	history casefold.History
}

func newBorrower() *borrower { return &borrower{coder: coder{p: newPools()}} }

// read gives a history that lasts until the next call: its texts may be kept,
// its slices not.
func (b *borrower) read(value string) (*casefold.History, error) {
	if value == "" || value[0] != codeFormat {
		return nil, fmt.Errorf("reading a history: %w", errCodeFormat)
	}
	b.coder.p.reset()
	b.history = casefold.History{}
	b.coder.begin(value[1:])
	b.coder.history(&b.history)
	if err := b.coder.end(); err != nil {
		return nil, fmt.Errorf("reading a history: %w", err)
	}
	return &b.history, nil
}
