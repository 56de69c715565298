package engine

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/source"
	"github.com/casefold/casefold/mention"
)

const evalHead = "rec_id,last_name,first_name,dob,ssn,zip,phone\n"

// corpusOf writes rows as a labelled folder.
func corpusOf(t *testing.T, rows, truth string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"records.csv": evalHead + rows, "truth.csv": "rec_id,entity_id\n" + truth} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func manyRows(n int, date func(i int) string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "r%d,%s,%s,%s,%09d,9%04d,530-555-%04d\n", i, []string{"O'BRIEN", "DE LA CRUZ", "Núñez", "SMITH JR", "UNKNOWN"}[i%5],
			[]string{"ANN \"Annie\"", "JO", "x", "MARIA ELENA"}[i%4], date(i), 100_000_000+i/2*7, i%700, i%9000)
	}
	return b.String()
}

func opened(t *testing.T, dir string) (*casefold.Source, *source.Reader) {
	t.Helper()
	src, err := evalSource(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	r, err := source.Open(context.Background(), src, dir)
	if err != nil {
		t.Fatal(err)
	}
	return src, r
}

// TestAStreamReadsWhatARunReads: the same mentions and keys, byte for byte, for
// any number of workers.
func TestAStreamReadsWhatARunReads(t *testing.T) {
	ctx := context.Background()
	dir := corpusOf(t, manyRows(3000, func(i int) string { return fmt.Sprintf("19%02d-%02d-%02d", i%90, i%12+1, i%28+1) }), "r1,p1\n")
	src, r := opened(t, dir)
	want, keys, err := readWhole(ctx, src, r)
	if err != nil {
		t.Fatal(err)
	}
	for _, workers := range []int{1, 2, 5} {
		got, gotKeys, err := streamed(ctx, src, r, workers, noTask{})
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(encoded(t, got), encoded(t, want)) {
			t.Errorf("%d workers: other mentions than a run", workers)
		}
		if string(gotKeys.bytes) != string(keys.bytes) || gotKeys.len() != keys.len() {
			t.Errorf("%d workers: other keys than a run", workers)
		}
	}
}

func encoded(t *testing.T, s *mention.Set) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := s.Encode(func(record []byte) error { _, err := out.Write(record); return err }); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestOddFilesAreReadWhole: rows that cannot be judged alone are left to the
// way that a run reads them.
func TestOddFilesAreReadWhole(t *testing.T) {
	month := func(i int) string { return fmt.Sprintf("%02d/%02d/19%02d", i%12+1, i%12+1, i%90) }
	for name, rows := range map[string]string{
		"a key told twice":    manyRows(600, month) + "r7,SMITH,JO,01/02/1970,,,\n",
		"a key not told":      manyRows(600, month) + ",SMITH,JO,01/02/1970,,,\n",
		"the day comes first": manyRows(600, month) + "r999,SMITH,JO,25/02/1970,,,\nr998,SMITH,JO,26/02/1970,,,\n",
	} {
		src, r := opened(t, corpusOf(t, rows, ""))
		src.Mapping.DateOrder = ""
		if _, _, err := streamed(context.Background(), src, r, 2, noTask{}); !errors.Is(err, errOdd) {
			t.Errorf("%s: %v", name, err)
		}
	}
	src, r := opened(t, corpusOf(t, manyRows(600, month), ""))
	src.Mapping.DateOrder = ""
	if _, _, err := streamed(context.Background(), src, r, 2, noTask{}); err != nil {
		t.Errorf("an even file: %v", err)
	}
}

// TestEvaluateMeasures: two pairs of rows of one person, one of which differ in
// all they tell; who has no label is a person of their own.
func TestEvaluateMeasures(t *testing.T) {
	rows := "a,SMITH,JOHN,1970-01-02,123456789,95616,5305550101\nb,SMITH,JOHN,1970-01-02,123456789,95616,5305550101\n" +
		"c,GARCIA,ANA,1981-03-04,223456789,94107,4155550102\nd,LOPEZ,EVA,1990-11-12,323456789,93010,8055550103\n" +
		"e,CHEN,WEI,1965-07-08,423456789,90001,2135550104\nf,KUMAR,RAJ,1959-09-10,523456789,92101,6195550105\n"
	dir := corpusOf(t, rows, "d,p2\nb,p1\na,p1\nc,p2\ne,p3\n")
	var clusters strings.Builder
	got, err := Evaluate(context.Background(), dir, EvalOptions{Workers: 2, Clusters: &clusters})
	if err != nil {
		t.Fatal(err)
	}
	if got.Records != 6 || got.Pairwise.Precision != 1 || got.Pairwise.Recall != .5 || got.Best.Pairwise.Recall != .5 {
		t.Errorf("%+v", got)
	}
	want := "rec_id,person_id\na,P-a\nb,P-a\nc,P-c\nd,P-d\ne,P-e\nf,P-f\n"
	if clusters.String() != want {
		t.Errorf("clusters:\n%s\nwant:\n%s", clusters.String(), want)
	}
}
