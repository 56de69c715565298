package synth

import (
	"bufio"
	"io"
	"maps"
	"slices"

	"github.com/casefold/casefold"
)

// A conviction is the truth of a count that ended in one, with what the rows
// delivered tell of it truly.
type conviction struct {
	who     *life
	n       int // within the person, in order of time
	file    *courtCase
	count   *count
	tellers int
	told    facts
	listing casefold.Listing // as the list says; ListingNotTold is "not on it"
	moved   bool             // the neighbour's file tells the transfer
	atState bool             // the court's outcome reached the state's database
}

// facts are the facts of a conviction that some row tells truly.
type facts uint16

const (
	toldSection facts = 1 << iota
	toldLevel
	toldConvictionDate
	toldOffenseDate
	toldFiledDate
	toldOldCode // the CJIS code, which settles old or new law
	toldQuantity
	toldByRecord // by a row of the court of record or of the state, which would show relief
)

func (t facts) has(f facts) bool { return t&f != 0 }

func personID(i int) string { return "P" + digits(uint64(i), 7) }

func (v *conviction) id() string {
	return "C" + digits(uint64(v.who.index), 7) + "-" + itoa(v.n)
}

// truthFiles writes what is true beside the files that tell of it.
type truthFiles struct {
	persons, tellers, convictions, outcomes, lookalikes, impersonations, faults *csvFile
}

// A csvFile is a CSV file whose values never need quotes.
type csvFile struct {
	w   *bufio.Writer
	c   io.Closer
	buf []byte
	err error
}

func newCSV(w Writer, name string, header ...string) (*csvFile, error) {
	f, err := w.Create(name)
	if err != nil {
		return nil, err
	}
	t := &csvFile{w: bufio.NewWriterSize(f, 1<<16), c: f}
	t.row(header...)
	return t, nil
}

func (t *csvFile) row(values ...string) {
	t.buf = t.buf[:0]
	for i, v := range values {
		if i > 0 {
			t.buf = append(t.buf, ',')
		}
		t.buf = append(t.buf, v...)
	}
	t.buf = append(t.buf, '\n')
	if _, err := t.w.Write(t.buf); err != nil && t.err == nil {
		t.err = err
	}
}

func (t *csvFile) close() error {
	if err := t.w.Flush(); err != nil && t.err == nil {
		t.err = err
	}
	if err := t.c.Close(); err != nil && t.err == nil {
		t.err = err
	}
	return t.err
}

func newTruth(w Writer) (*truthFiles, error) {
	t := &truthFiles{}
	for _, f := range []struct {
		to     **csvFile
		name   string
		header []string
	}{
		{&t.persons, "truth_persons.csv", []string{"source", "row_key", "true_person"}},
		{&t.tellers, "truth_tellers.csv", []string{"source", "row_key", "true_conviction"}},
		{&t.convictions, "truth_convictions.csv", []string{"true_conviction", "true_person", "county", "court", "case_number", "count", "section", "level", "offense_date", "conviction_date"}},
		{&t.outcomes, "truth_outcomes.csv", []string{"true_conviction", "law", "as_of", "outcome"}},
		{&t.lookalikes, "truth_lookalikes.csv", []string{"kind", "true_person", "other_person"}},
		{&t.impersonations, "truth_impersonations.csv", []string{"source", "row_key", "true_person", "claimed_person", "evidence"}},
		{&t.faults, "truth_faults.csv", []string{"source", "fault", "count"}},
	} {
		var err error
		if *f.to, err = newCSV(w, f.name, f.header...); err != nil {
			return nil, err
		}
	}
	return t, nil
}

func (t *truthFiles) close() error {
	var first error
	for _, f := range []*csvFile{t.persons, t.tellers, t.convictions, t.outcomes, t.lookalikes, t.impersonations, t.faults} {
		if err := f.close(); err != nil && first == nil {
			first = err
		}
	}
	return first
}

// sourceFaults writes how many pieces of a source are rows, and how many of
// these no reader can accept.
func (t *truthFiles) sourceFaults(o *output) {
	t.faults.row(o.source, "rows", itoa(o.rows))
	for _, fault := range slices.Sorted(maps.Keys(o.faults)) {
		t.faults.row(o.source, fault, itoa(o.faults[fault]))
	}
}

var kinWords = [...]string{noKin: "", twin: "twins", fatherAndSon: "father_son", namesake: "namesakes", sibling: "siblings"}

// life writes what is true of a person once all rows about them are told.
// Convictions that no row tells of are not part of the truth.
func (t *truthFiles) life(l *life, asOf casefold.Day) {
	if l.kin != noKin {
		t.lookalikes.row(kinWords[l.kin], personID(l.index), personID(l.other))
	}
	for _, v := range l.convictions {
		if v.tellers == 0 {
			continue
		}
		t.convictions.row(v.id(), personID(l.index), v.file.countyTold(), v.file.courtName(), v.file.number, itoa(v.count.n),
			v.count.convicted.statute().String(), v.count.levelNow().String(), v.count.offense.String(), v.file.plea.String())
		if o := v.outcome(asOf); o != "" {
			t.outcomes.row(v.id(), "prop64", asOf.String(), o)
		}
	}
}

func (c *courtCase) countyTold() string { return c.county }

// courtName is the court of record as casefold names it.
func (c *courtCase) courtName() string {
	switch c.venue {
	case federalCourt:
		return "US DISTRICT COURT EASTERN DISTRICT OF CALIFORNIA"
	case otherState:
		return c.arrest.state + " COURT"
	case juvenileCourt:
		return c.county + " JUVENILE COURT"
	}
	return c.county + " SUPERIOR COURT"
}
