package casefold

// A FactStatus tells how far a fact can be relied on.
type FactStatus string

const (
	FactUnknown     FactStatus = ""            // nobody tells it
	FactKnown       FactStatus = "known"       // told, and no prevailing teller contradicts
	FactPresumed    FactStatus = "presumed"    // not told; presumed on the basis named in Why
	FactConflicting FactStatus = "conflicting" // tellers of equal standing contradict
)

// A Fact is a value with its standing and its witnesses. Where the status is
// conflicting, Value is the one of the teller that would prevail and Others are
// the rest; nothing is averaged.
type Fact[T any] struct {
	Value   T          `json:"value,omitzero"`
	Status  FactStatus `json:"status,omitempty"`
	Tellers []Teller   `json:"tellers,omitempty"` // sorted
	Others  []Told[T]  `json:"others,omitempty"`
	Why     string     `json:"why,omitempty"` // basis of a presumption or precedence
}

// Told is one teller's version of a fact.
type Told[T any] struct {
	Value   T        `json:"value"`
	Tellers []Teller `json:"tellers"`
}

// Known reports whether the value may be used as told: known, not presumed and
// not conflicting.
func (f Fact[T]) Known() bool { return f.Status == FactKnown }

// Usable reports whether there is a single value: known or presumed.
func (f Fact[T]) Usable() bool { return f.Status == FactKnown || f.Status == FactPresumed }

// IsZero lets encoding/json's omitzero leave untold facts out.
func (f Fact[T]) IsZero() bool { return f.Status == FactUnknown && f.Others == nil }

// A History is everything known of one person, in order of time.
type History struct {
	PersonID string `json:"person_id"`

	Names       []Told[Name]       `json:"names"` // every variant, most told first
	Birth       Fact[Date]         `json:"birth,omitzero"`
	Births      []Told[Date]       `json:"births,omitempty"` // every variant
	Sex         Fact[Sex]          `json:"sex,omitzero"`
	Race        Fact[string]       `json:"race,omitzero"` // for audits only
	Identifiers []Told[Identifier] `json:"identifiers,omitempty"`
	Deceased    Fact[Date]         `json:"deceased,omitzero"` // status known with unknown Value: dead, date not told

	Cycles        []Cycle        `json:"cycles,omitempty"` // by date
	Cases         []Case         `json:"cases,omitempty"`  // by first date, then key
	Convictions   []Conviction   `json:"convictions,omitempty"`
	Registrations []Registration `json:"registrations,omitempty"`
	Custody       []Stay         `json:"custody,omitempty"`
	Supervision   []Stay         `json:"supervision,omitempty"`
	Deaths        []Told[Date]   `json:"deaths,omitempty"`
	Gaps          []Gap          `json:"gaps,omitempty"`
	Findings      []Finding      `json:"findings,omitempty"`
	Tellers       []Teller       `json:"tellers"` // every row, sorted
}

// A Cycle is one arrest or comparable start and what followed it.
type Cycle struct {
	Date    Date     `json:"date,omitzero"`
	Agency  Agency   `json:"agency,omitzero"`
	Arrests []Count  `json:"arrests,omitempty"` // counts as arrested
	Cases   []int    `json:"cases,omitempty"`   // indexes into History.Cases
	Tellers []Teller `json:"tellers"`
}

// A Case is one court file of the person, whatever numbers it has had.
type Case struct {
	Court   Fact[Agency] `json:"court,omitzero"`
	Numbers []CaseNumber `json:"numbers,omitempty"` // every number told, main one first
	Filed   Fact[Date]   `json:"filed,omitzero"`
	Counts  []Count      `json:"counts"`
	Tellers []Teller     `json:"tellers"`
}

// A Count is one accusation and its outcome as all tellers together tell it.
// A count that ended in a conviction points to it.
type Count struct {
	Number      string            `json:"number,omitempty"`
	Offense     *Offense          `json:"offense,omitempty"`
	Disposition Fact[Disposition] `json:"disposition,omitzero"`
	Date        Date              `json:"date,omitzero"`
	Conviction  int               `json:"conviction"` // index into History.Convictions, -1 none
	Tellers     []Teller          `json:"tellers"`
}

// ConvictionKind tells convictions a California adult court can change from
// those that stay in the history only.
type ConvictionKind string

const (
	AdultConviction  ConvictionKind = "adult"
	Juvenile         ConvictionKind = "juvenile" // an adjudication
	FederalConvict   ConvictionKind = "federal"
	OtherState       ConvictionKind = "other_state" // other state, military, tribal
	InferredByMarker ConvictionKind = "inferred"    // known from a prior-marker qualifier only
)

