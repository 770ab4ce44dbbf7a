package collector

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	mqtt "github.com/mochi-mqtt/server/v2"
	"github.com/mochi-mqtt/server/v2/hooks/auth"
	"github.com/mochi-mqtt/server/v2/listeners"
	"github.com/simonvetter/modbus"

	"thermie/configs"
	"thermie/interval"
	"thermie/proof"
	"thermie/reports"
	"thermie/reports/press"
	"thermie/virtual"
)

// hallSecret is the token of the site that Telegraf reads.
const hallSecret = "0123456789abcdef-hall"

// newHall is a collector with the feed that DOORS.md shows.
func newHall(t *testing.T, more ...func(*configs.Collector)) *testServer {
	t.Helper()
	shown, err := configs.LoadCollector(filepath.Join("testdata", "doors", "collector.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	token := filepath.Join(t.TempDir(), "hall.token")
	if err := os.WriteFile(token, []byte(hallSecret), 0o600); err != nil {
		t.Fatal(err)
	}
	return newTestServer(t, func(c *configs.Collector) {
		c.Data, c.Feeds, c.Sites = t.TempDir(), shown.Feeds, shown.Sites
		c.Tokens = append(c.Tokens, configs.Token{Site: "hall", File: token})
		for _, change := range more {
			change(c)
		}
	})
}

// closeFeed closes by the clock what a feed has.
func (s *testServer) closeFeed(site string, now time.Time) {
	s.t.Helper()
	if err := s.feeds.Of(site).CloseBy(context.Background(), now); err != nil {
		s.t.Fatal(err)
	}
}

// recordsOf returns the stored intervals of a site and kind.
func (s *testServer) recordsOf(site string, kind interval.Kind) []interval.Record {
	s.t.Helper()
	recs, err := s.store.Records(context.Background(), site, time.Unix(0, 0), time.Unix(1<<33, 0))
	if err != nil {
		s.t.Fatal(err)
	}
	return slices.DeleteFunc(recs, func(r interval.Record) bool { return r.Kind != kind })
}

// telegraf runs a real Telegraf with the shown configuration files until the
// test ends. What came of each of its writes goes to the channel.
func (s *testServer) telegraf(values map[string]string, more ...string) (writes <-chan answer) {
	s.t.Helper()
	program := proof.Program(s.t, "telegraf", proof.GoTelegraf)
	answers := make(chan answer, 100)
	door := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen := httptest.NewRecorder()
		s.Handler().ServeHTTP(seen, r)
		w.WriteHeader(seen.Code)
		w.Write(seen.Body.Bytes())
		answers <- answer{seen.Code, problem{Message: seen.Body.String()}}
	}))
	s.t.Cleanup(door.Close)
	args := []string{"--quiet"}
	for _, name := range append([]string{"output.conf"}, more...) {
		args = append(args, "--config", filepath.Join("testdata", "doors", name))
	}
	run := exec.Command(program, args...)
	run.Env = append(os.Environ(), "THERMIE_URL="+door.URL, "THERMIE_TOKEN="+hallSecret)
	for key, value := range values {
		run.Env = append(run.Env, key+"="+value)
	}
	var said bytes.Buffer
	run.Stdout, run.Stderr = &said, &said
	if err := run.Start(); err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() {
		run.Process.Signal(os.Interrupt)
		run.Wait()
		if s.t.Failed() {
			s.t.Logf("telegraf said:\n%s", said.String())
		}
	})
	return answers
}

// aDay is what another program gathered in a day, a line a minute and meter:
// an incomer of 100 kW, IT of 60 kW, and 90 kW of heat at 18/12 °C.
func aDay(from time.Time) string {
	var b strings.Builder
	for minute := 0; minute <= 24*60; minute++ {
		at := from.Add(time.Duration(minute) * time.Minute).UnixNano()
		fmt.Fprintf(&b, "modbus,name=main energy=%di %d\n", 7_000_000+minute*100_000/60, at)
		fmt.Fprintf(&b, "modbus,name=ups energy=%di,power=60 %d\n", 5_000_000+minute*1000, at)
		fmt.Fprintf(&b, "modbus,name=heat energy=%di,supply=18,return=12 %d\n", (999_900+minute*90/60/10)%1_000_000, at)
	}
	return b.String()
}

// A day that Telegraf sends through a feed ends in a report, to the digit.
func TestADayFromTelegrafEndsInAReport(t *testing.T) {
	s := newHall(t)
	midnight := time.Date(2025, 6, 29, 23, 0, 0, 0, time.UTC)
	s.now = func() time.Time { return midnight.AddDate(0, 0, 1).Add(time.Minute) }
	file := filepath.Join(t.TempDir(), "day.lines")
	if err := os.WriteFile(file, []byte(aDay(midnight)), 0o600); err != nil {
		t.Fatal(err)
	}
	writes := s.telegraf(map[string]string{"LINES": file, "EVERY": "1s"}, "file.conf")
	for sent := 0; sent < 3*1441; sent += 1000 { // Telegraf's batches
		if a := <-writes; a.status != http.StatusNoContent {
			t.Fatalf("%d %s", a.status, a.Message)
		}
	}
	s.closeFeed("hall", s.now())
	page := s.sitePage("hall", midnight)
	for _, figure := range []string{"1,440.00", "2,400.00", "2,160.00", "1.6667"} {
		if !strings.Contains(page, figure) {
			t.Errorf("the report does not say %s", figure)
		}
	}
}

