package mqtt

import (
	"testing"

	"thermie/configs"
	"thermie/interval"
)

func newThreePhases(t testing.TB) *story {
	return newStory(t, configs.ProfileShelly, "shellypro3em-1",
		configs.Value{Path: "em:0.total_act_power", Point: "row", Kind: interval.ElectricPower, Unit: "W"},
		configs.Value{Path: "emdata:0.total_act", Point: "row", Kind: interval.ElectricEnergy, Unit: "Wh"})
}

func TestAShellyNotifiesWhatHasChanged(t *testing.T) {
	s := newThreePhases(t)
	s.hears("shellypro3em-1/events/rpc", `{"src":"shellypro3em-1","dst":"x","method":"NotifyStatus","params":{"ts":1795348795.5,"em:0":{"id":0,"total_act_power":2413.5}}}`,
		"row/electric_power=2413.5 at 11:59:55", "")
	s.hears("shellypro3em-1/events/rpc", `{"method":"NotifyStatus","params":{"ts":1795348799,"emdata:0":{"id":0,"total_act":1000.0}}}`,
		"row/electric_energy=3.6e+06 at 11:59:59", "")
	s.hears("shellypro3em-1/status/em:0", `{"id":0,"total_act_power":2400}`, "row/electric_power=2400", "")
	s.hears("shellypro3em-1/events/rpc", `{"method":"NotifyEvent","params":{"ts":1,"em:0":{"total_act_power":1}}}`, "", "")
	s.hears("shellypro3em-1/events/rpc", `nonsense`, "", "not JSON")
	s.hears("shellypro3em-1/online", `false`, "row/electric_power=NaN row/electric_energy=NaN", "is away")
	s.hears("shellypro3em-1/online", `true`, "", "")
	s.hears("shellypro3em-1/online", `maybe`, "", "neither true nor false")
}

func newFirstGeneration(t testing.TB) *story {
	return newStory(t, configs.ProfileShellyGen1, "shellies/shellyplug-1",
		configs.Value{Path: "relay/0/power", Point: "plug", Kind: interval.ElectricPower, Unit: "W"},
		configs.Value{Path: "relay/0/energy", Point: "plug", Kind: interval.ElectricEnergy, Unit: "Wmin"})
}

// The first generation's relays count watt-minutes.
func TestAShellyOfTheFirstGenerationCountsWattMinutes(t *testing.T) {
	s := newFirstGeneration(t)
	s.hears("shellies/shellyplug-1/relay/0/power", "61.5", "plug/electric_power=61.5", "")
	s.hears("shellies/shellyplug-1/relay/0/energy", "60000", "plug/electric_energy=3.6e+06", "") // 1 kWh
	s.hears("shellies/shellyplug-1/relay/0/power", "on", "", "not a number")
	s.hears("shellies/shellyplug-1/online", "false", "plug/electric_power=NaN plug/electric_energy=NaN", "is away")
}

func newPlug(t testing.TB) *story {
	return newStory(t, configs.ProfileTasmota, "tele/plug-1",
		configs.Value{Path: "ENERGY.Power", Point: "plug", Kind: interval.ElectricPower, Unit: "W"},
		configs.Value{Path: "ENERGY.Total", Point: "plug", Kind: interval.ElectricEnergy, Unit: "kWh"},
		configs.Value{Path: "AM2301.Temperature", Point: "room", Kind: interval.AirTemperature, Unit: "°C"})
}

