// Package proof is what the tests of several folders share: programs that a
// test needs beside Go, and golden files. It is imported by tests only.
package proof
