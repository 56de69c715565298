package crash

import (
	"errors"
	"io/fs"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"sort"
	"sync"

	"github.com/casefold/casefold/internal/disk"
)

// ErrStopped is what every call returns once the process counts as dead.
var ErrStopped = errors.New("crash: the process is dead")

// A Disk is a disk.FS in memory. It is safe for concurrent use.
type Disk struct {
	mu      sync.Mutex
	live    map[string]*inode // by cleaned name
	durable map[string]*inode // as of the folder's last SyncDir
	calls   int
	stopAt  int
	failAt  int
	failing error
	sticky  bool
}

// NewDisk returns an empty disk.
func NewDisk() *Disk {
	return &Disk{live: map[string]*inode{}, durable: map[string]*inode{}}
}

// StopAt lets the n-th call from now (from 1) be the last: a write is half
// done, anything else is not done, and all further calls return ErrStopped.
func (d *Disk) StopAt(n int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.stopAt = d.calls + n
}

// FailAt lets the n-th call from now (from 1) return err; with sticky, every
// later call that would change anything as well, as on a full disk. A failing
// write is half done.
func (d *Disk) FailAt(n int, err error, sticky bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.failAt, d.failing, d.sticky = d.calls+n, err, sticky
}

// Calls is how many calls there were.
func (d *Disk) Calls() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.calls
}

// step counts a call. half reports that a write is to be done by half, and err
// is then returned after it.
func (d *Disk) step(changes bool) (half bool, err error) {
	d.calls++
	switch {
	case d.stopAt > 0 && d.calls > d.stopAt:
		return false, ErrStopped
	case d.stopAt > 0 && d.calls == d.stopAt:
		return true, ErrStopped
	case d.failAt > 0 && (d.calls == d.failAt || d.sticky && changes && d.calls > d.failAt):
		return true, d.failing
	}
	return false, nil
}

// A Loss says what survives.
type Loss int

const (
	Kill     Loss = iota // kill -9: every call that was made has its effect
	PowerCut             // only what was synced
)

// Restart is the disk as the next process finds it.
func (d *Disk) Restart(loss Loss) *Disk {
	d.mu.Lock()
	defer d.mu.Unlock()
	names, bytes := d.live, func(n *inode) []byte { return n.data }
	if loss == PowerCut {
		names, bytes = d.durable, func(n *inode) []byte { return n.synced }
	}
	return remake(names, bytes)
}

// RestartTorn is the disk after a power cut in which some of what was not
// synced had reached the disk, some not and some by half. Names that were not
// synced are there or not, file by file.
func (d *Disk) RestartTorn(seed uint64) *Disk {
	d.mu.Lock()
	defer d.mu.Unlock()
	random := rand.New(rand.NewPCG(seed, 1))
	names := map[string]*inode{}
	for _, name := range allNames(d.live, d.durable) {
		chosen := d.durable[name]
		if random.IntN(2) == 0 {
			chosen = d.live[name]
		}
		if chosen != nil {
			names[name] = chosen
		}
	}
	seen := map[*inode][]byte{}
	return remake(names, func(n *inode) []byte {
		if b, ok := seen[n]; ok {
			return b
		}
		b := slices.Clone(n.synced)
		for _, c := range n.pending {
			switch random.IntN(3) {
			case 0:
				b = c.apply(b)
			case 1:
				if len(c.data) > 0 {
					b = change{c.offset, c.data[:random.IntN(len(c.data))]}.apply(b)
				}
			}
		}
		seen[n] = b
		return b
	})
}

func allNames(maps ...map[string]*inode) []string {
	set := map[string]bool{}
	for _, m := range maps {
		for name := range m {
			set[name] = true
		}
	}
	var out []string
	for name := range set {
		out = append(out, name)
	}
	sort.Strings(out)
	return out
}

func remake(names map[string]*inode, bytes func(*inode) []byte) *Disk {
	n := NewDisk()
	for _, name := range allNames(names) {
		b := bytes(names[name])
		node := &inode{data: slices.Clone(b), synced: slices.Clone(b)}
		n.live[name], n.durable[name] = node, node
	}
	return n
}

// Names lists all files; Bytes is one's content, to be changed in place by a
// test that damages it; Put replaces it.
func (d *Disk) Names() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return allNames(d.live)
}

func (d *Disk) Bytes(name string) []byte {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.live[filepath.Clean(name)].data
}

func (d *Disk) Put(name string, b []byte) {
	d.mu.Lock()
	defer d.mu.Unlock()
	n := &inode{data: slices.Clone(b), synced: slices.Clone(b)}
	d.live[filepath.Clean(name)], d.durable[filepath.Clean(name)] = n, n
}

// Clone is an independent copy, as after a clean end of the process.
func (d *Disk) Clone() *Disk { return d.Restart(Kill) }

func notThere(op, name string) error {
	return &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
}

// MkdirAll does nothing but count: folders are there when files are.
func (d *Disk) MkdirAll(string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	_, err := d.step(true)
	return err
}

func (d *Disk) Create(name string) (disk.File, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, err := d.step(true); err != nil {
		return nil, err
	}
	name = filepath.Clean(name)
	n := d.live[name]
	if n == nil {
		n = &inode{}
		d.live[name] = n
	} else {
		n.change(change{offset: 0})
	}
	return &file{d: d, n: n}, nil
}

func (d *Disk) Open(name string) (disk.File, error)   { return d.open(name, false) }
func (d *Disk) OpenRW(name string) (disk.File, error) { return d.open(name, true) }

func (d *Disk) open(name string, create bool) (disk.File, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, err := d.step(create); err != nil {
		return nil, err
	}
	name = filepath.Clean(name)
	n := d.live[name]
	if n == nil {
		if !create {
			return nil, notThere("open", name)
		}
		n = &inode{}
		d.live[name] = n
	}
	return &file{d: d, n: n}, nil
}

func (d *Disk) Rename(from, to string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, err := d.step(true); err != nil {
		return err
	}
	from, to = filepath.Clean(from), filepath.Clean(to)
	n := d.live[from]
	if n == nil {
		return notThere("rename", from)
	}
	delete(d.live, from)
	d.live[to] = n
	return nil
}

func (d *Disk) Remove(name string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, err := d.step(false); err != nil { // a full disk lets files go
		return err
	}
	name = filepath.Clean(name)
	if d.live[name] == nil {
		return notThere("remove", name)
	}
	delete(d.live, name)
	return nil
}

func (d *Disk) SyncDir(dir string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, err := d.step(true); err != nil {
		return err
	}
	dir = filepath.Clean(dir)
	for _, name := range allNames(d.live, d.durable) {
		if filepath.Dir(name) != dir {
			continue
		}
		if n := d.live[name]; n != nil {
			d.durable[name] = n
		} else {
			delete(d.durable, name)
		}
	}
	return nil
}

func (d *Disk) ReadDir(dir string) ([]string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, err := d.step(false); err != nil {
		return nil, err
	}
	dir = filepath.Clean(dir)
	var out []string
	for _, name := range allNames(d.live) {
		if filepath.Dir(name) == dir {
			out = append(out, filepath.Base(name))
		}
	}
	return out, nil
}
