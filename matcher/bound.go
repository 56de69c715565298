package matcher

// Most candidates are far from a link, and that can be told from their rows
// alone, without looking at a text: equal values weigh what they weigh, and
// unequal ones at most what the best unequal level does. A pair whose sum cannot
// reach the floor is left there. Kin only take off, so the bound holds.

// bounds are the largest weights of a comparison: of unequal values, of any.
type bounds struct {
	unequal, any [maxComparisons]int64 // at least 0
}

func newBounds(s *scorer, m *Model) bounds {
	var b bounds
	for c, x := range m.Comparisons {
		for l := 1; l <= maxLevel; l++ {
			b.any[c] = max(b.any[c], int64(s.weight[c][l]))
			if !kinds[x.Kind][l].equal {
				b.unequal[c] = max(b.unequal[c], int64(s.weight[c][l]))
			}
		}
	}
	return b
}

// reach is the pattern of two mentions, if they may score the floor or more: by
// their rows, and then by their names as well, for most pairs that are left
// differ there. What rows do not hold may say the most that it can; a pair that
// may tell of one event (see tie.go) is not left out.
func (p *plan) reach(s *scorer, b *bounds, a, c uint32, floor int64) (out Pattern, ok bool) {
	x, y := p.rows.row(a), p.rows.row(c)
	flags := x[rowFlags] | y[rowFlags]
	events, number, day := p.boundEvents(s, b, x, y)
	sum := s.prior + events + p.boundRest(s, b, x, y, flags)
	if !number && !day && flags&severalNames == 0 && sum+p.boundNames(s, b, x, y) < floor {
		return out, false
	}
	var names nameLevels
	if flags&severalNames == 0 {
		names = p.rowNames(x, y)
	} else {
		names = p.severalNames(a, c)
	}
	mayTie := number || day && names.given >= nickname && names.surname >= near
	if !mayTie && sum+p.weighNames(s, names) < floor {
		return out, false
	}
	p.setNames(names, &out)
	p.compareRest(a, c, x, y, flags, &out)
	return out, true
}

// weighNames is what names say.
func (p *plan) weighNames(s *scorer, l nameLevels) int64 {
	sum := int64(0)
	for _, n := range [...]struct {
		at    int
		level uint8
	}{{p.given, l.given}, {p.surname, l.surname}, {p.middle, l.middle}, {p.suffix, l.suffix}, {p.order, l.order}} {
		if n.at >= 0 {
			sum += int64(s.weight[n.at][n.level])
		}
	}
	return sum
}

// boundRest bounds what all but the names may say.
func (p *plan) boundRest(s *scorer, b *bounds, x, y []uint32, flags uint32) int64 {
	sum := int64(0)
	switch {
	case p.birth < 0:
	case flags&severalBirths != 0:
		sum += b.any[p.birth]
	default:
		sum += int64(s.weight[p.birth][p.rowBirthLevel(x[rowBirth], y[rowBirth])])
	}
	if p.sex >= 0 {
		sum += max(int64(s.weight[p.sex][sexLevel(x[rowFlags]>>sexShift&3, y[rowFlags]>>sexShift&3)]), 0)
	}
	if flags&severalPlaces != 0 {
		for _, at := range [...]int{p.address, p.unit, p.area} {
			if at >= 0 {
				sum += b.any[at]
			}
		}
	} else if p.rows.place >= 0 {
		sum += p.boundPlaces(s, b, x[p.rows.place:], y[p.rows.place:])
	}
	return sum + p.boundColumns(s, b, x, y, flags)
}

// boundColumns bounds what the columns of plain values and of numbers may say.
func (p *plan) boundColumns(s *scorer, b *bounds, x, y []uint32, flags uint32) int64 {
	sum := int64(0)
	for i := range p.values {
		v, at := &p.values[i], p.rows.values[i]
		if at < 0 || flags>>p.rows.bit(p, at)&1 != 0 {
			sum += b.any[v.at]
			continue
		}
		switch r, q := x[at], y[at]; {
		case r == 0 || q == 0:
		case r == q:
			sum += int64(s.weight[v.at][v.bin[r]])
		default:
			sum += b.unequal[v.at]
		}
	}
	for i := range p.numbers {
		n, at := &p.numbers[i], p.rows.number[i]
		if at < 0 || flags>>p.rows.bit(p, at)&1 != 0 {
			sum += b.any[n.at]
			continue
		}
		switch r, q := x[at], y[at]; {
		case r == 0 || q == 0:
		case (r^q)&^howMask == 0:
			v := r &^ howMask
			sum += max(int64(s.weight[n.at][p.numbersLevel(n, uint16(n.only), v, v, r, q, false)]), int64(s.weight[n.at][p.numbersLevel(n, uint16(n.only), v, v, r, q, true)]))
		case farApart(x[at+1], y[at+1]):
			sum += int64(s.weight[n.at][differentNumbers(r&q)])
		default:
			sum += b.unequal[n.at]
		}
	}
	return sum
}

func (p *plan) boundNames(s *scorer, b *bounds, x, y []uint32) int64 {
	given, surname := x[rowGiven] == y[rowGiven], x[rowSurname] == y[rowSurname]
	if !given && !surname && (x[rowGiven] == y[rowSurname] || x[rowSurname] == y[rowGiven]) {
		return 1 << 40 // swapped: to be looked at
	}
	sum := int64(0)
	for _, n := range [...]struct {
		at, word int
		bin      []uint8
	}{{p.given, rowGiven, p.givenBin}, {p.surname, rowSurname, p.surnameBin}, {p.middle, rowMiddle, p.middleBin}} {
		if n.at < 0 {
			continue
		}
		switch v, w := x[n.word], y[n.word]; {
		case v != 0 && v == w:
			equal := int64(s.weight[n.at][n.bin[v]])
			if n.word == rowMiddle { // left out where the other's given name took it
				equal = max(equal, 0)
			}
			sum += equal
		case v != 0 && w != 0 || n.word != rowMiddle:
			// A missing name may still be found crosswise.
			sum += b.unequal[n.at]
		}
	}
	for _, at := range [...]int{p.suffix, p.order} {
		if at >= 0 {
			sum += b.unequal[at]
		}
	}
	return sum
}

func (p *plan) boundPlaces(s *scorer, b *bounds, x, y []uint32) int64 {
	sum := int64(0)
	add := func(at, word int, bin []uint8) {
		switch v, w := x[word], y[word]; {
		case v == 0 || w == 0:
		case v == w:
			sum += max(int64(s.weight[at][bin[v]]), b.unequal[at])
		default:
			sum += b.unequal[at]
		}
	}
	if p.address >= 0 {
		if x[placeHouse] != 0 && x[placeHouse] == y[placeHouse] {
			sum += int64(s.weight[p.address][p.houseBin[x[placeHouse]]])
		} else if x[placeStreet] != 0 && y[placeStreet] != 0 {
			sum += b.unequal[p.address]
		}
	}
	if p.unit >= 0 {
		add(p.unit, placeUnit, p.unitBin)
	}
	if p.area >= 0 {
		best := int64(0)
		if v := x[placeCity]; v != 0 && v == y[placeCity] {
			best = max(best, int64(s.weight[p.area][p.cityBin[v]]))
		}
		if v := x[placePostal]; v != 0 && v == y[placePostal] {
			best = max(best, int64(s.weight[p.area][p.postalBin[v]]))
		}
		if x[placeCity] != 0 && y[placeCity] != 0 || x[placePostal] != 0 && y[placePostal] != 0 {
			sum += max(best, b.unequal[p.area])
		}
	}
	return sum
}
