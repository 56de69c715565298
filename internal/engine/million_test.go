package engine

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/disk"
	"github.com/casefold/casefold/internal/segment"
	"github.com/casefold/casefold/relief"
)

// BenchmarkDecideStored decides a segment of histories under every law and
// keeps the determinations, reading and writing included: a million with
// CASEFOLD_LONG=1, as many as another number says, else ten thousand. The histories are those of a synthetic
// county's people with several convictions, over and over, under IDs of their own.
//
//	CASEFOLD_LONG=1 go test -run '^$' -bench DecideStored -benchtime 1x -timeout 30m ./internal/engine
func BenchmarkDecideStored(b *testing.B) {
	n := 10_000
	if long := os.Getenv("CASEFOLD_LONG"); long != "" {
		n = 1_000_000
		if count, err := strconv.Atoi(long); err == nil && count > 1 {
			n = count
		}
	}
	e := decidedCounty(b, 2000)
	ctx, laws, err := e.lawContext(nil)
	if err != nil {
		b.Fatal(err)
	}
	dir := b.TempDir()
	in := filepath.Join(dir, "histories")
	convictions, err := multiply(e, in, n)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		start := time.Now()
		got, err := decideSegment(in, filepath.Join(dir, "determinations"), laws, ctx)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(got), "determinations")
		if stat, err := os.Stat(filepath.Join(dir, "determinations")); err == nil {
			b.ReportMetric(float64(stat.Size())/1e6, "MB")
		}
		b.ReportMetric(float64(n)/time.Since(start).Seconds(), "histories/s")
	}
	b.ReportMetric(float64(convictions), "convictions")
	b.ReportMetric(float64(peakMemory()>>20), "peak-MB")
}

// multiply writes n histories and counts their convictions.
func multiply(e *Engine, name string, n int) (convictions int, err error) {
	var pool []*casefold.History
	if err := e.eachHistory(func(h *casefold.History) error {
		if len(h.Convictions) > 1 { // some four each
			pool = append(pool, h)
		}
		return nil
	}); err != nil {
		return 0, err
	}
	w, err := segment.CreateSorted(disk.OS{}, name, segment.Options{Workers: 2})
	if err != nil {
		return 0, err
	}
	c := newCoder()
	for i := range n {
		h := *pool[i%len(pool)]
		h.PersonID = fmt.Sprintf("P-%012d", i)
		h.Convictions = slices.Clone(h.Convictions)
		for j := range h.Convictions {
			h.Convictions[j].PersonID, h.Convictions[j].PossiblySame = h.PersonID, nil
			h.Convictions[j].ID = fmt.Sprintf("C-%012X%02d", uint64(i)*0x9E3779B97F4A7C15>>16, j) // in no order, as in a run
		}
		convictions += len(h.Convictions)
		if err := w.Append([]byte(h.PersonID), c.encode(&h)); err != nil {
			return 0, err
		}
	}
	_, err = w.Close()
	return convictions, err
}

// A ruledState is one worker's own.
type ruledState struct {
	deciders []*relief.Decider
	coder    *coder
}

// decideSegment is what a run does with histories once they are there.
func decideSegment(in, out string, laws []*relief.Law, ctx relief.Context) (determinations int64, err error) {
	r, err := segment.OpenSorted(disk.OS{}, in, "")
	if err != nil {
		return 0, err
	}
	defer r.Close()
	sorter := segment.NewSorter(disk.OS{}, out, sorterBytes)
	defer sorter.Close()
	state := func() *ruledState {
		s := &ruledState{coder: newCoder()}
		for _, l := range laws {
			s.deciders = append(s.deciders, l.Decider(ctx))
		}
		return s
	}
	one := func(s *ruledState, h *casefold.History) (out []keyed, err error) {
		byID := make(map[string]*casefold.Conviction, len(h.Convictions))
		for i := range h.Convictions {
			byID[h.Convictions[i].ID] = &h.Convictions[i]
		}
		for _, d := range s.deciders {
			for _, det := range d.Decide(h) {
				v := ruling{about(byID[det.ConvictionID]), det}
				out = append(out, keyed{[]byte(rulingKey(v.ConvictionID, v.Law)), bytes.Clone(s.coder.encodeRuling(&v))})
			}
		}
		return out, nil
	}
	err = overAll(context.Background(), r, 2, state, one, func(list []keyed) error {
		for _, k := range list {
			if err := sorter.Add(k.key, k.value); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	w, err := segment.CreateSorted(disk.OS{}, out, segment.Options{Workers: 2})
	if err != nil {
		return 0, err
	}
	if err := sorter.Each(w.Append); err != nil {
		return 0, err
	}
	info, err := w.Close()
	return info.Records, err
}

// peakMemory is the most that this process ever held, in bytes; 0 where the
// system does not tell.
func peakMemory() int64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kb, _ := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(rest), " kB"), 10, 64)
			return kb << 10
		}
	}
	return 0
}
