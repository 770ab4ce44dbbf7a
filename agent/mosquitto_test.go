package agent

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	mqtt "github.com/eclipse/paho.mqtt.golang"

	"thermie/configs"
	"thermie/interval"
)

// external returns the path of a program that a test needs. Where it is not
// installed the test is skipped, unless THERMIE_REQUIRE_EXTERNAL=1 says that
// it must run.
func external(t *testing.T, program string) string {
	t.Helper()
	for _, folder := range append(filepath.SplitList(os.Getenv("PATH")), "/usr/sbin") {
		if path, err := exec.LookPath(filepath.Join(folder, program)); err == nil {
			return path
		}
	}
	if os.Getenv("THERMIE_REQUIRE_EXTERNAL") == "1" {
		t.Fatalf("%s is not installed, and THERMIE_REQUIRE_EXTERNAL=1 asks for it", program)
	}
	t.Skipf("%s is not installed", program)
	return ""
}

// mosquitto is a real broker on a port of its own, which can be killed and
// started again.
type mosquitto struct {
	address string
	program string
	config  string
	process *exec.Cmd
}

func newMosquitto(t *testing.T) *mosquitto {
	t.Helper()
	m := &mosquitto{program: external(t, "mosquitto")}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	m.address = free.Addr().String()
	free.Close()
	_, port, _ := net.SplitHostPort(m.address)
	dir := t.TempDir()
	m.config = filepath.Join(dir, "mosquitto.conf")
	text := fmt.Sprintf("listener %s 127.0.0.1\nallow_anonymous true\npersistence true\npersistence_location %s/\nuser root\n", port, dir)
	if err := os.WriteFile(m.config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { m.stop() })
	return m
}

// start starts the broker and returns when it takes connections.
func (m *mosquitto) start(t *testing.T) {
	t.Helper()
	m.process = exec.Command(m.program, "-c", m.config)
	if err := m.process.Start(); err != nil {
		t.Fatal(err)
	}
	within(t, "mosquitto takes connections", func() bool {
		conn, err := net.Dial("tcp", m.address)
		if err == nil {
			conn.Close()
		}
		return err == nil
	})
}

// stop ends the broker, which then saves its sessions.
func (m *mosquitto) stop() {
	if m.process != nil {
		m.process.Process.Signal(os.Interrupt)
		m.process.Wait()
		m.process = nil
	}
}

// within waits for another process, of which no channel tells.
func within(t *testing.T, what string, done func() bool) {
	t.Helper()
	limit := time.NewTimer(20 * time.Second)
	defer limit.Stop()
	for again := time.NewTicker(5 * time.Millisecond); !done(); {
		select {
		case <-again.C:
		case <-limit.C:
			t.Fatalf("not within 20 s: %s", what)
		}
	}
}

// publish sends messages as a sensor would.
func (m *mosquitto) publish(t *testing.T, retained bool, topic string, payloads ...string) {
	t.Helper()
	client := mqtt.NewClient(mqtt.NewClientOptions().AddBroker("tcp://" + m.address).SetClientID("sensor"))
	if token := client.Connect(); !token.WaitTimeout(10*time.Second) || token.Error() != nil {
		t.Fatal("sensor cannot connect:", token.Error())
	}
	defer client.Disconnect(100)
	for _, p := range payloads {
		if token := client.Publish(topic, 1, retained, p); !token.WaitTimeout(10*time.Second) || token.Error() != nil {
			t.Fatal("sensor cannot publish:", token.Error())
		}
	}
}

// roomSensor is a broker's configuration with one dated temperature.
func roomSensor(address string) configs.Broker {
	return configs.Broker{URL: "tcp://" + address, ClientID: "thermie-test", MaxHold: configs.Duration(time.Hour), Topics: []configs.Topic{{
		Topic: "dc/room", Time: "ts", Values: []configs.Value{{Path: "t", Point: "room", Kind: interval.AirTemperature, Unit: "°C"}}}}}
}

func openTestBroker(t *testing.T, address string) *broker {
	t.Helper()
	b, err := openBroker(surroundings{ctx: t.Context(), cfg: &configs.Agent{}, log: testLog(t)}, roomSensor(address))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// listenUntil runs the broker's source until it has delivered n readings.
func listenUntil(t *testing.T, b *broker, box *inbox, n int) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { b.run(ctx, box.put); close(done) }()
	within(t, fmt.Sprintf("%d readings", n), func() bool { return box.holds(n) })
	cancel()
	<-done
}

