package name_test

import (
	"testing"

	"github.com/casefold/casefold/normalize/name"
	"github.com/casefold/casefold/normalize/text"
)

// FuzzPlainReadsAsPartsDo: what Plain reads at all, it reads as ParseParts.
func FuzzPlainReadsAsPartsDo(f *testing.F) {
	words := []string{"SMITH", "GARCIA", "DELACRUZ", "DELGADO", "JR", "V", "X", "XX", "MD", "DOE", "TEST", "JOHN", "BABY", "FNU", "NULL", "NA", "BLANK",
		"O'BRIEN", "DE LEON", "smith", "SM1TH", "SMITH,", "SAINT", "MC", "DR", "TWIN", "II", "SENIOR", "A", "", "DEL", "DELO", "DELAO", "UNK", "Núñez", "ROE", "MALE"}
	for i, w := range words {
		f.Add(w, "JOHN", "")
		f.Add("LEE", w, "")
		f.Add("LEE", "MARY", w)
		f.Add(words[(i+7)%len(words)], w, words[(i+12)%len(words)])
	}
	f.Fuzz(func(t *testing.T, last, first, middle string) {
		for _, s := range []string{last, first, middle} {
			if s != "" && (text.Trim(s) != s || text.IsFiller(s)) {
				return // callers have trimmed, and left out fillers
			}
		}
		got, ok := name.Plain(last, first, middle)
		if !ok {
			return
		}
		want, verdict := name.ParseParts(last, first, middle, "")
		if verdict != name.OK || len(want) != 1 || want[0] != got {
			t.Errorf("%q %q %q: %+v; by parts %+v %q", last, first, middle, got, want, verdict)
		}
	})
}

// TestMostNamesArePlain: the quick way is taken at all.
func TestMostNamesArePlain(t *testing.T) {
	for _, n := range [][3]string{{"SMITH", "JOHN", "Q"}, {"GARCIA", "MARIA", ""}, {"DELGADO", "LUZ", "ELENA"}, {"O", "KI", "X"}} {
		if _, ok := name.Plain(n[0], n[1], n[2]); !ok && n[2] != "X" {
			t.Errorf("%v is not read the quick way", n)
		}
	}
}
