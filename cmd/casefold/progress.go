package main

import (
	"fmt"
	"io"
	"os"
	"sync/atomic"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
	"golang.org/x/term"

	"github.com/casefold/casefold/internal/engine"
)

// newProgress draws bars on a terminal and writes a line per finished stage
// elsewhere. Words go to stderr, so that data on stdout can be piped.
func newProgress(w *os.File, quiet bool) engine.Progress {
	switch {
	case quiet:
		return engine.NoProgress{}
	case term.IsTerminal(int(w.Fd())):
		return &bars{mpb.New(mpb.WithOutput(w), mpb.WithWidth(48), mpb.WithRefreshRate(120*time.Millisecond))}
	}
	return lines{w}
}

type bars struct{ *mpb.Progress }

func (b *bars) Start(stage string, total int64, unit string) engine.Task {
	counter := decor.CountersNoUnit("%d / %d")
	if unit == "bytes" {
		counter = decor.CountersKibiByte("% .1f / % .1f")
	}
	note := new(atomic.Value)
	note.Store("")
	bar := b.AddBar(total,
		mpb.PrependDecorators(decor.Name(stage, decor.WC{W: 18, C: decor.DindentRight})),
		mpb.AppendDecorators(
			decor.OnComplete(counter, ""),
			decor.OnComplete(decor.AverageETA(decor.ET_STYLE_GO, decor.WC{W: 8}), ""),
			decor.Any(func(decor.Statistics) string { return note.Load().(string) }),
		))
	return &barTask{bar, note, total}
}

type barTask struct {
	bar   *mpb.Bar
	note  *atomic.Value
	total int64
}

func (t *barTask) Add(n int64) { t.bar.IncrInt64(n) }

func (t *barTask) Done(note string) {
	t.note.Store(note)
	t.bar.SetTotal(-1, true)
	t.bar.Wait()
}

// lines is the progress of a log file: one line per finished stage.
type lines struct{ w io.Writer }

func (l lines) Start(stage string, _ int64, _ string) engine.Task {
	return &lineTask{l.w, stage, time.Now()}
}

type lineTask struct {
	w     io.Writer
	stage string
	start time.Time
}

func (t *lineTask) Add(int64) {}

func (t *lineTask) Done(note string) {
	fmt.Fprintf(t.w, "%-18s %7.2fs  %s\n", t.stage, time.Since(t.start).Seconds(), note)
}
