package relief_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/relief"
)

// odd takes facts away from histories and adds events, kinds and registrations,
// so that laws are held on what is missing and contradictory.
func odd(histories []casefold.History, seed uint64) []casefold.History {
	r := rand.New(rand.NewPCG(seed, 3))
	kinds := []casefold.ReliefKind{casefold.ReliefProp64, casefold.Relief17b, casefold.ReliefReduced, casefold.Sealed,
		casefold.Dismissed1385, casefold.ReliefProp47, casefold.Revoked, casefold.SupervisionMoved}
	for i := range histories {
		h := &histories[i]
		if r.IntN(5) == 0 {
			h.Birth = casefold.Fact[casefold.Date]{}
		}
		if r.IntN(6) == 0 {
			h.Registrations = []casefold.Registration{{Statute: casefold.Statute{Code: "PC", Section: "290"}}}
		}
		for j := range h.Convictions {
			c := &h.Convictions[j]
			switch r.IntN(14) {
			case 0:
				c.Level, c.LevelAtEntry = casefold.Fact[casefold.Level]{}, casefold.Fact[casefold.Level]{}
			case 1:
				c.Events = append(c.Events, casefold.LaterEvent{Relief: casefold.Relief{Kind: kinds[r.IntN(len(kinds))], Date: casefold.YearOnly(2010 + r.IntN(12))}})
			case 2:
				c.OffenseDate = casefold.Fact[casefold.Date]{}
			case 3:
				c.Kind = []casefold.ConvictionKind{casefold.Juvenile, casefold.OtherState, casefold.FederalConvict, casefold.InferredByMarker}[r.IntN(4)]
			case 4:
				c.ConvictionDate = casefold.Fact[casefold.Date]{}
			case 5:
				c.Plants = casefold.Fact[string]{Value: []string{"4", "40", "SOME"}[r.IntN(3)], Status: casefold.FactKnown}
			case 6:
				c.Grams = casefold.Fact[string]{Value: []string{"4", "40", "?"}[r.IntN(3)], Status: casefold.FactKnown}
			case 7:
				c.Listing = casefold.Fact[casefold.Listing]{Value: []casefold.Listing{casefold.Listed, casefold.ListedUnchallenged, casefold.NotListed, casefold.ChallengeUpheld}[r.IntN(4)], Status: casefold.FactKnown}
			case 8:
				c.Reversed = casefold.Unknown
			}
		}
	}
	return histories
}

// TestMemoryDoesNotMatter: a decider that has decided thousands of others
// answers as a fresh one does.
func TestMemoryDoesNotMatter(t *testing.T) {
	for _, name := range []string{"prop64", "prop47"} {
		law := load(t, name)
		shared := law.Decider(benchContext)
		histories := odd(county(3000), 1)
		for i := range histories {
			shared.Decide(&histories[i])
		}
		for i := range histories[:150] {
			if diff := cmp.Diff(law.Decide(&histories[i], benchContext), shared.Decide(&histories[i])); diff != "" {
				t.Fatalf("%s, history %d: a fresh decider and a used one differ:\n%s", name, i, diff)
			}
		}
	}
}

// TestOrderDoesNotMatter: the order in which a history lists its convictions
// changes no determination.
func TestOrderDoesNotMatter(t *testing.T) {
	law := load(t, "prop64")
	d := law.Decider(benchContext)
	r := rand.New(rand.NewPCG(5, 6))
	histories := odd(county(2000), 2)
	for i := range histories {
		h := &histories[i]
		before := d.Decide(h)
		r.Shuffle(len(h.Convictions), func(a, b int) { h.Convictions[a], h.Convictions[b] = h.Convictions[b], h.Convictions[a] })
		after := map[string]relief.Determination{}
		for _, x := range d.Decide(h) {
			after[x.ConvictionID] = x
		}
		for _, x := range before {
			if y := after[x.ConvictionID]; x.Outcome != y.Outcome || x.Route != y.Route || x.Fileable != y.Fileable {
				t.Fatalf("history %d: %s is %s in one order and %s in another", i, x.ConvictionID, x.Outcome, y.Outcome)
			}
		}
	}
}

// TestDecidedIsDecided: what is decided while a fact is missing is decided alike
// with every value the fact can take. (Facts that a section presumes are not
// among them: there the presumption decides.)
func TestDecidedIsDecided(t *testing.T) {
	for _, name := range []string{"prop64", "prop47"} {
		law := load(t, name)
		d := law.Decider(benchContext)
		histories := odd(county(1200), 4)
		tried := 0
		for i := range histories {
			h := &histories[i]
			before := d.Decide(h)
			tried += completeBirth(t, d, h, before) + completeListing(t, d, h, before)
		}
		if tried < 1000 {
			t.Errorf("%s: only %d completions were tried", name, tried)
		}
	}
}

