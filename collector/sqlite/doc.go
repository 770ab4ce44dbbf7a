// Package sqlite opens the SQLite files of a data folder, brings them to the
// version that this program knows, changes them in transactions, and asks
// whether they are sound. What stands in them is the business of the rooms
// that keep them.
package sqlite
