package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/casefold/casefold/matcher/evaluate"
)

const head = `| program | records | pairs | recall of blocking | F1 | B³ F1 | wall s | CPU s | peak MB | pairs/s/core | seconds by stage (CPU) |
|---|---|---|---|---|---|---|---|---|---|---|`

// A measurement is one row of the table. Pairs are the candidates; Core is how
// many of them a second of one core blocks, compares and scores.
type measurement struct {
	program    string
	records    int
	pairs      int
	recall     string // of blocking
	f1, bcubed float64
	cost       cost
	core       float64 // 0: not known
	stages     string
}

// A cost is what a program used from its start to its end.
type cost struct {
	wall, cpu float64 // seconds; cpu of all threads, user and system
	peak      int64   // resident memory, bytes
}

func (m measurement) String() string {
	core := "–"
	if m.core > 0 {
		core = fmt.Sprintf("%.2f M", m.core/1e6)
	}
	return fmt.Sprintf("| %s | %d | %d | %s | %.4f | %.4f | %.1f | %.1f | %d | %s | %s |", m.program, m.records, m.pairs, m.recall, m.f1, m.bcubed,
		m.cost.wall, m.cost.cpu, m.cost.peak>>20, core, m.stages)
}

// costOf runs a program to its end.
func costOf(ctx context.Context, name string, args ...string) (out []byte, c cost, err error) {
	cmd := exec.CommandContext(ctx, name, args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	start := time.Now()
	out, err = cmd.Output()
	c.wall = time.Since(start).Seconds()
	if err != nil {
		return out, c, fmt.Errorf("%s: %w\n%s", filepath.Base(name), err, stderr.Bytes())
	}
	u, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		return out, c, errors.New("this system does not tell what a program used")
	}
	c.cpu = float64(u.Utime.Nano()+u.Stime.Nano()) / 1e9
	c.peak = u.Maxrss << 10
	return out, c, nil
}

// casefold links a folder with all defaults, the clusters written.
func casefold(ctx context.Context, bin, dir string) (measurement, error) {
	m := measurement{program: "casefold"}
	out, cost, err := costOf(ctx, bin, "eval", "-q", dir, "--clusters", filepath.Join(dir, "casefold.csv"))
	if err != nil {
		return m, err
	}
	var r struct {
		Records        int                `json:"records"`
		CandidatePairs int                `json:"candidate_pairs"`
		BlockingRecall float64            `json:"blocking_recall"`
		Pairwise       evaluate.Measure   `json:"pairwise"`
		BCubed         evaluate.Measure   `json:"bcubed"`
		Seconds        map[string]float64 `json:"seconds"`
		CPUSeconds     map[string]float64 `json:"cpu_seconds"`
	}
	if err := json.Unmarshal(out, &r); err != nil {
		return m, fmt.Errorf("casefold's figures: %w", err)
	}
	m.records, m.pairs, m.recall, m.f1, m.bcubed, m.cost = r.Records, r.CandidatePairs, fmt.Sprintf("%.4f", r.BlockingRecall), r.Pairwise.F1, r.BCubed.F1, cost
	m.stages = stages(r.Seconds, r.CPUSeconds)
	m.core = float64(r.CandidatePairs) / (r.CPUSeconds["block"] + r.CPUSeconds["link"])
	return m, nil
}

// stages lists them, the longest first.
func stages(wall, cpu map[string]float64) string {
	names := slices.SortedFunc(maps.Keys(wall), func(a, b string) int { return cmp.Or(cmp.Compare(wall[b], wall[a]), cmp.Compare(a, b)) })
	var out []string
	for _, n := range names {
		out = append(out, fmt.Sprintf("%s %.2f (%.2f)", n, wall[n], cpu[n]))
	}
	return strings.Join(out, ", ")
}

// scoreOf compares a file of clusters with the labels of its folder.
func scoreOf(dir, clusters string) (evaluate.Comparison, error) {
	person, err := readPairs(filepath.Join(dir, "truth.csv"))
	if err != nil {
		return evaluate.Comparison{}, err
	}
	cluster, err := readPairs(clusters)
	if err != nil {
		return evaluate.Comparison{}, err
	}
	var of, truth []string
	for _, id := range slices.Sorted(maps.Keys(person)) {
		of, truth = append(of, cmp.Or(cluster[id], "alone "+id)), append(truth, person[id])
	}
	return evaluate.Compare(of, truth), nil
}

func readPairs(path string) (map[string]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	in := csv.NewReader(f)
	out := map[string]string{}
	for first := true; ; first = false {
		row, err := in.Read()
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		if len(row) < 2 {
			return nil, fmt.Errorf("%s: a row of %d columns", path, len(row))
		}
		if !first {
			out[row[0]] = row[1]
		}
	}
}
