package configs

import (
	"encoding/json"
	"reflect"
	"strings"
)

// JSON writes a described thing by the keys of its file, sorted, without
// what is not stated, an empty list among it; DecodeStrict reads it back. What
// is kept this way can be read by a person and by other programs.
func JSON(v any) ([]byte, error) {
	return json.Marshal(keyed(reflect.ValueOf(v)))
}

// keyed turns a value into what encoding/json writes: of a struct the
// fields that have a key and are not zero.
func keyed(v reflect.Value) any {
	switch v.Kind() {
	case reflect.Pointer:
		return keyed(v.Elem())
	case reflect.Slice:
		list := make([]any, v.Len())
		for i := range list {
			list[i] = keyed(v.Index(i))
		}
		return list
	case reflect.Struct:
		fields := map[string]any{}
		addKeyed(fields, v)
		return fields
	}
	return v.Interface()
}

func addKeyed(fields map[string]any, v reflect.Value) {
	for i := range v.NumField() {
		key, option, _ := strings.Cut(v.Type().Field(i).Tag.Get("yaml"), ",")
		switch field := v.Field(i); {
		case option == "inline":
			addKeyed(fields, field)
		case key != "" && key != "-" && declares(field):
			fields[key] = keyed(field)
		}
	}
}

// declares reports whether a field says anything.
func declares(field reflect.Value) bool {
	switch field.Kind() {
	case reflect.Slice, reflect.Map:
		return field.Len() > 0
	}
	return !field.IsZero()
}
