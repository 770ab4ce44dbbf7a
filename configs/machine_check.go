package configs

import (
	"os"
	"strings"
	"time"
)

// machine checks what the agent needs on the machine that it runs on.
func (c *checker) machine(a *Agent) {
	c.at("collector", "token_file").secretFile(a.Collector.TokenFile, "it holds the token alone")
	c.at("collector", "proxy_login_file").proxyLogin(a.Collector.ProxyLogin)
	c.at("collector", "tls").security(a.Collector.TLS, time.Now())
	for i, line := range a.Modbus {
		p := c.at("modbus", i)
		switch line.Link {
		case LinkTLS:
			p.at("tls").security(line.TLS, time.Now())
		case LinkRTU:
			p.at("address").present(line.Address)
		}
	}
	for i, broker := range a.MQTT {
		p := c.at("mqtt", i)
		p.at("tls").security(broker.TLS, time.Now())
		p.secret(broker)
	}
	if a.Host != nil {
		c.at("host").sensors(*a.Host)
	}
}

// secret checks that a broker's password is there, and for the agent alone.
func (p place) secret(b Broker) {
	if b.PasswordEnv != "" && os.Getenv(b.PasswordEnv) == "" {
		p.at("password_env").fault("an agent that systemd runs has its environment from its unit", "the variable %s is empty or not set", b.PasswordEnv)
	}
	p.at("password_file").secretFile(b.PasswordFile, "it holds the password alone")
}

// secretFile checks that a file, where one is named, holds something, and for
// the agent alone.
func (p place) secretFile(file, holds string) {
	if file == "" || unitsAlone(file) {
		return
	}
	info, err := os.Stat(file)
	switch {
	case err != nil:
		p.fault("the agent's user must be able to read it", "%v", err)
	case info.IsDir() || info.Size() == 0:
		p.fault(holds, "%s is empty", file)
	case info.Mode().Perm()&0o007 != 0:
		p.fault("chmod 600", "everybody on this machine can read %s", file)
	}
}

// unitsAlone reports whether a file is one that systemd shows to the running
// unit and to nobody else: who checks at a terminal cannot find it there.
func unitsAlone(file string) bool {
	if !strings.HasPrefix(file, "/run/credentials/") {
		return false
	}
	_, err := os.Stat(file)
	return err != nil
}

// present checks that a serial port is there.
func (p place) present(port string) {
	info, err := os.Stat(port)
	switch {
	case port == "":
	case err != nil:
		p.fault("ls /dev/serial/by-id names those of this machine", "no serial port: %v", err)
	case info.Mode()&os.ModeCharDevice == 0:
		p.fault("ls /dev/serial/by-id names those of this machine", "%s is not a serial port", port)
	}
}
