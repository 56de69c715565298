package synth

import (
	"bytes"
	"encoding/csv"
	"testing"
)

// TestPeopleAreTold: every row stands once, persons have as many records as
// they should, and the errors are as frequent as they should be.
func TestPeopleAreTold(t *testing.T) {
	const n = 14_000
	var records, truth, again, same bytes.Buffer
	if err := (People{Rows: n, Seed: 7}).Write(&records, &truth); err != nil {
		t.Fatal(err)
	}
	if err := (People{Rows: n, Seed: 7}).Write(&again, &same); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(records.Bytes(), again.Bytes()) || !bytes.Equal(truth.Bytes(), same.Bytes()) {
		t.Error("the same seed makes other files")
	}
	rows, persons := read(t, &records), read(t, &truth)
	if len(rows) != n+1 || len(persons) != n+1 {
		t.Fatalf("%d rows, %d labels", len(rows), len(persons))
	}
	of := map[string][]int{}
	for i, p := range persons[1:] {
		if p[0] != rows[i+1][0] {
			t.Fatalf("label %d is of another row", i)
		}
		of[p[1]] = append(of[p[1]], i+1)
	}
	sizes, pairs, unlike := map[int]int{}, 0, 0
	for _, list := range of {
		sizes[len(list)]++
		for _, a := range list[1:] {
			pairs++
			if rows[a][3] != rows[list[0]][3] {
				unlike++
			}
		}
	}
	for size, want := range map[int]int{1: 7000, 2: 2200, 3: 600, 4: 200} {
		if sizes[size] != want {
			t.Errorf("%d persons with %d records, want %d", sizes[size], size, want)
		}
	}
	if share := float64(unlike) / float64(pairs); share < .05 || share > .15 {
		t.Errorf("surnames differ in %.3f of the pairs", share)
	}
}

func read(t *testing.T, b *bytes.Buffer) [][]string {
	t.Helper()
	rows, err := csv.NewReader(b).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}
