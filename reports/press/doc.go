// Package press makes the files of every report, and is the command
// `thermie report`.
package press
