// Package collector receives what agents send, keeps it, and shows it: the
// InfluxDB v2 write door, the store of intervals, the registry of sites,
// territories and networks, and the pages.
//
// It never talks to a meter, and it never changes what an agent said: what
// a person declares in the configuration lies over the agents' cards when
// they are read.
package collector
