package casefold

import "strings"

// An EventKind is what a row reports as having happened.
type EventKind string

const (
	ArrestEvent       EventKind = "arrest"
	CourtEvent        EventKind = "court"
	FilingEvent       EventKind = "filing"       // a prosecutor's case or decision
	CustodyEvent      EventKind = "custody"      // jail or prison
	SupervisionEvent  EventKind = "supervision"  // probation, parole, PRCS
	RegistrationEvent EventKind = "registration" // such as PC 290
	ApplicantEvent    EventKind = "applicant"    // never criminal
	DeceasedEvent     EventKind = "deceased"
	CommitmentEvent   EventKind = "commitment" // mental health
	ReliefEvent       EventKind = "relief"     // a row that only tells of later relief
	ListingEvent      EventKind = "listing"    // an entry on the HS 11361.9 list, a challenge, an order
	OtherEvent        EventKind = "other"
)

// An Event is what a row says happened in a case: one count of one step. Rows
// that are sentence parts of one count repeat the other fields.
type Event struct {
	Kind     EventKind
	KindText string // verbatim
	Agency   Agency // who reports or acts
	Court    Agency // the court, where it differs from Agency or is told apart
	Date     Date   // the event's own date

	// The source's own hierarchy, verbatim; "" where it has none. Equal
	// (Cycle, Step, Count) within one person key of one source are the same
	// count told in several rows.
	Cycle, Step, Count string

	Cases    []CaseNumber // numbers of this case; the first is the main one
	Related  []CaseNumber // other numbers named: consolidated into, refiled from, transferred from
	Bookings []string     // normalized booking numbers
	Arrests  []string     // normalized arrest, incident and report numbers

	ArrestDate, OffenseDate, FiledDate, PleaDate  Date
	ConvictionDate, DispositionDate, SentenceDate Date
	CustodyFrom, CustodyTo                        Date
	Arrested, Filed, Disposed, Convicted          *Offense // nil = not told
	Disposition                                   Disposition
	ConvictedLevel                                Level // conviction status as told
	Plea                                          string
	Sentence                                      []SentencePart
	Relief                                        []Relief // later events told in this row
	Listing                                       Listing
	Comment                                       string // verbatim
	Grams, Plants                                 string // quantity as told, "" unknown
}

// An AgencyKind is what sort of agency acts.
type AgencyKind string

const (
	Police         AgencyKind = "police"
	Sheriff        AgencyKind = "sheriff"
	SuperiorCourt  AgencyKind = "superior_court"
	MunicipalCourt AgencyKind = "municipal_court"
	JusticeCourt   AgencyKind = "justice_court"
	JuvenileCourt  AgencyKind = "juvenile_court"
	FederalCourt   AgencyKind = "federal_court"
	OtherCourt     AgencyKind = "other_court" // another state's, military, tribal
	Prosecutor     AgencyKind = "prosecutor"
	CityAttorney   AgencyKind = "city_attorney"
	Probation      AgencyKind = "probation"
	Prison         AgencyKind = "prison"
	StateBureau    AgencyKind = "state_bureau"
	OtherAgency    AgencyKind = "other"
)

// IsCourt reports whether the agency hears cases.
func (k AgencyKind) IsCourt() bool {
	switch k {
	case SuperiorCourt, MunicipalCourt, JusticeCourt, JuvenileCourt, FederalCourt, OtherCourt:
		return true
	}
	return false
}

// An Agency is a police force, court, prosecutor or other body. County is in
// the form of the place tables: upper case, no trailing blanks ("SACRAMENTO").
type Agency struct {
	ORI      string     `json:"ori,omitempty"`
	Name     string     `json:"name,omitempty"` // normalized: "SACRAMENTO SUPERIOR COURT"
	Verbatim string     `json:"verbatim,omitempty"`
	County   string     `json:"county,omitempty"`
	State    string     `json:"state,omitempty"` // "CA" unless told otherwise
	Kind     AgencyKind `json:"kind,omitempty"`
}

// CourtFamily groups the courts whose files one court now keeps: the
// municipal, justice and superior courts of a county are one family. The
// juvenile court is a family of its own. "" if no court or county is known.
func (a Agency) CourtFamily() string {
	if !a.Kind.IsCourt() {
		return ""
	}
	switch a.Kind {
	case SuperiorCourt, MunicipalCourt, JusticeCourt:
		if a.County == "" {
			return ""
		}
		return "CASC " + a.County
	case JuvenileCourt:
		return "CAJV " + a.County
	case FederalCourt:
		return "US " + a.Name
	}
	return a.State + " " + a.Name
}

