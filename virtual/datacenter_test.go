package virtual

import (
	"bytes"
	"encoding/json"
	"math"
	"net/http"
	"sync"
	"testing"
	"time"

	paho "github.com/eclipse/paho.mqtt.golang"
	"github.com/simonvetter/modbus"
)

func started(t *testing.T) *DataCenter {
	t.Helper()
	d, err := Start(t.Context(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

// peer is a Modbus client that we did not write.
func peer(t *testing.T, d *DataCenter, unit uint8) *modbus.ModbusClient {
	t.Helper()
	client, err := modbus.NewClient(&modbus.ClientConfiguration{URL: "tcp://" + d.ModbusAddr(), Timeout: 5 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	if err := client.Open(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { client.Close() })
	client.SetUnitId(unit)
	return client
}

func step(t *testing.T, d *DataCenter, now float64) stepReply {
	t.Helper()
	body, err := json.Marshal(stepRequest{Now: now})
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.Post(d.StepURL(), "application/json", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var reply stepReply
	if err := json.NewDecoder(answer.Body).Decode(&reply); err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("step %v: status %s, %v", now, answer.Status, err)
	}
	return reply
}

func TestAStrangersModbusClientReadsTheMeasuredDay(t *testing.T) {
	d := started(t)
	it := peer(t, d, 1)
	var first, last uint64
	var joules, power, before float64
	now := stepReply{}
	for rows := 0; ; rows++ {
		next := step(t, d, now.Now)
		if next.Done {
			if rows != 263 {
				t.Errorf("the day has %d instants, want 263", rows)
			}
			break
		}
		counter, err := it.ReadUint64(3203, modbus.HOLDING_REGISTER)
		if err != nil {
			t.Fatal(err)
		}
		if rows == 0 {
			first = counter
		}
		joules += power * (next.Now - before)
		kilowatts, err := it.ReadFloat32(3059, modbus.HOLDING_REGISTER)
		if err != nil {
			t.Fatal(err)
		}
		last, power, before, now = counter, float64(kilowatts)*1000, next.Now, next
	}
	if got := float64(last-first) / 1000; math.Abs(got-595.8663) > 0.002 {
		t.Errorf("E_IT by the counter = %.4f kWh, want 595.8663 within 1 Wh steps", got)
	}
	if got := joules / 3.6e6; math.Abs(got-595.8663) > 0.001 {
		t.Errorf("E_IT by the power = %.4f kWh, want 595.8663", got)
	}
}

func TestTheServerRefusesAsADeviceWould(t *testing.T) {
	d := started(t)
	cases := []struct {
		name string
		unit uint8
		read func(*modbus.ModbusClient) error
		want error
	}{
		{"a register that nobody defines", 1, func(c *modbus.ModbusClient) error {
			_, err := c.ReadRegisters(100, 2, modbus.HOLDING_REGISTER)
			return err
		}, modbus.ErrIllegalDataAddress},
		{"a block that runs into such a register", 1, func(c *modbus.ModbusClient) error {
			_, err := c.ReadRegisters(3057, 4, modbus.HOLDING_REGISTER)
			return err
		}, modbus.ErrIllegalDataAddress},
		{"the other register table", 1, func(c *modbus.ModbusClient) error {
			_, err := c.ReadRegisters(3059, 2, modbus.INPUT_REGISTER)
			return err
		}, modbus.ErrIllegalDataAddress},
		{"a write", 1, func(c *modbus.ModbusClient) error { return c.WriteRegister(3059, 1) }, modbus.ErrIllegalFunction},
		{"a coil", 1, func(c *modbus.ModbusClient) error { _, err := c.ReadCoil(1); return err }, modbus.ErrIllegalFunction},
		{"a unit that is not there", 99, func(c *modbus.ModbusClient) error {
			_, err := c.ReadRegisters(3059, 2, modbus.HOLDING_REGISTER)
			return err
		}, modbus.ErrGWTargetFailedToRespond},
	}
	for _, c := range cases {
		client := peer(t, d, c.unit)
		if err := c.read(client); err != c.want {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
		if _, err := client.ReadRegisters(3059, 2, modbus.HOLDING_REGISTER); c.unit == 1 && err != nil {
			t.Errorf("after %s the meter no longer answers: %v", c.name, err)
		}
	}
}

func TestTheSensorsPublishEachInstantOnce(t *testing.T) {
	d := started(t)
	got := make(chan paho.Message, 16)
	client := paho.NewClient(paho.NewClientOptions().AddBroker("tcp://" + d.MQTTAddr()).SetClientID("test"))
	if token := client.Connect(); token.Wait() && token.Error() != nil {
		t.Fatal(token.Error())
	}
	defer client.Disconnect(0)
	if token := client.Subscribe("micro-dc/climate/+", 1, func(_ paho.Client, m paho.Message) { got <- m }); token.Wait() && token.Error() != nil {
		t.Fatal(token.Error())
	}
	for _, now := range []float64{0, 1751324704} {
		reply := step(t, d, now)
		for range sensors {
			m := <-got
			var body map[string]float64
			if err := json.Unmarshal(m.Payload(), &body); err != nil {
				t.Fatal(err)
			}
			if body["ts"] != reply.Now || m.Retained() {
				t.Errorf("%s at %v: ts %v, retained %v", m.Topic(), reply.Now, body["ts"], m.Retained())
			}
			if m.Topic() == "micro-dc/climate/rack" && body["outlet_c"] != 34.3 {
				t.Errorf("rack outlet %v °C, want 34.3", body["outlet_c"])
			}
		}
	}
}

// A killed agent comes back with an old instant and must see the same day.
func TestTheStateDependsOnTheInstantAlone(t *testing.T) {
	straight, detour := started(t), started(t)
	for _, now := range []float64{0, 1751400000, 1751324704.998, 1751350000} {
		step(t, detour, now)
	}
	a, b := step(t, straight, 1751350000), step(t, detour, 1751350000)
	if a != b {
		t.Errorf("straight %v, after a detour %v", a, b)
	}
	for unit := uint8(1); unit <= 7; unit++ {
		for _, d := range []*DataCenter{straight, detour} {
			words, err := peer(t, d, unit).ReadRegisters(3203, 4, modbus.HOLDING_REGISTER)
			want, err2 := peer(t, straight, unit).ReadRegisters(3203, 4, modbus.HOLDING_REGISTER)
			if err != nil || err2 != nil || !equal(words, want) {
				t.Errorf("unit %d: %v, want %v (%v, %v)", unit, words, want, err, err2)
			}
		}
	}
}

func equal(a, b []uint16) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return len(a) == len(b)
}

func TestTheClockRefusesNonsense(t *testing.T) {
	d := started(t)
	for _, body := range []string{"", "{", `{"now": "noon"}`, `{"now": 1e300}`} {
		answer, err := http.Post(d.StepURL(), "application/json", bytes.NewReader([]byte(body)))
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != http.StatusBadRequest {
			t.Errorf("%q: %s", body, answer.Status)
		}
	}
}

func TestClosingTwiceAndWithClientsOpen(t *testing.T) {
	d, err := Start(t.Context(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	peer(t, d, 1)
	var both sync.WaitGroup
	for range 2 {
		both.Go(func() {
			if err := d.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	both.Wait()
}
