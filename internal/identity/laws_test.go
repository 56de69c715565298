package identity_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/identity"
)

// drawPartition puts some of thirty rows into clusters.
func drawPartition(t *rapid.T, label string) identity.Partition {
	assign := rapid.SliceOfN(rapid.IntRange(-1, 7), 30, 30).Draw(t, label)
	var p identity.Partition
	number := map[int]int32{}
	for row, c := range assign {
		if c < 0 {
			continue // the row is not delivered this time
		}
		if _, ok := number[c]; !ok {
			number[c] = int32(p.Count)
			p.Count++
		}
		p.Rows = append(p.Rows, identity.RowOf(casefold.Teller{Source: "s", RowKey: fmt.Sprint(row)}))
		p.Of = append(p.Of, number[c])
	}
	return p
}

// shuffled is the same partition with rows and clusters in another order; the
// second result maps new cluster numbers to old ones.
func shuffled(t *rapid.T, p identity.Partition) (identity.Partition, []int) {
	random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
	cluster := random.Perm(p.Count)
	q := identity.Partition{Count: p.Count}
	old := make([]int, p.Count)
	for from, to := range cluster {
		old[to] = from
	}
	for _, i := range random.Perm(len(p.Rows)) {
		q.Rows = append(q.Rows, p.Rows[i])
		q.Of = append(q.Of, int32(cluster[p.Of[i]]))
	}
	return q, old
}

// TestOrderDoesNotMatter: over several generations, in any order of rows and
// clusters, the same IDs, events and memory.
func TestOrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := &identity.Persons{}, &identity.Persons{}
		for g := range 3 {
			p := drawPartition(t, fmt.Sprint("run", g))
			q, old := shuffled(t, p)
			nextA, idsA, eventsA, err := a.Next(int64(g+1), p)
			if err != nil {
				t.Fatal(err)
			}
			nextB, idsB, eventsB, err := b.Next(int64(g+1), q)
			if err != nil {
				t.Fatal(err)
			}
			for to, from := range old {
				if idsB[to] != idsA[from] {
					t.Fatalf("generation %d: cluster %d has another ID", g, from)
				}
			}
			if !slices.Equal(eventsA, eventsB) || !reflect.DeepEqual(nextA, nextB) {
				t.Fatalf("generation %d: events or memory differ", g)
			}
			a, b = nextA, nextB
		}
	})
}

// TestPersonLaws: IDs of a generation are distinct; nothing changes if nothing
// changes; every ID ever given leads to an ID that stands; a person whose rows
// stay together keeps the ID unless an older one joins; what is written is read.
func TestPersonLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		memory := &identity.Persons{}
		given := map[identity.ID]bool{}
		for g := range 4 {
			p := drawPartition(t, fmt.Sprint("run", g))
			next, ids, _, err := memory.Next(int64(g+1), p)
			if err != nil {
				t.Fatal(err)
			}
			seen := map[identity.ID]bool{}
			for _, id := range ids {
				if seen[id] {
					t.Fatalf("%s stands for two persons", id.Person())
				}
				seen[id], given[id] = true, true
				if now, ok := next.Current(id); !ok || now != id {
					t.Fatalf("%s is given and forwards to %s", id.Person(), now.Person())
				}
			}
			for id := range given {
				if now, ok := next.Current(id); !ok || !given[now] {
					t.Fatalf("%s leads nowhere", id.Person())
				}
			}
			same, again, events, err := next.Next(int64(g+1), p)
			if err != nil || !slices.Equal(ids, again) || len(events) != 0 || same.Len() != next.Len() {
				t.Fatalf("nothing changed, and yet: %v %v", events, err)
			}
			var records [][]byte
			if err := next.Encode(func(b []byte) error { records = append(records, slices.Clone(b)); return nil }); err != nil {
				t.Fatal(err)
			}
			read, err := identity.DecodePersons(each(records))
			if err != nil || !reflect.DeepEqual(read, next) {
				t.Fatalf("what was written is not what is read: %v", err)
			}
			memory = next
		}
	})
}

func each(records [][]byte) func(func([]byte) error) error {
	return func(fn func([]byte) error) error {
		for _, r := range records {
			if err := fn(r); err != nil {
				return err
			}
		}
		return nil
	}
}

