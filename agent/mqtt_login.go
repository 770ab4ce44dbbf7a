package agent

import (
	"fmt"
	"os"
	"strings"

	"thermie/configs"
)

// largestPassword is that of an MQTT packet.
const largestPassword = 1 << 16

// login reads user and password, at each connection.
func (b *broker) login(cfg configs.Broker) (user, password string) {
	switch {
	case cfg.PasswordEnv != "":
		return cfg.Username, os.Getenv(cfg.PasswordEnv)
	case cfg.PasswordFile == "":
		return cfg.Username, ""
	}
	text, err := os.ReadFile(cfg.PasswordFile)
	if err == nil && len(text) >= largestPassword {
		err = fmt.Errorf("%s holds %d bytes, and an MQTT packet less than %d", cfg.PasswordFile, len(text), largestPassword)
	}
	if err != nil {
		b.health.fail(fmt.Errorf("the password of %s: %w", cfg.Username, err))
		return cfg.Username, ""
	}
	return cfg.Username, strings.TrimRight(string(text), "\r\n")
}
