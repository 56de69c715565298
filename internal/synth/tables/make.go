//go:build ignore

// Command make writes the name, nickname, place and error tables of this
// folder from public reference data. It is run by hand when the reference data
// changes; the tables are committed.
//
//	go run make.go FOLDER    (the folder of the reference data, with surnames/ ...)
package main

import (
	"bufio"
	"compress/gzip"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
)

var ref string

func main() {
	ref = os.Args[1]
	surnames()
	givenNames()
	nicknames()
	places()
	slips()
}

// table reads a CSV of the reference data, gzipped or not, header first.
func table(path string) (header map[string]int, rows [][]string) {
	f, err := os.Open(filepath.Join(ref, path))
	check(err)
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(path, ".gz") {
		r, err = gzip.NewReader(f)
		check(err)
	}
	c := csv.NewReader(r)
	c.FieldsPerRecord = -1
	c.LazyQuotes = true
	rows, err = c.ReadAll()
	check(err)
	header = map[string]int{}
	for i, h := range rows[0] {
		header[strings.TrimSpace(h)] = i
	}
	return header, rows[1:]
}

func write(name, head string, lines []string) {
	f, err := os.Create(name)
	check(err)
	defer f.Close()
	var w io.Writer = f
	if strings.HasSuffix(name, ".gz") {
		z, _ := gzip.NewWriterLevel(f, gzip.BestCompression)
		defer z.Close()
		w = z
	}
	b := bufio.NewWriter(w)
	defer b.Flush()
	for _, l := range strings.Split(strings.TrimSpace(head), "\n") {
		fmt.Fprintf(b, "# %s\n", l)
	}
	for _, l := range lines {
		fmt.Fprintln(b, l)
	}
}

func surnames() {
	h, rows := table("surnames/us_surnames_2010.csv.gz")
	var out []string
	for i, r := range rows {
		if i >= 24000 {
			break
		}
		p := func(c string) int { v, _ := strconv.ParseFloat(r[h[c]], 64); return int(v*100 + .5) }
		out = append(out, fmt.Sprintf("%s\t%s\t%d\t%d\t%d\t%d", r[h["surname"]], r[h["count"]], p("p_white"), p("p_black"), p("p_hispanic"), p("p_asian")))
	}
	write("surnames.tsv.gz", `
The 24,000 most frequent surnames of the United States in 2010: name, people,
per cent white, black, Hispanic, Asian or Pacific.
Source: US Census Bureau, Frequently Occurring Surnames 2010 (public domain).
Retrieved 2026-11-24.`, out)
}

