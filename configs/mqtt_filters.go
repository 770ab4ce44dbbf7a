package configs

import (
	"slices"
	"strings"
)

// Filters lists what to subscribe to for what is read of a topic.
func (t Topic) Filters() []string { return profiles[t.Profile].filters(t) }

// alone: messages come on the topic itself.
func alone(t Topic) []string { return []string{t.Topic} }

// dsxFilters: what a point is, and what it says, come on topics of their own.
// What it is, the BMS tells of all points, of those too whose values another
// publishes.
func dsxFilters(t Topic) (all []string) {
	for _, v := range t.Values {
		all = append(all, "BMS/v1/PUB/Metadata/"+v.Path, t.Topic+"/Value/"+v.Path)
	}
	return all
}

// sparkplugFilters: sequence numbers run over all messages of the node, those
// of devices that are not read included.
func sparkplugFilters(t Topic) []string {
	group, node, _ := strings.Cut(t.Topic, "/")
	return []string{"spBv1.0/" + group + "/+/" + node + "/#"}
}

func shellyFilters(t Topic) []string {
	all := []string{t.Topic + "/events/rpc", t.Topic + "/online"}
	for _, v := range t.Values {
		component, _, _ := strings.Cut(v.Path, ".")
		if status := t.Topic + "/status/" + component; !slices.Contains(all, status) {
			all = append(all, status)
		}
	}
	return all
}

func shellyGen1Filters(t Topic) []string {
	all := []string{t.Topic + "/online"}
	for _, v := range t.Values {
		all = append(all, t.Topic+"/"+v.Path)
	}
	return all
}

func tasmotaFilters(t Topic) []string { return []string{t.Topic + "/SENSOR", t.Topic + "/LWT"} }

func zigbeeFilters(t Topic) []string { return []string{t.Topic, t.Topic + "/availability"} }
