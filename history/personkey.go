package history

import (
	"cmp"
	"slices"
	"strings"

	"github.com/casefold/casefold"
)

// A court's register leaves the number of a party blank in some rows of a file.
// The rows still stand in one list of counts: what is blank is not another key.

// keyed is a number of a file under which a source tells a person key.
type keyed struct {
	src int
	e   *casefold.Event
	key string
}

// adoptKeys gives the rows that name a file but no person key the only key that
// their source tells under the file's number.
func (w *work) adoptKeys() {
	w.keyed = w.keyed[:0]
	blank := false
	for _, r := range w.refs {
		switch {
		case stepped(r.e) || len(r.e.Cases) == 0 || r.src < 0:
		case r.key == "":
			blank = true
		default:
			w.keyed = append(w.keyed, keyed{r.src, r.e, r.key})
		}
	}
	if !blank || len(w.keyed) == 0 {
		return
	}
	slices.SortFunc(w.keyed, func(a, b keyed) int { return cmp.Or(compareKeyed(a, b), strings.Compare(a.key, b.key)) })
	for i := range w.refs {
		r := &w.refs[i]
		if r.key == "" && !stepped(r.e) && len(r.e.Cases) > 0 && r.src >= 0 {
			r.key = w.onlyKey(keyed{src: r.src, e: r.e})
		}
	}
}

// onlyKey is the person key of a source's number, "" if there is none or several.
func (w *work) onlyKey(k keyed) string {
	i, found := slices.BinarySearchFunc(w.keyed, k, compareKeyed)
	if !found {
		return ""
	}
	for _, other := range w.keyed[i+1:] {
		if compareKeyed(other, k) != 0 {
			break
		}
		if other.key != w.keyed[i].key {
			return ""
		}
	}
	return w.keyed[i].key
}

func compareKeyed(a, b keyed) int {
	return cmp.Or(cmp.Compare(a.src, b.src), compareMainNumbers(a.e, b.e))
}
