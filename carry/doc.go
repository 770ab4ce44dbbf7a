// Package carry is the way of lines that no network leads anywhere: a file
// that a person carries from a site to a collector, signed by the agent, and
// the receipt that comes back, signed by the collector. Files are numbered and
// chained, so that one which is lost, replaced or brought out of order is
// noticed.
package carry
