package filing_test

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/filing"
	"github.com/casefold/casefold/internal/disk"
	"github.com/casefold/casefold/internal/journal"
)

// A world is an office with its ledger, its convictions and its registry.
type world struct {
	t          *testing.T
	dir        string
	log        *journal.Journal
	ledger     *filing.Ledger
	keys       subjectKeys
	candidates map[string]filing.Candidate // by ID
	into       map[string]string           // conviction merged into
	kin        map[string][]string
	resembles  func(a, b *casefold.Conviction) bool
	names      map[string]string // long IDs to F1, B1 ...
	ids        map[string]string // and back
}

type subjectKeys map[string][]byte

func (k subjectKeys) SubjectKeys(subjects []string) ([][]byte, error) {
	out := make([][]byte, len(subjects))
	for i, s := range subjects {
		if _, ok := k[s]; !ok {
			sum := sha256.Sum256([]byte(s))
			k[s] = sum[:]
		}
		out[i] = k[s]
	}
	return out, nil
}

func newWorld(t *testing.T) *world {
	w := &world{
		t: t, dir: t.TempDir(), keys: subjectKeys{}, candidates: map[string]filing.Candidate{},
		into: map[string]string{}, kin: map[string][]string{}, names: map[string]string{}, ids: map[string]string{},
	}
	w.resembles = func(a, b *casefold.Conviction) bool { return a.Caption.Name == b.Caption.Name }
	w.open()
	return w
}

