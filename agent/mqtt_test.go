package agent

import (
	"context"
	"encoding/hex"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	paho "github.com/eclipse/paho.mqtt.golang"

	"thermie/agent/mqtt"
	"thermie/configs"
	"thermie/interval"
)

// listener is a source that runs, and what it has delivered.
type listener struct {
	t      *testing.T
	broker *broker
	cancel context.CancelFunc
	done   chan struct{}

	mu   sync.Mutex
	came []interval.Reading
}

// listen runs a broker's source until leave, or the test's end, and returns
// when it is subscribed.
func listen(t *testing.T, cfg configs.Broker) *listener {
	t.Helper()
	l := begin(t, cfg)
	<-l.broker.ready
	return l
}

func begin(t *testing.T, cfg configs.Broker) *listener {
	t.Helper()
	b, err := openBroker(surroundings{ctx: t.Context(), cfg: &configs.Agent{}, log: testLog(t)}, cfg)
	if err != nil {
		t.Fatal(err)
	}
	b.options.SetConnectRetryInterval(20 * time.Millisecond).SetMaxReconnectInterval(20 * time.Millisecond)
	l := &listener{t: t, broker: b, done: make(chan struct{})}
	ctx, cancel := context.WithCancel(t.Context())
	l.cancel = cancel
	go func() { b.run(ctx, l.put); close(l.done) }()
	t.Cleanup(l.leave)
	return l
}

// put keeps readings as a builder does: the same one twice is one, such as a
// message that the broker sends again because it was cut off before the
// acknowledgement.
func (l *listener) put(readings []interval.Reading) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, r := range readings {
		if !slices.Contains(l.came, r) {
			l.came = append(l.came, r)
		}
	}
}

func (l *listener) leave() {
	l.cancel()
	<-l.done
}

// hears waits for n readings and returns all that came.
func (l *listener) hears(n int) string {
	l.t.Helper()
	within(l.t, fmt.Sprintf("%d readings", n), func() bool {
		l.mu.Lock()
		defer l.mu.Unlock()
		return len(l.came) >= n
	})
	l.mu.Lock()
	defer l.mu.Unlock()
	return shown(l.came)
}

// shown writes readings down as far as their sensors go.
func shown(readings []interval.Reading) string {
	var all []string
	for _, r := range readings {
		all = append(all, fmt.Sprintf("%s/%s=%.6g", r.Meter, r.Kind, r.SI))
	}
	return strings.Join(all, " ")
}

// fault waits for the connection to fail, and says why.
func (l *listener) fault() string {
	l.t.Helper()
	var state partStatus
	within(l.t, "a fault", func() bool { state = l.broker.health.state(""); return state.fault != "" })
	return state.fault
}

// unused is what was counted and not integrated.
func (l *listener) unused() (all mqtt.Unused) {
	l.broker.topics.mu.Lock()
	defer l.broker.topics.mu.Unlock()
	return l.broker.topics.all[0].reader.Unused()
}

// roomSensor is a broker's configuration with one dated temperature.
func roomSensor(url string) configs.Broker {
	return configs.Broker{URL: url, ClientID: "thermie-test", MaxHold: configs.Duration(time.Hour), Topics: []configs.Topic{{
		Topic: "dc/room", Profile: configs.ProfileJSON, Time: "ts",
		Values: []configs.Value{{Path: "t", Point: "room", Kind: interval.AirTemperature, Unit: "°C"}}}}}
}

// inRoom is a message of that sensor, s seconds after midnight.
func inRoom(s int, t float64) string { return fmt.Sprintf(`{"ts":%d,"t":%v}`, 1751328000+s, t) }

// The broker may be absent when the agent starts.
func TestTheAgentWaitsForABrokerThatIsDown(t *testing.T) {
	m := newMosquitto(t, openDoor)
	l := begin(t, roomSensor("tcp://"+m.address))
	l.fault()
	m.start(t)
	<-l.broker.ready
	m.publish(t, false, "dc/room", inRoom(0, 20))
	l.hears(1)
}

