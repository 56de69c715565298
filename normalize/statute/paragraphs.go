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
