package mention

import (
	"strings"

	"github.com/casefold/casefold/matcher/similarity"
)

// Features are what comparisons and blocking need of each value of the name
// dictionary, worked out once per distinct value.
type Features struct {
	// Given, Middle and Surname count the names that hold the value there.
	Given, Middle, Surname []uint32
	// Sound is a hash of the name's phonetic code, 0 if it has none.
	Sound []uint32
	// Tokens are the words of a value of several words.
	Tokens List[Value]
}

// addTokens adds the words of every value of several words as values.
func (d *Dictionary) addTokens() {
	for v := 1; v < d.Len(); v++ {
		text := d.Text(Value(v))
		if strings.IndexByte(text, ' ') < 0 {
			continue
		}
		for _, w := range strings.Fields(strings.Clone(text)) {
			d.add(w)
		}
	}
}

func newFeatures(d *Dictionary, names []Name) Features {
	n := d.Len()
	f := Features{Given: make([]uint32, n), Middle: make([]uint32, n), Surname: make([]uint32, n), Sound: make([]uint32, n)}
	for _, x := range names {
		f.Given[x.Given]++
		f.Middle[x.Middle]++
		f.Surname[x.Surname]++
	}
	for v := 1; v < n; v++ {
		text := d.Text(Value(v))
		if code, _ := similarity.Sounds(text); len(code) >= 2 {
			f.Sound[v] = uint32(Hash(code)) | 1
		}
		if strings.IndexByte(text, ' ') >= 0 {
			for _, w := range strings.Fields(text) {
				addValue(&f.Tokens, v, d.Find(w))
			}
		}
	}
	if f.Tokens.start != nil {
		for len(f.Tokens.start) <= n {
			f.Tokens.start = append(f.Tokens.start, uint32(len(f.Tokens.values)))
		}
	}
	return f
}
