// Package archive writes a data folder into one file while others work on
// it, and makes a data folder of such a file again.
//
// An archive is a tar file: databases (*.db) as one moment had each of them,
// every other file as it is, and last the list of all with their checksums,
// without which an archive is not whole. What only lives while a program
// runs, locks and write-ahead logs, stays out.
package archive
