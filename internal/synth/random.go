package synth

import "math/bits"

// A stream is a sequence of chance numbers (SplitMix64; Steele, Lea and Flood
// 2014). Equal seeds give equal sequences on every machine and Go version.
// Forks by topic are independent of what else was drawn, so that a new question
// asked in one place changes nothing in another.
type stream struct{ state uint64 }

func mix(x uint64) uint64 {
	x ^= x >> 30
	x *= 0xbf58476d1ce4e5b9
	x ^= x >> 27
	x *= 0x94d049bb133111eb
	return x ^ x>>31
}

// newStream is the stream of a topic of the thing numbered n.
func newStream(seed uint64, topic topic, n int) stream {
	return stream{mix(mix(seed+0x9e3779b97f4a7c15*uint64(topic)) ^ mix(uint64(n)+0x632be59bd9b4e019))}
}

// A topic names a question that has a stream of its own.
type topic uint64

const (
	topicKin topic = iota + 1
	topicIdentity
	topicLife
	topicFace
	topicNumbers
	topicState
	topicCourt
	topicJail
	topicPolice
	topicDA
	topicNeighbour
	topicListing
	topicFaults
)

// fork is the stream of a further question.
func (r stream) fork(n uint64) stream { return stream{mix(r.state ^ mix(n+0x9e3779b97f4a7c15))} }

func (r *stream) next() uint64 {
	r.state += 0x9e3779b97f4a7c15
	return mix(r.state)
}

// float is in [0, 1).
func (r *stream) float() float64 { return float64(r.next()>>11) / (1 << 53) }

// chance is true with probability p; it draws one number whatever p is.
func (r *stream) chance(p float64) bool { return r.float() < p }

// below is in [0, n); 0 if n < 1.
func (r *stream) below(n int) int {
	if n < 1 {
		r.next()
		return 0
	}
	hi, _ := bits.Mul64(r.next(), uint64(n))
	return int(hi)
}

// between is in [lo, hi].
func (r *stream) between(lo, hi int) int { return lo + r.below(hi-lo+1) }

// pick is one of the values.
func pick[T any](r *stream, values []T) T { return values[r.below(len(values))] }

// A lottery draws values by weight.
type lottery[T any] struct {
	values []T
	sums   []uint32 // running sums of the weights
}

func (l *lottery[T]) add(v T, weight int) {
	if weight <= 0 {
		return
	}
	var sum uint32
	if n := len(l.sums); n > 0 {
		sum = l.sums[n-1]
	}
	l.values = append(l.values, v)
	l.sums = append(l.sums, sum+uint32(weight))
}

func (l *lottery[T]) draw(r *stream) T {
	at := uint32(r.below(int(l.sums[len(l.sums)-1])))
	lo, hi := 0, len(l.sums)-1
	for lo < hi {
		m := (lo + hi) / 2
		if l.sums[m] > at {
			hi = m
		} else {
			lo = m + 1
		}
	}
	return l.values[lo]
}

// weigh draws an index by the weights given.
func weigh(r *stream, weights ...int) int {
	total := 0
	for _, w := range weights {
		total += w
	}
	at := r.below(total)
	for i, w := range weights {
		if at -= w; at < 0 {
			return i
		}
	}
	return len(weights) - 1
}
