package agent

import (
	"bytes"
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"thermie/configs"
	"thermie/interval"
)

// What is saved track by track reads as what is saved in one piece.
func TestWhatIsSavedTrackByTrackIsReadBack(t *testing.T) {
	all := newTracks(&configs.Agent{Site: configs.SiteEntry{ID: "hall"}}, testLog(t))
	wanted := saved{At: instant, Cards: []interval.Card{{Site: "hall", Meter: "m1", Rev: 3}}, Series: map[string]interval.Baselines{}}
	for _, kind := range []interval.Kind{interval.ElectricEnergy, interval.AirTemperature} {
		c := channel{Series: interval.Series{Meter: "m1", Kind: kind}}
		if err := all.open(c, interval.BuilderConfig{Site: "hall", Length: time.Minute, MaxHold: time.Minute}); err != nil {
			t.Fatal(err)
		}
		all.add(interval.Reading{Meter: "m1", Kind: kind, At: instant, SI: 300})
	}
	for _, one := range all.all {
		wanted.Series[name(one.series)] = one.builder.Snapshot()
	}
	var raw bytes.Buffer
	if err := (saved{At: wanted.At, Cards: wanted.Cards}).with(all.all)(&raw); err != nil {
		t.Fatal(err)
	}
	if got, err := readSaved(raw.Bytes()); err != nil || !reflect.DeepEqual(got, wanted) {
		t.Errorf("%+v, %v, want %+v", got, err, wanted)
	}
}

// Whatever stands where the baselines were, the agent starts, and what it
// reads there it can save and read again.
func FuzzReadSaved(f *testing.F) {
	f.Add([]byte(`{"at":"2025-07-01T12:00:00Z","cards":null,"series":{"m1/electric_energy":{"site":"s","length_s":600,"now_ns":1,"series":[{"meter":"m1","kind":"electric_energy","last":{"at":1,"si":2},"open":{"start":0},"given":0}]}}}`))
	f.Add([]byte(`{"series":{"m1/electric_energy":{"site":"s","length_s":-1}}}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		from, err := readSaved(raw)
		if err != nil {
			return
		}
		all := newTracks(&configs.Agent{Site: configs.SiteEntry{ID: "s"}}, testLog(t))
		c := channel{Series: interval.Series{Meter: "m1", Kind: interval.ElectricEnergy}}
		if err := all.open(c, interval.BuilderConfig{Site: "s", Length: 10 * time.Minute, MaxHold: time.Minute}); err != nil {
			t.Fatal(err)
		}
		_ = all.restore(from.Series, from.At) // what does not fit starts anew
		all.add(interval.Reading{Meter: "m1", Kind: interval.ElectricEnergy, At: instant, SI: 3.6e6})
		all.close(nil, instant.Add(time.Hour))
		var text bytes.Buffer
		if err := from.with(all.all)(&text); err != nil {
			t.Fatal(err)
		}
		if _, err := readSaved(text.Bytes()); err != nil {
			t.Errorf("%s: %v", text.Bytes(), err)
		}
		var whole map[string]json.RawMessage
		if err := json.Unmarshal(text.Bytes(), &whole); err != nil || len(whole["series"]) == 0 {
			t.Errorf("%s: %v", text.Bytes(), err)
		}
	})
}
