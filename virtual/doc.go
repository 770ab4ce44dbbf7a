// Package virtual is a data center to try things on: it answers on real
// Modbus TCP and real MQTT with a day that was measured in a real room, and
// it simulates a year of two sites that do not exist. What is simulated
// says so in every card and every file.
package virtual
