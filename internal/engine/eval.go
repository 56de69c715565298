package engine

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/index/blocking"
	"github.com/casefold/casefold/internal/project"
	"github.com/casefold/casefold/internal/source"
	"github.com/casefold/casefold/matcher"
	"github.com/casefold/casefold/matcher/cluster"
	"github.com/casefold/casefold/matcher/evaluate"
	"github.com/casefold/casefold/mention"
)

// An Evaluation is what `casefold eval` prints.
type Evaluation struct {
	Records        int                `json:"records"`
	CandidatePairs int                `json:"candidate_pairs"`
	BlockingRecall float64            `json:"blocking_recall"`
	Pairwise       evaluate.Measure   `json:"pairwise"`
	BCubed         evaluate.Measure   `json:"bcubed"`
	ThresholdBits  float64            `json:"threshold_bits"`
	Best           BestThreshold      `json:"best_threshold"`
	Seconds        map[string]float64 `json:"seconds"`     // by stage
	CPUSeconds     map[string]float64 `json:"cpu_seconds"` // of all workers, user and system
	PeakBytes      int64              `json:"peak_bytes"`
	Mapping        map[string]string  `json:"mapping"` // field: columns, as guessed or given
	// Resumed are the files of the work folder that an earlier call had made.
	Resumed []string `json:"resumed,omitempty"`
}

// A BestThreshold is the link threshold that the labels would have chosen.
type BestThreshold struct {
	Bits     float64          `json:"bits"`
	Pairwise evaluate.Measure `json:"pairwise"`
	BCubed   evaluate.Measure `json:"bcubed"`
}

// A corpus is a labelled folder, linked.
type corpus struct {
	set    *mention.Set
	index  *blocking.Index
	model  *matcher.Model
	scored *matcher.Scored
	of     []uint32 // forest of the mentions that are one person at the model's threshold
	truth  []uint32 // person of each record, by number
	ids    *texts   // rec_id of each record
	lap    func(stage string)
	report *Evaluation
	work   *workFolder   // nil: all is held in memory
	shelf  mention.Shelf // work, or nil
}

// EvalOptions govern Evaluate. The zero value means the defaults. Nothing in it
// but Clusters changes what is reported, apart from seconds and memory.
type EvalOptions struct {
	Workers  int
	Progress Progress
	Clusters io.Writer // receives rec_id,person_id
	// Memory is about how many bytes the process may hold; 0: any number. A corpus
	// that would take more is worked on in a folder.
	Memory int64
	// Work is that folder, and stays: a later call goes on in it. "": one that is
	// made where it is needed, and removed.
	Work string
	put  func(name string) // for tests
}

// Evaluate links a labelled folder without looking at its labels and scores
// the result.
func Evaluate(ctx context.Context, dir string, o EvalOptions) (out *Evaluation, err error) {
	c := &corpus{report: &Evaluation{Seconds: map[string]float64{}, CPUSeconds: map[string]float64{}}}
	last, used := time.Now(), cpuSeconds()
	c.lap = func(stage string) {
		now, cpu := time.Now(), cpuSeconds()
		c.report.Seconds[stage] += now.Sub(last).Seconds()
		c.report.CPUSeconds[stage] += cpu - used
		last, used = now, cpu
	}
	spill, err := spills(dir, o.Memory)
	if err != nil {
		return nil, err
	}
	if spill || o.Work != "" {
		leave, err := c.enter(ctx, dir, o)
		if err != nil {
			return nil, err
		}
		defer func() { err = errors.Join(err, leave()) }()
	}
	if err := c.run(ctx, dir, o); err != nil {
		return nil, err
	}
	if c.work != nil {
		c.report.Resumed = slices.Sorted(slices.Values(c.work.found))
	}
	c.report.PeakBytes = peakBytes()
	if o.Clusters != nil {
		err = c.write(o.Clusters)
	}
	return c.report, err
}

