package matcher

import (
	"github.com/casefold/casefold/matcher/train"
	"github.com/casefold/casefold/mention"
)

// mostAlike is the most mentions of one number that are gone through pair by
// pair; those of a number that more tell are taken for what its frequency says.
const mostAlike = 100

// equalNumbers counts, per level, the pairs that have an equal number. Whether
// it counts as copied depends on how both came by it and, where it was read from
// a document, on their names: such pairs are compared.
func (p *plan) equalNumbers(n *numberAt, out *[train.Levels]float64) {
	for issuer, bin := range n.bin {
		if !n.kind[issuer] {
			continue
		}
		all, own, documents := p.tellers(uint16(issuer), len(bin))
		var holders [][]uint32
		if documents {
			holders = p.holders(uint16(issuer), len(bin))
		}
		for v := 1; v < len(bin); v++ {
			if documents && all[v] <= mostAlike {
				p.compareHolders(n, holders[v], out)
				continue
			}
			a, o := float64(all[v]), float64(own[v])
			out[bin[v]] += o * (o - 1) / 2
			out[copied] += (a*(a-1) - o*(o-1)) / 2
		}
	}
}

// tellers counts, per number of an issuer, the mentions that tell it, those of
// them that did not copy it, and whether any number was read from a document.
func (p *plan) tellers(issuer uint16, values int) (all, own []uint32, documents bool) {
	all, own = make([]uint32, values), make([]uint32, values)
	for m := range uint32(p.set.Len()) {
		for _, id := range p.set.Identifiers.Of(m) {
			if id.Issuer != issuer {
				continue
			}
			all[id.Value]++
			documents = documents || id.How == mention.Document
			if id.How != mention.LookUp {
				own[id.Value]++
			}
		}
	}
	return all, own, documents
}

// holders are the mentions that tell each number of an issuer.
func (p *plan) holders(issuer uint16, values int) [][]uint32 {
	out := make([][]uint32, values)
	for m := range uint32(p.set.Len()) {
		for _, id := range p.set.Identifiers.Of(m) {
			if id.Issuer == issuer {
				out[id.Value] = append(out[id.Value], m)
			}
		}
	}
	return out
}

// compareHolders adds the pairs of mentions that tell one number, each at the
// level that comparing it gives.
func (p *plan) compareHolders(n *numberAt, list []uint32, out *[train.Levels]float64) {
	for i, a := range list {
		for _, b := range list[i+1:] {
			if l := p.pattern(min(a, b), max(a, b)).Level(n.at); l == copied || l >= firstEqual {
				out[l]++
			}
		}
	}
}
