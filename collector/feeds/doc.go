// Package feeds makes intervals of what others than our agents write: points
// in InfluxDB's line protocol with measurements, tags and fields of their
// own, as Telegraf sends them. A mapping in the configuration says which
// field is which quantity at which metering point; then the readings go the
// way that they go in an agent, through interval.Builder.
//
// A reading is acknowledged when it is in the feed's own log on the disk.
// What follows from the log follows again after a crash, line by line the
// same: nothing is told to a builder that the log does not say before.
package feeds