// enter opens the work folder; leave ends all reading from it.
func (c *corpus) enter(ctx context.Context, dir string, o EvalOptions) (leave func() error, err error) {
	remove := func() error { return nil }
	if o.Work != "" {
		c.work, err = openWork(o.Work, dir)
	} else {
		c.work, remove, err = temporaryWork(dir)
	}
	if err != nil {
		return nil, err
	}
	c.work.put, c.shelf = o.put, c.work
	watching, stop := context.WithCancel(ctx)
	var wg sync.WaitGroup
	if o.Memory > 0 {
		wg.Go(func() { c.work.watch(watching, o.Memory) })
	}
	c.lap("open")
	return func() error {
		stop()
		wg.Wait()
		return errors.Join(c.work.close(), remove())
	}, nil
}

// run goes through the stages.
func (c *corpus) run(ctx context.Context, dir string, o EvalOptions) error {
	progress := o.Progress
	if progress == nil {
		progress = NoProgress{}
	}
	if err := c.read(ctx, dir, o.Workers, progress); err != nil {
		return err
	}
	if err := c.link(ctx, o.Workers); err != nil {
		return err
	}
	c.report.BlockingRecall = c.blockingRecall()
	c.index = nil
	c.lap("score")
	err := c.cluster(ctx)
	c.lap("cluster")
	return err
}

// read reads records and labels.
func (c *corpus) read(ctx context.Context, dir string, workers int, progress Progress) error {
	src, err := evalSource(ctx, dir)
	if err != nil {
		return err
	}
	reader, err := source.Open(ctx, src, dir)
	if err != nil {
		return err
	}
	c.lap("open")
	task := progress.Start("read", 0, "bytes")
	if c.shelf != nil {
		err = c.readInto(ctx, src, reader, workers, task)
	} else {
		c.set, c.ids, err = streamed(ctx, src, reader, cores(workers), task)
		if errors.Is(err, errOdd) {
			c.set, c.ids, err = readWhole(ctx, src, reader)
		}
	}
	if err != nil {
		return err
	}
	c.report.Records = c.ids.len()
	c.report.Mapping = mappingText(src)
	task.Done(fmt.Sprintf("%d records", c.ids.len()))
	c.lap("read")
	err = c.readLabels(ctx, dir)
	c.ids.forget()
	c.lap("truth")
	return err
}

// readWhole reads a source as a run does.
func readWhole(ctx context.Context, src *casefold.Source, reader *source.Reader) (*mention.Set, *texts, error) {
	rows, err := ingest(ctx, src, reader, nowhere{}, noTask{})
	if err != nil {
		return nil, nil, err
	}
	pop, err := populate(ctx, []*sourceRows{rows}, []casefold.Source{*src}, noTask{})
	if err != nil {
		return nil, nil, err
	}
	keys := &texts{}
	for i := range pop.records {
		keys.add(pop.teller(uint32(i)).RowKey)
	}
	return pop.set, keys, nil
}

// evalSource is the folder's mapping.yaml, or a guess. No row is filtered.
func evalSource(ctx context.Context, dir string) (*casefold.Source, error) {
	records, err := oneOf(dir, "records.csv")
	if err != nil {
		return nil, err
	}
	path := filepath.Join(dir, "mapping.yaml")
	var src casefold.Source
	if data, err := os.ReadFile(path); err == nil {
		var problems []casefold.Problem
		if src, problems = project.ParseSourceEntry(path, data); len(problems) > 0 {
			return nil, casefold.Problems(problems)
		}
	} else {
		g, err := project.GuessFile(ctx, records, dir)
		if err != nil {
			return nil, err
		}
		src = g.Source
	}
	src.Name, src.Files, src.RowKey, src.Exclude = "records", []string{records}, "rec_id", nil
	return &src, nil
}

// oneOf finds a file of that name, plain or packed.
func oneOf(dir, name string) (string, error) {
	for _, ext := range []string{"", ".gz", ".zst"} {
		if _, err := os.Stat(filepath.Join(dir, name+ext)); err == nil {
			return name + ext, nil
		}
	}
	return "", Usage(fmt.Sprintf("%s holds no %s (plain, .gz or .zst)", dir, name), "a corpus is records.csv and truth.csv (rec_id,entity_id)")
}