// A CaseNumber is a court's or agency's number of a case. Family and Key are
// what is compared; Defendant is the mark that tells co-defendants apart.
type CaseNumber struct {
	Verbatim  string `json:"verbatim"`
	Family    string `json:"family,omitempty"` // court family, "" unknown
	Key       string `json:"key"`              // normalized: prefix, year, sequence
	Defendant string `json:"defendant,omitempty"`
}

// A Statute names a crime: code, section and subdivision path, with an
// inchoate layer around it. Its String is the contract's form.
type Statute struct {
	Code     string `json:"code"`               // HS, PC, VC, BP, WI, US ...; "" not told
	Section  string `json:"section"`            // "11357", "288A", "653F", "12022.53"
	Path     string `json:"path,omitempty"`     // "(a)(2)", lower case letters
	Inchoate string `json:"inchoate,omitempty"` // "664", "182(a)(1)", "32", "653f": a PC section, or "21 USC 846"
}

// String is "HS 11357(a)" or "PC 664/HS 11359"; "" for the zero Statute.
func (s Statute) String() string {
	if s.Section == "" {
		return ""
	}
	out := s.Section + s.Path
	if s.Code != "" {
		out = s.Code + " " + out
	}
	switch {
	case s.Inchoate == "":
		return out
	case strings.Contains(s.Inchoate, " "): // 21 USC 846
		return s.Inchoate + "/" + out
	}
	return "PC " + s.Inchoate + "/" + out
}

// An OffenseOrigin tells what an offence was read from, best first.
type OffenseOrigin string

const (
	FromCode    OffenseOrigin = "code"    // the five-digit CJIS code
	FromText    OffenseOrigin = "text"    // the statute text
	FromComment OffenseOrigin = "comment" // a comment: low confidence
)

// An Offense is a charge: its statute, level and qualifiers. Offenses are
// shared between records and never changed.
type Offense struct {
	Statute
	Also       []Statute     `json:"also,omitempty"` // further sections of a compound charge
	Verbatim   string        `json:"verbatim,omitempty"`
	CJIS       string        `json:"cjis,omitempty"`       // five digits
	Level      Level         `json:"level,omitempty"`      // as told with this charge
	Qualifiers []string      `json:"qualifiers,omitempty"` // two-character codes, order as told
	Origin     OffenseOrigin `json:"origin,omitempty"`
	Parsed     bool          `json:"parsed,omitempty"` // false: text that did not parse, kept verbatim
	// InForce bounds the offence date by the code's own dates, if the table
	// knows them.
	InForce Date `json:"in_force,omitzero"`
}

// A Level is how grave a count is.
type Level string

const (
	Felony       Level = "felony"
	Misdemeanor  Level = "misdemeanor"
	Infraction   Level = "infraction"
	LevelUnknown Level = "" // printed as "unknown"
)

// String is the level's word; "unknown" for LevelUnknown.
func (l Level) String() string {
	if l == LevelUnknown {
		return "unknown"
	}
	return string(l)
}

// A DispositionStatus is the normalized outcome of a count.
type DispositionStatus string

const (
	NoDisposition     DispositionStatus = ""             // none told: unknown, never a dismissal
	Convicted         DispositionStatus = "convicted"    // plea or verdict of guilty
	DispDismissed     DispositionStatus = "dismissed"    // not convicted of this count
	Acquitted         DispositionStatus = "acquitted"    //
	Declined          DispositionStatus = "declined"     // prosecutor rejected
	Released          DispositionStatus = "released"     // police released, no charge
	DetentionOnly     DispositionStatus = "detention"    // 849.5, detention only
	Exonerated        DispositionStatus = "exonerated"   //
	DiversionOpen     DispositionStatus = "diversion"    // open, or its end not told
	DiversionDone     DispositionStatus = "diverted"     // completed and dismissed
	Combined          DispositionStatus = "combined"     // see another case
	Refiled           DispositionStatus = "refiled"      // dismissed and filed anew, see another case
	Transferred       DispositionStatus = "transferred"  // turned over, not final
	AsRevocation      DispositionStatus = "revocation"   // handled as a violation, no conviction here
	JuvenileTransfer  DispositionStatus = "to_juvenile"  //
	JuvenileSustained DispositionStatus = "adjudicated"  // juvenile petition sustained
	NotGuiltyInsane   DispositionStatus = "insanity"     //
	Abated            DispositionStatus = "abated"       // death of the defendant
	Pending           DispositionStatus = "pending"      // mistrial, suspended, warrant
	Unrecognized      DispositionStatus = "unrecognized" // text that is not understood
)

