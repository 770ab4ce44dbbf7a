// Package heat turns a data center's intervals into heat: the balance of its
// energies, the heat that could be drawn from it, and what of that heat a
// network could take.
//
// Every formula stands once in METHODS.md under an id such as T3 or HP1; the
// function that computes it names the id, a Quantity carries it, and a test
// holds both sides together. Everything is SI. Absolute temperatures are
// interval.Temperature, differences interval.TemperatureDiff, so that the
// compiler keeps them apart. The package imports the standard library and
// interval only.
package heat
