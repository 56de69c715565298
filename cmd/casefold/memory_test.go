package main

import (
	"runtime"
	"testing"
	"time"
)

func TestHeapPercent(t *testing.T) {
	for live, want := range map[uint64]int{0: 100, 1 << 20: 100, 216 << 20: 100, 270 << 20: 60, 320 << 20: 50, 4 << 30: 50} {
		if got := heapPercent(live); got != want {
			t.Errorf("%d MB live: %d %%, want %d", live>>20, got, want)
		}
	}
}

// Every collection is followed by a call, not only the first.
func TestAfterCollection(t *testing.T) {
	called := make(chan struct{}, 100)
	afterCollection(func() { called <- struct{}{} })
	for range 3 {
		runtime.GC()
		select {
		case <-called:
		case <-time.After(10 * time.Second):
			t.Fatal("a collection went by without a call")
		}
	}
	if liveHeap() == 0 {
		t.Error("nothing lives")
	}
}
