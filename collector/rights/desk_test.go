package rights

import (
	"context"
	"testing"
	"time"
)

// A right is changed while a request is about to read the rights again: it
// reads them with the change, and never without any rights.
func TestARightIsChangedWhileARequestWaitsToReadThem(t *testing.T) {
	ctx := context.Background()
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	var meanwhile func()
	clock := func() time.Time {
		if do := meanwhile; do != nil {
			meanwhile = nil
			do()
		}
		return now
	}
	d, err := Open(ctx, Settings{Now: clock, Land: land{}})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	now = now.Add(2 * bookAge)
	meanwhile = func() {
		if _, err := d.Give(ctx, Consent{Site: "paris-1", Field: Heat, Resolution: Year, Audience: Everyone, Basis: ByConsent, Source: "a letter", From: now.AddDate(0, 0, -1)}); err != nil {
			t.Error(err)
		}
	}
	if may := d.May(ctx, "paris-1", Heat, Year); !may.Allowed {
		t.Errorf("what was just consented to: %+v", may)
	}
}
