package project

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/source"
)

func dojNames() []string { return source.DOJColumns() }

// corpora is the folder of public corpora; the test is skipped without it.
func corpora(t *testing.T) string {
	dir := os.Getenv("CASEFOLD_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	dir = filepath.Join(dir, "data")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("no shared data here")
	}
	return dir
}

// summary is a guess on one line for each part.
func summary(src *casefold.Source) string {
	var b strings.Builder
	for _, f := range fieldWords() {
		if columns := src.Mapping.Fields[casefold.Field(f)]; len(columns) > 0 {
			fmt.Fprintf(&b, "%s=%s ", f, strings.Join(columns, "+"))
		}
	}
	for _, id := range src.Mapping.Identifiers {
		fmt.Fprintf(&b, "%s:%s ", id.Kind, id.Column)
	}
	for _, a := range src.Mapping.Attributes {
		fmt.Fprintf(&b, "attr:%s ", a.Column)
	}
	return strings.TrimSpace(b.String())
}

// The corpora that the matcher is judged by are guessed right: mapping, row
// key, the column of sources.
func TestGuessesOnCorpora(t *testing.T) {
	dir := corpora(t)
	for _, c := range []struct{ set, row, source, want string }{
		{"anonlink_multiparty", "rec_id", "source", "last_name=surname first_name=givenname birth_date=dob sex=gender city=city phone=phone number attr:income"},
		{"clkhash_dirty_1000", "rec_id", "source", "last_name=surname first_name=given_name birth_date=date_of_birth street_number=street_number street=address_1 unit=address_2 city=suburb state=state postal=postcode phone=phone_number other:soc_sec_id attr:age"},
		{"febrl2", "rec_id", "", "last_name=surname first_name=given_name birth_date=date_of_birth street_number=street_number street=address_1 unit=address_2 city=suburb state=state postal=postcode other:soc_sec_id"},
		{"febrl4", "rec_id", "source", "last_name=surname first_name=given_name birth_date=date_of_birth street_number=street_number street=address_1 unit=address_2 city=suburb state=state postal=postcode other:soc_sec_id"},
		{"febrl_dsgen_C10000", "rec_id", "", "last_name=surname first_name=given_name birth_date=date_of_birth street_number=street_number street=address_1 unit=address_2 city=suburb state=state postal=postcode phone=phone_number other:soc_sec_id attr:age"},
		{"opencr_uganda", "rec_id", "", "last_name=surname first_name=given_name birth_date=date_of_birth sex=sex phone=phone_number other:uganda_nin other:art_number"},
		{"pseudopeople_noised", "rec_id", "source", "last_name=last_name first_name=first_name middle_name=middle birth_date=dob age=age sex=sex race=race_ethnicity street_number=street_number street=street_name unit=unit_number city=city state=state postal=zipcode event_date=year ssn:ssn"},
		{"senzing_truthset", "rec_id", "DATA_SOURCE", "name=PRIMARY_NAME_FULL+PRIMARY_NAME_ORG last_name=PRIMARY_NAME_LAST first_name=PRIMARY_NAME_FIRST middle_name=PRIMARY_NAME_MIDDLE alias=NATIVE_NAME_FULL+SECONDARY_NAME_ORG birth_date=DATE_OF_BIRTH sex=GENDER address=ADDR_FULL street=ADDR_LINE1 city=ADDR_CITY state=ADDR_STATE postal=ADDR_POSTAL_CODE phone=PHONE_NUMBER email=EMAIL_ADDRESS event_date=DATE passport:PASSPORT_NUMBER license:DRIVERS_LICENSE_NUMBER ssn:SSN_NUMBER other:NATIONAL_ID_NUMBER other:TAX_ID_NUMBER other:LEI_NUMBER attr:EMPLOYER"},
		{"splink_fake_1000", "rec_id", "", "last_name=surname first_name=first_name birth_date=dob city=city email=email"},
		{"splink_fake_20000", "rec_id", "", "last_name=surname first_name=first_name birth_date=dob city=city email=email"},
		{"splink_historical_50k", "rec_id", "", "name=full_name last_name=surname first_name=first_name birth_date=dob sex=gender postal=postcode_fake attr:birth_place attr:occupation"},
	} {
		profiles, err := ProfileFiles(context.Background(), []string{"corpora/" + c.set + "/records.csv.gz"}, dir)
		if err != nil {
			t.Fatal(err)
		}
		g := Guess(profiles[0])
		if got := summary(&g.Source); got != c.want || g.Source.RowKey != c.row || g.SourceColumn != c.source {
			t.Errorf("%s: row key %q, source %q\n got %s\nwant %s", c.set, g.Source.RowKey, g.SourceColumn, got, c.want)
		}
	}
}

func TestGuessOfPairs(t *testing.T) {
	dir := corpora(t)
	profiles, err := ProfileFiles(context.Background(), []string{"corpora/miis_pairs/pairs.csv.gz"}, dir)
	if err != nil {
		t.Fatal(err)
	}
	a, b, err := GuessPairs(profiles[0])
	if err != nil {
		t.Fatal(err)
	}
	const want = "last_name=a_nameLast+a_nameLastHyph first_name=a_nameFirst middle_name=a_nameMiddle suffix=a_nameSuffix alias=a_nameAlias birth_date=a_birthDate sex=a_gender street=a_addressStreet1 unit=a_addressStreet2 city=a_addressCity state=a_addressState postal=a_addressZip+a_address2Zip phone=a_phone ssn:a_ssn other:a_medicaid attr:a_birthOrder attr:a_motherMaidenName attr:a_guardianNameLast attr:a_guardianNameFirst"
	if got := summary(&a); got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
	if got, want := summary(&b), strings.NewReplacer("=a_", "=b_", "+a_", "+b_", ":a_", ":b_").Replace(want); got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
}

func TestGuessesOnLayouts(t *testing.T) {
	dir := corpora(t)
	for _, c := range []struct{ file, row, want string }{
		{"layouts/cmr/import.csv", "party_id", "last_name=last_name first_name=first_name birth_date=birth_date sex=gender street=address_1 unit=address_2 city=city state=state_code postal=zip_code phone=bus_phone+home_phone email=email_address license:dr_lic_num ssn:ssn"},
		{"layouts/cmr/people.unl", "column_1", "last_name=column_2 first_name=column_3 birth_date=column_5 street=column_9 city=column_11 state=column_12 postal=column_13"},
	} {
		profiles, err := ProfileFiles(context.Background(), []string{c.file}, dir)
		if err != nil {
			t.Fatal(err)
		}
		g := Guess(profiles[0])
		if got := summary(&g.Source); got != c.want || g.Source.RowKey != c.row {
			t.Errorf("%s: row key %q\n got %s\nwant %s", c.file, g.Source.RowKey, got, c.want)
		}
	}
	for _, file := range []string{"reference_input.csv", "file.dat", "no_headers.csv", "bad.csv", "extra_comma.csv", "bad_csv_file.dat"} {
		profiles, err := ProfileFiles(context.Background(), []string{"ca-doj/" + file}, dir)
		if err != nil {
			t.Fatal(err)
		}
		if g := Guess(profiles[0]); g.Source.Format != source.CADOJ || g.Source.RowKey != "" {
			t.Errorf("%s: format %s, row key %q", file, g.Source.Format, g.Source.RowKey)
		}
	}
}
