package synth

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// A scorer holds the truth and what has been read of the exports. People,
// sources and convictions are numbered.
type scorer struct {
	q Quality

	persons, sources, trueIDs *names
	rows                      map[uint64]int32 // row -> place in the slices below
	rowPerson                 []int32          // true person of a row
	rowSource                 []uint8
	impostor                  []bool // rows of impersonators without evidence
	tells                     map[uint64][]int32
	truth                     []trueConviction
	lookAlikes                []lookAlike
	impersonations            []impersonation

	found      map[string]*foundConviction // by conviction_id
	ofTrue     map[int32][]*foundConviction
	resembling map[[2]int32]string
}

type trueConviction struct {
	person             int32
	county, section    string
	outcome            string
	sources            uint32 // that tell of it
	best, needs        string // the exports' outcome
	filings            int
	relievable, judged bool
}

type lookAlike struct {
	kind string
	a, b int32
}

type impersonation struct {
	row           uint64
	person, claim int32
	evidence      bool
}

// names numbers strings in the order in which they come.
type names struct {
	ids  map[string]int32
	text []string
}

func newNames() *names { return &names{ids: map[string]int32{}} }

func (n *names) id(s string) int32 {
	if i, ok := n.ids[s]; ok {
		return i
	}
	i := int32(len(n.text))
	s = strings.Clone(s)
	n.ids[s], n.text = i, append(n.text, s)
	return i
}

func newScorer() *scorer {
	return &scorer{persons: newNames(), sources: newNames(), trueIDs: newNames(), rows: map[uint64]int32{}, tells: map[uint64][]int32{}, found: map[string]*foundConviction{}, ofTrue: map[int32][]*foundConviction{}, resembling: map[[2]int32]string{}}
}

// rowHash is the row's name in 64 bits (FNV-1a, then mixed).
func rowHash(source, key string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(source) {
		h = (h ^ uint64(source[i])) * 1099511628211
	}
	h = (h ^ 0) * 1099511628211
	for i := range len(key) {
		h = (h ^ uint64(key[i])) * 1099511628211
	}
	return mix(h)
}

// eachRow reads a CSV file that has all of some columns.
func eachRow(path string, optional bool, columns []string, do func(v []string) error) error {
	return readRows(path, optional, true, columns, do)
}

// readRows reads a CSV file by column names. A file that is not there is no
// error if it is optional; a column that is not there is one if all are wanted,
// else its values are empty.
func readRows(path string, optional, all bool, columns []string, do func(v []string) error) error {
	f, err := os.Open(path)
	if optional && errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.ReuseRecord = true
	head, err := r.Read()
	if err != nil {
		return fmt.Errorf("%s: %w", filepath.Base(path), err)
	}
	at := make([]int, len(columns))
	for i, c := range columns {
		at[i] = slices.Index(head, c)
		if at[i] < 0 && all {
			return fmt.Errorf("%s has no column %s", filepath.Base(path), c)
		}
	}
	v := make([]string, len(columns))
	for {
		row, err := r.Read()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w", filepath.Base(path), err)
		}
		for i, j := range at {
			if v[i] = ""; j >= 0 {
				v[i] = row[j]
			}
		}
		if err := do(v); err != nil {
			return err
		}
	}
}

func (s *scorer) readTruth(dir string) error {
	file := func(name string) string { return filepath.Join(dir, name) }
	err := eachRow(file("truth_persons.csv"), false, []string{"source", "row_key", "true_person"}, func(v []string) error {
		s.rows[rowHash(v[0], v[1])] = int32(len(s.rowPerson))
		s.rowPerson = append(s.rowPerson, s.persons.id(v[2]))
		s.rowSource = append(s.rowSource, uint8(s.sources.id(v[0])))
		return nil
	})
	if err != nil {
		return err
	}
	s.impostor = make([]bool, len(s.rowPerson))
	err = eachRow(file("truth_convictions.csv"), false, []string{"true_conviction", "true_person", "county", "section"}, func(v []string) error {
		s.trueIDs.id(v[0])
		s.truth = append(s.truth, trueConviction{person: s.persons.id(v[1]), county: strings.Clone(v[2]), section: strings.Clone(v[3])})
		return nil
	})
	if err != nil {
		return err
	}
	err = eachRow(file("truth_tellers.csv"), false, []string{"source", "row_key", "true_conviction"}, func(v []string) error {
		id, ok := s.trueIDs.ids[v[2]]
		if !ok {
			return fmt.Errorf("truth_tellers.csv names a conviction that truth_convictions.csv does not hold")
		}
		h := rowHash(v[0], v[1])
		s.tells[h] = append(s.tells[h], id)
		s.truth[id].sources |= 1 << s.sources.id(v[0])
		return nil
	})
	if err != nil {
		return err
	}
	err = eachRow(file("truth_outcomes.csv"), false, []string{"true_conviction", "law", "outcome"}, func(v []string) error {
		if id, ok := s.trueIDs.ids[v[0]]; ok && v[1] == "prop64" {
			s.truth[id].outcome = strings.Clone(v[2])
		}
		return nil
	})
	if err != nil {
		return err
	}
	return s.readLookAlikes(file)
}

// readLookAlikes reads the files that synth adds to the contract's.
func (s *scorer) readLookAlikes(file func(string) string) error {
	err := eachRow(file("truth_lookalikes.csv"), true, []string{"kind", "true_person", "other_person"}, func(v []string) error {
		l := lookAlike{strings.Clone(v[0]), s.persons.id(v[1]), s.persons.id(v[2])}
		s.lookAlikes = append(s.lookAlikes, l)
		s.resembling[[2]int32{min(l.a, l.b), max(l.a, l.b)}] = l.kind
		return nil
	})
	if err != nil {
		return err
	}
	return eachRow(file("truth_impersonations.csv"), true, []string{"source", "row_key", "true_person", "claimed_person", "evidence"}, func(v []string) error {
		i := impersonation{rowHash(v[0], v[1]), s.persons.id(v[2]), s.persons.id(v[3]), v[4] == "yes"}
		s.impersonations = append(s.impersonations, i)
		if at, ok := s.rows[i.row]; ok && !i.evidence {
			s.impostor[at] = true
		}
		pair := [2]int32{min(i.person, i.claim), max(i.person, i.claim)}
		if s.resembling[pair] == "" {
			s.resembling[pair] = "impersonation"
		}
		return nil
	})
}

// isOwed reports whether an outcome owes or grants relief.
func isOwed(outcome string) bool {
	switch outcome {
	case dismissAndSeal, redesignateMisdemeanor, redesignateInfraction, "policy_dismiss", "policy_reduce":
		return true
	}
	return false
}

// parseTellers takes a list of tellers apart into row hashes.
func parseTellers(text string) []uint64 {
	var out []uint64
	for t := range strings.FieldsSeq(text) {
		source, key, _ := strings.Cut(t, ":")
		out = append(out, rowHash(unescape(source), unescape(key)))
	}
	return out
}

// unescape undoes the percent-encoding of casefold.Teller.
func unescape(s string) string {
	if strings.IndexByte(s, '%') < 0 {
		return s
	}
	return strings.NewReplacer("%25", "%", "%20", " ", "%3A", ":", "%3B", ";").Replace(s)
}