// readTruth reads rec_id,entity_id: the number of each record's person. A record
// without a label is a person of its own.
func readTruth(ctx context.Context, dir string, ids *texts) ([]uint32, error) {
	file, err := oneOf(dir, "truth.csv")
	if err != nil {
		return nil, err
	}
	r, err := source.Open(ctx, &casefold.Source{Name: "truth", Format: source.Delimited, Files: []string{file},
		Read: casefold.ReadOptions{Delimiter: ",", Header: "yes"}}, dir)
	if err != nil {
		return nil, err
	}
	const none = ^uint32(0)
	out, persons, next := slices.Repeat([]uint32{none}, ids.len()), &texts{}, uint32(0)
	_, err = r.Read(ctx, func(row *casefold.Row) error {
		if persons.len() == 1<<12 {
			persons.expect(ids.len() * 3 / 4)
		}
		// Labels mostly stand in the order of the records.
		if int(next) >= ids.len() || ids.at(next) != row.Values[0] {
			at, known := ids.find(row.Values[0])
			if !known {
				return nil
			}
			next = at
		}
		if person := row.Values[len(row.Values)-1]; person != "" {
			out[next], _ = persons.add(person)
		}
		next++
		return nil
	}, func(b source.Bad) error { return fmt.Errorf("%s:%d: %s", b.File, b.Line, b.Reason) }, nil)
	last := uint32(persons.len())
	for i := range out {
		if out[i] == none {
			out[i] = last
			last++
		}
	}
	return out, err
}

// link trains and links as a run does.
func (c *corpus) link(ctx context.Context, workers int) (err error) {
	if c.index, err = blocking.Build(ctx, c.set, blocking.Default(c.set), blocking.Options{Workers: workers, Shelf: c.shelf}); err != nil {
		return err
	}
	c.lap("block")
	if err = c.train(ctx, workers); err != nil {
		return err
	}
	c.lap("train")
	if c.scored, err = matcher.Score(ctx, c.set, c.model, c.index, matcher.LinkOptions{Workers: workers, Shelf: c.shelf}, c.model.Link); err != nil {
		return err
	}
	c.report.CandidatePairs = c.scored.Pairs()
	c.lap("link")
	return nil
}

// tally compares the mentions with the truth: each is a cluster of its records.
func (c *corpus) tally() *evaluate.Tally {
	t := evaluate.NewTally(c.truth)
	for m := range uint32(c.set.Len()) {
		records := c.set.Records(m)
		for _, r := range records[1:] {
			t.Join(records[0], r)
		}
	}
	return t
}

// blockingRecall is the share of true pairs that are candidates or one mention.
func (c *corpus) blockingRecall() float64 {
	// Records by person, as a counting sort leaves them.
	start := make([]uint32, len(c.truth)+1)
	for _, p := range c.truth {
		start[p+1]++
	}
	for i := range c.truth {
		start[i+1] += start[i]
	}
	order, next := make([]uint32, len(c.truth)), slices.Clone(start)
	for r, p := range c.truth {
		order[next[p]] = uint32(r)
		next[p]++
	}
	all, held := 0, 0
	for i, a := range order {
		p := c.truth[a]
		for _, b := range order[i+1 : start[p+1]] {
			all++
			if m, n := c.set.MentionOf(int(a)), c.set.MentionOf(int(b)); m == n || c.index.Holds(m, n) > 0 {
				held++
			}
		}
	}
	if all == 0 {
		return 1
	}
	return float64(held) / float64(all)
}

// sweepBits is how far on either side of the model's threshold best looks, and
// sweepStep in what steps, in thousandths of a bit.
const (
	sweepBits = 12_000
	sweepStep = 1000
)

// sweepThresholds are the thresholds that a look around the chosen one takes in:
// none below the score from which pairs are kept at all.
func sweepThresholds(link, possible int64) (out []int64) {
	for th := link - sweepBits; th <= link+sweepBits; th += sweepStep {
		if th >= possible {
			out = append(out, th)
		}
	}
	return out
}

