package statute

import (
	"github.com/casefold/casefold"
	"github.com/casefold/casefold/normalize/text"
)

// Level reads how grave a charge is: a letter (F, M, I), a word in full or cut
// short, or the graded letters of other systems (F1, M2). Anything else,
// wobblers and the table's N and X among them, is not told.
func Level(s string) casefold.Level { return levelOf(text.Upper(s)) }

func levelOf(folded string) casefold.Level {
	switch folded {
	case "F", "FEL", "FEL.", "FELONY", "FELONIES", "FELONIOUS", "FLNY", "FE", "F1", "F2", "F3", "F4", "F5",
		"(F)", "FELONY CONVICTION", "F-FELONY", "F - FELONY", "FELONY (F)", "CONV STATUS:FELONY":
		return casefold.Felony
	case "M", "MIS", "MISD", "MISD.", "MISDEMEANOR", "MISDEMEANOUR", "MISDEMEANORS", "MISDEMENOR", "MSD", "MI", "MM", "M1", "M2", "M3",
		"(M)", "MISDEMEANOR CONVICTION", "M-MISDEMEANOR", "M - MISDEMEANOR", "MISDEMEANOR (M)", "CONV STATUS:MISDEMEANOR":
		return casefold.Misdemeanor
	case "I", "INF", "INF.", "INFR", "INFRACTION", "INFRACTIONS", "(I)", "I-INFRACTION", "I - INFRACTION",
		"INFRACTION (I)", "IN", "CONV STATUS:INFRACTION":
		return casefold.Infraction
	}
	return casefold.LevelUnknown
}
