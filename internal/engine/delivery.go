package engine

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/segment"
	"github.com/casefold/casefold/internal/source"
	"github.com/casefold/casefold/internal/store"
)

// hashFiles is the SHA-256 of every file of every source, as it lies on disk.
func (e *Engine) hashFiles(ctx context.Context, readers []*source.Reader) ([][]string, error) {
	out := make([][]string, len(readers))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(e.workers())
	for i, r := range readers {
		out[i] = make([]string, len(r.Files()))
		for j, f := range r.Files() {
			group.Go(func() (err error) {
				if err := ctx.Err(); err != nil {
					return err
				}
				out[i][j], err = hashFile(f.Path)
				return err
			})
		}
	}
	return out, group.Wait()
}

func hashFile(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.CopyBuffer(h, f, make([]byte, 1<<20)); err != nil {
		return "", fmt.Errorf("reading %s: %w", path, err)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// lastDelivery is the newest delivery of a source.
func (e *Engine) lastDelivery(sourceName string) (last store.Delivery, ok bool, err error) {
	err = e.store.View(func(tx *store.Tx) error {
		return store.Deliveries.Scan(tx, sourceName+"/", func(_ string, d store.Delivery) error {
			last, ok = d, true
			return nil
		})
	})
	return last, ok, err
}

// checkColumns stops a run whose source came with other columns than last
// time: a column that vanished is an error, one that moved must be accepted.
func (e *Engine) checkColumns(src *casefold.Source, now casefold.Layout, accepted []string) error {
	last, ok, err := e.lastDelivery(src.Name)
	if err != nil || !ok || slices.Equal(last.Columns, now.Columns) {
		return err
	}
	if slices.Contains(accepted, src.Name) {
		return nil
	}
	hint := "if that is right, run again with --accept-columns " + src.Name
	var gone []string
	for _, c := range last.Columns {
		if !slices.Contains(now.Columns, c) {
			gone = append(gone, c)
		}
	}
	if len(gone) > 0 {
		return &usageError{fmt.Sprintf("source %s: columns of the last delivery are gone: %s", src.Name, strings.Join(gone, ", ")), hint}
	}
	at := 0
	for at < len(last.Columns) && at < len(now.Columns) && last.Columns[at] == now.Columns[at] {
		at++
	}
	if at == len(last.Columns) {
		return nil // further columns at the end move nothing
	}
	return &usageError{fmt.Sprintf("source %s: columns moved: column %d was %s and is now %s", src.Name, at+1, last.Columns[at], now.Columns[at]), hint}
}

// writeRows keeps the fate of every row, and where accepted rows lie, and
// compares every source with its delivery before.
func (r *runner) writeRows() error {
	err := r.g.write(segRows, r.fpIngest, func(w *segment.Writer) error {
		var e encoder
		for _, s := range bySource(r.sources) {
			for _, i := range s.order {
				e.reset()
				for _, column := range s.columns(i) {
					e.text(column)
				}
				if _, err := w.Append(e.buf); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := r.writeTellers(); err != nil {
		return err
	}
	for i, s := range r.sources {
		rep := &r.report.Sources[i]
		rep.Delivery = store.Delivery{Source: s.src.Name, Generation: r.g.number, ExtractDate: s.src.ExtractDate, Columns: s.layout.Columns, Rows: rep.Read}
		for j, f := range s.files {
			rep.Delivery.Files = append(rep.Delivery.Files, store.DeliveredFile{Name: f.Name, Bytes: f.Bytes, SHA256: r.hashes[i][j]})
		}
		if err := r.compareDelivery(s, rep); err != nil {
			return err
		}
	}
	return nil
}

// writeTellers maps accepted rows to where their bytes are.
func (r *runner) writeTellers() error {
	return r.g.writeSorted(segTellers, r.fpIngest, func(w *segment.SortedWriter) error {
		var key []byte
		var e encoder
		for _, s := range bySource(r.sources) {
			for _, i := range s.byKey() {
				row := &s.rows[i]
				key = tellerKey(key, s.src.Name, row.key)
				e.reset().text(s.files[row.file].Name).number(uint64(row.line)).number(row.ref.Pack())
				if err := w.Append(key, append(e.buf, row.hash[:]...)); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// byKey lists the accepted rows in the order of their keys.
func (s *sourceRows) byKey() []int32 {
	out := make([]int32, 0, len(s.order))
	for _, i := range s.order {
		if s.rows[i].fate == accepted {
			out = append(out, i)
		}
	}
	return out
}

// bySource are sources in the order of their names.
func bySource(sources []*sourceRows) []*sourceRows {
	return slices.SortedFunc(slices.Values(sources), func(a, b *sourceRows) int { return strings.Compare(a.src.Name, b.src.Name) })
}

// compareDelivery counts new, changed, gone and unchanged rows: keys and
// hashes of the accepted rows against those of the current generation.
func (r *runner) compareDelivery(s *sourceRows, rep *SourceReport) error {
	_, ok, err := r.e.lastDelivery(s.src.Name)
	if err != nil {
		return err
	}
	d := &rep.Delivery
	if rep.First = !ok; rep.First {
		d.New = rep.Accepted
		return nil
	}
	old, err := r.e.openSorted(segTellers)
	if err != nil {
		return err
	}
	defer old.Close()
	prefix := tellerKey(nil, s.src.Name, "")
	cursor := old.Cursor(prefix)
	more := cursor.Next()
	var key []byte
	for _, i := range s.byKey() {
		row := &s.rows[i]
		key = tellerKey(key, s.src.Name, row.key)
		for more && bytes.HasPrefix(cursor.Key(), prefix) && bytes.Compare(cursor.Key(), key) < 0 {
			d.Gone++
			more = cursor.Next()
		}
		switch {
		case !more || !bytes.Equal(cursor.Key(), key):
			d.New++
			continue
		case bytes.HasSuffix(cursor.Value(), row.hash[:]):
			d.Unchanged++
		default:
			d.Changed++
		}
		more = cursor.Next()
	}
	for more && bytes.HasPrefix(cursor.Key(), prefix) {
		d.Gone++
		more = cursor.Next()
	}
	return cursor.Err()
}

// A place is where a row stands: in a file, and among the store's bytes.
type place struct {
	File string
	Line int
	ref  segment.Ref
}
