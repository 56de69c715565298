package synth

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/project"
	"github.com/casefold/casefold/internal/source"
	"github.com/casefold/casefold/normalize"
)

// TestRowsSayWhatTheTruthSays holds the truth to the files: of the rows that
// are said to tell of a conviction, casefold's own normalizers read nearly all
// as telling of the true section and of a conviction.
func TestRowsSayWhatTheTruthSays(t *testing.T) {
	dir := t.TempDir()
	if err := Generate(Defaults(1000, 4), Dir(dir)); err != nil {
		t.Fatal(err)
	}
	section := map[string]string{}
	for _, r := range readCSV(t, filepath.Join(dir, "truth_convictions.csv")) {
		section[r[0]] = r[6]
	}
	tells := map[casefold.Teller]string{}
	for _, r := range readCSV(t, filepath.Join(dir, "truth_tellers.csv")) {
		tells[casefold.Teller{Source: r[0], RowKey: r[1]}] = section[r[2]]
	}
	p, problems := project.Load(filepath.Join(dir, "casefold.yaml"))
	for _, x := range problems {
		t.Fatal(x)
	}
	for i := range p.Sources {
		total, right, convicted := 0, 0, 0
		eachRecord(t, &p.Sources[i], dir, func(rec casefold.Record) {
			want, ok := tells[rec.Teller]
			if !ok {
				return
			}
			total++
			if tellsOf(rec.Events, want) {
				right++
			}
			if tellsConviction(rec.Events) {
				convicted++
			}
		})
		name := p.Sources[i].Name
		t.Logf("%s: %d rows tell of a conviction; %d with the true section, %d as a conviction", name, total, right, convicted)
		if total == 0 || float64(right) < .97*float64(total) || float64(convicted) < .97*float64(total) {
			t.Errorf("%s: of %d rows that tell of a conviction, %d show the true section and %d a conviction", name, total, right, convicted)
		}
	}
}

func tellsOf(events []casefold.Event, section string) bool {
	for _, e := range events {
		for _, o := range []*casefold.Offense{e.Convicted, e.Disposed, e.Filed, e.Arrested} {
			if o != nil && o.Statute.String() == section {
				return true
			}
		}
	}
	return false
}

func tellsConviction(events []casefold.Event) bool {
	for _, e := range events {
		switch e.Disposition.Status {
		case casefold.Convicted, casefold.JuvenileSustained:
			return true
		}
		if len(e.Relief) > 0 || e.Listing != casefold.ListingNotTold {
			return true
		}
	}
	return false
}

// eachRecord reads and normalizes a source, with the contract's keys.
func eachRecord(t *testing.T, src *casefold.Source, dir string, do func(casefold.Record)) {
	t.Helper()
	r, err := source.Open(context.Background(), src, dir)
	if err != nil {
		t.Fatalf("%s: %v", src.Name, err)
	}
	n, err := normalize.New(src, r.Layout())
	if err != nil {
		t.Fatalf("%s: %v", src.Name, err)
	}
	at := source.MatchColumn(r.Layout().Columns, src.RowKey)
	seen := map[string]int{}
	_, err = r.Read(context.Background(), func(row *casefold.Row) error {
		sum := sha256.Sum256(row.Raw)
		key := "h:" + hex.EncodeToString(sum[:8])
		if src.RowKey != "" {
			key = string([]byte(row.Values[at]))
		} else if seen[key]++; seen[key] > 1 {
			key += fmt.Sprintf(".%d", seen[key])
		}
		records, _ := n.Records(row, key, nil)
		for _, rec := range records {
			do(rec)
		}
		return nil
	}, func(source.Bad) error { return nil }, nil)
	if err != nil {
		t.Fatalf("%s: %v", src.Name, err)
	}
}
