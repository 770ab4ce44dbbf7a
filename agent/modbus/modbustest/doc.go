// Package modbustest has the other ends of Modbus lines that tests talk to: a
// server that we did not write, peers that misbehave as told, and
// pseudo-terminals in the place of serial ports.
package modbustest
