package matcher_test

import (
	"context"
	"testing"

	"github.com/casefold/casefold/index/blocking"
	"github.com/casefold/casefold/matcher"
	"github.com/casefold/casefold/mention"
)

// TestFilesOfAFewRows get a model and an answer, whatever they hold.
func TestFilesOfAFewRows(t *testing.T) {
	ctx := context.Background()
	for people := range 6 {
		records, truth := town(people, 21)
		for n := range len(records) + 1 {
			b := mention.NewBuilder(nil)
			for i := range n {
				b.Add(&records[i])
			}
			s := b.Build()
			x, err := blocking.Build(ctx, s, blocking.Default(s), blocking.Options{})
			if err != nil {
				t.Fatal(err)
			}
			m, err := matcher.Train(ctx, s, x, 1, matcher.TrainOptions{})
			if err != nil {
				t.Fatal(err)
			}
			_ = m.Fingerprint() // panics where a parameter is no number
			l, err := matcher.Link(ctx, s, m, x, matcher.LinkOptions{})
			if err != nil {
				t.Fatal(err)
			}
			for a := range n {
				for c := range a {
					if l.Of[s.MentionOf(a)] == l.Of[s.MentionOf(c)] && truth[a] != truth[c] {
						t.Errorf("%d rows: two persons joined", n)
					}
				}
			}
		}
	}
}
