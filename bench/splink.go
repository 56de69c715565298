package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
)

//go:embed splink.py
var splinkScript []byte

// splinkVersion is the one that the settings in splink.py were written for.
const splinkVersion = "5.0.0"

// installSplink is the Python that has Splink, below a folder. It installs it
// from PyPI if it is not there.
func installSplink(ctx context.Context, dir string, log io.Writer) (python string, err error) {
	venv := filepath.Join(dir, "splink-"+splinkVersion)
	python = filepath.Join(venv, "bin", "python")
	if exec.CommandContext(ctx, python, "-c", "import splink, duckdb").Run() == nil {
		return python, nil
	}
	fmt.Fprintln(log, "installing Splink", splinkVersion)
	for _, cmd := range [][]string{
		{"python3", "-m", "venv", venv},
		{python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "splink==" + splinkVersion},
	} {
		if out, err := exec.CommandContext(ctx, cmd[0], cmd[1:]...).CombinedOutput(); err != nil {
			return "", fmt.Errorf("%v: %w\n%s", cmd[:3], err, out)
		}
	}
	return python, nil
}

// splink links a folder's records with the settings of splink.py.
func splink(ctx context.Context, python, dir string, rows int) (measurement, error) {
	m := measurement{program: "Splink " + splinkVersion, records: rows, recall: "–"}
	script := filepath.Join(dir, "peer.py") // by its own name it would hide the package
	if err := os.WriteFile(script, splinkScript, 0o644); err != nil {
		return m, err
	}
	clusters := filepath.Join(dir, "splink.csv")
	out, cost, err := costOf(ctx, python, script, filepath.Join(dir, "records.csv"), clusters)
	if err != nil {
		return m, err
	}
	var r struct {
		Pairs   int                `json:"pairs"`
		Seconds map[string]float64 `json:"seconds"`
		CPU     map[string]float64 `json:"cpu_seconds"`
	}
	if err := json.Unmarshal(out, &r); err != nil {
		return m, fmt.Errorf("Splink's figures: %w", err)
	}
	got, err := scoreOf(dir, clusters)
	if err != nil {
		return m, err
	}
	m.pairs, m.f1, m.bcubed, m.cost, m.stages = r.Pairs, got.Pairwise.F1, got.BCubed.F1, cost, stages(r.Seconds, r.CPU)
	return m, nil
}
