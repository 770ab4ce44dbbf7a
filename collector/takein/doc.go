// Package takein brings carried files into a collector: it knows whose they
// are and which comes next, gives their lines to the collector's own write
// door, and writes the receipt on which the agent lets its copy go.
package takein
