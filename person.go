package casefold

// A Decision is a person's verdict on two rows: same person or not. Decisions
// are kept for good and read by every later run.
type Decision struct {
	A, B Teller
	Same bool
	By   string
	Note string
	At   string // RFC 3339, given by the caller
}

// A LinkReason says why two persons are a possible link and not one person.
type LinkReason string

const (
	LinkWeak         LinkReason = "weak"          // not strong enough
	LinkTwoNumbers   LinkReason = "two_numbers"   // two numbers of one issuer
	LinkCustody      LinkReason = "custody"       // in custody at two places at once
	LinkAfterDeath   LinkReason = "after_death"   // events after death
	LinkSourceDenies LinkReason = "source_denies" // a source swears they are two
	LinkOtherAccused LinkReason = "same_case_other_defendant"
	LinkChain        LinkReason = "chain" // held together only by a chain
)

// A PossibleLink is an edge between two persons, A < B, with the weight of its
// strongest pair of mentions in thousandths of a bit.
type PossibleLink struct {
	A, B   string
	Weight int64
	Reason LinkReason
	// RowA and RowB are the rows of that pair, for `casefold explain`.
	RowA, RowB Teller
}

// Bits prints thousandths of a bit with three decimals, as all exports do.
func Bits(milli int64) string {
	sign := ""
	if milli < 0 {
		sign, milli = "-", -milli
	}
	frac := [3]byte{byte('0' + milli/100%10), byte('0' + milli/10%10), byte('0' + milli%10)}
	return sign + itoa(milli/1000) + "." + string(frac[:])
}

func itoa(n int64) string {
	if n == 0 {
		return "0"
	}
	var b [20]byte
	i := len(b)
	for ; n > 0; n /= 10 {
		i--
		b[i] = byte('0' + n%10)
	}
	return string(b[i:])
}
