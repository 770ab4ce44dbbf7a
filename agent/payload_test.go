package agent

import (
	"bytes"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"thermie/configs"
	"thermie/interval"
)

var climateTopic = configs.Topic{Topic: "dc/climate", Time: "ts", Values: []configs.Value{
	{Path: "room.t", Point: "room", Kind: interval.AirTemperature, Unit: "°C"},
	{Path: "room.rh", Point: "room", Kind: interval.RelativeHumidity, Unit: "%"},
	{Path: "meters.1.kw", Point: "meter", Kind: interval.ElectricPower, Unit: "kW"},
}}

func testPayload(t testing.TB, topic configs.Topic) payload {
	t.Helper()
	p, err := newPayload(topic)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestAMessageBecomesReadings(t *testing.T) {
	const whole = `{"ts": 1751328305.001, "room": {"t": 28.2, "rh": 59}, "meters": [{"kw": 1}, {"kw": 24.1}]}`
	arrival := time.Unix(1751328310, 0)
	cases := []struct{ name, body, want, fault string }{
		{"whole", whole, "room/air_temperature=301.35 room/relative_humidity=0.59 meter/electric_power=24100", ""},
		{"a part", `{"ts":1,"room":{"t":20}}`, "room/air_temperature=293.15", ""},
		{"null is a value gone", `{"ts":1,"room":{"t":null,"rh":0}}`, "room/air_temperature=NaN room/relative_humidity=0", ""},
		{"null above a value", `{"ts":1,"room":null}`, "", ""},
		{"null is no time", `{"ts":null,"room":{"t":20}}`, "", "no Unix time at ts"},
		{"a text is no number", `{"ts":1,"room":{"t":"ON","rh":10}}`, "room/relative_humidity=0.1", "room.t"},
		{"an object is no number", `{"ts":1,"room":{"t":{},"rh":10}}`, "room/relative_humidity=0.1", "room.t"},
		{"no time", `{"room":{"t":20}}`, "", "no Unix time at ts"},
		{"time in milliseconds", `{"ts":1751328305001,"room":{"t":20}}`, "", "no Unix time at ts"},
		{"time as text", `{"ts":"now","room":{"t":20}}`, "", "no Unix time at ts"},
		{"not JSON", `23,4`, "", "not JSON"},
		{"JSON has no NaN", `{"ts":1,"room":{"t":NaN}}`, "", "not JSON"},
		{"beyond any float", `{"ts":1,"room":{"t":1e999}}`, "", "not JSON"},
		{"huge", `{"ts":1}` + strings.Repeat(" ", largestPayload), "", "payload of"},
		{"nothing", ``, "", "not JSON"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, readings, err := testPayload(t, climateTopic).decode([]byte(c.body), arrival)
			var got []string
			for _, r := range readings {
				got = append(got, fmt.Sprintf("%s/%s=%.6g", r.Meter, r.Kind, r.SI))
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("%v, want %s", got, c.want)
			}
			if (err != nil) != (c.fault != "") || err != nil && !strings.Contains(err.Error(), c.fault) {
				t.Errorf("error %v, want %q", err, c.fault)
			}
		})
	}
}

func TestAMessageIsDatedByItselfOrByItsArrival(t *testing.T) {
	arrival := time.Unix(1751328310, 0)
	at, _, err := testPayload(t, climateTopic).decode([]byte(`{"ts":1751328305.001}`), arrival)
	if err != nil || at.UnixMilli() != 1751328305001 {
		t.Errorf("%v, %v", at, err)
	}
	undated := climateTopic
	undated.Time = ""
	if at, _, err = testPayload(t, undated).decode([]byte(`{"ts":1}`), arrival); err != nil || !at.Equal(arrival) {
		t.Errorf("%v, %v", at, err)
	}
}

func FuzzPayload(f *testing.F) {
	f.Add([]byte(`{"ts": 1751328305.001, "room": {"t": 28.2, "rh": 59}, "meters": [{"kw": 1}, {"kw": 24.1}]}`))
	f.Add([]byte(`{"ts":1,"room":{"t":null},"meters":[]}`))
	p := testPayload(f, climateTopic)
	f.Fuzz(func(t *testing.T, body []byte) {
		_, readings, _ := p.decode(body, time.Unix(1, 0))
		for _, r := range readings {
			if math.IsNaN(r.SI) && !bytes.Contains(body, []byte("null")) || r.At.Year() > 9999 || r.At.Unix() < 0 {
				t.Errorf("%q gives %+v", body, r)
			}
		}
	})
}
