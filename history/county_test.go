package history_test

import (
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/history"
	"github.com/casefold/casefold/internal/project"
	"github.com/casefold/casefold/internal/source"
	"github.com/casefold/casefold/internal/synth"
	"github.com/casefold/casefold/normalize"
)

var (
	countyPeople = flag.Int("people", 1500, "people of the county that TestCounty makes")
	countySeed   = flag.Uint64("seed", 11, "seed of that county")
	countyShow   = flag.Int("show", 0, "how many wrong convictions of each sort to print")
)

// A county is a synthetic county read by casefold's own readers and
// normalizers, its rows given to the persons that the truth names: what is
// measured is this package alone.
type county struct {
	sources []casefold.Source
	persons map[string][]casefold.Record
	tells   map[string][]string // teller -> true convictions
	truth   map[string]trueConviction
	rows    int
}

type trueConviction struct{ person, number, section, level, offense, convicted string }

func makeCounty(t testing.TB, people int, seed uint64) *county {
	t.Helper()
	dir := t.TempDir()
	if err := synth.Generate(synth.Defaults(people, seed), synth.Dir(dir)); err != nil {
		t.Fatal(err)
	}
	p, problems := project.Load(filepath.Join(dir, "casefold.yaml"))
	if len(problems) > 0 {
		t.Fatalf("project file: %v", problems[0])
	}
	c := &county{sources: p.Sources, persons: map[string][]casefold.Record{}, tells: map[string][]string{}, truth: map[string]trueConviction{}}
	person := map[string]string{}
	for _, r := range csvRows(t, filepath.Join(dir, "truth_persons.csv")) {
		person[r[0]+":"+r[1]] = r[2]
	}
	for _, r := range csvRows(t, filepath.Join(dir, "truth_tellers.csv")) {
		k := r[0] + ":" + r[1]
		c.tells[k] = append(c.tells[k], r[2])
	}
	for _, r := range csvRows(t, filepath.Join(dir, "truth_convictions.csv")) {
		c.truth[r[0]] = trueConviction{person: r[1], number: r[4], section: r[6], level: r[7], offense: r[8], convicted: r[9]}
	}
	for i := range p.Sources {
		c.read(t, &p.Sources[i], dir, person)
	}
	return c
}

// read gives a source's rows the keys of the contract, as the engine does.
func (c *county) read(t testing.TB, src *casefold.Source, dir string, person map[string]string) {
	ctx := context.Background()
	r, err := source.Open(ctx, src, dir)
	if err != nil {
		t.Fatal(err)
	}
	norm, err := normalize.New(src, r.Layout())
	if err != nil {
		t.Fatal(err)
	}
	at := -1
	if src.RowKey != "" {
		at = source.MatchColumn(r.Layout().Columns, src.RowKey)
	}
	type kept struct {
		key  string
		sum  [32]byte
		recs []casefold.Record
	}
	var all []kept
	_, err = r.Read(ctx, func(row *casefold.Row) error {
		k := kept{sum: sha256.Sum256(row.Raw)}
		k.key = "h:" + hex.EncodeToString(k.sum[:8])
		if at >= 0 && row.Values[at] != "" {
			k.key = strings.Clone(row.Values[at])
		}
		k.recs, _ = norm.Records(row, "", nil)
		all = append(all, k)
		return nil
	}, func(source.Bad) error { return nil }, nil)
	if err != nil {
		t.Fatal(err)
	}
	sort.SliceStable(all, func(i, j int) bool {
		if all[i].key != all[j].key {
			return all[i].key < all[j].key
		}
		return slices.Compare(all[i].sum[:], all[j].sum[:]) < 0
	})
	n := 0
	for i, k := range all {
		if i > 0 && all[i-1].key == k.key {
			if at >= 0 && all[i-1].sum == k.sum {
				continue // merged
			}
			n++
		} else {
			n = 1
		}
		key := k.key
		if n > 1 {
			key += fmt.Sprintf(".%d", n)
		}
		c.rows++
		for _, rec := range k.recs {
			rec.Teller.RowKey = key + rec.Teller.RowKey
			who := person[src.Name+":"+rec.Teller.RowKey]
			if who == "" {
				who = "?" + rec.Teller.String()
			}
			c.persons[who] = append(c.persons[who], rec)
		}
	}
}

