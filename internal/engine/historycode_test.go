package engine

import (
	"encoding/json"
	"fmt"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/casefold/casefold"
)

// filler fills every field there is with values that differ, so that a field
// that is not kept, or kept in another's place, shows.
type filler struct{ n int }

func (f *filler) fill(v reflect.Value) {
	f.n++
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprintf("text %d", f.n))
	case reflect.Int, reflect.Int32:
		v.SetInt(int64(f.n))
	case reflect.Int8: // Truth
		v.SetInt(int64(f.n % 3))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		f.fill(v.Elem())
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			f.fill(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			f.fill(v.Field(i))
		}
	default:
		panic("a history has a field of a new kind: " + v.Type().String())
	}
}

func fullHistory() *casefold.History {
	h := &casefold.History{}
	(&filler{}).fill(reflect.ValueOf(h).Elem())
	return h
}

// TestEveryFieldIsKept writes and reads a history in which every field has a
// value of its own.
func TestEveryFieldIsKept(t *testing.T) {
	want := fullHistory()
	want.Tellers[0].RowKey = "h:0123456789abcdef"
	want.Tellers[1].RowKey = "h:0123456789ABCDEF" // no hash: it would come back in lower case
	want.Convictions[0].Cycle, want.Convictions[0].Case = -1, -1
	c := newCoder()
	c.encode(&casefold.History{PersonID: "P-1", Tellers: want.Tellers}) // nothing of it may show
	got, err := c.decode(c.encode(want))
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// TestHistoryOfNothing keeps what is absent absent.
func TestHistoryOfNothing(t *testing.T) {
	c := newCoder()
	for _, want := range []*casefold.History{{}, {PersonID: "P-1", Names: []casefold.Told[casefold.Name]{}, Cases: []casefold.Case{{}}, Tellers: []casefold.Teller{}}} {
		got, err := c.decode(c.encode(want))
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Error(d)
		}
	}
}

// TestBorrowedHistories reads a large history, a small and the large again into
// the same memory: nothing of one shows in the next.
func TestBorrowedHistories(t *testing.T) {
	large := fullHistory()
	small := &casefold.History{PersonID: "P-2", Cases: []casefold.Case{{Counts: []casefold.Count{{Conviction: -1}}}}, Convictions: make([]casefold.Conviction, 3), Tellers: []casefold.Teller{{Source: "court", RowKey: "1"}}}
	c, b := newCoder(), newBorrower()
	for i, want := range []*casefold.History{large, small, {}, large, small} {
		got, err := b.read(string(c.encode(want)))
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("history %d: %s", i, d)
		}
	}
	if _, err := b.read(string(c.encode(large)[:50])); err == nil {
		t.Error("a part of a history was read")
	}
	if got, err := b.read(string(c.encode(small))); err != nil || cmp.Diff(small, got) != "" {
		t.Errorf("after a part of one: %v", err)
	}
}

// TestHistoryCutShort wants an error, not a panic or a part of a history, of
// every piece of one.
func TestHistoryCutShort(t *testing.T) {
	c := newCoder()
	whole := append([]byte(nil), c.encode(fullHistory())...)
	for n := range whole {
		if _, err := c.decode(whole[:n]); err == nil {
			t.Fatalf("%d of %d bytes read as a history", n, len(whole))
		}
	}
	if _, err := c.decode(append(whole, 0)); err == nil {
		t.Error("a history with something behind it was read")
	}
	if _, err := c.decode([]byte(`{"person_id":"P-1"}`)); err == nil {
		t.Error("a history of an earlier version was read")
	}
}

// FuzzHistory reads any bytes without a panic, and what it reads it keeps.
func FuzzHistory(f *testing.F) {
	c := newCoder()
	f.Add(append([]byte(nil), c.encode(fullHistory())...))
	f.Add([]byte{codeFormat, 1, 3, 'P', '-', '1'})
	f.Fuzz(func(t *testing.T, value []byte) {
		c := newCoder()
		h, err := c.decode(value)
		if err != nil {
			return
		}
		again, err := c.decode(c.encode(h))
		if err != nil {
			t.Fatal(err)
		}
		if a, b := jsonText(h), jsonText(again); a != b {
			t.Errorf("%s\nbecame\n%s", a, b)
		}
	})
}

func BenchmarkHistoryCode(b *testing.B) {
	h := fullHistory()
	c := newCoder()
	kept := append([]byte(nil), c.encode(h)...)
	text, err := json.Marshal(h)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("encode", func(b *testing.B) {
		b.ReportMetric(float64(len(kept)), "bytes")
		for b.Loop() {
			c.encode(h)
		}
	})
	b.Run("decode", func(b *testing.B) {
		for b.Loop() {
			if _, err := c.decode(kept); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("encode-json", func(b *testing.B) {
		b.ReportMetric(float64(len(text)), "bytes")
		for b.Loop() {
			if _, err := json.Marshal(h); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkCountyHistories writes and reads the histories of a county's people,
// one behind the other.
func BenchmarkCountyHistories(b *testing.B) {
	e := decidedCounty(b, 1000)
	var list []*casefold.History
	var coded []string
	c := newCoder()
	if err := e.eachHistory(func(h *casefold.History) error {
		list = append(list, h)
		coded = append(coded, string(c.encode(h)))
		return nil
	}); err != nil {
		b.Fatal(err)
	}
	b.Run("write", func(b *testing.B) {
		b.ReportAllocs()
		for i := range b.N {
			c.encode(list[i%len(list)])
		}
	})
	b.Run("read", func(b *testing.B) {
		b.ReportAllocs()
		borrowed := newBorrower()
		for i := range b.N {
			if _, err := borrowed.read(coded[i%len(coded)]); err != nil {
				b.Fatal(err)
			}
		}
	})
}
