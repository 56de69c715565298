package engine

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"

	"github.com/casefold/casefold/internal/disk"
	"github.com/casefold/casefold/internal/segment"
	"github.com/casefold/casefold/mention"
)

// A workFolder is where a large evaluation keeps what its stages have made: the
// mentions, each rule's blocks, the model, each rule's scored pairs. It is a
// shelf: what lies there is mapped, not held. A later process finds the files,
// checks them, and goes on behind the last; what is torn is made again. They are
// a function of the corpus and of this program, to the byte: a folder of another
// corpus or program is refused.
type workFolder struct {
	dir  string
	key  [32]byte // of corpus and program
	lock *os.File

	mu    sync.Mutex
	open  map[string][]*segment.Flat // the last is the file of that name now
	found []string                   // files of an earlier process that serve
	put   func(string)               // for tests: told of each file that is whole
}

// workNote is the file that says whose work a folder holds.
type workNote struct {
	What    string `json:"what"`
	Program string `json:"program"` // SHA-256 of the executable
	Corpus  string `json:"corpus"`  // SHA-256 of the names and bytes of its files
}

const (
	workNoteName = "work.json"
	workLockName = "lock"
	workVersion  = "casefold eval work 1"
)

// openWork opens a folder for the work on a corpus, and makes it if need be.
func openWork(dir, corpus string) (*workFolder, error) {
	note, err := noteOf(corpus)
	if err != nil {
		return nil, err
	}
	fsys := disk.OS{}
	if err := fsys.MkdirAll(dir); err != nil {
		return nil, err
	}
	names, err := fsys.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	w := &workFolder{dir: dir, open: map[string][]*segment.Flat{}, key: sha256.Sum256([]byte(workVersion + note.Program + note.Corpus))}
	known := slices.Contains(names, workNoteName)
	if stray := slices.DeleteFunc(slices.Clone(names), func(n string) bool { return n == workLockName || n == workNoteName+disk.TempSuffix }); !known && len(stray) > 0 {
		return nil, Usage(fmt.Sprintf("%s is not empty and holds no work of casefold eval", dir), "name a folder that is empty, or not there yet")
	}
	if err := w.acquire(); err != nil {
		return nil, err
	}
	if err := w.own(note, known); err != nil {
		return nil, errors.Join(err, w.lock.Close())
	}
	for _, n := range names {
		if strings.HasSuffix(n, disk.TempSuffix) {
			if err := disk.RemoveIfThere(fsys, filepath.Join(dir, n)); err != nil {
				return nil, errors.Join(err, w.lock.Close())
			}
		}
	}
	return w, nil
}

// acquire locks the folder for this process, however that ends.
func (w *workFolder) acquire() error {
	f, err := os.OpenFile(filepath.Join(w.dir, workLockName), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		if errors.Is(err, syscall.EWOULDBLOCK) {
			err = fmt.Errorf("work folder %s: %w", w.dir, ErrHeld)
		}
		return errors.Join(err, f.Close())
	}
	w.lock = f
	return nil
}

// own holds the folder's note against this work, or writes it.
func (w *workFolder) own(note workNote, known bool) error {
	name := filepath.Join(w.dir, workNoteName)
	if !known {
		return disk.WriteWhole(disk.OS{}, name, func(out io.Writer) error {
			b, err := json.MarshalIndent(note, "", "  ")
			if err == nil {
				_, err = out.Write(append(b, '\n'))
			}
			return err
		})
	}
	b, err := disk.ReadWhole(disk.OS{}, name, 1<<16)
	if err != nil {
		return err
	}
	var has workNote
	if err := json.Unmarshal(b, &has); err == nil && has == note {
		return nil
	}
	whose := "another corpus"
	if has.Corpus == note.Corpus {
		whose = "another version of this program"
	}
	return Usage(fmt.Sprintf("%s holds the work of %s", w.dir, whose), "name another folder, or delete this one to begin anew")
}

