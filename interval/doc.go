// Package interval holds what travels from a meter to a report: units as
// types, the interval record with its one wire form, the cards that describe
// sites and metering points, and the rules by which readings become
// intervals and intervals of different origin become one series.
//
// Everything inside is SI (joule, kelvin, kilogram, second); other units
// appear only where a number enters (a register, a CSV column) or leaves
// (a page, a file). The package imports the standard library only.
package interval
