package agent

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/tls"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"thermie/proof"
)

// dumped runs `thermie dump` and returns what the bundle holds, by name.
func dumped(t *testing.T, args ...string) map[string]string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "bundle.tar.gz")
	var said bytes.Buffer
	if err := CmdDump(t.Context(), append(args, "-out", out), io.Discard, &said); err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(out)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	packed, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	held, archive := map[string]string{}, tar.NewReader(packed)
	for {
		header, err := archive.Next()
		if err == io.EOF {
			return held
		}
		text, reading := io.ReadAll(archive)
		if err != nil || reading != nil {
			t.Fatal(err, reading)
		}
		if held[header.Name] = string(text); !strings.Contains(said.String(), header.Name) {
			t.Errorf("%s is in the bundle, and nobody was told:\n%s", header.Name, &said)
		}
	}
}

var (
	comment = regexp.MustCompile(`(?m)^#( *[a-z_]+:|      *-)|#.*$`)
	scalar  = regexp.MustCompile(`(\b[a-z_0-9]+: *)("[^"\n]*"|[^\s{}\[\],"#][^{}\[\],"#\n]*)`)
)

// Secrets stand in each key of both samples, which have faults for it: what is
// said of these holds none of them either.
func TestNoSecretIsInABundle(t *testing.T) {
	for _, sample := range []string{"agent.yaml", "collector.yaml"} {
		text, err := os.ReadFile(filepath.Join("..", "configs", sample))
		if err != nil {
			t.Fatal(err)
		}
		for what, planted := range map[string][]byte{
			"every value":  scalar.ReplaceAll(comment.ReplaceAll(text, []byte("$1")), []byte(`${1}"s3cret/x"`)),
			"every key":    regexp.MustCompile(`(?m)^( *)([a-z_]+):`).ReplaceAll(text, []byte("${1}s3cret_$2:")),
			"broken YAML":  append([]byte("s3cret: [*s3cret\n"), text...),
			"as it stands": text,
		} {
			config := filepath.Join(t.TempDir(), "s3cret.yaml")
			if err := os.WriteFile(config, planted, 0o600); err != nil {
				t.Fatal(err)
			}
			if what == "every value" && bytes.Count(planted, []byte("s3cret")) < 100 {
				t.Fatalf("few secrets were planted:\n%s", planted)
			}
			for name, text := range dumped(t, "-config", config) {
				for _, private := range []string{"s3cret", "xemple", "192.0.2", "999000", "A1234", "hall-", "collector.token"} {
					if strings.Contains(text, private) {
						t.Errorf("%s of %s, with secrets in %s, holds %s:\n%s", name, sample, what, private, text)
					}
				}
			}
		}
	}
}

func TestAddressesAreKeptWhereTheyAreWanted(t *testing.T) {
	held := dumped(t, "-addresses", "-config", filepath.Join("..", "configs", "agent.yaml"))
	for _, kept := range []string{"192.0.2.10:502", "mqtts://192.0.2.20:8883", "https://collector.example.org"} {
		if !strings.Contains(held["config.txt"], kept) {
			t.Errorf("%s is not in\n%s", kept, held["config.txt"])
		}
	}
}

// A running agent tells how it fares; whose meters it reads is not told.
func TestARunningAgentIsAsked(t *testing.T) {
	page, _ := statusSite(t)
	config := filepath.Join(t.TempDir(), "agent.yaml")
	text, err := os.ReadFile(filepath.Join(filepath.Dir(page.site.cfg.State), "micro-dc.agent.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	text = append(text, "status: "+page.site.cfg.Status+"\n"...)
	text = bytes.ReplaceAll(text, []byte("micro-dc.state"), []byte(page.site.cfg.State))
	if err := os.WriteFile(config, text, 0o600); err != nil {
		t.Fatal(err)
	}
	held := dumped(t, "-config", config)
	for name, wants := range map[string][]string{
		"metrics.txt":   {"thermie_agent_queue_lines 0", `source="modbus address-1",part="unit 2, point id-`, `kind="electric_power"`},
		"kept.txt":      {".lines", "bytes, the newest written"},
		"templates.txt": {"schneider-iem3000, revision 1, Thermie's, 11 registers: 7 devices"},
		"check.txt":     {"no fault"},
	} {
		for _, want := range wants {
			if !strings.Contains(held[name], want) {
				t.Errorf("%s does not say %q:\n%s", name, want, held[name])
			}
		}
	}
	for name, text := range held {
		for _, private := range []string{"crac", "127.0.0.1", "micro-dc", page.site.cfg.State} {
			if strings.Contains(text, private) {
				t.Errorf("%s holds %s:\n%s", name, private, text)
			}
		}
	}
}

func TestABundleOverwritesNothing(t *testing.T) {
	there := filepath.Join(t.TempDir(), "thesis.tar.gz")
	if err := os.WriteFile(there, []byte("ten years"), 0o600); err != nil {
		t.Fatal(err)
	}
	err := CmdDump(t.Context(), []string{"-config", filepath.Join("..", "configs", "agent.yaml"), "-out", there}, io.Discard, io.Discard)
	if text, _ := os.ReadFile(there); err == nil || string(text) != "ten years" {
		t.Errorf("%v, and the file is %q", err, text)
	}
}

// A collector is known by the certificate that its configuration names, and
// who has another is asked nothing.
func TestARunningCollectorIsAskedOverTLS(t *testing.T) {
	plant := proof.NewAuthority(t)
	certificate, key := plant.Server("collector.plant")
	other, otherKey := plant.Server("stranger.plant")
	for _, c := range []struct{ shows, key, says string }{
		{certificate, key, "thermie_collector_lines_stored_total 7"},
		{other, otherKey, "no answer: "},
	} {
		pair, err := tls.LoadX509KeyPair(c.shows, c.key)
		if err != nil {
			t.Fatal(err)
		}
		server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			io.WriteString(w, "thermie_collector_lines_stored_total 7\n")
		}))
		server.TLS = &tls.Config{Certificates: []tls.Certificate{pair}}
		server.Config.ErrorLog = log.New(io.Discard, "", 0)
		server.StartTLS()
		t.Cleanup(server.Close)
		config := filepath.Join(t.TempDir(), "collector.yaml")
		text := fmt.Sprintf("listen: %q\ntls: {certificate: %q, key: %q}\n", server.Listener.Addr(), certificate, key)
		if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		metrics := dumped(t, "-config", config)["metrics.txt"]
		if !strings.Contains(metrics, c.says) || strings.Contains(metrics, "plant") {
			t.Errorf("metrics.txt says %q, want %q", metrics, c.says)
		}
	}
}