// A Conviction is one count of which the person was found guilty, told once
// however many agencies tell of it.
type Conviction struct {
	ID       string         `json:"conviction_id"`
	PersonID string         `json:"person_id"`
	Kind     ConvictionKind `json:"kind"`

	Court      Fact[Agency]  `json:"court,omitzero"`       // court of record; its County decides whose it is
	CaseNumber Fact[string]  `json:"case_number,omitzero"` // verbatim of the prevailing teller
	Numbers    []CaseNumber  `json:"numbers,omitempty"`    // every key it was ever told under
	Related    []CaseNumber  `json:"related,omitempty"`    // numbers of other files that its rows name: the municipal court's, the one consolidated into
	Count      Fact[string]  `json:"count,omitzero"`
	Offense    Fact[Offense] `json:"offense,omitzero"` // of which convicted
	Filed      Fact[Offense] `json:"filed,omitzero"`
	Arrested   Fact[Offense] `json:"arrested,omitzero"`

	Level        Fact[Level] `json:"level,omitzero"`          // as it now stands
	LevelAtEntry Fact[Level] `json:"level_at_entry,omitzero"` // as convicted

	ArrestDate     Fact[Date] `json:"arrest_date,omitzero"`
	OffenseDate    Fact[Date] `json:"offense_date,omitzero"` // presumed interval where no row tells it
	FiledDate      Fact[Date] `json:"filed_date,omitzero"`   // when the charge was brought
	PleaDate       Fact[Date] `json:"plea_date,omitzero"`
	ConvictionDate Fact[Date] `json:"conviction_date,omitzero"`
	SentenceDate   Fact[Date] `json:"sentence_date,omitzero"`

	Disposition Fact[Disposition] `json:"disposition,omitzero"`
	Sentence    []SentencePart    `json:"sentence,omitempty"`
	SentenceEnd Fact[Date]        `json:"sentence_end,omitzero"` // estimate: longest part from the sentence date

	Events  []LaterEvent  `json:"events,omitempty"` // by date
	Listing Fact[Listing] `json:"listing,omitzero"`
	Grams   Fact[string]  `json:"grams,omitzero"`
	Plants  Fact[string]  `json:"plants,omitzero"`

	// Reversed: yes where a reversal or a vacated conviction is proved; unknown
	// where an event may have undone it (a dismissal after conviction with no
	// law named).
	Reversed Truth `json:"reversed"`

	Cycle        int      `json:"cycle"`                   // index into History.Cycles, -1 none
	Case         int      `json:"case"`                    // index into History.Cases, -1 for an inferred one
	PossiblySame []string `json:"possibly_same,omitempty"` // conviction IDs, sorted
	Beside       []Twin   `json:"beside,omitempty"`        // of those, what is told under other persons
	Tellers      []Teller `json:"tellers"`                 // sorted
	// Caption is what a motion quotes: set only if a court of record or the
	// state's court step tells it.
	Caption Caption `json:"caption,omitzero"`
}

// A Twin is what may be the same conviction, told under another person that has
// its name or a number of its person: what happened to it may have happened to
// this one.
type Twin struct {
	ID      string        `json:"conviction_id"`
	Listing Fact[Listing] `json:"listing,omitzero"`
	Events  []LaterEvent  `json:"events,omitempty"`
}

// A LaterEvent is something that happened to a conviction afterwards.
type LaterEvent struct {
	Relief
	Tellers []Teller `json:"tellers"`
}

// A Caption is the name, birth date and number of a motion, verbatim from one
// teller.
type Caption struct {
	From       TellerKind `json:"from,omitempty"` // court, or state (marked)
	Teller     Teller     `json:"teller,omitzero"`
	Name       string     `json:"name,omitempty"`
	BirthDate  string     `json:"birth_date,omitempty"`
	CaseNumber string     `json:"case_number,omitempty"`
}

// A Registration is a registration event such as PC 290.
type Registration struct {
	Statute Statute  `json:"statute"`
	Date    Date     `json:"date,omitzero"`
	Tellers []Teller `json:"tellers"`
}

// A Stay is a span in custody or under supervision. To unknown: open or not told.
type Stay struct {
	From    Date     `json:"from,omitzero"`
	To      Date     `json:"to,omitzero"`
	Agency  Agency   `json:"agency,omitzero"`
	Tellers []Teller `json:"tellers"`
}

// A Gap is something that should be there and is not: an arrest without
// disposition, a prior marker without a conviction.
type Gap struct {
	Code    string   `json:"code"`
	Date    Date     `json:"date,omitzero"`
	Text    string   `json:"text"`
	Tellers []Teller `json:"tellers,omitempty"`
}