func givenNames() {
	h, rows := table("firstnames/ssa_names_california_by_year.csv.gz")
	type key struct{ name, sex string }
	births := map[key]*[8]int{}
	for _, r := range rows {
		y, _ := strconv.Atoi(r[h["year"]])
		d := min(max(y/10-193, 0), 7)
		n, _ := strconv.Atoi(r[h["births"]])
		k := key{strings.ToUpper(r[h["name"]]), r[h["sex"]]}
		if births[k] == nil {
			births[k] = new([8]int)
		}
		births[k][d] += n
	}
	race := map[string]string{}
	rh, rr := table("firstnames/first_name_race_tzioumis.csv")
	for _, r := range rr {
		p := func(c string) int { v, _ := strconv.ParseFloat(r[rh[c]], 64); return int(v*100 + .5) }
		race[strings.ToUpper(r[0])] = fmt.Sprintf("%d\t%d\t%d\t%d", p("white"), p("black"), p("hispanic"), p("api"))
	}
	var out []string
	for k, b := range births {
		total := 0
		for _, n := range b {
			total += n
		}
		if total < 350 {
			continue
		}
		cells := make([]string, 8)
		for i, n := range b {
			cells[i] = strconv.Itoa(n)
		}
		shares := race[k.name]
		if shares == "" {
			shares = "25\t25\t25\t25"
		}
		out = append(out, fmt.Sprintf("%s\t%s\t%s\t%s", k.name, k.sex, shares, strings.Join(cells, "\t")))
	}
	for _, v := range []struct{ file, sex string }{{"vietnamese_boy_no_accents.txt", "VM"}, {"vietnamese_girl_no_accents.txt", "VF"}} {
		b, err := os.ReadFile(filepath.Join(ref, "names-asian", v.file))
		check(err)
		seen := map[string]bool{}
		for _, l := range strings.Split(string(b), "\n") {
			l = strings.ToUpper(strings.TrimSpace(l))
			if l != "" && !seen[l] {
				seen[l] = true
				out = append(out, fmt.Sprintf("%s\t%s\t0\t0\t0\t100\t0\t4\t8\t14\t20\t24\t20\t12", l, v.sex))
			}
		}
	}
	sort.Strings(out)
	write("given.tsv.gz", `
Given names: name, sex (VM, VF: Vietnamese), per cent white, black, Hispanic, Asian among bearers of
the name, births in the 1930s, 1940s ... 2000s.
Sources: Social Security Administration, California births 1930-2012 (public
domain); Tzioumis 2018, Demographic aspects of first names (CC0); Vietnamese
given names of the vn-names word lists (MIT), with even weights.
Names outside the race table stand at 25 each. Retrieved 2026-11-24.`, out)
}

func nicknames() {
	pairs := map[string]map[string]bool{}
	add := func(name, nick string) {
		name, nick = strings.ToUpper(strings.TrimSpace(name)), strings.ToUpper(strings.TrimSpace(nick))
		if name == "" || nick == "" || name == nick || strings.ContainsAny(name+nick, " .") {
			return
		}
		if pairs[name] == nil {
			pairs[name] = map[string]bool{}
		}
		pairs[name][nick] = true
	}
	_, rows := table("nicknames/carltonnorthern_names.csv")
	for _, r := range rows {
		if len(r) == 3 && r[1] == "has_nickname" {
			add(r[0], r[2])
		}
	}
	for _, f := range []string{"male_diminutives.csv", "female_diminutives.csv"} {
		b, err := os.ReadFile(filepath.Join(ref, "nicknames", f))
		check(err)
		for _, l := range strings.Split(string(b), "\n") {
			c := strings.Split(l, ",")
			for _, nick := range c[1:] {
				add(c[0], nick)
			}
		}
	}
	for name, nicks := range map[string]string{
		"FRANCISCO": "PACO PANCHO FRANK", "JOSE": "PEPE JOE", "GUADALUPE": "LUPE LUPITA", "JESUS": "CHUY", "IGNACIO": "NACHO",
		"GUILLERMO": "MEMO WILLIAM", "ROBERTO": "BETO ROBERT", "ALBERTO": "BETO ALBERT", "ENRIQUE": "KIKE HENRY", "LUIS": "LOUIE",
		"MANUEL": "MANNY", "RAFAEL": "RAFA", "EDUARDO": "LALO EDDIE", "ROSARIO": "CHAYO", "DOLORES": "LOLA", "MERCEDES": "MECHE",
		"ANTONIO": "TONY TONO", "JUAN": "JOHN JOHNNY", "MIGUEL": "MIKE", "CARLOS": "CHARLIE", "ALEJANDRO": "ALEX", "JAVIER": "JAVI", "SALVADOR": "CHAVA SAL",
	} {
		for _, n := range strings.Fields(nicks) {
			add(name, n)
		}
	}
	var out []string
	for name, nicks := range pairs {
		var l []string
		for n := range nicks {
			l = append(l, n)
		}
		sort.Strings(l)
		out = append(out, name+"\t"+strings.Join(l, " "))
	}
	sort.Strings(out)
	write("nicknames.tsv.gz", `
Given names and their short forms.
Sources: carltonnorthern/nicknames (Apache-2.0); HaJongler/diminutives.db
(public domain); Spanish short forms from common knowledge.
Retrieved 2026-11-24.`, out)
}

