package explain

import (
	"errors"
	"testing"

	"thermie/configs"
	"thermie/reports"
)

// Why a match failed may name a site or its hours: only who sees every value
// is told.
func TestAFaultOfAMatchIsNotForThePublic(t *testing.T) {
	n := &reports.NetworkResult{Network: configs.Network{ID: "marais", Name: "Réseau des Marais"}, Fault: errors.New("source air-5mw: no position")}
	for profile, want := range map[string]string{"authority": "source air-5mw: no position", "public": "rapprochement impossible"} {
		if got := demonstration(t, profile).network(n, nil).Fault; got != want {
			t.Errorf("to %s: %q, want %q", profile, got, want)
		}
	}
	n.Fault = nil
	if got := demonstration(t, "public").network(n, nil).Fault; got != "" {
		t.Errorf("a network without a fault has %q", got)
	}
}
