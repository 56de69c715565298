package matcher

// maxComparisons and maxLevel bound a pattern: 32 comparisons of 15 levels.
const (
	maxComparisons = 32
	maxLevel       = 15
)

// A Pattern is the levels of all comparisons of a pair, four bits each, in
// model order. Level 0 is missing.
type Pattern [2]uint64

// Level is the level of comparison c.
func (p Pattern) Level(c int) uint8 { return uint8(p[c>>4] >> (c & 15 << 2) & 15) }

// set puts the level of comparison c, which must be unset.
func (p *Pattern) set(c int, level uint8) { p[c>>4] |= uint64(level) << (c & 15 << 2) }

func (p Pattern) less(q Pattern) bool { return p[1] < q[1] || p[1] == q[1] && p[0] < q[0] }
