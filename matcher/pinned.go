package matcher

// pinned are a model's frequencies laid out for sets of a few mentions: a level
// per listed hash, found without walking through the lists.
type pinned struct {
	level map[string]map[uint64]uint8
	rare  map[string]uint8
	days  dayTable
}

// pin lays the model's frequencies out for small sets. The levels are those
// that fill gives.
func (f *frequencies) pin() *frequencies {
	p := &pinned{level: map[string]map[uint64]uint8{}, rare: map[string]uint8{}, days: f.days(nil)}
	for of, x := range f.known {
		p.rare[of] = x.Rare
		p.level[of] = map[uint64]uint8{}
		for _, l := range x.Lists {
			list, err := decodeHashes(l.Hashes)
			if err != nil {
				continue // ParseModel has checked it
			}
			for _, h := range list {
				p.level[of][h] = l.Level
			}
		}
	}
	return &frequencies{known: f.known, pinned: p}
}

// fill sets levels by look-up.
func (p *pinned) fill(of string, s scale, out []uint8, hash func(i int) uint64) {
	rare, ok := p.rare[of]
	if !ok {
		rare = s.first + uint8(s.levels) - 1
	}
	level := p.level[of]
	for i := range out {
		if l, ok := level[hash(i)>>16]; ok {
			out[i] = l
		} else {
			out[i] = rare
		}
	}
}
