package matcher_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/csv"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/index/blocking"
	"github.com/casefold/casefold/matcher"
	"github.com/casefold/casefold/matcher/evaluate"
	"github.com/casefold/casefold/mention"
	"github.com/casefold/casefold/normalize/date"
	"github.com/casefold/casefold/normalize/ident"
	"github.com/casefold/casefold/normalize/name"
	"github.com/casefold/casefold/normalize/text"
)

var (
	update = flag.Bool("update", false, "write testdata/accuracy.golden anew")
	only   = flag.String("corpus", "", "run only the corpora whose name contains this")
	detail = flag.Bool("detail", false, "print models, rules and sweeps")
)

// A corpus is a folder of records.csv.gz and truth.csv.gz, with what its
// columns mean: field=column pairs as a project file would map them.
type corpus struct{ name, mapping string }

var corpora = []corpus{
	{"splink_historical_50k", "first=first_name last=surname birth=dob attribute:birth_place=birth_place postal=postcode_fake sex=gender attribute:occupation=occupation"},
	{"pseudopeople_noised", "first=first_name middle=middle last=last_name sex=sex birth=dob ssn=ssn number=street_number street=street_name unit=unit_number city=city state=state postal=zipcode"},
	{"anonlink_multiparty", "first=givenname last=surname birth=dob:dmy sex=gender city=city attribute:income=income phone=phone_number"},
	{"splink_fake_1000", "first=first_name last=surname birth=dob city=city email=email"},
	{"splink_fake_20000", "first=first_name last=surname birth=dob city=city email=email"},
	{"febrl2", febrl}, {"febrl4", febrl}, {"febrl_dsgen_C10000", febrl + " phone=phone_number"}, {"clkhash_dirty_1000", febrl + " phone=phone_number"},
	{"opencr_uganda", "sex=sex birth=date_of_birth first=given_name last=surname phone=phone_number id:other=uganda_nin id:local=art_number"},
	{"senzing_truthset", senzing},
}

// held are corpora that were never looked at while the defaults were chosen;
// they run where CASEFOLD_HELD names a folder that has them.
var held = []corpus{
	{"febrl1", febrl}, {"febrl3", febrl},
	{"RLdata500", rldata}, {"RLdata10000", rldata},
}

const rldata = "first=fname_c1 middle=fname_c2 last=lname_c1+lname_c2 birth=by+bm+bd"

const (
	febrl   = "first=given_name last=surname number=street_number street=address_1 unit=address_2 city=suburb postal=postcode state=state birth=date_of_birth id:other=soc_sec_id"
	senzing = "whole=PRIMARY_NAME_FULL whole=PRIMARY_NAME_ORG last=PRIMARY_NAME_LAST first=PRIMARY_NAME_FIRST middle=PRIMARY_NAME_MIDDLE alias=SECONDARY_NAME_ORG sex=GENDER birth=DATE_OF_BIRTH " +
		"id:passport=PASSPORT_NUMBER id:license=DRIVERS_LICENSE_NUMBER ssn=SSN_NUMBER id:other=NATIONAL_ID_NUMBER email=EMAIL_ADDRESS address=ADDR_FULL address=ADDR_LINE1 city=ADDR_CITY state=ADDR_STATE postal=ADDR_POSTAL_CODE phone=PHONE_NUMBER"
)

// shared is the folder of data that are not part of the repository.
func shared(t testing.TB) string {
	dir := os.Getenv("CASEFOLD_SHARED")
	if dir == "" {
		dir = "../../shared"
	}
	if _, err := os.Stat(filepath.Join(dir, "data", "corpora")); err != nil {
		t.Skip("no shared data here")
	}
	return dir
}

// table reads a .csv.gz file: its header and rows.
func table(t testing.TB, path string) (head []string, rows [][]string) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var in io.Reader = f
	if strings.HasSuffix(path, ".gz") {
		if in, err = gzip.NewReader(f); err != nil {
			t.Fatal(err)
		}
	}
	all, err := csv.NewReader(in).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all[0], all[1:]
}

