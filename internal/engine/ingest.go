package engine

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/segment"
	"github.com/casefold/casefold/internal/source"
	"github.com/casefold/casefold/normalize"
)

// A rowEntry is what is remembered of every row read, whatever its fate.
type rowEntry struct {
	hash [16]byte // first half of the SHA-256 of the row's bytes
	ref  segment.Ref
	key  string // row key; before finish: the mapped key column's value
	line uint32
	set  int32 // number in the rowSet, -1 unless accepted
	file uint16
	why  uint16 // in sourceRows.reasons: exclude rule or quarantine reason
	fate rowFate
	told bool // the key comes from the mapped key column
}

// A rowFate is a casefold.Fate in a byte.
type rowFate uint8

const (
	accepted rowFate = iota
	merged
	excluded
	quarantined
)

func (f rowFate) word() casefold.Fate {
	return [...]casefold.Fate{casefold.Accepted, casefold.Merged, casefold.Excluded, casefold.Quarantined}[f]
}

// A sourceRows is one source, read whole: its rows with their fates, and the
// accepted ones in encoded form.
type sourceRows struct {
	src      *casefold.Source
	layout   casefold.Layout
	files    []source.File
	rows     []rowEntry
	set      *rowSet
	reasons  []string // why rows were not accepted; the first is ""
	stats    source.Stats
	findings []casefold.Finding
	// accepted maps numbers of the rowSet to rows, -1 for one that merged into
	// another; keys of accepted rows are final and unique within the source.
	accepted []int32
	order    []int32 // all rows by key, those of one key as the table of rows has them
}

// An ingestor reads one source.
type ingestor struct {
	out      *sourceRows
	raw      rawLog // verbatim bytes of every row and bad piece
	keyAt    int    // place of the row key's column, -1 none
	excludes []excludeRule
	files    map[string]uint16
}

// ingest reads a source and gives every row its fate and key.
func ingest(ctx context.Context, src *casefold.Source, r *source.Reader, raw rawLog, task Task) (*sourceRows, error) {
	in := &ingestor{
		out:   &sourceRows{src: src, layout: r.Layout(), files: r.Files(), set: newRowSet(src, r.Layout()), reasons: []string{""}},
		raw:   raw,
		keyAt: -1,
		files: map[string]uint16{},
	}
	for i, f := range in.out.files {
		in.files[f.Name] = uint16(i)
	}
	if src.RowKey != "" {
		in.keyAt = source.MatchColumn(r.Layout().Columns, src.RowKey)
	}
	for _, rule := range src.Exclude {
		in.excludes = append(in.excludes, excludeRule{rule, source.MatchColumn(r.Layout().Columns, rule.Column)})
	}
	stats, err := in.read(ctx, r.TellHeaders(in.bad), task)
	if err != nil {
		return nil, fmt.Errorf("reading source %s: %w", src.Name, err)
	}
	in.out.stats = stats
	in.out.set.seal()
	in.out.finish()
	return in.out, in.out.survey()
}

// row takes a readable row.
func (in *ingestor) row(row *casefold.Row) error {
	e, err := in.entry(row.Raw, in.files[row.File], row.Line)
	if err != nil {
		return err
	}
	if in.keyAt >= 0 {
		if k := strings.TrimSpace(row.Values[in.keyAt]); k != "" {
			e.key, e.told = string([]byte(k)), true
		}
	}
	e.fate = accepted
	for _, x := range in.excludes {
		if x.matches(row.Values) {
			e.fate, e.why = excluded, in.out.reason(x.Name)
			break
		}
	}
	if e.fate == accepted {
		e.set = int32(in.out.set.add(row))
	}
	in.out.rows = append(in.out.rows, e)
	return nil
}

// bad takes a piece of a file that is not a row.
func (in *ingestor) bad(b source.Bad) error {
	e, err := in.entry(b.Raw, in.files[b.File], b.Line)
	if err != nil {
		return err
	}
	e.fate, e.why = quarantined, in.out.reason(string(b.Reason))
	if b.Reason == source.HeaderAgain { // among the rows, and none: nothing to mend
		e.fate = excluded
	}
	in.out.rows = append(in.out.rows, e)
	return nil
}

// reason numbers a word of why a row is not accepted.
func (s *sourceRows) reason(word string) uint16 {
	i := slices.Index(s.reasons, word)
	if i < 0 {
		i = len(s.reasons)
		s.reasons = append(s.reasons, word)
	}
	return uint16(i)
}

func (in *ingestor) entry(raw []byte, file uint16, line int) (rowEntry, error) {
	ref, err := in.raw.Append(raw)
	if err != nil {
		return rowEntry{}, err
	}
	sum := sha256.Sum256(raw)
	return rowEntry{hash: [16]byte(sum[:16]), ref: ref, line: uint32(line), file: file, set: -1}, nil
}

// An excludeRule is a rule with the place of its column.
type excludeRule struct {
	casefold.ExcludeRule
	at int
}