// What the broker has retained is as old as nobody knows, and nothing that
// comes unasked or cannot be read becomes a reading.
func TestRetainedAndUnreadableMessagesAreNotIntegrated(t *testing.T) {
	m := startedMosquitto(t)
	m.publish(t, true, "dc/room", inRoom(0, 19))
	l := listen(t, roomSensor("tcp://"+m.address))
	far := fmt.Sprintf(`{"ts":%d,"t":50}`, time.Now().Add(time.Hour).Unix())
	m.publish(t, false, "dc/room", "not JSON", far, `{"ts":1000,"t":50}`, inRoom(1, 20))
	if got := l.hears(1); got != "room/air_temperature=293.15" {
		t.Errorf("%s", got)
	}
	if got := l.unused(); got != (mqtt.Unused{Retained: 1}) {
		t.Errorf("%+v", got)
	}
	l.broker.topics.receive(mqtt.Message{Topic: "dc/other", Payload: []byte("{}")})
	if s := l.broker.status(); s.unknown != 1 || len(s.strays) != 1 {
		t.Errorf("a message of an unknown topic: %+v", s)
	}
}

// A message that a client took and did not acknowledge comes again. With a
// time of its own it is a reading like any other, of which the builder takes
// one; without, it would be dated by its second arrival, and is counted.
func TestAMessageDeliveredAgainCountsOnce(t *testing.T) {
	for _, c := range []struct {
		timePath, want string
		unused         mqtt.Unused
	}{
		{"ts", "room/air_temperature=293.15 room/air_temperature=294.15", mqtt.Unused{}},
		{"", "room/air_temperature=294.15", mqtt.Unused{Repeated: 1}},
	} {
		m := startedMosquitto(t)
		cfg := roomSensor("tcp://" + m.address)
		cfg.Topics[0].Time = c.timePath
		took := make(chan bool, 1)
		hasty := m.client(t, cfg.ClientID, func(o *paho.ClientOptions) {
			o.SetCleanSession(false).SetAutoAckDisabled(true).SetDefaultPublishHandler(func(paho.Client, paho.Message) { took <- true })
		})
		granted(t, "a hasty client listens", hasty.Subscribe("dc/room", 1, nil))
		m.publish(t, false, "dc/room", inRoom(0, 20))
		<-took
		hasty.Disconnect(100)

		l := listen(t, cfg)
		m.publish(t, false, "dc/room", inRoom(60, 21))
		within(t, "the second message", func() bool {
			l.mu.Lock()
			defer l.mu.Unlock()
			return len(l.came) > 0 && l.came[len(l.came)-1].SI > 294
		})
		if got := l.hears(1); got != c.want || l.unused() != c.unused {
			t.Errorf("time at %q: %s, %+v", c.timePath, got, l.unused())
		}
	}
}

// relay passes a connection on until it is cut, which looks like a cable
// pulled: nobody says goodbye.
func relay(t *testing.T, to string) (address string, cut func()) {
	t.Helper()
	door, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { door.Close() })
	ends := make(chan net.Conn, 2)
	go func() {
		in, err := door.Accept()
		if err != nil {
			return
		}
		door.Close() // nobody comes back
		out, err := net.Dial("tcp", to)
		if err != nil {
			return
		}
		ends <- in
		ends <- out
		go io.Copy(in, out)
		io.Copy(out, in)
	}()
	return door.Addr().String(), func() { (<-ends).Close(); (<-ends).Close() }
}

// The agent asks and never speaks: nothing is published on the plant's
// broker, seen by a client that hears everything, not even when the agent is
// cut off; unless the configuration names a last will.
func TestNothingIsPublishedOnThePlantsBroker(t *testing.T) {
	for will, want := range map[string]string{"": "dc/room", "thermie/lost": "dc/room thermie/lost"} {
		m := startedMosquitto(t)
		said := m.witness(t)
		address, cut := relay(t, m.address)
		cfg := roomSensor("tcp://" + address)
		cfg.LastWill = will
		l := listen(t, cfg)
		m.publish(t, false, "dc/room", inRoom(0, 20))
		l.hears(1)
		cut()
		l.fault() // the broker's side was cut at the same time
		l.leave()
		if got := said(will); got != want {
			t.Errorf("last will %q: heard %q, want %q", will, got, want)
		}
	}
}

