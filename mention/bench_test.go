package mention_test

import (
	"fmt"
	"testing"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/mention"
)

// manyRecords are records of a plain file of persons: a name, a birth date, a
// number, a postal code each.
func manyRecords(n int) []casefold.Record {
	out := make([]casefold.Record, n)
	for i := range out {
		k := i * 7919
		out[i] = casefold.Record{Teller: casefold.Teller{Source: "records", RowKey: fmt.Sprintf("r%07d", i)}, Person: casefold.PersonFacts{
			Names:       []casefold.Name{{First: fmt.Sprintf("GIVEN%d", k%3000), Middle: fmt.Sprintf("GIVEN%d", k%701), Last: fmt.Sprintf("SURNAME%d", k%40_000)}},
			Births:      []casefold.Date{casefold.On(casefold.MakeDay(1930+k%70, k%12+1, k%28+1))},
			Sex:         "F",
			Identifiers: []casefold.Identifier{{Kind: casefold.SSN, Issuer: "US-SSA", How: casefold.SelfReport, Value: fmt.Sprintf("%09d", k%700_000*911)}},
			Addresses:   []casefold.Address{{Postal: fmt.Sprintf("9%04d", k%1700)}},
		}}
	}
	return out
}

// BenchmarkBuild is a set of 200,000 mentions from records: adding them, and
// the building that puts all in order.
func BenchmarkBuild(b *testing.B) {
	records := manyRecords(200_000)
	for b.Loop() {
		builder := mention.NewBuilder([]casefold.Source{{Name: "records"}})
		for i := range records {
			builder.Add(&records[i])
		}
		if builder.Build().Len() != len(records) {
			b.Fatal("mentions are missing")
		}
	}
	b.ReportMetric(float64(len(records)*b.N)/b.Elapsed().Seconds(), "records/s")
}
