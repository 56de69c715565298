package place

import (
	"os"
	"strings"
	"testing"

	"github.com/casefold/casefold"
	"pgregory.net/rapid"
)

func readCases(t *testing.T, file string, do func(line, in, want string)) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(string(b)) {
		if strings.HasPrefix(line, "#") || strings.TrimSpace(line) == "" {
			continue
		}
		in, want, ok := strings.Cut(strings.TrimRight(line, "\n"), " =")
		if !ok {
			t.Fatalf("case %q has no =", line)
		}
		do(in, in, strings.TrimSpace(want))
		n++
	}
	if n < 10 {
		t.Errorf("only %d cases in %s", n, file)
	}
}

func TestAgencies(t *testing.T) {
	readCases(t, "testdata/agencies.txt", func(line, in, want string) {
		p := strings.Split(in+" ", "|")
		a := Agency(p[0], p[1], p[2])
		got := strings.TrimSpace(strings.Join([]string{a.Name, string(a.Kind), a.County, a.State}, " | "))
		if strings.Join(strings.Fields(got), " ") != strings.Join(strings.Fields(want), " ") {
			t.Errorf("%s: got %q, want %q", line, got, want)
		}
	})
}

func TestCounty(t *testing.T) {
	for in, want := range map[string]string{
		"SACRAMENTO     ": "SACRAMENTO", "Sacramento County": "SACRAMENTO", "County of San Mateo": "SAN MATEO", "34": "SACRAMENTO", "034": "SACRAMENTO", "19": "LOS ANGELES",
		"SAN FRAN": "SAN FRANCISCO", "SF": "SAN FRANCISCO", "L.A.": "LOS ANGELES", "SANTA CLAR": "SANTA CLARA", "ContraCosta": "CONTRA COSTA", "STA CRUZ": "SANTA CRUZ",
		"SAN BERN": "SAN BERNARDINO", "SANTA": "", "SAN B": "", "59": "", "0": "", "": "", "x": "", "CLARK": "", "OUT OF STATE": "",
	} {
		if got, ok := County(in); got != want || ok != (want != "") {
			t.Errorf("County(%q) = %q, %v; want %q", in, got, ok, want)
		}
	}
	for i, c := range Counties() {
		if got, _ := County(c); got != c || CountyNumber(c) != i+1 {
			t.Errorf("%s is read as %q, number %d", c, got, CountyNumber(c))
		}
	}
}

func TestCourtsOfACountyAreOneFamily(t *testing.T) {
	want := Agency("CASC LOS ANGELES", "", "").CourtFamily()
	for _, name := range []string{"CAMC LONG BEACH", "CASC MC POMONA", "LOS ANGELES SUPERIOR COURT", "CAJC CATALINA ISLAND"} {
		if got := Agency(name, "", "").CourtFamily(); got != want && name != "CAJC CATALINA ISLAND" {
			t.Errorf("%s is of family %q, want %q", name, got, want)
		}
	}
	if got := Agency("CAJV LOS ANGELES", "", "").CourtFamily(); got == want || got == "" {
		t.Errorf("the juvenile court is of family %q", got)
	}
}

func TestAgencyLaws(t *testing.T) {
	word := rapid.SampledFrom([]string{"CASC", "CAPD", "CAMC", "MC", "SACRAMENTO", "SAN", "FRANCISCO", "LONG", "BEACH", "SUPERIOR", "COURT", "COUNTY", "OF", "CO", "SO", "PD", "DA", "POLICE", "DEPT", "CITY", "JUVENILE", "NVPD", "RENO", "x", "'S", "."})
	gen := rapid.OneOf(rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(word, 0, 5).Draw(t, "words"), rapid.SampledFrom([]string{" ", ""}).Draw(t, "sep"))
	}), rapid.String())
	rapid.Check(t, func(t *rapid.T) {
		name, ori, county := gen.Draw(t, "name"), rapid.OneOf(rapid.StringMatching(`CA0[0-9]{2}[0-9]{4}[AJGC]?`), rapid.String()).Draw(t, "ori"), gen.Draw(t, "county")
		a := Agency(name, ori, county)
		if a == (casefold.Agency{}) {
			return
		}
		b := Agency(a.Verbatim, a.ORI, a.County)
		if a != b {
			t.Fatalf("%q, %q, %q is %+v, and that is %+v", name, ori, county, a, b)
		}
		if n := Agency(a.Name, a.ORI, a.County); a.State == "CA" && CountyNumber(a.County) > 0 && (n.Kind != a.Kind || n.Name != a.Name) {
			t.Fatalf("the name of %+v is read as %+v", a, n)
		}
	})
}

func BenchmarkAgency(b *testing.B) {
	for _, s := range []string{"CAPDSACRAMENTO", "Superior Court of California, County of San Luis Obispo", "ELK GROVE P.D."} {
		b.Run(s[:6], func(b *testing.B) {
			b.ReportAllocs()
			for range b.N {
				Agency(s, "", "SACRAMENTO")
			}
		})
	}
}

func FuzzAgency(f *testing.F) {
	f.Add("CASC SACRAMENTO", "CA034015J", "SACRAMENTO")
	f.Add("Superior Court of California, County of San Luis Obispo", "", "")
	f.Fuzz(func(t *testing.T, name, ori, county string) {
		a := Agency(name, ori, county)
		if b := Agency(a.Verbatim, a.ORI, a.County); a != b {
			t.Fatalf("%q, %q, %q is %+v, and that is %+v", name, ori, county, a, b)
		}
	})
}
