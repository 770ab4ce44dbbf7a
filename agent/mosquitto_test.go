package agent

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	paho "github.com/eclipse/paho.mqtt.golang"

	"thermie/configs"
	"thermie/proof"
)

// mosquitto is a real broker on a port of its own, which can be killed and
// started again.
type mosquitto struct {
	address string
	program string
	config  string
	process *exec.Cmd
	plant   *configs.Broker // how a sensor gets in; nil: by the open door
}

// openDoor lets everybody in.
const openDoor = "allow_anonymous true\n"

// newMosquitto readies a broker with the lines of its configuration that say
// who gets in.
func newMosquitto(t *testing.T, door string) *mosquitto {
	t.Helper()
	t.Setenv("PATH", os.Getenv("PATH")+string(filepath.ListSeparator)+"/usr/sbin")
	m := &mosquitto{program: proof.Program(t, "mosquitto", proof.Debian)}
	m.address = proof.FreeAddress(t)
	host, port, _ := net.SplitHostPort(m.address)
	dir := t.TempDir()
	m.config = filepath.Join(dir, "mosquitto.conf")
	text := fmt.Sprintf("listener %s %s\npersistence true\npersistence_location %s/\nuser root\n%s", port, host, dir, door)
	if err := os.WriteFile(m.config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { m.stop() })
	return m
}

// started is a broker with an open door that takes connections.
func startedMosquitto(t *testing.T) *mosquitto {
	t.Helper()
	m := newMosquitto(t, openDoor)
	m.start(t)
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

// within waits for another process, of which no channel tells, for as long as
// tests may take.
func within(t *testing.T, what string, done func() bool) {
	t.Helper()
	end, bounded := t.Deadline()
	again := time.NewTicker(5 * time.Millisecond)
	defer again.Stop()
	for ; !done(); <-again.C {
		if bounded && time.Until(end) < 10*time.Second {
			t.Fatalf("not before tests must end: %s", what)
		}
	}
}

// granted waits for the broker's word.
func granted(t *testing.T, what string, token paho.Token) {
	t.Helper()
	if token.Wait(); token.Error() != nil {
		t.Fatalf("%s: %v", what, token.Error())
	}
}

// client connects somebody of the plant.
func (m *mosquitto) client(t *testing.T, id string, more func(*paho.ClientOptions)) paho.Client {
	t.Helper()
	o := paho.NewClientOptions().AddBroker("tcp://" + m.address).SetClientID(id)
	if m.plant != nil {
		b := &broker{}
		o = b.settings(*m.plant).SetClientID(id).SetOnConnectHandler(nil).SetConnectRetry(false)
	}
	if more != nil {
		more(o)
	}
	client := paho.NewClient(o)
	granted(t, id+" connects", client.Connect())
	return client
}

// publish sends messages as a sensor would.
func (m *mosquitto) publish(t *testing.T, retained bool, topic string, payloads ...string) {
	t.Helper()
	client := m.client(t, "sensor", nil)
	defer client.Disconnect(100)
	for _, p := range payloads {
		granted(t, "a sensor publishes", client.Publish(topic, 1, retained, p))
	}
}

// witness hears everything that is published on the broker. said returns the
// topics up to a last one; without one, it publishes one itself.
func (m *mosquitto) witness(t *testing.T) (said func(last string) string) {
	t.Helper()
	heard := make(chan string, 100)
	all := m.client(t, "witness", nil)
	t.Cleanup(func() { all.Disconnect(100) })
	granted(t, "a witness listens", all.Subscribe("#", 1, func(_ paho.Client, m paho.Message) { heard <- m.Topic() }))
	return func(last string) string {
		const end = "end"
		if last == "" {
			m.publish(t, false, end, "")
		}
		var topics []string
		for topic := range heard {
			if topic == end {
				break
			}
			if topics = append(topics, topic); topic == last {
				break
			}
		}
		return strings.Join(topics, " ")
	}
}
