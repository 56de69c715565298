package identity_test

import (
	"fmt"
	"testing"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/identity"
)

// BenchmarkPersons: 1,000,000 persons of 3 rows each; first run, and a second
// run in which nothing changed.
func BenchmarkPersons(b *testing.B) {
	const persons, rows = 1_000_000, 3
	part := identity.Partition{Count: persons}
	for i := range persons * rows {
		part.Rows = append(part.Rows, identity.RowOf(casefold.Teller{Source: "court", RowKey: fmt.Sprint(i * 7919 % (persons * rows))}))
		part.Of = append(part.Of, int32(i/rows))
	}
	var memory *identity.Persons
	b.Run("first", func(b *testing.B) {
		for b.Loop() {
			next, _, _, err := (&identity.Persons{}).Next(1, part)
			if err != nil {
				b.Fatal(err)
			}
			memory = next
		}
	})
	b.Run("again", func(b *testing.B) {
		for b.Loop() {
			if _, _, _, err := memory.Next(2, part); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkConvictions: 1,000,000 convictions of 3 tellers and 2 keys.
func BenchmarkConvictions(b *testing.B) {
	const n = 1_000_000
	told := make([]identity.Digest, n)
	for i := range told {
		told[i] = identity.Told{
			Content: fmt.Sprint(i),
			Tellers: []casefold.Teller{{Source: "state", RowKey: fmt.Sprint(i)}, {Source: "court", RowKey: fmt.Sprint(i)}, {Source: "da", RowKey: fmt.Sprint(i)}},
			Keys:    []string{fmt.Sprint("a", i/2), fmt.Sprint("b", i)},
		}.Digest()
	}
	var registry *identity.Convictions
	b.Run("first", func(b *testing.B) {
		for b.Loop() {
			registry, _, _ = (&identity.Convictions{}).Next(1, told)
		}
	})
	b.Run("again", func(b *testing.B) {
		for b.Loop() {
			registry.Next(2, told)
		}
	})
}
