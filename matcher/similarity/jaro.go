package similarity

import "github.com/antzucaro/matchr"

// JaroWinkler is matchr.JaroWinkler without long tolerance: 1 for equal texts,
// 0 for nothing in common. An empty text is like nothing, not even itself. The
// prefix bonus stops at a digit, so on numbers it is plain Jaro.
func JaroWinkler(a, b string) float64 {
	if len(a) > 64 || len(b) > 64 || !ascii(a) || !ascii(b) {
		return matchr.JaroWinkler(a, b, false)
	}
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	longer := max(len(a), len(b))
	reach := max(longer/2-1, 0)
	var inA, inB uint64 // letters that found a partner
	common := 0
	for i := 0; i < len(a); i++ {
		lo, hi := max(i-reach, 0), min(i+reach, len(b)-1)
		for j := lo; j <= hi; j++ {
			if b[j] == a[i] && inB>>j&1 == 0 {
				inA |= 1 << i
				inB |= 1 << j
				common++
				break
			}
		}
	}
	if common == 0 {
		return 0
	}
	crossed, j := 0, 0
	for i := 0; i < len(a); i++ {
		if inA>>i&1 == 0 {
			continue
		}
		for inB>>j&1 == 0 {
			j++
		}
		if a[i] != b[j] {
			crossed++
		}
		j++
	}
	crossed /= 2
	c := float64(common)
	d := (c/float64(len(a)) + c/float64(len(b)) + float64(common-crossed)/c) / 3.0
	if d > 0.7 {
		prefix := 0
		for prefix < min(4, len(a), len(b)) && a[prefix] == b[prefix] && (a[prefix] > '9' || a[prefix] < '0') {
			prefix++
		}
		if prefix > 0 {
			d += float64(float64(prefix)*0.1) * (1.0 - d)
		}
	}
	return d
}

func ascii(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
