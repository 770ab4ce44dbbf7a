// Package modbus reads Modbus devices, over TCP, TLS and serial lines, without
// knowing of sites: a Link is the one connection to a gateway or a serial
// port, a Unit stands behind it, and a Reader asks a unit for the registers of
// a template in few requests. It never writes; MODBUS.md says how it behaves
// on a plant's bus.
package modbus
