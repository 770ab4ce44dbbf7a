package agent

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	mqtt "github.com/eclipse/paho.mqtt.golang"

	"thermie/configs"
	"thermie/interval"
)

const (
	qosAtLeastOnce = 1
	refused        = 0x80 // what a broker grants when it refuses a subscription
	patienceOfStep = 30 * time.Second
	disconnectMS   = 250
)

// broker reads topics of one MQTT broker. The session outlives the agent
// (clean session off, fixed client id, QoS 1), so that the broker keeps what
// comes during a restart; nothing is ever published.
type broker struct {
	url      string
	held     time.Duration
	options  *mqtt.ClientOptions
	client   mqtt.Client
	topics   *topics
	ready    chan struct{} // closed when first subscribed
	health   health
	log      *slog.Logger
	patience time.Duration // of a step
}

func openMQTT(s surroundings) ([]source, error) {
	var all []source
	for _, cfg := range s.cfg.MQTT {
		b, err := openBroker(s, cfg)
		if err != nil {
			return nil, fmt.Errorf("mqtt %s: %w", cfg.URL, err)
		}
		all = append(all, b)
	}
	return all, nil
}

func openBroker(s surroundings, cfg configs.Broker) (*broker, error) {
	log := s.log.With("source", "mqtt", "broker", cfg.URL)
	topics, err := newTopics(cfg.Topics, log)
	if err != nil {
		return nil, err
	}
	b := &broker{url: cfg.URL, held: time.Duration(cfg.MaxHold), topics: topics,
		ready: make(chan struct{}), log: log, patience: patienceOfStep}
	b.health.log = log
	b.options = mqtt.NewClientOptions().AddBroker(cfg.URL).SetClientID(cfg.ClientID).
		SetCleanSession(false).SetOrderMatters(false).SetProtocolVersion(4).
		SetConnectRetry(true).SetConnectRetryInterval(5 * time.Second).SetMaxReconnectInterval(time.Minute).
		SetKeepAlive(30 * time.Second).SetConnectTimeout(10 * time.Second).
		SetDefaultPublishHandler(b.receive). // before connecting: a kept session delivers at once
		SetOnConnectHandler(b.subscribe).
		SetConnectionLostHandler(func(_ mqtt.Client, err error) { b.health.fail(err) }).
		SetConnectionNotificationHandler(func(_ mqtt.Client, n mqtt.ConnectionNotification) {
			if failed, ok := n.(mqtt.ConnectionNotificationBrokerFailed); ok {
				b.health.fail(failed.Reason)
			}
		})
	return b, nil
}

func (b *broker) channels() []channel { return b.topics.channels() }
func (b *broker) hold() time.Duration { return b.held }

// connect begins a session; paho dials again by itself, at boot and later.
func (b *broker) connect() {
	b.client = mqtt.NewClient(b.options)
	b.client.Connect()
}

// subscribe runs after each connection.
func (b *broker) subscribe(client mqtt.Client) {
	filters := map[string]byte{}
	for _, name := range b.topics.names() {
		filters[name] = qosAtLeastOnce
	}
	token := client.SubscribeMultiple(filters, nil).(*mqtt.SubscribeToken)
	token.Wait()
	if err := token.Error(); err != nil {
		b.health.fail(fmt.Errorf("subscribing: %w", err))
		return
	}
	if no := refusals(token.Result()); len(no) > 0 {
		b.health.fail(fmt.Errorf("the broker refuses to send %s: ask for the right to read it", strings.Join(no, ", ")))
	} else {
		b.health.ok()
	}
	b.topics.mu.Lock()
	defer b.topics.mu.Unlock()
	select {
	case <-b.ready:
	default:
		close(b.ready)
	}
}

func refusals(granted map[string]byte) (topics []string) {
	for topic, qos := range granted {
		if qos == refused {
			topics = append(topics, topic)
		}
	}
	slices.Sort(topics)
	return topics
}

// receive takes one message. A retained value is as old as nobody knows, and
// a repeated one without a time of its own would count twice: both are
// counted, neither is integrated.
func (b *broker) receive(_ mqtt.Client, m mqtt.Message) {
	b.topics.receive(incoming{m.Topic(), m.Payload(), m.Retained(), m.Duplicate(), time.Now()})
}

func (b *broker) run(ctx context.Context, deliver func([]interval.Reading)) {
	b.topics.listen(deliver)
	b.connect()
	<-ctx.Done()
	b.stop()
}

// start connects and waits until the broker has taken the subscriptions.
func (b *broker) start(ctx context.Context) error {
	b.topics.keep()
	b.connect()
	ctx, cancel := context.WithTimeout(ctx, b.patience)
	defer cancel()
	select {
	case <-b.ready:
		return nil
	case <-ctx.Done():
		b.stop()
		return errors.Join(fmt.Errorf("mqtt %s: not subscribed within %v", b.url, b.patience), context.Cause(ctx))
	}
}

func (b *broker) step(ctx context.Context, at time.Time) []interval.Reading {
	ctx, cancel := context.WithTimeout(ctx, b.patience)
	defer cancel()
	readings, silent := b.topics.await(ctx, at)
	if len(silent) > 0 {
		b.health.fail(fmt.Errorf("no message of %s from %s", at.Format(time.RFC3339), strings.Join(silent, ", ")))
	} else {
		b.health.ok()
	}
	return readings
}

func (b *broker) stop() {
	b.client.Disconnect(disconnectMS)
	b.topics.report()
}
