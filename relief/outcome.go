package relief

// An Outcome is the law's or the policy's answer about one conviction: the
// contract's words.
type Outcome string

const (
	DismissAndSeal         Outcome = "dismiss_and_seal"
	RedesignateMisdemeanor Outcome = "redesignate_misdemeanor"
	RedesignateInfraction  Outcome = "redesignate_infraction"
	NoLesser               Outcome = "no_lesser"
	FelonyStays            Outcome = "felony_stays"
	NotEligible            Outcome = "not_eligible"
	NotCovered             Outcome = "not_covered"
	AlreadyRelieved        Outcome = "already_relieved"
	Review                 Outcome = "review"
	PolicyDismiss          Outcome = "policy_dismiss"
	PolicyReduce           Outcome = "policy_reduce"

	// NoConviction is no exported word: the conviction was undone, so there is
	// nothing to determine.
	NoConviction Outcome = "no_conviction"
)

// Outcomes lists the words of the contract in its order.
var Outcomes = []Outcome{DismissAndSeal, RedesignateMisdemeanor, RedesignateInfraction, NoLesser,
	FelonyStays, NotEligible, NotCovered, AlreadyRelieved, Review, PolicyDismiss, PolicyReduce}

// Owed reports whether a filing follows from the outcome.
func (o Outcome) Owed() bool {
	switch o {
	case DismissAndSeal, RedesignateMisdemeanor, RedesignateInfraction, PolicyDismiss, PolicyReduce:
		return true
	}
	return false
}

// Denial reports whether the outcome denies what the section could give: a
// person confirms it.
func (o Outcome) Denial() bool { return o == FelonyStays || o == NotEligible }

func outcomeNames() []string {
	var out []string
	for _, o := range Outcomes {
		out = append(out, string(o))
	}
	return append(out, string(NoConviction), string(NoGrant))
}
