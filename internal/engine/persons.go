package engine

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/identity"
	"github.com/casefold/casefold/internal/segment"
	"github.com/casefold/casefold/matcher"
)

// persons is the partition of a run's records, with IDs: persons count from 0
// in the order of their IDs.
type persons struct {
	pop        *population
	ids        []string
	start      []uint32 // records of person i: list[start[i]:start[i+1]]
	list       []uint32
	of         []int32 // person of each record
	neighbours [][]neighbour
	loose      [][]uint32 // per person: the records that the weakest join within the margin attaches; nil if none
	memory     *identity.Persons
	events     []identity.Event
}

// A neighbour is a person that a possible link leads to.
type neighbour struct {
	person int32
	link   int32 // in links.Possible
	apart  bool  // forbidden, and unlikely besides: see unlikely
}

// records are the records of person i.
func (p *persons) records(i int32) []uint32 { return p.list[p.start[i]:p.start[i+1]] }

// strictMarginBits is how far above the threshold a join must lie for its
// rows to count against a person and for the doubt of invariant 7 to leave it
// alone: at 6.644 bits above, the odds of a wrong join are a hundredth of
// those at the threshold itself.
const strictMarginBits = 6644

// assemble turns clusters of mentions into persons with IDs.
func assemble(pop *population, links *matcher.Links, threshold, possible int64, before *identity.Persons, generation int64) (*persons, error) {
	part := partition(pop, links)
	memory, ids, events, err := before.Next(generation, part)
	if err != nil {
		return nil, err
	}
	byID := make([]int32, part.Count)
	for i := range byID {
		byID[i] = int32(i)
	}
	slices.SortFunc(byID, func(a, b int32) int { return cmp.Compare(ids[a].Person(), ids[b].Person()) })
	rank := make([]int32, part.Count)
	p := &persons{pop: pop, ids: make([]string, part.Count), start: make([]uint32, part.Count+1), memory: memory, events: events}
	for at, c := range byID {
		rank[c] = int32(at)
		p.ids[at] = ids[c].Person()
	}
	p.of = make([]int32, len(part.Of))
	for i, c := range part.Of {
		p.of[i] = rank[c]
		p.start[rank[c]+1]++
	}
	for i := range part.Count {
		p.start[i+1] += p.start[i]
	}
	p.list = make([]uint32, len(p.of))
	next := slices.Clone(p.start)
	for i, person := range p.of {
		p.list[next[person]] = uint32(i)
		next[person]++
	}
	p.connect(links, threshold, possible)
	return p, nil
}

// partition says for each record, by its teller, which cluster it is in.
func partition(pop *population, links *matcher.Links) identity.Partition {
	part := identity.Partition{Rows: make([]identity.Row, len(pop.records)), Of: make([]int32, len(pop.records))}
	number := make([]int32, pop.set.Len())
	for m := range number {
		number[m] = -1
	}
	for i := range pop.records {
		c := links.Of[pop.set.MentionOf(i)]
		if number[c] < 0 {
			number[c] = int32(part.Count)
			part.Count++
		}
		part.Rows[i] = identity.RowOf(pop.teller(uint32(i)))
		part.Of[i] = number[c]
	}
	return part
}

// personOf is the person that a mention belongs to.
func (p *persons) personOf(m uint32) int32 { return p.of[p.pop.set.Records(m)[0]] }

// rowOf is the first row of a mention, by which people name it.
func (p *persons) rowOf(m uint32) casefold.Teller { return p.pop.teller(p.pop.set.Records(m)[0]) }

// connect notes possible links and loose attachments per person.
func (p *persons) connect(links *matcher.Links, threshold, possible int64) {
	p.neighbours = make([][]neighbour, len(p.ids))
	for i, l := range links.Possible {
		a, b := p.personOf(l.A), p.personOf(l.B)
		apart := unlikely(&l, threshold, possible)
		p.neighbours[a] = append(p.neighbours[a], neighbour{b, int32(i), apart})
		p.neighbours[b] = append(p.neighbours[b], neighbour{a, int32(i), apart})
	}
	p.loose = make([][]uint32, len(p.ids))
	for first, join := range links.Weakest {
		if join.Weight >= threshold+strictMarginBits {
			continue
		}
		person := p.personOf(first)
		for _, m := range join.Small {
			p.loose[person] = append(p.loose[person], p.pop.set.Records(m)...)
		}
		slices.Sort(p.loose[person])
	}
}

