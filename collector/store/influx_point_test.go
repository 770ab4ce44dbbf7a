package store

import (
	"math"
	"testing"

	"thermie/interval"
)

// The layout that other programs read, and that is there for good.
func TestPoints(t *testing.T) {
	live := rec(1751328000, 3.6e6)
	air := with(live, func(r *interval.Record) {
		r.Kind, r.SI, r.U, r.Min, r.Max = interval.AirTemperature, 300, 0.1, 299, 301
	})
	for want, r := range map[string]interval.Record{
		"interval,site=paris-1,meter=it,kind=electric_energy,len=600 si=3600000,u=2078,cov=1,flags=2i,rev=0i 1751328000000000000":             live,
		"interval,site=paris-1,meter=it,kind=air_temperature,len=600 si=300,u=0.1,cov=1,min=299,max=301,flags=2i,rev=0i 1751328000000000000":  air,
		"interval,site=paris-1,meter=it,kind=electric_energy,len=600,version=live-3 si=1,u=2078,cov=1,flags=2i,rev=3i 1751328000000000000":    with(live, func(r *interval.Record) { r.SI, r.Rev = 1, 3 }),
		"interval,site=paris-1,meter=it,kind=electric_energy,len=600,version=import-0 si=1,u=2078,cov=1,flags=65i,rev=0i 1751328000000000000": with(live, func(r *interval.Record) { r.SI, r.Flags = 1, 64|interval.Flags(interval.Imported) }),
		"interval,site=paris-1,meter=it,kind=electric_energy,len=600,version=live-0-gap cov=0,flags=2i,rev=0i 1751328000000000000":            with(live, func(r *interval.Record) { r.SI, r.Cov = math.NaN(), 0 }),
		"interval,site=paris-1,meter=it,kind=electric_energy,len=600,version=correction-1-gap cov=0,flags=3i,rev=1i 1751328000000000000": with(live, func(r *interval.Record) {
			r.SI, r.Cov, r.Rev, r.Flags = math.NaN(), 0, 1, interval.Flags(interval.Correction)
		}),
		"interval,site=paris-1,meter=it,kind=electric_energy,len=600,version=estimated-0 si=1,u=2078,cov=1,flags=0i,rev=0i 1751328000000000000": with(live, func(r *interval.Record) { r.SI, r.Flags = 1, interval.Flags(interval.Estimated) }),
	} {
		if got := string(pointOf(nil, &r)); got != want {
			t.Errorf("point\n%s\nwant\n%s", got, want)
		}
	}
	card := interval.Card{Site: "paris-1", Meter: "it", ValidFrom: 1751328000, Rev: 2, Point: &interval.Point{Name: "a b", Role: interval.RoleIT, Data: interval.MeasuredData}}
	want := `card,site=paris-1,meter=it,version=2 json="{\"name\":\"a b\",\"role\":\"it\",\"data\":\"measured\"}",rev=2i 1751328000000000000`
	if got := string(cardPointOf(nil, &card)); got != want {
		t.Errorf("point\n%s\nwant\n%s", got, want)
	}
	event := interval.Event{Site: "paris-1", Meter: "it", What: "gap", Text: "3 h", At: 1751328000}
	want = `event,site=paris-1,meter=it what="gap",text="3 h" 1751328000031130178`
	if got := string(eventPointOf(nil, &event)); got != want {
		t.Errorf("point\n%s\nwant\n%s", got, want)
	}
}
