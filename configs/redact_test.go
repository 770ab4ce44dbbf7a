package configs

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
)

// Whatever stands in whatever key, nothing of it is shown but words of
// Thermie's own.
func TestNothingThatAPersonWroteIsShown(t *testing.T) {
	for _, config := range []any{&Agent{}, &Collector{}} {
		planted := 0
		plant(reflect.ValueOf(config).Elem(), &planted)
		for _, addresses := range []bool{false, true} {
			r := &Redacted{addresses: addresses, words: vocabulary(), aliases: map[string]string{}, counts: map[string]int{}}
			text := r.block(reflect.ValueOf(config).Elem(), "", false)
			if planted < 60 || strings.Contains(text, "s3cret") || strings.Count(text, "\n") < planted {
				t.Errorf("%T: %d secrets planted, the text is\n%s", config, planted, text)
			}
		}
	}
}

// plant writes a secret into every text of a configuration.
func plant(v reflect.Value, planted *int) {
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		plant(v.Elem(), planted)
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				plant(v.Field(i), planted)
			}
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		plant(v.Index(0), planted)
	case reflect.Map:
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		plant(key, planted)
		plant(value, planted)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(key, value)
	case reflect.String:
		*planted++
		v.SetString(fmt.Sprintf("https://s3cret:s3cret-%d@192.0.2.1/s3cret", *planted))
	}
}

// One thing has one alias, so that who reads can still see what belongs
// together.
func TestAnAliasStandsForOneThing(t *testing.T) {
	r, err := Redact("agent.yaml", false)
	if err != nil {
		t.Fatal(err)
	}
	point := r.Alias("point", "ups-a")
	if strings.Count(r.Text, " "+point+"\n") != 3 { // a point, its device's name and the device that reads it
		t.Errorf("%s stands elsewhere than ups-a does:\n%s", point, r.Text)
	}
	for _, kept := range []string{"template: schneider-pm5000", "role: dc_total", "class: en1434-2", "max_requests_per_s: 1", "interval: 10m0s"} {
		if !strings.Contains(r.Text, kept) {
			t.Errorf("a maintainer needs %q:\n%s", kept, r.Text)
		}
	}
}
