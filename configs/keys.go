package configs

import (
	"reflect"
	"strings"
)

// fieldType returns the type of the value that key names in t, a struct or a
// map; ok is false where t has no such key.
func fieldType(t reflect.Type, key string) (of reflect.Type, ok bool) {
	if t.Kind() == reflect.Map {
		return t.Elem(), true
	}
	for i := range t.NumField() {
		name, option, _ := strings.Cut(t.Field(i).Tag.Get("yaml"), ",")
		if option == "inline" {
			if of, ok := fieldType(t.Field(i).Type, key); ok {
				return of, true
			}
		} else if name == key && name != "" {
			return t.Field(i).Type, true
		}
	}
	return nil, false
}

// fieldNames lists the keys that a struct type has.
func fieldNames(t reflect.Type) (names []string) {
	for i := range t.NumField() {
		name, option, _ := strings.Cut(t.Field(i).Tag.Get("yaml"), ",")
		if option == "inline" {
			names = append(names, fieldNames(t.Field(i).Type)...)
		} else if name != "" {
			names = append(names, name)
		}
	}
	return names
}
