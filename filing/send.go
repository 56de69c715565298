package filing

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"github.com/casefold/casefold/internal/disk"
)

// A Manifest is a file that went to a court.
type Manifest struct {
	Batch, Dir, File string
	SHA256           string
	Lines            int
	At               string
}

// ManifestColumns are the columns of a manifest. Name, birth_date and
// case_number are verbatim those of one teller (invariant 12).
var ManifestColumns = []string{
	"filing_id", "conviction_id", "person_id", "county", "court", "case_number", "name", "birth_date",
	"count", "section", "level", "conviction_date", "law", "route", "outcome", "reason", "citation",
	"caption", "caption_teller", "batch",
}

// A Sending is what Send did.
type Sending struct {
	Progress
	Manifests []Manifest // by file name
	Again     bool       // the batch was sent before; its files were made sure of
}

// Send writes a manifest per court into dir and records it. It transmits
// nothing. The ledger first says where the files will be, then the files are
// made durable, then the ledger says sent, in one piece. So a crash leaves files
// that the next Send, which must name the same folder, overwrites with its own,
// or a batch that is sent, files and all. Sending a sent batch into the same
// folder makes sure of its files; into another folder it is refused.
func (l *Ledger) Send(fsys disk.FS, batch, dir string, current Lookup, register Register, act Act) (Sending, error) {
	dir = filepath.Clean(dir)
	filings, err := l.batch(batch)
	if err != nil {
		return Sending{}, err
	}
	approved := withStatus(filings, Approved)
	if len(approved) == 0 {
		return l.resend(fsys, batch, dir, filings)
	}
	if begun := l.sending[batch]; begun != "" && begun != dir {
		return Sending{}, fmt.Errorf("batch %s was being written into %s when that was cut short; send it there", batch, begun)
	}
	sound, held, err := l.sift(approved, current, register)
	if err != nil {
		return Sending{}, err
	}
	s := Sending{Progress: Progress{Held: held, Moved: len(sound), Pending: len(withStatus(filings, Prepared))}}
	if len(sound) == 0 {
		return s, nil
	}
	files, err := l.render(sound, dir)
	if err != nil {
		return s, err
	}
	author := Act{By: act.By, At: act.At}
	if err := l.commit([]*entry{{Verb: verbSending, Batch: batch, Dir: dir, Act: author}}); err != nil {
		return s, err
	}
	if err := writeFiles(fsys, dir, files); err != nil {
		return s, err
	}
	entries, err := l.step(sound, Sent, act)
	if err != nil {
		return s, err
	}
	for _, f := range files {
		m := Manifest{Batch: batch, Dir: dir, File: f.name, SHA256: f.sum(), Lines: f.lines, At: act.At}
		s.Manifests = append(s.Manifests, m)
		entries = append(entries, &entry{
			Verb: verbManifest, Batch: batch, Dir: dir, File: m.File, SHA256: m.SHA256, Lines: m.Lines, Act: author,
		})
	}
	return s, l.commit(entries)
}

// resend makes sure of the files of a batch that was sent.
func (l *Ledger) resend(fsys disk.FS, batch, dir string, filings []*Filing) (Sending, error) {
	manifests := l.manifests[batch]
	if len(manifests) == 0 {
		if n := len(withStatus(filings, Prepared)); n > 0 {
			return Sending{}, fmt.Errorf("batch %s is not approved; casefold file approve %s --by NAME", batch, batch)
		}
		return Sending{}, fmt.Errorf("batch %s has nothing to send", batch)
	}
	s := Sending{Again: true}
	for _, m := range manifests {
		if m.Dir != dir {
			return s, fmt.Errorf("batch %s was sent on %s into %s; it is not sent twice", batch, m.At, m.Dir)
		}
		if err := l.checkFile(fsys, m); err != nil {
			return s, err
		}
		s.Manifests = append(s.Manifests, m)
	}
	return s, nil
}

