package modbus

import (
	"math"
	"os"
	"path/filepath"
	"testing"

	"thermie/configs"
)

// The captures that come with each template: their bytes mean what they say.
func TestTheCapturesOfEachTemplateAreDecoded(t *testing.T) {
	templates, err := configs.Templates()
	if err != nil {
		t.Fatal(err)
	}
	for id, template := range templates {
		file, err := os.Open(filepath.Join("..", "..", "configs", "meters", "testdata", id+".txt"))
		if err != nil {
			t.Fatal(err)
		}
		captures, err := configs.ReadCaptures(file)
		file.Close()
		if err != nil {
			t.Fatal(err)
		}
		registers := map[string]configs.Register{}
		for _, r := range template.Registers {
			registers[r.Name] = r
		}
		for _, c := range captures {
			checkCapture(t, id, c, registers[c.Register])
		}
	}
}

func checkCapture(t *testing.T, id string, c configs.Capture, r configs.Register) {
	t.Helper()
	if r.IsText() {
		if text, ok := DecodeText(c.Raw, r); text != c.Text || !ok {
			t.Errorf("%s %s % x: %q, %v, want %q", id, c.Register, c.Raw, text, ok, c.Text)
		}
		return
	}
	value, ok := Decode(c.Raw, r)
	if ok != c.Available || ok && math.Abs(value-c.Value) > 1e-6*math.Abs(c.Value) {
		t.Errorf("%s %s % x: %v, %v, want %v, %v", id, c.Register, c.Raw, value, ok, c.Value, c.Available)
	}
}
