package agent

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	paho "github.com/eclipse/paho.mqtt.golang"

	"thermie/agent/mqtt"
	"thermie/configs"
	"thermie/interval"
)

const (
	qosAtLeastOnce = 1
	refused        = 0x80 // what a broker grants when it refuses a subscription
	patienceOfStep = 30 * time.Second
	patienceOfDial = 10 * time.Second
	disconnectMS   = 250
)

// broker reads topics of one MQTT broker. The session outlives the agent
// (clean session off, fixed client id, QoS 1), so that the broker keeps what
// comes during a restart. Nothing is ever published; a last will, which the
// broker would publish, is only left where the configuration names its topic.
type broker struct {
	url      string
	held     time.Duration
	options  *paho.ClientOptions
	client   paho.Client
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
	b.options = b.settings(cfg)
	return b, nil
}

// settings are paho's. Messages are handled in their order, which Sparkplug
// counts on; receive never waits for the client.
func (b *broker) settings(cfg configs.Broker) *paho.ClientOptions {
	o := paho.NewClientOptions().AddBroker(cfg.URL).SetClientID(cfg.ClientID).
		SetCleanSession(false).SetOrderMatters(true).SetProtocolVersion(4).
		SetConnectRetry(true).SetConnectRetryInterval(5 * time.Second).SetMaxReconnectInterval(time.Minute).
		SetKeepAlive(30 * time.Second).SetConnectTimeout(patienceOfDial).
		SetDefaultPublishHandler(b.receive). // before connecting: a kept session delivers at once
		SetOnConnectHandler(b.subscribe).
		SetConnectionLostHandler(func(_ paho.Client, err error) { b.health.fail(err) }).
		SetConnectionNotificationHandler(func(_ paho.Client, n paho.ConnectionNotification) {
			if failed, ok := n.(paho.ConnectionNotificationFailed); ok { // not reached, or refused
				b.health.fail(fmt.Errorf("connecting: %w", failed.Reason))
			}
		}).
		SetCustomOpenConnectionFn(func(u *url.URL, _ paho.ClientOptions) (net.Conn, error) { return dialBroker(u, cfg) })
	if cfg.Username != "" {
		o.SetCredentialsProvider(func() (string, string) { return b.login(cfg) })
	}
	if cfg.LastWill != "" {
		o.SetWill(cfg.LastWill, configs.LastWillPayload, qosAtLeastOnce, false)
	}
	return o
}

// dialBroker opens the way to a broker: straight, whatever proxy the
// environment names.
func dialBroker(u *url.URL, cfg configs.Broker) (net.Conn, error) {
	security, err := cfg.TLS.Client(u.Hostname(), time.Now())
	if err != nil {
		return nil, err
	}
	plain := &net.Dialer{Timeout: patienceOfDial}
	switch u.Scheme {
	case "tcp", "mqtt":
		return plain.Dial("tcp", u.Host)
	case "ws", "wss":
		straight := &paho.WebsocketOptions{Proxy: func(*http.Request) (*url.URL, error) { return nil, nil }}
		return paho.NewWebsocket(u.String(), security, patienceOfDial, nil, straight)
	}
	return tls.DialWithDialer(plain, "tcp", u.Host, security)
}

func (b *broker) channels() []channel { return b.topics.channels() }
func (b *broker) hold() time.Duration { return b.held }

// connect begins a session; paho dials again by itself, at boot and later.
func (b *broker) connect() {
	b.client = paho.NewClient(b.options)
	b.client.Connect()
}

// subscribe runs after each connection.
func (b *broker) subscribe(client paho.Client) {
	filters := map[string]byte{}
	for _, name := range b.topics.filters() {
		filters[name] = qosAtLeastOnce
	}
	token := client.SubscribeMultiple(filters, nil).(*paho.SubscribeToken)
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

// receive takes one message.
func (b *broker) receive(_ paho.Client, m paho.Message) {
	b.topics.receive(mqtt.Message{Topic: m.Topic(), Payload: m.Payload(), Retained: m.Retained(), Duplicate: m.Duplicate(), At: time.Now()})
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