// unlikely reports whether a link is forbidden, would not have joined even its
// strongest pair, and whether all that the two persons tell makes them less
// likely one than any possible link: nothing but one pair of rows speaks for
// it, and that not loudly. Such a link is kept and shown; determinations do not
// wait for it.
func unlikely(l *matcher.PossibleLink, threshold, possible int64) bool {
	forbidden := l.Reason != casefold.LinkWeak && l.Reason != casefold.LinkChain
	return forbidden && l.Weight < threshold && l.Whole < possible
}

// linked reports whether a possible link leads from one person to another.
func (p *persons) linked(a, b int32) bool {
	return slices.ContainsFunc(p.neighbours[a], func(n neighbour) bool { return n.person == b })
}

// linkedPairs are the pairs of persons between whom there is a possible link,
// the smaller first.
func (p *persons) linkedPairs() (out [][2]int32) {
	for a := range p.neighbours {
		for _, n := range p.neighbours[a] {
			if int32(a) < n.person {
				out = append(out, [2]int32{int32(a), n.person})
			}
		}
	}
	return out
}

// possibleLinks are the rows of the table, sorted, each with the tellers of
// its strongest pair behind the contract's columns.
func (p *persons) possibleLinks(links *matcher.Links) [][]string {
	strongest := map[[2]string][]string{}
	weight := map[[2]string]int64{}
	for _, l := range links.Possible {
		a, b := p.ids[p.personOf(l.A)], p.ids[p.personOf(l.B)]
		rowA, rowB := p.rowOf(l.MentionA), p.rowOf(l.MentionB)
		if a > b {
			a, b, rowA, rowB = b, a, rowB, rowA
		}
		key := [2]string{a, b}
		if w, ok := weight[key]; a == b || ok && w >= l.Weight {
			continue
		}
		weight[key] = l.Weight
		strongest[key] = []string{a, b, casefold.Bits(l.Weight), string(l.Reason), rowA.String(), rowB.String()}
	}
	rows := make([][]string, 0, len(strongest))
	for _, r := range strongest {
		rows = append(rows, r)
	}
	sortRows(rows)
	return rows
}

// linksOf are the links of each person, as seen from there: one record per
// person, in the order of the table.
func linksOf(table [][]string) []keyed {
	at := map[string]int{}
	var out []keyed
	add := func(person string, row ...string) {
		i, ok := at[person]
		if !ok {
			i = len(out)
			at[person] = i
			out = append(out, keyed{key: []byte(person)})
		}
		out[i].value = append(out[i].value, fields(row)...)
	}
	for _, r := range table {
		add(r[0], r[1], r[2], r[3], r[4], r[5])
		add(r[1], r[0], r[2], r[3], r[5], r[4])
	}
	return out
}

