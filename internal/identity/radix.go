package identity

import (
	"cmp"
	"slices"
)

// A keyed is an index with the number it is sorted by.
type keyed struct {
	key uint64
	at  int32
}

// sortKeyed sorts by key and keeps the order of equal keys. It takes one pass
// over the list for every byte in which keys differ, so millions of IDs and
// hashes sort several times faster than by comparisons (BenchmarkPersons).
func sortKeyed(list []keyed) []keyed {
	if len(list) < 256 {
		slices.SortStableFunc(list, func(a, b keyed) int { return cmp.Compare(a.key, b.key) })
		return list
	}
	var differ uint64
	for _, k := range list {
		differ |= k.key ^ list[0].key
	}
	spare := make([]keyed, len(list))
	for shift := uint(0); shift < 64; shift += 8 {
		if differ>>shift&0xff == 0 {
			continue
		}
		var start [256]int
		for _, k := range list {
			start[byte(k.key>>shift)]++
		}
		sum := 0
		for i, n := range start {
			start[i], sum = sum, sum+n
		}
		for _, k := range list {
			digit := byte(k.key >> shift)
			spare[start[digit]] = k
			start[digit]++
		}
		list, spare = spare, list
	}
	return list
}

// sortRuns sorts by compare the stretches of a sorted list whose keys are
// equal. They are short: keys are hashes.
func sortRuns(list []keyed, compare func(a, b int32) int) {
	for i := 0; i < len(list); {
		j := i + 1
		for j < len(list) && list[j].key == list[i].key {
			j++
		}
		if j-i > 1 {
			slices.SortFunc(list[i:j], func(a, b keyed) int { return compare(a.at, b.at) })
		}
		i = j
	}
}

// rowOrder lists the indexes of rows so that the rows ascend.
func rowOrder(rows func(i int) Row, n int) []int32 {
	list := make([]keyed, n)
	for i := range list {
		list[i] = keyed{rows(i).high(), int32(i)}
	}
	list = sortKeyed(list)
	sortRuns(list, func(a, b int32) int { return rows(int(a)).Compare(rows(int(b))) })
	order := make([]int32, n)
	for i, k := range list {
		order[i] = k.at
	}
	return order
}
