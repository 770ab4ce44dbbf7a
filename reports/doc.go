// Package reports turns cards and intervals into figures: what every report
// shares. Its rooms make documents and files of them, that people file, paste
// and print.
package reports
