package configs

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTheTemplatesThatComeWithThermie(t *testing.T) {
	all, err := Templates()
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 36 {
		t.Errorf("%d templates", len(all))
	}
	for id, template := range all {
		if template.Confidence == "tested" {
			t.Errorf("%s claims to be tested: no device was at hand", id)
		}
		for _, r := range template.Registers {
			if r.Scale == 0 || r.Function == 0 || r.Words() > template.MaxWords {
				t.Errorf("%s %s: scale %v, function %d, %d words", id, r.Name, r.Scale, r.Function, r.Words())
			}
		}
	}
}

// Every register of every template has a capture that says what its bytes
// mean, that of a missing value too, and says where the bytes come from.
func TestEachTemplateHasItsCaptures(t *testing.T) {
	all, err := Templates()
	if err != nil {
		t.Fatal(err)
	}
	for id, template := range all {
		file := filepath.Join("meters", "testdata", id+".txt")
		text, err := os.ReadFile(file)
		if err != nil {
			t.Errorf("%s: %v", id, err)
			continue
		}
		if !strings.HasPrefix(string(text), "# Constructed from the documents that the template names; not captured on a device.\n") {
			t.Errorf("%s does not say where its bytes come from", file)
		}
		captures, err := ReadCaptures(strings.NewReader(string(text)))
		if err != nil {
			t.Errorf("%s: %v", file, err)
		}
		seen, without := map[string]bool{}, map[string]bool{}
		for _, c := range captures {
			r, known := registerOf(template, c.Register)
			seen[c.Register], without[c.Register] = true, without[c.Register] || !c.Available
			if !known || c.Address != r.Address || len(c.Raw) != 2*r.Words() || c.Available && r.Unit != "" && c.Unit != r.Unit || r.IsText() != (c.Text != "") {
				t.Errorf("%s: %s at %d, %d bytes, unit %q do not fit the template", file, c.Register, c.Address, len(c.Raw), c.Unit)
			}
		}
		for _, r := range template.Registers {
			if !seen[r.Name] {
				t.Errorf("%s has no capture of %s", file, r.Name)
			}
			if len(r.NotValid) > 0 && !without[r.Name] {
				t.Errorf("%s does not show what %s says when it has no value", file, r.Name)
			}
		}
	}
}

func registerOf(t Template, name string) (Register, bool) {
	for _, r := range t.Registers {
		if r.Name == name {
			return r, true
		}
	}
	return Register{}, false
}

func TestAFileThatIsNoCaptureIsRefusedByLine(t *testing.T) {
	for text, want := range map[string]string{
		"# fine\nactive_power 3059":                     "line 2",
		"active_power x 4375 8000 = 1 kW":               "address",
		"active_power 3059 43758 = 1 kW":                "words",
		"active_power 3059 4375 8000 = 1":               "value and a unit",
		"active_power 3059 4375 8000 = one kW":          "value",
		"active_power 3059 4375 8000 = 1 kW and a half": "value and a unit",
	} {
		if _, err := ReadCaptures(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

func TestADeviceStatesTheUnitsThatOnlyItsMeterKnows(t *testing.T) {
	all, err := Templates()
	if err != nil {
		t.Fatal(err)
	}
	template := all["kamstrup-multical-603"]
	stated := Device{Units: map[string]string{"flow": "l/h"}}.Registers(template)
	if stated[0].Unit != "l/h" || template.Registers[0].Unit != "" {
		t.Errorf("device %q, template %q", stated[0].Unit, template.Registers[0].Unit)
	}
}
