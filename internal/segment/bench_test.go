package segment_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"github.com/casefold/casefold/internal/disk"
	"github.com/casefold/casefold/internal/segment"
)

// BenchmarkWrite writes row text at each level; MB/s are of raw bytes, and
// ratio is raw to stored. Level 0 is the default by this benchmark.
func BenchmarkWrite(b *testing.B) {
	records := wideRows(60_000)
	for _, c := range []struct{ level, workers int }{{0, 0}, {1, 0}, {2, 0}, {3, 0}, {1, 2}} {
		b.Run(fmt.Sprintf("level%d-workers%d", c.level, c.workers), func(b *testing.B) {
			dir := b.TempDir()
			for b.Loop() {
				info, _ := write(b, disk.OS{}, filepath.Join(dir, "s"), segment.Options{Level: c.level, Workers: c.workers}, records)
				b.SetBytes(info.Raw)
				b.ReportMetric(float64(info.Raw)/float64(info.Bytes), "ratio")
			}
		})
	}
}

// wideRows have the shape of a state extract: 95 columns, a third of them
// filled, about 600 bytes.
func wideRows(n int) [][]byte {
	random := rand.New(rand.NewPCG(3, 4))
	name := func() string {
		b := make([]byte, 4+random.IntN(6))
		for i := range b {
			b[i] = 'A' + byte(random.IntN(26))
		}
		return string(b)
	}
	people := make([]string, 500)
	for i := range people {
		people[i] = name() + "," + name()
	}
	var out [][]byte
	for i := range n {
		person := people[i/12%len(people)]
		out = append(out, fmt.Appendf(nil, "1100|%010d|A%08d|SUBJ|19%02d%02d%02d|M|W|||||%s|||||COURT|%d|20%02d%02d%02d|"+
			"CA034%04dX|SACRAMENTO SUPERIOR COURT        |99F%05d     ||||||35063|11357(A) HS-POSSESS MARIJUANA       |F|||||"+
			"|||||||||||||DISPO:CONVICTED|||||||020Y JAIL SS  |PROBATION 036 MONTHS      |||||||||||||||||||||||||NULL|NULL|NULL|||",
			i/12, i/12%99999, 50+random.IntN(49), 1+random.IntN(12), 1+random.IntN(28), person, i%12,
			random.IntN(20), 1+random.IntN(12), 1+random.IntN(28), random.IntN(40), random.IntN(99999)))
	}
	return out
}

func BenchmarkRead(b *testing.B) {
	name := filepath.Join(b.TempDir(), "s")
	info, refs := write(b, disk.OS{}, name, segment.Options{}, wideRows(60_000))
	r, err := segment.Open(disk.OS{}, name)
	if err != nil {
		b.Fatal(err)
	}
	defer r.Close()
	b.Run("scan", func(b *testing.B) {
		b.SetBytes(info.Raw)
		for b.Loop() {
			if err := r.Scan(func(segment.Ref, []byte) error { return nil }); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("one", func(b *testing.B) {
		i := 0
		for b.Loop() {
			if _, err := r.Get(refs[i*7919%len(refs)]); err != nil {
				b.Fatal(err)
			}
			i++
		}
	})
}
