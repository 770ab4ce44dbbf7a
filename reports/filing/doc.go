// Package filing keeps what was filed as it was filed: one archive a filing,
// with the cards and records that it rests on, what was declared, the dated
// tables, every printed figure and every file, each with its SHA-256. An
// archive is never written to again. It can be opened, verified and built anew,
// and a later report of the same year says what has changed since, and why.
package filing
