package blocking_test

import (
	"context"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/casefold/casefold/index/blocking"
	"github.com/casefold/casefold/mention"
)

// A shelf in memory.
type shelf struct {
	mu   sync.Mutex
	held map[string]map[string][]byte
	puts int
}

func (s *shelf) Find(name string) mention.Columns {
	s.mu.Lock()
	defer s.mu.Unlock()
	held, ok := s.held[name]
	if !ok {
		return nil
	}
	return func(column string) []byte { return held[column] }
}

func (s *shelf) Put(name string, write func(mention.Put) error) (mention.Columns, error) {
	held := map[string][]byte{}
	if err := write(func(column string, b []byte) error { held[column] = slices.Clone(b); return nil }); err != nil {
		return nil, err
	}
	s.mu.Lock()
	s.held[name] = held
	s.puts++
	s.mu.Unlock()
	return s.Find(name), nil
}

// TestBlocksOnAShelfAreTheSame: the pairs and the reports, whether the blocks
// were found now, all found before, or some of them; and the parts are the whole.
func TestBlocksOnAShelfAreTheSame(t *testing.T) {
	rules := blocking.Rules("surname + birth / given.1", "name / birth.year + birth.day", "names", "surname / birth.month + given")
	for seed := range uint64(3) {
		s := setOf(crowd(400, seed))
		o := blocking.Options{PairsPerMention: 2}
		want, index := candidates(t, s, rules, o)
		if !slices.ContainsFunc(index.Reports(), func(r blocking.RuleReport) bool { return r.Refined > 0 }) {
			t.Fatal("no block was refined")
		}
		sh := &shelf{held: map[string]map[string][]byte{}}
		for _, workers := range []int{1, 3} {
			for _, lost := range []string{"all", "none", "blocks01"} {
				puts := 0
				switch lost {
				case "all":
					sh.held = map[string]map[string][]byte{}
					puts = len(rules)
				case "blocks01":
					delete(sh.held, lost)
					puts = 1
				}
				sh.puts = 0
				o.Shelf, o.Workers = sh, workers
				got, x := candidates(t, s, rules, o)
				if !slices.Equal(got, want) {
					t.Errorf("%d workers, %s lost: %d other pairs than %d", workers, lost, len(got), len(want))
				}
				if d := cmp.Diff(index.Reports(), x.Reports()); d != "" {
					t.Errorf("%d workers, %s lost: %s", workers, lost, d)
				}
				if sh.puts != puts {
					t.Errorf("%s lost: %d rules were worked out, not %d", lost, sh.puts, puts)
				}
			}
		}
		var parts []mention.Pair
		for p := range index.Parts() {
			if err := index.EachOf(context.Background(), p, 1, func(_ int, pairs []mention.Pair) { parts = append(parts, pairs...) }); err != nil {
				t.Fatal(err)
			}
		}
		slices.SortFunc(parts, func(p, q mention.Pair) int { return int(int64(p.A)<<32|int64(p.B)) - int(int64(q.A)<<32|int64(q.B)) })
		if !slices.Equal(parts, want) {
			t.Error("the parts are not the whole")
		}
	}
}

// TestBlocksOfOtherRulesAreNotTaken: what lies under a name is this rule's, or
// is made again.
func TestBlocksOfOtherRulesAreNotTaken(t *testing.T) {
	s := setOf(crowd(300, 9))
	sh := &shelf{held: map[string]map[string][]byte{}}
	candidates(t, s, blocking.Rules("surname", "given"), blocking.Options{Shelf: sh})
	rules := blocking.Rules("given", "surname")
	want, _ := candidates(t, s, rules, blocking.Options{})
	got, x := candidates(t, s, rules, blocking.Options{Shelf: sh})
	if sh.puts != 4 || !slices.Equal(got, want) || x.Reports()[0].Rule.String() != "given" {
		t.Errorf("%d puts, %d pairs of %d", sh.puts, len(got), len(want))
	}
}
