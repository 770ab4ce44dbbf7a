package mqtt

import (
	"fmt"
	"testing"
	"time"

	"thermie/configs"
	"thermie/interval"
)

const (
	rackValue    = "BMS/v1/PUB/Value/Rack/RackPower/site-a/row-1/rack-1/power"
	rackMetadata = "BMS/v1/PUB/Metadata/Rack/RackPower/site-a/row-1/rack-1/power"
)

func newRack(t testing.TB, unit string) *story {
	return newStory(t, configs.ProfileDSX, "BMS/v1/PUB", configs.Value{
		Path: "Rack/RackPower/site-a/row-1/rack-1/power", Point: "rack", Kind: interval.ElectricPower, Unit: unit})
}

// dsxMessage is a value message of a second after noon.
func dsxMessage(value any, second, quality int) string {
	return fmt.Sprintf(`{"value":%v,"timestamp":%d,"quality":%d}`, value, noon.Add(time.Duration(second)*time.Second).UnixMilli(), quality)
}

const kilowatts = `{"objectType":"Rack","pointType":"RackPower","rackLocationName":"row 1, rack 1","rackLocationId":"rack-1","engUnit":"kW"}`

// What another than the BMS publishes, the BMS describes all the same; and
// some write the quality as a text.
func TestDSXIntegrationsAreDescribedByTheBMS(t *testing.T) {
	s := newStory(t, configs.ProfileDSX, "BMS/v1/CM", configs.Value{Path: "CDU/GenericPoint/cdu-5/flow", Point: "cdu", Kind: interval.VolumeFlowRate})
	if got := fmt.Sprint(s.Filters()); got != "[BMS/v1/PUB/Metadata/CDU/GenericPoint/cdu-5/flow BMS/v1/CM/Value/CDU/GenericPoint/cdu-5/flow]" {
		t.Errorf("subscribes to %s", got)
	}
	s.hears("BMS/v1/PUB/Metadata/CDU/GenericPoint/cdu-5/flow", `{"engUnit":"LPM","integration":"CM"}`, "", "")
	value := func(quality string) string {
		return fmt.Sprintf(`{"value":60,"timestamp":%d,"quality":%s}`, noon.UnixMilli(), quality)
	}
	s.hears("BMS/v1/CM/Value/CDU/GenericPoint/cdu-5/flow", value(`"1"`), "cdu/volume_flow=0.001", "")
	s.hears("BMS/v1/CM/Value/CDU/GenericPoint/cdu-5/flow", value(`"0"`), "cdu/volume_flow=NaN", "")
	s.hears("BMS/v1/CM/Value/CDU/GenericPoint/cdu-5/flow", value("null"), "", "needs value, timestamp")
	s.hears("BMS/v1", "{}", "", "is configured")
}

// Values wait for the metadata that tells their unit, and are not lost.
func TestDSXValuesWaitForTheirMetadata(t *testing.T) {
	s := newRack(t, "")
	s.hears(rackValue, dsxMessage(42.5, -20, 1), "", "1 values wait")
	s.hears(rackValue, dsxMessage(43, -10, 1), "", "2 values wait")
	s.told(Message{Topic: rackMetadata, Payload: []byte(kilowatts), Retained: true, At: noon},
		"rack/electric_power=42500 at 11:59:40 rack/electric_power=43000 at 11:59:50", "")
	s.hears(rackValue, dsxMessage(44, 0, 1), "rack/electric_power=44000", "")
	s.counted(Unused{Held: 2})
}

func TestDSXUntrustedAndRetainedValuesAreNone(t *testing.T) {
	s := newRack(t, "")
	s.hears(rackMetadata, kilowatts, "", "")
	s.hears(rackValue, dsxMessage("null", 0, 1), "rack/electric_power=NaN", "")
	s.hears(rackValue, dsxMessage(44, 0, 0), "rack/electric_power=NaN", "")
	s.hears(rackValue, dsxMessage(44, 0, 192), "rack/electric_power=NaN", "")
	s.told(Message{Topic: rackValue, Payload: []byte(dsxMessage(44, 0, 1)), Retained: true, At: noon}, "", "")
	s.hears(rackValue, `{"value":44,"quality":1}`, "", "needs value, timestamp")
	s.hears(rackValue, fmt.Sprintf(`{"value":44,"timestamp":%d,"quality":1}`, noon.Unix()), "", "clock was never set") // seconds, where ms are due
	s.hears(rackValue, `{"value":"44","timestamp":1,"quality":1}`, "", "not a number")
	s.hears(rackValue, `[]`, "", "needs value, timestamp")
	s.counted(Unused{Retained: 1})
}

