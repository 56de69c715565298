package similarity

// Slip grades how two different numbers of the same length may be one number
// written wrongly.
type Slip uint8

// Slips, from none to the likeliest.
const (
	NoSlip Slip = iota
	TwoDigits
	OneDigit // one digit or letter differs, or one is missing or too many
	Swapped  // two neighbors changed places
)

// NumberSlip compares two unequal numbers as they may be miswritten. Numbers
// shorter than four signs hold too little to tell a slip from another number.
func NumberSlip(a, b string) Slip {
	if min(len(a), len(b)) < 4 {
		return NoSlip
	}
	if len(a) != len(b) {
		if OneEdit(a, b) {
			return OneDigit
		}
		return NoSlip
	}
	differ, first := 0, -1
	for i := 0; i < len(a); i++ {
		if a[i] != b[i] {
			if differ++; differ == 1 {
				first = i
			}
		}
	}
	switch {
	case differ == 0:
		return NoSlip
	case differ == 1:
		return OneDigit
	case differ == 2 && first+1 < len(a) && a[first] == b[first+1] && a[first+1] == b[first]:
		return Swapped
	case differ == 2 && len(a) >= 7:
		return TwoDigits
	}
	return NoSlip
}

// Digest packs the last eight signs of a number, four bits each: digits as they
// are, other signs by their lowest bits. Numbers of one length that differ in
// more places of their digests than two differ in more signs than two.
func Digest(s string) uint32 {
	out := uint32(0)
	for i := max(len(s)-8, 0); i < len(s); i++ {
		out = out<<4 | uint32(s[i]&15)
	}
	return out
}
