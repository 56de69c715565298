package synth

import (
	"os"
	"testing"
)

// BenchmarkScore scores perfect exports of the county in SYNTH_TRUTH, or of
// 600 people.
func BenchmarkScore(b *testing.B) {
	dir := os.Getenv("SYNTH_TRUTH")
	if dir == "" {
		dir = b.TempDir()
		if err := Generate(Defaults(600, 3), Dir(dir)); err != nil {
			b.Fatal(err)
		}
	}
	exportsDir := b.TempDir()
	writePerfect(b, dir, exportsDir)
	b.ReportAllocs()
	for b.Loop() {
		q, err := Score(dir, exportsDir)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(q.Persons.Rows), "rows")
	}
}