func csvRows(t testing.TB, name string) [][]string {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

// A tally counts the contract's measures.
type tally struct {
	found, merged, split, possibly, lost, invented, halves int
	needless                                               int    // convictions marked possibly same as others, and as none that they are
	section, level, day, offense                           [3]int // right, wrong, not told
	presumed                                               [3]int // of the offense day: it lies in the presumed interval
	byTeller                                               map[string][2]int
}

func (m *tally) String() string {
	return fmt.Sprintf("%d found; merged %d, split %d (possibly same %d in %d halves, %d marked needlessly), lost %d, invented %d; section %v level %v day %v offense day told %v presumed %v (right, wrong, not told)",
		m.found, m.merged, m.split, m.possibly, m.halves, m.needless, m.lost, m.invented, m.section, m.level, m.day, m.offense, m.presumed)
}

// trueOf is the true convictions of which a conviction's tellers tell, by the
// rule of synth's own scorer.
func (c *county) trueOf(tellers []casefold.Teller) []string {
	var sure []string
	var open [][]string
	for _, t := range tellers {
		switch list := c.tells[t.Source+":"+t.RowKey]; len(list) {
		case 0:
		case 1:
			if !slices.Contains(sure, list[0]) {
				sure = append(sure, list[0])
			}
		default:
			open = append(open, list)
		}
	}
	for _, list := range open {
		if !slices.ContainsFunc(list, func(id string) bool { return slices.Contains(sure, id) }) {
			sure = append(sure, list[0])
		}
	}
	return sure
}

// TestCounty measures the package on a county with truth: persons are right, so
// what is wrong is wrong here. The bars are those of issue 5, per 10,000 true
// convictions: merged at most 1, lost none, split in silence none.
func TestCounty(t *testing.T) {
	c := makeCounty(t, *countyPeople, *countySeed)
	b := history.NewBuilder(c.sources, casefold.Office{County: "SACRAMENTO"}, history.Options{})
	names := make([]string, 0, len(c.persons))
	for p := range c.persons {
		names = append(names, p)
	}
	sort.Strings(names)
	var m tally
	byPair := map[string]int{}
	start := time.Now()
	histories := make(map[string]casefold.History, len(names))
	for _, p := range names {
		histories[p] = b.Build(p, c.persons[p])
	}
	took := time.Since(start)
	holders := map[string][]*casefold.Conviction{}
	shown := map[string]int{}
	show := func(sort, person string, list ...*casefold.Conviction) {
		if shown[sort]++; shown[sort] <= *countyShow {
			t.Logf("%s: person %s\n%s", sort, person, c.explain(person, list))
		}
	}
	for _, p := range names {
		h := histories[p]
		for i := range h.Convictions {
			v := &h.Convictions[i]
			if v.Kind == casefold.InferredByMarker {
				continue
			}
			m.found++
			truth := c.trueOf(v.Tellers)
			switch len(truth) {
			case 0:
				m.invented++
				show("invented", p, v)
			case 1:
				for _, wrong := range m.facts(c.truth[truth[0]], v) {
					show(wrong, p, v)
				}
			default:
				m.merged++
				show("merged", p, v)
			}
			for _, id := range truth {
				holders[id] = append(holders[id], v)
			}
		}
	}
	for _, p := range names {
		m.needless += c.needless(histories[p].Convictions)
	}
	ids := make([]string, 0, len(c.truth))
	for id := range c.truth {
		ids = append(ids, id)
	}
	sort.Strings(ids)
	for _, id := range ids {
		list := holders[id]
		switch {
		case len(list) == 0:
			m.lost++
			show("lost", c.truth[id].person)
			if shown["lost"] <= *countyShow {
				t.Logf("  the truth: %s %+v", id, c.truth[id])
			}
		case len(list) > 1 && allMarked(list):
			m.possibly++
			byPair[pairOf(list)]++
			m.halves += len(list)
			show("possibly same", c.truth[id].person, list...)
		case len(list) > 1:
			m.split++
			show("split", c.truth[id].person, list...)
		}
	}
	facts := make([]string, 0, len(m.byTeller))
	for f := range m.byTeller {
		facts = append(facts, f)
	}
	sort.Strings(facts)
	for _, f := range facts {
		t.Logf("%-50s right %6d, wrong %5d", f, m.byTeller[f][0], m.byTeller[f][1])
	}
	t.Logf("possibly same, by pair of agencies: %v", byPair)
	t.Logf("%d people, seed %d: %d rows, %d true convictions; %s; %.1f µs a row", *countyPeople, *countySeed, c.rows, len(c.truth), &m, float64(took.Microseconds())/float64(c.rows))
	if m.merged*10000 > len(c.truth) {
		t.Errorf("merged: %d of %d, the bar is 1 in 10,000", m.merged, len(c.truth))
	}
	if m.lost > 0 || m.split > 0 {
		t.Errorf("lost %d, split in silence %d: both must be 0", m.lost, m.split)
	}
}

// pairOf names the sources of the two largest halves.
func pairOf(list []*casefold.Conviction) string {
	sort.SliceStable(list, func(i, j int) bool { return len(list[i].Tellers) > len(list[j].Tellers) })
	var sides []string
	for _, v := range list[:2] {
		var names []string
		for _, t := range v.Tellers {
			if !slices.Contains(names, t.Source) {
				names = append(names, t.Source)
			}
		}
		sides = append(sides, strings.Join(names, "+"))
	}
	return strings.Join(sides, " | ")
}

// needless counts convictions that are marked possibly the same as others of
// which none is the same.
func (c *county) needless(list []casefold.Conviction) int {
	truth := map[string][]string{}
	for i := range list {
		truth[list[i].ID] = c.trueOf(list[i].Tellers)
	}
	n := 0
	for i := range list {
		same := false
		for _, id := range list[i].PossiblySame {
			for _, x := range truth[id] {
				same = same || slices.Contains(truth[list[i].ID], x)
			}
		}
		if len(list[i].PossiblySame) > 0 && !same {
			n++
		}
	}
	return n
}

func allMarked(list []*casefold.Conviction) bool {
	for i, a := range list {
		for _, b := range list[:i] {
			if !slices.Contains(a.PossiblySame, b.ID) && !slices.Contains(b.PossiblySame, a.ID) {
				return false
			}
		}
	}
	return true
}

func (m *tally) facts(truth trueConviction, v *casefold.Conviction) (wrong []string) {
	if m.byTeller == nil {
		m.byTeller = map[string][2]int{}
	}
	count := func(name string, a *[3]int, told, right bool, from []casefold.Teller) {
		fact, _, _ := strings.Cut(name, " ")
		var sources []string
		for _, t := range from {
			if !slices.Contains(sources, t.Source) {
				sources = append(sources, t.Source)
			}
		}
		by := m.byTeller[fact+" by "+strings.Join(sources, "+")]
		defer func() { m.byTeller[fact+" by "+strings.Join(sources, "+")] = by }()

		switch {
		case !told:
			a[2]++
		case right:
			a[0]++
			by[0]++
		default:
			a[1]++
			by[1]++
			wrong = append(wrong, name+" is wrong")
		}
	}
	count("section "+truth.section, &m.section, v.Offense.Status != "", v.Offense.Value.String() == truth.section, v.Offense.Tellers)
	count("level "+truth.level, &m.level, v.Level.Status != "", v.Level.Value.String() == truth.level, v.Level.Tellers)
	d, err := casefold.ParseDate(truth.convicted)
	count("day", &m.day, v.ConvictionDate.Status != "", err == nil && v.ConvictionDate.Value.Overlaps(d), v.ConvictionDate.Tellers)
	day, err := casefold.ParseDate(truth.offense)
	at := &m.offense
	if v.OffenseDate.Status == casefold.FactPresumed {
		at = &m.presumed
	}
	count("offense "+truth.offense+" at "+v.OffenseDate.Value.String()+" arrest "+v.ArrestDate.Value.String()+" ", at, v.OffenseDate.Status != "", err == nil && v.OffenseDate.Value.Overlaps(day), v.OffenseDate.Tellers)
	return wrong
}

// explain prints the rows of the convictions of a person, or all its rows that
// tell of a conviction.
func (c *county) explain(person string, list []*casefold.Conviction) string {
	var b strings.Builder
	print := func(r *casefold.Record) {
		for i := range r.Events {
			e := &r.Events[i]
			fmt.Fprintf(&b, "    %s true %v: %s cyc %s/%s cnt %s, no %v rel %v, day %s conv %s disp %s sent %s arr %s, filed %s conv %s arr %s, %s %q lvl %q q%v relief %v court %s\n",
				r.Teller.String(), c.tells[r.Teller.Source+":"+r.Teller.RowKey], e.Kind, e.Cycle, e.Step, e.Count, keys(e.Cases), keys(e.Related), e.Date, e.ConvictionDate, e.DispositionDate, e.SentenceDate, e.ArrestDate,
				off(e.Filed), off(e.Convicted), off(e.Arrested), e.Disposition.Status, e.Disposition.Verbatim, e.ConvictedLevel, quals(e), e.Relief, e.Court.CourtFamily())
		}
	}
	if len(list) == 0 {
		for i := range c.persons[person] {
			print(&c.persons[person][i])
		}
	}
	for _, v := range list {
		fmt.Fprintf(&b, "  %s %v %s %s %s tellers %d possibly %v\n", v.ID, keys(v.Numbers), v.Count.Value, v.Offense.Value.String(), v.ConvictionDate.Value, len(v.Tellers), v.PossiblySame)
		for i := range c.persons[person] {
			if r := &c.persons[person][i]; slices.Contains(v.Tellers, r.Teller) {
				print(r)
			}
		}
	}
	return b.String()
}

func keys(list []casefold.CaseNumber) (out []string) {
	for _, n := range list {
		out = append(out, n.Key+"/"+n.Defendant+"@"+n.Family)
	}
	return out
}

func off(o *casefold.Offense) string {
	if o == nil {
		return "-"
	}
	return o.String() + "=" + o.CJIS
}

func quals(e *casefold.Event) (out []string) {
	for _, o := range []*casefold.Offense{e.Arrested, e.Filed, e.Disposed, e.Convicted} {
		if o != nil {
			out = append(out, o.Qualifiers...)
		}
	}
	return out
}

// TestWeights prints, for each level of the file question and for each weight,
// how many pairs of dockets of one person are one case by the truth and how
// many are not. It is a measurement: run it with -v when weights change.
func TestWeights(t *testing.T) {
	if !testing.Verbose() {
		t.Skip("a measurement, printed with -v")
	}
	c := makeCounty(t, *countyPeople, *countySeed)
	b := history.NewBuilder(c.sources, casefold.Office{County: "SACRAMENTO"}, history.Options{})
	levels, bits := map[string][2]int{}, map[int64][2]int{}
	for _, records := range c.persons {
		for _, p := range b.DocketPairs(records) {
			one, known := c.oneCase(p.A, p.B)
			if !known {
				continue
			}
			at := 1
			if one {
				at = 0
			}
			for _, l := range p.Levels {
				n := levels[l]
				n[at]++
				levels[l] = n
			}
			n := bits[p.Bits/1000]
			n[at]++
			bits[p.Bits/1000] = n
		}
	}
	names := make([]string, 0, len(levels))
	for l := range levels {
		names = append(names, l)
	}
	sort.Strings(names)
	for _, l := range names {
		t.Logf("%-28s one case %7d, not %7d", l, levels[l][0], levels[l][1])
	}
	var sums []int64
	for k := range bits {
		sums = append(sums, k)
	}
	slices.Sort(sums)
	for _, k := range sums {
		t.Logf("%3d bits: one case %7d, not %7d", k, bits[k][0], bits[k][1])
	}
}

// oneCase tells whether two dockets are of one case by the truth; unknown where
// one of them tells of no true conviction.
func (c *county) oneCase(a, b []casefold.Teller) (one, known bool) {
	x, y := c.casesOf(a), c.casesOf(b)
	for k := range x {
		if y[k] {
			return true, true
		}
	}
	return false, len(x) > 0 && len(y) > 0
}

func (c *county) casesOf(list []casefold.Teller) map[string]bool {
	out := map[string]bool{}
	for _, t := range list {
		for _, id := range c.tells[t.Source+":"+t.RowKey] {
			v := c.truth[id]
			out[v.person+v.number] = true
		}
	}
	return out
}

// BenchmarkCounty measures the stage on the rows of a county, normalizers
// apart. One operation is one row.
func BenchmarkCounty(b *testing.B) {
	c := makeCounty(b, *countyPeople, *countySeed)
	names := make([]string, 0, len(c.persons))
	for p := range c.persons {
		names = append(names, p)
	}
	sort.Strings(names)
	builder := history.NewBuilder(c.sources, casefold.Office{County: "SACRAMENTO"}, history.Options{})
	var used history.Memory
	b.ReportAllocs()
	b.ResetTimer()
	for i := 0; i < b.N; {
		for _, p := range names {
			h := builder.BuildIn(&used, p, c.persons[p])
			i += max(len(h.Tellers), 1)
		}
	}
}
