package place

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"github.com/casefold/casefold/normalize/text"
)

//go:embed cities.txt
var cityTable string

//go:embed zips.txt
var zipTable string

// cityCounty maps a California city or settlement to its county.
var cityCounty = sync.OnceValue(func() map[string]string {
	m := make(map[string]string, 2400)
	for county, rest := range lines(cityTable) {
		for city := range strings.SplitSeq(rest, "|") {
			m[city] = county
		}
	}
	return m
})

// zipCities maps a California ZIP code to its cities, the main one first.
var zipCities = sync.OnceValue(func() map[string][]string {
	m := make(map[string][]string, 2700)
	for city, rest := range lines(zipTable) {
		for zip := range strings.FieldsSeq(rest) {
			m[zip] = append(m[zip], city)
		}
	}
	return m
})

// lines reads a table of `KEY: rest`.
func lines(table string) func(yield func(string, string) bool) {
	return func(yield func(string, string) bool) {
		for line := range strings.Lines(table) {
			if line[0] == '#' || line[0] == '\n' {
				continue
			}
			key, rest, _ := strings.Cut(strings.TrimSpace(line), ":")
			if !yield(key, strings.TrimSpace(rest)) {
				return
			}
		}
	}
}

// cityShort are abbreviations of California cities, met in addresses and names
// of agencies.
var cityShort = map[string]string{
	"LA": "LOS ANGELES", "SF": "SAN FRANCISCO", "SAN FRAN": "SAN FRANCISCO", "SFO": "SAN FRANCISCO", "SAC": "SACRAMENTO", "SACTO": "SACRAMENTO", "SACTO CITY": "SACRAMENTO",
	"W SAC": "WEST SACRAMENTO", "W SACTO": "WEST SACRAMENTO", "W SACRAMENTO": "WEST SACRAMENTO", "N HOLLYWOOD": "NORTH HOLLYWOOD", "NO HOLLYWOOD": "NORTH HOLLYWOOD",
	"W HOLLYWOOD": "WEST HOLLYWOOD", "S LAKE TAHOE": "SOUTH LAKE TAHOE", "SO LAKE TAHOE": "SOUTH LAKE TAHOE", "S SAN FRANCISCO": "SOUTH SAN FRANCISCO", "SO SAN FRANCISCO": "SOUTH SAN FRANCISCO", "SSF": "SOUTH SAN FRANCISCO",
	"E PALO ALTO": "EAST PALO ALTO", "E LOS ANGELES": "EAST LOS ANGELES", "N HIGHLANDS": "NORTH HIGHLANDS", "NO HIGHLANDS": "NORTH HIGHLANDS", "S PASADENA": "SOUTH PASADENA", "S GATE": "SOUTH GATE", "SO GATE": "SOUTH GATE",
	"SAN BERDOO": "SAN BERNARDINO", "SN BERNARDINO": "SAN BERNARDINO", "SN DIEGO": "SAN DIEGO", "SN JOSE": "SAN JOSE", "SN FRANCISCO": "SAN FRANCISCO", "STA BARBARA": "SANTA BARBARA", "STA ROSA": "SANTA ROSA", "STA CRUZ": "SANTA CRUZ", "STA MONICA": "SANTA MONICA",
	"29 PALMS": "TWENTYNINE PALMS", "RCHO CORDOVA": "RANCHO CORDOVA", "RANCHO CORD": "RANCHO CORDOVA", "CITRUS HTS": "CITRUS HEIGHTS", "HUNTINGTON BCH": "HUNTINGTON BEACH", "LONG BCH": "LONG BEACH", "NEWPORT BCH": "NEWPORT BEACH",
	"BH": "BEVERLY HILLS", "MT VIEW": "MOUNTAIN VIEW", "MTN VIEW": "MOUNTAIN VIEW",
}

// City folds the name of a city: letters, digits and single blanks, usual
// abbreviations of California cities written out, SAINT as ST.
func City(value string) string {
	if text.IsFiller(value) {
		return ""
	}
	var buf [8]string
	u := text.Upper(value)
	return cityOf(joined(tokens(u, buf[:0]), u))
}

func cityOf(s string) string {
	if full, ok := cityShort[s]; ok {
		return full
	}
	if rest, ok := strings.CutPrefix(s, "SAINT "); ok {
		return "ST " + rest
	}
	if rest, ok := strings.CutPrefix(s, "FT "); ok {
		return "FORT " + rest
	}
	if rest, ok := strings.CutPrefix(s, "CITY OF "); ok && rest != "" {
		return cityOf(rest)
	}
	return s
}

// CountyOfCity is the county of a California city in the form of City.
func CountyOfCity(city string) (county string, ok bool) {
	county, ok = cityCounty()[city]
	return county, ok
}

// CitiesOfZIP are the cities of a five-digit California ZIP code, nil for
// another. The slice is shared: do not change it.
func CitiesOfZIP(zip string) []string { return zipCities()[zip] }

// isCityOfZIP reports whether a city lies in the ZIP code.
func isCityOfZIP(city, zip string) bool { return slices.Contains(zipCities()[zip], city) }
