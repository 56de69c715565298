package mention

// SortByKey sorts items by a 64-bit key, keeping the order of equal keys. It is
// a least-significant-digit radix sort: 11 bits a pass, passes whose digit is
// the same everywhere are skipped.
func SortByKey(keys []uint64, items []uint32) {
	n := len(keys)
	if n < 2 {
		return
	}
	if n < 64 {
		insertionByKey(keys, items)
		return
	}
	k2, i2 := make([]uint64, n), make([]uint32, n)
	const digits, width = 6, 11
	var counts [digits][1 << width]uint32
	for _, k := range keys {
		for d := range digits {
			counts[d][k>>(d*width)&(1<<width-1)]++
		}
	}
	from, to := keys, k2
	fromItems, toItems := items, i2
	for d := range digits {
		c := &counts[d]
		if c[from[0]>>(d*width)&(1<<width-1)] == uint32(n) {
			continue
		}
		at := uint32(0)
		for b := range c {
			c[b], at = at, at+c[b]
		}
		for i, k := range from {
			b := k >> (d * width) & (1<<width - 1)
			to[c[b]], toItems[c[b]] = k, fromItems[i]
			c[b]++
		}
		from, to, fromItems, toItems = to, from, toItems, fromItems
	}
	if &from[0] != &keys[0] {
		copy(keys, from)
		copy(items, fromItems)
	}
}

// SortHashed sorts as SortByKey does, in half the time, keys whose upper bits
// are well spread, as those of a hash are: three passes over the upper 33 bits,
// then neighbors in wrong order change places.
func SortHashed(keys []uint64, items []uint32) {
	n := len(keys)
	if n < 64 {
		insertionByKey(keys, items)
		return
	}
	k2, i2 := make([]uint64, n), make([]uint32, n)
	from, to, fromItems, toItems := keys, k2, items, i2
	for shift := 31; shift < 64; shift += 11 {
		var count [1 << 11]uint32
		for _, k := range from {
			count[k>>shift&(1<<11-1)]++
		}
		at := uint32(0)
		for b := range count {
			count[b], at = at, at+count[b]
		}
		for i, k := range from {
			b := k >> shift & (1<<11 - 1)
			to[count[b]], toItems[count[b]] = k, fromItems[i]
			count[b]++
		}
		from, to, fromItems, toItems = to, from, toItems, fromItems
	}
	copy(keys, from)
	copy(items, fromItems)
	insertionByKey(keys, items)
}

// SortBucket sorts as SortHashed does, in the memory given, keys that agree in
// all bits from below on: two passes over the 22 bits under it.
func SortBucket(keys []uint64, items []uint32, below int, k2 []uint64, i2 []uint32) {
	const width = 11
	if len(keys) < 64 || below < 2*width {
		insertionByKey(keys, items)
		return
	}
	k2, i2 = k2[:len(keys)], i2[:len(items)]
	from, to, fromItems, toItems := keys, k2, items, i2
	for shift := below - 2*width; shift < below; shift += width {
		var count [1 << width]uint32
		for _, k := range from {
			count[k>>shift&(1<<width-1)]++
		}
		at := uint32(0)
		for b := range count {
			count[b], at = at, at+count[b]
		}
		for i, k := range from {
			b := k >> shift & (1<<width - 1)
			to[count[b]], toItems[count[b]] = k, fromItems[i]
			count[b]++
		}
		from, to, fromItems, toItems = to, from, toItems, fromItems
	}
	insertionByKey(keys, items)
}

func insertionByKey(keys []uint64, items []uint32) {
	for i := 1; i < len(keys); i++ {
		k, v := keys[i], items[i]
		j := i
		for ; j > 0 && keys[j-1] > k; j-- {
			keys[j], items[j] = keys[j-1], items[j-1]
		}
		keys[j], items[j] = k, v
	}
}

// sortByKey sorts items by the key of each.
func sortByKey(items []uint32, key func(uint32) uint64) {
	keys := make([]uint64, len(items))
	for i, v := range items {
		keys[i] = key(v)
	}
	SortByKey(keys, items)
}
