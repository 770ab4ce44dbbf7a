package mqtt

import (
	"maps"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"thermie/configs"
	"thermie/interval"
)

// sample is a device of a profile: its reader, and a message with values,
// after others that it needs.
type sample struct {
	reader func(testing.TB) *story
	before []Message
	value  Message
}

func message(topic, payload string) Message {
	return Message{Topic: topic, Payload: []byte(payload), At: noon}
}

var samples = map[string]sample{
	configs.ProfileJSON: {
		reader: func(t testing.TB) *story { return newStory(t, configs.ProfileJSON, "dc/climate", climate...) },
		value:  message("dc/climate", `{"room":{"t":20}}`)},
	configs.ProfileNumber: {
		reader: func(t testing.TB) *story { return newStory(t, configs.ProfileNumber, "bms/supply", supply) },
		value:  message("bms/supply", "23.4")},
	configs.ProfileDSX: {
		reader: func(t testing.TB) *story { return newRack(t, "") },
		before: []Message{message(rackMetadata, kilowatts)},
		value:  message(rackValue, dsxMessage(44, 0, 1))},
	configs.ProfileSparkplug: {
		reader: newNode,
		before: []Message{nodeBirth(7), deviceBirth(1)},
		value:  deviceData(2, 24.5)},
	configs.ProfileShelly: {
		reader: newThreePhases,
		value:  message("shellypro3em-1/status/em:0", `{"total_act_power":2400}`)},
	configs.ProfileShellyGen1: {reader: newFirstGeneration, value: message("shellies/shellyplug-1/relay/0/power", "61.5")},
	configs.ProfileTasmota:    {reader: newPlug, value: message("tele/plug-1/SENSOR", `{"ENERGY":{"Power":100}}`)},
	configs.ProfileZigbee:     {reader: newSocket, value: message("zigbee2mqtt/hall/socket", `{"power":12}`)},
}

// read tells the device's story up to its value, in which m stands for it.
func (c sample) read(t *testing.T, m Message) (*story, []interval.Reading) {
	t.Helper()
	s := c.reader(t)
	for _, before := range c.before {
		if _, _, err := s.Read(before); err != nil {
			t.Fatal(err)
		}
	}
	_, readings, _ := s.Read(m)
	return s, readings
}

func TestEveryProfileKeepsTheRules(t *testing.T) {
	for name := range profiles {
		t.Run(name, func(t *testing.T) {
			c, shown := samples[name]
			if !shown {
				t.Fatal("the profile has no sample here")
			}
			s, readings := c.read(t, c.value)
			if len(readings) != 1 || math.IsNaN(readings[0].SI) {
				t.Errorf("the sample gives %s", show(readings))
			}
			sane(t, s, c.value.Payload, readings)
			if !slices.ContainsFunc(s.Filters(), func(f string) bool { return Matches(f, c.value.Topic) }) {
				t.Errorf("%s is not subscribed to by %v", c.value.Topic, s.Filters())
			}

			retained := c.value
			retained.Retained = true
			if _, readings := c.read(t, retained); len(readings) > 0 {
				t.Errorf("a retained value is integrated: %s", show(readings))
			}
			for _, garbage := range []string{"", "{", "null", "[]", "\x00\xff", strings.Repeat("9", 200)} {
				spoilt := c.value
				spoilt.Payload = []byte(garbage)
				s, readings := c.read(t, spoilt)
				sane(t, s, spoilt.Payload, readings)
			}
		})
	}
}

// What a configuration may name and what can be read are the same.
func TestConfigsAndThisRoomNameTheSameProfiles(t *testing.T) {
	if got, want := slices.Sorted(maps.Keys(profiles)), configs.MQTTProfiles(); !slices.Equal(got, want) {
		t.Errorf("read: %v, configured: %v", got, want)
	}
}

// A message delivered twice counts once: by its own time, of which a builder
// takes one reading, or else by the broker's word.
func TestEveryProfileCountsADuplicateOnce(t *testing.T) {
	for name, c := range samples {
		s, first := c.read(t, c.value)
		again := c.value
		again.Duplicate, again.At = true, noon.Add(30*time.Second)
		if _, second, _ := s.Read(again); len(second) > 0 && second[0] != first[0] {
			t.Errorf("%s: %s, and again %s", name, show(first), show(second))
		}
	}
}

// sane: readings are of the configured series, finite or none, and of a time
// that can be.
func sane(t *testing.T, s *story, payload []byte, readings []interval.Reading) {
	t.Helper()
	for _, r := range readings {
		if !slices.Contains(s.Series(), interval.Series{Meter: r.Meter, Kind: r.Kind}) || math.IsInf(r.SI, 0) || r.At.Year() < 1970 || r.At.Sub(noon) > maxAhead {
			t.Errorf("%q gives %+v", payload, r)
		}
	}
}

func TestFiltersMatchAsTheBrokerMatches(t *testing.T) {
	for _, c := range []struct {
		filter, topic string
		want          bool
	}{
		{"a/b", "a/b", true}, {"a/b", "a/c", false}, {"a/b", "a/b/c", false}, {"a/b/c", "a/b", false},
		{"a/+/c", "a/b/c", true}, {"a/+", "a/b/c", false}, {"+", "a", true}, {"a/#", "a", true}, {"a/#", "a/b/c", true},
		{"#", "a/b", true}, {"a/+/n/#", "a/NDATA/n", true}, {"a/+/n/#", "a/DDATA/n/d", true}, {"a/+/n/#", "a/DDATA/m/d", false},
		{"", "", true}, {"a", "", false}, {"a//b", "a//b", true},
	} {
		if got := Matches(c.filter, c.topic); got != c.want {
			t.Errorf("%q of %q: %v", c.topic, c.filter, got)
		}
	}
}