// drawTold makes convictions of few tellers and keys, so that they resemble
// each other in every way.
func drawTold(t *rapid.T, label string) []identity.Digest {
	n := rapid.IntRange(0, 8).Draw(t, label)
	var out []identity.Digest
	for i := range n {
		told := identity.Told{Content: fmt.Sprint(label, i)}
		for range rapid.IntRange(1, 3).Draw(t, "tellers") {
			told.Tellers = append(told.Tellers, casefold.Teller{Source: "s", RowKey: fmt.Sprint(rapid.IntRange(0, 9).Draw(t, "row"))})
		}
		for range rapid.IntRange(0, 2).Draw(t, "keys") {
			told.Keys = append(told.Keys, fmt.Sprint(rapid.IntRange(0, 6).Draw(t, "key")))
		}
		out = append(out, told.Digest())
	}
	return out
}

// TestRegistryLaws: as TestOrderDoesNotMatter and TestPersonLaws, for
// convictions.
func TestRegistryLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := &identity.Convictions{}, &identity.Convictions{}
		var given []identity.ID
		for g := range 4 {
			list := drawTold(t, fmt.Sprint("run", g))
			perm := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1)).Perm(len(list))
			mixed := make([]identity.Digest, len(list))
			for to, from := range perm {
				mixed[to] = list[from]
			}
			nextA, idsA, eventsA := a.Next(int64(g+1), list)
			nextB, idsB, eventsB := b.Next(int64(g+1), mixed)
			for to, from := range perm {
				if idsB[to] != idsA[from] {
					t.Fatalf("generation %d: conviction %d has another ID", g, from)
				}
			}
			if !slices.Equal(eventsA, eventsB) || !reflect.DeepEqual(nextA, nextB) {
				t.Fatalf("generation %d: events or memory differ", g)
			}
			distinct := slices.Clone(idsA)
			slices.Sort(distinct)
			if len(slices.Compact(distinct)) != len(list) {
				t.Fatal("an ID stands for two convictions")
			}
			given = append(given, idsA...)
			nextA.Prepare()
			for _, id := range given {
				now, ok := nextA.Current(id.Conviction())
				if end, _ := nextA.Current(now); !ok || end != now {
					t.Fatalf("%s leads to %s, and that to %s", id.Conviction(), now, end)
				}
			}
			var records [][]byte
			if err := nextB.Encode(func(b []byte) error { records = append(records, slices.Clone(b)); return nil }); err != nil {
				t.Fatal(err)
			}
			read, err := identity.DecodeConvictions(each(records))
			if err != nil || !reflect.DeepEqual(read, nextB) {
				t.Fatalf("what was written is not what is read: %v", err)
			}
			a, b = nextA, nextB
		}
	})
}

// Damaged records are an error, never a panic.
func FuzzDecode(f *testing.F) {
	p, _, _, err := (&identity.Persons{}).Next(1, partition("a b | c"))
	if err != nil {
		f.Fatal(err)
	}
	if err := p.Encode(func(b []byte) error { f.Add(slices.Clone(b)); return nil }); err != nil {
		f.Fatal(err)
	}
	r, _, _ := (&identity.Convictions{}).Next(1, []identity.Digest{told("a1 #k")})
	if err := r.Encode(func(b []byte) error { f.Add(slices.Clone(b)); return nil }); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, record []byte) {
		if p, err := identity.DecodePersons(each([][]byte{record})); err == nil {
			p.Forwards()
		}
		if r, err := identity.DecodeConvictions(each([][]byte{record})); err == nil {
			r.Prepare()
		}
	})
}

func TestIDText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		id := identity.ID(rapid.Uint64Range(0, 1<<60-1).Draw(t, "id"))
		for _, text := range []string{id.Person(), id.Conviction()} {
			if got, err := identity.ParseID(text); err != nil || got != id {
				t.Fatalf("%s reads as %d, %v", text, got, err)
			}
		}
	})
	for _, bad := range []string{"", "P-", "X-000000000000", "P-00000000000", "P-00000000000U", "P-0000000000000"} {
		if _, err := identity.ParseID(bad); err == nil {
			t.Errorf("%q was read as an ID", bad)
		}
	}
}