// A Disposition is the outcome of a count as a row tells it.
type Disposition struct {
	Status   DispositionStatus `json:"status,omitempty"`
	Verbatim string            `json:"verbatim,omitempty"`
	Code     string            `json:"code,omitempty"`
}

// A SentenceKind is what a part of a sentence is.
type SentenceKind string

const (
	Jail           SentenceKind = "jail"
	PrisonTerm     SentenceKind = "prison"
	CountyPrison   SentenceKind = "county_prison" // PC 1170(h)
	ProbationTerm  SentenceKind = "probation"
	MandatorySup   SentenceKind = "mandatory_supervision"
	Parole         SentenceKind = "parole"
	Fine           SentenceKind = "fine"
	Life           SentenceKind = "life"
	Death          SentenceKind = "death"
	YouthAuthority SentenceKind = "youth_authority"
	Suspended      SentenceKind = "suspended"
	TimeServed     SentenceKind = "time_served"
	OtherSentence  SentenceKind = "other"
)

// A SentencePart is one part of a sentence. Length counts Unit; zero is
// unknown. A fine's Length is whole dollars with Unit "".
type SentencePart struct {
	Kind     SentenceKind `json:"kind"`
	Length   int          `json:"length,omitempty"`
	Unit     string       `json:"unit,omitempty"` // D, M, Y
	Verbatim string       `json:"verbatim,omitempty"`
}

// A ReliefKind is a later event that changes what a conviction is or how it
// may be used. Kinds differ in law and are never merged.
type ReliefKind string

const (
	ReliefProp64      ReliefKind = "prop64"       // 11361.8 or 11361.9
	ReliefProp47      ReliefKind = "prop47"       // 1170.18
	Relief17b         ReliefKind = "17b"          // 17(b)
	ReliefReduced     ReliefKind = "reduced"      // reduced to misdemeanor, law not told
	Relief12034       ReliefKind = "1203.4"       //
	Relief12034a      ReliefKind = "1203.4a"      //
	Relief120341      ReliefKind = "1203.41"      //
	Relief120342      ReliefKind = "1203.42"      //
	Relief120343      ReliefKind = "1203.43"      //
	Relief1203425     ReliefKind = "1203.425"     // automatic
	Relief120349      ReliefKind = "1203.49"      //
	ReliefOtherLaw    ReliefKind = "other"        // 1170.9, 1210.1, 3200 WI ...
	SealedInnocent    ReliefKind = "sealed_851.8" // factual innocence
	Sealed            ReliefKind = "sealed"       //
	Reversed          ReliefKind = "reversed"     // on appeal
	Vacated           ReliefKind = "vacated"      // sentence or conviction vacated: check
	Dismissed1385     ReliefKind = "dismissed_1385"
	DismissedUnknown  ReliefKind = "dismissed" // dismissed after conviction, law not told
	Resentenced       ReliefKind = "resentenced"
	SentenceModified  ReliefKind = "sentence_modified" // terms changed, conviction untouched
	Revoked           ReliefKind = "revoked"           // supervision revoked or reinstated
	SupervisionEnded  ReliefKind = "ended_early"       // 1203.3
	SupervisionMoved  ReliefKind = "transferred"       // 1203.9
	Destroyed         ReliefKind = "destroyed"         // 11361.5 or an order
	DiversionFinished ReliefKind = "diversion_finished"
)

// A Relief is a later event as a row tells it.
type Relief struct {
	Kind     ReliefKind `json:"kind"`
	Date     Date       `json:"date,omitzero"`
	ToLevel  Level      `json:"to_level,omitempty"`
	Law      string     `json:"law,omitempty"` // section named in the text
	Verbatim string     `json:"verbatim,omitempty"`
}

// A Listing is what a row says about the state's list under HS 11361.9.
type Listing string

const (
	ListingNotTold     Listing = ""
	Listed             Listing = "listed" // on the list, challenge not told
	ListedUnchallenged Listing = "unchallenged"
	Challenged         Listing = "challenged" // outcome of the challenge not told
	ChallengeUpheld    Listing = "upheld"
	NotListed          Listing = "not_listed"
)
