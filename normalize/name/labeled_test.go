package name

import (
	"encoding/xml"
	"os"
	"strings"
	"testing"

	"github.com/casefold/casefold/normalize/text"
)

// TestLabeledNames measures reading of whole names against labels that people
// gave (datamade/probablepeople, MIT). Names of two people and names of one word
// are left out. The floor is what was reached, so that a loss is seen.
func TestLabeledNames(t *testing.T) {
	for _, c := range []struct {
		file  string
		floor float64
	}{
		{"nameparse/probablepeople/name_data/labeled/person_labeled.xml", .96},
		{"nameparse/probablepeople/tests/test_data_labeled.xml", 1},
	} {
		f, err := os.Open(ref(t, c.file))
		if err != nil {
			t.Fatal(err)
		}
		right, asked := 0, 0
		readLabeled(xml.NewDecoder(f), func(whole string, part map[string][]string) {
			if len(part["And"]) > 0 || len(part["Surname"]) == 0 || len(part["GivenName"])+len(part["FirstInitial"]) == 0 {
				return
			}
			asked++
			fold := func(labels ...string) string {
				var all []string
				for _, l := range labels {
					all = append(all, part[l]...)
				}
				return strings.ReplaceAll(text.Letters(text.Upper(strings.Join(all, " "))), " ", "")
			}
			ns, _ := Parse(whole, "")
			got := strings.ReplaceAll(ns[0].Last+"|"+ns[0].First, " ", "")
			if want := fold("Surname") + "|" + fold("GivenName", "FirstInitial"); got == want || got == fold("Surname")+"|"+firstOf(part) {
				right++
			} else if testing.Verbose() {
				t.Logf("%q: want %q, got %q", whole, want, got)
			}
		})
		f.Close()
		if share := float64(right) / float64(asked); share < c.floor {
			t.Errorf("%s: %d of %d read rightly (%.3f), floor %.3f", c.file, right, asked, share, c.floor)
		} else {
			t.Logf("%s: %d of %d (%.3f)", c.file, right, asked, share)
		}
	}
}

func firstOf(part map[string][]string) string {
	for _, l := range []string{"GivenName", "FirstInitial"} {
		for _, w := range part[l] {
			first, _, _ := strings.Cut(strings.ReplaceAll(text.Upper(w), ".", "-"), "-") // a compound's first part
			return text.Letters(first)
		}
	}
	return ""
}

func readLabeled(d *xml.Decoder, do func(whole string, part map[string][]string)) {
	whole, label := "", ""
	part := map[string][]string{}
	for {
		tok, err := d.Token()
		if err != nil {
			return
		}
		switch x := tok.(type) {
		case xml.StartElement:
			if label = x.Name.Local; label == "Name" {
				whole, part = "", map[string][]string{}
			}
		case xml.CharData:
			whole += string(x)
			if label != "" && label != "Name" && label != "NameCollection" {
				part[label] = append(part[label], strings.Trim(string(x), ", "))
			}
		case xml.EndElement:
			label = ""
			if x.Name.Local == "Name" {
				do(whole, part)
			}
		}
	}
}
