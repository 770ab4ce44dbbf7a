package configs

import (
	"reflect"
	"strings"
)

// knownKeys lists, for every struct type inside t, the keys that a file may
// use, so that a misspelt one can be answered with the right one.
func knownKeys(t reflect.Type) map[string][]string {
	keys := map[string][]string{}
	collectKeys(t, keys)
	return keys
}

func collectKeys(t reflect.Type, keys map[string][]string) {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
		collectKeys(t.Elem(), keys)
	case reflect.Struct:
		if _, seen := keys[t.String()]; seen {
			return
		}
		keys[t.String()] = nil
		for field := range fieldsOf(t) {
			name, option, _ := strings.Cut(field.Tag.Get("yaml"), ",")
			collectKeys(field.Type, keys)
			if option == "inline" {
				keys[t.String()] = append(keys[t.String()], keys[field.Type.String()]...)
			} else if name != "" && name != "-" {
				keys[t.String()] = append(keys[t.String()], name)
			}
		}
	}
}

// fieldsOf yields the exported fields of a struct type.
func fieldsOf(t reflect.Type) func(func(reflect.StructField) bool) {
	return func(yield func(reflect.StructField) bool) {
		for i := range t.NumField() {
			if f := t.Field(i); f.IsExported() && !yield(f) {
				return
			}
		}
	}
}