// cluster clusters at the model's threshold and at those around it, with the
// labels in sight: a gap between the best and the chosen one is an error of
// calibration. Each threshold costs what it joins beyond the one before.
func (c *corpus) cluster(ctx context.Context) error {
	t, link := c.tally(), c.model.Link
	c.of = make([]uint32, c.set.Len())
	for m := range c.of {
		c.of[m] = uint32(m)
	}
	var best BestThreshold
	err := c.scored.Grow(ctx, append(sweepThresholds(link, c.model.Possible), link), func(g cluster.Growth) error {
		for _, j := range g.Joined {
			t.Join(c.set.Records(j[0])[0], c.set.Records(j[1])[0])
			if g.Threshold >= link {
				c.join(j[0], j[1])
			}
		}
		got := t.Comparison()
		if now := (BestThreshold{float64(g.Threshold) / 1000, got.Pairwise, got.BCubed}); now.Pairwise.F1 > best.Pairwise.F1 {
			best = now
		}
		if g.Threshold == link {
			c.report.ThresholdBits, c.report.Pairwise, c.report.BCubed = float64(link)/1000, got.Pairwise, got.BCubed
		}
		return nil
	})
	if c.report.Best = best; best.Pairwise.F1 <= c.report.Pairwise.F1 {
		c.report.Best = BestThreshold{c.report.ThresholdBits, c.report.Pairwise, c.report.BCubed}
	}
	return err
}

// root is a mention that stands for the cluster of another.
func (c *corpus) root(m uint32) uint32 {
	for c.of[m] != m {
		c.of[m] = c.of[c.of[m]]
		m = c.of[m]
	}
	return m
}

func (c *corpus) join(a, b uint32) {
	a, b = c.root(a), c.root(b)
	c.of[max(a, b)] = min(a, b)
}

// write lists rec_id,person_id; a person's ID is that of its first record.
func (c *corpus) write(w io.Writer) error {
	order := c.ids.inOrder()
	const none = ^uint32(0)
	first := slices.Repeat([]uint32{none}, c.set.Len()) // record, by cluster
	out := bufio.NewWriterSize(w, 1<<16)
	line := []byte("rec_id,person_id\n")
	for _, r := range order {
		k := c.root(c.set.MentionOf(int(r)))
		if first[k] == none {
			first[k] = r
		}
		if _, err := out.Write(line); err != nil {
			return err
		}
		line = append(appendCSV(line[:0], "", c.ids.at(r)), ',')
		line = append(appendCSV(line, "P-", c.ids.at(first[k])), '\n')
	}
	if _, err := out.Write(line); err != nil {
		return err
	}
	return out.Flush()
}

// appendCSV appends a value as RFC 4180 has it.
func appendCSV(to []byte, head, s string) []byte {
	if strings.ContainsAny(s, "\",\r\n") || head == "" && strings.HasPrefix(s, " ") {
		return append(append(append(to, '"'), strings.ReplaceAll(head+s, `"`, `""`)...), '"')
	}
	return append(append(to, head...), s...)
}

// cores is how many workers a number asks for.
func cores(workers int) int {
	if workers > 0 {
		return workers
	}
	return runtime.GOMAXPROCS(0)
}

// peakBytes is the largest resident memory of this process so far.
func peakBytes() int64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return u.Maxrss * 1024
}

// cpuSeconds is the processor time of this process so far.
func cpuSeconds() float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return float64(u.Utime.Nano()+u.Stime.Nano()) / 1e9
}

// mappingText lists what was mapped, for the person who wonders.
func mappingText(src *casefold.Source) map[string]string {
	out := map[string]string{}
	for f, cols := range src.Mapping.Fields {
		out[string(f)] = list(cols)
	}
	for _, id := range src.Mapping.Identifiers {
		out["identifier "+id.Column] = fmt.Sprintf("%s of %s, %s", id.Kind, id.Issuer, id.How)
	}
	for _, a := range src.Mapping.Attributes {
		out["attribute "+a.Name] = a.Column
	}
	return out
}
