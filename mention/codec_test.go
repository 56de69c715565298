package mention_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/mention"
)

// everything makes n records that between them tell something in every column
// of a set.
func everything(n int, seed uint64) (sources []casefold.Source, records []casefold.Record) {
	sources = []casefold.Source{
		{Name: "doj", Teller: casefold.TellerState, IssuesPrints: casefold.CII},
		{Name: "court", Teller: casefold.TellerCourt},
		{Name: "jail", Teller: casefold.TellerJail, PersonKeyExclusive: true},
	}
	rng := rand.New(rand.NewPCG(seed, 3))
	number := func(of string) string { return fmt.Sprintf("%s%d", of, rng.IntN(n)) }
	word := func(list ...string) string { return list[rng.IntN(len(list))] }
	day := func() casefold.Date {
		return casefold.On(casefold.MakeDay(1950+rng.IntN(60), 1+rng.IntN(12), 1+rng.IntN(28)))
	}
	for i := range n {
		p := casefold.PersonFacts{Age: -1, Sex: casefold.Sex(word("M", "F", "X", "")), Phones: []string{number("9")}, Emails: []string{number("a") + "@x.org"}}
		for range 1 + rng.IntN(3) {
			p.Names = append(p.Names, casefold.Name{First: word("MARIA", "BOB", "ROBERT", "J"), Middle: word("DEL CARMEN", "A", ""), Last: number("GARCIA LOPEZ "), Suffix: word("JR", "", "III"),
				Kind: []casefold.NameKind{casefold.PrimaryName, casefold.AliasName, casefold.MaidenName}[rng.IntN(3)]})
			p.Births = append(p.Births, day())
		}
		p.Births = append(p.Births, casefold.YearOnly(1970))
		if rng.IntN(7) == 0 {
			p.Births, p.BirthVerbatim = nil, "1975-63-29"
		}
		if rng.IntN(3) == 0 {
			p.Age, p.AgeOn = 30, day()
		}
		if rng.IntN(9) == 0 {
			p.Deceased = day()
		}
		p.Identifiers = []casefold.Identifier{{Kind: casefold.CII, Issuer: "CA-DOJ", How: casefold.Print, Value: number("A")}, {Kind: casefold.SSN, Issuer: "US-SSA", How: casefold.SelfReport, Value: number("5")}}
		p.Addresses = []casefold.Address{{Number: number(""), Street: "MAIN ST", Unit: "2", City: word("SACRAMENTO", "ELK GROVE"), State: "CA", Postal: word("95814", "95624")}}
		p.Attributes = []casefold.Attribute{{Name: "birth_place", Value: word("CA", "TX", "MX")}}
		p.PersonKey = number("K")
		e := casefold.Event{Kind: casefold.CourtEvent, Date: day(), Cases: []casefold.CaseNumber{{Family: "CASC", Key: number("16-"), Defendant: word("A", "B", "")}}, Bookings: []string{number("7")}, Arrests: []string{number("8")},
			ArrestDate: day(), PleaDate: day(), Agency: casefold.Agency{ORI: word("CA1", "CA2")}, CustodyFrom: day(), CustodyTo: day()}
		records = append(records, casefold.Record{Teller: casefold.Teller{Source: sources[i%3].Name, RowKey: fmt.Sprint(i)}, Person: p, Events: []casefold.Event{e}})
	}
	return sources, records
}

func build(sources []casefold.Source, records []casefold.Record) *mention.Set {
	b := mention.NewBuilder(sources)
	for i := range records {
		b.Add(&records[i])
	}
	return b.Build()
}

func encode(t testing.TB, s *mention.Set) [][]byte {
	t.Helper()
	var out [][]byte
	if err := s.Encode(func(b []byte) error { out = append(out, slices.Clone(b)); return nil }); err != nil {
		t.Fatal(err)
	}
	return out
}

// decode reads records through one buffer that is reused, as a segment's is.
func decode(records [][]byte) (*mention.Set, error) {
	var buf []byte
	return mention.DecodeSet(func(put func([]byte) error) error {
		for _, r := range records {
			buf = append(buf[:0], r...)
			if err := put(buf); err != nil {
				return err
			}
			clear(buf)
		}
		return nil
	})
}

