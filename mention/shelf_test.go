package mention_test

import (
	"errors"
	"reflect"
	"slices"
	"testing"

	"github.com/casefold/casefold/mention"
)

// A pile of columns is a shelf in memory.
type pile map[string][]byte

func (p pile) put(name string, column []byte) error {
	p[name] = slices.Clone(column)
	return nil
}

func (p pile) columns(name string) []byte { return p[name] }

// TestASetOnAShelfIsTheSame: whether the set was put whole or column by column
// as it was made.
func TestASetOnAShelfIsTheSame(t *testing.T) {
	for _, n := range []int{0, 1, 30, 3000} {
		sources, records := everything(n, 1)
		want := build(sources, records)
		whole, parts := pile{}, pile{}
		if err := want.Put(whole.put); err != nil {
			t.Fatal(err)
		}
		b := mention.NewBuilder(sources)
		b.AddAll(records)
		if err := b.BuildInto(parts.put); err != nil {
			t.Fatal(err)
		}
		for how, p := range map[string]pile{"put whole": whole, "put in parts": parts} {
			got, err := mention.OpenSet(p.columns)
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(encode(t, got), encode(t, want)) {
				t.Errorf("%d records, %s: another set", n, how)
			}
			if n == 3000 && (!reflect.DeepEqual(got.Feature, want.Feature) || !reflect.DeepEqual(got.Name, want.Name)) {
				t.Errorf("%d records, %s: other features of names", n, how)
			}
			for r := range n {
				if got.MentionOf(r) != want.MentionOf(r) || got.SourceOf(r) != want.SourceOf(r) {
					t.Fatalf("%d records, %s: record %d is elsewhere", n, how, r)
				}
			}
		}
	}
}

// TestColumnsThatAreNoSet: what is missing or cut short is an error, not
// another set.
func TestColumnsThatAreNoSet(t *testing.T) {
	all := pile{}
	if err := build(everything(300, 2)).Put(all.put); err != nil {
		t.Fatal(err)
	}
	for name, column := range all {
		for _, cut := range [][]byte{nil, column[:len(column)-1], column[:len(column)/2]} {
			damaged := pile{}
			for n, c := range all {
				damaged[n] = c
			}
			if damaged[name] = cut; cut == nil {
				delete(damaged, name)
			}
			if got, err := mention.OpenSet(damaged.columns); err == nil {
				t.Errorf("%s with %d bytes of %d: no error, %d mentions", name, len(cut), len(column), got.Len())
			} else if !errors.Is(err, mention.ErrColumns) {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}