func (w *world) open() {
	w.t.Helper()
	if w.log != nil {
		w.log.Close()
	}
	var err error
	w.log, err = journal.Open(filepath.Join(w.dir, "ledger"), journal.Options{Name: "ledger", Secret: bytes.Repeat([]byte("s"), 32)})
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { w.log.Close() })
	w.ledger, err = filing.Open(filing.Options{
		Log: w.log, Keys: w.keys, Secret: []byte("salt"), Random: rand.Reader, Resembles: w.resembles,
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

// Current, Kin, Keys and Conviction make the world a filing.Register.
func (w *world) Current(id string) (string, bool) {
	for w.into[id] != "" {
		id = w.into[id]
	}
	return id, true
}

func (w *world) Kin(id string) []string { return w.kin[id] }

func (w *world) Keys(id string) []uint64 {
	var out []uint64
	if c := w.Conviction(id); c != nil {
		for _, n := range c.Numbers {
			sum := sha256.Sum256([]byte(n.Family + n.Key + c.Count.Value))
			out = append(out, binary.LittleEndian.Uint64(sum[:]))
		}
	}
	return out
}

func (w *world) Conviction(id string) *casefold.Conviction {
	if c, ok := w.candidates[id]; ok {
		return c.Conviction
	}
	return nil
}

func (w *world) lookup(id, law string) (filing.Candidate, bool) {
	c, ok := w.candidates[id]
	return c, ok && c.Law == law
}

func (w *world) all() []filing.Candidate {
	var out []filing.Candidate
	for _, c := range w.candidates {
		out = append(out, c)
	}
	return out
}

// conviction makes or changes one: `C1 person=P1 name=DOE case=99F1 count=1`.
func (w *world) conviction(words []string) {
	c := filing.Candidate{
		ConvictionID: words[0], PersonID: "P1", Law: "prop64", Route: "11361.8(e)", Outcome: "dismiss_and_seal",
		Basis: filing.Owed, County: "SACRAMENTO", Court: "SACRAMENTO SUPERIOR COURT", Count: "1",
		Section: "HS 11359", Level: "felony", Ours: casefold.True, Fileable: casefold.True,
		Caption: casefold.Caption{From: casefold.TellerCourt, Name: "Doe, Jane", BirthDate: "1/2/1970", Teller: casefold.Teller{Source: "court", RowKey: words[0]}},
	}
	truth := map[string]casefold.Truth{"yes": casefold.True, "no": casefold.False, "unknown": casefold.Unknown}
	number, near := "99F-"+words[0], []string(nil)
	for _, word := range words[1:] {
		key, value, _ := strings.Cut(word, "=")
		switch key {
		case "person":
			c.PersonID = value
		case "name":
			c.Caption.Name = value
		case "case":
			number = value
		case "count":
			c.Count = value
		case "court":
			c.Court = strings.ReplaceAll(value, "_", " ")
		case "law":
			c.Law = value
		case "ours":
			c.Ours = truth[value]
		case "fileable":
			c.Fileable, c.Hindrance = truth[value], "file destroyed"
		case "caption":
			c.Caption.From = casefold.TellerKind(value)
		case "near":
			near = strings.Split(value, ",")
		case "outcome":
			c.Outcome, c.Basis = value, filing.NoBasis
		case "policy":
			c.Outcome, c.Basis = value, filing.Policy
		default:
			w.t.Fatalf("unknown word %q", word)
		}
	}
	c.CaseNumber, c.Caption.CaseNumber = number, number
	c.Conviction = &casefold.Conviction{
		ID: c.ConvictionID, PersonID: c.PersonID, PossiblySame: near, Caption: c.Caption,
		Count: casefold.Fact[string]{Value: c.Count}, Numbers: []casefold.CaseNumber{{Family: "CASC SACRAMENTO", Key: number}},
	}
	w.candidates[c.ConvictionID] = c
}

// short renames IDs in the order in which filings were made.
func (w *world) short(text string) string {
	var long []string
	for id := range w.names {
		long = append(long, id)
	}
	sort.Strings(long)
	for _, id := range long {
		text = strings.ReplaceAll(text, id, w.names[id])
	}
	return strings.ReplaceAll(text, w.dir, "")
}

func (w *world) learn() {
	number := map[byte]int{}
	for _, name := range w.names {
		number[name[0]]++
	}
	give := func(id string) {
		if w.names[id] == "" {
			number[id[0]]++
			w.names[id] = fmt.Sprintf("%c%d", id[0], number[id[0]])
			w.ids[w.names[id]] = id
		}
	}
	fresh := w.ledger.Filings()
	slices.SortFunc(fresh, func(a, b filing.Filing) int {
		return strings.Compare(a.Batch+a.Conviction, b.Batch+b.Conviction)
	})
	for _, b := range w.ledger.Batches() {
		give(b.ID)
	}
	slices.SortStableFunc(fresh, func(a, b filing.Filing) int {
		return strings.Compare(w.names[a.Batch], w.names[b.Batch])
	})
	for _, f := range fresh {
		give(f.ID)
	}
}

// do runs one line of a script and returns what it prints.
func (w *world) do(line string) string {
	words := strings.Fields(line)
	arg := func(i int) string {
		if i < len(words) {
			if id := w.ids[words[i]]; id != "" {
				return id
			}
			return words[i]
		}
		return ""
	}
	act := filing.Act{By: "mr", Note: "because", At: "2020-01-02T03:04:05Z"}
	var out string
	var err error
	switch words[0] {
	case "conviction":
		w.conviction(words[1:])
	case "drop":
		delete(w.candidates, words[1])
	case "merge":
		w.into[words[1]] = words[3]
		delete(w.candidates, words[1])
	case "kin":
		w.kin[words[1]] = append(w.kin[words[1]], words[2])
		w.kin[words[2]] = append(w.kin[words[2]], words[1])
	case "reopen":
		w.open()
	case "shred":
		w.keys["conviction/"+words[1]] = nil
	case "prepare":
		var p filing.Preparation
		p, err = w.ledger.Prepare(w.all(), w, act)
		out = fmt.Sprintf("filed %d, already %d, closed %d, possible %d, hindered %d", p.Filed, p.Already, p.Closed, p.Possible, p.Hindered)
	case "approve":
		var p filing.Progress
		p, err = w.ledger.Approve(arg(1), w.lookup, w, act)
		out = fmt.Sprintf("approved %d, held %d", p.Moved, len(p.Held))
	case "send":
		var s filing.Sending
		s, err = w.ledger.Send(disk.OS{}, arg(1), filepath.Join(w.dir, words[2]), w.lookup, w, act)
		out = fmt.Sprintf("sent %d, held %d", s.Moved, len(s.Held))
		if s.Again {
			out = "sent before"
		}
		for _, m := range s.Manifests {
			out += fmt.Sprintf("\n%s: %d", m.File, m.Lines)
		}
	case "record":
		err = w.ledger.Record(arg(1), filing.Status(words[2]), act)
	case "again":
		f, _ := w.ledger.Filing(arg(1))
		now, _ := w.Current(f.Conviction)
		_, err = w.ledger.Again(arg(1), w.candidates[now], w, act)
	case "distinct":
		err = w.ledger.Distinct(words[1], arg(2), w, act)
	case "filings":
		out = w.filings()
	case "worklist":
		out = w.worklist()
	case "manifest":
		b, e := os.ReadFile(filepath.Join(w.dir, words[1], strings.Join(words[2:], " ")))
		out, err = strings.TrimSuffix(string(b), "\n"), e
	default:
		w.t.Fatalf("unknown command %q", line)
	}
	w.learn()
	if err != nil {
		out = "error: " + err.Error()
	}
	return w.short(out)
}

func (w *world) filings() string {
	rows, err := w.ledger.Rows(w)
	if err != nil {
		return "error: " + err.Error()
	}
	var out []string
	for _, r := range rows {
		// filing, conviction, person, batch, status, case number
		out = append(out, w.short(strings.Join([]string{r[0], r[1], r[2], r[10], r[11], r[5]}, " ")))
	}
	slices.Sort(out)
	return strings.Join(out, "\n")
}

func (w *world) worklist() string {
	work, err := w.ledger.Worklist(w.all(), w)
	if err != nil {
		return "error: " + err.Error()
	}
	var out []string
	for _, x := range work {
		out = append(out, strings.Join(x.Row(), " | "))
	}
	return strings.Join(out, "\n")
}

// TestLives runs the scripts in testdata/life: a command a line, and what it
// prints indented below it.
func TestLives(t *testing.T) {
	files, err := filepath.Glob("testdata/life/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no scripts", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var got strings.Builder
			w := newWorld(t)
			for _, line := range strings.Split(strings.TrimRight(string(text), "\n"), "\n") {
				if strings.HasPrefix(line, "\t") {
					continue
				}
				got.WriteString(line + "\n")
				if line == "" || line[0] == '#' {
					continue
				}
				if out := w.do(line); out != "" {
					got.WriteString("\t" + strings.ReplaceAll(out, "\n", "\n\t") + "\n")
				}
			}
			if got.String() != string(text) {
				if *update {
					if err := os.WriteFile(file, []byte(got.String()), 0o644); err != nil {
						t.Fatal(err)
					}
					return
				}
				t.Errorf("got\n%s\nwant\n%s", got.String(), text)
			}
		})
	}
}
