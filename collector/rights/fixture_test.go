package rights

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"thermie/proof"
)

// fixture is the file that this version writes; those of earlier versions
// stay beside it for good.
var fixture = filepath.Join("testdata", fmt.Sprintf("rights-%d.db", len(migrations)))

const fixtureSecret = "the secret of a token in the fixture"

// The rights of any version open, and hold what they held: who reads what, and
// a log that nobody has altered.
func TestOldRightsHold(t *testing.T) {
	if proof.Updating() {
		writeFixture(t)
	}
	files, err := filepath.Glob(filepath.Join("testdata", "rights-*.db"))
	if err != nil || len(files) != len(migrations) {
		t.Fatalf("fixtures are %v, %v (hint: go test -run OldRights -update)", files, err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) { holds(t, file) })
	}
}

func holds(t *testing.T, file string) {
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	o := newOffice(t, Limits{})
	o.Close()
	for _, left := range []string{"", "-wal", "-shm"} {
		os.Remove(o.file + left)
	}
	if err := os.WriteFile(o.file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	o.Desk = o.open(Limits{})
	ctx := context.Background()
	who, ok, err := o.holder(ctx, hashSecret(fixtureSecret))
	if err != nil || !ok || who.Holder != "Exemple agglo" {
		t.Fatalf("the token speaks for %+v, %v, %v", who, ok, err)
	}
	for field, finest := range map[Field]Resolution{Name: Once, Heat: Year, FirmPower: Nothing} {
		if may := o.May(With(ctx, who), "paris-1", field, finest); may.Finest != finest {
			t.Errorf("%s of paris-1: %+v, want %s", field, may, finest)
		}
	}
	held, err := o.Held(ctx)
	if err != nil || len(held["released-1"]) != 1 || string(held["released-1"][0].File) != "a signed file" {
		t.Errorf("held are %+v, %v", held, err)
	}
	if key, err := o.ReleaseKey(ctx, "0123456789abcdef"); err != nil || key.Holder != "Exemple" {
		t.Errorf("the key is %+v, %v", key, err)
	}
	if last, err := Verify(ctx, o.file); err != nil || last.Act != "release received" {
		t.Errorf("the log ends with %+v, %v", last, err)
	}
}

// writeFixture makes the file of this version, with something of every sort.
func writeFixture(t *testing.T) {
	o := newOffice(t, Limits{})
	ctx := With(context.Background(), Identity{ID: "-", Holder: "user jeanne", Role: Admin})
	_, err := o.addToken(ctx, Identity{Holder: "Exemple agglo", Role: Authority, Territories: []string{"999000012"}}, hashSecret(fixtureSecret))
	if err != nil {
		t.Fatal(err)
	}
	consent := Consent{Site: "paris-1", Field: Heat, Resolution: Year, Audience: "authority:999000012", Basis: ByConsent, Source: "lettre du 3 mars 2026"}
	if _, err := o.Give(ctx, consent); err != nil {
		t.Fatal(err)
	}
	consent.Field, consent.Resolution = FirmPower, Month
	withdrawn, err := o.Give(ctx, consent)
	if err != nil {
		t.Fatal(err)
	}
	if err := o.Withdraw(ctx, withdrawn.ID); err != nil {
		t.Fatal(err)
	}
	if err := o.Trust(ctx, ReleaseKey{ID: "0123456789abcdef", Public: make([]byte, 32), Holder: "Exemple", Sites: []string{"released-1"}}); err != nil {
		t.Fatal(err)
	}
	release := Release{Direction: Received, Site: "released-1", To: "authority:999000012", Serial: 1, Year: 2025, Fields: map[Field]Resolution{Heat: Month},
		Key: "0123456789abcdef", File: []byte("a signed file"), Expires: time.Date(2199, 1, 1, 0, 0, 0, 0, time.UTC)}
	if err := o.Keep(ctx, release); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll("testdata", 0o755); err != nil {
		t.Fatal(err)
	}
	os.Remove(fixture)
	if _, err := o.db.ExecContext(ctx, "VACUUM INTO ?", fixture); err != nil {
		t.Fatal(err)
	}
}
