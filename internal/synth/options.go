package synth

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/casefold/casefold"
)

// Options say which county to make. The zero value is not usable; start from
// Defaults.
type Options struct {
	People int    // persons with at least one contact; 1 or more
	Seed   uint64 // same seed, same bytes
	// AsOf is the day for which truth_outcomes.csv is decided, and the end of
	// the world: nothing happens after the sources' extract dates before it.
	AsOf  casefold.Day
	Rates Rates
}

// Rates are probabilities in [0, 1]. Each has a name, under which the command
// line sets it (`--rate twins=0.01`), and a default, which is a statement about
// the county that `synth` makes unless told otherwise.
type Rates struct {
	Twins         float64 `rate:"twins" default:"0.005" doc:"people who have a twin in the county"`
	FatherSon     float64 `rate:"father-son" default:"0.01" doc:"people who share their name with their father or son"`
	Namesakes     float64 `rate:"namesakes" default:"0.01" doc:"people who share their name with a stranger born within 400 days"`
	Siblings      float64 `rate:"siblings" default:"0.02" doc:"people who have a brother or sister in the county"`
	Impersonation float64 `rate:"impersonation" default:"0.003" doc:"arrests at which another person's name is given"`
	Alias         float64 `rate:"alias" default:"0.06" doc:"arrests at which an invented name is given"`
	Nickname      float64 `rate:"nickname" default:"0.08" doc:"arrests at which a short form of the given name is written"`
	Married       float64 `rate:"married" default:"0.35" doc:"women who take another surname at some time"`

	Unnamed        float64 `rate:"unnamed" default:"0.001" doc:"jail and police records of a John or Jane Doe"`
	NameTypo       float64 `rate:"name-typo" default:"0.035" doc:"names mistyped, per record and name"`
	BirthError     float64 `rate:"birth-error" default:"0.03" doc:"birth dates told wrong (digit, swap, year, default day), per record"`
	BirthMissing   float64 `rate:"birth-missing" default:"0.02" doc:"birth dates missing, per record"`
	BirthYearOnly  float64 `rate:"birth-year-only" default:"0.006" doc:"birth dates told as a year only, per record"`
	IDMissing      float64 `rate:"id-missing" default:"0.45" doc:"identifiers not told, per record and number, outside the state extract"`
	IDWrong        float64 `rate:"id-wrong" default:"0.012" doc:"identifiers with a digit wrong, per record and number"`
	IDCopied       float64 `rate:"id-copied" default:"0.003" doc:"identifiers copied from another person by a look-up, per record and number"`
	IDMistaken     float64 `rate:"id-mistaken" default:"0.03" doc:"identifiers of the other one, where a search by name brings up a namesake, a father or a son, per record and number"`
	NoCII          float64 `rate:"no-cii" default:"0.04" doc:"state subjects without a CII number"`
	TwoCII         float64 `rate:"two-cii" default:"0.006" doc:"people whom the state keeps under two numbers"`
	TwoXREF        float64 `rate:"two-xref" default:"0.004" doc:"people whom the jail keeps under two numbers"`
	NoPrint        float64 `rate:"no-print" default:"0.12" doc:"arrests without fingerprints (cited and released)"`
	NumberVariants float64 `rate:"number-variants" default:"0.15" doc:"case numbers written in another way than the court's"`
	NumberWrong    float64 `rate:"number-wrong" default:"0.006" doc:"case numbers with a digit wrong, outside the court"`
	NumberMissing  float64 `rate:"number-missing" default:"0.05" doc:"case numbers missing, outside the court"`

	DispositionMissing float64 `rate:"disposition-missing" default:"0.3" doc:"court outcomes that never reached the state"`
	ArrestDateMissing  float64 `rate:"arrest-date-missing" default:"0.06" doc:"cases whose arrest date a source does not tell"`
	LevelMissing       float64 `rate:"level-missing" default:"0.05" doc:"counts whose level a source does not tell"`
	DateError          float64 `rate:"date-error" default:"0.004" doc:"event dates told wrong (swapped, a digit, a year), per record and date"`
	DateYearOnly       float64 `rate:"date-year-only" default:"0.01" doc:"state steps dated YYYY0000"`
	CommentCharge      float64 `rate:"comment-charge" default:"0.015" doc:"state counts whose charge stands in the comment"`
	PriorMarker        float64 `rate:"prior-marker" default:"0.003" doc:"state felony convictions with a qualifier that tells of an earlier conviction somewhere"`
	StatuteVariants    float64 `rate:"statute-variants" default:"0.08" doc:"statutes written in an odd form"`
	OffenseDateTold    float64 `rate:"offense-date-told" default:"0.8" doc:"counts whose offence date court, police and prosecutor tell"`

	Duplicate     float64 `rate:"duplicate" default:"0.004" doc:"rows delivered twice, byte for byte"`
	Corrupt       float64 `rate:"corrupt" default:"0.0004" doc:"rows spoiled: cut short, NUL bytes, unbalanced quotes"`
	Interruptions float64 `rate:"interruptions" default:"0.0001" doc:"page headers and error messages between rows, per row"`

	CannabisShare  float64 `rate:"cannabis" default:"0.16" doc:"arrests before 2016-11-09 whose main charge is a cannabis offence"`
	SeriousShare   float64 `rate:"serious" default:"0.02" doc:"arrests whose main charge is a sex offence or a homicide"`
	GravePrior     float64 `rate:"grave-prior" default:"0.05" doc:"people with a cannabis felony who also have a conviction that bars relief: before, between, in the same case or after"`
	OtherCounty    float64 `rate:"other-county" default:"0.16" doc:"arrests elsewhere in California"`
	OtherState     float64 `rate:"other-state" default:"0.015" doc:"arrests in another state or by federal agencies"`
	StateOthers    float64 `rate:"state-others" default:"0.35" doc:"people without a cannabis charge whom the state extract covers all the same"`
	Inchoate       float64 `rate:"inchoate" default:"0.05" doc:"cannabis felonies charged as attempt, conspiracy or accessory"`
	Prop64Granted  float64 `rate:"prop64-granted" default:"0.25" doc:"convictions owed under Proposition 64 that were granted before the extracts"`
	Relief12034    float64 `rate:"relief-1203.4" default:"0.08" doc:"convictions later set aside under PC 1203.4 or 1203.4a"`
	Relief17b      float64 `rate:"relief-17b" default:"0.04" doc:"felonies later reduced under PC 17(b)"`
	Prop47Granted  float64 `rate:"prop47-granted" default:"0.15" doc:"convictions in reach of PC 1170.18 that were reduced under it"`
	Reversed       float64 `rate:"reversed" default:"0.008" doc:"convictions reversed on appeal"`
	Dismissed1385  float64 `rate:"dismissed-1385" default:"0.003" doc:"convictions with a later dismissal under PC 1385"`
	Revoked        float64 `rate:"revoked" default:"0.15" doc:"probations revoked; half of them enter the conviction again"`
	Listed         float64 `rate:"listed" default:"0.7" doc:"convictions under 11357-11360 in the state's database that are on its list under HS 11361.9"`
	Challenged     float64 `rate:"challenged" default:"0.06" doc:"list entries that the office challenged"`
	Transferred    float64 `rate:"transferred" default:"0.02" doc:"probations transferred under PC 1203.9 to the neighbour county"`
	Refiled        float64 `rate:"refiled" default:"0.015" doc:"cases dismissed and filed again under a new number"`
	Consolidated   float64 `rate:"consolidated" default:"0.015" doc:"cases consolidated into another of the same person"`
	CoDefendants   float64 `rate:"co-defendants" default:"0.05" doc:"cases with another defendant of the county"`
	EnteredTwice   float64 `rate:"da-entered-twice" default:"0.02" doc:"cases that the prosecutor's system holds twice"`
	QuantityInFile float64 `rate:"quantity-in-file" default:"0.08" doc:"cannabis counts whose grams or plants the prosecutor's system tells"`
}

