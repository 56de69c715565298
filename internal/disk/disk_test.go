package disk_test

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/casefold/casefold/internal/disk"
	"golang.org/x/sys/unix"
)

func text(s string) func(io.Writer) error {
	return func(w io.Writer) error { _, err := io.WriteString(w, s); return err }
}

// What the package promises on the real file system; the crash tests are in
// internal/crash.
func TestRealFiles(t *testing.T) {
	var d disk.OS
	dir := filepath.Join(t.TempDir(), "a", "b", "c")
	for range 2 {
		if err := d.MkdirAll(dir); err != nil {
			t.Fatal(err)
		}
	}
	name := filepath.Join(dir, "f")
	for _, s := range []string{"first", "second, and longer"} {
		if err := disk.WriteWhole(d, name, text(s)); err != nil {
			t.Fatal(err)
		}
		if b, err := disk.ReadWhole(d, name, 100); err != nil || string(b) != s {
			t.Errorf("%q, %v", b, err)
		}
	}
	broken := errors.New("broken")
	if err := disk.WriteWhole(d, name, func(io.Writer) error { return broken }); !errors.Is(err, broken) {
		t.Error(err)
	}
	if b, err := disk.ReadWhole(d, name, 100); err != nil || string(b) != "second, and longer" {
		t.Errorf("after a write that failed: %q, %v", b, err)
	}
	if _, err := disk.ReadWhole(d, name, 3); err == nil {
		t.Error("a file larger than the limit was read")
	}
	if names, err := d.ReadDir(dir); err != nil || len(names) != 1 {
		t.Error("leftovers:", names, err)
	}
	info, err := os.Stat(name)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Error("others may read it:", info.Mode(), err)
	}
	if err := errors.Join(disk.RemoveIfThere(d, name), disk.RemoveIfThere(d, name)); err != nil {
		t.Error(err)
	}
	if _, err := d.Open(name); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	if err := d.MkdirAll(filepath.Join(dir, "g")); err != nil {
		t.Error(err)
	}
}

// A link is followed, and a pipe is written to: neither becomes a file.
func TestWhatANameStandsFor(t *testing.T) {
	var d disk.OS
	dir := t.TempDir()
	real, link, pipe := filepath.Join(dir, "real"), filepath.Join(dir, "link"), filepath.Join(dir, "pipe")
	if err := errors.Join(os.WriteFile(real, []byte("old"), 0o600), os.Symlink("real", link), unix.Mkfifo(pipe, 0o600)); err != nil {
		t.Skip(err)
	}
	if err := disk.WriteWhole(d, link, text("new")); err != nil {
		t.Fatal(err)
	}
	if b, err := os.ReadFile(real); err != nil || string(b) != "new" {
		t.Errorf("through a link: %q, %v", b, err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Errorf("the link is no link any more: %v, %v", info, err)
	}
	read := make(chan string)
	go func() {
		b, _ := os.ReadFile(pipe)
		read <- string(b)
	}()
	if err := disk.WriteWhole(d, pipe, text("through")); err != nil {
		t.Fatal(err)
	}
	if got := <-read; got != "through" {
		t.Errorf("through a pipe: %q", got)
	}
	if info, err := os.Lstat(pipe); err != nil || info.Mode()&fs.ModeNamedPipe == 0 {
		t.Errorf("the pipe is no pipe any more: %v, %v", info, err)
	}
}
