// Package store keeps what agents send behind one interface, Store, on one of
// two engines: SQLite inside the collector, or InfluxDB beside it. Open
// chooses by the configuration. ../DESIGN.md says what both promise.
package store
