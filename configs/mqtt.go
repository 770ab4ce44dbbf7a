package configs

import (
	"net/url"
	"slices"

	"thermie/interval"
)

// Broker is one MQTT broker and what is read there. Nothing is published; the
// session is kept by the broker under the client id, so that what comes
// during a restart is not lost.
type Broker struct {
	URL      string   `yaml:"url"`
	ClientID string   `yaml:"client_id"` // default thermie-<site>-<number>; two of one name push each other out
	TLS      Security `yaml:"tls"`       // of ssl, tls, mqtts and wss; certificate and key only where the broker asks for them

	Username     string `yaml:"username"`
	PasswordFile string `yaml:"password_file"` // the password alone; read at each connection
	PasswordEnv  string `yaml:"password_env"`  // or the name of an environment variable that holds it

	// LastWill is a topic on which the broker itself publishes "lost" when the
	// agent's connection breaks: the only message under the agent's name.
	// Empty, the default: none.
	LastWill string `yaml:"last_will_topic"`

	Topics  []Topic  `yaml:"topics"`
	MaxHold Duration `yaml:"max_hold"` // how long a value stands when no new one comes; default 15m
}

// Topic is one subscribed topic, or the root of one device's topics.
type Topic struct {
	Topic   string  `yaml:"topic"`
	Profile string  `yaml:"profile"` // one of the Profile constants; default json
	Time    string  `yaml:"time"`    // of json: path of the payload's Unix time in seconds; empty: arrival time
	Values  []Value `yaml:"values"`
}

// Value is one number in a payload.
type Value struct {
	Device string        `yaml:"device"` // of sparkplug-b: the device; empty: the node itself
	Path   string        `yaml:"path"`   // what the profile calls the number; of number: none
	Point  string        `yaml:"point"`
	Kind   interval.Kind `yaml:"kind"`
	Unit   string        `yaml:"unit"` // may be left out where the profile fixes it or messages tell it
}

// LastWillPayload is what a broker publishes as the agent's last will.
const LastWillPayload = "lost"

// Encrypted reports whether the way to the broker is.
func (b Broker) Encrypted() bool {
	u, err := url.Parse(b.URL)
	return err == nil && slices.Contains(overTLS, u.Scheme)
}
