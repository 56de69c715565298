package place

import (
	"strings"
	"testing"

	"github.com/casefold/casefold"
	"pgregory.net/rapid"
)

func printAddress(a casefold.Address, v Verdict) string {
	s := strings.Join([]string{a.Number, a.Street, a.Unit, a.City, a.State, a.Postal}, "; ")
	if v == Placeholder {
		s = "- " + s
	}
	return strings.Join(strings.Fields(s), " ")
}

func TestWholeAddresses(t *testing.T) {
	readCases(t, "testdata/addresses.txt", func(line, in, want string) {
		if got := printAddress(Address(AddressInput{Whole: in})); got != strings.Join(strings.Fields(want), " ") {
			t.Errorf("%s: got %q, want %q", line, got, want)
		}
	})
}

func TestAddressParts(t *testing.T) {
	readCases(t, "testdata/addressparts.txt", func(line, in, want string) {
		p := strings.Split(in+" ", "|")
		got := printAddress(Address(AddressInput{Number: p[0], Street: p[1], Unit: p[2], City: p[3], State: p[4], Postal: p[5]}))
		if got != strings.Join(strings.Fields(want), " ") {
			t.Errorf("%s: got %q, want %q", line, got, want)
		}
	})
}

func TestAddressLaws(t *testing.T) {
	word := rapid.SampledFrom([]string{"123", "12B", "5/12", "1/2", "MAIN", "ST", "STREET", "AVENUE", "N", "NORTH", "APT", "#", "#4", "UNIT", "4", "REAR", "PO", "BOX", "P.O.", "9",
		"SACRAMENTO", "SAN", "FRANCISCO", "CA", "95814", "95814-1234", "NV", ",", ",", "TRANSIENT", "FIRST", "HIGHWAY", "50", "LE11", "1UU", "UK", "-", "é", "HWY", "00"})
	gen := rapid.OneOf(rapid.Custom(func(t *rapid.T) string { return strings.Join(rapid.SliceOfN(word, 0, 8).Draw(t, "words"), " ") }), rapid.String())
	rapid.Check(t, func(t *rapid.T) {
		in := AddressInput{Whole: gen.Draw(t, "whole")}
		if rapid.Bool().Draw(t, "apart") {
			in = AddressInput{Number: gen.Draw(t, "number"), Street: gen.Draw(t, "street"), Unit: gen.Draw(t, "unit"), City: gen.Draw(t, "city"), State: gen.Draw(t, "state"), Postal: gen.Draw(t, "postal")}
		}
		a, _ := Address(in)
		b, _ := Address(AddressInput{Number: a.Number, Street: a.Street, Unit: a.Unit, City: a.City, State: a.State, Postal: a.Postal})
		if a != b {
			t.Fatalf("%+v is %+v, and that is %+v", in, a, b)
		}
	})
}

func FuzzAddress(f *testing.F) {
	f.Add("123 MAIN ST APT 4 SACRAMENTO CA 95814", "")
	f.Add("FLAT 3, 10 HIGH STREET", "READING")
	f.Fuzz(func(t *testing.T, whole, city string) { Address(AddressInput{Whole: whole, City: city}) })
}

func BenchmarkAddress(b *testing.B) {
	for _, s := range []string{"123 MAIN ST APT 4 SACRAMENTO CA 95814", "100 Howard Hughes Way, Las Vegas, NV 89111"} {
		b.Run(s[:8], func(b *testing.B) {
			b.ReportAllocs()
			for range b.N {
				Address(AddressInput{Whole: s})
			}
		})
	}
	b.Run("parts", func(b *testing.B) {
		b.ReportAllocs()
		for range b.N {
			Address(AddressInput{Number: "123", Street: "Main Street", City: "SACRAMENTO", State: "CA", Postal: "95814"})
		}
	})
}
