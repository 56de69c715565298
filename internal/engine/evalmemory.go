package engine

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// What an evaluation takes is told by the size of its records, before they are
// read. Measured on files of people (55 bytes a row): see docs/notes/speed.md.
const (
	wholeShare  = 7.5 // bytes of memory per byte of records: all is held
	leastShare  = 3.6 // with a work folder
	memoryBase  = 128 << 20
	packedShare = 4 // bytes that a packed byte stands for
)

// recordBytes is the size of a corpus's records, unpacked, about.
func recordBytes(dir string) (int64, error) {
	name, err := oneOf(dir, "records.csv")
	if err != nil {
		return 0, err
	}
	n := sizeOf(filepath.Join(dir, name))
	if filepath.Ext(name) != ".csv" {
		n *= packedShare
	}
	return n, nil
}

// spills reports whether a corpus needs a work folder to be evaluated in so
// much memory; it fails where not even that helps.
func spills(dir string, memory int64) (bool, error) {
	n, err := recordBytes(dir)
	if err != nil || memory <= 0 {
		return false, err
	}
	if least := memoryBase + int64(leastShare*float64(n)); least > memory {
		return true, Usage(fmt.Sprintf("the records take about %s of memory at least; %s are allowed", ByteText(least), ByteText(memory)), "allow more with --memory")
	}
	return memoryBase+int64(wholeShare*float64(n)) > memory, nil
}

// ByteText is a number of bytes for people.
func ByteText(n int64) string {
	if n < 1<<30 {
		return fmt.Sprintf("%d MB", (n+1<<20-1)>>20)
	}
	return fmt.Sprintf("%.1f GB", float64(n)/(1<<30))
}

// ParseBytes reads a number of bytes: 12GB, 900MB, 1.5GB.
func ParseBytes(text string) (int64, error) {
	t := strings.ToUpper(strings.TrimSpace(text))
	for _, u := range []struct {
		name string
		size float64
	}{{"GB", 1 << 30}, {"MB", 1 << 20}, {"KB", 1 << 10}} {
		if rest, ok := strings.CutSuffix(t, u.name); ok {
			if v, err := strconv.ParseFloat(strings.TrimSpace(rest), 64); err == nil && v > 0 && v < 1<<30 {
				return int64(v * u.size), nil
			}
		}
	}
	return 0, fmt.Errorf("%q is no size; write it as 12GB or 900MB", text)
}

// DefaultMemory is three quarters of what this machine, or this process's
// container, has; 8 GB where neither tells.
func DefaultMemory() int64 {
	most := int64(0)
	if b, err := os.ReadFile("/proc/meminfo"); err == nil {
		for line := range strings.Lines(string(b)) {
			if f := strings.Fields(line); len(f) == 3 && f[0] == "MemTotal:" && f[2] == "kB" {
				n, _ := strconv.ParseInt(f[1], 10, 64)
				most = n << 10
			}
		}
	}
	if b, err := os.ReadFile("/sys/fs/cgroup/memory.max"); err == nil {
		if n, err := strconv.ParseInt(strings.TrimSpace(string(b)), 10, 64); err == nil && n > 0 && (most == 0 || n < most) {
			most = n
		}
	}
	if most == 0 {
		return 8 << 30
	}
	return most / 4 * 3
}

// watchEvery is how often the resident memory is looked at.
const watchEvery = 100 * time.Millisecond

// watch gives mapped pages back whenever the process holds nearly as much memory
// as it may, until the context ends. They count as the process's own though the system
// could take them at any time.
func (w *workFolder) watch(ctx context.Context, memory int64) {
	page := int64(os.Getpagesize())
	tick := time.NewTicker(watchEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		resident, mapped, ok := residentPages()
		if !ok {
			return
		}
		if resident*page > memory-memory/16 && mapped*page > memory/16 {
			w.rest()
		}
	}
}

// residentPages are the pages that this process holds, and those of them that
// are mapped from files, where the system tells.
func residentPages() (all, mapped int64, ok bool) {
	b, err := os.ReadFile("/proc/self/statm")
	f := bytes.Fields(b)
	if err != nil || len(f) < 3 {
		return 0, 0, false
	}
	all, err = strconv.ParseInt(string(f[1]), 10, 64)
	if err != nil {
		return 0, 0, false
	}
	mapped, err = strconv.ParseInt(string(f[2]), 10, 64)
	return all, mapped, err == nil
}
