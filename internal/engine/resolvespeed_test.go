package engine

import (
	"context"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/project"
)

// TestResolverSpeed asks a store that has run (CASEFOLD_PROJECT names its
// project file) for 1,000 records, as a running process does: with what the
// mentions themselves tell, the last letter of the surname cut off.
func TestResolverSpeed(t *testing.T) {
	path := os.Getenv("CASEFOLD_PROJECT")
	if path == "" {
		t.Skip("CASEFOLD_PROJECT names no project file")
	}
	p, problems := project.Load(path)
	if p == nil {
		t.Fatal(casefold.Problems(problems))
	}
	e, err := Open(p, Options{MustExist: true})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	start := time.Now()
	r, err := e.Resolver(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("ready after %v: %d mentions, %d persons", time.Since(start), r.set.Len(), len(r.persons))
	var took []time.Duration
	found := 0
	for i := range 1000 {
		m := uint32(i * (r.set.Len() / 1000))
		names, births := r.set.Names.Of(m), r.set.Births.Of(m)
		if len(names) == 0 || len(births) == 0 || !births[0].Exact() {
			continue
		}
		surname := r.set.Name.Text(names[0].Surname)
		n := NewRecord{"first_name": {r.set.Name.Text(names[0].Given)}, "middle_name": {r.set.Name.Text(names[0].Middle)},
			"last_name": {surname[:max(len(surname)-1, 0)]}, "birth_date": {births[0].First.String()}, "sex": {string(rune(r.set.Sex[m]))}}
		start := time.Now()
		got, err := r.Resolve(n)
		took = append(took, time.Since(start))
		if err != nil {
			t.Fatal(err)
		}
		if slices.ContainsFunc(got.Persons, func(p ResolvedPerson) bool { return p.Person == r.personOf(m) }) {
			found++
		}
	}
	if len(took) == 0 {
		t.Fatal("no mention tells a name and a birth date")
	}
	slices.Sort(took)
	at := func(share float64) time.Duration { return took[min(int(share*float64(len(took))), len(took)-1)] }
	t.Logf("%d queries, %d find their person: p50 %v p90 %v p99 %v max %v", len(took), found, at(.5), at(.9), at(.99), at(1))
}
