package matcher

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"slices"

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

// A Frequency is how frequent the values of one column were when the model was
// trained: the model keeps it, so that a score does not move when the data do.
// Values stand as hashes, for a model is passed around and the values are
// people's.
type Frequency struct {
	Of string `json:"of"`
	// Total is the number of values told; Rare is the level of a value that
	// stands in no list.
	Total int          `json:"total"`
	Rare  uint8        `json:"rare"`
	Lists []CommonList `json:"lists,omitempty"` // by level
}

// A CommonList holds the hashes of the values of one level: the upper 48 bits
// of each, ascending, six bytes apiece, in base64.
type CommonList struct {
	Level  uint8  `json:"level"`
	Values int    `json:"values"`
	Hashes string `json:"hashes"`
}

const hashBytes = 6

// frequencies gives each column its levels: from the model, or, in training,
// from the set.
type frequencies struct {
	known   map[string]*Frequency // nil in training
	learned []Frequency
	pinned  *pinned // for small sets; nil for others
}

// table is the level of each value of a dictionary, in its own order.
func (f *frequencies) table(of string, s scale, d *mention.Dictionary, count func(mention.Value) int) []uint8 {
	n := d.Len()
	return f.levels(of, s, n-1, func(i int) uint64 { return d.Hash(mention.Value(i + 1)) }, func(i int) int { return count(mention.Value(i + 1)) }, 1)
}

// levels of n values that stand in the order of their hashes; the result has
// shift entries before them.
func (f *frequencies) levels(of string, s scale, n int, hash func(i int) uint64, count func(i int) int, shift int) []uint8 {
	out := make([]uint8, n+shift)
	if f.known != nil {
		f.fill(of, s, out[shift:], hash)
		return out
	}
	total := 0
	for i := range n {
		total += count(i)
	}
	rare := s.level(1, total)
	hashes := map[uint8][]uint64{}
	for i := range n {
		level := rare
		if count(i) > 0 {
			level = s.level(count(i), total)
		}
		out[i+shift] = level
		if level != rare && count(i) > 0 {
			hashes[level] = append(hashes[level], hash(i)>>16)
		}
	}
	x := Frequency{Of: of, Total: total, Rare: rare}
	for level := s.first; level < s.first+uint8(s.levels); level++ {
		if list := hashes[level]; len(list) > 0 {
			slices.Sort(list)
			list = slices.Compact(list)
			x.Lists = append(x.Lists, CommonList{level, len(list), encodeHashes(list)})
		}
	}
	f.learned = append(f.learned, x)
	return out
}

// fill sets levels from the model, merging its ascending lists with the
// ascending hashes.
func (f *frequencies) fill(of string, s scale, out []uint8, hash func(i int) uint64) {
	if f.pinned != nil {
		f.pinned.fill(of, s, out, hash)
		return
	}
	x := f.known[of]
	rare := s.first + uint8(s.levels) - 1
	if x != nil {
		rare = x.Rare
	}
	for i := range out {
		out[i] = rare
	}
	if x == nil {
		return
	}
	for _, l := range x.Lists {
		list, err := decodeHashes(l.Hashes)
		if err != nil {
			continue // ParseModel has checked it
		}
		for i, j := 0, 0; i < len(out) && j < len(list); {
			switch h := hash(i) >> 16; {
			case h == list[j]:
				out[i] = l.Level
				i++
			case h < list[j]:
				i++
			default:
				j++
			}
		}
	}
}

func encodeHashes(list []uint64) string {
	b := make([]byte, 0, hashBytes*len(list))
	for _, h := range list {
		var x [8]byte
		binary.BigEndian.PutUint64(x[:], h)
		b = append(b, x[8-hashBytes:]...)
	}
	return base64.StdEncoding.EncodeToString(b)
}

func decodeHashes(s string) ([]uint64, error) {
	b, err := base64.StdEncoding.DecodeString(s)
	if err != nil || len(b)%hashBytes != 0 {
		return nil, fmt.Errorf("a list of hashes is damaged")
	}
	out := make([]uint64, len(b)/hashBytes)
	for i := range out {
		var x [8]byte
		copy(x[8-hashBytes:], b[hashBytes*i:])
		out[i] = binary.BigEndian.Uint64(x[:])
	}
	return out, nil
}

// firstDaySerial and lastDaySerial bound the birth days whose frequency is
// kept: 1800-01-01 to 2100-01-01. Days outside count as rare.
const (
	firstDaySerial = -62091
	lastDaySerial  = 47482
)

// A dayTable holds a level per birth day. A day's hash is its place.
type dayTable []uint8

func (f *frequencies) days(s *mention.Set) dayTable {
	if f.pinned != nil {
		return f.pinned.days
	}
	var count []uint32
	if f.known == nil {
		count = dayCounts(s)
	}
	return f.levels(string(Birth), birthScale, lastDaySerial-firstDaySerial+1, func(i int) uint64 { return uint64(i) << 16 },
		func(i int) int { return int(count[i]) }, 0)
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