// record normalizes a row as the mapping says.
func record(head []string, mapping, key string, row []string) casefold.Record {
	get := func(col, sep string) string {
		var parts []string
		for c := range strings.SplitSeq(col, "+") {
			if i := slices.Index(head, strings.ReplaceAll(c, "_", " ")); i >= 0 && row[i] != "" {
				parts = append(parts, row[i])
			} else if i := slices.Index(head, c); i >= 0 && row[i] != "" {
				parts = append(parts, row[i])
			}
		}
		return strings.Join(parts, sep)
	}
	r := casefold.Record{Teller: casefold.Teller{Source: "corpus", RowKey: key}, Person: casefold.PersonFacts{Age: -1}}
	p := &r.Person
	part, addr := map[string]string{}, casefold.Address{}
	for m := range strings.FieldsSeq(mapping) {
		field, col, _ := strings.Cut(m, "=")
		col, order, _ := strings.Cut(col, ":")
		kind, arg, _ := strings.Cut(field, ":")
		sep := " "
		if kind == "birth" {
			sep = "-"
		}
		v := get(col, sep)
		switch kind {
		case "first", "last", "middle":
			part[kind] = v
		case "whole", "alias":
			if names, _ := name.Parse(v, name.FirstLast); v != "" {
				p.Names = append(p.Names, names...)
			}
		case "birth":
			p.BirthVerbatim = v
			if d, _ := date.Parse(v, date.Options{Order: order}); d.Known() {
				p.Births = append(p.Births, d)
			}
		case "sex":
			p.Sex = casefold.Sex(strings.ToUpper(v[:min(1, len(v))]))
		case "ssn", "id":
			k := casefold.IdentifierKind(arg)
			if kind == "ssn" {
				k = casefold.SSN
			}
			if n, k, _ := ident.Normalize(k, v); n != "" {
				p.Identifiers = append(p.Identifiers, casefold.Identifier{Kind: k, Issuer: "X", How: casefold.SelfReport, Value: n})
			}
		case "phone":
			if n, _ := ident.Phone(v); n != "" {
				p.Phones = append(p.Phones, n)
			}
		case "email":
			if n, _ := ident.Email(v); n != "" {
				p.Emails = append(p.Emails, n)
			}
		case "attribute":
			if f := text.Upper(v); f != "" {
				p.Attributes = append(p.Attributes, casefold.Attribute{Name: arg, Value: f})
			}
		case "address":
			if v != "" {
				addr.Number, addr.Street, _ = strings.Cut(text.Upper(v), " ")
			}
		case "number":
			addr.Number = text.Upper(v)
		case "street":
			addr.Street = text.Upper(v)
		case "unit":
			addr.Unit = text.Upper(v)
		case "city":
			addr.City = text.Upper(v)
		case "state":
			addr.State = text.Upper(v)
		case "postal":
			addr.Postal = strings.ToUpper(v)
		}
	}
	if part["first"] != "" || part["last"] != "" || part["middle"] != "" {
		names, _ := name.ParseParts(part["last"], part["first"], part["middle"], "")
		p.Names = append(p.Names, names...)
	}
	if addr != (casefold.Address{}) {
		p.Addresses = append(p.Addresses, addr)
	}
	return r
}

// A trial is one corpus linked end to end.
type trial struct {
	set        *mention.Set
	truth      []string
	index      *blocking.Index
	model      *matcher.Model
	links      *matcher.Links
	candidates int
	seconds    map[string]float64
}

func run(t testing.TB, dir string, c corpus) *trial {
	t.Helper()
	dir = filepath.Join(dir, "data", "corpora", c.name)
	head, rows := table(t, filepath.Join(dir, "records.csv.gz"))
	_, truthRows := table(t, filepath.Join(dir, "truth.csv.gz"))
	person := map[string]string{}
	for _, r := range truthRows {
		person[r[0]] = r[1]
	}
	x := &trial{seconds: map[string]float64{}}
	clock := time.Now()
	lap := func(stage string) {
		x.seconds[stage] = time.Since(clock).Seconds()
		clock = time.Now()
	}
	b := mention.NewBuilder(nil)
	for _, row := range rows {
		rec := record(head, c.mapping, row[0], row)
		b.Add(&rec)
		x.truth = append(x.truth, person[row[0]])
	}
	x.set = b.Build()
	lap("mention")
	link(t, x, lap)
	return x
}

func link(t testing.TB, x *trial, lap func(string)) {
	t.Helper()
	ctx := context.Background()
	var err error
	if x.index, err = blocking.Build(ctx, x.set, blocking.Default(x.set), blocking.Options{}); err != nil {
		t.Fatal(err)
	}
	for _, r := range x.index.Reports() {
		x.candidates += r.Pairs
	}
	lap("block")
	if x.model, err = matcher.Train(ctx, x.set, x.index, x.candidates, matcher.TrainOptions{}); err != nil {
		t.Fatal(err)
	}
	lap("train")
	if x.links, err = matcher.Link(ctx, x.set, x.model, x.index, matcher.LinkOptions{}); err != nil {
		t.Fatal(err)
	}
	lap("link")
}

// clusters are the persons of the records.
func (x *trial) clusters(l *matcher.Links) []uint32 {
	out := make([]uint32, len(x.truth))
	for r := range out {
		out[r] = l.Of[x.set.MentionOf(r)]
	}
	return out
}

