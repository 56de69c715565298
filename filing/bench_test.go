package filing_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/casefold/casefold/filing"
	"github.com/casefold/casefold/internal/disk"
)

// BenchmarkLife prepares 50,000 convictions (per filing), opens the ledger
// again, and asks for the worklist.
func BenchmarkLife(b *testing.B) {
	o := newOffice(&testing.T{}, disk.OS{})
	for i := range 50_000 {
		o.world.conviction(strings.Fields(fmt.Sprintf("C%d court=A person=P%d case=99F%d", i, i/2, i)))
	}
	all := o.world.all()
	perFiling := func(b *testing.B) {
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(all)), "ns/filing")
	}
	b.Run("prepare", func(b *testing.B) {
		for b.Loop() {
			o.base = b.TempDir()
			log, l, err := o.open()
			if err != nil {
				b.Fatal(err)
			}
			if p, err := l.Prepare(all, o.world, filing.Act{}); err != nil || p.Filed < 40_000 {
				b.Fatal(p, err)
			}
			log.Close()
		}
		perFiling(b)
	})
	o.base = b.TempDir()
	log, l, err := o.open()
	if err != nil {
		b.Fatal(err)
	}
	if _, err := l.Prepare(all, o.world, filing.Act{}); err != nil {
		b.Fatal(err)
	}
	log.Close()
	b.Run("open", func(b *testing.B) {
		for b.Loop() {
			log, again, err := o.open()
			if err != nil {
				b.Fatal(err)
			}
			l = again
			log.Close()
		}
		perFiling(b)
	})
	b.Run("worklist", func(b *testing.B) {
		for b.Loop() {
			if _, err := l.Worklist(all, o.world); err != nil {
				b.Fatal(err)
			}
		}
		perFiling(b)
	})
}
