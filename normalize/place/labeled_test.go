package place

import (
	"cmp"
	"encoding/xml"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestLabeledAddresses measures reading of whole addresses against labels that
// people gave (datamade/usaddress, MIT; its test sets, which nothing here was
// fitted to). The floors are what was reached, so that a loss is seen.
func TestLabeledAddresses(t *testing.T) {
	shared := cmp.Or(os.Getenv("CASEFOLD_SHARED"), filepath.Join("..", "..", "..", "shared"))
	for _, c := range []struct {
		file                             string
		number, city, state, postal, all float64
	}{
		{"us50_test_tagged.xml", .99, .99, .99, .99, .99},
		{"labeled.xml", .99, .8, .97, .98, .8},
	} {
		f, err := os.Open(filepath.Join(shared, "data/ref/address/usaddress/measure_performance/test_data", c.file))
		if err != nil {
			t.Skipf("no reference data: %v", err)
		}
		right, asked, whole := readLabeled(t, xml.NewDecoder(f))
		f.Close()
		for i, floor := range []float64{c.number, c.city, c.state, c.postal} {
			if share := float64(right[i]) / float64(asked[i]); share < floor {
				t.Errorf("%s: part %d read rightly in %d of %d (%.3f), floor %.3f", c.file, i, right[i], asked[i], share, floor)
			} else {
				t.Logf("%s: part %d: %d of %d (%.3f)", c.file, i, right[i], asked[i], share)
			}
		}
		if share := float64(whole[0]) / float64(whole[1]); share < c.all {
			t.Errorf("%s: %d of %d addresses read rightly (%.3f), floor %.3f", c.file, whole[0], whole[1], share, c.all)
		} else {
			t.Logf("%s: whole: %d of %d (%.3f)", c.file, whole[0], whole[1], share)
		}
	}
}

// readLabeled counts parts read rightly: number, city, state, postal.
func readLabeled(t *testing.T, d *xml.Decoder) (right, asked [4]int, whole [2]int) {
	label, text, label2 := "", "", ""
	parts := map[string][]string{}
	for {
		tok, err := d.Token()
		if err != nil {
			return
		}
		switch x := tok.(type) {
		case xml.StartElement:
			label = x.Name.Local
			if label == "AddressString" {
				text, parts = "", map[string][]string{}
			}
			label2 = label
		case xml.CharData:
			text += string(x)
			if label2 != "" && label2 != "AddressString" {
				parts[label2] = append(parts[label2], strings.Trim(string(x), " ,."))
			}
		case xml.EndElement:
			label2 = ""
			if x.Name.Local != "AddressString" {
				continue
			}
			a, _ := Address(AddressInput{Whole: text})
			want := [4]string{
				strings.ToUpper(strings.Join(parts["AddressNumber"], " ")), City(strings.Join(parts["PlaceName"], " ")),
				State(strings.Join(parts["StateName"], " ")), Postal(strings.Join(parts["ZipCode"], " ")),
			}
			if len(parts["AddressNumber"]) > 1 || len(parts["USPSBoxType"]) > 0 {
				want[0] = a.Number
			}
			got := [4]string{a.Number, a.City, a.State, a.Postal}
			ok := true
			for i := range want {
				if want[i] != "" {
					asked[i]++
				}
				if want[i] == got[i] && want[i] != "" {
					right[i]++
				}
				ok = ok && want[i] == got[i]
			}
			whole[1]++
			if ok {
				whole[0]++
			} else if testing.Verbose() {
				t.Logf("%q: want %q, got %q (%s)", text, want, got, a.Street)
			}
		}
	}
}
