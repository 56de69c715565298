package synth

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/klauspost/compress/zstd"
)

// A Writer makes the files of a county.
type Writer interface {
	// Create makes a file of that name, a relative path with slashes.
	Create(name string) (io.WriteCloser, error)
}

// Dir writes the files into a folder, which is made if need be.
func Dir(path string) Writer { return dirWriter(path) }

type dirWriter string

func (d dirWriter) Create(name string) (io.WriteCloser, error) {
	p := filepath.Join(string(d), filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
		return nil, err
	}
	return os.Create(p)
}

// An output is the export of one agency while it is written. Rows are told
// person by person and come out in the order of their shelves (a year, or a
// part of the state's numbers), as an agency's file would have them.
type output struct {
	source  string
	lineEnd string // line break
	quoted  bool   // the format knows quotes
	rates   *Rates
	truth   *truthFiles
	shelves map[int]*shelf
	packer  *zstd.Encoder
	scratch []byte
	// brokenEnd is the start of a row with which the file breaks off.
	brokenEnd string
	faults    map[string]int
	rows      int
	seen      map[[8]byte]int // keys by content given out in this hundred
	chance    stream          // faults of the present person
}

// A shelf is rows that belong together in the file: packed pages and an open
// one.
type shelf struct {
	open  []byte
	pages [][]byte
}

const (
	pageBytes = 1 << 15
	lastShelf = 1 << 20
)

func newOutput(source string, rates *Rates, truth *truthFiles, packer *zstd.Encoder) *output {
	return &output{source: source, lineEnd: "\n", rates: rates, truth: truth, shelves: map[int]*shelf{}, packer: packer, faults: map[string]int{}, seen: map[[8]byte]int{}}
}

// A saying is what a row says of a person.
type saying struct {
	arrest *arrest // whose face the row shows, nil if none
	print  bool    // the row holds a number backed by prints
	event  bool    // the row holds a case or booking number
	tells  []*conviction
	key    string  // value of the mapped key column; "" where none is mapped
	second *saying // of the second person of the row, nil if there is one only
}

// row tells a row, whole or spoiled. It reports whether a reader can accept it.
func (o *output) row(l *life, at int, line []byte, s saying) bool {
	r := &o.chance
	corrupt, kind := r.chance(o.rates.Corrupt), r.below(4)
	twice := r.chance(o.rates.Duplicate)
	if r.chance(o.rates.Interruptions) {
		o.interrupt(at, r.below(len(interruptions)))
	}
	o.rows++
	if corrupt {
		o.spoil(at, line, kind)
		return false
	}
	o.put(at, line)
	o.tell(l, line, s)
	if twice {
		o.rows++
		o.put(at, line)
		if s.key == "" {
			o.tell(l, line, s)
		}
	}
	return true
}

// tell writes the truth of a row that was put whole.
func (o *output) tell(l *life, line []byte, s saying) {
	key := s.key
	if key == "" {
		key = o.contentKey(line)
	}
	if s.second != nil { // a row of two persons gives two records
		second := *s.second
		second.key, second.second = key+"/2", nil
		s.key, s.second = key+"/1", nil
		o.tell(l, line, s)
		o.tell(second.arrest.of, line, second)
		return
	}
	person := personID(l.index)
	o.truth.persons.row(o.source, key, person)
	for _, v := range s.tells {
		o.truth.tellers.row(o.source, key, v.id())
		v.tellers++
	}
	if s.arrest != nil && s.arrest.face.claimed >= 0 {
		evidence := "no"
		if s.print || s.event && s.arrest.printed {
			evidence = "yes"
		}
		o.truth.impersonations.row(o.source, key, person, personID(s.arrest.face.claimed), evidence)
	}
}

// contentKey is the contract's key of a row without a mapped key.
func (o *output) contentKey(line []byte) string {
	sum := sha256.Sum256(line)
	k := [8]byte(sum[:8])
	o.seen[k]++
	var b [20]byte
	copy(b[:], "h:")
	hex.Encode(b[2:], k[:])
	if n := o.seen[k]; n > 1 {
		return string(b[:18]) + "." + itoa(n)
	}
	return string(b[:18])
}

