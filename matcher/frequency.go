package matcher

import (
	"github.com/casefold/casefold"
	"github.com/casefold/casefold/mention"
)

// A scale turns a value's share of all values into one of its levels: the
// first for shares of 2^-start or more, each next one for shares smaller by
// 2^-step.
type scale struct {
	first       uint8
	levels      int
	start, step uint
}

var (
	nameScale   = scale{firstEqual, 8, 3, 2}
	birthScale  = scale{sameDay, 7, 7, 2}
	cityScale   = scale{5, 4, 3, 3}
	postalScale = scale{9, 7, 3, 2}
)

// level of a value that count of total hold.
func (s scale) level(count, total int) uint8 {
	k := 0
	for k < s.levels-1 && count<<(s.start+s.step*uint(k)) < total {
		k++
	}
	return s.first + uint8(k)
}

// rarity is how rare a value at a level of equality is, in bits: the middle of
// the level's range.
func rarity(k Kind, level uint8) float64 {
	s := nameScale
	switch {
	case k == Birth:
		s = birthScale
	case k == Area && level >= postalScale.first:
		s = postalScale
	case k == Area:
		s = cityScale
	case k == Sex:
		return 1
	}
	return float64(s.start) + float64(s.step)*(float64(level-s.first)-.5)
}

// levels of all values of a dictionary; total is the sum of the counts.
func (s scale) table(d *mention.Dictionary, count func(mention.Value) int) []uint8 {
	out := make([]uint8, d.Len())
	total := 0
	for v := 1; v < len(out); v++ {
		total += count(mention.Value(v))
	}
	for v := 1; v < len(out); v++ {
		out[v] = s.level(count(mention.Value(v)), total)
	}
	return out
}

// firstDaySerial and lastDaySerial bound the birth days whose frequency is
// kept: 1800-01-01 to 2100-01-01. Days outside count as rare.
const (
	firstDaySerial = -62091
	lastDaySerial  = 47482
)

// A dayTable holds a level per birth day.
type dayTable []uint8

func newDayTable(s *mention.Set) dayTable {
	count := make([]uint32, lastDaySerial-firstDaySerial+1)
	total := 0
	for m := range uint32(s.Len()) {
		for _, b := range s.Births.Of(m) {
			if at := dayAt(b); at >= 0 {
				count[at]++
				total++
			}
		}
	}
	out := make(dayTable, len(count))
	for i, c := range count {
		out[i] = birthScale.level(int(c), total)
	}
	return out
}

func (t dayTable) level(b mention.Birth) uint8 {
	if at := dayAt(b); at >= 0 {
		return t[at]
	}
	return maxLevel
}

// dayAt is the place of an exact day in the table, -1 if it has none.
func dayAt(b mention.Birth) int {
	if !b.Exact() {
		return -1
	}
	at := serial(b.First) - firstDaySerial
	if at < 0 || at > lastDaySerial-firstDaySerial {
		return -1
	}
	return at
}

// serial counts days from 1970-01-01 (Fliegel and Van Flandern 1968, shifted);
// it equals Day.Serial and is quicker.
func serial(d casefold.Day) int {
	y, m, day := int(d)/10000, int(d)/100%100, int(d)%100
	a := (14 - m) / 12
	y += 4800 - a
	m += 12*a - 3
	return day + (153*m+2)/5 + 365*y + y/4 - y/100 + y/400 - 32045 - 2440588
}
