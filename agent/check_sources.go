package agent

import (
	"fmt"
	"io"

	"thermie/agent/host"
	"thermie/configs"
)

// printBrokers says how the plant's brokers are read.
func printBrokers(out io.Writer, brokers []configs.Broker) {
	if len(brokers) == 0 {
		return
	}
	fmt.Fprintln(out, "\nBrokers, only subscribed to")
	for _, b := range brokers {
		fmt.Fprintf(out, "  %s\n", withoutPassword(b.URL))
		fmt.Fprintf(out, "    session    %s, kept by the broker while the agent is away\n", b.ClientID)
		fmt.Fprintf(out, "    encrypted  %s\n", encryption(b))
		fmt.Fprintf(out, "    login      %s\n", loginOf(b))
		fmt.Fprintf(out, "    last will  %s\n", lastWill(b))
		for _, t := range b.Topics {
			fmt.Fprintf(out, "    reads      %s as %s, values: %d\n", t.Topic, t.Profile, len(t.Values))
		}
	}
}

func encryption(b configs.Broker) string {
	if !b.Encrypted() {
		return "no: whoever is on the way reads along"
	}
	return overTLS(b.TLS)
}

func loginOf(b configs.Broker) string {
	text := "user " + b.Username
	switch {
	case b.Username == "":
		return "none"
	case b.PasswordFile != "":
		text += ", password in the file " + b.PasswordFile
	case b.PasswordEnv != "":
		text += ", password in the environment's " + b.PasswordEnv
	}
	if !b.Encrypted() {
		text += "; it travels in clear"
	}
	return text
}

func lastWill(b configs.Broker) string {
	if b.LastWill == "" {
		return "none: nothing is published"
	}
	return fmt.Sprintf("the broker itself publishes %q on %s when the agent is cut off", configs.LastWillPayload, b.LastWill)
}

// printHost says what is read of this machine.
func printHost(out io.Writer, cfg *configs.Host) {
	if cfg != nil {
		fmt.Fprintf(out, "\nThis machine, as point %s\n  %s\n", cfg.Point, host.Open(*cfg).Describe())
	}
}

// nothingElse closes what `check` says.
func nothingElse(brokers []configs.Broker) string {
	for _, b := range brokers {
		if b.LastWill != "" {
			return "Nothing else leaves the site. Meters are only read. The agent publishes nothing on a broker; the last will above is the broker's own message."
		}
	}
	return "Nothing else leaves the site. Meters are only read, and nothing is published on a broker."
}
