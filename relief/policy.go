package relief

import "github.com/casefold/casefold"

// A Policy is a county's overlay on a law: it grants more, never less.
type Policy struct {
	Name string
	law  *Law
}

var policyPredicates []predicate

// widen lets the policy grant more than the law.
func (d *Decider) widen(h *casefold.History, i int, end *conclusion, out *Determination) {}
