package mqtt

import "strings"

// Matches reports whether a topic is one of a filter's, by the rules of MQTT
// 3.1.1, 4.7: + is any one level, # at the end is the level above and all
// below.
func Matches(filter, topic string) bool {
	for {
		level, deeper, more := strings.Cut(filter, "/")
		if level == "#" {
			return true
		}
		own, below, further := strings.Cut(topic, "/")
		if level != "+" && level != own {
			return false
		}
		if !more || !further {
			return more == further || more && deeper == "#"
		}
		filter, topic = deeper, below
	}
}