// write keeps persons in the generation.
func (p *persons) write(g *generation, from string, links *matcher.Links) error {
	tellers := make([]casefold.Teller, len(p.of))
	for i := range tellers {
		tellers[i] = p.pop.teller(uint32(i))
	}
	order := p.inOrder(tellers)
	err := g.writeSorted(segPersonOf, from, func(w *segment.SortedWriter) error {
		var key []byte
		for _, i := range order {
			key = tellerKey(key, tellers[i].Source, tellers[i].RowKey)
			if err := w.Append(key, []byte(p.ids[p.of[i]])); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := g.write(segClusters, from, func(w *segment.Writer) error { return p.writeClusters(w, tellers, order) }); err != nil {
		return err
	}
	if err := g.writeSorted(segPersons, from, func(w *segment.SortedWriter) error { return p.writeOwn(w, tellers, order) }); err != nil {
		return err
	}
	table := p.possibleLinks(links)
	if err := g.write(segLinks, from, func(w *segment.Writer) error { return writeTable(w, table) }); err != nil {
		return err
	}
	if err := writeKeyed(g, segLinksOf, from, linksOf(table)); err != nil {
		return err
	}
	if err := p.writeWeak(g, from); err != nil {
		return err
	}
	return g.write(segPersonMemory, from, func(w *segment.Writer) error {
		return p.memory.Encode(func(record []byte) error { _, err := w.Append(record); return err })
	})
}

// inOrder are the records in the order of their tellers.
func (p *persons) inOrder(tellers []casefold.Teller) []int32 {
	names := make([]string, len(p.pop.sources))
	records := make([][]int32, len(names)) // by source
	for i := range p.pop.records {
		at := p.pop.records[i].source
		records[at] = append(records[at], int32(i))
	}
	at := make([]int, len(names))
	for i, s := range p.pop.sources {
		names[i], at[i] = s.src.Name, i
	}
	slices.SortFunc(at, func(a, b int) int { return cmp.Compare(names[a], names[b]) })
	out := make([]int32, 0, len(tellers))
	for _, s := range at {
		own := records[s]
		for _, i := range inOrder(len(own), func(i int32) string { return tellers[own[i]].RowKey }, cmp.Compare[int32]) {
			out = append(out, own[i])
		}
	}
	return out
}

// writeOwn keeps the rows of every person, in their order.
func (p *persons) writeOwn(w *segment.SortedWriter, tellers []casefold.Teller, order []int32) error {
	rank := make([]int32, len(order))
	for at, i := range order {
		rank[i] = int32(at)
	}
	var e encoder
	var own []int32
	for i, id := range p.ids {
		own = own[:0]
		for _, r := range p.records(int32(i)) {
			own = append(own, rank[r])
		}
		slices.Sort(own)
		e.reset()
		for _, at := range own {
			t := &tellers[order[at]]
			e.text(t.Source).text(t.RowKey)
		}
		if err := w.Append([]byte(id), e.buf); err != nil {
			return err
		}
	}
	return nil
}

// writeClusters writes the clusters table: every record of an accepted row, and
// every merged row under the person of the row it equals.
func (p *persons) writeClusters(w *segment.Writer, tellers []casefold.Teller, order []int32) error {
	more := p.mergedRows()
	var e encoder
	put := func(row []string) error {
		e.reset()
		for _, v := range row {
			e.text(v)
		}
		_, err := w.Append(e.buf)
		return err
	}
	var row [4]string
	for _, i := range order {
		row = [...]string{tellers[i].Source, tellers[i].RowKey, p.ids[p.of[i]], string(casefold.Accepted)}
		for len(more) > 0 && slices.Compare(more[0], row[:]) < 0 {
			if err := put(more[0]); err != nil {
				return err
			}
			more = more[1:]
		}
		if err := put(row[:]); err != nil {
			return err
		}
	}
	for _, m := range more {
		if err := put(m); err != nil {
			return err
		}
	}
	return nil
}

// mergedRows are the lines of merged rows in the clusters table, sorted.
func (p *persons) mergedRows() [][]string {
	var rows [][]string
	for si, s := range p.pop.sources {
		byKey := map[string]int32{} // merged keys: the row that was accepted
		for i := range s.rows {
			if s.rows[i].fate == merged {
				byKey[s.rows[i].key] = -1
			}
		}
		if len(byKey) == 0 {
			continue
		}
		kept := map[int32]string{} // by number in the rowSet: key
		for i := range s.rows {
			e := &s.rows[i]
			if _, ok := byKey[e.key]; ok && e.fate == accepted && e.told {
				byKey[e.key], kept[e.set] = e.set, e.key
			}
		}
		person := map[string]string{}
		for i, ref := range p.pop.records {
			if key, ok := kept[ref.row]; ok && int(ref.source) == si {
				person[key] = p.ids[p.of[i]]
			}
		}
		for i := range s.rows {
			if e := &s.rows[i]; e.fate == merged && person[e.key] != "" {
				rows = append(rows, []string{s.src.Name, e.key, person[e.key], string(casefold.Merged)})
			}
		}
	}
	sortRows(rows)
	return rows
}

// readMemory reads what earlier runs remembered of persons.
func (e *Engine) readMemory() (*identity.Persons, error) {
	r, err := e.openSegment(segPersonMemory)
	if err != nil {
		return &identity.Persons{}, ignoreNotRun(err)
	}
	defer r.Close()
	p, err := identity.DecodePersons(func(put func([]byte) error) error {
		return r.Scan(func(_ segment.Ref, record []byte) error { return put(record) })
	})
	if err != nil {
		return nil, fmt.Errorf("reading the memory of persons: %w", err)
	}
	return p, nil
}