// sharedKeys are the contract's keys of two accepted rows of different bytes
// under one mapped key: the row with the smaller content hash keeps it.
func sharedKeys(key string, a, b []byte) [2]string {
	ha, hb := sha256.Sum256(a), sha256.Sum256(b)
	switch bytes.Compare(ha[:], hb[:]) {
	case -1:
		return [2]string{key, key + ".2"}
	case 1:
		return [2]string{key + ".2", key}
	}
	return [2]string{key, key}
}

func (o *output) put(at int, line []byte) {
	s := o.shelves[at]
	if s == nil {
		s = &shelf{}
		o.shelves[at] = s
	}
	s.open = append(append(s.open, line...), o.lineEnd...)
	if len(s.open) >= pageBytes {
		o.scratch = o.packer.EncodeAll(s.open, o.scratch[:0])
		s.pages = append(s.pages, bytes.Clone(o.scratch))
		s.open = s.open[:0]
	}
}

var interruptions = []string{
	"ORA-01555: snapshot too old: rollback segment number 9 too small",
	"*** PAGE 14 *** RUN DATE 09/28/26 *** CONTINUED ***",
	"",
	"(1000 rows affected)",
}

// interrupt puts a line between rows that is no row.
func (o *output) interrupt(at, which int) {
	o.rows++
	o.put(at, []byte(interruptions[which]))
	if interruptions[which] == "" { // a blank line is no row
		o.rows--
		return
	}
	o.faults["interruption"]++
}

// spoil puts a row in a form that no reader can accept.
func (o *output) spoil(at int, line []byte, kind int) {
	line = bytes.Clone(line)
	switch {
	case kind == 0: // a block of the disk was lost
		for i := len(line) / 3; i < len(line)/3+12; i++ {
			line[i] = 0
		}
		o.faults["NUL bytes"]++
	case kind == 1 && o.quoted:
		at := len(line)/2 + bytes.IndexByte(line[len(line)/2:], ',') + 1
		rest := bytes.ReplaceAll(line[at:], []byte{'"'}, nil)
		line = append(append(line[:at:at], '"'), rest...)
		o.faults["unbalanced quote"]++
	default:
		line = line[:len(line)/3+o.chance.below(len(line)/3)]
		o.faults["cut short"]++
	}
	o.put(at, line)
}

// write writes the shelves from first to before last into w, in order.
func (o *output) write(w io.Writer, first, last int) error {
	unpacker, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return err
	}
	defer unpacker.Close()
	var places []int
	for at := range o.shelves {
		if at >= first && at < last {
			places = append(places, at)
		}
	}
	slices.Sort(places)
	var page []byte
	for _, at := range places {
		s := o.shelves[at]
		for _, p := range s.pages {
			if page, err = unpacker.DecodeAll(p, page[:0]); err != nil {
				return err
			}
			if _, err = w.Write(page); err != nil {
				return err
			}
		}
		if _, err = w.Write(s.open); err != nil {
			return err
		}
		delete(o.shelves, at)
	}
	return nil
}

// file writes shelves as a file, packed as the name's ending says.
func (o *output) file(to Writer, name string, header string, first, last int) (err error) {
	f, err := to.Create(name)
	if err != nil {
		return err
	}
	defer func() {
		if e := f.Close(); err == nil {
			err = e
		}
	}()
	w, closeAll, err := packed(f, name)
	if err != nil {
		return err
	}
	if header != "" {
		if _, err = io.WriteString(w, header+o.lineEnd); err != nil {
			return err
		}
	}
	if err = o.write(w, first, last); err != nil {
		return err
	}
	if o.brokenEnd != "" {
		o.rows++
		o.faults["broken off"]++
		if _, err = io.WriteString(w, o.brokenEnd); err != nil {
			return err
		}
	}
	return closeAll()
}

// packed wraps a file in the compression that its name asks for.
func packed(f io.Writer, name string) (io.Writer, func() error, error) {
	b := bufio.NewWriterSize(f, 1<<16)
	switch filepath.Ext(name) {
	case ".gz":
		z, err := gzip.NewWriterLevel(b, gzip.BestSpeed)
		return z, func() error {
			if err := z.Close(); err != nil {
				return err
			}
			return b.Flush()
		}, err
	case ".zst":
		z, err := zstd.NewWriter(b, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedFastest))
		return z, func() error {
			if err := z.Close(); err != nil {
				return err
			}
			return b.Flush()
		}, err
	}
	return b, b.Flush, nil
}
