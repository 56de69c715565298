package mention

import "slices"

// Expect says about how many records will come in all: memory for them is taken
// at once, by what the records at hand tell, and not again and again. It changes
// no result.
func (b *Builder) Expect(records int) {
	have := len(b.identity[0])
	if have == 0 || records <= have {
		return
	}
	more := records - have
	for i := range b.identity {
		b.identity[i] = slices.Grow(b.identity[i], more)
	}
	s := &b.set
	b.sexes, s.sourceOf = slices.Grow(b.sexes, more), slices.Grow(s.sourceOf, more)
	expect(&s.Names, have, records)
	expect(&s.Births, have, records)
	expect(&s.Identifiers, have, records)
	expect(&s.Addresses, have, records)
	expect(&s.Phones, have, records)
	expect(&s.Emails, have, records)
	for i := range s.Issuers {
		s.Issuers[i].Values.expect(have, records)
	}
	s.Phone.expect(have, records)
	s.Email.expect(have, records)
}

func expect[T any](l *List[T], have, records int) {
	if l.start != nil {
		l.start = slices.Grow(l.start, records+1-len(l.start))
		l.values = slices.Grow(l.values, share(len(l.values), have, records))
	}
}

// share is how many more of something there will be, if it goes on as it began.
func share(n, have, records int) int { return int(float64(n) / float64(have) * float64(records-have)) }

// expect is for values that mostly are a record's own; where they repeat, the
// start says nothing.
func (d *Dictionary) expect(have, records int) {
	if 2*d.Len() < have {
		return
	}
	more := share(d.Len(), have, records)
	d.text = slices.Grow(d.text, share(len(d.text), have, records))
	d.end, d.hash = slices.Grow(d.end, more), slices.Grow(d.hash, more)
	for (len(d.end)+more)*4 > len(d.slots)*3 {
		d.grow()
	}
}
