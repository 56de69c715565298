package crash

import (
	"errors"
	"os"
	"os/exec"
	"sync/atomic"
	"testing"
	"time"

	"github.com/casefold/casefold/internal/disk"
)

// Child is the command that runs one test of this test binary again, in a
// process of its own, with the given "NAME=value" pairs in its environment. The
// test looks for one of them and then plays the program that is to be killed.
func Child(t *testing.T, test string, env ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, "-test.run=^"+test+"$", "-test.timeout=60s")
	cmd.Env = append(os.Environ(), env...)
	return cmd
}

// KillAfter starts cmd, kills it with SIGKILL after a time unless it has ended,
// and waits. killed tells which; err is what a command that ended by itself
// returned.
func KillAfter(cmd *exec.Cmd, after time.Duration) (killed bool, err error) {
	if err := cmd.Start(); err != nil {
		return false, err
	}
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	select {
	case err = <-done:
		return false, err
	case <-time.After(after):
	}
	if err := cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return false, err
	}
	err = <-done
	if Killed(err) {
		return true, nil
	}
	return false, err
}

// Killed reports whether err, from a command's Wait or Run, tells of a process
// that was ended by a signal.
func Killed(err error) bool {
	var exit *exec.ExitError
	return errors.As(err, &exit) && exit.ExitCode() == -1
}

// SelfKill is fsys with a bomb in it: the n-th call (from 1) that changes
// anything kills the process with SIGKILL, a write by half done. It is for the
// process that Child starts.
func SelfKill(fsys disk.FS, n int64) disk.FS { return &bombed{FS: fsys, left: n} }

type bombed struct {
	disk.FS
	left int64
}

// tick reports whether this is the call.
func (b *bombed) tick() bool { return atomic.AddInt64(&b.left, -1) == 0 }

func (b *bombed) die() {
	self, err := os.FindProcess(os.Getpid())
	if err == nil {
		err = self.Kill()
	}
	if err != nil {
		panic(err)
	}
	time.Sleep(time.Minute) // the signal is on its way
}

func (b *bombed) before() {
	if b.tick() {
		b.die()
	}
}

func (b *bombed) MkdirAll(dir string) error    { b.before(); return b.FS.MkdirAll(dir) }
func (b *bombed) Rename(from, to string) error { b.before(); return b.FS.Rename(from, to) }
func (b *bombed) Remove(name string) error     { b.before(); return b.FS.Remove(name) }
func (b *bombed) SyncDir(dir string) error     { b.before(); return b.FS.SyncDir(dir) }
func (b *bombed) Create(n string) (disk.File, error) {
	b.before()
	return b.wrap(b.FS.Create(n))
}
func (b *bombed) Open(n string) (disk.File, error)   { return b.wrap(b.FS.Open(n)) }
func (b *bombed) OpenRW(n string) (disk.File, error) { return b.wrap(b.FS.OpenRW(n)) }

func (b *bombed) wrap(f disk.File, err error) (disk.File, error) {
	if err != nil {
		return nil, err
	}
	return &bombedFile{f, b}, nil
}

type bombedFile struct {
	disk.File
	b *bombed
}

func (f *bombedFile) Write(p []byte) (int, error) {
	if f.b.tick() {
		_, _ = f.File.Write(p[:len(p)/2])
		f.b.die()
	}
	return f.File.Write(p)
}

func (f *bombedFile) WriteAt(p []byte, offset int64) (int, error) {
	if f.b.tick() {
		_, _ = f.File.WriteAt(p[:len(p)/2], offset)
		f.b.die()
	}
	return f.File.WriteAt(p, offset)
}

func (f *bombedFile) Sync() error {
	f.b.before()
	return f.File.Sync()
}

func (f *bombedFile) Truncate(size int64) error {
	f.b.before()
	return f.File.Truncate(size)
}
