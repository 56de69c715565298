package history

import (
	"github.com/casefold/casefold"
)

// A TellingLink says how one telling of a row stands to one telling of another:
// whether the history holds them to be one count, and what comparing the two
// alone gives. The history may join two rows that say little of each other
// because a third speaks of both, and may keep apart what looks alike because a
// source numbers them as two.
type TellingLink struct {
	A, B     casefold.Teller
	CountA   string // count numbers as told, "" none
	CountB   string
	Joined   bool // one count in the history
	OneFile  bool // counts of one file in the history
	Relation Relation
}

// Explain compares every count told by one row with every count told by
// another, within the history of a person's records. It returns nothing if one
// of the rows is not among them or tells of no court file.
func (b *Builder) Explain(records []casefold.Record, rowA, rowB casefold.Teller) []TellingLink {
	w := b.spare.Get().(*work)
	defer func() { w.reset(); b.spare.Put(w) }()
	w.b = b
	w.link(records)
	var out []TellingLink
	for i := range w.tellings {
		for j := range w.tellings {
			x, y := &w.tellings[i], &w.tellings[j]
			if i == j || x.docket < 0 || y.docket < 0 || !w.toldBy(x, rowA) || !w.toldBy(y, rowB) {
				continue
			}
			out = append(out, TellingLink{
				A: rowA, B: rowB, CountA: x.event().Count, CountB: y.event().Count,
				Joined:   x.count >= 0 && x.count == y.count,
				OneFile:  w.fileOf(i) == w.fileOf(j),
				Relation: b.weights.compare(&x.acc, &y.acc),
			})
		}
	}
	return out
}

func (w *work) toldBy(t *telling, row casefold.Teller) bool {
	for _, r := range t.refs {
		if w.records[r.rec].Teller == row {
			return true
		}
	}
	return false
}

// compare compares two accounts alone.
func (w *Weights) compare(x, y *account) (r Relation) {
	fv, cv := compareFiles(x, y), compareCounts(x, y, false)
	r.FileBits = w.File.sum(fv[:], fileLevels[:], "file", &r.Contributions)
	r.CountBits = w.Count.sum(cv[:], countLevels[:], "count", &r.Contributions)
	describe(r.Contributions, x, y)
	r.Accused, r.Sources = Same, Same
	r.Answer = w.answer(r.FileBits, r.CountBits)
	return r
}
