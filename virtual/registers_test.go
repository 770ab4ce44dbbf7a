package virtual

import (
	"bytes"
	"encoding/binary"
	"math"
	"os"
	"path/filepath"
	"testing"

	"thermie/configs"
)

// The captures that come with each template, read backwards: what the
// virtual meter shows for the value is what the capture says, byte by byte.
func TestAVirtualMeterShowsWhatTheCapturesSay(t *testing.T) {
	templates, err := configs.Templates()
	if err != nil {
		t.Fatal(err)
	}
	for id, template := range templates {
		f, err := os.Open(filepath.Join("..", "configs", "meters", "testdata", id+".txt"))
		if err != nil {
			t.Fatal(err)
		}
		captures, err := configs.ReadCaptures(f)
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range captures {
			if c.Text != "" {
				continue
			}
			values := map[string]float64{c.Register: c.Value}
			if !c.Available {
				values = nil
			}
			shown, err := show(template, values)
			if err != nil {
				t.Fatal(err)
			}
			got := make([]byte, len(c.Raw))
			for i := range len(got) / 2 {
				binary.BigEndian.PutUint16(got[2*i:], shown[cell{template.Function, c.Address + uint16(i)}])
			}
			if !bytes.Equal(got, c.Raw) {
				t.Errorf("%s %s = %v %s: shown as % x, captured as % x", id, c.Register, c.Value, c.Unit, got, c.Raw)
			}
		}
	}
}

func TestARegisterWithoutValueShowsNone(t *testing.T) {
	for registerType, want := range map[string]uint64{"s16": 0x8000, "u16": math.MaxUint64, "s64": 1 << 63, "f32": 0x7fc00000} {
		if got := notAvailable(registerType); got != want {
			t.Errorf("%s: %x, want %x", registerType, got, want)
		}
	}
	if _, err := show(configs.Template{ID: "x", Registers: []configs.Register{{Type: "u24"}}}, nil); err == nil {
		t.Error("a register of unknown type was shown")
	}
}
