package bench

import (
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	simonvetter "github.com/simonvetter/modbus"

	"thermie/agent/modbus/modbustest"
	"thermie/proof"
)

// What is polled: the registers of so many units, once a second.
const (
	benchUnits     = 100
	benchRegisters = 60
)

// benchKinds are what the registers mean to the agent: a reading of a kind is
// the sum of five of them.
var benchKinds = [][2]string{
	{"electric_energy", "Wh"}, {"electric_power", "W"}, {"thermal_energy", "Wh"}, {"thermal_power", "W"},
	{"water_volume", "l"}, {"volume_flow", "l/h"}, {"supply_temperature", "K"}, {"return_temperature", "K"},
	{"air_temperature", "K"}, {"outdoor_temperature", "K"}, {"rack_outlet_temperature", "K"}, {"relative_humidity", "%"},
}

// benchPlant is what stands around the program that is measured, outside of
// its process: meters behind one gateway, a broker, and who takes the lines.
type benchPlant struct {
	t      testing.TB
	dir    string
	ca     string // of broker and receiver
	meters string
	broker string
	door   string // https://host:port
	status string

	begun     time.Time
	asked     atomic.Int64
	delivered atomic.Int64 // requests that the receiver took
}

func newBenchPlant(t testing.TB) *benchPlant {
	t.Helper()
	t.Setenv("PATH", os.Getenv("PATH")+string(filepath.ListSeparator)+"/usr/sbin")
	authority := proof.NewAuthority(t)
	p := &benchPlant{t: t, dir: t.TempDir(), ca: authority.CA, begun: time.Now()}
	p.meters, p.status = modbustest.Serve(t, registersThatGo{plant: p}), proof.FreeAddress(t)
	certificate, key := authority.Server("plant")
	p.broker = p.startBroker(certificate, key)
	p.door = p.startReceiver(certificate, key)
	return p
}

// registersThatGo are holding registers that count the seconds, each from
// another number, in a server that we did not write.
type registersThatGo struct {
	simonvetter.RequestHandler // never asked: the rest is not polled
	plant                      *benchPlant
}

func (r registersThatGo) HandleHoldingRegisters(q *simonvetter.HoldingRegistersRequest) ([]uint16, error) {
	r.plant.asked.Add(1)
	seconds := uint16(time.Since(r.plant.begun) / time.Second)
	words := make([]uint16, q.Quantity)
	for i := range words {
		words[i] = uint16(q.UnitId)*benchRegisters + q.Addr + uint16(i) + seconds
	}
	return words, nil
}

// startBroker starts a mosquitto that is reached over TLS alone.
func (p *benchPlant) startBroker(certificate, key string) string {
	p.t.Helper()
	address := proof.FreeAddress(p.t)
	host, port, _ := net.SplitHostPort(address)
	config := p.write("mosquitto.conf", fmt.Sprintf(
		"listener %s %s\nallow_anonymous true\nuser root\ncertfile %s\nkeyfile %s\n", port, host, certificate, key))
	runProgram(p.t, nil, proof.Program(p.t, "mosquitto", proof.Debian), "-c", config)
	return address
}

// startReceiver takes every line over TLS.
func (p *benchPlant) startReceiver(certificate, key string) string {
	p.t.Helper()
	server := &http.Server{ErrorLog: slog.NewLogLogger(slog.DiscardHandler, 0), Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.delivered.Add(1)
		w.WriteHeader(http.StatusNoContent)
	})}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		p.t.Fatal(err)
	}
	go server.ServeTLS(listener, certificate, key)
	p.t.Cleanup(func() { server.Close() })
	return "https://" + listener.Addr().String()
}

func (p *benchPlant) write(name, text string) string {
	p.t.Helper()
	path := filepath.Join(p.dir, name)
	err := os.MkdirAll(filepath.Dir(path), 0o700)
	if err == nil {
		err = os.WriteFile(path, []byte(text), 0o600)
	}
	if err != nil {
		p.t.Fatal(err)
	}
	return path
}

// agentConfig is the configuration of our agent for this plant.
func (p *benchPlant) agentConfig(interval time.Duration) string {
	p.t.Helper()
	p.template()
	var b strings.Builder
	fmt.Fprintf(&b, "site: {id: %s, name: bench, data: simulated, utc_offset_min: 60}\n", p.promptSite())
	fmt.Fprintf(&b, "interval: %s\nstate: state\nstatus: %s\ntemplates: templates\n", interval, p.status)
	fmt.Fprintf(&b, "collector: {url: %q, token_file: %q, tls: {ca: %q}}\n", p.door, p.write("token", "a-secret-of-this-benchmark\n"), p.ca)
	b.WriteString("points:\n  - {id: room, name: room, role: climate}\n")
	for unit := range benchUnits {
		fmt.Fprintf(&b, "  - {id: m%d, name: meter, role: auxiliary}\n", unit+1)
	}
	fmt.Fprintf(&b, "modbus:\n  - address: %q\n    period: 1s\n    max_requests_per_s: 10000\n    devices:\n", p.meters)
	for unit := range benchUnits {
		fmt.Fprintf(&b, "      - {unit: %d, template: sixty-registers, point: m%d}\n", unit+1, unit+1)
	}
	fmt.Fprintf(&b, "mqtt:\n  - url: %q\n    tls: {ca: %q, server_name: plant}\n", "mqtts://"+p.broker, p.ca)
	b.WriteString("    topics:\n      - {topic: hall/room, profile: number, values: [{point: room, kind: air_temperature, unit: C}]}\n")
	return p.write("agent.yaml", b.String())
}

// template is a device of sixty registers, each of which is used.
func (p *benchPlant) template() {
	var b strings.Builder
	b.WriteString("id: sixty-registers\nmaker: bench\nconfidence: one-source\nsources: [this benchmark]\nfunction: 3\nregisters:\n")
	for address := range benchRegisters {
		kind := benchKinds[address%len(benchKinds)]
		fmt.Fprintf(&b, "  - {name: r%d, address: %d, type: u16, unit: %q, kind: %s, source: bench}\n", address, address, kind[1], kind[0])
	}
	p.write("templates/sixty.yaml", b.String())
}

// telegrafConfig has the same polled, and sent in the same way.
func (p *benchPlant) telegrafConfig(more string) string {
	p.t.Helper()
	var b strings.Builder
	b.WriteString("[agent]\n  interval = \"1s\"\n  flush_interval = \"10s\"\n  omit_hostname = true\n")
	fmt.Fprintf(&b, "[[outputs.influxdb_v2]]\n  urls = [%q]\n  token = \"secret\"\n  bucket = \"thermie\"\n  tls_ca = %q\n", p.door, p.ca)
	b.WriteString(more)
	fmt.Fprintf(&b, "[[inputs.modbus]]\n  name = \"meters\"\n  controller = %q\n  configuration_type = \"request\"\n", "tcp://"+p.meters)
	for unit := range benchUnits {
		fmt.Fprintf(&b, "  [[inputs.modbus.request]]\n    slave_id = %d\n    byte_order = \"ABCD\"\n    register = \"holding\"\n    fields = [\n", unit+1)
		for address := range benchRegisters {
			fmt.Fprintf(&b, "      {address = %d, name = \"r%d\", type = \"UINT16\"},\n", address, address)
		}
		b.WriteString("    ]\n")
	}
	return p.write("telegraf.conf", b.String())
}
