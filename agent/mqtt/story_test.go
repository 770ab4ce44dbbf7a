package mqtt

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"thermie/configs"
	"thermie/interval"
)

// noon is when the stories' messages arrive.
var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// story is a reader and what it has been told.
type story struct {
	testing.TB
	*Reader
}

func newStory(t testing.TB, profile, topic string, values ...configs.Value) *story {
	t.Helper()
	r, err := NewReader(configs.Topic{Topic: topic, Profile: profile, Values: values})
	if err != nil {
		t.Fatal(err)
	}
	return &story{t, r}
}

// hears gives the reader a message and checks what it makes of it: readings
// such as "rack/electric_power=24500", and a part of the error, if any.
func (s *story) hears(topic, payload, want, fault string) {
	s.Helper()
	s.told(Message{Topic: topic, Payload: []byte(payload), At: noon}, want, fault)
}

func (s *story) told(m Message, want, fault string) {
	s.Helper()
	_, readings, err := s.Read(m)
	if got := show(readings); got != want {
		s.Errorf("%s %.80q: %s, want %s", m.Topic, m.Payload, got, want)
	}
	if (err != nil) != (fault != "") || err != nil && !strings.Contains(err.Error(), fault) {
		s.Errorf("%s %.80q: error %v, want %q", m.Topic, m.Payload, err, fault)
	}
}

// counted checks what has not become a reading so far.
func (s *story) counted(want Unused) {
	s.Helper()
	if got := s.Unused(); got != want {
		s.Errorf("not integrated: %+v, want %+v", got, want)
	}
}

// show writes readings down; one that is not of noon with its time.
func show(readings []interval.Reading) string {
	var words []string
	for _, r := range readings {
		word := fmt.Sprintf("%s/%s=%.6g", r.Meter, r.Kind, r.SI)
		if !r.At.Equal(noon) {
			word += " at " + r.At.UTC().Format("15:04:05")
		}
		words = append(words, word)
	}
	return strings.Join(words, " ")
}
