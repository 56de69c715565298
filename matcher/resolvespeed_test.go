package matcher_test

import (
	"os"
	"runtime/debug"
	"slices"
	"testing"
	"time"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/matcher"
	"github.com/casefold/casefold/mention"
)

// TestResolveSpeed links a file of shared/tools/people.py (CASEFOLD_PEOPLE) and
// resolves 1,000 of its records against it, one after the other, as a running
// process would, each with its surname's last letter cut off. It prints the
// quantiles of what a query takes.
func TestResolveSpeed(t *testing.T) {
	path := os.Getenv("CASEFOLD_PEOPLE")
	if path == "" {
		t.Skip("CASEFOLD_PEOPLE names no file")
	}
	debug.SetGCPercent(50)
	b := mention.NewBuilder(nil)
	n := 0
	eachPerson(t, path, func(rec *casefold.Record) {
		b.Add(rec)
		n++
	})
	var asked []casefold.Record
	i := 0
	eachPerson(t, path, func(rec *casefold.Record) {
		if i++; i%max(n/1000, 1) == 0 && len(asked) < 1000 {
			asked = append(asked, cutSurname(*rec))
		}
	})
	x := &trial{set: b.Build(), seconds: map[string]float64{}}
	link(t, x, func(string) {})
	x.index = nil
	start, cpu := time.Now(), cpuSeconds()
	look := lookup(t, x.set)
	t.Logf("lookup of %d mentions, %d rules: wall %.2f s, cpu %.2f s, heap %d MB", x.set.Len(), len(look.Rules()), time.Since(start).Seconds(), cpuSeconds()-cpu, heapMB())
	resolver := matcher.NewResolver(x.set, x.model, x.links.Of, x.model.Link)
	var took, finding []time.Duration
	var candidates []int
	linked := 0
	cpu = cpuSeconds()
	for _, q := range asked {
		start := time.Now()
		own := alone(nil, q)
		list := look.Candidates(own, 0)
		finding = append(finding, time.Since(start))
		found := resolver.Resolve(own, 0, list)
		took = append(took, time.Since(start))
		candidates = append(candidates, len(list))
		if len(found) > 0 && found[0].Link {
			linked++
		}
	}
	cpu = cpuSeconds() - cpu
	slices.Sort(took)
	slices.Sort(finding)
	slices.Sort(candidates)
	at := func(share float64) int { return min(int(share*float64(len(took))), len(took)-1) }
	t.Logf("%d queries: p50 %v p90 %v p99 %v max %v; finding candidates p50 %v p99 %v; candidates p50 %d p99 %d max %d; %d linked; cpu %.2f ms a query; max RSS %d MB", len(took),
		took[at(.5)], took[at(.9)], took[at(.99)], took[at(1)], finding[at(.5)], finding[at(.99)], candidates[at(.5)], candidates[at(.99)], candidates[at(1)], linked, 1000*cpu/float64(len(took)), maxRSS())
	if linked < len(took)*8/10 {
		t.Errorf("%d of %d are linked; each is in the file", linked, len(took))
	}
}

// cutSurname is a record told anew, with a slip.
func cutSurname(rec casefold.Record) casefold.Record {
	rec.Teller.Source = "new"
	rec.Person.Names = slices.Clone(rec.Person.Names)
	if s := rec.Person.Names[0].Last; len(s) > 3 {
		rec.Person.Names[0].Last = s[:len(s)-1]
	}
	return rec
}
