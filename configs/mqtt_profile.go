package configs

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

// The conventions of topics and payloads that are read over MQTT.
const (
	ProfileJSON       = "json"        // a topic with JSON payloads, read by paths
	ProfileNumber     = "number"      // a topic with a plain number
	ProfileDSX        = "nvidia-dsx"  // BMS event bus of NVIDIA's DSX Exchange
	ProfileSparkplug  = "sparkplug-b" // an edge node of Sparkplug B
	ProfileShelly     = "shelly"      // second generation and later
	ProfileShellyGen1 = "shelly-gen1"
	ProfileTasmota    = "tasmota"
	ProfileZigbee     = "zigbee2mqtt"
)

// profile is what a convention asks of a configuration.
type profile struct {
	topic  *regexp.Regexp
	topics string // what a topic is, for a hint
	path   *regexp.Regexp
	paths  string                   // what a path is, for a hint
	unit   func(path string) string // the unit that the convention fixes; empty: none
	tells  bool                     // messages tell the units that are not fixed

	filters func(Topic) []string // what is subscribed to
}

// profiles are the conventions; agent/mqtt holds how each is read.
var profiles = map[string]profile{
	ProfileJSON:   {anyTopic, "a topic", anyPath, "names and positions such as cdu.supply.t or em.0.power", stated, false, alone},
	ProfileNumber: {anyTopic, "a topic", regexp.MustCompile(`^$`), "none: the payload is the number", stated, false, alone},
	ProfileDSX: {regexp.MustCompile(`^BMS/v1/[^/]+$`), "the root, such as BMS/v1/PUB",
		regexp.MustCompile(`^[^/#+]+/[^/#+]+/[^#+]+$`), "objectType/pointType/tagPath, such as Rack/RackPower/row-1/rack-1", stated, true, dsxFilters},
	ProfileSparkplug: {regexp.MustCompile(`^[^/]+/[^/]+$`), "group/node", anyPath, "a metric's name", stated, false, sparkplugFilters},
	ProfileShelly: {anyTopic, "the prefix of the device's topics", regexp.MustCompile(`^[a-z0-9]+:[0-9]+\.[A-Za-z_.]+$`),
		"component.field, such as em:0.total_act_power", byLastNames(shellyUnits), false, shellyFilters},
	ProfileShellyGen1: {regexp.MustCompile(`^shellies/.+$`), "shellies/<id>", regexp.MustCompile(`^[^#+]+$`),
		"the rest of the topic, such as emeter/0/total", shellyGen1Unit, false, shellyGen1Filters},
	ProfileTasmota: {anyTopic, "the telemetry topic without SENSOR, such as tele/plug-1", anyPath,
		"names in SENSOR, such as ENERGY.Total", byLastNames(tasmotaUnits), false, tasmotaFilters},
	ProfileZigbee: {anyTopic, "zigbee2mqtt/<device>", anyPath, "a name among the device's exposes, such as power", byLastNames(zigbeeUnits), false, zigbeeFilters},
}

// MQTTProfiles lists the conventions that a configuration may name, sorted.
func MQTTProfiles() []string { return slices.Sorted(maps.Keys(profiles)) }

var (
	anyTopic = regexp.MustCompile(`.`)
	anyPath  = regexp.MustCompile(`.`)
)

// stated: the configuration says the unit.
func stated(string) string { return "" }

// byLastNames fixes units by the names that a path ends with.
func byLastNames(units map[string]string) func(string) string {
	return func(path string) string {
		for more := true; more; _, path, more = strings.Cut(path, ".") {
			if unit := units[path]; unit != "" {
				return unit
			}
		}
		return ""
	}
}

// Units that makers have fixed, by the name of the number.
var (
	// Shelly API, components EM, EM1, EMData, EM1Data, Switch, PM1,
	// Temperature and Humidity.
	shellyUnits = map[string]string{
		"act_power": "W", "a_act_power": "W", "b_act_power": "W", "c_act_power": "W", "total_act_power": "W", "apower": "W",
		"total_act_energy": "Wh", "a_total_act_energy": "Wh", "b_total_act_energy": "Wh", "c_total_act_energy": "Wh",
		"total_act": "Wh", "aenergy.total": "Wh", "tC": "°C", "tF": "°F", "rh": "%",
	}
	// Tasmota, commands and telemetry. Temperatures are in TempUnit of the
	// message, which is what the decoder goes by.
	tasmotaUnits = map[string]string{"Power": "W", "ENERGY.Total": "kWh", "Humidity": "%", "Temperature": "°C", "DewPoint": "°C"}
	// Zigbee2MQTT, exposes.
	zigbeeUnits = map[string]string{"power": "W", "energy": "kWh", "temperature": "°C", "humidity": "%"}
)

// shellyGen1Unit: what counts since the device was switched on is in W·min,
// what it keeps for good in Wh. What sensor/temperature is in, is set on the
// device.
func shellyGen1Unit(path string) string {
	component, _, _ := strings.Cut(path, "/")
	switch last := path[strings.LastIndex(path, "/")+1:]; {
	case last == "power":
		return "W"
	case last == "total":
		return "Wh"
	case last == "energy":
		return "Wmin"
	case path == "temperature" || component == "ext_temperature":
		return "°C"
	}
	return ""
}
