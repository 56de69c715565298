package mention_test

import (
	"testing"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/mention"
)

func TestAnImpossibleBirthIsKeptDigitByDigit(t *testing.T) {
	for _, c := range []struct {
		told string
		want uint32 // 0: nothing is kept
	}{
		{"19756329", 0x19756329},
		{"1985-25-11", 0x19852511},
		{"13/45/1980", 0x19801345},
		{"02/30/1980", 0x19800230},
		{"2/30/1980", 0x19800230},
		{"02301980", 0x19800230},
		{"19u5-63-29", 0x19f56329},
		{"19uu-63-29", 0},
		{"1975-00-00", 0},
		{"9999-99-99", 0},
		{"32 MARCH 1980", 0},
		{"UNKNOWN", 0},
		{"75-63-29", 0},
	} {
		b := mention.NewBuilder(nil)
		b.Add(&casefold.Record{Person: casefold.PersonFacts{BirthVerbatim: c.told, Age: -1}})
		var got uint32
		if list := b.Build().Written.Of(0); len(list) == 1 {
			got = list[0]
		}
		if got != c.want {
			t.Errorf("%s: %#x, want %#x", c.told, got, c.want)
		}
	}
}
