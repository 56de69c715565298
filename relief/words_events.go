package relief

import (
	"slices"

	"github.com/casefold/casefold"
)

var reliefKinds = []casefold.ReliefKind{casefold.ReliefProp64, casefold.ReliefProp47, casefold.Relief17b,
	casefold.ReliefReduced, casefold.Relief12034, casefold.Relief12034a, casefold.Relief120341, casefold.Relief120342,
	casefold.Relief120343, casefold.Relief1203425, casefold.Relief120349, casefold.ReliefOtherLaw, casefold.SealedInnocent,
	casefold.Sealed, casefold.Reversed, casefold.Vacated, casefold.Dismissed1385, casefold.DismissedUnknown,
	casefold.Resentenced, casefold.Revoked, casefold.SupervisionEnded, casefold.SupervisionMoved, casefold.Destroyed,
	casefold.DiversionFinished}

// Predicates about later events of the conviction.
var eventPredicates = []predicate{
	{name: "event", on: onEvent, arg: argWords,
		words: func(*Law) []string {
			var out []string
			for _, k := range reliefKinds {
				out = append(out, string(k))
			}
			return out
		},
		says: "it is %s", deny: "it is not %s", fact: "kind of the later event", sure: true,
		eval: func(x *scope, a *arg, proof *Node) verdict {
			v := vOf(slices.Contains(a.words, string(x.event.Kind)))
			if v == vYes {
				if proof != nil {
					proof.found(x.event.Tellers, "%s %s", eventWord(x.event.Kind), x.event.Date)
				}
			}
			return v
		}},
	{name: "event_since", on: onEvent, arg: argDay,
		says: "it is dated %s or later", deny: "it is dated before %s", fact: "date of the later event",
		eval: func(x *scope, a *arg, proof *Node) verdict {
			d := x.event.Date
			switch {
			case d.Known() && d.Last < a.day:
				return vNo
			case d.Known() && d.First >= a.day:
				return vYes
			}
			c := &x.h.Convictions[x.subject]
			if proof != nil {
				proof.lack(c, "event_date", "the date of the later %s of %s", eventWord(x.event.Kind), nameOf(c))
			}
			return unknown(span{d, casefold.FactKnown}.cause())
		}},
	{name: "event_explained", on: onEvent, arg: argYes,
		says: "another row names the law of it", deny: "no row names the law of it", fact: "other later events of that time", sure: true,
		eval: evalExplained},
}

// evalExplained reports whether a reduction or resentencing without a law is
// told again, with its law, at a time that may be the same.
func evalExplained(x *scope, a *arg, proof *Node) verdict {
	for _, e := range x.h.Convictions[x.subject].Events {
		switch e.Kind {
		case casefold.ReliefProp64, casefold.ReliefProp47, casefold.Relief17b:
			if !e.Date.Known() || !x.event.Date.Known() || e.Date.Overlaps(x.event.Date) {
				return askedYes(a, vYes)
			}
		}
	}
	return askedYes(a, vNo)
}

// eventWord names a kind of later event in a sentence.
func eventWord(k casefold.ReliefKind) string {
	switch k {
	case casefold.ReliefProp64:
		return "relief under Proposition 64"
	case casefold.ReliefProp47:
		return "relief under Proposition 47"
	case casefold.ReliefReduced:
		return "reduction without a law"
	case casefold.Sealed:
		return "seal without a law"
	case casefold.SealedInnocent:
		return "seal for factual innocence (PC 851.8)"
	case casefold.Reversed:
		return "reversal"
	case casefold.Vacated:
		return "order that vacated it"
	case casefold.Dismissed1385:
		return "dismissal (PC 1385)"
	case casefold.DismissedUnknown:
		return "dismissal without a law"
	case casefold.Resentenced:
		return "resentencing"
	case casefold.Revoked:
		return "revocation"
	case casefold.SupervisionEnded:
		return "early end of supervision"
	case casefold.SupervisionMoved:
		return "transfer of supervision (PC 1203.9)"
	case casefold.Destroyed:
		return "destruction of the record"
	case casefold.DiversionFinished:
		return "end of diversion"
	case casefold.ReliefOtherLaw:
		return "relief under another law"
	}
	return "relief under PC " + string(k)
}
