package synth

import (
	"bufio"
	"io"
	"math/bits"
	"strconv"
)

// People is a plain file of persons for measuring speed: one row a record, with
// name, birth date, sex, number and postal code, and errors of the usual sorts.
// Persons have one record (70 %), two (22 %), three (6 %) or four (2 %), which
// lie anywhere in the file. Any row can be told without the others, so a file
// may be as long as wanted.
type People struct {
	Rows int
	Seed uint64
}

// A cycle of persons has a hundred, with 140 records: how many each.
const (
	cyclePersons = 100
	cycleRecords = 70 + 2*22 + 3*6 + 4*2
)

// topicPeople and topicPeopleRow are the streams of a person and of a row.
const (
	topicPeople topic = 1000 + iota
	topicPeopleRow
)

// Write writes the records (rec_id, first_name, middle, surname, dob, sex, ssn,
// zip) and whose they are (rec_id, entity_id).
func (p People) Write(records, truth io.Writer) error {
	r, t := bufio.NewWriterSize(records, 1<<20), bufio.NewWriterSize(truth, 1<<20)
	r.WriteString("rec_id,first_name,middle,surname,dob,sex,ssn,zip\n")
	t.WriteString("rec_id,entity_id\n")
	w := newFlatWorld(p)
	var line []byte
	for row := range p.Rows {
		person, record := w.whose(row)
		line = appendPadded(append(line[:0], 'r'), row+1, 9)
		id := len(line)
		line = w.row(append(line, ','), row, person, record)
		if _, err := r.Write(line); err != nil {
			return err
		}
		line = strconv.AppendInt(append(line[:id], ",p"...), int64(person), 10)
		if _, err := t.Write(append(line, '\n')); err != nil {
			return err
		}
	}
	if err := r.Flush(); err != nil {
		return err
	}
	return t.Flush()
}

// A flatWorld draws the persons of a plain file.
type flatWorld struct {
	People
	world    *world
	surnames lottery[string]
	given    [2][8]lottery[string]
	zips     lottery[string]
	step     int // rows lie this far apart, in the order of persons
}

func newFlatWorld(p People) *flatWorld {
	w := &flatWorld{People: p, world: &world{t: loadTables()}, step: 1}
	for _, r := range readTable("surnames.tsv.gz") {
		w.surnames.add(r[0], number(r[1]))
	}
	for _, r := range readTable("given.tsv.gz") {
		if r[1][0] == 'V' {
			continue
		}
		for decade := range 8 {
			w.given[sexAt(r[1])][decade].add(r[0], number(r[6+decade]))
		}
	}
	for _, r := range readTable("places.tsv") {
		w.zips.add(r[0], number(r[3]))
	}
	for w.step = p.Rows*5/8 | 1; gcd(w.step, p.Rows) > 1; {
		w.step += 2
	}
	return w
}

func sexAt(mark string) int {
	if mark == "F" {
		return 1
	}
	return 0
}

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// whose is the person of a row, and which of the person's records it is.
func (w *flatWorld) whose(row int) (person, record int) {
	hi, lo := bits.Mul64(uint64(row), uint64(w.step))
	_, at := bits.Div64(hi%uint64(w.Rows), lo, uint64(w.Rows))
	cycle, in := int(at)/cycleRecords, int(at)%cycleRecords
	for _, group := range [...]struct{ persons, records int }{{70, 1}, {22, 2}, {6, 3}, {2, 4}} {
		if size := group.persons * group.records; in < size {
			return cycle*cyclePersons + person + in/group.records, in % group.records
		} else {
			in -= size
			person += group.persons
		}
	}
	panic("synth: a cycle of persons does not add up")
}

// A flatRecord is what a row tells.
type flatRecord struct {
	first, middle, last, sex, ssn, zip string
	year, month, day                   int
}

// told is a person without errors.
func (w *flatWorld) told(person int) flatRecord {
	r := newStream(w.Seed, topicPeople, person)
	sex := weigh(&r, 60, 40)
	year := 1972
	for range 6 { // about normal, 15 years either way
		year += r.between(-10, 10)
	}
	year = min(max(year, 1930), 2005)
	decade := min((year-1930)/10, 7)
	f := flatRecord{first: w.given[sex][decade].draw(&r), middle: w.given[sex][decade].draw(&r), last: w.surnames.draw(&r), sex: "MF"[sex : sex+1],
		zip: w.zips.draw(&r), year: year, month: r.between(1, 12), day: r.between(1, 28)}
	if r.chance(.2) {
		f.middle = ""
	}
	const numbers = 899_999_999
	f.ssn = string(appendPadded(nil, 1_000_000+int(uint64(person+1)*413_158_511%numbers), 9))
	return f
}

// row appends a row, its errors among it.
func (w *flatWorld) row(line []byte, row, person, record int) []byte {
	r := newStream(w.Seed, topicPeopleRow, row)
	f := w.told(person)
	if record > 0 || r.chance(.02) {
		w.spoil(&r, &f)
	}
	for _, s := range [...]string{f.first, f.middle, f.last} {
		line = append(append(line, s...), ',')
	}
	if !r.chance(.02) {
		line = append(appendPadded(line, f.year, 4), '-')
		line = append(appendPadded(line, f.month, 2), '-')
		line = appendPadded(line, f.day, 2)
	}
	line = append(append(append(line, ','), f.sex...), ',')
	if !r.chance(.3) {
		line = append(line, f.ssn...)
	}
	return append(append(append(line, ','), f.zip...), '\n')
}

// spoil makes the errors of a later record.
func (w *flatWorld) spoil(r *stream, f *flatRecord) {
	switch x := r.float(); {
	case x < .06:
		f.first = w.world.typo(r, f.first)
	case x < .08:
		f.first = f.first[:1]
	}
	switch x := r.float(); {
	case x < .25 && f.middle != "":
		f.middle = f.middle[:1]
	case x < .4:
		f.middle = ""
	}
	switch x := r.float(); {
	case x < .06:
		f.last = w.world.typo(r, f.last)
	case x < .1 && f.sex == "F": // a married name
		f.last = w.surnames.draw(r)
	case x < .11:
		f.first, f.last = f.last, f.first
	}
	switch x := r.float(); {
	case x < .02 && f.day <= 12:
		f.month, f.day = f.day, f.month
	case x < .05:
		f.day = r.between(1, 28)
	case x < .06:
		f.year += 2*r.below(2) - 1
	}
	if r.chance(.03) {
		at := r.below(len(f.ssn))
		f.ssn = f.ssn[:at] + string(rune('0'+r.below(10))) + f.ssn[at+1:]
	}
	if r.chance(.25) {
		f.zip = w.zips.draw(r)
	}
	if r.chance(.004) {
		f.sex = map[string]string{"M": "F", "F": "M"}[f.sex]
	}
}

// appendPadded appends a number with zeros in front.
func appendPadded(to []byte, n, width int) []byte {
	digits := strconv.Itoa(n)
	for range width - len(digits) {
		to = append(to, '0')
	}
	return append(to, digits...)
}
