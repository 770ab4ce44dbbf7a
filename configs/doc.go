// Package configs holds what users and meters need written down: the
// configuration files, the device templates, and the only code that reads
// YAML. Decoding is strict: defaults first, then the file, then every fault
// at once, each with file and line and a hint.
//
// A file is named after what it describes: agent.go is the agent's
// configuration, line.go a Modbus line in it, mqtt.go a broker, collector.go
// the collector's, site and network what stands in both, template.go a device
// template. The file of that name with _check says what may be wrong there;
// where there is little to say, one file does both. machine_check.go is what
// `thermie check` looks for besides, on the machine. All of it goes the way of
// load.go, decode.go, check.go and faults.go.
package configs
