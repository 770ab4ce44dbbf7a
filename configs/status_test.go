package configs

import (
	"strings"
	"testing"
)

func TestTheStatusPageListensOnThisMachineOnly(t *testing.T) {
	for status, want := range map[string]string{
		"":                                     " ",
		"127.0.0.1:9180":                       "tcp 127.0.0.1:9180",
		"127.8.9.1:0":                          "tcp 127.8.9.1:0",
		"[::1]:9180":                           "tcp [::1]:9180",
		"unix:/run/a/status":                   "unix /run/a/status",
		"0.0.0.0:9180":                         "",
		":9180":                                "",
		"[::]:9180":                            "",
		"192.0.2.7:9180":                       "",
		"localhost:9180":                       "",
		"127.0.0.1":                            "",
		"9180":                                 "",
		"127.0.0.1:99999":                      "",
		"[::ffff:0.0.0.0]:1":                   "",
		"unix:run/status":                      "",
		"unix:":                                "",
		"http://127.0.0.1:918":                 "",
		"unix:/" + strings.Repeat("long/", 25): "",
	} {
		a, err := DecodeAgent("agent.yaml", []byte("site: {id: hall, name: Hall, data: measured}\n"+
			"collector: {url: \"https://collector.example.org\"}\nstatus: \""+status+"\"\n"))
		if err != nil {
			if want != "" || !strings.HasPrefix(err.Error(), "agent.yaml:3: ") || strings.Contains(err.Error(), "\n") {
				t.Errorf("%q: %v", status, err)
			}
			continue
		}
		network, address := a.StatusListener()
		if got := network + " " + address; got != want {
			t.Errorf("%q: listens on %q, want %q", status, got, want)
		}
	}
}
