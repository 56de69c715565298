package normalize

import "github.com/casefold/casefold"

// A fieldID is the place of a field in a plan.
type fieldID uint8

const (
	fName fieldID = iota
	fLast
	fFirst
	fMiddle
	fSuffix
	fAlias
	fMaiden
	fBirth
	fAliasBirth
	fAge
	fSex
	fRace
	fAddress
	fStreetNumber
	fStreet
	fUnit
	fCity
	fState
	fPostal
	fPhone
	fEmail
	fDeceased

	fEventType
	fEventDate
	fAgency
	fAgencyORI
	fCounty
	fCourt
	fCycle
	fStep
	fCaseNumber
	fDefendant
	fRelatedCase
	fBooking
	fArrestNumber
	fArrestDate
	fCustodyFrom
	fCustodyTo
	fComment

	fCount
	fOffenseDate
	fFiledDate
	fPleaDate
	fConvictionDate
	fDispositionDate
	fSentenceDate
	fArrestCharge
	fArrestChargeCode
	fArrestChargeLevel
	fCharge
	fChargeCode
	fChargeLevel
	fChargeQualifiers
	fDisposedCharge
	fDisposedChargeCode
	fDisposedChargeLevel
	fDisposedChargeQualifiers
	fConvictedCharge
	fConvictedChargeCode
	fConvictedChargeLevel
	fConvictedChargeQualifiers
	fChargeText
	fCode
	fPlea
	fDisposition
	fDispositionCode
	fConvictedLevel
	fSentence
	fSentenceKind
	fSentenceLength
	fSentenceUnit
	fJailDays
	fJailMonths
	fPrisonMonths
	fPrisonYears
	fProbationMonths
	fProbationYears
	fFine
	fRelief
	fReliefDate
	fListing
	fGrams
	fPlants

	fieldCount
)

// fieldNames are the fields in the order of their IDs, which is the order of
// casefold.Fields; a test holds the two equal.
var fieldNames = func() (names [fieldCount]casefold.Field) {
	for i, info := range casefold.Fields {
		if i < len(names) {
			names[i] = info.Field
		}
	}
	return names
}()

// fieldByName is the ID of a field.
func fieldByName(f casefold.Field) (fieldID, bool) {
	for i, name := range fieldNames {
		if name == f {
			return fieldID(i), true
		}
	}
	return 0, false
}

// isEvent reports fields of events and counts.
func (f fieldID) isEvent() bool { return f >= fEventType }

// makesEvent reports event fields that tell of an event by themselves. Who acts
// and where may be the same in every row.
func (f fieldID) makesEvent() bool {
	switch f {
	case fAgency, fAgencyORI, fCounty, fCourt, fCode, fSentenceUnit:
		return false
	}
	return f.isEvent()
}
