// Package host reads what the machine that the agent runs on tells of itself:
// load, memory, one temperature, and its power where it knows one. It is an
// estimate for rooms without meters, of this machine and nothing else, and is
// never called measured.
package host
