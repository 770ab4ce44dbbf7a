package agent

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"thermie/configs"
	"thermie/proof"
)

// secret is what nobody may read in a log.
const secret = "correct horse battery"

// vault is a broker that asks for a certificate of the plant's authority, a
// user and a password, over TLS, and a configuration that has them.
func vault(t *testing.T) (*mosquitto, *proof.Authority, configs.Broker) {
	t.Helper()
	plant, dir := proof.NewAuthority(t), t.TempDir()
	certificate, key := plant.Server("broker.plant")
	users := filepath.Join(dir, "users")
	if out, err := exec.Command(proof.Program(t, "mosquitto_passwd", "Debian: mosquitto"), "-c", "-b", users, "thermie", secret).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	m := newMosquitto(t, fmt.Sprintf("allow_anonymous false\npassword_file %s\ncafile %s\ncertfile %s\nkeyfile %s\nrequire_certificate true\n",
		users, plant.CA, certificate, key))
	cfg := roomSensor("mqtts://" + m.address)
	cfg.TLS = configs.Security{CA: plant.CA, ServerName: "broker.plant"}
	cfg.TLS.Certificate, cfg.TLS.Key = plant.Client("agent", time.Now().Add(time.Hour))
	cfg.Username, cfg.PasswordFile = "thermie", filepath.Join(dir, "password")
	if err := os.WriteFile(cfg.PasswordFile, []byte(secret+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	m.plant = &cfg
	return m, plant, cfg
}

// The agent goes away, messages come, the broker is restarted, the agent is
// back: nothing is lost and nothing comes twice.
func TestABrokerBehindTLSKeepsWhatComesWhileTheAgentIsAway(t *testing.T) {
	m, _, cfg := vault(t)
	m.start(t)
	first := listen(t, cfg)
	m.publish(t, false, "dc/room", inRoom(0, 19))
	first.hears(1)
	first.leave()

	m.publish(t, false, "dc/room", inRoom(60, 20), inRoom(120, 21))
	m.stop()
	m.start(t)
	second := listen(t, cfg)
	m.publish(t, false, "dc/room", inRoom(180, 22))
	const want = "room/air_temperature=293.15 room/air_temperature=294.15 room/air_temperature=295.15"
	if got := second.hears(3); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// The broker is restarted under an agent that runs.
func TestAnAgentComesBackToARestartedBroker(t *testing.T) {
	m, _, cfg := vault(t)
	m.start(t)
	l := listen(t, cfg)
	m.publish(t, false, "dc/room", inRoom(0, 20))
	l.hears(1)
	m.stop()
	l.fault()
	m.start(t)
	within(t, "the connection is back", func() bool { return l.broker.health.state("").fault == "" })
	m.publish(t, false, "dc/room", inRoom(60, 21))
	if got := l.hears(2); got != "room/air_temperature=293.15 room/air_temperature=294.15" {
		t.Errorf("%s", got)
	}
}

func TestABrokerAndAnAgentMustKnowEachOther(t *testing.T) {
	m, plant, good := vault(t)
	m.start(t)
	for name, c := range map[string]struct {
		spoil func(b *configs.Broker)
		want  string
	}{
		"another name":      {func(b *configs.Broker) { b.TLS.ServerName = "broker.elsewhere" }, "broker.plant"},
		"another authority": {func(b *configs.Broker) { b.TLS.CA = proof.NewAuthority(t).CA }, "unknown authority"},
		"the system's":      {func(b *configs.Broker) { b.TLS.CA = "" }, "certificate"},
		"no such authority": {func(b *configs.Broker) { b.TLS.CA = "lost.pem" }, "lost.pem"},
		"no certificate in": {func(b *configs.Broker) { b.TLS.CA = b.TLS.Key }, "holds no certificate"},
		"no certificate":    {func(b *configs.Broker) { b.TLS.Certificate, b.TLS.Key = "", "" }, ""},
		"a lost key":        {func(b *configs.Broker) { b.TLS.Key = "lost.key" }, "lost.key"},
		"an expired one": {func(b *configs.Broker) {
			b.TLS.Certificate, b.TLS.Key = plant.Client("old", time.Now().Add(-time.Hour))
		}, "expired on"},
		"no encryption":      {func(b *configs.Broker) { b.URL = "tcp://" + m.address }, ""},
		"no password":        {func(b *configs.Broker) { b.PasswordFile = "" }, "not Authorized"},
		"a lost password":    {func(b *configs.Broker) { b.PasswordFile = "lost.password" }, ""},
		"an unset variable":  {func(b *configs.Broker) { b.PasswordFile, b.PasswordEnv = "", "THERMIE_TEST_UNSET" }, "not Authorized"},
		"another's password": {func(b *configs.Broker) { b.Username = "operator" }, "not Authorized"},
	} {
		t.Run(name, func(t *testing.T) {
			spoilt := good
			c.spoil(&spoilt)
			if l := begin(t, spoilt); !strings.Contains(strings.ToLower(l.fault()), strings.ToLower(c.want)) {
				t.Errorf("%s, want %q", l.fault(), c.want)
			}
		})
	}
}

// journal is a log that several may write to.
type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (j *journal) Write(b []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(b)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.String()
}

// A password may come from the environment, as systemd's credentials do, and
// is in no log, whether it is right or wrong.
func TestAPasswordIsInNoLog(t *testing.T) {
	m, _, cfg := vault(t)
	m.start(t)
	t.Setenv("THERMIE_TEST_PASSWORD", secret)
	cfg.PasswordFile, cfg.PasswordEnv = "", "THERMIE_TEST_PASSWORD"
	var log journal
	b, err := openBroker(surroundings{ctx: t.Context(), cfg: &configs.Agent{}, log: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))}, cfg)
	if err != nil {
		t.Fatal(err)
	}
	b.patience = time.Hour
	if err := b.start(t.Context()); err != nil {
		t.Fatal(err)
	}
	b.stop()
	t.Setenv("THERMIE_TEST_PASSWORD", secret+" staple")
	b.ready = make(chan struct{})
	ctx, cancel := context.WithCancel(t.Context())
	taken := make(chan error, 1)
	go func() { taken <- b.start(ctx) }()
	within(t, "the refusal of a wrong password", func() bool { return strings.Contains(log.String(), "uthorized") })
	cancel()
	if <-taken == nil {
		t.Error("a wrong password is taken")
	}
	if strings.Contains(log.String(), secret) {
		t.Errorf("the log says:\n%s", log.String())
	}
}