func TestASetReadBackIsTheSame(t *testing.T) {
	for _, n := range []int{1, 30, 3000} {
		want := build(everything(n, 1))
		got, err := decode(encode(t, want))
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%d records: what is read back differs: %s", n, cmp.Diff(want, got, cmp.Exporter(func(reflect.Type) bool { return true })))
		}
	}
}

// TestTheCodecTestTellsEveryColumn guards the test above: a column that no
// record tells would be read back whatever the codec did.
func TestTheCodecTestTellsEveryColumn(t *testing.T) {
	s := reflect.ValueOf(*build(everything(3000, 1)))
	for i := range s.NumField() {
		if s.Field(i).IsZero() {
			t.Errorf("no record tells %s", s.Type().Field(i).Name)
		}
	}
}

func TestAnEmptySetIsReadBack(t *testing.T) {
	s, err := decode(encode(t, mention.NewBuilder(nil).Build()))
	if err != nil || s.Len() != 0 || s.RecordCount() != 0 {
		t.Errorf("got %v, %v", s, err)
	}
}

func TestInOrderForgetsTheOrderOfRecords(t *testing.T) {
	sources, records := everything(300, 2)
	set, order := build(sources, records).InOrder()
	want := bytes.Join(encode(t, set), nil)
	for i := range records {
		if got := set.SourceOf(i); got != records[order[i]].Teller.Source {
			t.Fatalf("record %d is of source %s, want %s", i, got, records[order[i]].Teller.Source)
		}
	}
	rand.New(rand.NewPCG(1, 1)).Shuffle(len(records), func(i, j int) { records[i], records[j] = records[j], records[i] })
	again, _ := build(sources, records).InOrder()
	if !bytes.Equal(bytes.Join(encode(t, again), nil), want) {
		t.Error("records in another order give other bytes")
	}
}

func TestWhatIsCutOffIsAnError(t *testing.T) {
	records := encode(t, build(everything(40, 1)))
	whole := bytes.Join(records, nil)
	for at := range whole {
		if _, err := decode([][]byte{whole[:at]}); err == nil {
			t.Fatalf("%d of %d bytes are read without error", at, len(whole))
		}
	}
	if _, err := decode(append(records, []byte{0})); err == nil {
		t.Error("a byte too many is read without error")
	}
	if _, err := decode([][]byte{binary.AppendUvarint(nil, 99)}); err == nil {
		t.Error("another version is read without error")
	}
}

// FuzzDecodeSet: whatever the bytes, there is an error or a set that can be
// walked through.
func FuzzDecodeSet(f *testing.F) {
	f.Add(bytes.Join(encode(f, build(everything(3, 1))), nil))
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := decode([][]byte{b})
		if err != nil {
			return
		}
		for m := range uint32(s.Len()) {
			for _, n := range s.Names.Of(m) {
				_ = s.Name.Text(n.Given) + s.Name.Text(n.Middle) + s.Name.Text(n.Surname)
			}
			for _, id := range s.Identifiers.Of(m) {
				_ = s.Issuers[id.Issuer].Values.Text(id.Value)
			}
			for _, a := range s.Addresses.Of(m) {
				_ = s.House.Text(a.House) + s.City.Text(a.City)
			}
			for _, r := range s.Records(m) {
				if s.MentionOf(int(r)) != m {
					t.Fatalf("record %d is of mention %d, and mention %d holds it", r, s.MentionOf(int(r)), m)
				}
				_ = s.SourceOf(int(r))
			}
		}
	})
}

func BenchmarkCodec(b *testing.B) {
	s := build(everything(100_000, 1))
	records := encode(b, s)
	size := 0
	for _, r := range records {
		size += len(r)
	}
	b.Run("encode", func(b *testing.B) {
		for b.Loop() {
			encode(b, s)
		}
		b.ReportMetric(float64(size)/float64(s.Len()), "bytes/mention")
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(s.Len()), "ns/mention")
	})
	b.Run("decode", func(b *testing.B) {
		for b.Loop() {
			if _, err := decode(records); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(s.Len()), "ns/mention")
	})
}
