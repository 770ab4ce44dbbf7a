// Package engineer writes what is said of one site: its report, the
// engineer's workbook, and the study of its connection to a network.
package engineer