// holds reports whether n readings have come.
func (b *inbox) holds(n int) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.waiting) >= n
}

func TestABrokerKeepsWhatComesWhileTheAgentIsAway(t *testing.T) {
	m := newMosquitto(t)
	m.start(t)
	first, box := openTestBroker(t, m.address), &inbox{}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { first.run(ctx, box.put); close(done) }()
	<-first.ready
	cancel()
	<-done

	m.publish(t, false, "dc/room", `{"ts":1000,"t":20}`, `{"ts":1060,"t":21}`, `{"ts":1120,"t":22}`)
	m.stop() // and the broker is restarted, too
	m.start(t)
	listenUntil(t, openTestBroker(t, m.address), box, 3)
	readings, _ := box.take()
	if got := showReadings(readings); got != "room/air_temperature=293.15 room/air_temperature=294.15 room/air_temperature=295.15" {
		t.Errorf("%s", got)
	}
}

// The broker may be absent when the agent starts.
func TestTheAgentWaitsForABrokerThatIsDown(t *testing.T) {
	m := newMosquitto(t)
	b, box := openTestBroker(t, m.address), &inbox{}
	b.options.SetConnectRetryInterval(50 * time.Millisecond)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { b.run(ctx, box.put); close(done) }()
	within(t, "a refused connection is noticed", func() bool {
		b.health.mu.Lock()
		defer b.health.mu.Unlock()
		return b.health.failed > 0
	})
	m.start(t)
	<-b.ready
	m.publish(t, false, "dc/room", `{"ts":1000,"t":20}`)
	within(t, "a reading", func() bool { return box.holds(1) })
	cancel()
	<-done
}

// What the broker has retained is as old as nobody knows, and nothing that
// comes unasked or cannot be read becomes a reading.
func TestRetainedAndUnreadableMessagesAreNotIntegrated(t *testing.T) {
	m := newMosquitto(t)
	m.start(t)
	m.publish(t, true, "dc/room", `{"ts":900,"t":19}`)
	b, box := openTestBroker(t, m.address), &inbox{}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { b.run(ctx, box.put); close(done) }()
	<-b.ready
	far := time.Now().Add(time.Hour).Unix()
	m.publish(t, false, "dc/room", "not JSON", fmt.Sprintf(`{"ts":%d,"t":50}`, far), `{"ts":1000,"t":20}`)
	within(t, "the good reading", func() bool { return box.holds(1) })
	cancel()
	<-done
	readings, _ := box.take()
	if got := showReadings(readings); got != "room/air_temperature=293.15" {
		t.Errorf("%s", got)
	}
	if n := b.topics.all["dc/room"].retained; n != 1 {
		t.Errorf("%d retained messages counted", n)
	}
	b.topics.receive(incoming{topic: "dc/other", body: []byte("{}")})
	if b.topics.unknown != 1 {
		t.Error("a message of an unknown topic was not counted")
	}
}

// The agent asks and never speaks: nothing is published on the plant's
// broker, seen by a client that hears everything.
func TestNothingIsPublishedOnThePlantsBroker(t *testing.T) {
	m := newMosquitto(t)
	m.start(t)
	heard := make(chan string, 100)
	all := mqtt.NewClient(mqtt.NewClientOptions().AddBroker("tcp://" + m.address).SetClientID("ear"))
	if token := all.Connect(); !token.WaitTimeout(10*time.Second) || token.Error() != nil {
		t.Fatal(token.Error())
	}
	defer all.Disconnect(100)
	if token := all.Subscribe("#", 1, func(_ mqtt.Client, m mqtt.Message) { heard <- m.Topic() }); !token.WaitTimeout(10*time.Second) || token.Error() != nil {
		t.Fatal(token.Error())
	}
	b, box := openTestBroker(t, m.address), &inbox{}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { b.run(ctx, box.put); close(done) }()
	<-b.ready
	m.publish(t, false, "dc/room", `{"ts":1000,"t":20}`)
	within(t, "a reading", func() bool { return box.holds(1) })
	cancel()
	<-done
	m.publish(t, false, "end", "")
	var topics []string
	for topic := range heard {
		if topics = append(topics, topic); topic == "end" {
			break
		}
	}
	if got := strings.Join(topics, " "); got != "dc/room end" {
		t.Errorf("heard %s", got)
	}
}
