package mqtt

import (
	"bytes"
	"fmt"
	"math"
	"strings"
	"testing"

	"thermie/configs"
	"thermie/interval"
)

var climate = []configs.Value{
	{Path: "room.t", Point: "room", Kind: interval.AirTemperature, Unit: "°C"},
	{Path: "room.rh", Point: "room", Kind: interval.RelativeHumidity, Unit: "%"},
	{Path: "meters.1.kw", Point: "meter", Kind: interval.ElectricPower, Unit: "kW"},
}

func TestAJSONMessageBecomesReadings(t *testing.T) {
	s := newStory(t, configs.ProfileJSON, "dc/climate", climate...)
	for _, c := range []struct{ body, want, fault string }{
		{`{"room":{"t":28.2,"rh":59},"meters":[{"kw":1},{"kw":24.1}]}`, "room/air_temperature=301.35 room/relative_humidity=0.59 meter/electric_power=24100", ""},
		{`{"room":{"t":20}}`, "room/air_temperature=293.15", ""}, // a part: what has changed
		{`{"room":{"t":null,"rh":0}}`, "room/air_temperature=NaN room/relative_humidity=0", ""},
		{`{"room":null}`, "", ""},
		{`{"room":{"t":"ON","rh":10}}`, "room/relative_humidity=0.1", "room.t"},
		{`{"room":{"t":{},"rh":10}}`, "room/relative_humidity=0.1", "room.t"},
		{`{"meters":{"1":3}}`, "", ""},
		{`23,4`, "", "not JSON"},
		{`{"room":{"t":NaN}}`, "", "not JSON"},
		{`{"room":{"t":1e999}}`, "", "not JSON"},
		{`{}` + strings.Repeat(" ", largestText), "", "payload of"},
		{``, "", "not JSON"},
	} {
		s.hears("dc/climate", c.body, c.want, c.fault)
	}
}

func TestAMessageIsDatedByItselfOrByItsArrival(t *testing.T) {
	r, err := NewReader(configs.Topic{Topic: "dc/climate", Profile: configs.ProfileJSON, Time: "ts", Values: climate})
	if err != nil {
		t.Fatal(err)
	}
	s := &story{t, r}
	dated := func(ts any) string { return fmt.Sprintf(`{"ts":%v,"room":{"t":20}}`, ts) }
	s.hears("dc/climate", dated(noon.Unix()-3600), "room/air_temperature=293.15 at 11:00:00", "")
	s.hears("dc/climate", dated(noon.Unix()+60), "room/air_temperature=293.15 at 12:01:00", "")
	s.hears("dc/climate", dated(noon.Unix()+301), "", "5m1s ahead of this machine's clock")
	s.hears("dc/climate", dated(noon.UnixMilli()), "", "no Unix time at ts")
	s.hears("dc/climate", dated("null"), "", "no Unix time at ts")
	s.hears("dc/climate", dated(`"now"`), "", "no Unix time at ts")
	s.hears("dc/climate", `{"room":{"t":20}}`, "", "no Unix time at ts")
	if at, _, err := r.Read(Message{Payload: []byte(`{"ts":1751328305.001}`), At: noon}); err != nil || at.UnixMilli() != 1751328305001 {
		t.Errorf("%v, %v", at, err)
	}
}

func FuzzJSON(f *testing.F) {
	f.Add([]byte(`{"ts": 1751328305.001, "room": {"t": 28.2, "rh": 59}, "meters": [{"kw": 1}, {"kw": 24.1}]}`))
	f.Add([]byte(`{"ts":1,"room":{"t":null},"meters":[]}`))
	r, err := NewReader(configs.Topic{Topic: "dc/climate", Profile: configs.ProfileJSON, Time: "ts", Values: climate})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		_, readings, _ := r.Read(Message{Payload: body, At: noon})
		for _, r := range readings {
			if math.IsNaN(r.SI) && !bytes.Contains(body, []byte("null")) || r.At.Year() > 9999 || r.At.Before(neverSet) {
				t.Errorf("%q gives %+v", body, r)
			}
		}
	})
}