// Defaults is a county of that many people as the rates' defaults describe it,
// as of 2026-11-24.
func Defaults(people int, seed uint64) Options {
	o := Options{People: people, Seed: seed, AsOf: casefold.MakeDay(2026, 11, 24)}
	v := reflect.ValueOf(&o.Rates).Elem()
	for i := range v.NumField() {
		f, err := strconv.ParseFloat(v.Type().Field(i).Tag.Get("default"), 64)
		if err != nil {
			panic("synth: rate " + v.Type().Field(i).Name + " has no default")
		}
		v.Field(i).SetFloat(f)
	}
	return o
}

// A RateInfo documents a rate.
type RateInfo struct {
	Name    string
	Doc     string
	Default string
	Value   float64
}

// List is all rates in the order of the struct, with their present values.
func (r Rates) List() []RateInfo {
	v := reflect.ValueOf(r)
	out := make([]RateInfo, v.NumField())
	for i := range out {
		tag := v.Type().Field(i).Tag
		out[i] = RateInfo{tag.Get("rate"), tag.Get("doc"), tag.Get("default"), v.Field(i).Float()}
	}
	return out
}

// Set sets one rate from text such as "twins=0.01".
func (r *Rates) Set(text string) error {
	name, value, ok := strings.Cut(text, "=")
	if !ok {
		return fmt.Errorf("%q is not a rate; write name=value", text)
	}
	f, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	if err != nil || !(f >= 0 && f <= 1) {
		return fmt.Errorf("rate %s: %q is not a number from 0 to 1", name, value)
	}
	v := reflect.ValueOf(r).Elem()
	var names []string
	for i := range v.NumField() {
		n := v.Type().Field(i).Tag.Get("rate")
		if n == strings.TrimSpace(name) {
			v.Field(i).SetFloat(f)
			return nil
		}
		names = append(names, n)
	}
	return fmt.Errorf("unknown rate %q; there are %s", name, strings.Join(names, ", "))
}

// Validate names the first thing that cannot be.
func (o Options) Validate() error {
	if o.People < 1 || o.People > 20_000_000 {
		return fmt.Errorf("people: %d is not from 1 to 20,000,000", o.People)
	}
	if o.AsOf < 20230101 {
		return fmt.Errorf("as of %s: the world ends in 2026; choose a day from 2023-01-01 on", o.AsOf)
	}
	for _, r := range o.Rates.List() {
		if !(r.Value >= 0 && r.Value <= 1) {
			return fmt.Errorf("rate %s: %v is not from 0 to 1", r.Name, r.Value)
		}
	}
	return nil
}