func (x excludeRule) matches(values []string) bool {
	if x.at < 0 {
		return false
	}
	v := strings.ToUpper(strings.TrimSpace(values[x.at]))
	if v == "" {
		return x.Empty
	}
	return slices.ContainsFunc(x.Equals, func(s string) bool { return strings.EqualFold(s, v) }) ||
		slices.ContainsFunc(x.Contains, func(s string) bool { return strings.Contains(v, strings.ToUpper(s)) })
}

// survey settles what the source's own values decide: in which order they
// write day and month. It looks at each distinct value of a column once, so
// neither the order nor the number of rows counts.
func (s *sourceRows) survey() error {
	if s.src.Mapping.DateOrder != "" {
		return nil
	}
	survey, err := normalize.NewSurvey(s.src, s.set.layout)
	if err != nil {
		return fmt.Errorf("source %s: %w", s.src.Name, err)
	}
	s.set.distinct(survey.Add)
	own := *s.src
	own.Mapping.DateOrder = survey.DateOrder()
	s.src = &own
	return nil
}

// finish gives every row its key, by the contract's section "Rows and
// persons". It looks at keys and bytes only, so the order of rows in the files
// is without effect.
func (s *sourceRows) finish() {
	byKey := make([]int32, 0, len(s.rows))
	names := s.hashKeys()
	for i := range s.rows {
		e := &s.rows[i]
		if e.key == "" {
			e.key, names = names[:rowHashBytes], names[rowHashBytes:]
			if e.fate == accepted && s.src.RowKey != "" {
				s.findings = append(s.findings, casefold.Finding{Code: "no_row_key", Field: s.src.RowKey, Teller: casefold.Teller{Source: s.src.Name, RowKey: e.key}})
			}
		}
		if e.fate == accepted {
			byKey = append(byKey, int32(i))
		}
	}
	ordered := inOrder(len(byKey), func(i int32) string { return s.rows[byKey[i]].key }, func(a, b int32) int {
		x, y := &s.rows[byKey[a]], &s.rows[byKey[b]]
		return cmp.Or(bytes.Compare(x.hash[:], y.hash[:]), cmp.Compare(x.file, y.file), cmp.Compare(x.line, y.line))
	})
	for i, at := range ordered {
		ordered[i] = byKey[at]
	}
	byKey = ordered
	keys := make([]string, len(byKey))
	for i, at := range byKey {
		keys[i] = s.rows[at].key
	}
	taken := func(key string) bool { _, ok := slices.BinarySearch(keys, key); return ok }
	for from := 0; from < len(byKey); {
		to := from + 1
		for to < len(byKey) && s.rows[byKey[to]].key == s.rows[byKey[from]].key {
			to++
		}
		s.shareKey(byKey[from:to], taken)
		from = to
	}
	s.accepted = make([]int32, s.set.rows)
	for i := range s.accepted {
		s.accepted[i] = -1
	}
	for i := range s.rows {
		if s.rows[i].fate == accepted {
			s.accepted[s.rows[i].set] = int32(i)
		}
	}
	s.order = inOrder(len(s.rows), func(i int32) string { return s.rows[i].key }, func(a, b int32) int {
		x, y := s.columns(a), s.columns(b)
		return slices.Compare(x[:], y[:])
	})
}

// rowHashBytes is the length of a key that is made of a row's hash.
const rowHashBytes = len(rowHash) + 16

// hashKeys are keys for the rows that have none, one behind the other: one
// text, not half a million.
func (s *sourceRows) hashKeys() string {
	n := 0
	for i := range s.rows {
		if s.rows[i].key == "" {
			n++
		}
	}
	names := make([]byte, 0, n*rowHashBytes)
	for i := range s.rows {
		if e := &s.rows[i]; e.key == "" {
			names = hex.AppendEncode(append(names, rowHash...), e.hash[:8])
		}
	}
	return string(names)
}

// columns are a row's line of the table of rows.
func (s *sourceRows) columns(i int32) [6]string {
	e := &s.rows[i]
	return [...]string{s.src.Name, e.key, s.files[e.file].Name, strconv.Itoa(int(e.line)), string(e.fate.word()), s.reasons[e.why]}
}

// shareKey settles the rows of one key, in the order of their hashes: equal
// bytes under a mapped key are one row told twice; others get .2, .3 ..., past
// any such key that the source itself uses.
func (s *sourceRows) shareKey(rows []int32, taken func(key string) bool) {
	key, n := s.rows[rows[0]].key, 1
	for i := 1; i < len(rows); i++ {
		e, before := &s.rows[rows[i]], &s.rows[rows[i-1]]
		if e.told && e.hash == before.hash {
			e.fate, e.set, e.key = merged, -1, before.key
			continue
		}
		for n++; taken(key + "." + strconv.Itoa(n)); n++ {
		}
		e.key = key + "." + strconv.Itoa(n)
		if e.told {
			s.findings = append(s.findings, casefold.Finding{Code: "shared_row_key", Field: s.src.RowKey, Teller: casefold.Teller{Source: s.src.Name, RowKey: e.key}})
		}
	}
}
