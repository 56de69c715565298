package report

import "strings"

// plain says the contract's words as people say them.
var plain = map[string]string{
	"dismiss_and_seal":          "dismiss and seal",
	"redesignate_misdemeanor":   "redesignate as a misdemeanor",
	"redesignate_infraction":    "redesignate as an infraction",
	"no_lesser":                 "stays as it is: no lesser offence",
	"felony_stays":              "stays a felony",
	"not_eligible":              "not eligible",
	"not_covered":               "not covered by the law",
	"already_relieved":          "already relieved",
	"review":                    "a person must review",
	"policy_dismiss":            "dismiss by policy",
	"policy_reduce":             "reduce by policy",
	"weak":                      "evidence too weak to join",
	"two_numbers":               "two numbers of one issuer",
	"custody":                   "in custody in two places",
	"after_death":               "events after death",
	"source_denies":             "a source says they are two",
	"same_case_other_defendant": "same case, another defendant",
	"chain":                     "held together only by a chain",
	"not_fileable":              "owed, cannot be filed as it stands",
	"possibly_same":             "may be filed already",
	"rejected":                  "rejected by the clerk",
	"prop64":                    "Proposition 64",
	"prop47":                    "Proposition 47",
	"changed":                   "what it rests on has changed",
}

// Plain is a word of the contract in plain words; others lose their
// underscores.
func Plain(word string) string {
	if p, ok := plain[word]; ok {
		return p
	}
	return strings.ReplaceAll(word, "_", " ")
}
