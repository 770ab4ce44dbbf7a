package configs

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const brokerOnThisMachine = `
site: {id: hall, name: Hall, data: measured, tap: return_air}
collector: {url: "https://collector.example.org"}
points: [{id: room, name: Room, role: climate}]
mqtt:
  - url: mqtts://broker.plant:8883
    tls: {certificate: agent.pem, key: agent.key, ca: agent.pem}
    username: thermie
    PASSWORD
    topics: [{topic: dc/room, values: [{path: t, point: room, kind: air_temperature, unit: "°C"}]}]
`

// What a broker asks for must be on the machine, and a password for the
// agent's eyes alone.
func TestCheckLooksForWhatABrokerAsksFor(t *testing.T) {
	for name, c := range map[string]struct {
		end      time.Time
		password string
		mode     os.FileMode // of the file
		want     string
	}{
		"all there":       {time.Now().Add(time.Hour), "password_file: mqtt.password", 0o640, ""},
		"from systemd":    {time.Now().Add(time.Hour), "password_env: THERMIE_TEST_PASSWORD", 0o600, ""},
		"expired":         {time.Now().Add(-time.Hour), "password_file: mqtt.password", 0o600, "agent.yaml:7: "},
		"open to all":     {time.Now().Add(time.Hour), "password_file: mqtt.password", 0o644, "agent.yaml:9: everybody on this machine can read"},
		"lost":            {time.Now().Add(time.Hour), "password_file: lost.password", 0o600, "lost.password"},
		"empty":           {time.Now().Add(time.Hour), "password_file: empty.password", 0o600, "is empty"},
		"not in the unit": {time.Now().Add(time.Hour), "password_env: THERMIE_TEST_UNSET", 0o600, "agent.yaml:9: the variable THERMIE_TEST_UNSET is empty"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("THERMIE_TEST_PASSWORD", "correct horse")
			folder := t.TempDir()
			writeCertificate(t, folder, c.end)
			for file, text := range map[string]string{"mqtt.password": "correct horse\n", "empty.password": "",
				"agent.yaml": strings.ReplaceAll(brokerOnThisMachine, "PASSWORD\n", c.password+"\n")} {
				if err := os.WriteFile(filepath.Join(folder, file), []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if err := os.Chmod(filepath.Join(folder, "mqtt.password"), c.mode); err != nil {
				t.Fatal(err)
			}
			_, err := CheckAgent(filepath.Join(folder, "agent.yaml"))
			if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
				t.Errorf("check says %v, want %q", err, c.want)
			}
		})
	}
}
