// Package agent is what runs in a data center: sources (Modbus, MQTT, a
// history file) give readings, tracks make intervals of them, the queue keeps
// the intervals on disk, and the forwarder sends them.
//
// It only reads: no request but a read leaves for a meter, nothing is
// published on a broker, and nothing leaves the site but the lines that
// `thermie check` shows. A source that fails costs its own coverage and
// nothing else; a missing reading is never a zero.
package agent
