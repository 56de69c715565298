package matcher_test

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/casefold/casefold/matcher"
)

// A loss is what two clusters of one true person cost: pairs of rows that
// should be one person's and are not.
type loss struct {
	pairs, splits int
	example       [2]uint32
	clusters      [2]int
}

// causes counts why rows of one person stand apart: for each two clusters of a
// person what forbids them, or how strong the evidence of their best pair is.
func (c *county) causes(t *testing.T, x *trial, l *matcher.Links, person []string) {
	parts := map[string]map[uint32][]uint32{} // person -> cluster -> mentions
	for m := range uint32(x.set.Len()) {
		if parts[person[m]] == nil {
			parts[person[m]] = map[uint32][]uint32{}
		}
		parts[person[m]][l.Of[m]] = append(parts[person[m]][l.Of[m]], m)
	}
	why := map[string]*loss{}
	e := matcher.NewExplainer(x.set, x.model)
	for _, p := range slices.Sorted(maps.Keys(parts)) {
		clusters := slices.Sorted(maps.Keys(parts[p]))
		for i, a := range clusters {
			for _, b := range clusters[i+1:] {
				cause, at := c.cause(x, e, parts[p][a], parts[p][b])
				if why[cause] == nil {
					why[cause] = &loss{example: at}
				}
				w := why[cause]
				w.splits++
				w.pairs += c.rows(x, parts[p][a]) * c.rows(x, parts[p][b])
				if *detail && w.splits <= 6 {
					c.show(t, x, e, "SPLIT "+cause, at, len(parts[p][a]), len(parts[p][b]))
				}
			}
		}
	}
	causes := slices.SortedFunc(maps.Keys(why), func(a, b string) int { return cmp.Or(cmp.Compare(why[b].pairs, why[a].pairs), cmp.Compare(a, b)) })
	for _, k := range causes {
		t.Logf("  lost %7d pairs of rows, %5d splits: %s", why[k].pairs, why[k].splits, k)
	}
}

func (c *county) rows(x *trial, ms []uint32) (n int) {
	for _, m := range ms {
		n += len(x.set.Records(m))
	}
	return n
}

// cause is what keeps two clusters apart.
func (c *county) cause(x *trial, e *matcher.Explainer, as, bs []uint32) (string, [2]uint32) {
	best, at, held := int64(-1<<60), [2]uint32{as[0], bs[0]}, false
	denied := ""
	var where [2]uint32
	for _, a := range as {
		for _, b := range bs {
			if r := matcher.Denial(x.set, a, b); r != "" && denied == "" {
				denied, where = string(r), [2]uint32{a, b}
			}
			if s := e.Explain(a, b).Total; s > best {
				best, at = s, [2]uint32{a, b}
			}
			held = held || x.index.Holds(a, b) > 0
		}
	}
	strength := "weak"
	switch {
	case best >= 10_000:
		strength = "10 bits"
	case best >= 0:
		strength = "0-10 bits"
	case best >= -10_000:
		strength = "-10-0 bits"
	}
	if !held {
		strength += ", never compared"
	}
	if denied != "" {
		return denied + ", best pair " + strength, where
	}
	return "not joined, best pair " + strength, at
}

func (c *county) show(t *testing.T, x *trial, e *matcher.Explainer, head string, at [2]uint32, na, nb int) {
	ex := e.Explain(at[0], at[1])
	out := ""
	for _, k := range ex.Contributions {
		if k.Level != 0 {
			out += fmt.Sprintf(" %s=%s(%.1f)", k.Comparison, k.Says, float64(k.Weight)/1000)
		}
	}
	out += fmt.Sprintf("\n   total %.1f kin %.1f clusters of %d %d", float64(ex.Total)/1000, float64(ex.Kinship)/1000, na, nb)
	for _, m := range at {
		r := c.records[x.set.Records(m)[0]]
		out += fmt.Sprintf("\n   %v %s(%s) %v %v %v (%d records)", r.Teller, c.truth[x.set.Records(m)[0]], c.impostor[r.Teller], r.Person.Names, r.Person.Births, r.Person.Identifiers, len(x.set.Records(m)))
		for _, ev := range r.Events[:min(1, len(r.Events))] {
			out += fmt.Sprintf("\n       cases %v bookings %v arrests %v arrest day %v", ev.Cases, ev.Bookings, ev.Arrests, ev.ArrestDate)
		}
	}
	t.Logf("%s%s", head, out)
}

// wrongs counts why rows of two persons came together: for each two persons of
// a cluster the strongest pair between them.
func (c *county) wrongs(t *testing.T, x *trial, l *matcher.Links, person []string, skip []bool) {
	parts := map[uint32]map[string][]uint32{} // cluster -> person -> mentions
	for m := range uint32(x.set.Len()) {
		if skip[m] {
			continue
		}
		if parts[l.Of[m]] == nil {
			parts[l.Of[m]] = map[string][]uint32{}
		}
		parts[l.Of[m]][person[m]] = append(parts[l.Of[m]][person[m]], m)
	}
	why := map[string]*loss{}
	e := matcher.NewExplainer(x.set, x.model)
	for _, k := range slices.Sorted(maps.Keys(parts)) {
		people := slices.Sorted(maps.Keys(parts[k]))
		for i, p := range people {
			for _, q := range people[i+1:] {
				kind := c.alike[[2]string{p, q}]
				if kind == "" {
					kind = "strangers"
				}
				best, at := int64(-1<<60), [2]uint32{}
				impostor := ""
				for _, a := range parts[k][p] {
					for _, b := range parts[k][q] {
						if s := e.Explain(a, b).Total; s > best {
							best, at = s, [2]uint32{a, b}
						}
					}
				}
				for _, ms := range [][]uint32{parts[k][p], parts[k][q]} {
					all := true
					for _, m := range ms {
						all = all && c.impostor[c.records[x.set.Records(m)[0]].Teller] != ""
					}
					if all {
						impostor = ", all of one side under a false name"
					}
				}
				strength := "below 0"
				switch {
				case best >= 10_000:
					strength = "10 bits and more"
				case best >= 0:
					strength = "0-10 bits"
				}
				cause := kind + impostor + ", best pair " + strength
				if why[cause] == nil {
					why[cause] = &loss{}
				}
				w := why[cause]
				w.splits++
				w.pairs += len(parts[k][p]) * len(parts[k][q])
				if *detail && w.splits <= 6 {
					c.show(t, x, e, "JOINED "+cause, at, len(parts[k][p]), len(parts[k][q]))
				}
			}
		}
	}
	causes := slices.SortedFunc(maps.Keys(why), func(a, b string) int { return cmp.Or(cmp.Compare(why[b].pairs, why[a].pairs), cmp.Compare(a, b)) })
	for _, k := range causes {
		t.Logf("  wrong %7d pairs of mentions, %5d joins: %s", why[k].pairs, why[k].splits, k)
	}
}
