// Package reports turns cards and intervals into figures, and figures into
// documents that people file, paste and print.
package reports
