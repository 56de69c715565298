package main

import (
	"compress/gzip"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// The state's extract of a large office: rows of some 800 bytes, most of it
// columns that nobody reads. They are those of a synthetic county, widened.

const extractHead = "| program | rows | MB | wall s | CPU s | µs of CPU a row | peak MB | store MB |\n|---|---|---|---|---|---|---|---|"

const (
	extractRowBytes = 804  // of a row, line break included
	rowsOfAPerson   = 3.33 // about, of a synthetic county's people
)

// extractProject decides the file under the laws that are there.
const extractProject = `office:
  name: Office of the District Attorney, County of Sacramento
  county: Sacramento
  agency: SACRAMENTO COUNTY DISTRICT ATTORNEY
as_of: 2026-11-24
caption_from: [court, state]
sources:
  - name: doj
    format: ca-doj
    files: [state.csv]
    extract_date: 2026-10-15
`

// measureExtract has the program decide an extract of so many rows, from file
// to determinations, into an empty store.
func measureExtract(ctx context.Context, o options, rows int, out, log io.Writer) error {
	dir, err := extract(ctx, o, rows, log)
	if err != nil {
		return err
	}
	fmt.Fprintf(log, "casefold decides %d rows of a state extract\n", rows)
	store := filepath.Join(dir, ".casefold")
	if err := os.RemoveAll(store); err != nil {
		return err
	}
	_, c, err := costOf(ctx, o.bin, "run", "-q", "-c", filepath.Join(dir, "casefold.yaml"))
	if err != nil {
		return err
	}
	file, err := os.Stat(filepath.Join(dir, "state.csv"))
	if err != nil {
		return err
	}
	kept, err := bytesBelow(store)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "| casefold run | %d | %.1f | %.1f | %.1f | %.1f | %d | %.1f |\n", rows, float64(file.Size())/1e6, c.wall, c.cpu, c.cpu*1e6/float64(rows), c.peak>>20, float64(kept)/1e6)
	return nil
}

func bytesBelow(dir string) (n int64, err error) {
	err = filepath.WalkDir(dir, func(_ string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			n += info.Size()
		}
		return err
	})
	return n, err
}

// extract is the folder of an extract of so many rows, written if it is not there.
func extract(ctx context.Context, o options, rows int, log io.Writer) (dir string, err error) {
	dir = filepath.Join(o.dir, fmt.Sprintf("extract-%d-%d", rows, o.seed))
	if _, err := os.Stat(dir); err == nil {
		return dir, nil
	}
	fmt.Fprintf(log, "writing an extract of %d rows\n", rows)
	county, part := filepath.Join(o.dir, fmt.Sprintf("county-%d-%d", rows, o.seed)), dir+".part"
	people := strconv.Itoa(int(float64(rows)/rowsOfAPerson) + 100)
	if _, _, err := costOf(ctx, o.bin, "synth", "-q", "--people", people, "--seed", strconv.FormatUint(o.seed, 10), "-o", county); err != nil {
		return "", err
	}
	if err := os.MkdirAll(part, 0o755); err != nil {
		return "", err
	}
	if err := widen(county, part, rows, o.seed); err != nil {
		return "", err
	}
	if err := errors.Join(os.WriteFile(filepath.Join(part, "casefold.yaml"), []byte(extractProject), 0o644), os.RemoveAll(county)); err != nil {
		return "", err
	}
	return dir, os.Rename(part, dir)
}

// fillWords are what the columns are filled with that nobody reads.
var fillWords = strings.Fields("US MX GT SV HN PH VN CA TX NY NV AZ OR WA SINGLE MULTI SOURCE FINGERPRINT CARD LIVESCAN PALM PRINT DNA DMV FILE PHOTO RECORD VERIFIED UNVERIFIED SUPPLEMENTAL")

// widen writes the first rows of a county's state files as wide as an extract is.
func widen(county, dir string, rows int, seed uint64) (err error) {
	to, err := os.Create(filepath.Join(dir, "state.csv"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, to.Close()) }()
	w := csv.NewWriter(to)
	random := rand.New(rand.NewPCG(seed, 5))
	var place map[string]int
	var subject string
	var filling [3]string
	n := 0
	for _, name := range [...]string{"doj_history_1.csv", "doj_history_2.csv.gz"} {
		err := eachRow(filepath.Join(county, "state", name), func(row []string) error {
			switch {
			case place == nil: // the header of the first file
				place = map[string]int{}
				for i, c := range row {
					place[c] = i
				}
				return w.Write(row)
			case len(row) != len(place) || n == rows: // one of the county's damaged rows
				return nil
			}
			if s := row[place["SUBJECT_ID"]]; s != subject {
				subject = s
				for i := range filling {
					filling[i] = filler(random)
				}
			}
			fill(row, place, filling)
			n++
			return w.Write(row)
		})
		if err != nil {
			return err
		}
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return err
	}
	if n < rows {
		return fmt.Errorf("the county has %d rows of the state, not %d", n, rows)
	}
	return nil
}

func filler(random *rand.Rand) string {
	var b strings.Builder
	for range 120 {
		b.WriteString(fillWords[random.IntN(len(fillWords))])
		b.WriteByte(' ')
	}
	return b.String()
}

// fill brings a row to its length: the request repeats the person, and three
// columns hold long lists.
func fill(row []string, place map[string]int, filling [3]string) {
	for _, c := range [...][2]string{{"REQ_NAME", "PRI_NAME"}, {"REQ_GENDER", "GENDER"}, {"REQ_DOB", "PRI_DOB"}, {"REQ_CDL", "PRI_CDL"}, {"REQ_SSN", "PRI_SSN"}} {
		row[place[c[0]]] = row[place[c[1]]]
	}
	missing := extractRowBytes - len(row) - 4 // commas and line break, quotes of two names
	for _, v := range row {
		missing -= len(v)
	}
	for i, c := range [...]string{"SINGLE_SOURCE", "MULTI_SOURCE", "CITIZENSHIP_LIST"} {
		n := missing / 3
		if i == 2 {
			n = missing - 2*n
		}
		if at := place[c]; n > 0 {
			row[at] = filling[i][:min(len(filling[i]), n+len(row[at]))]
		}
	}
}

// eachRow reads a file of comma-separated values, packed or not.
func eachRow(path string, fn func([]string) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	var from io.Reader = f
	if strings.HasSuffix(path, ".gz") {
		if from, err = gzip.NewReader(f); err != nil {
			return err
		}
	}
	in := csv.NewReader(from)
	in.FieldsPerRecord, in.LazyQuotes = -1, true
	for {
		row, err := in.Read()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("reading %s: %w", path, err)
		}
		if err := fn(row); err != nil {
			return err
		}
	}
}
