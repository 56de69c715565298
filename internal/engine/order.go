package engine

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strings"
)

// inOrder are the numbers 0 to n-1 in the order of their keys; next orders
// those of equal keys. Most keys of a source begin alike and differ soon after:
// eight bytes from there on are compared as a number, and the rest seldom.
func inOrder(n int, key func(i int32) string, next func(a, b int32) int) []int32 {
	if n == 0 {
		return nil
	}
	common := len(sharedPrefix(n, key))
	type ranked struct {
		head uint64
		i    int32
	}
	list := make([]ranked, n)
	for i := range list {
		var head [8]byte
		copy(head[:], key(int32(i))[common:])
		list[i] = ranked{binary.BigEndian.Uint64(head[:]), int32(i)}
	}
	slices.SortFunc(list, func(a, b ranked) int {
		if c := cmp.Compare(a.head, b.head); c != 0 {
			return c
		}
		return cmp.Or(strings.Compare(key(a.i), key(b.i)), next(a.i, b.i))
	})
	out := make([]int32, n)
	for i, r := range list {
		out[i] = r.i
	}
	return out
}

// sharedPrefix is what all keys begin with.
func sharedPrefix(n int, key func(i int32) string) string {
	prefix := key(0)
	for i := 1; i < n && prefix != ""; i++ {
		k := key(int32(i))
		for !strings.HasPrefix(k, prefix) {
			prefix = prefix[:len(prefix)-1]
		}
	}
	return prefix
}
