package filing

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"sort"
	"strconv"

	"github.com/casefold/casefold"
)

// A Log is the journal under the ledger.
type Log interface {
	// Append makes all entries durable, or none.
	Append(entries ...[]byte) (first int64, err error)
	Scan(from int64, fn func(index int64, entry []byte) error) error
}

// Keys gives the secret keys of subjects, made when first asked for; an empty
// key is a destroyed one.
type Keys interface {
	SubjectKeys(subjects []string) ([][]byte, error)
}

// Options of a Ledger.
type Options struct {
	Log  Log
	Keys Keys
	// Secret salts the commitments of keys that the guard compares.
	Secret []byte
	// Random makes nonces: crypto/rand.Reader outside tests.
	Random io.Reader
	// Resembles tells whether two convictions of different persons, or of
	// different runs, could be one: history's answer is not "different". nil:
	// any two that share a key could be.
	Resembles func(a, b *casefold.Conviction) bool
}

// A Filing is one request to a court for one conviction under one law.
type Filing struct {
	ID         string
	Conviction string // as it was known when prepared
	Person     string // likewise
	Law        string
	Outcome    string
	Basis      Basis
	Batch      string
	Status     Status
	Prior      string // filing that this one repeats, "" if none
	At         string // when it came to its status

	subject string
	keys    []string
	sealed  []byte
	order   int // of its making
}

// ErrLedger: the ledger holds an entry that this package would not have
// written.
var ErrLedger = errors.New("the ledger contradicts itself")

// A Ledger is the state of all filings. It is used by one goroutine.
type Ledger struct {
	o         Options
	filings   map[string]*Filing
	ordered   []*Filing             // in the order of making
	manifests map[string][]Manifest // by batch
	sending   map[string]string     // batch to the folder it is being written into
	written   map[string]string     // path of a recorded manifest to its batch
	distinct  map[[2]string]bool    // conviction, filing
	byCase    map[[2]string]int     // conviction as prepared, law: number of filings
}

