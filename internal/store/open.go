package store

import (
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/dgraph-io/badger/v4"
	"github.com/dgraph-io/badger/v4/options"

	"github.com/casefold/casefold/internal/disk"
)

// format is the number of the layout this program writes.
const format = 1

// Errors that callers branch on; exit codes are those of the contract.
var (
	ErrHeld     = errors.New("the store is held by another process")            // exit 5
	ErrNewer    = errors.New("the store is newer than this program")            // exit 5
	ErrCorrupt  = errors.New("the store is damaged")                            // exit 4
	ErrNotFound = errors.New("no such record")                                  //
	ErrFull     = errors.New("the disk is nearly full; nothing was written")    // exit 1
	ErrStale    = errors.New("the manifest was switched by someone else first") //
)

// Held tells who holds a store. errors.Is(err, ErrHeld) is true of it.
type Held struct {
	Dir    string `json:"-"`
	Holder string `json:"holder"` // such as "casefold serve"
	PID    int    `json:"pid"`
}

func (h *Held) Error() string {
	who := "another process"
	if h.Holder != "" {
		who = fmt.Sprintf("%s (process %d)", h.Holder, h.PID)
	}
	return fmt.Sprintf("%s is held by %s; ask there, or wait until it ends", h.Dir, who)
}

func (h *Held) Is(target error) bool { return target == ErrHeld }

// Options of Open.
type Options struct {
	// Holder is what others are told who find the store held: the command.
	Holder string
	// Random makes a new store's ID and secrets, and keys of subjects:
	// crypto/rand.Reader outside tests.
	Random io.Reader
	// ReserveBytes must be free on the disk for whoever writes; 0: 128 MiB. Badger's tables and
	// logs fit into it several times.
	ReserveBytes int64
	// Free tells the free bytes of the disk a folder is on; nil: the system's.
	Free func(dir string) (int64, error)
	// MustExist refuses to make a store where there is none (fs.ErrNotExist).
	MustExist bool
}

// A Store is an open store. It is safe for concurrent use.
type Store struct {
	dir     string
	opts    Options
	id      string
	secret  []byte
	macKey  []byte
	lock    io.Closer
	db      *badger.DB
	retries int
	full    error // why it was opened for reading only

	mu   sync.Mutex // held by Update
	head *headFile
	seq  uint64

	closing sync.Once
	closed  error
}

// A label is store.json.
type label struct {
	Format int    `json:"format"`
	ID     string `json:"id"`
}

