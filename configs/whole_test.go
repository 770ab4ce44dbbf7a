package configs

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
)

// Each key of each file that takes a whole number refuses 1.5, which the YAML
// decoder would cut to 1 without a word, and says what to write.
func TestAWholeNumberIsNeverCut(t *testing.T) {
	keys := 0
	for _, file := range []any{Agent{}, Collector{}, CSVMap{}, Declared{}, Template{}} {
		of := reflect.TypeOf(file)
		for _, form := range wholeKeys(of, "%s") {
			keys++
			for number, want := range map[string]string{
				"1.5":  `"1.5" is not a whole number`,
				"-0.5": `"-0.5" is not a whole number`,
				"1e3":  "write plain digits, without a point or an exponent",
				"010":  `"010" begins with a zero, which makes it a number in base eight (write it without the zero)`,
			} {
				text := fmt.Sprintf("\n"+form+"\n", number)
				err := DecodeStrict("x.yaml", []byte(text), reflect.New(of).Interface())
				faults, _ := err.(Faults)
				if len(faults) != 1 || faults[0].Line != 2 || !strings.Contains(faults[0].String(), want) {
					t.Errorf("%s %s: %v, want x.yaml:2: %s", of, strings.TrimSpace(text), err, want)
				}
			}
		}
	}
	if keys < 20 {
		t.Errorf("%d keys take a whole number", keys)
	}
}

// wholeKeys gives a document for each whole number in a type, with %s where
// it stands.
func wholeKeys(of reflect.Type, document string) (all []string) {
	in := func(form string) string { return strings.Replace(document, "%s", form, 1) }
	switch of.Kind() {
	case reflect.Pointer:
		return wholeKeys(of.Elem(), document)
	case reflect.Slice:
		return wholeKeys(of.Elem(), in("[%s]"))
	case reflect.Map:
		if integer(of.Key()) {
			all = append(all, in("{%s: word}"))
		}
		return append(all, wholeKeys(of.Elem(), in("{a: %s}"))...)
	case reflect.Struct:
		for i := range of.NumField() {
			name, option, _ := strings.Cut(of.Field(i).Tag.Get("yaml"), ",")
			switch {
			case option == "inline":
				all = append(all, wholeKeys(of.Field(i).Type, document)...)
			case name != "" && name != "-":
				all = append(all, wholeKeys(of.Field(i).Type, in("{"+name+": %s}"))...)
			}
		}
		return all
	}
	if integer(of) {
		all = append(all, document)
	}
	return all
}

// A number in quotes, a whole one in another notation and one out of range
// are read or refused as ever.
func TestOtherWholeNumbersAreReadAsEver(t *testing.T) {
	for number, want := range map[string]string{
		"7": "", "0": "", "0x10": "", "+7": "",
		"300":  `"300" is not a whole number from 0 to 255`,
		`"7"`:  `"7" is not a whole number from 0 to 255`,
		"-1":   `"-1" is not a whole number from 0 to 255`,
		"many": `"many" is not a whole number from 0 to 255`,
	} {
		err := DecodeStrict("x.yaml", []byte("function: "+number), &Template{})
		if (want == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", number, err, want)
		}
	}
}
