// Package queue keeps wire lines on a disk, in order, from the moment they
// are made until a collector has acknowledged them, across crashes, power
// cuts, damaged files and full disks. agent/DESIGN.md says what it promises.
package queue
