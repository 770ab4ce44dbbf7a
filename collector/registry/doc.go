// Package registry keeps what is declared of sites, territories, heat
// networks and emission factors, in ordinary SQL tables of one SQLite file
// (registry.db in the collector's data folder).
//
// Nothing in it is ever changed or deleted. Each declaration is a row that
// says from when it holds (valid_from), when it was said (recorded), by whom
// and where. Of several declarations of one thing and one valid_from the last
// said stands. So two questions have exact answers: what held at a date, and
// what was known at a date, which is what a filed report was made of.
//
// One collector owns a registry. The others have copies of it, which say
// whose they are and refuse every change.
package registry
