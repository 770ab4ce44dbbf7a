package agent

import (
	"strings"
	"testing"

	"thermie/configs"
)

// `check` says who can read along, and by what the two ends know each other.
func TestCheckSaysHowPrivateTheWayIs(t *testing.T) {
	for _, c := range []struct {
		up   configs.Upstream
		want string
	}{
		{configs.Upstream{URL: "http://collector.example.org"}, "encrypted: no"},
		{configs.Upstream{URL: "http://192.0.2.1:8086"}, "encrypted: no"},
		{configs.Upstream{URL: "http://127.0.0.1:8086"}, "over     this machine's own loopback"},
		{configs.Upstream{URL: "http://localhost"}, "over     this machine's own loopback"},
		{configs.Upstream{URL: "http://[::1]:8086"}, "over     this machine's own loopback"},
		{configs.Upstream{URL: "https://collector.example.org"}, "over     TLS 1.2 or later, trusting the system's authorities"},
		{configs.Upstream{URL: "https://collector.example.org", TLS: configs.Security{CA: "company.pem", Certificate: "agent.pem", Key: "agent.key", ServerName: "collector.company"}},
			"over     TLS 1.2 or later, trusting company.pem, for the name collector.company, showing agent.pem"},
		{configs.Upstream{Offline: true}, "by hand"},
	} {
		var out strings.Builder
		printWay(&out, c.up)
		if !strings.Contains(out.String(), c.want) {
			t.Errorf("%+v, without %q:\n%s", c.up, c.want, out.String())
		}
	}
}

// The queue keeps to the bound of the configuration, and `check` says it.
func TestTheQueueIsBoundedAsConfigured(t *testing.T) {
	cfg := &configs.Agent{Site: configs.SiteEntry{ID: "s"}, State: t.TempDir(), Queue: configs.Queue{MB: 1, Days: 30}}
	s, err := openSite(cfg, testLog(t))
	if err != nil {
		t.Fatal(err)
	}
	defer s.queue.Close()
	for range 30 {
		lines := strings.Repeat("interval,site=s,meter=m,kind=electric_energy,len=600 si=1,u=1,cov=1,flags=2i,rev=0i 1751328000\n", 1000)
		if err := s.queue.Append([]byte(lines), nil); err != nil {
			t.Fatal(err)
		}
	}
	if kept := s.queue.Stats(); kept.Bytes > 1_000_000 || kept.Dropped == 0 {
		t.Errorf("%+v", kept)
	}
	if said := bounds(cfg.Queue); said != "at most 1 MB and 30 days, of which the oldest goes first" {
		t.Error(said)
	}
}
