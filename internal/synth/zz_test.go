package synth

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"testing"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/project"
	"github.com/casefold/casefold/internal/source"
	"github.com/casefold/casefold/normalize"
)

func TestZZ(t *testing.T) {
	dir := os.Getenv("SYNTH_READ")
	if dir == "" {
		t.Skip()
	}
	p, _ := project.Load(filepath.Join(dir, "casefold.yaml"))
	section := map[string]string{}
	county := map[string]string{}
	for _, r := range readCSV(t, filepath.Join(dir, "truth_convictions.csv")) {
		section[r[0]] = r[6]
		county[r[0]] = r[2]
	}
	tells := map[string][]string{}
	for _, r := range readCSV(t, filepath.Join(dir, "truth_tellers.csv")) {
		tells[r[0]+":"+r[1]] = append(tells[r[0]+":"+r[1]], r[2])
	}
	for i := range p.Sources {
		src := &p.Sources[i]
		r, err := source.Open(context.Background(), src, dir)
		if err != nil {
			t.Fatal(err)
		}
		n, err := normalize.New(src, r.Layout())
		if err != nil {
			t.Fatal(err)
		}
		at := source.MatchColumn(r.Layout().Columns, src.RowKey)
		seen := map[string]int{}
		stats := map[string]int{}
		odd := map[string]int{}
		finds := map[string]int{}
		r.Read(context.Background(), func(row *casefold.Row) error {
			var k string
			if src.RowKey != "" {
				k = string([]byte(row.Values[at]))
			} else {
				sum := sha256.Sum256(row.Raw)
				k = "h:" + hex.EncodeToString(sum[:8])
				if seen[k]++; seen[k] > 1 {
					k += fmt.Sprintf(".%d", seen[k])
				}
			}
			recs, fs := n.Records(row, k, nil)
			for _, f := range fs {
				finds[f.Code+"/"+f.Field]++
			}
			for _, rec := range recs {
				for _, v := range tells[src.Name+":"+rec.Teller.RowKey] {
					stats["tells"]++
					got := "none"
					conv := "noconv"
					for _, e := range rec.Events {
						o := e.Convicted
						if o == nil {
							o = e.Disposed
						}
						if o == nil {
							o = e.Filed
						}
						if o == nil {
							o = e.Arrested
						}
						if o == nil {
							continue
						}
						got = o.Statute.String()
						if e.Disposition.Status == casefold.Convicted || e.Disposition.Status == casefold.JuvenileSustained || len(e.Relief) > 0 || e.Listing != "" {
							conv = "conv:" + string(e.Disposition.Status)
						} else if conv == "noconv" {
							conv = "noconv:" + string(e.Disposition.Status) + "|" + e.Disposition.Verbatim
						}
						if got == section[v] {
							break
						}
					}
					stats[conv]++
					if got == section[v] {
						stats["section ok"]++
					} else {
						odd[section[v]+" <- "+got]++
					}
				}
			}
			return nil
		}, func(b source.Bad) error { return nil }, nil)
		fmt.Println("=====", src.Name, stats)
		show(odd, 14)
		show(finds, 12)
	}
}

func show(m map[string]int, n int) {
	var ks []string
	for k := range m {
		ks = append(ks, k)
	}
	sort.Slice(ks, func(i, j int) bool { return m[ks[i]] > m[ks[j]] })
	for _, k := range ks[:min(n, len(ks))] {
		fmt.Println("   ", m[k], k)
	}
}