func places() {
	h, rows := table("geo-ca/ca_zip_city_county.csv.gz")
	want := map[string]int{"Sacramento": 10, "Yolo": 3, "Placer": 1, "San Joaquin": 1, "El Dorado": 1, "Alameda": 1, "Solano": 1}
	var out []string
	for _, r := range rows {
		w, ok := want[r[h["county"]]]
		zip := r[h["zip"]]
		if !ok || strings.HasPrefix(zip, "942") || strings.HasPrefix(zip, "9589") || strings.HasPrefix(zip, "9588") || strings.HasPrefix(zip, "9585") || strings.HasPrefix(zip, "9586") {
			continue
		}
		out = append(out, fmt.Sprintf("%s\t%s\t%s\t%d", zip, strings.ToUpper(r[h["city"]]), strings.ToUpper(r[h["county"]]), w))
	}
	sort.Strings(out)
	write("places.tsv", `
ZIP, city, county, weight (how many of the county's people live there; chosen).
Source: GeoNames postal codes (CC BY 4.0, https://www.geonames.org/), seven
counties; ZIPs of post office boxes and state offices left out.
Retrieved 2026-11-24.`, out)
}

func slips() {
	var out []string
	f, err := os.Open(filepath.Join(ref, "typo/pseudopeople/src/pseudopeople/data/qwerty_errors.yaml"))
	check(err)
	defer f.Close()
	var from string
	near := map[string]string{}
	for s := bufio.NewScanner(f); s.Scan(); {
		l := strings.TrimSpace(s.Text())
		if strings.HasPrefix(l, "#") {
			continue
		}
		if k, ok := strings.CutSuffix(l, ":"); ok {
			from = strings.ToUpper(strings.Trim(k, `'"`))
		} else if v, ok := strings.CutPrefix(l, "- "); ok {
			near[from] += strings.ToUpper(strings.Trim(v, `'"`))
		}
	}
	for k, v := range near {
		if len(k) == 1 && (k[0] >= 'A' && k[0] <= 'Z' || k[0] >= '0' && k[0] <= '9') {
			out = append(out, "key\t"+k+"\t"+v)
		}
	}
	pairs := func(file, kind string) {
		b, err := os.ReadFile(filepath.Join(ref, "typo/pseudopeople/src/pseudopeople/data", file))
		check(err)
		for _, l := range strings.Split(string(b), "\n") {
			c := strings.Split(strings.TrimSpace(strings.ToUpper(l)), ",")
			if strings.HasPrefix(l, "#") || len(c) < 2 {
				continue
			}
			if kind == "ocr" {
				if len(c[0])+len(c[1]) <= 4 && strings.Trim(c[0]+c[1], "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == "" && c[0] != c[1] {
					out = append(out, "ocr\t"+c[0]+"\t"+c[1])
				}
			} else if len(c) >= 4 && c[3] == "NONE" && strings.Trim(c[1], "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" && c[0] != "MIDDLE" {
				out = append(out, strings.ToLower(c[0])+"\t"+c[1]+"\t"+strings.Trim(c[2], "@"))
			}
		}
	}
	pairs("ocr_errors.csv", "ocr")
	pairs("phonetic_variations.csv", "sound")
	sort.Strings(out)
	out = dedupe(out)
	write("slips.tsv", `
How names are mistyped: key = keys beside it, ocr = misread as, all/start/end =
spelled as it sounds, anywhere, at the start, at the end of a word.
Source: ihmeuw/pseudopeople (BSD-3-Clause), whose phonetic rules are those of
A. Pudjijono, ANU 2008. Retrieved 2026-11-24.`, out)
}

func dedupe(l []string) []string {
	var out []string
	for i, s := range l {
		if i == 0 || s != l[i-1] {
			out = append(out, s)
		}
	}
	return out
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
