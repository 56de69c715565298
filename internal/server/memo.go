package server

import (
	"sync"
)

// A memo keeps answers that take long to add up: the board, the report. They
// are functions of the generation and the ledger, and both stand still while
// the server holds the store; a new generation drops them.
type memo struct {
	mu         sync.Mutex
	generation int64
	kept       map[string]*kept
}

// A kept answer is worked out once; who comes meanwhile waits for it.
type kept struct {
	once  sync.Once
	value any
	err   error
}

// recall returns the answer kept under a name, or works it out. Errors are not
// kept.
func recall[T any](m *memo, generation int64, name string, work func() (T, error)) (T, error) {
	m.mu.Lock()
	if m.kept == nil || m.generation != generation {
		m.generation, m.kept = generation, map[string]*kept{}
	}
	k := m.kept[name]
	if k == nil {
		k = &kept{}
		m.kept[name] = k
	}
	m.mu.Unlock()
	k.once.Do(func() { k.value, k.err = work() })
	if k.err != nil {
		m.mu.Lock()
		if m.kept[name] == k {
			delete(m.kept, name)
		}
		m.mu.Unlock()
	}
	v, _ := k.value.(T)
	return v, k.err
}
