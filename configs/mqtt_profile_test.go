package configs

import "testing"

// Units that a maker has fixed are filled in; where a name alone does not
// tell one, a person states it.
func TestUnitsAreTheMakers(t *testing.T) {
	for _, c := range []struct{ profile, path, want string }{
		{ProfileShelly, "em:0.total_act_power", "W"},
		{ProfileShelly, "emdata:0.total_act", "Wh"},
		{ProfileShelly, "switch:0.aenergy.total", "Wh"},
		{ProfileShelly, "switch:0.ret_aenergy.total", ""},
		{ProfileShelly, "input:2.counts.total", ""}, // pulses
		{ProfileShelly, "temperature:100.tC", "°C"},
		{ProfileShellyGen1, "relay/0/power", "W"},
		{ProfileShellyGen1, "relay/0/energy", "Wmin"},
		{ProfileShellyGen1, "relay/energy", "Wmin"},
		{ProfileShellyGen1, "roller/0/energy", "Wmin"},
		{ProfileShellyGen1, "light/0/energy", "Wmin"},
		{ProfileShellyGen1, "emeter/0/total", "Wh"},
		{ProfileShellyGen1, "emeter/0/energy", "Wmin"},
		{ProfileShellyGen1, "temperature", "°C"},
		{ProfileShellyGen1, "ext_temperature/0", "°C"},
		{ProfileShellyGen1, "sensor/temperature", ""}, // °C or °F, as the device is set
		{ProfileTasmota, "ENERGY.Power", "W"},
		{ProfileTasmota, "ENERGY.Total", "kWh"},
		{ProfileTasmota, "FLOWRATE.Total", ""},
		{ProfileTasmota, "AM2301.Humidity", "%"},
		{ProfileZigbee, "energy", "kWh"},
		{ProfileZigbee, "pressure", ""},
	} {
		if got := profiles[c.profile].unit(c.path); got != c.want {
			t.Errorf("%s, %s: %q, want %q", c.profile, c.path, got, c.want)
		}
	}
}
