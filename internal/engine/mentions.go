package engine

import (
	"fmt"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/segment"
	"github.com/casefold/casefold/mention"
)

// Segments that keep the mentions of a run, so that a pair is explained and a
// new record resolved without reading the sources again.
const (
	segMentions    = "mentions"     // the set, as mention.Set.Encode writes it
	segMentionRows = "mention-rows" // per mention: its person, then the tellers of its records
)

// writeMentions keeps the mentions with their persons and rows, in an order
// that does not depend on that of the files.
func (p *persons) writeMentions(g *generation, from string) error {
	set, order := p.pop.set.InOrder()
	err := g.write(segMentions, from, func(w *segment.Writer) error {
		return set.Encode(func(record []byte) error { _, err := w.Append(record); return err })
	})
	if err != nil {
		return err
	}
	return g.write(segMentionRows, from, func(w *segment.Writer) error {
		var e encoder
		for m := range uint32(set.Len()) {
			records := set.Records(m)
			e.reset().text(p.ids[p.of[order[records[0]]]]).number(uint64(len(records)))
			for _, r := range records {
				t := p.pop.teller(order[r])
				e.text(t.Source).text(t.RowKey)
			}
			if _, err := w.Append(e.buf); err != nil {
				return err
			}
		}
		return nil
	})
}

// A standing is the mentions of the current generation, with who they are.
type standing struct {
	set     *mention.Set
	persons []string // IDs, by number
	person  []uint32 // number of each mention's person
	of      []uint32 // smallest mention of each mention's person
	sources []string
	source  []uint16 // of each record
	key     []byte   // row keys, record behind record
	keyEnd  []uint32
}

// standing reads the mentions of the last run.
func (e *Engine) standing() (*standing, error) {
	r, err := e.openSegment(segMentions)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	s := &standing{}
	s.set, err = mention.DecodeSet(func(put func([]byte) error) error {
		return r.Scan(func(_ segment.Ref, record []byte) error { return put(record) })
	})
	if err != nil {
		return nil, fmt.Errorf("reading the mentions: %w", err)
	}
	rows, err := e.openSegment(segMentionRows)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	in := rowsReader{standing: s, persons: map[string]uint32{}, sources: map[string]uint16{}}
	if err := rows.Scan(func(_ segment.Ref, record []byte) error { return in.mention(record) }); err != nil {
		return nil, fmt.Errorf("reading the rows of mentions: %w", err)
	}
	if len(s.person) != s.set.Len() || len(s.source) != s.set.RecordCount() {
		return nil, fmt.Errorf("%w: %d mentions of %d records, but rows of %d mentions and %d records", ErrCounts, s.set.Len(), s.set.RecordCount(), len(s.person), len(s.source))
	}
	return s, nil
}

// A rowsReader fills a standing from the records of segMentionRows.
type rowsReader struct {
	*standing
	persons map[string]uint32
	first   []uint32 // per person: its smallest mention
	sources map[string]uint16
}

func (in *rowsReader) mention(record []byte) error {
	s, d := in.standing, decoder{buf: record}
	id := d.text()
	person, ok := in.persons[id]
	if !ok {
		person = uint32(len(s.persons))
		in.persons[id] = person
		s.persons = append(s.persons, id)
		in.first = append(in.first, uint32(len(s.person)))
	}
	s.person, s.of = append(s.person, person), append(s.of, in.first[person])
	for range d.number() {
		name := d.text()
		at, ok := in.sources[name]
		if !ok {
			at = uint16(len(s.sources))
			in.sources[name] = at
			s.sources = append(s.sources, name)
		}
		s.source = append(s.source, at)
		s.key = append(s.key, d.text()...)
		s.keyEnd = append(s.keyEnd, uint32(len(s.key)))
		if d.err != nil {
			break
		}
	}
	return d.err
}

// personOf is the ID of a mention's person.
func (s *standing) personOf(m uint32) string { return s.persons[s.person[m]] }

// rowKey is the row key of a record.
func (s *standing) rowKey(record uint32) []byte {
	from := uint32(0)
	if record > 0 {
		from = s.keyEnd[record-1]
	}
	return s.key[from:s.keyEnd[record]]
}

// teller is the row that orders a mention: its first.
func (s *standing) teller(m uint32) casefold.Teller {
	r := s.set.Records(m)[0]
	return casefold.Teller{Source: s.sources[s.source[r]], RowKey: string(s.rowKey(r))}
}

// find is the mention of a row.
func (s *standing) find(t casefold.Teller) (uint32, bool) {
	for r := range uint32(len(s.source)) {
		if string(s.rowKey(r)) == t.RowKey && s.sources[s.source[r]] == t.Source {
			return s.set.MentionOf(int(r)), true
		}
	}
	return 0, false
}