// completeBirth tries birth dates that make a child, a youth and an adult.
func completeBirth(t *testing.T, d *relief.Decider, h *casefold.History, before []relief.Determination) (tried int) {
	if h.Birth.Status != casefold.FactUnknown {
		return 0
	}
	for _, year := range []int{1930, 1960, 1975, 1985, 1990} {
		h.Birth = casefold.Fact[casefold.Date]{Value: casefold.On(casefold.MakeDay(year, 7, 1)), Status: casefold.FactKnown}
		tried += held(t, "birth date", before, d.Decide(h))
	}
	h.Birth = casefold.Fact[casefold.Date]{}
	return tried
}

func completeListing(t *testing.T, d *relief.Decider, h *casefold.History, before []relief.Determination) (tried int) {
	for i := range h.Convictions {
		c := &h.Convictions[i]
		if c.Listing.Status != casefold.FactUnknown {
			continue
		}
		for _, l := range []casefold.Listing{casefold.ListedUnchallenged, casefold.NotListed, casefold.ChallengeUpheld} {
			c.Listing = casefold.Fact[casefold.Listing]{Value: l, Status: casefold.FactKnown}
			tried += held(t, "listing", before, d.Decide(h))
		}
		c.Listing = casefold.Fact[casefold.Listing]{}
	}
	return tried
}

func held(t *testing.T, fact string, before, after []relief.Determination) int {
	n := 0
	for i := range before {
		if before[i].Outcome == relief.Review {
			continue
		}
		n++
		if before[i].Outcome != after[i].Outcome {
			t.Fatalf("%s was %s without the %s and is %s with it: %s", before[i].ConvictionID, before[i].Outcome, fact, after[i].Outcome, before[i].Reason)
		}
	}
	return n
}

// width orders outcomes by how much they give.
var width = map[relief.Outcome]int{relief.RedesignateMisdemeanor: 1, relief.PolicyReduce: 1,
	relief.RedesignateInfraction: 2, relief.PolicyDismiss: 3, relief.DismissAndSeal: 3}

// TestPoliciesOnlyWiden: no policy gives less than the law, and its answer
// begins with the law's own word.
func TestPoliciesOnlyWiden(t *testing.T) {
	law := load(t, "prop64")
	histories := odd(county(500), 7)
	plain := law.Decider(benchContext)
	for name, policy := range loadPolicies(t, law) {
		ctx := benchContext
		ctx.Policy = policy
		ctx.Sources = slices.Clone(ctx.Sources)
		ctx.Sources[0].AuthoritativeFor = []casefold.Coverage{{Question: casefold.AboutConvictions}}
		with := law.Decider(ctx)
		base := benchContext
		base.Sources = ctx.Sources
		plain = law.Decider(base)
		granted := 0
		for i := range histories {
			a, b := plain.Decide(&histories[i]), with.Decide(&histories[i])
			for j := range a {
				if b[j].LawOutcome != a[j].Outcome {
					t.Fatalf("%s: the law's own word %s became %s", name, a[j].Outcome, b[j].LawOutcome)
				}
				if a[j].Outcome.Owed() && width[b[j].Outcome] < width[a[j].Outcome] {
					t.Fatalf("%s gives %s where the law gives %s", name, b[j].Outcome, a[j].Outcome)
				}
				if b[j].Outcome != relief.PolicyDismiss && b[j].Outcome != relief.PolicyReduce {
					continue
				}
				granted++
				if word := string(b[j].LawOutcome) + ":"; len(b[j].Reason) < len(word) || b[j].Reason[:len(word)] != word || b[j].Route != relief.RouteOwn {
					t.Fatalf("%s: the reason %q does not begin with the law's word", name, b[j].Reason)
				}
			}
		}
		if granted == 0 {
			t.Errorf("%s granted nothing", name)
		}
	}
}

// TestEveryDeterminationIsWhole: each conviction gets one determination, a
// review names what would decide, only what is owed and ours can be filed.
func TestEveryDeterminationIsWhole(t *testing.T) {
	for _, name := range []string{"prop64", "prop47"} {
		law := load(t, name)
		d := law.Decider(benchContext)
		histories := odd(county(4000), 9)
		for i := range histories {
			h := &histories[i]
			want := 0
			for j := range h.Convictions {
				if relief.Determined(&h.Convictions[j]) {
					want++
				}
			}
			got := d.Decide(h)
			if len(got) != want {
				t.Fatalf("%d convictions, %d determinations", want, len(got))
			}
			for _, x := range got {
				switch {
				case !slices.Contains(relief.Outcomes, x.Outcome):
					t.Fatalf("the outcome %q is no word of the contract", x.Outcome)
				case x.Outcome == relief.Review && len(x.Needs) == 0:
					t.Fatalf("a review names nothing: %s", x.Reason)
				case x.Fileable == casefold.True && (!x.Outcome.Owed() || x.Ours != casefold.True || x.Route == relief.RouteJuvenile):
					t.Fatalf("fileable: %s, ours %s, route %s", x.Outcome, x.Ours, x.Route)
				case x.Route != relief.RouteJuvenile && x.Outcome.Owed() == (x.Route == relief.RouteNone):
					t.Fatalf("%s by route %s", x.Outcome, x.Route)
				case x.Reason == "" || x.Citation == "":
					t.Fatalf("%s without reason or citation", x.Outcome)
				}
			}
		}
	}
}