// A unit is the metadata's; what a person states stands in where its name is
// not ours, and never against it.
func TestDSXUnitsAreNeverGuessed(t *testing.T) {
	for _, c := range []struct{ stated, told, want, fault string }{
		{"", "W", "rack/electric_power=44", ""},
		{"", "°C", "", "does not fit electric_power"},
		{"", "", "", "does not fit electric_power"},
		{"kW", "Kilowatts", "rack/electric_power=44000", ""},
		{"kW", "kW", "rack/electric_power=44000", ""},
		{"W", "kW", "", "the metadata says kW, the configuration W"},
	} {
		s := newRack(t, c.stated)
		s.hears(rackMetadata, fmt.Sprintf(`{"engUnit":%q}`, c.told), "", c.fault)
		fault := ""
		if c.fault != "" {
			fault = "wait"
		}
		s.hears(rackValue, dsxMessage(44, 0, 1), c.want, fault)
	}
}

// The bus says every 100 s again what has not changed. Where it does so with
// the time of the change, the value stands up to then, be it told at once or
// after the agent was away.
func TestDSXValuesThatAreSaidAgainStillStand(t *testing.T) {
	s := newRack(t, "")
	s.hears(rackMetadata, kilowatts, "", "")
	said := []byte(dsxMessage(44, -3600, 1))
	for _, c := range []struct {
		arrives time.Time
		want    string
	}{
		{noon.Add(-time.Hour), "rack/electric_power=44000 at 11:00:00"},
		{noon.Add(-time.Hour + 50*time.Second), "rack/electric_power=44000 at 11:00:50"},
		{noon, "rack/electric_power=44000 at 11:02:30"},
		{noon, "rack/electric_power=44000 at 11:04:10"},
		{noon.Add(-time.Hour), "rack/electric_power=44000 at 11:04:10"},
	} {
		s.told(Message{Topic: rackValue, Payload: said, At: c.arrives}, c.want, "")
	}
	s.told(Message{Topic: rackValue, Payload: said, At: noon, Duplicate: true}, "rack/electric_power=44000 at 11:00:00", "")
	s.hears(rackValue, dsxMessage(45, -3000, 1), "rack/electric_power=45000 at 11:10:00", "")
}

// A point without metadata does not fill the memory.
func TestDSXKeepsTheLatestThatWait(t *testing.T) {
	s := newRack(t, "")
	for i := range 3 * mostWaiting {
		_, _, _ = s.Read(Message{Topic: rackValue, Payload: []byte(dsxMessage(1, i-4000, 1)), At: noon})
	}
	_, readings, err := s.Read(Message{Topic: rackMetadata, Payload: []byte(kilowatts), At: noon})
	if len(readings) != mostWaiting || err != nil || !readings[mostWaiting-1].At.Equal(noon.Add(-1001*time.Second)) {
		t.Errorf("%d readings, %v", len(readings), err)
	}
}

func FuzzDSX(f *testing.F) {
	f.Add(true, []byte(kilowatts))
	f.Add(false, []byte(dsxMessage(42.5, 0, 1)))
	f.Fuzz(func(t *testing.T, metadata bool, payload []byte) {
		s := newRack(t, "")
		topic := rackValue
		if metadata {
			topic = rackMetadata
		}
		for range 2 {
			if _, readings, _ := s.Read(Message{Topic: topic, Payload: payload, At: noon}); len(readings) > 0 {
				t.Errorf("%q is read without a unit: %s", payload, show(readings))
			}
		}
	})
}
