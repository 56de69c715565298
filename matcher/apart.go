package matcher

import "github.com/casefold/casefold/mention"

// An aparter says which clusters hard evidence keeps apart: two numbers of one
// issuer, custody at two places, and so on, between any two of their mentions.
type aparter struct {
	x     *linker
	of    []uint32
	start []uint32 // members of the cluster of mention i: member[start[i]:start[i+1]]
	list  []uint32
	known map[mention.Pair]bool
}

func (x *linker) aparter(of []uint32) *aparter {
	start, list := clusterMembers(of)
	return &aparter{x, of, start, list, map[mention.Pair]bool{}}
}

// clusterMembers lists the mentions of each cluster: those of the cluster whose
// smallest mention is m are list[start[m]:start[m+1]].
func clusterMembers(of []uint32) (start, list []uint32) {
	start = make([]uint32, len(of)+1)
	for _, c := range of {
		start[c+1]++
	}
	for i := range of {
		start[i+1] += start[i]
	}
	list = make([]uint32, len(of))
	next := make([]uint32, len(of))
	for m, c := range of {
		list[start[c]+next[c]] = uint32(m)
		next[c]++
	}
	return start, list
}

// mostChecked bounds the pairs looked at between two clusters: two of a thousand
// rows each are not gone through.
const mostChecked = 100_000

// apart reports whether the clusters of two mentions are kept apart.
func (p *aparter) apart(a, b uint32) bool {
	a, b = p.of[a], p.of[b]
	key := mention.Pair{A: min(a, b), B: max(a, b)}
	apart, ok := p.known[key]
	if !ok {
		apart = p.look(key)
		p.known[key] = apart
	}
	return apart
}

func (p *aparter) look(key mention.Pair) bool {
	as, bs := p.list[p.start[key.A]:p.start[key.A+1]], p.list[p.start[key.B]:p.start[key.B+1]]
	left := mostChecked
	for _, a := range as {
		for _, b := range bs {
			if left--; left < 0 {
				return false
			}
			if p.x.denied(min(a, b), max(a, b)) {
				return true
			}
		}
	}
	return false
}
