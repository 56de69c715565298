package matcher_test

import (
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/pprof"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/matcher/evaluate"
	"github.com/casefold/casefold/mention"
	"github.com/casefold/casefold/normalize/date"
	"github.com/casefold/casefold/normalize/name"
)

// TestSpeed links a file of shared/tools/people.py and prints wall and CPU
// seconds by stage. CASEFOLD_PEOPLE names the file; the truth is expected beside
// it, with t for p in its name. CASEFOLD_PROFILE names a file for a CPU profile.
func TestSpeed(t *testing.T) {
	path := os.Getenv("CASEFOLD_PEOPLE")
	if path == "" {
		t.Skip("CASEFOLD_PEOPLE names no file")
	}
	x := &trial{seconds: map[string]float64{}}
	var report strings.Builder
	wall, cpu := time.Now(), cpuSeconds()
	lap := func(stage string) {
		fmt.Fprintf(&report, "%-10s wall %6.2f cpu %6.2f  heap %d MB\n", stage, time.Since(wall).Seconds(), cpuSeconds()-cpu, heapMB())
		wall, cpu = time.Now(), cpuSeconds()
	}
	debug.SetGCPercent(50)
	b := mention.NewBuilder(nil)
	eachPerson(t, path, func(rec *casefold.Record) { b.Add(rec) })
	lap("read")
	if f := os.Getenv("CASEFOLD_PROFILE"); f != "" {
		out, err := os.Create(f)
		if err != nil {
			t.Fatal(err)
		}
		if err := pprof.StartCPUProfile(out); err != nil {
			t.Fatal(err)
		}
		defer pprof.StopCPUProfile()
	}
	x.set = b.Build()
	lap("mention")
	link(t, x, lap)
	for _, r := range x.index.Reports() {
		t.Logf("  rule %-60s pairs %8d owned %8d largest %4d uncompared %d", r.Rule, r.Pairs, r.Owned, r.Largest, r.Uncompared)
	}
	dir, base := path[:strings.LastIndex(path, "/")+1], path[strings.LastIndex(path, "/")+1:]
	_, truth := table(t, dir+strings.Replace(base, "p", "t", 1))
	for _, r := range truth {
		x.truth = append(x.truth, r[1])
	}
	c := evaluate.Compare(x.clusters(x.links), x.truth)
	t.Logf("\n%spairs %d edges %d F1 %.5f P %.5f R %.5f block %.4f max RSS %d MB", report.String(), x.links.Stats.Pairs, x.links.Stats.Edges, c.Pairwise.F1, c.Pairwise.Precision, c.Pairwise.Recall,
		x.blockingRecall(), maxRSS())
	t.Logf("prior %d matches %d true %d", x.model.Prior, x.model.Provenance.Matches, c.TruePairs)
	if *detail {
		for _, c := range x.model.Comparisons {
			t.Logf("  %s", c)
			for _, l := range c.Levels {
				t.Logf("     %2d %-24s m %.6f u %.3g weight %.2f", l.Level, l.Name, l.M, l.U, float64(l.Weight)/1000)
			}
		}
	}
}

// eachPerson reads a file of people.py.
func eachPerson(t testing.TB, path string, f func(*casefold.Record)) {
	in, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	r := csv.NewReader(in)
	r.ReuseRecord = true
	if _, err := r.Read(); err != nil {
		t.Fatal(err)
	}
	for {
		row, err := r.Read()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		rec := casefold.Record{Teller: casefold.Teller{Source: "people", RowKey: row[0]}, Person: casefold.PersonFacts{Age: -1, Sex: casefold.Sex(row[5])}}
		rec.Person.Names, _ = name.ParseParts(row[3], row[1], row[2], "")
		if d, _ := date.Parse(row[4], date.Options{}); d.Known() {
			rec.Person.Births = []casefold.Date{d}
		}
		if row[6] != "" {
			rec.Person.Identifiers = []casefold.Identifier{{Kind: casefold.SSN, Issuer: "US-SSA", How: casefold.SelfReport, Value: row[6]}}
		}
		if row[7] != "" {
			rec.Person.Addresses = []casefold.Address{{Postal: row[7]}}
		}
		f(&rec)
	}
}

func cpuSeconds() float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return float64(u.Utime.Sec+u.Stime.Sec) + float64(u.Utime.Usec+u.Stime.Usec)/1e6
}

func maxRSS() int64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return u.Maxrss / 1024
}

func heapMB() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapInuse >> 20
}
