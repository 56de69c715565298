package crash_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/casefold/casefold/internal/crash"
	"github.com/casefold/casefold/internal/disk"
)

func TestSelfKillEndsTheProcess(t *testing.T) {
	if dir := os.Getenv("CRASH_TEST_DIR"); dir != "" {
		_ = writeText(crash.SelfKill(disk.OS{}, 2), filepath.Join(dir, "f"), "some text") // dies in the write
		t.Fatal("still alive")
	}
	dir := t.TempDir()
	err := crash.Child(t, "TestSelfKillEndsTheProcess", "CRASH_TEST_DIR="+dir).Run()
	if !crash.Killed(err) {
		t.Fatal(err)
	}
	if b, err := os.ReadFile(filepath.Join(dir, "f.part")); err != nil || string(b) != "some" {
		t.Errorf("%q, %v", b, err)
	}
}

func TestKillAfterKillsFromOutside(t *testing.T) {
	if os.Getenv("CRASH_TEST_SLEEP") != "" {
		time.Sleep(time.Minute)
		return
	}
	killed, err := crash.KillAfter(crash.Child(t, "TestKillAfterKillsFromOutside", "CRASH_TEST_SLEEP=1"), 50*time.Millisecond)
	if !killed || err != nil {
		t.Error(killed, err)
	}
}