// Open opens the store in dir, or makes one there.
func Open(dir string, o Options) (*Store, error) {
	s := &Store{dir: dir, opts: o}
	if s.opts.ReserveBytes == 0 {
		s.opts.ReserveBytes = 128 << 20
	}
	if s.opts.Free == nil {
		s.opts.Free = freeBytes
	}
	if err := s.open(); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (s *Store) open() error {
	known, err := s.readLabel()
	if err != nil {
		return err
	}
	for _, folder := range []string{"segments", "badger"} {
		if err := (disk.OS{}).MkdirAll(filepath.Join(s.dir, folder)); err != nil {
			return err
		}
	}
	if s.lock, err = acquire(s.dir, s.opts.Holder); err != nil {
		return err
	}
	s.full = s.Room()
	if s.full != nil && (!known || !errors.Is(s.full, ErrFull)) {
		return s.full
	}
	if err := s.readSecret(known); err != nil {
		return err
	}
	if s.db, err = s.openBadger(); err != nil {
		return errors.Join(s.full, fmt.Errorf("opening store: %w", err))
	}
	if err := s.Check(); err != nil {
		return err
	}
	if s.head, err = openHead(filepath.Join(s.dir, "head"), s.Secret("head"), known); err != nil {
		return err
	}
	return s.settle(known)
}

// Check reads every block of every table and holds it against its checksum.
// Badger does so on each read as well, but takes a block that fails for one
// that holds nothing: a record would be missing, or an older one found, in
// silence. So Open checks first, and a process that runs for long again.
func (s *Store) Check() (err error) {
	defer func() {
		// On a bad block VerifyChecksum stumbles over its own error message.
		if recover() != nil {
			err = fmt.Errorf("%w: a table of records", ErrCorrupt)
		}
	}()
	if err := s.db.VerifyChecksum(); err != nil {
		return damaged(err)
	}
	return nil
}

// readLabel tells whether there is a store and whether we can read it.
func (s *Store) readLabel() (known bool, err error) {
	b, err := os.ReadFile(filepath.Join(s.dir, "store.json"))
	if errors.Is(err, fs.ErrNotExist) {
		if s.opts.MustExist {
			return false, fmt.Errorf("there is no store in %s: %w", s.dir, fs.ErrNotExist)
		}
		return false, s.refuseForeign()
	}
	if err != nil {
		return false, err
	}
	var l label
	if err := json.Unmarshal(b, &l); err != nil || l.Format < 1 || l.ID == "" {
		return false, fmt.Errorf("%w: store.json cannot be read", ErrCorrupt)
	}
	if l.Format > format {
		return false, fmt.Errorf("%w: its format is %d, this program reads up to %d", ErrNewer, l.Format, format)
	}
	s.id = l.ID
	return true, nil
}

// refuseForeign keeps a mistyped folder name from mixing a store into it.
func (s *Store) refuseForeign() error {
	entries, err := os.ReadDir(s.dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for _, e := range entries {
		switch strings.TrimSuffix(e.Name(), disk.TempSuffix) {
		case "store.json", "secret", "lock", "badger", "segments", "head": // a first Open that was cut short
		default:
			return fmt.Errorf("%s is not empty and not a store; name a new folder", s.dir)
		}
	}
	return nil
}

// readSecret reads the secret, and makes one for a new store.
func (s *Store) readSecret(known bool) error {
	name := filepath.Join(s.dir, "secret")
	text, err := os.ReadFile(name)
	switch {
	case errors.Is(err, fs.ErrNotExist) && known:
		return fmt.Errorf("%w: its secret is missing", ErrCorrupt)
	case errors.Is(err, fs.ErrNotExist):
		b := make([]byte, 32)
		if _, err := io.ReadFull(s.opts.Random, b); err != nil {
			return fmt.Errorf("making a secret: %w", err)
		}
		text = []byte(hex.EncodeToString(b) + "\n")
		if err := writeWhole(name, text); err != nil {
			return err
		}
	case err != nil:
		return err
	}
	s.secret, err = hex.DecodeString(strings.TrimSuffix(string(text), "\n"))
	if err != nil || len(s.secret) != 32 || hex.EncodeToString(s.secret)+"\n" != string(text) {
		return fmt.Errorf("%w: its secret cannot be read", ErrCorrupt)
	}
	s.macKey = s.Secret("record")
	return nil
}

func writeWhole(name string, b []byte) error {
	return disk.WriteWhole(disk.OS{}, name, func(w io.Writer) error { _, err := w.Write(b); return err })
}

// Secret is 32 bytes for one purpose, always the same for this store.
func (s *Store) Secret(purpose string) []byte {
	key, err := hkdf.Key(sha256.New, s.secret, nil, "casefold "+purpose, 32)
	if err != nil {
		panic("store: deriving a key: " + err.Error()) // only for lengths that are never asked for
	}
	return key
}

// badgerOptions are the settings that the measurements call for.
func badgerOptions(dir string) badger.Options {
	o := badger.LSMOnlyOptions(dir)
	o.Logger = nil
	o.SyncWrites = true
	o.ChecksumVerificationMode = options.OnBlockRead
	o.VerifyValueChecksum = true
	o.Compression = options.ZSTD
	o.MetricsEnabled = false
	o.MemTableSize = 8 << 20 // a transaction holds at most 15 % of it, more than the largest value
	o.NumMemtables = 2
	o.BlockCacheSize = 8 << 20
	o.ValueLogFileSize = 1 << 20 // no value goes there; the file is made at twice the size
	o.NumCompactors = 2
	o.NumGoroutines = 2
	o.ExternalMagicVersion = format
	return o
}

// openBadger opens Badger. A log file that a crash left without bytes makes the
// first try fail, and is gone at the second (Badger issue 2207); the error can
// be told by its text only.
func (s *Store) openBadger() (*badger.DB, error) {
	const text = "Create a new file"
	for {
		db, err := badger.Open(badgerOptions(filepath.Join(s.dir, "badger")).WithReadOnly(s.full != nil))
		switch {
		case err == nil:
			return db, nil
		case s.retries == 3 || !strings.Contains(err.Error(), text):
			return nil, err // with an error Badger hands out half a database
		}
		s.retries++
	}
}

// settle finishes a new store, and holds an old one against its label and head.
func (s *Store) settle(known bool) error {
	var told label
	err := s.View(func(tx *Tx) (err error) {
		if told, err = labels.Get(tx, "store"); err == nil {
			s.seq, err = sequence.Get(tx, "last")
		}
		return err
	})
	switch {
	case errors.Is(err, ErrNotFound) && !known && s.head.seq == 0:
		return s.begin()
	case errors.Is(err, ErrNotFound):
		return fmt.Errorf("%w: records are missing", ErrCorrupt)
	case err != nil:
		return err
	case known && told.ID != s.id:
		return fmt.Errorf("%w: store.json and the records are of two stores", ErrCorrupt)
	case s.seq < s.head.seq:
		return fmt.Errorf("%w: it has lost acknowledged writes (%d of %d)", ErrCorrupt, s.head.seq-s.seq, s.head.seq)
	}
	s.id = told.ID
	if !known {
		return s.writeLabel()
	}
	return nil
}

// begin writes a new store's first records; store.json comes last, and only
// with it is the folder a store.
func (s *Store) begin() error {
	b := make([]byte, 8)
	if _, err := io.ReadFull(s.opts.Random, b); err != nil {
		return fmt.Errorf("making an ID: %w", err)
	}
	s.id = hex.EncodeToString(b)
	err := s.Update(func(tx *Tx) error { return labels.Put(tx, "store", label{format, s.id}) })
	if err != nil {
		return err
	}
	return s.writeLabel()
}

func (s *Store) writeLabel() error {
	b, err := json.Marshal(label{format, s.id})
	if err != nil {
		return err
	}
	return writeWhole(filepath.Join(s.dir, "store.json"), append(b, '\n'))
}

// Room reports ErrFull where less than the reserve is free. A store that was
// opened then is read only: Badger writes nothing, and Update refuses.
func (s *Store) Room() error {
	if s.full != nil {
		return s.full
	}
	free, err := s.opts.Free(s.dir)
	if err != nil {
		return err
	}
	if free < s.opts.ReserveBytes {
		return fmt.Errorf("%w: %d MiB are free in %s, %d MiB are needed", ErrFull, free>>20, s.dir, s.opts.ReserveBytes>>20)
	}
	return nil
}

// Close ends the use of the store and lets others have it. Once closed, View
// and Update return an error.
func (s *Store) Close() error {
	s.closing.Do(func() {
		s.mu.Lock() // an Update in flight ends first
		defer s.mu.Unlock()
		if s.db != nil {
			s.closed = s.db.Close()
		}
		if s.head != nil {
			s.closed = errors.Join(s.closed, s.head.Close())
		}
		if s.lock != nil {
			s.closed = errors.Join(s.closed, s.lock.Close())
		}
	})
	return s.closed
}

// Dir is the store's folder, Path a name in it, ID what tells it from others.
func (s *Store) Dir() string             { return s.dir }
func (s *Store) Path(name string) string { return filepath.Join(s.dir, name) }
func (s *Store) ID() string              { return s.id }

// Retries is how often Badger had to be opened again after a crash: a number
// for the log, not an error.
func (s *Store) Retries() int { return s.retries }