// sitePage writes the report of a site and returns it as a page.
func (s *testServer) sitePage(site string, date time.Time) string {
	s.t.Helper()
	out := s.t.TempDir()
	options := reports.Options{Year: date.Year(), Lang: "en", Date: date, Software: "test", AllowFictitious: true, Out: out}
	if err := press.WriteSite(context.Background(), s.registry, site, options); err != nil {
		s.t.Fatal(err)
	}
	page, err := os.ReadFile(filepath.Join(out, site+".html"))
	if err != nil {
		s.t.Fatal(err)
	}
	return string(page)
}

// Telegraf passes our own lines on with their tags sorted by name, which the
// door takes too.
func TestTelegrafPassesOurOwnLinesOn(t *testing.T) {
	s := newHall(t)
	file := filepath.Join(t.TempDir(), "own.lines")
	r := with(rec(noon, 5), func(r *interval.Record) { r.Site = "hall" })
	line := strings.TrimSuffix(string(r.AppendLine(nil)), fmt.Sprint(noon)) + fmt.Sprint(noon*1e9)
	if err := os.WriteFile(file, []byte(line+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	writes := s.telegraf(map[string]string{"LINES": file, "EVERY": "1s"}, "file.conf")
	if a := <-writes; a.status != http.StatusNoContent {
		t.Fatalf("%d %s", a.status, a.Message)
	}
	if got := s.recordsOf("hall", interval.ElectricEnergy); len(got) != 1 || !got[0].Same(r) {
		t.Errorf("%+v", got)
	}
}

// Telegraf reads the virtual data center's meter on real Modbus; what the
// counter counts between two readings is what the collector has.
func TestTelegrafReadsAMeterOnModbus(t *testing.T) {
	s := newHall(t, func(c *configs.Collector) {
		c.Feeds[0].Points[1].MaxKW = 0 // hours of the plant pass in a second
	})
	s.now = time.Now
	plant, err := virtual.Start(t.Context(), virtual.Options{})
	if err != nil {
		t.Fatal(err)
	}
	before := counterOf(t, plant)
	writes := s.telegraf(map[string]string{"METER": plant.ModbusAddr(), "EVERY": "1s"}, "modbus.conf")
	for n := range 3 {
		if a := <-writes; a.status != http.StatusNoContent {
			t.Fatalf("%d %s", a.status, a.Message)
		}
		if n == 0 {
			passHours(t, plant, 6)
		}
	}
	s.closeFeed("hall", time.Now().Add(time.Hour))
	counted := 0.0
	for _, r := range s.recordsOf("hall", interval.ElectricEnergy) {
		if !r.Gap() {
			counted += r.SI / 3600
		}
	}
	if want := counterOf(t, plant) - before; want < 10_000 || math.Abs(counted-want) > 1e-6*want {
		t.Errorf("%g Wh are stored, the counter went on by %g", counted, want)
	}
	if powers := s.recordsOf("hall", interval.ElectricPower); len(powers) == 0 || powers[0].Gap() {
		t.Errorf("%+v", powers)
	}
}

// counterOf asks the plant's meter itself, in Wh.
func counterOf(t *testing.T, plant *virtual.DataCenter) float64 {
	t.Helper()
	client, err := modbus.NewClient(&modbus.ClientConfiguration{URL: "tcp://" + plant.ModbusAddr(), Timeout: 5 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	if err := client.Open(); err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	client.SetUnitId(1)
	counted, err := client.ReadUint64(3203, modbus.HOLDING_REGISTER)
	if err != nil {
		t.Fatal(err)
	}
	return float64(counted)
}

// passHours lets the plant's day go on.
func passHours(t *testing.T, plant *virtual.DataCenter, hours float64) {
	t.Helper()
	var at struct{ Now float64 }
	for range 2 {
		asked := 0.0
		if at.Now > 0 {
			asked = at.Now + hours*3600
		}
		res, err := http.Post(plant.StepURL(), "application/json", strings.NewReader(fmt.Sprintf(`{"now":%f}`, asked)))
		if err != nil {
			t.Fatal(err)
		}
		err = json.NewDecoder(res.Body).Decode(&at)
		res.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
	}
}

// A sensor that publishes plain numbers on MQTT becomes a temperature.
func TestTelegrafListensToMQTT(t *testing.T) {
	s := newHall(t)
	s.now = time.Now
	broker := mqtt.New(&mqtt.Options{InlineClient: true, Logger: slog.New(slog.DiscardHandler)})
	broker.AddHook(new(auth.AllowHook), nil)
	listener := listeners.NewTCP(listeners.Config{ID: "tcp", Address: "127.0.0.1:0"})
	if err := broker.AddListener(listener); err != nil {
		t.Fatal(err)
	}
	if err := broker.Serve(); err != nil {
		t.Fatal(err)
	}
	defer broker.Close()
	if err := broker.Publish("hall/room", []byte("21.5"), true, 0); err != nil {
		t.Fatal(err)
	}
	writes := s.telegraf(map[string]string{"BROKER": listener.Address(), "EVERY": "1s"}, "mqtt.conf")
	if a := <-writes; a.status != http.StatusNoContent {
		t.Fatalf("%d %s", a.status, a.Message)
	}
	s.closeFeed("hall", time.Now().Add(time.Hour))
	if recs := s.recordsOf("hall", interval.AirTemperature); len(recs) == 0 || math.Abs(recs[0].SI-294.65) > 1e-9 {
		t.Errorf("%+v", recs)
	}
}
