package matcher

import (
	"github.com/casefold/casefold/matcher/train"
	"github.com/casefold/casefold/mention"
)

// randomPairs is how many random pairs show what pairs of two persons look
// like; a file of at most wholePairs is looked at whole.
const (
	randomPairs = 250_000
	wholePairs  = 1_200_000
)

// leastPairs is how many pairs the smallest file is taken to have, those of five
// mentions: two rows alone are not as likely as not one person.
const leastPairs = 10

// problem puts together what training needs.
func (p *plan) problem(patterns []counted, rate float64) *train.Problem {
	n := float64(p.set.Len())
	c := len(p.comps)
	out := &train.Problem{Comparisons: c, Pairs: max(n*(n-1)/2, leastPairs), Matches: max(n/4, 1)}
	for _, x := range patterns {
		for i := range c {
			out.Pattern = append(out.Pattern, x.pattern.Level(i))
		}
		out.Count = append(out.Count, float64(x.count)/rate)
	}
	out.All, out.Floor = p.levelsOfAllPairs(n * (n - 1) / 2)
	out.Kin = p.kin()
	for i := range p.comps {
		out.Prior = append(out.Prior, p.prior(i))
		var equal [train.Levels]bool
		for l, spec := range kinds[p.comps[i].Kind] {
			equal[l] = spec.equal
		}
		out.Equal = append(out.Equal, equal)
		out.Anchor = append(out.Anchor, p.comps[i].Kind == Number)
		out.Most = append(out.Most, most[p.comps[i].Kind])
	}
	return out
}

// levelsOfAllPairs counts the levels over all pairs: by sample, or exactly
// where the file is small; the levels of equal values exactly, from the
// frequencies of the values.
func (p *plan) levelsOfAllPairs(pairs float64) (all, floor [][train.Levels]float64) {
	all, floor = make([][train.Levels]float64, len(p.comps)), make([][train.Levels]float64, len(p.comps))
	n := p.set.Len()
	looked := 0
	look := func(a, b uint32) {
		x := p.pattern(a, b)
		looked++
		for c := range all {
			all[c][x.Level(c)]++
		}
	}
	if pairs <= wholePairs {
		for a := range uint32(n) {
			for b := a + 1; b < uint32(n); b++ {
				look(a, b)
			}
		}
	} else {
		for k := range uint64(randomPairs) {
			h := mention.Mix(k, 0x9a175)
			a, b := uint32(h>>32*uint64(n)>>32), uint32(h&0xffffffff*uint64(n)>>32)
			if a != b {
				look(min(a, b), max(a, b))
			}
		}
	}
	scale := pairs / float64(max(looked, 1))
	for c := range all {
		exact := p.equalPairs(c)
		for l := range all[c] {
			all[c][l] *= scale
			if kinds[p.comps[c].Kind][l].prior > 0 {
				floor[c][l] = max(.5*scale, .002*all[c][l])
			}
			if exact != nil && (kinds[p.comps[c].Kind][l].equal || p.comps[c].Kind == Number && l == copied) {
				all[c][l] = exact[l]
				floor[c][l] = 0
				if exact[l] > 0 {
					floor[c][l] = max(.5, .002*exact[l])
				}
			}
		}
	}
	return all, floor
}

// equalPairs counts, per level, the pairs that have equal values, from the
// frequencies; nil where the comparison is not of that kind.
func (p *plan) equalPairs(c int) *[train.Levels]float64 {
	var out [train.Levels]float64
	add := func(bin []uint8, count func(v int) int) {
		for v := 1; v < len(bin); v++ {
			k := float64(count(v))
			out[bin[v]] += k * (k - 1) / 2
		}
	}
	s, f := p.set, &p.set.Feature
	switch p.comps[c].Kind {
	case Given:
		add(p.givenBin, func(v int) int { return int(f.Given[v]) })
	case Surname:
		add(p.surnameBin, func(v int) int { return int(f.Surname[v]) })
	case Middle:
		add(p.middleBin, func(v int) int { return int(f.Middle[v]) })
	case Unit:
		add(p.unitBin, func(v int) int { return s.Unit.Count(mention.Value(v)) })
	case Birth:
		for i, k := range dayCounts(s) {
			out[p.days[i]] += float64(k) * (float64(k) - 1) / 2
		}
	case Phone, Email, Attribute:
		for i := range p.values {
			if v := &p.values[i]; v.at == c {
				add(v.bin, func(x int) int { return v.dict.Count(mention.Value(x)) })
			}
		}
	case Number:
		for i := range p.numbers {
			if n := &p.numbers[i]; n.at == c {
				p.equalNumbers(n, &out)
			}
		}
	default:
		return nil
	}
	return &out
}

// prior is the expected share of each level among pairs of one person: the
// kind's, with the share of equal values divided as the values themselves are.
func (p *plan) prior(c int) [train.Levels]float64 {
	var out [train.Levels]float64
	spec := kinds[p.comps[c].Kind]
	share := p.shares(c)
	sum := 0.0
	for l := 1; l < train.Levels; l++ {
		switch {
		case spec[l].equal && share != nil:
			out[l] = spec[l].prior * share[l]
		case spec[l].equal:
			out[l] = spec[l].prior / 3
		default:
			out[l] = spec[l].prior
		}
		sum += out[l]
	}
	for l := range out {
		out[l] /= sum
	}
	return out
}

// shares is, per level of equality, the share of told values at that level:
// equal values of one person are as frequent as values are.
func (p *plan) shares(c int) *[train.Levels]float64 {
	var out [train.Levels]float64
	total := 0.0
	add := func(bin []uint8, count func(v int) int) {
		for v := 1; v < len(bin); v++ {
			out[bin[v]] += float64(count(v))
			total += float64(count(v))
		}
	}
	s, f := p.set, &p.set.Feature
	switch p.comps[c].Kind {
	case Given:
		add(p.givenBin, func(v int) int { return int(f.Given[v]) })
	case Surname:
		add(p.surnameBin, func(v int) int { return int(f.Surname[v]) })
	case Middle:
		add(p.middleBin, func(v int) int { return int(f.Middle[v]) })
	case Birth:
		for i, k := range dayCounts(s) {
			out[p.days[i]] += float64(k)
			total += float64(k)
		}
	case Unit:
		add(p.unitBin, func(v int) int { return s.Unit.Count(mention.Value(v)) })
	case Address:
		add(p.houseBin, func(v int) int { return s.House.Count(mention.Value(v)) })
	case Area:
		add(p.cityBin, func(v int) int { return s.City.Count(mention.Value(v)) })
		add(p.postalBin, func(v int) int { return s.Postal.Count(mention.Value(v)) })
	case Phone, Email, Attribute:
		for i := range p.values {
			if v := &p.values[i]; v.at == c {
				add(v.bin, func(x int) int { return v.dict.Count(mention.Value(x)) })
			}
		}
	case Number:
		for i := range p.numbers {
			if n := &p.numbers[i]; n.at == c {
				for j, bin := range n.bin {
					add(bin, func(x int) int { return s.Issuers[j].Values.Count(mention.Value(x)) })
				}
			}
		}
	default:
		return nil
	}
	if total == 0 {
		return nil
	}
	for l := range out {
		out[l] /= total
	}
	return &out
}

// dayCounts is the number of births on each day of the day table.
func dayCounts(s *mention.Set) []uint32 {
	out := make([]uint32, lastDaySerial-firstDaySerial+1)
	for m := range uint32(s.Len()) {
		for _, b := range s.Births.Of(m) {
			if at := dayAt(b); at >= 0 {
				out[at]++
			}
		}
	}
	return out
}