// noteOf names the work of this program on a corpus: its records, labels and
// mapping.
func noteOf(corpus string) (workNote, error) {
	note := workNote{What: "work of casefold eval; a later call goes on here; may be deleted"}
	program, err := os.Executable()
	if err != nil {
		return note, err
	}
	if note.Program, err = digestOf(program); err != nil {
		return note, err
	}
	var files []string
	for _, name := range []string{"records.csv", "truth.csv", "mapping.yaml"} {
		file, err := oneOf(corpus, name)
		if err != nil && name == "mapping.yaml" {
			continue
		}
		if err != nil {
			return note, err
		}
		files = append(files, file)
	}
	sums, failed := make([]string, len(files)), make([]error, len(files))
	var wg sync.WaitGroup
	for i, name := range files {
		wg.Go(func() { sums[i], failed[i] = digestOf(filepath.Join(corpus, name)) })
	}
	wg.Wait()
	all := sha256.New()
	for i, name := range files {
		fmt.Fprintf(all, "%s %s\n", name, sums[i])
	}
	note.Corpus = hex.EncodeToString(all.Sum(nil))
	return note, errors.Join(failed...)
}

func digestOf(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	_, err = io.CopyBuffer(h, struct{ io.Reader }{f}, make([]byte, 1<<20))
	return hex.EncodeToString(h.Sum(nil)), err
}

// keyOf is the key of a file: a file under another's name is foreign.
func (w *workFolder) keyOf(name string) segment.FlatKey {
	return sha256.Sum256(append(w.key[:], name...))
}

func (w *workFolder) path(name string) string { return filepath.Join(w.dir, name) }

// Find gives the columns of a file that is there, whole, and of this work.
func (w *workFolder) Find(name string) mention.Columns {
	w.mu.Lock()
	open := w.open[name]
	w.mu.Unlock()
	if len(open) > 0 {
		return open[len(open)-1].Column
	}
	if err := segment.CheckFlat(disk.OS{}, w.path(name), w.keyOf(name)); err != nil {
		return nil // not there, torn or foreign: made again
	}
	columns, err := w.mapped(name)
	if err != nil {
		return nil
	}
	w.mu.Lock()
	w.found = append(w.found, name)
	w.mu.Unlock()
	return columns
}

func (w *workFolder) mapped(name string) (mention.Columns, error) {
	f, err := segment.OpenFlat(w.path(name), w.keyOf(name))
	if err != nil {
		return nil, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.open[name] = append(w.open[name], f)
	return f.Column, nil
}

// Put writes a file and maps it. Until it is whole its name shows what it showed.
func (w *workFolder) Put(name string, write func(mention.Put) error) (mention.Columns, error) {
	f, err := segment.CreateFlat(disk.OS{}, w.path(name), w.keyOf(name))
	if err != nil {
		return nil, err
	}
	if err := write(f.Put); err != nil {
		return nil, errors.Join(err, f.Abort())
	}
	if err := f.Close(); err != nil {
		return nil, err
	}
	columns, err := w.mapped(name)
	if err != nil {
		return nil, err
	}
	w.mu.Lock()
	// What was found under the name was not wanted.
	w.found = slices.DeleteFunc(w.found, func(n string) bool { return n == name })
	w.mu.Unlock()
	if w.put != nil {
		w.put(name)
	}
	return columns, nil
}

// rest gives the pages of all files back to the system.
func (w *workFolder) rest() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, files := range w.open {
		for _, f := range files {
			_ = f.Rest() // a hint; the pages come back by themselves
		}
	}
}

// close ends the mappings: nothing that came from the folder may be read any
// more.
func (w *workFolder) close() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	var all []error
	for _, files := range w.open {
		for _, f := range files {
			all = append(all, f.Close())
		}
	}
	w.open = map[string][]*segment.Flat{}
	return errors.Join(append(all, w.lock.Close())...)
}

// temporaryWork is a folder that is gone with the work.
func temporaryWork(corpus string) (w *workFolder, remove func() error, err error) {
	dir, err := os.MkdirTemp("", "casefold-eval-")
	if err != nil {
		return nil, nil, err
	}
	if w, err = openWork(dir, corpus); err != nil {
		return nil, nil, errors.Join(err, os.RemoveAll(dir))
	}
	return w, func() error { return os.RemoveAll(dir) }, nil
}

// sizeOf is the size of a file, 0 if it is not there.
func sizeOf(path string) int64 {
	st, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) || err != nil {
		return 0
	}
	return st.Size()
}
