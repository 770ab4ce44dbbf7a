// Package inputs is the input sheet of a connection's workbook: what an
// engineer may change there, cell by cell, and how a changed workbook is read
// back into the study.
package inputs