// Tasmota tells its temperatures' unit, and a time that lacks its zone.
func TestTasmotaIsReadInTheUnitsThatItTells(t *testing.T) {
	s := newPlug(t)
	s.hears("tele/plug-1/SENSOR", `{"Time":"2026-11-22T13:00:00","AM2301":{"Temperature":20.0,"Humidity":40},"ENERGY":{"Total":1.5,"Power":100},"TempUnit":"C"}`,
		"plug/electric_power=100 plug/electric_energy=5.4e+06 room/air_temperature=293.15", "")
	s.hears("tele/plug-1/SENSOR", `{"Time":"2026-11-22T12:59:00+01:00","AM2301":{"Temperature":68.0},"TempUnit":"F"}`, "room/air_temperature=293.15 at 11:59:00", "")
	s.hears("tele/plug-1/SENSOR", `{"AM2301":{"Temperature":68.0},"ENERGY":{"Power":90}}`, "plug/electric_power=90", "TempUnit")
	s.hears("tele/plug-1/SENSOR", `{"ENERGY":{"Power":90}}`, "plug/electric_power=90", "")
	s.hears("tele/plug-1/SENSOR", `{"ENERGY":{"Power":[1,2]}}`, "", "not a number")
	s.hears("tele/plug-1/LWT", "Online", "", "")
	s.told(Message{Topic: "tele/plug-1/LWT", Payload: []byte("Offline"), Retained: true, At: noon},
		"plug/electric_power=NaN plug/electric_energy=NaN room/air_temperature=NaN", "is away")
	s.counted(Unused{Held: 1})
}

func newSocket(t testing.TB) *story {
	return newStory(t, configs.ProfileZigbee, "zigbee2mqtt/hall/socket",
		configs.Value{Path: "power", Point: "socket", Kind: interval.ElectricPower, Unit: "W"},
		configs.Value{Path: "energy", Point: "socket", Kind: interval.ElectricEnergy, Unit: "kWh"})
}

func TestZigbee2MQTTTellsWhenADeviceWasSeen(t *testing.T) {
	s := newSocket(t)
	s.hears("zigbee2mqtt/hall/socket", `{"power":12,"energy":0.5,"linkquality":90}`, "socket/electric_power=12 socket/electric_energy=1.8e+06", "")
	s.hears("zigbee2mqtt/hall/socket", `{"power":13,"last_seen":"2026-11-22T11:58:00.000Z"}`, "socket/electric_power=13 at 11:58:00", "")
	s.hears("zigbee2mqtt/hall/socket", `{"power":14,"last_seen":1795348740000}`, "socket/electric_power=14 at 11:59:00", "")
	s.hears("zigbee2mqtt/hall/socket/availability", `{"state":"offline"}`, "socket/electric_power=NaN socket/electric_energy=NaN", "is away")
	s.hears("zigbee2mqtt/hall/socket/availability", `offline`, "socket/electric_power=NaN socket/electric_energy=NaN", "is away")
	s.hears("zigbee2mqtt/hall/socket/availability", `online`, "", "")
}

func fuzzTopics(f *testing.F, reader func(testing.TB) *story, seeds ...string) {
	for _, seed := range seeds {
		f.Add(0, []byte(seed))
	}
	f.Fuzz(func(t *testing.T, which int, payload []byte) {
		s := reader(t)
		topics := s.Filters()
		topic := topics[uint(which)%uint(len(topics))]
		_, readings, _ := s.Read(Message{Topic: topic, Payload: payload, At: noon})
		sane(t, s, payload, readings)
	})
}

func FuzzShelly(f *testing.F) {
	fuzzTopics(f, newThreePhases, `{"method":"NotifyStatus","params":{"ts":1795348795.5,"em:0":{"total_act_power":2413.5}}}`, `{"total_act":1}`, "false")
}
func FuzzShellyGen1(f *testing.F) { fuzzTopics(f, newFirstGeneration, "61.5", "true") }
func FuzzTasmota(f *testing.F) {
	fuzzTopics(f, newPlug, `{"Time":"2026-11-22T13:00:00","AM2301":{"Temperature":20.0},"ENERGY":{"Total":1.5,"Power":100},"TempUnit":"C"}`, "Offline")
}
func FuzzZigbee(f *testing.F) {
	fuzzTopics(f, newSocket, `{"power":13,"energy":1,"last_seen":"2026-11-22T11:58:00.000Z"}`, `{"state":"offline"}`)
}
