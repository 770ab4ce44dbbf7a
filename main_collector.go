//go:build !agentonly

package main

import (
	"thermie/collector"
	"thermie/collector/registry"
	"thermie/daemon"
	"thermie/demo"
	"thermie/reports/explain"
	"thermie/reports/press"
	"thermie/virtual"
)

// commands of the whole program.
func commands() []command {
	return append([]command{
		{"demo", "the whole chain on this machine: virtual data centers, agents, collector, reports", demo.Command(daemon.Version())},
	}, append(agentCommands(), []command{
		{"collector", "store many sites and serve their pages", collector.CmdCollector},
		{"report", "write a report: pcaet, letters, matching, network or site", press.Command(collector.OpenSource, daemon.Version())},
		{"explain", "from a printed figure back to meters, registers, gaps, method and uncertainty", explain.Command(collector.OpenSource, daemon.Version())},
		{"filing", "file a territory's year, locked; verify and rebuild what was filed", press.FilingCommand(collector.OpenSource, daemon.Version())},
		{"backup", "a collector's whole data folder in one file", collector.CmdBackup},
		{"restore", "a data folder out of a backup", collector.CmdRestore},
		{"takein", "take in a file that was carried from a site, and give a receipt", collector.CmdTakein},
		{"export", "everything of a site in the wire format", collector.CmdExport},
		{"registry", "what is declared of sites, territories, networks and factors; French communes and EPCI", registry.CmdRegistry},
		{"token", "who may write to a collector and read from it", collector.CmdToken},
		{"consent", "what of a site may be told to whom", collector.CmdConsent},
		{"release", "an extract of a site, signed, to another collector", collector.CmdRelease},
		{"audit", "who read and changed what", collector.CmdAudit},
		{"virtual", "a virtual data center on real Modbus and MQTT; -fleet N loads a collector", virtual.CmdVirtual},
	}...)...)
}
