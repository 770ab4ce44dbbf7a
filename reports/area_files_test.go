package reports

import (
	"strings"
	"testing"

	"thermie/configs"
)

// A filing keeps an area as JSON. The hours of its networks come back sign by
// sign, with the mark and the line ends of a spreadsheet, however many they
// are.
func TestAnAreaKeepsItsNetworksHours(t *testing.T) {
	hours := "\ufefftime;demand_mw;note\r\n" + strings.Repeat("01/01/2025 00:00;1,37;\"<é>\t\"\r\n", 8760)
	var area Area
	for _, id := range []string{"north", "south", "east", "west", "port"} {
		area.Networks = append(area.Networks, configs.Network{ID: id, NetworkDemand: configs.NetworkDemand{DemandHours: hours, DemandYear: 2025}})
	}
	text, err := area.JSON()
	if err != nil {
		t.Fatal(err)
	}
	back, err := DecodeArea("area.json", text)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range back.Networks {
		if n.DemandHours != hours || n.DemandYear != 2025 {
			t.Errorf("%s has %d signs of %d, of %d", n.ID, len(n.DemandHours), len(hours), n.DemandYear)
		}
	}
}
