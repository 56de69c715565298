package casefold

// A Field is what a mapped column means. Fields lists them all.
type Field string

// FieldGroup tells which part of a record a field fills.
type FieldGroup string

const (
	PersonFields FieldGroup = "person"
	EventFields  FieldGroup = "event"
	CountFields  FieldGroup = "count" // event fields that a count group may repeat
)

// A FieldInfo documents a field: docs/contract.md and `casefold check` are made
// from it.
type FieldInfo struct {
	Field Field
	Group FieldGroup
	Doc   string
}

// Fields are all fields a mapping may name, in the order in which they are
// documented.
var Fields = []FieldInfo{
	{"name", PersonFields, "whole name, `LAST, FIRST MIDDLE SUFFIX` or in the order of name_order"},
	{"last_name", PersonFields, "surname; several columns are joined (paternal, maternal)"},
	{"first_name", PersonFields, "first given name"},
	{"middle_name", PersonFields, "further given names or initials"},
	{"suffix", PersonFields, "JR, SR, II ..."},
	{"alias", PersonFields, "another whole name; several columns or several names divided by ; or |"},
	{"maiden_name", PersonFields, "surname before marriage"},
	{"birth_date", PersonFields, "date of birth; several columns are year, month and day, or alternatives"},
	{"alias_birth_date", PersonFields, "another date of birth told"},
	{"age", PersonFields, "age in years on the event's date, else on the extract date"},
	{"sex", PersonFields, ""},
	{"race", PersonFields, "kept to audit errors by subgroup; never match evidence"},
	{"address", PersonFields, "whole address in one column"},
	{"street_number", PersonFields, ""},
	{"street", PersonFields, "street name, or number and name"},
	{"unit", PersonFields, ""},
	{"city", PersonFields, ""},
	{"state", PersonFields, ""},
	{"postal", PersonFields, "ZIP or postal code"},
	{"phone", PersonFields, ""},
	{"email", PersonFields, ""},
	{"deceased", PersonFields, "a date of death, or a yes/no mark"},

	{"event_type", EventFields, "what the row reports: arrest, court action, custody ..."},
	{"event_date", EventFields, "the event's own date"},
	{"agency", EventFields, "name of the agency that reports"},
	{"agency_ori", EventFields, "its nine-character ORI"},
	{"county", EventFields, "county of the agency or court"},
	{"court", EventFields, "name of the court"},
	{"cycle", EventFields, "the source's arrest-cycle number"},
	{"step", EventFields, "the source's step number within the cycle"},
	{"case_number", EventFields, "number of the case; several numbers in one value are told apart"},
	{"defendant", EventFields, "mark or number of the defendant within the case"},
	{"related_case", EventFields, "another number: consolidated into, refiled from, transferred from"},
	{"booking_number", EventFields, ""},
	{"arrest_number", EventFields, "arrest, incident or report number"},
	{"arrest_date", EventFields, "arrest or booking date"},
	{"custody_from", EventFields, "date taken into custody"},
	{"custody_to", EventFields, "date released"},
	{"comment", EventFields, "free text; may carry the real charge or a later change"},

	{"count", CountFields, "number of the count"},
	{"offense_date", CountFields, ""},
	{"filed_date", CountFields, "date the charge was filed"},
	{"plea_date", CountFields, ""},
	{"conviction_date", CountFields, "date of plea or verdict"},
	{"disposition_date", CountFields, ""},
	{"sentence_date", CountFields, ""},
	{"arrest_charge", CountFields, "statute as arrested or booked"},
	{"arrest_charge_code", CountFields, "five-digit CJIS code of it"},
	{"arrest_charge_level", CountFields, ""},
	{"charge", CountFields, "statute as filed, or as the source's only charge"},
	{"charge_code", CountFields, "five-digit CJIS code of it"},
	{"charge_level", CountFields, "F, M, I"},
	{"charge_qualifiers", CountFields, "two-character qualifier codes run together"},
	{"disposed_charge", CountFields, "statute at disposition"},
	{"disposed_charge_code", CountFields, ""},
	{"disposed_charge_level", CountFields, ""},
	{"disposed_charge_qualifiers", CountFields, ""},
	{"convicted_charge", CountFields, "statute of conviction"},
	{"convicted_charge_code", CountFields, ""},
	{"convicted_charge_level", CountFields, ""},
	{"convicted_charge_qualifiers", CountFields, ""},
	{"charge_text", CountFields, "wording of the charge where it stands apart from the statute"},
	{"code", CountFields, "code (HS, PC) where it stands apart from the section"},
	{"plea", CountFields, ""},
	{"disposition", CountFields, "outcome of the count, in words"},
	{"disposition_code", CountFields, ""},
	{"convicted_level", CountFields, "conviction status: felony, misdemeanor, infraction"},
	{"sentence", CountFields, "sentence as text; parts are read from it"},
	{"sentence_kind", CountFields, "jail, prison, probation, fine"},
	{"sentence_length", CountFields, ""},
	{"sentence_unit", CountFields, "D, M, Y or words"},
	{"jail_days", CountFields, ""},
	{"jail_months", CountFields, ""},
	{"prison_months", CountFields, ""},
	{"prison_years", CountFields, ""},
	{"probation_months", CountFields, ""},
	{"probation_years", CountFields, ""},
	{"fine", CountFields, "dollars"},
	{"relief", CountFields, "later relief, reduction, sealing, reversal, in words"},
	{"relief_date", CountFields, ""},
	{"listing", CountFields, "state of the conviction on the HS 11361.9 list: listed, unchallenged, challenged, upheld, not listed"},
	{"grams", CountFields, "quantity in grams as the file tells it"},
	{"plants", CountFields, "number of plants as the file tells it"},
}
