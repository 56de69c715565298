package outcome

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/casefold/casefold"
)

// table reads a reference table; the test skips where there is none.
func table(t *testing.T, name string) []map[string]string {
	t.Helper()
	root := os.Getenv("CASEFOLD_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared")
	}
	f, err := os.Open(filepath.Join(root, "laws", "tables", name))
	if err != nil {
		t.Skip("no reference data here")
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, row := range rows[1:] {
		m := map[string]string{}
		for i, name := range rows[0] {
			m[name] = row[i]
		}
		out = append(out, m)
	}
	return out
}

// statusOf are our statuses for those of the table.
var statusOf = map[string]casefold.DispositionStatus{
	"convicted": casefold.Convicted, "dismissed": casefold.DispDismissed, "acquitted": casefold.Acquitted, "prosecutor_declined": casefold.Declined,
	"released_no_charge": casefold.Released, "released_detention_only": casefold.DetentionOnly, "exonerated": casefold.Exonerated,
	"transferred_not_final": casefold.Transferred, "combined_see_other_case": casefold.Combined, "consolidated_see_other_case": casefold.Combined,
	"refiled_see_other_case": casefold.Refiled, "handled_as_revocation": casefold.AsRevocation, "pending_unknown": casefold.Pending,
	"deferral_prefiling": casefold.DiversionOpen, "diversion_dismissed": casefold.DiversionDone, "juvenile_transfer": casefold.JuvenileTransfer,
	"ngi": casefold.NotGuiltyInsane, "abated_deceased": casefold.Abated,
}

// reliefOf are our kinds of event for the table's.
var reliefOf = map[string]casefold.ReliefKind{
	"relief_reduced": casefold.ReliefReduced, "relief_1203_4": casefold.Relief12034, "relief_1203_4a": casefold.Relief12034a, "relief_1203_41": casefold.Relief120341,
	"relief_1203_43": casefold.Relief120343, "relief_1203_49": casefold.Relief120349, "relief_prop47": casefold.ReliefProp47, "relief_prop64": casefold.ReliefProp64,
	"sealed_factually_innocent": casefold.SealedInnocent, "sealed_acquittal": casefold.Sealed, "sealed_other": casefold.Sealed, "sealed_minor_misdemeanor": casefold.Sealed,
	"supervision_revoked_or_reinstated": casefold.Revoked, "supervision_ended_early": casefold.SupervisionEnded, "supervision_transferred": casefold.SupervisionMoved,
	"conviction_vacated_check": casefold.Vacated, "sentence_modified": casefold.SentenceModified, "conviction_reversed": casefold.Reversed, "diversion_dismissed": casefold.DiversionFinished,
}

var systemOf = map[string]string{
	"LEA release code (JUS 8715)": "lea", "Prosecutor reject code (JUS 8715)": "pros", "Court dismissal code (PC 13151.1)": "court", "OBTS disposition code": "obts",
}

// TestTheStatesCodes holds the embedded codes to the state's table, code by code.
func TestTheStatesCodes(t *testing.T) {
	seen := 0
	for _, r := range table(t, "disposition_codes.csv") {
		system := systemOf[r["source_system"]]
		if system == "" {
			continue
		}
		list := []string{r["code"]}
		if r["code"] == "10-13" {
			list = []string{"10", "11", "12", "13"}
		}
		for _, code := range list {
			seen++
			want := statusOf[r["normalized_status"]]
			if d, _ := Disposition("", system+":"+code); d.Status != want || want == "" {
				t.Errorf("%s:%s is %q, want %q", system, code, d.Status, want)
			}
		}
	}
	if seen != len(codes()) {
		t.Errorf("%d codes in the table, %d of ours", seen, len(codes()))
	}
}

// TestTheStatesPhrases reads the words of forms and rap sheets in the table.
func TestTheStatesPhrases(t *testing.T) {
	for _, r := range table(t, "disposition_codes.csv") {
		system := r["source_system"]
		if systemOf[system] != "" || strings.HasPrefix(system, "OBTS") || strings.HasPrefix(r["text"], "(") || system == "Form field (JUS 8715)" {
			continue
		}
		words := strings.TrimSuffix(r["text"], "...")
		words = strings.TrimRight(words, "-/ ")
		d, events := Disposition(words, "")
		want := r["normalized_status"]
		switch {
		case want == "diversion_open_or_done":
			if d.Status != casefold.DiversionOpen {
				t.Errorf("%q is %q", words, d.Status)
			}
		case reliefOf[want] != "" && want != "diversion_dismissed" || strings.HasPrefix(want, "relief") || strings.HasPrefix(want, "sealed"):
			kind := reliefOf[want]
			if len(events) == 0 {
				events = Relief(words, casefold.Date{}) // a box that only names its section
			}
			if len(events) == 0 || kind != "" && events[0].Kind != kind && events[0].Kind != casefold.Relief17b {
				t.Errorf("%q tells %v, want %s", words, events, want)
			}
		case want == "diversion_failed":
			if d.Status != casefold.Pending {
				t.Errorf("%q is %q", words, d.Status)
			}
		case want == "conviction_dismissed":
		default:
			if d.Status != statusOf[want] || statusOf[want] == "" {
				t.Errorf("%q is %q, want %s", words, d.Status, want)
			}
		}
	}
}

// TestTheExtractsValues reads every value of the state extract that the table of
// code values lists.
func TestTheExtractsValues(t *testing.T) {
	for _, r := range table(t, "doj_code_values.csv") {
		v := r["value"]
		if strings.HasPrefix(v, "(") {
			continue
		}
		v = strings.ReplaceAll(v, "<reason>", "LACK OF CORPUS")
		switch r["field"] {
		case "STP_TYPE_DESCR":
			if k := EventKind(v); k == casefold.OtherEvent || k == "" {
				t.Errorf("event %q is %q", v, k)
			}
		case "DISP_DESCR":
			d, events := Disposition(v, "")
			if d.Status == casefold.Unrecognized || d.Status == "" && len(events) == 0 {
				t.Errorf("disposition %q is %q with %v", v, d.Status, events)
			}
		case "CONV_STAT_DESCR":
			if Level(v) == "" {
				t.Errorf("level %q is not read", v)
			}
		case "OFFENSE_TOC":
			if l := Level(v); (l == "") != (v == "N" || v == "X") {
				t.Errorf("type of charge %q is %q", v, l)
			}
		case "SENT_LOC_DESCR":
			if p, ok := SentencePart(v, "6", "M"); !ok || p.Kind == casefold.OtherSentence {
				t.Errorf("sentence %q is %+v", v, p)
			}
		case "SENT_TIME_CODE":
			if p, _ := SentencePart("JAIL", "6", v); v != "N" && (p.Length != 6 || p.Unit != v) || v == "N" && p.Length != 0 {
				t.Errorf("unit %q gives %+v", v, p)
			}
		}
	}
}
