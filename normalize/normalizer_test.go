package normalize

import (
	"testing"

	"github.com/casefold/casefold"
)

func TestFieldIDsFollowTheListOfFields(t *testing.T) {
	if int(fieldCount) != len(casefold.Fields) {
		t.Fatalf("%d fields here, %d in casefold.Fields", fieldCount, len(casefold.Fields))
	}
	for f, want := range map[fieldID]casefold.Field{
		fName: "name", fDeceased: "deceased", fEventType: "event_type", fComment: "comment", fCount: "count",
		fConvictedChargeQualifiers: "convicted_charge_qualifiers", fFine: "fine", fPlants: "plants",
	} {
		if fieldNames[f] != want {
			t.Errorf("field %d is %q, want %q", f, fieldNames[f], want)
		}
	}
	for i, info := range casefold.Fields {
		if (info.Group != casefold.PersonFields) != fieldID(i).isEvent() {
			t.Errorf("%s: event or person field?", info.Field)
		}
	}
}
