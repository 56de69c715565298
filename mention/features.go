package mention

import (
	"strings"

	"github.com/casefold/casefold/matcher/similarity"
	"github.com/casefold/casefold/normalize/name"
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
	// Nicknames are the classes of given names the value belongs to, ascending.
	Nicknames List[name.Class]
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
		if f.Given[v] > 0 {
			for _, c := range name.Nicknames(text) {
				add(&f.Nicknames, v, c)
			}
		}
	}
	f.Tokens.pad(n)
	f.Nicknames.pad(n)
	return f
}

// pad completes a list that was filled up to some item.
func (l *List[T]) pad(n int) {
	if l.start == nil {
		return
	}
	for len(l.start) <= n {
		l.start = append(l.start, uint32(len(l.values)))
	}
}
