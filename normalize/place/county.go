package place

import (
	"strings"
	"sync"

	"github.com/casefold/casefold/normalize/text"
)

// counties are the 58 counties of California in the alphabetical order by which
// the state numbers them from 1.
var counties = [58]string{
	"ALAMEDA", "ALPINE", "AMADOR", "BUTTE", "CALAVERAS", "COLUSA", "CONTRA COSTA", "DEL NORTE", "EL DORADO", "FRESNO",
	"GLENN", "HUMBOLDT", "IMPERIAL", "INYO", "KERN", "KINGS", "LAKE", "LASSEN", "LOS ANGELES", "MADERA",
	"MARIN", "MARIPOSA", "MENDOCINO", "MERCED", "MODOC", "MONO", "MONTEREY", "NAPA", "NEVADA", "ORANGE",
	"PLACER", "PLUMAS", "RIVERSIDE", "SACRAMENTO", "SAN BENITO", "SAN BERNARDINO", "SAN DIEGO", "SAN FRANCISCO", "SAN JOAQUIN", "SAN LUIS OBISPO",
	"SAN MATEO", "SANTA BARBARA", "SANTA CLARA", "SANTA CRUZ", "SHASTA", "SIERRA", "SISKIYOU", "SOLANO", "SONOMA", "STANISLAUS",
	"SUTTER", "TEHAMA", "TRINITY", "TULARE", "TUOLUMNE", "VENTURA", "YOLO", "YUBA",
}

// countyShort are the abbreviations in use that are no beginnings of a name.
var countyShort = map[string]string{
	"LA": "LOS ANGELES", "LACO": "LOS ANGELES", "LOSANG": "LOS ANGELES", "SF": "SAN FRANCISCO", "SANFRAN": "SAN FRANCISCO", "SFRAN": "SAN FRANCISCO", "SFO": "SAN FRANCISCO",
	"SAC": "SACRAMENTO", "SACTO": "SACRAMENTO", "SACR": "SACRAMENTO", "CC": "CONTRA COSTA", "COCO": "CONTRA COSTA", "CONTRA": "CONTRA COSTA", "SLO": "SAN LUIS OBISPO", "SNLUISOBISPO": "SAN LUIS OBISPO",
	"SBDO": "SAN BERNARDINO", "SNBERNARDINO": "SAN BERNARDINO", "SANBDNO": "SAN BERNARDINO", "SBARB": "SANTA BARBARA", "STABARBARA": "SANTA BARBARA",
	"STACLARA": "SANTA CLARA", "STACRUZ": "SANTA CRUZ", "SDIEGO": "SAN DIEGO", "SNDIEGO": "SAN DIEGO", "SJOAQUIN": "SAN JOAQUIN", "SNJOAQUIN": "SAN JOAQUIN",
	"SMATEO": "SAN MATEO", "SNMATEO": "SAN MATEO", "OC": "ORANGE", "RIV": "RIVERSIDE", "STAN": "STANISLAUS", "ALCO": "ALAMEDA", "MENDO": "MENDOCINO", "TUOL": "TUOLUMNE", "SISK": "SISKIYOU",
}

// countyIndex maps names without blanks to counties: whole names and every
// beginning of five letters or more that only one county has.
var countyIndex = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for _, c := range counties {
		joined := strings.ReplaceAll(c, " ", "")
		for n := 5; n < len(joined); n++ {
			if prev, taken := m[joined[:n]]; taken && prev != c {
				m[joined[:n]] = "" // two counties begin so
			} else {
				m[joined[:n]] = c
			}
		}
	}
	for short, c := range countyShort {
		m[short] = c
	}
	for _, c := range counties {
		m[strings.ReplaceAll(c, " ", "")] = c
	}
	return m
})

// County is the county of California that a text names: whole, abbreviated,
// cut short, or by its number (34, 034). ok is false for any other text.
func County(value string) (county string, ok bool) {
	s := text.Upper(value)
	if text.IsFiller(s) {
		return "", false
	}
	if n := countyNumber(s); n > 0 {
		return counties[n-1], true
	}
	var buf [8]string
	kept := buf[:0]
	for _, w := range tokens(s, nil) {
		switch w {
		case "COUNTY", "CO", "CNTY", "CTY", "OF", "THE", "CA", "CALIF", "CALIFORNIA":
		default:
			kept = append(kept, w)
		}
	}
	c := countyIndex()[strings.Join(kept, "")]
	return c, c != ""
}

// countyNumber reads 1 to 58, written with or without leading zeros.
func countyNumber(s string) int {
	if len(s) == 0 || len(s) > 3 {
		return 0
	}
	n := 0
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return 0
		}
		n = n*10 + int(s[i]-'0')
	}
	if n > len(counties) {
		return 0
	}
	return n
}

// CountyNumber is the number of a county in the state's numbering, 0 for a text
// that is not the name of one.
func CountyNumber(county string) int {
	for i, c := range counties {
		if c == county {
			return i + 1
		}
	}
	return 0
}

// Counties lists the counties in the order of their numbers.
func Counties() []string { return append([]string(nil), counties[:]...) }

// tokens splits folded text at everything but letters and digits; apostrophes
// and periods vanish. Single letters in a row join, so that "P. D." and "S F"
// are PD and SF.
func tokens(s string, dst []string) []string {
	for i := 0; i < len(s); {
		start, marks := i, 0
		for ; i < len(s) && (isAlnum(s[i]) || s[i] == '\'' || s[i] == '.'); i++ {
			if !isAlnum(s[i]) {
				marks++
			}
		}
		switch w := s[start:i]; {
		case marks == len(w):
			i++ // a blank, or marks alone and what ends them
		case marks == 0:
			dst = append(dst, w)
		default:
			dst = append(dst, withoutMarks(w))
		}
	}
	return joinSingles(dst)
}

func withoutMarks(w string) string {
	out := make([]byte, 0, len(w))
	for i := 0; i < len(w); i++ {
		if isAlnum(w[i]) {
			out = append(out, w[i])
		}
	}
	return string(out)
}

// joined is strings.Join(ws, " "), without a new text where like is that already.
func joined(ws []string, like string) string {
	rest := like
	for i, w := range ws {
		if i > 0 {
			if rest == "" || rest[0] != ' ' {
				return strings.Join(ws, " ")
			}
			rest = rest[1:]
		}
		if len(rest) < len(w) || rest[:len(w)] != w {
			return strings.Join(ws, " ")
		}
		rest = rest[len(w):]
	}
	if rest != "" {
		return strings.Join(ws, " ")
	}
	return like
}

func joinSingles(ws []string) []string {
	out := ws[:0]
	single := false
	for _, w := range ws {
		if len(w) == 1 && w[0] >= 'A' && single {
			out[len(out)-1] += w
			continue
		}
		single = len(w) == 1 && w[0] >= 'A'
		out = append(out, w)
	}
	return out
}
