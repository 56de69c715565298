package history

import "github.com/casefold/casefold"

// A Memory is what histories are made in that nobody looks at any more once the
// next is made: BuildIn writes each over the one before. It is for one
// goroutine; the zero value is ready.
type Memory struct {
	tellers     pool[casefold.Teller]
	convictions pool[casefold.Conviction]
	cases       pool[casefold.Case]
	counts      pool[casefold.Count]
	cycles      pool[casefold.Cycle]
	numbers     pool[casefold.CaseNumber]
	names       pool[casefold.Told[casefold.Name]]
	births      pool[casefold.Told[casefold.Date]]
	identifiers pool[casefold.Told[casefold.Identifier]]
}

func (m *Memory) reuse() {
	m.tellers.reuse()
	m.convictions.reuse()
	m.cases.reuse()
	m.counts.reuse()
	m.cycles.reuse()
	m.numbers.reuse()
	m.names.reuse()
	m.births.reuse()
	m.identifiers.reuse()
}

// A scratch is what small sets are made in that are gone with the person.
type scratch struct {
	texts   pool[string]
	dates   pool[casefold.Date]
	heard   pool[heardDate]
	charges pool[charge]
	cycles  pool[cycleID]
	ints    pool[int]
}

func (s *scratch) reuse() {
	s.texts.reuse()
	s.dates.reuse()
	s.heard.reuse()
	s.charges.reuse()
	s.cycles.reuse()
	s.ints.reuse()
}

// seed gives an account's sets room for what one event mostly tells.
func (s *scratch) seed(a *account) {
	a.families, a.counts = s.texts.room(1), s.texts.room(1)
	a.arrested = s.dates.room(1)
	a.heard = s.heard.room(3)
	a.charges = s.charges.room(2)
}

// one is a slice of one value, with room for a few more.
func one[T any](p *pool[T], v T) []T { return append(p.room(4), v) }

// A pool hands out pieces of one slice, which it hands out again after reuse.
// Until its first use again it allocates each.
type pool[T any] struct {
	all    []T
	used   int
	reused bool
}

// poolSize is how much a pool takes at least, mostPooled what it keeps at most.
const (
	poolSize   = 32
	mostPooled = 1 << 14
)

func (p *pool[T]) reuse() {
	if p.used, p.reused = 0, true; len(p.all) > mostPooled {
		p.all = nil
	}
}

// room is an empty slice with room for n values, whatever lies there.
func (p *pool[T]) room(n int) []T {
	if !p.reused || n == 0 {
		return make([]T, 0, n)
	}
	if len(p.all)-p.used < n {
		p.all, p.used = make([]T, max(2*len(p.all), n, poolSize)), 0
	}
	from := p.used
	p.used += n
	return p.all[from : from : from+n]
}

// zeros are n zero values.
func (p *pool[T]) zeros(n int) []T {
	s := p.room(n)[:n]
	if p.reused {
		clear(s)
	}
	return s
}

// copyOf is a copy that lasts as long as the history.
func (p *pool[T]) copyOf(s []T) []T {
	if s == nil {
		return nil
	}
	return append(p.room(len(s)), s...)
}
