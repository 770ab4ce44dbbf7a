package main

import (
	"thermie/agent"
	"thermie/heat"
)

// agentCommands are what runs in a data center.
func agentCommands() []command {
	return []command{
		{"agent", "read the meters and forward intervals", agent.CmdAgent},
		{"import", "bring in history from a CSV file", agent.CmdImport},
		{"outbox", "show what waits to leave the site, and release it", agent.CmdOutbox},
		{"carry", "write what waits into a signed file to be carried by hand", agent.CmdCarry},
		{"check", "find every fault of a configuration, and say what will leave the site", agent.CmdCheck},
		{"probe", "ask each meter once; search for devices; check the physics of an installation", agent.CmdProbe},
		{"dump", "one file for a maintainer: settings, faults, sizes, metrics; no secret, name or reading", agent.CmdDump},
		{"test", "run worked heat cases written as plain text", heat.CmdTest},
	}
}
