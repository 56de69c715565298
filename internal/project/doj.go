package project

import (
	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/source"
)

// DOJ is the built-in description of the California DOJ's bulk history extract
// (format ca-doj, 95 columns). What the columns mean is told by the header list
// and code of codeforamerica/gogen (MIT) and by doj_columns.csv; columns that
// are not mapped here are the request's echo (REQ_*), separators, and codes
// whose text stands in another column.
//
// CNT_ORDER is twelve digits: three for the cycle, three for the step, three
// for the count and three that tell nothing; the cuts take it apart. Rows with
// the same nine digits are sentence parts of one count.
//
// RECORD_ID is no row key: it may be a constant. `init` maps it where a file's
// values are nearly unique. CYC_AGE is not mapped: what it counts is not known.
func DOJ() casefold.Source {
	return casefold.Source{
		Format:    source.CADOJ,
		Teller:    casefold.TellerState,
		Agency:    casefold.Agency{Name: "CALIFORNIA DEPARTMENT OF JUSTICE", State: "CA", Kind: casefold.StateBureau},
		PersonKey: "SUBJECT_ID",
		Mapping: casefold.Mapping{
			DateOrder:  "ymd",
			NameOrder:  "last_first",
			Fields:     dojFields(),
			Attributes: dojAttributes(),
			Identifiers: []casefold.IdentifierColumn{
				{Column: "CII_NUMBER", Kind: casefold.CII, Issuer: "CA-DOJ", How: casefold.Print},
				{Column: "FBI_NUMBER", Kind: casefold.FBI, Issuer: "FBI", How: casefold.LookUp},
				{Column: "PRI_SSN", Kind: casefold.SSN, Issuer: "US-SSA", How: casefold.Document},
				{Column: "PRI_CDL", Kind: casefold.License, Issuer: "CA-DMV", How: casefold.Document},
				{Column: "PRI_IDN", Kind: casefold.IDCard, Issuer: "CA-DMV", How: casefold.Document},
				{Column: "PRI_INN", Kind: casefold.Inmate, Issuer: "CA-CDCR", How: casefold.LookUp},
			},
		},
	}
}

func dojFields() map[casefold.Field][]string {
	return map[casefold.Field][]string{
		"name":       {"PRI_NAME"},
		"sex":        {"GENDER"},
		"birth_date": {"PRI_DOB"},
		"race":       {"RACE_DESCR"},

		"event_type":     {"STP_TYPE_DESCR"},
		"event_date":     {"STP_EVENT_DATE"},
		"agency":         {"STP_ORI_DESCR"},
		"agency_ori":     {"STP_ORI_CODE"},
		"county":         {"STP_ORI_CNTY_NAME"},
		"cycle":          {"CNT_ORDER[1:3]"},
		"step":           {"CNT_ORDER[4:6]"},
		"count":          {"CNT_ORDER[7:9]"},
		"arrest_date":    {"CYC_DATE"},
		"case_number":    {"FE_NUM_CRT_CASE", "OFN", "FE_NUM_DOCKET"},
		"booking_number": {"FE_NUM_BOOKING"},
		"arrest_number":  {"FE_NUM_ARR_AGY", "FE_NUM_INCIDENT", "FE_NUM_CITE"},
		"comment":        {"COMMENT_TEXT"},

		"disposition_date":            {"DISP_DATE"},
		"charge":                      {"OFFENSE_DESCR"},
		"charge_code":                 {"OFFENSE_CODE"},
		"charge_level":                {"OFFENSE_TOC"},
		"charge_qualifiers":           {"OFFENSE_QUAL_LST"},
		"disposed_charge":             {"DISP_OFFENSE_DESCR"},
		"disposed_charge_code":        {"DISP_OFFENSE_CODE"},
		"disposed_charge_level":       {"DISP_OFFENSE_TOC"},
		"disposed_charge_qualifiers":  {"DISP_OFFENSE_QUAL_LST"},
		"convicted_charge":            {"CONV_OFFENSE_DESCR"},
		"convicted_charge_code":       {"CONV_OFFENSE_CODE"},
		"convicted_charge_level":      {"CONV_OFFENSE_TOC"},
		"convicted_charge_qualifiers": {"CONV_OFFENSE_QUAL_LST"},
		"disposition":                 {"DISP_DESCR"},
		"disposition_code":            {"DISP_CODE"},
		"convicted_level":             {"CONV_STAT_DESCR"},
		"sentence_kind":               {"SENT_LOC_DESCR"},
		"sentence_length":             {"SENT_LENGTH"},
		"sentence_unit":               {"SENT_TIME_CODE"},
	}
}

func dojAttributes() []casefold.AttributeColumn {
	return []casefold.AttributeColumn{
		{Name: "birth_place", Column: "POB_NAME"},
		{Name: "height", Column: "HEIGHT"},
		{Name: "eye_color", Column: "EYE_COLOR_DESCR"},
		{Name: "hair_color", Column: "HAIR_COLOR_DESCR"},
	}
}
