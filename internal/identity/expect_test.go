package identity

import (
	"fmt"
	"testing"

	"github.com/casefold/casefold"
)

// TestExpectAgreesWithNext names convictions one by one and wants what Next
// says of all: on an empty registry, and again when nothing has changed.
func TestExpectAgreesWithNext(t *testing.T) {
	var told []Digest
	for i := range 500 {
		row := func(s string) casefold.Teller { return casefold.Teller{Source: s, RowKey: fmt.Sprint(i)} }
		told = append(told, Told{Content: fmt.Sprint("c", i), Tellers: []casefold.Teller{row("court"), row("da")}, Keys: []string{fmt.Sprint("k", i/2)}}.Digest())
	}
	r := &Convictions{}
	for generation := int64(1); generation <= 2; generation++ {
		var expected []ID
		for _, d := range told {
			expected = append(expected, r.Expect(d))
		}
		next, ids, _ := r.Next(generation, told)
		for i := range ids {
			if ids[i] != expected[i] {
				t.Fatalf("generation %d: conviction %d expected %s, got %s", generation, i, expected[i].Conviction(), ids[i].Conviction())
			}
		}
		r = next
		// The second time under other content: tellers decide.
		for i := range told {
			told[i].Content[0]++
		}
	}
}
