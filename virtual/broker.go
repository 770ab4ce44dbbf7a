package virtual

import (
	"fmt"
	"log/slog"

	mqtt "github.com/mochi-mqtt/server/v2"
	"github.com/mochi-mqtt/server/v2/hooks/auth"
	"github.com/mochi-mqtt/server/v2/listeners"
)

// broker is a real MQTT broker on which the virtual data center publishes.
type broker struct {
	server   *mqtt.Server
	listener *listeners.TCP
}

// serveMQTT listens on address until close. Everybody may subscribe.
func serveMQTT(address string) (*broker, error) {
	server := mqtt.New(&mqtt.Options{InlineClient: true, Logger: slog.New(slog.DiscardHandler)})
	listener := listeners.NewTCP(listeners.Config{ID: "plant", Address: address})
	if err := server.AddHook(new(auth.AllowHook), nil); err != nil {
		return nil, fmt.Errorf("virtual MQTT broker: %w", err)
	}
	if err := server.AddListener(listener); err != nil {
		return nil, fmt.Errorf("virtual MQTT broker: %w", err)
	}
	if err := server.Serve(); err != nil {
		return nil, fmt.Errorf("virtual MQTT broker: %w", err)
	}
	return &broker{server, listener}, nil
}

func (b *broker) addr() string { return b.listener.Address() }

// publish hands a message to every subscriber, at least once and not
// retained: a retained value would look new to whoever connects later.
func (b *broker) publish(topic string, payload []byte) error {
	if err := b.server.Publish(topic, payload, false, 1); err != nil {
		return fmt.Errorf("publish %s: %w", topic, err)
	}
	return nil
}

func (b *broker) close() error { return b.server.Close() }
