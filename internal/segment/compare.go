package segment

import "bytes"

// A Change is what became of a key between two deliveries.
type Change int

const (
	Unchanged Change = iota // in both, equal values
	Changed                 // in both, different values
	New                     // only in the later one
	Gone                    // only in the earlier one
)

var changeWords = [...]string{"unchanged", "changed", "new", "gone"}

func (c Change) String() string { return changeWords[c] }

// Compare walks two sorted segments side by side and calls fn (which may be
// nil) with what became of each key, ascending; before is nil for New, after is
// nil for Gone. It returns how often each change occurred, indexed by Change.
func Compare(earlier, later *SortedReader, fn func(c Change, key, before, after []byte) error) (counts [4]int64, err error) {
	a, b := earlier.Cursor(nil), later.Cursor(nil)
	tell := func(c Change, key, before, after []byte) error {
		counts[c]++
		if fn == nil {
			return nil
		}
		return fn(c, key, before, after)
	}
	moreA, moreB := a.Next(), b.Next()
	for err == nil && (moreA || moreB) {
		order := 0
		switch {
		case !moreB:
			order = -1
		case !moreA:
			order = 1
		default:
			order = bytes.Compare(a.Key(), b.Key())
		}
		switch {
		case order < 0:
			err = tell(Gone, a.Key(), a.Value(), nil)
			moreA = a.Next()
		case order > 0:
			err = tell(New, b.Key(), nil, b.Value())
			moreB = b.Next()
		default:
			c := Unchanged
			if !bytes.Equal(a.Value(), b.Value()) {
				c = Changed
			}
			err = tell(c, a.Key(), a.Value(), b.Value())
			moreA, moreB = a.Next(), b.Next()
		}
	}
	if err == nil {
		err = a.Err()
	}
	if err == nil {
		err = b.Err()
	}
	return counts, err
}
