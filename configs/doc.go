// Package configs holds what users and meters need written down: the
// configuration files, the device templates, and the only code that reads
// YAML. Decoding is strict: defaults first, then the file, then every fault
// at once, each with file and line and a hint.
package configs
