package mqtt

import (
	"fmt"
	"time"

	"thermie/configs"
	"thermie/interval"
)

// Message is one publication as the broker delivered it.
type Message struct {
	Topic     string
	Payload   []byte
	Retained  bool      // kept by the broker, from before the subscription
	Duplicate bool      // perhaps delivered before
	At        time.Time // of its arrival
}

// outcome is what a profile makes of a message.
type outcome struct {
	at       time.Time          // of the message: what it says itself, else its arrival
	dated    bool               // at is what the message says
	readings []interval.Reading // SI not a number: there is no value from then on
	released []interval.Reading // of earlier messages, which can be read from now on
	held     int                // values that cannot be read yet, such as those before their unit is known
	err      error              // what could not be read; the readings are good all the same
}

// decoder reads the messages of one profile. It may remember what earlier
// messages said of names and units. A value that is absent is missing, which
// is no fault of the message: devices send what has changed.
type decoder interface {
	// decode reads one message of the topics that the profile subscribes to.
	decode(Message) outcome
}

// profiles lists the conventions; a new one is a file and a row, and what its
// configuration may say is a row of configs.
var profiles = map[string]func(configs.Topic) (decoder, error){
	configs.ProfileJSON:       newJSON,
	configs.ProfileNumber:     newNumber,
	configs.ProfileDSX:        newDSX,
	configs.ProfileSparkplug:  newSparkplug,
	configs.ProfileShelly:     newShelly,
	configs.ProfileShellyGen1: newShellyGen1,
	configs.ProfileTasmota:    newTasmota,
	configs.ProfileZigbee:     newZigbee,
}

// newDecoder returns the decoder of a configured topic.
func newDecoder(t configs.Topic) (decoder, error) {
	make, known := profiles[t.Profile]
	if !known {
		return nil, fmt.Errorf("topic %s: unknown profile %q", t.Topic, t.Profile)
	}
	d, err := make(t)
	if err != nil {
		return nil, fmt.Errorf("topic %s: %w", t.Topic, err)
	}
	return d, nil
}