// Open replays the log.
func Open(o Options) (*Ledger, error) {
	l := &Ledger{
		o: o, filings: map[string]*Filing{}, manifests: map[string][]Manifest{}, sending: map[string]string{},
		written: map[string]string{}, distinct: map[[2]string]bool{}, byCase: map[[2]string]int{},
	}
	err := o.Log.Scan(0, func(index int64, b []byte) error {
		var e entry
		if err := json.Unmarshal(b, &e); err != nil {
			return fmt.Errorf("%w: entry %d cannot be read", ErrLedger, index)
		}
		if err := l.apply(&e); err != nil {
			return fmt.Errorf("%w: entry %d: %w", ErrLedger, index, err)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return l, nil
}

// apply takes an entry into the state. It is the only place that changes it.
func (l *Ledger) apply(e *entry) error {
	switch e.Verb {
	case verbStatus:
		return l.applyStatus(e)
	case verbSending:
		l.sending[e.Batch] = e.Dir
		return nil
	case verbManifest:
		delete(l.sending, e.Batch)
		l.written[filepath.Join(e.Dir, e.File)] = e.Batch
		m := Manifest{Batch: e.Batch, Dir: e.Dir, File: e.File, SHA256: e.SHA256, Lines: e.Lines, At: e.At}
		l.manifests[e.Batch] = append(l.manifests[e.Batch], m)
		return nil
	case verbDistinct:
		f := l.filings[e.Filing]
		if f == nil {
			return fmt.Errorf("it speaks of filing %s, which is not there", e.Filing)
		}
		l.distinct[[2]string{e.Conviction, f.Conviction}] = true
		return nil
	}
	return fmt.Errorf("it does %q, which this program does not know", e.Verb)
}

func (l *Ledger) applyStatus(e *entry) error {
	f := l.filings[e.Filing]
	if f == nil {
		if e.Status != Prepared || e.Conviction == "" || e.Law == "" || e.Batch == "" {
			return fmt.Errorf("a filing begins as %q", e.Status)
		}
		l.make(e)
		return nil
	}
	if !f.Status.May(e.Status) {
		return fmt.Errorf("a filing goes from %s to %s", f.Status, e.Status)
	}
	f.Status, f.At = e.Status, e.At
	return nil
}

func (l *Ledger) make(e *entry) {
	f := &Filing{
		ID: e.Filing, Conviction: e.Conviction, Person: e.Person, Law: e.Law, Outcome: e.Outcome,
		Basis: e.Basis, Batch: e.Batch, Status: e.Status, Prior: e.Prior, At: e.At,
		subject: subject(e.Conviction), keys: e.Keys, sealed: e.Sealed, order: len(l.ordered),
	}
	l.filings[f.ID] = f
	l.ordered = append(l.ordered, f)
	l.byCase[[2]string{f.Conviction, f.Law}]++
}

// subject names the key under which a conviction's entries are sealed.
func subject(conviction string) string { return "conviction/" + conviction }

// commit makes entries durable and then visible. After an error nothing is
// visible; what the log holds is found out by opening it again.
func (l *Ledger) commit(entries []*entry) error {
	if len(entries) == 0 {
		return nil
	}
	lines := make([][]byte, len(entries))
	for i, e := range entries {
		var err error
		if lines[i], err = json.Marshal(e); err != nil {
			return err
		}
	}
	if _, err := l.o.Log.Append(lines...); err != nil {
		return fmt.Errorf("writing the ledger: %w", err)
	}
	for _, e := range entries {
		if err := l.apply(e); err != nil {
			return fmt.Errorf("%w: %w", ErrLedger, err)
		}
	}
	return nil
}

// Filings are all filings, by ID; Filing is one of them.
func (l *Ledger) Filings() []Filing {
	out := make([]Filing, 0, len(l.ordered))
	for _, f := range l.ordered {
		out = append(out, *f)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].ID < out[j].ID })
	return out
}

func (l *Ledger) Filing(id string) (Filing, bool) {
	f := l.filings[id]
	if f == nil {
		return Filing{}, false
	}
	return *f, true
}

// A Batch is what was prepared together.
type Batch struct {
	ID       string
	Law      string
	Basis    Basis
	Filings  int
	Statuses map[Status]int
}

// Batches are all batches in the order of their making.
func (l *Ledger) Batches() []Batch {
	var out []Batch
	at := map[string]int{}
	for _, f := range l.ordered {
		i, ok := at[f.Batch]
		if !ok {
			i = len(out)
			at[f.Batch] = i
			out = append(out, Batch{ID: f.Batch, Law: f.Law, Basis: f.Basis, Statuses: map[Status]int{}})
		}
		out[i].Filings++
		out[i].Statuses[f.Status]++
	}
	return out
}

// batch lists a batch's filings in the order of making.
func (l *Ledger) batch(id string) ([]*Filing, error) {
	var out []*Filing
	for _, f := range l.ordered {
		if f.Batch == id {
			out = append(out, f)
		}
	}
	if out == nil {
		return nil, fmt.Errorf("there is no batch %q", id)
	}
	return out, nil
}

// lines opens the sealed lines of filings, in their order. A line is nil where
// the subject's key is destroyed.
func (l *Ledger) lines(filings []*Filing) ([]*Line, error) {
	subjects := make([]string, len(filings))
	for i, f := range filings {
		subjects[i] = f.subject
	}
	keys, err := l.o.Keys.SubjectKeys(subjects)
	if err != nil {
		return nil, err
	}
	out := make([]*Line, len(filings))
	for i, f := range filings {
		s, err := unseal(keys[i], f.ID, f.sealed)
		if errors.Is(err, ErrShredded) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("filing %s: %w", f.ID, err)
		}
		out[i] = s.Line
	}
	return out, nil
}

// Line is what the manifest says, or said, of a filing.
func (l *Ledger) Line(id string) (Line, error) {
	f := l.filings[id]
	if f == nil {
		return Line{}, unknownFiling(id)
	}
	lines, err := l.lines([]*Filing{f})
	if err != nil {
		return Line{}, err
	}
	if lines[0] == nil {
		return Line{}, ErrShredded
	}
	return *lines[0], nil
}

func unknownFiling(id string) error { return fmt.Errorf("there is no filing %q", id) }

var letters = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// name makes an ID from content.
func name(prefix string, parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d:%s", len(p), p)
	}
	return prefix + letters.EncodeToString(h.Sum(nil))[:12]
}

// filingName is the ID of the next filing of a conviction under a law.
func (l *Ledger) filingName(conviction, law string) string {
	return name("F-", conviction, law, strconv.Itoa(l.byCase[[2]string{conviction, law}]))
}

// commitments are the salted forms of keys, sorted.
func (l *Ledger) commitments(keys []string) []string {
	out := make([]string, 0, len(keys))
	for _, k := range keys {
		h := hmac.New(sha256.New, l.o.Secret)
		h.Write([]byte(k))
		out = append(out, hex.EncodeToString(h.Sum(nil)[:12]))
	}
	slices.Sort(out)
	return slices.Compact(out)
}
