package history

import "github.com/casefold/casefold"

// A DocketPair is two dockets of different sources with their comparison, for
// tests that hold the weights against a truth.
type DocketPair struct {
	A, B   []casefold.Teller
	Levels []string
	Bits   int64
}

// DocketPairs compares all dockets of one person, before any is joined.
func (b *Builder) DocketPairs(records []casefold.Record) (out []DocketPair) {
	w := new(work)
	w.b = b
	w.sortRecords(records)
	w.collectTellings()
	w.collectDockets()
	tellers := func(d *docket) (list []casefold.Teller) {
		for _, t := range d.tellings {
			for _, r := range w.tellings[t].refs {
				list = append(list, w.records[r.rec].Teller)
			}
		}
		return list
	}
	for i := range w.dockets {
		for j := i + 1; j < len(w.dockets); j++ {
			x, y := &w.dockets[i], &w.dockets[j]
			v := compareFiles(&x.acc, &y.acc)
			p := DocketPair{A: tellers(x), B: tellers(y), Bits: b.weights.File.sum(v[:], fileLevels[:], "", nil)}
			for k, l := range v {
				name := "missing"
				if l != missing {
					name = fileLevels[k].levels[l]
				}
				p.Levels = append(p.Levels, fileLevels[k].name+"="+name)
			}
			out = append(out, p)
		}
	}
	return out
}
