package matcher_test

import (
	"context"
	"testing"

	"github.com/casefold/casefold/index/blocking"
	"github.com/casefold/casefold/matcher"
	"github.com/casefold/casefold/mention"
)

// benchTown is a town with its index and model: 40,000 people, about 100,000
// records.
func benchTown(b *testing.B) (*mention.Set, *blocking.Index, *matcher.Model) {
	b.Helper()
	records, _ := town(40_000, 1)
	builder := mention.NewBuilder(nil)
	for i := range records {
		builder.Add(&records[i])
	}
	s := builder.Build()
	x, err := blocking.Build(context.Background(), s, blocking.Default(s), blocking.Options{Workers: 1})
	if err != nil {
		b.Fatal(err)
	}
	m, err := matcher.Train(context.Background(), s, x, 1, matcher.TrainOptions{Workers: 1})
	if err != nil {
		b.Fatal(err)
	}
	return s, x, m
}

// BenchmarkLink is scoring, with the pairing of blocks and the clustering, on
// one core; pairs/s counts candidates.
func BenchmarkLink(b *testing.B) {
	s, x, m := benchTown(b)
	pairs := 0
	b.ResetTimer()
	for b.Loop() {
		l, err := matcher.Link(context.Background(), s, m, x, matcher.LinkOptions{Workers: 1})
		if err != nil {
			b.Fatal(err)
		}
		pairs += l.Stats.Pairs
	}
	b.ReportMetric(float64(pairs)/b.Elapsed().Seconds(), "pairs/s")
}

// BenchmarkBlock is finding the blocks of all default rules.
func BenchmarkBlock(b *testing.B) {
	s, _, _ := benchTown(b)
	b.ResetTimer()
	for b.Loop() {
		if _, err := blocking.Build(context.Background(), s, blocking.Default(s), blocking.Options{Workers: 1}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkTrain is training from scratch.
func BenchmarkTrain(b *testing.B) {
	s, x, _ := benchTown(b)
	b.ResetTimer()
	for b.Loop() {
		if _, err := matcher.Train(context.Background(), s, x, 1, matcher.TrainOptions{Workers: 1}); err != nil {
			b.Fatal(err)
		}
	}
}
