package main

import (
	"bytes"
	"io"
	"strings"
	"testing"
)

// Each command says what it does and what it is to be told, however one asks.
func TestEveryCommandExplainsItself(t *testing.T) {
	for _, c := range commands() {
		var asked, helped bytes.Buffer
		if code := run(t.Context(), []string{c.name, "-h"}, io.Discard, &asked); code != 0 {
			t.Errorf("thermie %s -h ends with %d", c.name, code)
		}
		if code := run(t.Context(), []string{"help", c.name}, io.Discard, &helped); code != 0 || helped.String() != asked.String() {
			t.Errorf("thermie help %s ends with %d and says something else than thermie %[1]s -h:\n%[3]s", c.name, code, helped.String())
		}
		told, ok := strings.CutPrefix(asked.String(), "thermie "+c.name+": "+c.summary+"\n\n")
		if !ok || !strings.Contains(told, "thermie "+c.name) {
			t.Errorf("thermie %s -h does not say what the command is and how it is called:\n%s", c.name, asked.String())
		}
		if strings.Contains(told, `"-h"`) {
			t.Errorf("thermie %s takes -h for something else:\n%s", c.name, told)
		}
	}
}

// A flag that no command has is refused once, and not by a failure's status.
func TestAFlagThatIsNoneIsNotUnderstood(t *testing.T) {
	const wrong = "flag provided but not defined: -chek"
	for _, c := range commands() {
		var said bytes.Buffer
		if code := run(t.Context(), []string{c.name, "-chek"}, io.Discard, &said); strings.Contains(said.String(), wrong) && (code != 2 || strings.Count(said.String(), wrong) > 1) {
			t.Errorf("thermie %s -chek ends with %d:\n%s", c.name, code, said.String())
		}
	}
}

func TestWhatIsNoCommandIsNotUnderstood(t *testing.T) {
	for _, args := range [][]string{nil, {"chek"}, {"help", "chek"}} {
		var said bytes.Buffer
		if code := run(t.Context(), args, io.Discard, &said); code != 2 || !strings.Contains(said.String(), "thermie") {
			t.Errorf("%q ends with %d: %s", args, code, said.String())
		}
	}
}
