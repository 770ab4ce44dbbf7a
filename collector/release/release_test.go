package release

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"thermie/signing"
	"time"

	"thermie/collector/rights"
	"thermie/interval"
)

// sample is a release of one month's worth of sense.
func sample() *Extract {
	kWh := 74400.0
	e := &Extract{Format: Format, Site: "hall-1", To: "authority:999000012", Serial: 7, Prepared: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC),
		Fields: Default(), Year: 2025, OffsetMin: 60, Place: interval.Site{Name: "Hall", Data: interval.MeasuredData, UTCOffsetMin: 60},
		Heat: &Heat{RecoverableKWh: &kWh, U: 0.03, Coverage: 0.08, Method: "T1"}}
	for m := time.January; m <= time.December; m++ {
		row := Row{From: e.month(m)}
		if m == time.January {
			row.RecoverableKWh, row.Coverage, row.Tiers = &kWh, 1, []string{"T1"}
		}
		e.Heat.Rows = append(e.Heat.Rows, row)
	}
	return e
}

func key(t testing.TB) ed25519.PrivateKey {
	t.Helper()
	private, err := signing.OpenKey(filepath.Join(t.TempDir(), KeyFile))
	if err != nil {
		t.Fatal(err)
	}
	return private
}

func signed(t testing.TB, e *Extract, private ed25519.PrivateKey) []byte {
	t.Helper()
	file, err := e.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	out, err := Sign(file, private)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestASignedFileIsReadByWhoTrustsTheKey(t *testing.T) {
	private := key(t)
	file, err := Split(signed(t, sample(), private))
	if err != nil {
		t.Fatal(err)
	}
	e, err := file.Verify(private.Public().(ed25519.PublicKey))
	if err != nil || e.Site != "hall-1" || *e.Heat.Rows[0].RecoverableKWh != 74400 || e.Heat.Rows[1].RecoverableKWh != nil {
		t.Errorf("%+v, %v", e, err)
	}
	if _, err := file.Verify(key(t).Public().(ed25519.PublicKey)); !errors.Is(err, ErrSignature) {
		t.Errorf("another key verifies: %v", err)
	}
}

// No bit of the file can change.
func TestEveryByteIsSigned(t *testing.T) {
	private := key(t)
	file := signed(t, sample(), private)
	for i := range file[:len(file)-1] { // the last line's end says nothing
		bad := bytes.Clone(file)
		bad[i] ^= 1
		s, err := Split(bad)
		if err == nil {
			_, err = s.Verify(private.Public().(ed25519.PublicKey))
		}
		if err == nil {
			t.Fatalf("byte %d (%q) can change", i, file[i])
		}
	}
}

// An extract that holds more, or finer, than it says is not one, whoever
// signed it.
func TestAnExtractHoldsWhatItSays(t *testing.T) {
	for says, spoil := range map[string]func(*Extract){
		"finer":                   func(e *Extract) { e.Fields[rights.Heat] = rights.Year },
		"location":                func(e *Extract) { e.Place.Latitude = 46.6 },
		"it_power":                func(e *Extract) { e.Place.RatedITKW = 900 },
		"convention that ends":    func(e *Extract) { e.Fields[rights.Heat] = rights.Hour },
		"not released by":         func(e *Extract) { e.Fields[rights.Heat] = rights.Interval },
		"records is not released": func(e *Extract) { e.Fields[rights.Records] = rights.Month },
		"not month 2":             func(e *Extract) { e.Heat.Rows[1].From = e.month(2).Add(time.Hour) },
		"within 2025":             func(e *Extract) { e.Heat.Rows[0].From = e.month(-3) },
		"temperatures":            func(e *Extract) { e.Heat.Rows[0].SupplyC = new(float64) },
		"coverage":                func(e *Extract) { e.Heat.Rows[0].Coverage = 1.5 },
		"kWh cannot be":           func(e *Extract) { *e.Heat.Rows[0].RecoverableKWh = -1 },
		"uncertainty":             func(e *Extract) { e.Heat.U = 1e9 },
		"releases nothing":        func(e *Extract) { e.Fields = nil },
		"no year":                 func(e *Extract) { e.Year = 1848 },
		"not authority":           func(e *Extract) { e.To = "everyone" },
		"no serial":               func(e *Extract) { e.Serial = 0 },
		"site's id":               func(e *Extract) { e.Site = "../etc" },
		"version 2":               func(e *Extract) { e.Format = 2 },
		"before it is prepared":   func(e *Extract) { e.Expires = e.Prepared },
	} {
		e := sample()
		spoil(e)
		if err := e.Check(); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v", says, err)
		}
	}
}

// Months stay months: what comes out for reports is as coarse as what came in.
func TestReleasedMonthsStayMonths(t *testing.T) {
	records := sample().Records()
	if len(records) != 1 {
		t.Fatalf("unknown months became records: %v", records)
	}
	r := records[0]
	if r.Length != 31*24*3600 || r.SI != 74400*3.6e6 || r.Flags.Origin() != interval.Imported {
		t.Errorf("%+v", r)
	}
}

// What the operator estimated is never called measured where it arrives.
func TestAnEstimateArrivesAsADeclaration(t *testing.T) {
	for tier, want := range map[string]interval.Provenance{"T1": interval.MeasuredData, "T3": interval.DeclaredData} {
		e := sample()
		for i := range e.Heat.Rows {
			e.Heat.Rows[i].RecoverableKWh, e.Heat.Rows[i].Tiers = e.Heat.Rows[0].RecoverableKWh, []string{tier}
		}
		for _, c := range e.Cards() {
			if c.Place != nil && c.Place.Data != want || c.Point != nil && c.Point.Data != want {
				t.Errorf("%s arrives as %+v", tier, c)
			}
		}
	}
}

func TestTheKeyStaysPrivateAndIsNeverReplaced(t *testing.T) {
	path := filepath.Join(t.TempDir(), KeyFile)
	first, err := signing.OpenKey(path)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if again, err := signing.OpenKey(path); err != nil || !again.Equal(first) {
		t.Errorf("another key: %v", err)
	}
	if err := os.WriteFile(path, []byte("damaged"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := signing.OpenKey(path); err == nil {
		t.Error("a damaged key was replaced in silence")
	}
}

// Whatever a stranger sends, the reader answers, and what it takes for an
// extract is one.
func FuzzSplitAndRead(f *testing.F) {
	private := key(f)
	f.Add(signed(f, sample(), private))
	f.Add([]byte("{}\n" + signatureLine + "x y\n"))
	f.Add([]byte(""))
	f.Fuzz(func(t *testing.T, file []byte) {
		s, err := Split(file)
		if err != nil {
			s.Body = file
		}
		e, err := Unmarshal(s.Body)
		if err != nil {
			return
		}
		if err := e.Check(); err != nil {
			t.Errorf("read, and does not hold: %v", err)
		}
		e.Cards()
		e.Records()
		again, err := e.Marshal()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Unmarshal(again); err != nil {
			t.Errorf("written, and not read: %v", err)
		}
	})
}
