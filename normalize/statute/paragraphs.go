package statute

// paragraphs are numbers in which the point stands for the parentheses of a
// numbered paragraph: 314.1 PC is section 314, paragraph 1, and no section
// "314.1" has ever been law. The state's offence table and rap sheets write
// them so. Sections of the Penal Code as it stood when the number was in use;
// found by comparing the offence table with the code's own numbering.
var paragraphs = map[string]bool{
	"PC 314.1": true, "PC 314.2": true,
	"PC 487.1": true, "PC 487.2": true, "PC 487.3": true,
	"PC 496.1": true, "PC 496.2": true, "PC 496.3": true,
	"PC 192.1": true, "PC 192.2": true, "PC 192.3": true,
	"PC 182.1": true, "PC 182.2": true, "PC 182.3": true, "PC 182.4": true,
	"PC 148.2.1": true, "PC 148.2.2": true, "PC 148.2.3": true, "PC 148.2.4": true,
	"PC 415.1": true, "PC 415.2": true, "PC 415.3": true,
	"PC 337A.1": true, "PC 337A.2": true, "PC 337A.3": true, "PC 337A.4": true, "PC 337A.5": true, "PC 337A.6": true,
	"PC 640A.1": true, "PC 640A.2": true, "PC 640B.1": true, "PC 640B.2": true,
	"PC 261.1": true, "PC 261.2": true, "PC 261.3": true, "PC 261.4": true,
	"PC 461.1": true, "PC 461.2": true,
	"PC 519.1": true, "PC 519.2": true, "PC 519.3": true, "PC 519.4": true, "PC 519.5": true,
	"PC 529.1": true, "PC 529.2": true, "PC 529.3": true,
}

// moreSections are sections that charges and comments name and the offence
// table does not hold, because they are enhancements, procedure or relief. Only
// what parsing needs stands here: numbers with a letter of their own, and
// numbers met without their code.
var moreSections = []string{
	"PC 1203.4A", "PC 1203.2A", "PC 12022.1", "PC 12022.2", "PC 12022.55", "PC 12022.6", "PC 12022.75", "PC 12022.85",
	"PC 12022.9", "PC 667.61", "PC 667.7", "PC 667.71", "PC 667.75", "PC 1170.12", "PC 1170.18", "PC 1203.4", "PC 1203.41", "PC 1203.42", "PC 1203.43",
	"PC 1203.425", "PC 1203.49", "PC 1203.9", "PC 1203.3", "PC 1385", "HS 11361.8", "HS 11361.9", "HS 11370.4", "HS 11356.5",
}

// ownAttempts are sections whose own definition holds an attempt though the
// table's short wording does not say so.
var ownAttempts = []string{"PC 455", "PC 4530", "PC 4532", "PC 107", "PC 69"}
