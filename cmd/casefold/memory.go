package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// How much a run may allocate between two collections, in percent of what lives:
// the collector's default where the heap stays below roomyHeap with it, and
// thriftyPercent at least. A state extract of 400 MB takes some 560 MB so.
const (
	thriftyPercent = 50
	usualPercent   = 100
	roomyHeap      = 432 << 20
)

// holdMemory keeps a long run's memory near what it needs, unless GOGC says
// otherwise.
func holdMemory() {
	if os.Getenv("GOGC") == "" {
		afterCollection(func() { debug.SetGCPercent(heapPercent(liveHeap())) })
	}
}

// heapPercent is the percentage for a heap of which so many bytes live.
func heapPercent(live uint64) int {
	if live == 0 {
		return usualPercent
	}
	room := 100 * (max(roomyHeap, live) - live) / live
	return int(min(max(room, thriftyPercent), usualPercent))
}

// liveHeap is what the last collection found alive, in bytes.
func liveHeap() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// afterCollection calls fn after every collection of garbage: an object that
// nobody holds is found by it, and makes the next.
func afterCollection(fn func()) {
	type sentinel struct{ self *sentinel } // with a pointer: those without share memory with others
	var again func(*sentinel)
	again = func(*sentinel) {
		fn()
		runtime.SetFinalizer(&sentinel{}, again)
	}
	runtime.SetFinalizer(&sentinel{}, again)
}