// endToEnd are devices as they publish, each on a topic of a real broker.
var endToEnd = []struct {
	topic    configs.Topic
	messages [][2]string
	want     string
}{
	{configs.Topic{Topic: "bms/supply", Profile: configs.ProfileNumber, Values: []configs.Value{
		{Point: "loop", Kind: interval.SupplyTemperature, Unit: "°C"}}},
		[][2]string{{"bms/supply", "23,4 °C"}}, "loop/supply_temperature=296.55"},
	{configs.Topic{Topic: "BMS/v1/PUB", Profile: configs.ProfileDSX, Values: []configs.Value{
		{Path: "CDU/LiquidFlow/hall-1/cdu-3", Point: "loop", Kind: interval.VolumeFlowRate}}},
		[][2]string{
			{"BMS/v1/PUB/Value/CDU/LiquidFlow/hall-1/cdu-3", `{"value":360,"timestamp":1751328000000,"quality":1}`},
			{"BMS/v1/PUB/Metadata/CDU/LiquidFlow/hall-1/cdu-3", `{"objectType":"CDU","pointType":"LiquidFlow","engUnit":"L/min"}`},
		}, "loop/volume_flow=0.006"},
	{configs.Topic{Topic: "plant/gateway", Profile: configs.ProfileSparkplug, Values: []configs.Value{
		{Path: "Outdoor", Point: "outdoor", Kind: interval.OutdoorTemperature, Unit: "°C"}}},
		[][2]string{
			{"spBv1.0/plant/NBIRTH/gateway", unhex("088090a29afc32120d0a05626453657110002004580712160a074f7574646f6f721001200a6900000000000014401800")},
			{"spBv1.0/plant/NDATA/gateway", unhex("088090a29afc32120b10016900000000000018401801")},
		}, "outdoor/outdoor_temperature=278.15 outdoor/outdoor_temperature=279.15"},
	{configs.Topic{Topic: "shellypro3em-1", Profile: configs.ProfileShelly, Values: []configs.Value{
		{Path: "em:0.total_act_power", Point: "row", Kind: interval.ElectricPower, Unit: "W"}}},
		[][2]string{{"shellypro3em-1/events/rpc", `{"method":"NotifyStatus","params":{"ts":1751328000.5,"em:0":{"total_act_power":2413.5}}}`}}, "row/electric_power=2413.5"},
	{configs.Topic{Topic: "shellies/plug", Profile: configs.ProfileShellyGen1, Values: []configs.Value{
		{Path: "relay/0/energy", Point: "plug", Kind: interval.ElectricEnergy, Unit: "Wmin"}}},
		[][2]string{{"shellies/plug/relay/0/energy", "60000"}}, "plug/electric_energy=3.6e+06"},
	{configs.Topic{Topic: "tele/plug", Profile: configs.ProfileTasmota, Values: []configs.Value{
		{Path: "ENERGY.Total", Point: "plug", Kind: interval.ElectricEnergy, Unit: "kWh"}}},
		[][2]string{{"tele/plug/SENSOR", `{"Time":"2025-07-01T00:00:00","ENERGY":{"Total":1}}`}, {"tele/plug/LWT", "Offline"}},
		"plug/electric_energy=3.6e+06 plug/electric_energy=NaN"},
	{configs.Topic{Topic: "zigbee2mqtt/hall/socket", Profile: configs.ProfileZigbee, Values: []configs.Value{
		{Path: "power", Point: "socket", Kind: interval.ElectricPower, Unit: "W"}}},
		[][2]string{{"zigbee2mqtt/hall/socket", `{"power":12,"linkquality":90}`}}, "socket/electric_power=12"},
}

func unhex(text string) string {
	b, err := hex.DecodeString(text)
	if err != nil {
		panic(err)
	}
	return string(b)
}

func TestEveryProfileIsHeardThroughABroker(t *testing.T) {
	m := startedMosquitto(t)
	for _, c := range endToEnd {
		t.Run(c.topic.Profile, func(t *testing.T) {
			l := listen(t, configs.Broker{URL: "tcp://" + m.address, ClientID: "thermie-" + c.topic.Profile, Topics: []configs.Topic{c.topic}})
			for _, said := range c.messages {
				m.publish(t, false, said[0], said[1])
			}
			if got := l.hears(len(strings.Fields(c.want))); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}
