//go:build linux

package store_test

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"testing"

	"github.com/casefold/casefold/internal/store"
)

// TestFullDisk fills a real, small disk: the store stops before Badger faults,
// and all that was acknowledged is there. It needs root and runs among the long
// ones.
func TestFullDisk(t *testing.T) {
	if !long() {
		t.Skip("a long run: CASEFOLD_LONG=1")
	}
	for round := range 5 {
		dir := t.TempDir()
		if out, err := exec.Command("mount", "-t", "tmpfs", "-o", fmt.Sprintf("size=%dm", 90+7*round), "tmpfs", dir).CombinedOutput(); err != nil {
			t.Skipf("no small disk to be had: %v %s", err, out)
		}
		t.Cleanup(func() { _ = exec.Command("umount", dir).Run() })
		options := store.Options{Random: rand.Reader, ReserveBytes: 48 << 20}
		s, err := store.Open(dir+"/store", options)
		if err != nil {
			t.Fatal(err)
		}
		random := make([]byte, 150_000)
		acknowledged := 0
		for {
			if _, err := rand.Read(random); err != nil {
				t.Fatal(err)
			}
			text, err := json.Marshal(random)
			if err != nil {
				t.Fatal(err)
			}
			err = s.Update(func(tx *store.Tx) error {
				return store.Settings.Put(tx, store.Number(int64(acknowledged)), text)
			})
			if errors.Is(err, store.ErrFull) {
				break
			}
			if err != nil {
				t.Fatalf("after %d records: %v", acknowledged, err)
			}
			acknowledged++
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		options.ReserveBytes = 1
		if s, err = store.Open(dir+"/store", options); err != nil {
			t.Fatal(err)
		}
		n := 0
		err = s.View(func(tx *store.Tx) error {
			return store.Settings.Scan(tx, "", func(_ string, v json.RawMessage) error {
				if strings.HasPrefix(string(v), `"`) {
					n++
				}
				return nil
			})
		})
		if err != nil || n != acknowledged {
			t.Errorf("%d records of %d, %v", n, acknowledged, err)
		}
		t.Logf("round %d: %d records", round, acknowledged)
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}
