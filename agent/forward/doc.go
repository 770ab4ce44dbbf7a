// Package forward sends a queue's lines to a collector, or to any server that
// speaks InfluxDB's v2 write: in order, and nothing leaves the queue but what
// a 204 acknowledged. agent/DESIGN.md says what each answer means.
package forward
