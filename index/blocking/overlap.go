package blocking

import "slices"

// An overlap estimates how many pairs of one person no rule finds, from how
// often several rules find the same one, as ecologists estimate how many animals
// no trap has caught.
//
// There are several estimates, and the range spans them. Chao's (1987): with f1
// pairs found by one rule only and f2 by two, f1²/(2·f2) were found by none.
// Lincoln's and Petersen's: n1·n2/n12 pairs in all, for any two rules that read no
// field in common, whose misses are independent if errors in different fields
// are. All are too small where pairs lack the fields that every rule reads: the
// range says what can be told from overlap, no more.
type overlap struct {
	fields [][]Field
	found  []float64   // by rule
	both   [][]float64 // by two rules
	times  [3]float64  // found by one rule, by two, by more
}

func newOverlap(rules []Rule) *overlap {
	o := &overlap{found: make([]float64, len(rules))}
	for _, r := range rules {
		o.fields = append(o.fields, fieldsOf(r))
		o.both = append(o.both, make([]float64, len(rules)))
	}
	return o
}

// fieldsOf are the fields that a rule's key reads; a name of either sort is both
// given name and surname, and parts of an address are one.
func fieldsOf(r Rule) (out []Field) {
	for _, t := range r.Key {
		switch t.Field {
		case AnyName, BothNames:
			out = append(out, Given, Surname)
		case House, Street, Number, City, Postal:
			out = append(out, House)
		case ID, Attribute:
			out = append(out, t.Field+Field(":"+t.Arg))
		default:
			out = append(out, t.Field)
		}
	}
	return out
}

func (o *overlap) count(held []bool, weight float64) {
	times := 0
	for i, h := range held {
		if !h {
			continue
		}
		times++
		o.found[i] += weight
		for j := range i {
			if held[j] {
				o.both[j][i] += weight
			}
		}
	}
	if times > 0 {
		o.times[min(times, 3)-1] += weight
	}
}

// leastOverlap is the number of pairs that two rules must have in common before
// their overlap says anything.
const leastOverlap = 20

// recall is the range of the share found.
func (o *overlap) recall(found float64) Range {
	if found == 0 {
		return Range{0, 1}
	}
	all := found
	if o.times[1] > 0 {
		all += o.times[0] * o.times[0] / (2 * o.times[1])
	}
	out := Range{found / all, found / all}
	for i := range o.found {
		for j := range i {
			if o.both[j][i] < leastOverlap || slices.ContainsFunc(o.fields[i], func(f Field) bool { return slices.Contains(o.fields[j], f) }) {
				continue
			}
			share := min(found/(o.found[i]*o.found[j]/o.both[j][i]), 1)
			out = Range{min(out.Low, share), max(out.High, share)}
		}
	}
	return out
}
