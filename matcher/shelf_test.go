package matcher_test

import (
	"context"
	"reflect"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/casefold/casefold/index/blocking"
	"github.com/casefold/casefold/matcher"
	"github.com/casefold/casefold/mention"
)

// A rack is a shelf in memory.
type rack map[string]map[string][]byte

func (r rack) Find(name string) mention.Columns {
	held, ok := r[name]
	if !ok {
		return nil
	}
	return func(column string) []byte { return held[column] }
}

func (r rack) Put(name string, write func(mention.Put) error) (mention.Columns, error) {
	held := map[string][]byte{}
	r[name] = held
	err := write(func(column string, b []byte) error { held[column] = slices.Clone(b); return nil })
	return r.Find(name), err
}

// Counted are candidates that count how many parts were streamed.
type counted struct {
	*blocking.Index
	streamed *atomic.Int32
}

func (c counted) EachOf(ctx context.Context, part, workers int, emit func(int, []mention.Pair)) error {
	c.streamed.Add(1)
	return c.Index.EachOf(ctx, part, workers, emit)
}

// TestLinksByPartsAreLinks: scored part by part onto a shelf, or found there,
// links are those of memory; scores of another model or floor are not used.
func TestLinksByPartsAreLinks(t *testing.T) {
	ctx := context.Background()
	records, _ := town(600, 3)
	builder := mention.NewBuilder(nil)
	builder.AddAll(records)
	s := builder.Build()
	index, err := blocking.Build(ctx, s, blocking.Rules("surname", "given + birth.year", "surname.1"), blocking.Options{})
	if err != nil {
		t.Fatal(err)
	}
	m, err := matcher.Train(ctx, s, index, 1000, matcher.TrainOptions{})
	if err != nil {
		t.Fatal(err)
	}
	link := func(m *matcher.Model, pairs matcher.Pairs, o matcher.LinkOptions) *matcher.Links {
		t.Helper()
		out, err := matcher.Link(ctx, s, m, pairs, o)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	other := *m
	other.Prior += 3000
	low := m.Possible - 5000
	shelf, parts := rack{}, counted{index, &atomic.Int32{}}
	for _, x := range []struct {
		what     string
		model    *matcher.Model
		o        matcher.LinkOptions
		streamed int32
	}{
		{"scored", m, matcher.LinkOptions{Workers: 1}, 3},
		{"found", m, matcher.LinkOptions{Workers: 3}, 0},
		{"another model", &other, matcher.LinkOptions{Workers: 2}, 3},
		{"another floor", &other, matcher.LinkOptions{Threshold: &low}, 3},
		{"found again", &other, matcher.LinkOptions{Threshold: &low}, 0},
	} {
		want := link(x.model, index, x.o)
		parts.streamed.Store(0)
		x.o.Shelf = shelf
		got := link(x.model, parts, x.o)
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: other links than in memory", x.what)
		}
		if n := parts.streamed.Load(); n != x.streamed {
			t.Errorf("%s: %d parts were scored, not %d", x.what, n, x.streamed)
		}
		if want.Stats.Edges == 0 {
			t.Errorf("%s: no edges", x.what)
		}
	}
}
