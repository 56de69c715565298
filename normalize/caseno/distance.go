package caseno

import (
	"strings"

	"github.com/casefold/casefold"
)

// A Nearness says how two case numbers of one court stand to each other,
// nearest first.
type Nearness uint8

const (
	Same          Nearness = iota // equal keys
	Respelled                     // equal once year, dashes, zeros and a joined mark are read the other way
	PartMissing                   // one lacks the letters or the year of the other
	PrefixDiffers                 // equal but for the letters of the case type
	OneDigit                      // one digit is another
	Transposed                    // two neighbours changed places
	OneMissing                    // one digit more or less
	Far                           // anything else, and numbers of two courts
)

// String names the nearness as reports print it.
func (n Nearness) String() string {
	return [...]string{"same", "respelled", "part missing", "prefix differs", "one digit", "transposed", "one missing", "far"}[n]
}

// Distance compares two case numbers. An untold family contradicts none; the
// defendant's mark is a question of its own.
func Distance(a, b casefold.CaseNumber) Nearness {
	switch {
	case a.Key == "" || b.Key == "" || a.Family != b.Family && a.Family != "" && b.Family != "":
		return Far
	case a.Key == b.Key:
		return Same
	}
	pa, pb := takeApart(a.Key), takeApart(b.Key)
	if near, ok := respelled(a, b, pa, pb); ok {
		return near
	}
	if pa.letters != pb.letters && pa.letters != "" && pb.letters != "" {
		return Far
	}
	da, db := pa.digits, pb.digits
	if min(len(da), len(db)) < 4 {
		return Far
	}
	return oneSlip(da, db)
}

// A keyParts is a key in letters and digits.
type keyParts struct {
	letters string // prefix
	digits  string // all digits, in order
	loose   string // digits without zeros
	seq     string // what follows the year's dash; all digits if there is none
	year    bool
	tail    string // letters behind
}

func takeApart(key string) keyParts {
	var p keyParts
	i := 0
	for i < len(key) && isLetter(key[i]) {
		i++
	}
	p.letters = key[:i]
	rest := key[i:]
	if j := strings.IndexByte(rest, '-'); j == 2 {
		p.year, p.seq = true, digitsOf(rest[3:])
	} else {
		p.seq = digitsOf(rest)
	}
	p.digits = digitsOf(rest)
	p.loose = strings.ReplaceAll(p.digits, "0", "")
	k := len(rest)
	for k > 0 && isLetter(rest[k-1]) {
		k--
	}
	p.tail = rest[k:]
	return p
}

func digitsOf(s string) string {
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if isDigit(s[i]) {
			b = append(b, s[i])
		}
	}
	return string(b)
}

// respelled finds the numbers that differ in the reading and not in the digits.
func respelled(a, b casefold.CaseNumber, pa, pb keyParts) (Nearness, bool) {
	if min(len(pa.loose), len(pb.loose)) < 3 {
		return Far, false
	}
	if unmarked(a, b) || unmarked(b, a) {
		return Respelled, true
	}
	if pa.tail != pb.tail {
		return Far, false
	}
	if pa.letters == pb.letters && pa.loose == pb.loose && (pa.year != pb.year || pa.digits == pb.digits) {
		return Respelled, true
	}
	if pa.seq == pb.seq && pa.year != pb.year && pa.letters == pb.letters && len(pa.seq) >= 4 {
		return PartMissing, true
	}
	if pa.digits == pb.digits && pa.year == pb.year {
		if pa.letters == "" || pb.letters == "" {
			return PartMissing, true
		}
		return PrefixDiffers, true
	}
	return Far, false
}

// unmarked reports whether a's key is b's with a mark behind it, a letter or a
// single digit, that may be the defendant's and is not told to be another's.
func unmarked(a, b casefold.CaseNumber) bool {
	rest, ok := strings.CutPrefix(a.Key, b.Key)
	if !ok {
		return false
	}
	mark := strings.TrimPrefix(rest, "-")
	if len(mark) != 1 || mark == rest && isDigit(mark[0]) {
		return false
	}
	return b.Defendant == "" || b.Defendant == ordinal(mark)
}

// oneSlip compares two runs of digits for a single slip of the hand.
func oneSlip(a, b string) Nearness {
	switch len(a) - len(b) {
	case 0:
		i := 0
		for i < len(a) && a[i] == b[i] {
			i++
		}
		switch {
		case i == len(a):
			return Far // equal digits, other marks: co-defendants, or divisions of a court
		case a[i+1:] == b[i+1:]:
			return OneDigit
		case i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]:
			return Transposed
		}
	case 1:
		return oneMissing(a, b)
	case -1:
		return oneMissing(b, a)
	}
	return Far
}

// oneMissing reports whether the longer run is the shorter with one digit more.
func oneMissing(long, short string) Nearness {
	i := 0
	for i < len(short) && long[i] == short[i] {
		i++
	}
	if long[i+1:] == short[i:] {
		return OneMissing
	}
	return Far
}

// Loose is a rough key for finding candidates: the digits without zeros and
// without a last single digit that stands apart, so that every writing of a
// number has one value. Different numbers may share it.
func Loose(c casefold.CaseNumber) string {
	key := c.Key
	if n := len(key); n > 4 && key[n-2] == '-' && strings.IndexByte(key, '-') > 2 && isDigit(key[n-1]) {
		key = key[:n-2]
	}
	return strings.ReplaceAll(digitsOf(key), "0", "")
}
