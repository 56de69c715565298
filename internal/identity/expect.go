package identity

import "sort"

// Expect is the ID that Next will very likely give a conviction, told alone:
// that of the entry which knows all its tellers, else the one made of its
// content. A run that has to name convictions before all of them are known
// names them so, and looks afterwards whether Next agrees; it always does on an
// empty registry without clashes and where nothing has changed.
func (r *Convictions) Expect(d Digest) ID {
	if len(d.Tellers) > 0 {
		hash := d.Tellers[0]
		at := sort.Search(len(r.tellers), func(i int) bool { return r.tellers[i].hash >= hash })
		best := int32(-1)
		for ; at < len(r.tellers) && r.tellers[at].hash == hash; at++ {
			h := r.tellers[at].holder
			if r.knows(h, d) && (best < 0 || r.holders[h].older(r.holders[best])) {
				best = h
			}
		}
		if best >= 0 && r.holders[best].into < 0 {
			return r.holders[best].id
		}
	}
	return mint('C', d.Content, 0)
}

// knows reports whether an entry was told by all tellers of the digest.
func (r *Convictions) knows(holder int32, d Digest) bool {
	for _, hash := range d.Tellers {
		want := mark{hash, holder}
		at := sort.Search(len(r.tellers), func(i int) bool { return compareMarks(r.tellers[i], want) >= 0 })
		if at == len(r.tellers) || r.tellers[at] != want {
			return false
		}
	}
	return true
}