// blockingRecall is the share of true pairs of records that are candidates, or
// one mention.
func (x *trial) blockingRecall() float64 {
	byPerson := map[string][]int{}
	for r, p := range x.truth {
		byPerson[p] = append(byPerson[p], r)
	}
	all, held := 0, 0
	for _, rs := range byPerson {
		for i, a := range rs {
			for _, b := range rs[i+1:] {
				all++
				if m, n := x.set.MentionOf(a), x.set.MentionOf(b); m == n || x.index.Holds(m, n) > 0 {
					held++
				}
			}
		}
	}
	return float64(held) / float64(max(all, 1))
}

// sweep tries link thresholds and returns the best F1 and its threshold.
func (x *trial) sweep(t testing.TB) (best float64, at int64) {
	var thresholds []int64
	for bits := int64(-10); bits <= 20; bits += 2 {
		thresholds = append(thresholds, bits*1000)
	}
	err := matcher.Sweep(context.Background(), x.set, x.model, x.index, matcher.LinkOptions{}, thresholds, func(l *matcher.Links) error {
		c := evaluate.Compare(x.clusters(l), x.truth)
		t.Logf("  at %3d bits: P %.4f R %.4f F %.4f B3 %.4f largest %d", l.Threshold/1000, c.Pairwise.Precision, c.Pairwise.Recall, c.Pairwise.F1, c.BCubed.F1, c.Largest)
		if c.Pairwise.F1 > best {
			best, at = c.Pairwise.F1, l.Threshold
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return best, at
}

// TestAccuracy links every corpus with the same defaults and compares the
// figures with the golden file.
func TestAccuracy(t *testing.T) {
	if testing.Short() {
		t.Skip("long")
	}
	shared(t)
	var out bytes.Buffer
	fmt.Fprintf(&out, "%-22s %7s %9s %7s %7s %7s %7s %7s\n", "corpus", "records", "pairs", "block", "P", "R", "F1", "B3")
	var mu sync.Mutex
	for _, c := range corpora {
		if !strings.Contains(c.name, *only) {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			x := run(t, shared(t), c)
			line := x.report(t, c)
			mu.Lock()
			out.WriteString(line)
			mu.Unlock()
		})
	}
	golden := filepath.Join("testdata", "accuracy.golden")
	if *only != "" {
		return
	}
	if *update {
		if err := os.WriteFile(golden, out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(golden)
	if err != nil || !bytes.Equal(want, out.Bytes()) {
		t.Errorf("figures changed (run with -update and look at the diff):\n%s\nwant\n%s", out.Bytes(), want)
	}
}

// TestHeld links the corpora that nobody tuned to.
func TestHeld(t *testing.T) {
	dir := os.Getenv("CASEFOLD_HELD")
	if dir == "" {
		t.Skip("CASEFOLD_HELD names no folder")
	}
	for _, c := range held {
		if strings.Contains(c.name, *only) {
			t.Run(c.name, func(t *testing.T) { run(t, dir, c).report(t, c) })
		}
	}
}

// report logs what came of a trial and returns its line of the golden file.
func (x *trial) report(t *testing.T, c corpus) string {
	t.Helper()
	got := evaluate.Compare(x.clusters(x.links), x.truth)
	line := fmt.Sprintf("%-22s %7d %9d %7.4f %7.4f %7.4f %7.4f %7.4f\n", c.name, got.Records, x.links.Stats.Pairs, x.blockingRecall(),
		got.Pairwise.Precision, got.Pairwise.Recall, got.Pairwise.F1, got.BCubed.F1)
	t.Logf("%s  prior %.2f matches %d true %d rounds %d largest %d edges %d %v", strings.TrimSpace(line), float64(x.model.Prior)/1000, x.model.Provenance.Matches, got.TruePairs, x.model.Provenance.Rounds, got.Largest, x.links.Stats.Edges, x.seconds)
	t.Logf("expected P %.4f R %.4f", x.links.Expected.Precision, x.links.Expected.Recall)
	if !*detail {
		return line
	}
	for _, k := range x.model.Kin {
		n := float64(x.set.Len())
		t.Logf("  kin %-30s %.0f pairs", k.Name, n*(n-1)/2*math.Exp2(float64(k.Prior)/1000))
	}
	for _, r := range x.index.Reports() {
		t.Logf("  rule %-60s pairs %8d owned %8d largest %4d uncompared %d", r.Rule, r.Pairs, r.Owned, r.Largest, r.Uncompared)
	}
	for _, c := range x.model.Comparisons {
		t.Logf("  %s", c)
		for _, l := range c.Levels {
			t.Logf("     %2d %-24s m %.6f u %.3g weight %.2f", l.Level, l.Name, l.M, l.U, float64(l.Weight)/1000)
		}
	}
	best, at := x.sweep(t)
	t.Logf("  best F1 %.4f at %d", best, at/1000)
	return line
}
