package synth

import (
	"io"
	"os"
	"strconv"
	"testing"
)

// nowhere throws files away and counts their bytes.
type nowhere struct{ n *int64 }

func (w nowhere) Create(string) (io.WriteCloser, error) { return nowhereFile(w), nil }

type nowhereFile nowhere

func (f nowhereFile) Write(b []byte) (int, error) { *f.n += int64(len(b)); return len(b), nil }
func (f nowhereFile) Close() error                { return nil }

// BenchmarkGenerate makes a county of 5,000 people (SYNTH_PEOPLE for more).
func BenchmarkGenerate(b *testing.B) {
	people := 5000
	if n, err := strconv.Atoi(os.Getenv("SYNTH_PEOPLE")); err == nil {
		people = n
	}
	b.ReportAllocs()
	for b.Loop() {
		var n int64
		if err := Generate(Defaults(people, 1), nowhere{&n}); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(n)/float64(people), "bytes/person")
	}
}
