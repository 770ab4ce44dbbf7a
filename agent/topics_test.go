package agent

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"thermie/agent/mqtt"
	"thermie/configs"
	"thermie/interval"
)

func TestATopicIsReadOnce(t *testing.T) {
	shelly := configs.Topic{Topic: "em", Profile: configs.ProfileShelly, Values: []configs.Value{
		{Path: "em:0.total_act_power", Point: "row", Kind: interval.ElectricPower, Unit: "W"}}}
	same := configs.Topic{Topic: "em/online", Profile: configs.ProfileNumber, Values: []configs.Value{
		{Point: "row", Kind: interval.AirTemperature, Unit: "°C"}}}
	if _, err := newTopics([]configs.Topic{shelly, same}, testLog(t)); err == nil || !strings.Contains(err.Error(), "em/online is read for em and for em/online") {
		t.Error(err)
	}
}

// Topics that nobody asked for are counted, and some of them named, however
// many there are.
func TestStrayTopicsAreCountedAndSomeAreNamed(t *testing.T) {
	b, err := openBroker(surroundings{ctx: t.Context(), cfg: &configs.Agent{}, log: testLog(t)}, roomSensor("tcp://192.0.2.1:1883"))
	if err != nil {
		t.Fatal(err)
	}
	b.topics.listen(func([]interval.Reading) {})
	for i := range 1000 {
		b.topics.receive(mqtt.Message{Topic: fmt.Sprintf("old/%d", i%100), At: time.Now()})
	}
	if s := b.status(); s.unknown != 1000 || len(s.strays) != mostStrays {
		t.Errorf("%d counted, %d named", s.unknown, len(s.strays))
	}
}

func TestCheckSaysHowABrokerIsRead(t *testing.T) {
	brokers := []configs.Broker{
		{URL: "mqtts://broker.plant:8883", ClientID: "thermie-hall", Username: "thermie", PasswordFile: "/etc/thermie/mqtt",
			TLS:      configs.Security{CA: "plant.pem", Certificate: "agent.pem", Key: "agent.key", ServerName: "broker.plant"},
			LastWill: "thermie/lost", Topics: []configs.Topic{{Topic: "BMS/v1/PUB", Profile: configs.ProfileDSX, Values: make([]configs.Value, 3)}}},
		{URL: "tcp://192.0.2.20:1883", ClientID: "thermie-hall-2", Username: "thermie", PasswordEnv: "MQTT_PASSWORD"},
	}
	var said strings.Builder
	printBrokers(&said, brokers)
	if want := `
Brokers, only subscribed to
  mqtts://broker.plant:8883
    session    thermie-hall, kept by the broker while the agent is away
    encrypted  TLS 1.2 or later, trusting plant.pem, for the name broker.plant, showing agent.pem
    login      user thermie, password in the file /etc/thermie/mqtt
    last will  the broker itself publishes "lost" on thermie/lost when the agent is cut off
    reads      BMS/v1/PUB as nvidia-dsx, values: 3
  tcp://192.0.2.20:1883
    session    thermie-hall-2, kept by the broker while the agent is away
    encrypted  no: whoever is on the way reads along
    login      user thermie, password in the environment's MQTT_PASSWORD; it travels in clear
    last will  none: nothing is published
`; said.String() != want {
		t.Errorf("%s\nwant%s", said.String(), want)
	}
	if text := nothingElse(brokers); !strings.Contains(text, "the broker's own message") {
		t.Error(text)
	}
	if text := nothingElse(brokers[1:]); !strings.HasSuffix(text, "nothing is published on a broker.") {
		t.Error(text)
	}
}
