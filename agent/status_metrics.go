package agent

import (
	"math"
	"slices"
	"time"

	"thermie/agent/mqtt"
	"thermie/daemon"
)

// families are the agent's metrics. What is not known yet is left out, never
// written as zero.
func (p *statusPage) families() []daemon.Metric {
	q, f := p.site.queue.Stats(), p.site.forwarder.Stats()
	return append([]daemon.Metric{
		{Name: "healthy", Kind: "gauge", Help: "1 while meters are asked and intervals stored.", Values: daemon.Single(oneIf(p.fault(time.Now()) == ""))},
		{Name: "start_time_seconds", Kind: "gauge", Help: "Unix time at which the agent began to read.", Values: daemon.Single(unix(p.started))},
		{Name: "queue_lines", Kind: "gauge", Help: "Lines that wait to be sent.", Values: daemon.Single(float64(q.Lines))},
		{Name: "queue_held_lines", Kind: "gauge", Help: "Of them, those that nobody has released from hold.", Values: daemon.Single(float64(q.Held))},
		{Name: "queue_bytes", Kind: "gauge", Help: "Size of the queue on disk.", Values: daemon.Single(float64(q.Bytes))},
		{Name: "queue_oldest_timestamp_seconds", Kind: "gauge", Help: "Unix time of the oldest line that waits.", Values: daemon.Single(unix(q.Oldest))},
		{Name: "queue_dropped_lines_total", Kind: "counter", Help: "Lines lost to the queue's bounds.", Values: daemon.Single(float64(q.Dropped))},
		{Name: "queue_damaged_bytes_total", Kind: "counter", Help: "Bytes set aside as damaged.", Values: daemon.Single(float64(q.Damaged))},
		{Name: "forwarded_lines_total", Kind: "counter", Help: "Lines that the collector acknowledged.", Values: daemon.Single(float64(f.Forwarded))},
		{Name: "rejected_lines_total", Kind: "counter", Help: "Lines that the collector refused for good.", Values: daemon.Single(float64(f.Rejected))},
		{Name: "upload_failures_total", Kind: "counter", Help: "Uploads that had to be tried again.", Values: daemon.Single(float64(f.Failures))},
		{Name: "upload_alarm", Kind: "gauge", Help: "1 while a person must put something right.", Values: daemon.Single(oneIf(f.Alarm != ""))},
		{Name: "upload_success_timestamp_seconds", Kind: "gauge", Help: "Unix time of the last acknowledged upload.", Values: daemon.Single(unix(f.LastSuccess))},
	}, append(p.clockFamilies(), append(p.sourceFamilies(), readingFamily(p.tracks))...)...)
}

func (p *statusPage) clockFamilies() []daemon.Metric {
	c := p.site.clockReport()
	offset, within, right := math.NaN(), math.NaN(), math.NaN()
	if !c.offset.At.IsZero() {
		offset, within = c.offset.Offset.Seconds(), c.offset.Within.Seconds()
	}
	if c.known {
		right = oneIf(c.fault == "")
	}
	return []daemon.Metric{
		{Name: "clock_offset_seconds", Kind: "gauge", Help: "The collector's clock minus this machine's.", Values: daemon.Single(offset)},
		{Name: "clock_offset_within_seconds", Kind: "gauge", Help: "What clock_offset_seconds may be off: half a second of the Date header, half the round trip.", Values: daemon.Single(within)},
		{Name: "clock_right", Kind: "gauge", Help: "1 while the clock is within its bound, 0 while intervals are marked.", Values: daemon.Single(right)},
		{Name: "clock_steps_total", Kind: "counter", Help: "Times that the clock was put forward or back.", Values: daemon.Single(float64(c.steps))},
	}
}

func (p *statusPage) sourceFamilies() []daemon.Metric {
	up := daemon.Metric{Name: "source_up", Kind: "gauge", Help: "1 where the last exchange went well."}
	failures := daemon.Metric{Name: "source_failures", Kind: "gauge", Help: "Failures in a row."}
	good := daemon.Metric{Name: "source_success_timestamp_seconds", Kind: "gauge", Help: "Unix time of the last success."}
	unknown := daemon.Metric{Name: "unknown_messages_total", Kind: "counter", Help: "Messages of topics that nobody asked for."}
	unused := daemon.Metric{Name: "unused_messages_total", Kind: "counter", Help: "Messages that came and were not integrated, or not at once."}
	for _, s := range p.reports() {
		for _, part := range s.parts {
			labels := []string{"source", s.name, "part", part.name}
			up.Values = append(up.Values, daemon.Sample{Labels: labels, Value: oneIf(part.since.IsZero() && !part.good.IsZero())})
			failures.Values = append(failures.Values, daemon.Sample{Labels: labels, Value: float64(part.failures)})
			good.Values = append(good.Values, daemon.Sample{Labels: labels, Value: unix(part.good)})
			unused.Values = append(unused.Values, notIntegrated(labels, part.unused)...)
		}
		if s.unknown > 0 {
			unknown.Values = append(unknown.Values, daemon.Sample{Labels: []string{"source", s.name}, Value: float64(s.unknown)})
		}
	}
	return []daemon.Metric{up, failures, good, unknown, unused}
}

// notIntegrated counts a topic's messages by why they were not used.
func notIntegrated(labels []string, u mqtt.Unused) (all []daemon.Sample) {
	for _, c := range []struct {
		why   string
		count int
	}{{"retained", u.Retained}, {"repeated", u.Repeated}, {"held", u.Held}} {
		if c.count > 0 {
			all = append(all, daemon.Sample{Labels: append(slices.Clip(labels), "why", c.why), Value: float64(c.count)})
		}
	}
	return all
}

// readingFamily tells when each series was last read; the values themselves
// are the intervals' business.
func readingFamily(tracks []*track) daemon.Metric {
	m := daemon.Metric{Name: "reading_timestamp_seconds", Kind: "gauge", Help: "Unix time of a series' last reading."}
	for _, one := range tracks {
		r, _ := one.latest.reading()
		m.Values = append(m.Values, daemon.Sample{Labels: []string{"point", one.series.Meter, "kind", string(one.series.Kind)}, Value: unix(r.At)})
	}
	return m
}

// unix is a time as a metric; NaN where there is none.
func unix(t time.Time) float64 {
	if t.IsZero() {
		return math.NaN()
	}
	return float64(t.UnixMilli()) / 1000
}

func oneIf(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}
