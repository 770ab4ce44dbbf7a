package explain

import (
	"testing"

	"thermie/configs"
	"thermie/heat"
	"thermie/reports"
)

// Why a match failed may name a site or its hours: only who sees every value
// is told.
func TestAFaultOfAMatchIsNotForThePublic(t *testing.T) {
	n := &reports.NetworkResult{Network: configs.Network{ID: "marais", Name: "Réseau des Marais"}, Fault: heat.NewFault("source_heat", "", "source", "air-5mw", "hour", 7, "heat_w", -2.0)}
	for profile, want := range map[string]string{"authority": "site air-5mw, heure 7 : −2 W de chaleur récupérable", "public": "motif réservé à l'édition de la collectivité"} {
		if got := demonstration(t, profile).network(n, nil).Fault; got != want {
			t.Errorf("to %s: %q, want %q", profile, got, want)
		}
	}
	n.Fault = nil
	if got := demonstration(t, "public").network(n, nil).Fault; got != "" {
		t.Errorf("a network without a fault has %q", got)
	}
}
