package interval

import (
	"math"
	"reflect"
	"strings"
	"testing"
	"time"
)

// The wire as it stands: a change of any of these lines breaks every file
// and every store there is.
func TestTheThreeLines(t *testing.T) {
	nan, declared := math.NaN(), 1.0
	for _, c := range []struct {
		line string
		want Line
	}{
		{`interval,site=paris-1,meter=heat_a,kind=thermal_energy,len=600 si=14460000,u=12300,cov=0.9983,flags=2i,rev=0i 1751328000`,
			Line{Type: RecordLine, Record: Record{"paris-1", "heat_a", ThermalEnergy, 1751328000, 600, 14460000, 12300, 0.9983, nan, nan, 2, 0}}},
		{`interval,site=s,meter=m,kind=supply_temperature,len=600 si=300.15,u=0,cov=1,min=299.5,max=301,flags=66i,rev=1i 1751328000`,
			Line{Type: RecordLine, Record: Record{"s", "m", SupplyTemperature, 1751328000, 600, 300.15, 0, 1, 299.5, 301, 66, 1}}},
		{`interval,site=s,meter=m,kind=of_the_future,len=1 si=-1e-09,u=2.5e+20,cov=0.5,min=0,max=0,flags=-9223372036854775808i,rev=2147483647i 0`,
			Line{Type: RecordLine, Record: Record{"s", "m", "of_the_future", 0, 1, -1e-9, 2.5e20, 0.5, 0, 0, math.MinInt64, math.MaxInt32}}},
		{`interval,site=s,meter=m,kind=electric_power,len=600 cov=0,flags=2i,rev=0i 1751328000`,
			Line{Type: RecordLine, Record: Record{"s", "m", ElectricPower, 1751328000, 600, nan, 0, 0, nan, nan, 2, 0}}},
		{`card,site=s,meter=m json="{\"name\":\"Rack \\\"A\\\" \\\\ chaud, été\",\"role\":\"it\",\"u_declared_percent\":1,\"data\":\"measured\"}",rev=3i 1751328000`,
			Line{Type: CardLine, Card: Card{"s", "m", 1751328000, 3, &Point{Name: `Rack "A" \ chaud, été`, Role: RoleIT, DeclaredPct: &declared, Data: MeasuredData}, nil}}},
		{`card,site=s,meter=_site json="{\"name\":\"S\",\"operator\":\"O\",\"tap\":\"\",\"utc_offset_min\":60,\"data\":\"simulated\"}",rev=0i 1`,
			Line{Type: CardLine, Card: Card{"s", SiteCard, 1, 0, nil, &Site{Name: "S", Operator: "O", UTCOffsetMin: 60, Data: SimulatedData}}}},
		{`event,site=s,meter=m what="reset",text="from 5 to \"0\" \\ new, serial=7" 1751328000`,
			Line{Type: EventLine, Event: Event{"s", "m", "reset", `from 5 to "0" \ new, serial=7`, 1751328000}}},
	} {
		var l Line
		if err := l.Decode([]byte(c.line), time.Second); err != nil {
			t.Errorf("%s: %v", c.line, err)
			continue
		}
		if got := string(encode(&l)); got != c.line {
			t.Errorf("wrote\n%s\nwant\n%s", got, c.line)
		}
		if !l.Record.Same(c.want.Record) && l.Type == RecordLine || l.Type != c.want.Type ||
			!reflect.DeepEqual(l.Card, c.want.Card) || l.Event != c.want.Event {
			t.Errorf("read %+v, want %+v", l, c.want)
		}
	}
}

// encode writes a line as its type says.
func encode(l *Line) []byte {
	switch l.Type {
	case RecordLine:
		return l.Record.AppendLine(nil)
	case CardLine:
		return l.Card.AppendLine(nil)
	}
	return l.Event.AppendLine(nil)
}

func TestAnEventIsOneShortLineWhateverItSays(t *testing.T) {
	e := Event{Site: "s", Meter: "m", What: "gap", Text: "a\nb\x00c\xff" + strings.Repeat("é\\", 1e5)}
	b := e.AppendLine(nil)
	var l Line
	if err := l.Decode(b, time.Second); err != nil || len(b) > MaxLine {
		t.Fatalf("%d bytes: %v", len(b), err)
	}
	if !strings.HasPrefix(l.Event.Text, "a b cé") && !strings.HasPrefix(l.Event.Text, "a b c\uFFFDé") {
		t.Errorf("text %.20q", l.Event.Text)
	}
}

func TestACardWithoutALineLeavesNoHalf(t *testing.T) {
	c := Card{Site: "s", Meter: "m", Point: &Point{NominalM3H: math.Inf(1)}}
	if got := string(c.AppendLine([]byte("before"))); got != "before" {
		t.Errorf("%q", got)
	}
}
