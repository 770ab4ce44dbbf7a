package reports

import "testing"

// What the reports decide by is a number of a text that somebody read.
func TestTheThresholdsStandInTextsThatWereRead(t *testing.T) {
	limits, err := Thresholds()
	if err != nil {
		t.Fatal(err)
	}
	if want := (Limits{PublishedKW: 500, DeclaredKW: 3500, ClassifiedPercent: 50, FundMWh: 1000, FundMWhPerMetre: 1.5}); limits != want {
		t.Errorf("%+v, want %+v", limits, want)
	}
	all, err := References()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range all {
		if r.Value != 0 && (r.Status != Read || r.Seen == "" || r.Unit == "") {
			t.Errorf("%s sets %g %s, read on %q, status %s", r.ID, r.Value, r.Unit, r.Seen, r.Status)
		}
	}
}