// checkFile holds a manifest on disk against the hash in the ledger.
func (l *Ledger) checkFile(fsys disk.FS, m Manifest) error {
	b, err := disk.ReadWhole(fsys, filepath.Join(m.Dir, m.File), 1<<32)
	if err != nil {
		return fmt.Errorf("the manifest that was sent on %s is not where it was written: %w", m.At, err)
	}
	if sum := sha256.Sum256(b); hex.EncodeToString(sum[:]) != m.SHA256 {
		return fmt.Errorf("manifest %s is not the one that was sent on %s", m.File, m.At)
	}
	return nil
}

// Manifests are what was written for a batch, in order.
func (l *Ledger) Manifests(batch string) []Manifest { return slices.Clone(l.manifests[batch]) }

// A courtFile is a manifest before it is written.
type courtFile struct {
	name  string
	bytes []byte
	lines int
}

func (f *courtFile) sum() string {
	sum := sha256.Sum256(f.bytes)
	return hex.EncodeToString(sum[:])
}

// render makes the manifests of filings for a folder, one per court, by file
// name.
func (l *Ledger) render(filings []*Filing, dir string) ([]*courtFile, error) {
	lines, err := l.lines(filings)
	if err != nil {
		return nil, err
	}
	rows := map[string][][]string{}
	for i, f := range filings {
		rows[lines[i].Court] = append(rows[lines[i].Court], manifestRow(f, lines[i]))
	}
	var courts []string
	for court := range rows {
		courts = append(courts, court)
	}
	sort.Strings(courts)
	taken := map[string]bool{}
	var out []*courtFile
	for _, court := range courts {
		file := &courtFile{name: l.freeName(dir, fileName(court, taken)), lines: len(rows[court])}
		if file.bytes, err = table(ManifestColumns, rows[court]); err != nil {
			return nil, err
		}
		out = append(out, file)
	}
	return out, nil
}

func manifestRow(f *Filing, line *Line) []string {
	return []string{
		f.ID, f.Conviction, f.Person, line.County, line.Court, line.Caption.CaseNumber, line.Caption.Name,
		line.Caption.BirthDate, line.Count, line.Section, line.Level, line.ConvictionDate, f.Law, line.Route,
		f.Outcome, line.Reason, line.Citation, string(line.Caption.From), line.Caption.Teller.String(), f.Batch,
	}
}

// table is a CSV file as the contract wants it: header, sorted by all columns
// bytewise, LF.
func table(columns []string, rows [][]string) ([]byte, error) {
	slices.SortFunc(rows, slices.Compare)
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.Write(columns); err != nil {
		return nil, err
	}
	if err := w.WriteAll(rows); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// fileName is a court's name as a file name. Two courts never share one, also
// where upper and lower case are one.
func fileName(court string, taken map[string]bool) string {
	clean := strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, court)
	clean = strings.Trim(clean, ". ")
	if len(clean) > 100 || clean == "" || taken[strings.ToLower(clean)] {
		sum := sha256.Sum256([]byte(court))
		cut := clean[:min(len(clean), 80)]
		clean = strings.ToValidUTF8(cut, "") + "-" + hex.EncodeToString(sum[:4])
	}
	taken[strings.ToLower(clean)] = true
	return clean + ".csv"
}

// freeName keeps a manifest from overwriting one that was sent before, by
// another batch or by this one (of filings that were held then).
func (l *Ledger) freeName(dir, name string) string {
	base := strings.TrimSuffix(name, ".csv")
	for n := 2; l.written[filepath.Join(dir, name)] != ""; n++ {
		name = fmt.Sprintf("%s.%d.csv", base, n)
	}
	return name
}

func writeFiles(fsys disk.FS, dir string, files []*courtFile) error {
	if err := fsys.MkdirAll(dir); err != nil {
		return err
	}
	for _, f := range files {
		err := disk.WriteWhole(fsys, filepath.Join(dir, f.name), func(w io.Writer) error {
			_, err := w.Write(f.bytes)
			return err
		})
		if err != nil {
			return fmt.Errorf("writing manifest: %w", err)
		}
	}
	return nil
}
