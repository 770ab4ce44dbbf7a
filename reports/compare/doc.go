// Package compare says why a territory's sums are not those of another year,
// or of a report that was filed: it computes them again and again, with one
// thing exchanged each time.
package compare
