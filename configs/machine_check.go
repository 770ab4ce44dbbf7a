package configs

import (
	"os"
	"time"
)

// machine checks what the agent needs on the machine that it runs on.
func (c *checker) machine(a *Agent) {
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
	switch {
	case b.PasswordEnv != "" && os.Getenv(b.PasswordEnv) == "":
		p.at("password_env").fault("an agent that systemd runs has its environment from its unit", "the variable %s is empty or not set", b.PasswordEnv)
	case b.PasswordFile != "":
		info, err := os.Stat(b.PasswordFile)
		if err != nil {
			p.at("password_file").fault("", "%v", err)
		} else if info.Size() == 0 || info.IsDir() {
			p.at("password_file").fault("it holds the password alone", "%s is empty", b.PasswordFile)
		} else if info.Mode().Perm()&0o007 != 0 {
			p.at("password_file").fault("chmod 600", "everybody on this machine can read %s", b.PasswordFile)
		}
	}
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
